//! A question's words, as they are compared: folded, hashtags taken apart, addresses and mentions left out.

use unicode_normalization::UnicodeNormalization as _;

/// The longest word that is looked at, in characters; what is longer is no word.
const MAX_WORD: usize = 40;
/// The most words of one text that are looked at.
const MAX_WORDS: usize = 120;

/// A text's words and its identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Equal for texts that differ in case, accents, spacing and punctuation only.
    pub identity: String,
    /// Words in Latin letters, and numbers, in order; none when the text is mostly in another script.
    pub words: Vec<String>,
    /// Whether each word has a capital that no start of a sentence explains: mostly a name.
    pub capitals: Vec<bool>,
}

/// Takes a text apart.
pub fn read(text: &str) -> Text {
    let (mut words, mut capitals) = (Vec::new(), Vec::new());
    let mut starts = true;
    let mut identity = String::with_capacity(text.len());
    let (mut latin, mut other) = (0_usize, 0_usize);
    for chunk in text.split_whitespace() {
        let address = is_address(chunk);
        for written in split(chunk) {
            let word = fold(written);
            if word.is_empty() {
                continue;
            }
            if !identity.is_empty() {
                identity.push(' ');
            }
            identity.push_str(&word);
            let strange = word.chars().filter(|c| !is_known(*c)).count();
            other += strange;
            latin += word.chars().count() - strange;
            let counts = strange == 0 && !address && (word.len() > 1 || word.as_bytes()[0].is_ascii_digit());
            if counts && word.chars().count() <= MAX_WORD && words.len() < MAX_WORDS {
                let tail = written.chars().skip(1).all(char::is_lowercase);
                capitals.push(!starts && !chunk.contains('#') && written.starts_with(char::is_uppercase) && tail);
                words.push(word);
            }
            starts = false;
        }
        starts |= chunk.ends_with(['.', '?', '!', ':', '…']);
    }
    if identity.is_empty() {
        // Emoji, or nothing at all.
        identity = text.split_whitespace().collect();
    }
    if other > latin {
        words.clear();
        capitals.clear();
    }
    Text { identity, words, capitals }
}

/// One word as it is looked up: without case and accents.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !('\u{300}'..='\u{36F}').contains(c)) {
        match c {
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' => folded.push('d'),
            'ı' => folded.push('i'),
            c => folded.extend(c.to_lowercase().filter(|c| !('\u{300}'..='\u{36F}').contains(c))),
        }
    }
    folded
}

fn is_address(chunk: &str) -> bool {
    let start = chunk.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
    start.starts_with('@') || start.starts_with("www.") || start.contains("://")
}

/// Letters and digits of the scripts that the weights were made for.
fn is_known(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{C0}'..='\u{24F}').contains(&c)
}

/// Runs of letters and digits; `FietsFan010` is three words, `OV` is one.
fn split(chunk: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = None;
    let mut before: Option<char> = None;
    for (at, c) in chunk.char_indices() {
        let inside = c.is_alphanumeric() || is_mark(c);
        let breaks = before.is_some_and(|b| {
            (b.is_lowercase() && c.is_uppercase())
                || (b.is_ascii_digit() != c.is_ascii_digit() && inside && !is_mark(c))
        });
        match start {
            Some(from) if !inside || breaks => {
                words.push(&chunk[from..at]);
                start = inside.then_some(at);
            }
            None if inside => start = Some(at),
            _ => {}
        }
        before = inside.then_some(c);
    }
    words.extend(start.map(|from| &chunk[from..]));
    words
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        read(text).words
    }

    #[test]
    fn takes_hashtags_apart_and_leaves_addresses_and_mentions_out() {
        assert_eq!(words("Waarom is de #FietsenStalling vol?"), ["waarom", "is", "de", "fietsen", "stalling", "vol"]);
        assert_eq!(words("#FietsFan010 #OV"), ["fiets", "fan", "010", "ov"]);
        assert_eq!(words("zie https://example.org/Fiets @gemeente www.example.org dus"), ["zie", "dus"]);
        assert_eq!(words("foto's van de 30km-zone"), ["foto", "van", "de", "30", "km", "zone"]);
    }

    #[test]
    fn folds_case_and_accents_however_they_are_written() {
        assert_eq!(words("Één CAFÉ"), words("e\u{301}e\u{301}n cafe\u{301}"));
        assert_eq!(read("Wanneer komt de bus?").identity, read("  wanneer   KOMT de bus ").identity);
        assert_ne!(read("bus 40").identity, read("bus 44").identity);
    }

    #[test]
    fn a_capital_within_a_sentence_is_noted() {
        let text = read("Komt er op Zuid iets? Waarom niet bij de Coolsingel #Fiets");
        let names: Vec<_> = text.words.iter().zip(text.capitals).filter(|(_, capital)| *capital).collect();
        assert_eq!(names.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>(), ["zuid", "coolsingel"]);
    }

    #[test]
    fn other_scripts_have_an_identity_and_no_words() {
        for text in ["Когда придёт автобус?", "متى تأتي الحافلة", "公交车什么时候来"]
        {
            assert!(words(text).is_empty() && !read(text).identity.is_empty(), "{text}");
        }
        assert_eq!(words("waarom geen автобус hier"), ["waarom", "geen", "hier"]);
        assert_ne!(read("🚲🚲").identity, read("🚲").identity);
        assert_eq!(read(" \n").identity, "");
    }
}
