//! Plain objects, which is how the page is given more than one value.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// A plain object of these properties.
pub(super) fn object<'a>(properties: impl IntoIterator<Item = (&'a str, JsValue)>) -> JsValue {
    let object = Object::new();
    for (name, value) in properties {
        // Setting a property of a new plain object cannot fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}
