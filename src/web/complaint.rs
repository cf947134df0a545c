//! A complaint as a plain object, for the page to put into words.

use crate::scenario::{Complaint, LONGEST_STRING, Reason};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

/// `{key, given, reason, used, count, least, most, valves, names, preset}`; what does not apply is left out.
pub(super) fn to_object(complaint: &Complaint) -> JsValue {
    let object = Object::new();
    let put = |name: &str, value: JsValue| {
        // Setting a property of a new plain object cannot fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    };
    put("key", complaint.key.as_str().into());
    put("given", complaint.given.as_str().into());
    put("reason", complaint.reason.name().into());
    if let Some(used) = &complaint.used {
        put("used", used.as_str().into());
    }
    match &complaint.reason {
        Reason::NotInRange { least, most, .. } => {
            put("least", (*least).into());
            put("most", (*most).into());
        }
        Reason::NotAList { count, least, most } => {
            put("count", (*count as f64).into());
            put("least", (*least).into());
            put("most", (*most).into());
        }
        Reason::NotSizes { count, most, valves } => {
            put("count", (*count as f64).into());
            put("most", (*most).into());
            put("valves", (*valves).into());
        }
        Reason::NotAChoice { names } => {
            put("names", names.iter().copied().map(JsValue::from).collect::<Array>().into());
        }
        Reason::NotInPreset { preset } => put("preset", (*preset).into()),
        Reason::TooLong => put("most", (LONGEST_STRING as f64).into()),
        Reason::TooManyRivals { most } | Reason::NotTurns { most } => put("most", (*most as f64).into()),
        Reason::UnknownKey | Reason::NotAValve | Reason::NotABranch | Reason::Repeated => {}
    }
    object.into()
}

/// A list of complaints.
pub(super) fn to_array(complaints: &[Complaint]) -> Array {
    complaints.iter().map(to_object).collect()
}
