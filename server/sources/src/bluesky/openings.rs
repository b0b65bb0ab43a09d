//! Whether a record can hold any hashtag at all: most posts have none, and that is seen fastest.

use memchr::{memchr2_iter, memmem::Finder};

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// No hashtag can be in it.
    None,
    /// There may be hashtags, as written.
    Some,
    /// There are escapes that may stand for something in a hashtag, or for its `#`.
    Escaped,
}

/// Looks for where hashtags begin: `#`, its full-width form, and lists of tags beside the text.
#[derive(Debug)]
pub struct Openings {
    wide: Finder<'static>,
    list: Finder<'static>,
}

impl Openings {
    /// Made once, since it takes longer than a look.
    pub fn new() -> Self {
        Self { wide: Finder::new("＃"), list: Finder::new("\"tags\"") }
    }

    /// Looks at a record, as JSON.
    pub fn look(&self, record: &[u8]) -> Look {
        let mut found = Look::None;
        for at in memchr2_iter(b'#', b'\\', record) {
            if record[at] == b'#' {
                if !is_kind(&record[..at], &record[at + 1..]) {
                    found = Look::Some;
                }
            } else if may_be_in_hashtag(&record[at + 1..]) {
                return Look::Escaped;
            }
        }
        if found == Look::None && (self.wide.find(record).is_some() || self.list.find(record).is_some()) {
            found = Look::Some;
        }
        found
    }
}

/// Whether a `#` stands in the name of a kind of facet that is no hashtag; the letter before it would keep
/// it from being one in a text.
fn is_kind(before: &[u8], after: &[u8]) -> bool {
    before.ends_with(b"facet") && (after.starts_with(b"link\"") || after.starts_with(b"mention\""))
}

/// Whether what follows a `\` is the number of a character that may be in a hashtag, or be its `#`.
/// Jetstream writes `<`, `>`, `&` and two kinds of line end so, which cannot.
fn may_be_in_hashtag(after: &[u8]) -> bool {
    let Some((b'u', digits)) = after.split_first() else { return false };
    let number = digits.get(..4).and_then(|digits| u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
    match number {
        Some(0x2028 | 0x2029) => false,
        Some(number) if number < 0x80 => {
            number == u32::from(b'#') || u8::try_from(number).is_ok_and(|c| c.is_ascii_alphanumeric() || c == b'_')
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(record: &str) -> Look {
        Openings::new().look(record.as_bytes())
    }

    #[test]
    fn sees_where_hashtags_can_begin() {
        for record in
            [r##"{"text":"#a"}"##, r#"{"text":"＃a"}"#, r#"{"tags":["a"]}"#, r#"{"t":"app.bsky.richtext.facet#tag"}"#]
        {
            assert_eq!(look(record), Look::Some, "{record}");
        }
        for record in
            [r#"{"text":"a tags é"}"#, r#"{"t":"app.bsky.richtext.facet#link"}"#, r#"{"t":"x.facet#mention"}"#]
        {
            assert_eq!(look(record), Look::None, "{record}");
        }
        for record in [r##"{"text":"#link"}"##, r#"{"text":"facet#linksaf"}"#] {
            assert_eq!(look(record), Look::Some, "{record}");
        }
    }

    #[test]
    fn an_escape_counts_when_it_may_stand_for_a_letter() {
        for escape in
            [r"\u0023", r"\u0061", r"\u005F", r"\u0035", r"\ud83d", r"\uff03", r"\u200d", r"\u00e9", r"\u+061", r"\u00"]
        {
            assert_eq!(look(&format!(r##"{{"text":"# {escape}"}}"##)), Look::Escaped, "{escape}");
        }
        for escape in [r"\u0026", r"\u003c", r"\u003E", r"\u2028", r"\u000b", r"\n", r#"\""#, r"\\"] {
            assert_eq!(look(&format!(r#"{{"text":"{escape}"}}"#)), Look::None, "{escape}");
        }
    }
}
