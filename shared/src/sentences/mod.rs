//! Every sentence people read, Dutch and English side by side, one file per screen.
//!
//! A sentence is a method on the screen's type, so that a screen cannot ask for one that is not
//! there, and none can be missing in one language.

pub mod account;
pub mod accounts;
pub mod acts;
pub mod citizen;
pub mod common;
pub mod desk;
pub mod front;
pub mod office;
pub mod organise;
pub mod panel;
pub mod problems;
pub mod replies;
mod said;
pub mod sources;
pub mod times;
pub mod wall;

use serde::{Deserialize, Serialize};

/// A language the screens speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Nederlands.
    #[default]
    Nl,
    /// English.
    En,
}

impl Language {
    /// Every language, the default first.
    pub const ALL: &'static [Self] = &[Self::Nl, Self::En];

    /// BCP 47 tag, as in `lang=""`.
    pub fn tag(self) -> &'static str {
        self.pick("nl", "en")
    }

    /// The language of a BCP 47 tag (`en-GB` is English), if the screens speak it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Self::ALL.iter().copied().find(|language| language.tag() == primary)
    }

    /// The best language for an `Accept-Language` header (RFC 9110, 12.5.4).
    pub fn negotiate(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';');
            let Some(language) = parts.next().and_then(Self::from_tag) else { continue };
            let quality = parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
            if quality > 0.0 && best.is_none_or(|(q, _)| quality > q) {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }

    /// The word for it in itself.
    pub fn own_name(self) -> &'static str {
        self.pick("Nederlands", "English")
    }

    /// The one of two sentences that is in this language.
    pub fn pick<T>(self, nl: T, en: T) -> T {
        match self {
            Self::Nl => nl,
            Self::En => en,
        }
    }

    /// The form that goes with a number. For whole numbers in these languages CLDR's plural rules are
    /// this one; a test asks CLDR, so that a language with other rules cannot be added unnoticed.
    pub fn plural<'a>(self, n: u64, one: &'a str, other: &'a str) -> &'a str {
        if n == 1 { one } else { other }
    }

    /// A whole number with the language's thousands separator.
    pub fn number(self, n: u64) -> String {
        let digits = n.to_string();
        let mut out = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push_str(self.pick(".", ","));
            }
            out.push(digit);
        }
        out
    }

    /// A number with its noun: `count(1, "vraag", "vragen")` is "1 vraag".
    pub fn count(self, n: u64, one: &str, other: &str) -> String {
        format!("{} {}", self.number(n), self.plural(n, one, other))
    }
}

#[cfg(test)]
mod tests {
    use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};

    use super::*;

    #[test]
    fn the_browser_s_language_is_understood() {
        assert_eq!(Language::negotiate("en-GB,en;q=0.9,nl;q=0.8"), Some(Language::En));
        assert_eq!(Language::negotiate("fr, nl;q=0.3, en;q=0.2"), Some(Language::Nl));
        assert_eq!(Language::negotiate("fr"), None);
        assert_eq!(Language::negotiate("en;q=0"), None);
    }

    #[test]
    fn cldr_has_the_same_forms_for_every_number() {
        for language in Language::ALL {
            let tag: unic_langid::LanguageIdentifier = language.tag().parse().expect("a tag");
            let rules = PluralRules::create(tag, PluralRuleType::CARDINAL).expect("CLDR knows it");
            for n in (0..2_000).chain([10_000, 1_000_000, 1_000_001]) {
                let form = if rules.select(n) == Ok(PluralCategory::ONE) { "one" } else { "other" };
                assert_eq!(language.plural(n, "one", "other"), form, "{n} in {}", language.own_name());
            }
        }
    }

    #[test]
    fn numbers_agree_with_their_nouns() {
        assert_eq!(Language::Nl.count(1, "vraag", "vragen"), "1 vraag");
        assert_eq!(Language::Nl.count(1_204, "vraag", "vragen"), "1.204 vragen");
        assert_eq!(Language::En.count(0, "question", "questions"), "0 questions");
    }
}
