//! The characters of a scenario string: pairs, percent signs and numbers.

use super::LONGEST_STRING;
use super::complaint::{Complaint, Reason};

/// The pairs of a string in their order, percent-decoded, and a complaint if it is too long.
pub(super) fn split(string: &str) -> (Vec<(String, String)>, Vec<Complaint>) {
    let mut complaints = Vec::new();
    let mut string = string;
    if let Some((end, _)) = string.char_indices().nth(LONGEST_STRING) {
        // The pair that the limit cuts in two is left out whole.
        let (read, rest) = string.split_at_checked(end).unwrap_or((string, ""));
        let whole = rest.starts_with('&');
        let end = if whole { end } else { read.rfind('&').unwrap_or(0) };
        let (read, rest) = string.split_at_checked(end).unwrap_or((string, ""));
        let beyond = rest.trim_start_matches('&');
        let (key, given) = beyond.split_once('=').unwrap_or((beyond, ""));
        let (key, given) = (decode(key), decode(given));
        complaints.push(Complaint { key, given, reason: Reason::TooLong, used: None });
        string = read;
    }
    let pairs = string
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (decode(key), decode(value)))
        .collect();
    (pairs, complaints)
}

/// Replaces `%3A` by `:` and so on; what is no valid escape stays as it is.
pub(super) fn decode(text: &str) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                decoded.extend(u8::try_from(16 * high + low));
                at += 3;
            }
            (byte, ..) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// A text as a value in a scenario string: the opposite of what reading it does.
pub(super) fn encode(text: &str) -> String {
    text.replace('%', "%25").replace('&', "%26")
}

/// A finite number with a decimal point.
pub(super) fn read_number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The shortest text that reads as the same number.
pub(super) fn print_number(number: f64) -> String {
    if number != 0.0 && !(1e-6..1e16).contains(&number.abs()) {
        format!("{number:e}")
    } else {
        number.to_string()
    }
}
