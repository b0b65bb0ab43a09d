//! What the author of a post elsewhere reads in their own thread. The address of the question is added to
//! each by whoever sends it.

use super::{Language, problems};
use crate::Reason;

/// An alderman answered.
pub fn answered(lang: Language, by: &str, answer: &str) -> String {
    format!("{by} {}: {answer}", lang.pick("antwoordt", "answers"))
}

/// It was put under another question.
pub fn bundled(lang: Language, lead: &str) -> String {
    let told = lang.pick(
        "Uw vraag is samengenomen met een vraag die op hetzelfde neerkomt. Ze worden samen beantwoord",
        "Your question was put together with one that comes to the same. They will be answered together",
    );
    format!("{told}: \u{201C}{lead}\u{201D}")
}

/// It is on stage.
pub fn staged(lang: Language) -> &'static str {
    lang.pick("Uw vraag is nu aan de beurt. U kunt live meekijken.", "Your question is up now. You can watch live.")
}

/// It is not shown, for a reason.
pub fn declined(lang: Language, reason: Reason, note: Option<&str>) -> String {
    let told = lang.pick("Uw vraag kon niet worden getoond", "Your question could not be shown");
    let mut text = match reason {
        Reason::Other => format!("{told}."),
        reason => format!("{told}, {} {}.", lang.pick("omdat", "because"), problems::reason(lang, reason)),
    };
    if let Some(note) = note {
        text.push(' ');
        text.push_str(note);
    }
    text
}
