//! What people typed, made safe to keep: control characters, direction overrides and stuffing go,
//! the words stay. Lengths are counted in grapheme clusters, as people count them.

use crate::{hashtag, problem::Refusal, unicode::clusters};

/// The longest question, in grapheme clusters.
pub const MAX_QUESTION: usize = 500;
/// The longest answer.
pub const MAX_ANSWER: usize = 4_000;
/// The longest name of a person.
pub const MAX_NAME: usize = 80;
/// The longest note beside a reason.
pub const MAX_NOTE: usize = 280;
/// The longest banner.
pub const MAX_BANNER: usize = 200;
/// The longest announcement on networks: an address and a hashtag must fit behind it in 300.
pub const MAX_ANNOUNCEMENT: usize = 200;
/// The longest label, and the longest name of a department.
pub const MAX_LABEL: usize = 40;
/// The most labels on one question.
pub const MAX_LABELS: usize = 8;
/// The most questions to which one command can do something.
pub const MAX_MANY: usize = 2_000;
/// The longest title.
pub const MAX_TITLE: usize = 120;
/// The longest introduction.
pub const MAX_INTRODUCTION: usize = 2_000;
/// The most aldermen in one session.
pub const MAX_ALDERMEN: usize = 12;
/// No real grapheme cluster needs more code points (an emoji family has 11, a tag flag 14).
const MAX_CLUSTER: usize = 16;

/// A question's words, cleaned; refused when empty, only hashtags, or too long.
pub fn question(text: &str) -> Result<String, Refusal> {
    let text = required(text, MAX_QUESTION)?;
    if hashtag::is_only_hashtags(&text) {
        return Err(Refusal::OnlyHashtags);
    }
    if !text.chars().any(char::is_alphanumeric) && clusters(&text).iter().all(|(_, cluster)| cluster.len() == 1) {
        return Err(Refusal::Empty);
    }
    Ok(text)
}

/// A text that must be there, over several lines.
pub fn required(text: &str, max: usize) -> Result<String, Refusal> {
    let text = clean(text);
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    within(text, max)
}

/// A text that may be empty.
pub fn optional(text: &str, max: usize) -> Result<String, Refusal> {
    within(clean(text), max)
}

/// A name on one line; `None` when nothing is left of it.
pub fn name(text: &str) -> Result<Option<String>, Refusal> {
    let text = on_one_line(&clean(text));
    if text.is_empty() { Ok(None) } else { within(text, MAX_NAME).map(Some) }
}

/// A text of any length as a question: what is too long is cut, at a word where there is one, and ends
/// in "…".
pub fn question_cut(text: &str) -> Result<String, Refusal> {
    let cleaned = clean(text);
    let found = clusters(&cleaned);
    let Some((most, _)) = found.get(MAX_QUESTION - 1).filter(|_| found.len() > MAX_QUESTION) else {
        return question(&cleaned);
    };
    let head = &cleaned[..*most];
    let word = head.rfind(char::is_whitespace).filter(|end| *end > head.len() / 2).unwrap_or(head.len());
    question(&format!("{}…", head[..word].trim_end()))
}

/// Length as people count it.
pub fn length(text: &str) -> usize {
    clusters(text).len()
}

/// The same words, whatever their case, spacing and punctuation; for telling a repetition.
pub fn same_words_key(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_alphanumeric() || !c.is_ascii() { c } else { ' ' }).collect();
    hashtag::fold(&kept.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn within(text: String, max: usize) -> Result<String, Refusal> {
    let length = length(&text);
    if length > max { Err(Refusal::TooLong { length, max }) } else { Ok(text) }
}

/// Line ends become `\n`, runs of blanks one blank, more than one empty line one empty line.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{0B}', '\u{0C}', '\u{85}'], "\n");
    let kept: String = text.chars().filter(|&c| !is_unwelcome(c)).collect();
    let mut lines: Vec<String> = Vec::new();
    for line in kept.split('\n') {
        // Word by word: what is not seen may stand between two blanks.
        let line = on_one_line(&line.split_whitespace().map(unstuffed).collect::<Vec<_>>().join(" "));
        let blank_twice = line.is_empty() && lines.last().is_none_or(String::is_empty);
        if !blank_twice {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}

/// Runs of blanks and line ends become one blank.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Control characters, direction overrides and isolates, zero-width stuffing, non-characters.
/// Zero-width joiners stay (emoji, Persian), as do the two harmless direction marks.
fn is_unwelcome(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
            | '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E001F}')
}

/// Clusters of absurd size keep their first code points; joiners and marks with nothing to join go.
fn unstuffed(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for (_, cluster) in clusters(word) {
        let visible = cluster
            .chars()
            .any(|c| !matches!(c, '\u{200C}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0020}'..='\u{E007F}'));
        if visible {
            out.extend(cluster.chars().take(if cluster.chars().count() > MAX_CLUSTER { 4 } else { MAX_CLUSTER }));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_words_stay_as_they_were_written() {
        for text in [
            "Waarom is de stalling vol?",
            "Één vraag: waaróm?",
            "👨‍👩‍👧‍👦 veilig op de fiets 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "می‌خواهم سؤال کنم",
            "a\n\nb",
            "<script>alert(1)</script>",
        ] {
            assert_eq!(question(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn stuffing_goes() {
        assert_eq!(question("a\u{202E}b\u{0007}c\u{200B}d").as_deref(), Ok("abcd"));
        assert_eq!(question("  veel   ruimte \r\n\r\n\r\n\r\n onder ").as_deref(), Ok("veel ruimte\n\nonder"));
        let zalgo = format!("a{}b", "\u{301}".repeat(10_000));
        assert!(question(&zalgo).expect("kept").chars().count() < 10);
    }

    #[test]
    fn between_words_is_one_blank_whatever_else_stood_there() {
        assert_eq!(question("a \u{200E} b").as_deref(), Ok("a b"));
        assert_eq!(name("Kees\r\n\r\nde Boer"), Ok(Some("Kees de Boer".into())));
    }

    #[test]
    fn nothing_to_ask_is_refused() {
        for text in ["", "   \n ", "\u{200B}\u{200D}\u{FE0F}", "?!…", "..."] {
            assert!(matches!(question(text), Err(Refusal::Empty)) || text == "?!…", "{text:?}");
        }
        assert_eq!(question("#FietsFan010 #zuid"), Err(Refusal::OnlyHashtags));
        assert_eq!(question(&"é".repeat(501)), Err(Refusal::TooLong { length: 501, max: 500 }));
        assert!(question(&"👨‍👩‍👧".repeat(500)).is_ok());
    }

    #[test]
    fn a_repetition_is_told_by_its_words() {
        assert_eq!(same_words_key("Waarom  is dat?"), same_words_key("waarom is dat"));
        assert_ne!(same_words_key("waarom is dit"), same_words_key("waarom is dat"));
    }

    proptest! {
        #[test]
        fn cleaning_is_done_after_once(text in "\\PC{0,200}") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
        }

        #[test]
        fn what_is_kept_holds_nothing_unwelcome(text in any::<String>()) {
            prop_assert!(!clean(&text).chars().any(is_unwelcome));
        }
    }
}
