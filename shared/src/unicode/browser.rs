//! The browser's own answers.

use js_sys::{Array, Intl::Segmenter, JsString, Object, Reflect, RegExp};
use wasm_bindgen::{JsCast as _, JsValue};

/// Clusters as far as a pattern can tell them, for Firefox before 125, which has no segmenter: pairs
/// of flag letters, and whatever follows a character to change or join it.
const CLUSTER: &str = r"\r\n|\p{RI}\p{RI}|[^](?:[\p{M}\p{EMod}\u200C\u{E0020}-\u{E007F}]|\u200D\p{ExtPict}?)*";

pub fn composed(text: &str) -> String {
    String::from(JsString::from(text).normalize("NFC"))
}

/// A browser has no case folding, but lower case of upper case of lower case comes to the same once
/// the two small letters that do not have one capital of their own are looked after: the `ı` of
/// Turkish would become `i`, and a capital sigma becomes `ς` at a word's end.
pub fn folded(text: &str) -> String {
    let fold = |part: &str| {
        let lower = JsString::from(part).normalize("NFC").to_lower_case();
        String::from(lower.to_upper_case().to_lower_case().normalize("NFC"))
    };
    text.split('ı').map(fold).collect::<Vec<_>>().join("ı").replace('ς', "σ")
}

pub fn clusters(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut found = Vec::new();
    for cluster in parts(text) {
        // A lone half of a surrogate pair cannot be in a Rust text, so nothing is lost on the way.
        let length = String::from(JsString::from(cluster)).len();
        found.push((at, &text[at..at + length]));
        at += length;
    }
    found
}

pub fn is_mark(c: char) -> bool {
    RegExp::new(r"\p{M}", "u").test(&String::from(c))
}

fn parts(text: &str) -> Array {
    if has_segmenter() {
        let segments = Array::from(&Segmenter::default().segment(text));
        return segments.map(&mut |part, _, _| Reflect::get(&part, &"segment".into()).unwrap_or(JsValue::NULL));
    }
    let found = JsString::from(text).match_(&RegExp::new(CLUSTER, "gu"));
    found.map(Object::unchecked_into).unwrap_or_default()
}

fn has_segmenter() -> bool {
    Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::has(&intl, &"Segmenter".into()))
        .unwrap_or(false)
}
