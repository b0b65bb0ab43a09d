//! Making words unreadable in an edit.

/// What stands where words were taken out.
pub const MARK: &str = "▇▇▇";

/// The text with the selection replaced by [`MARK`], and where the cursor goes. Positions are in
/// UTF-16 units, as a textarea gives them. Nothing when nothing is selected.
pub fn redact(text: &str, start: u32, end: u32) -> Option<(String, u32)> {
    let (from, to) = (byte_at(text, start), byte_at(text, end));
    if from >= to {
        return None;
    }
    let chosen = &text[from..to];
    let before = from + chosen.len() - chosen.trim_start().len();
    let after = from + chosen.trim_end().len();
    if before >= after {
        return None;
    }
    let head = format!("{}{MARK}", &text[..before]);
    let cursor = u32::try_from(head.encode_utf16().count()).unwrap_or(u32::MAX);
    Some((format!("{head}{}", &text[after..]), cursor))
}

fn byte_at(text: &str, utf16: u32) -> usize {
    let mut units = 0;
    for (byte, c) in text.char_indices() {
        if units >= utf16 {
            return byte;
        }
        units += if c.len_utf16() == 2 { 2 } else { 1 };
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_selected_words_go() {
        assert_eq!(redact("Bel 06-12345678 nu", 4, 15), Some(("Bel ▇▇▇ nu".into(), 7)));
    }

    #[test]
    fn spaces_around_the_selection_stay() {
        assert_eq!(redact("Bel 06 nu", 3, 7), Some(("Bel ▇▇▇ nu".into(), 7)));
        assert_eq!(redact("a   b", 1, 4), None);
    }

    #[test]
    fn emoji_before_the_selection_count_as_the_browser_counts_them() {
        assert_eq!(redact("🚲 Jan", 3, 6), Some(("🚲 ▇▇▇".into(), 6)));
    }

    #[test]
    fn nothing_selected_changes_nothing() {
        assert_eq!(redact("Bel", 2, 2), None);
        assert_eq!(redact("Bel", 9, 12), None);
    }
}
