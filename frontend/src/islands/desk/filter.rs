//! What one looks for on the desk, and how that stands in the address, so that it survives a reload
//! and can be shared with a colleague.

use shared::{Source, Status, hashtag, views::ModeratorCard};

use super::revision;
use crate::address::escape;

/// What one looks for. Everything that is set must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Words that are in the question or the name.
    pub words: String,
    /// Where it came from.
    pub source: Option<Source>,
    /// One of its topics, without `#`.
    pub topic: Option<String>,
    /// The language it seems to be in.
    pub language: Option<String>,
    /// A label that colleagues put on it.
    pub label: Option<String>,
    /// The alderman it was given to.
    pub alderman: Option<String>,
    /// It waits for a moderator, for at least so many minutes.
    pub waits: Option<u32>,
    /// Something in it deserves a look.
    pub flagged: bool,
    /// The reader has it open, or changed it last.
    pub mine: bool,
    /// Its author changed the post that it was.
    pub revised: bool,
}

/// What a filter needs to know of a card besides the card.
pub struct Known<'a> {
    /// The reader's name.
    pub me: &'a str,
    /// The reader has the card open.
    pub open: bool,
    /// The time, in milliseconds since 1970.
    pub now: i64,
}

/// How many minutes one can choose to have been waited.
pub const WAITS: [u32; 4] = [5, 10, 20, 30];
/// How many the key chooses.
pub const WAITS_LONG: u32 = 10;

impl Filter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        Self { words: String::new(), ..self.clone() } == Self::default() && self.words.trim().is_empty()
    }

    /// The words to look for, folded.
    pub fn wanted(&self) -> Vec<String> {
        hashtag::fold(&self.words).split_whitespace().map(str::to_owned).collect()
    }

    /// Who asked at this moment or before it waits long enough now, in milliseconds since 1970; nothing when
    /// it does not matter how long one waits.
    pub fn asked_by(&self, now: i64) -> Option<i64> {
        self.waits.map(|minutes| now - i64::from(minutes) * 60_000)
    }

    /// Whether a card is looked for, but for the words.
    pub fn takes(&self, card: &ModeratorCard, known: &Known<'_>) -> bool {
        let is = |wanted: &Option<String>, has: Option<&String>| wanted.is_none() || wanted.as_ref() == has;
        let among = |wanted: &Option<String>, all: &[String]| {
            wanted.as_ref().is_none_or(|wanted| {
                let wanted = hashtag::fold(wanted);
                all.iter().any(|one| hashtag::fold(one) == wanted)
            })
        };
        self.source.is_none_or(|source| source == card.card.source)
            && among(&self.topic, &card.card.topics)
            && is(&self.language, card.language.as_ref())
            && among(&self.label, &card.labels)
            && is(&self.alderman, card.alderman.as_ref())
            && self
                .asked_by(known.now)
                .is_none_or(|by| card.card.status == Status::Waiting && card.card.asked_at.millis() <= by)
            && (!self.flagged || !card.flags.is_empty())
            && (!self.mine || known.open || card.changed_by.as_deref() == Some(known.me))
            && (!self.revised || revision::has(card))
    }

    /// As the query of an address, without `?`; empty when there is nothing to say.
    pub fn query(&self) -> String {
        let mut parts: Vec<(&str, &str)> = Vec::new();
        let waits = self.waits.map(|minutes| minutes.to_string());
        let mut add = |name, value: Option<&'static str>| parts.extend(value.map(|value| (name, value)));
        add("source", self.source.map(Source::word));
        add("flagged", self.flagged.then_some("1"));
        add("mine", self.mine.then_some("1"));
        add("revised", self.revised.then_some("1"));
        let words = Some(&self.words).filter(|words| !words.trim().is_empty());
        let owned = [
            ("q", words),
            ("topic", self.topic.as_ref()),
            ("language", self.language.as_ref()),
            ("label", self.label.as_ref()),
            ("alderman", self.alderman.as_ref()),
            ("waits", waits.as_ref()),
        ];
        parts.extend(owned.into_iter().filter_map(|(name, value)| Some((name, value?.as_str()))));
        parts.into_iter().map(|(name, value)| format!("{name}={}", escape(value))).collect::<Vec<_>>().join("&")
    }

    /// Reads the query of an address, with or without `?`. What it does not know it leaves.
    pub fn read(query: &str) -> Self {
        let mut filter = Self::default();
        for part in query.trim_start_matches('?').split('&') {
            let Some((name, value)) = part.split_once('=') else { continue };
            let value = read(value);
            if value.is_empty() {
                continue;
            }
            match name {
                "q" => filter.words = value,
                "source" => filter.source = Source::from_word(&value),
                "topic" => filter.topic = Some(value),
                "language" => filter.language = Some(value),
                "label" => filter.label = Some(value),
                "alderman" => filter.alderman = Some(value),
                "waits" => filter.waits = value.parse().ok().filter(|minutes| *minutes > 0),
                "flagged" => filter.flagged = value == "1",
                "mine" => filter.mine = value == "1",
                "revised" => filter.revised = value == "1",
                _ => {}
            }
        }
        filter
    }
}

fn read(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).filter(|_| *first == b'%').and_then(|pair| std::str::from_utf8(pair).ok());
        if let Some(byte) = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(if *first == b'+' { b' ' } else { *first });
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use shared::{
        Status,
        flags::{Flag, FlagKind},
    };

    use super::*;
    use crate::islands::desk::sample::card;

    const NOT_OPEN: Known<'_> = Known { me: "Jana", open: false, now: 0 };

    #[test]
    fn a_filter_survives_the_address() {
        let filter = Filter {
            words: "fiets & stalling 100%".into(),
            source: Some(Source::Hall),
            topic: Some("Coolsingel".into()),
            language: Some("nl".into()),
            label: Some("später".into()),
            alderman: Some("Judith Bokhove".into()),
            waits: Some(10),
            flagged: true,
            mine: true,
            revised: true,
        };
        assert_eq!(Filter::read(&format!("?{}", filter.query())), filter);
        assert_eq!(Filter::default().query(), "");
        assert_eq!(Filter::read("?lang=en&q=&source=post&%zz=1&mine=0&waits=long&waits=0"), Filter::default());
    }

    #[test]
    fn everything_that_is_set_must_hold() {
        let mut asked = card(1, "Waarom?", Status::Waiting);
        asked.labels = vec!["Later".into()];
        asked.flags = vec![Flag { kind: FlagKind::Link, from: 0, to: 0, saw: String::new() }];
        let labelled = Filter { label: Some("later".into()), ..Filter::default() };
        assert!(labelled.takes(&asked, &NOT_OPEN));
        assert!(Filter { flagged: true, ..labelled.clone() }.takes(&asked, &NOT_OPEN));
        assert!(!Filter { source: Some(Source::Hall), ..labelled }.takes(&asked, &NOT_OPEN));
    }

    #[test]
    fn mine_is_what_i_have_open_or_changed_last() {
        let mine = Filter { mine: true, ..Filter::default() };
        let mut asked = card(1, "Waarom?", Status::Waiting);
        assert!(!mine.takes(&asked, &NOT_OPEN));
        assert!(mine.takes(&asked, &Known { open: true, ..NOT_OPEN }));
        asked.changed_by = Some("Jana".into());
        assert!(mine.takes(&asked, &NOT_OPEN));
    }

    #[test]
    fn only_questions_that_wait_can_wait_long() {
        let long = Filter { waits: Some(10), ..Filter::default() };
        let mut asked = card(1, "Waarom?", Status::Waiting);
        let at = asked.card.asked_at.millis();
        let after = |seconds: i64| Known { now: at + seconds * 1_000, ..NOT_OPEN };
        assert!(!long.takes(&asked, &after(599)));
        assert!(long.takes(&asked, &after(600)));
        asked.card.status = Status::Shown;
        assert!(!long.takes(&asked, &after(6_000)));
    }

    #[test]
    fn what_is_asked_for_in_another_s_words_is_found_in_any_case() {
        let mut asked = card(1, "Waarom?", Status::Waiting);
        asked.card.topics = vec!["Coolsingel".into()];
        asked.alderman = Some("Judith Bokhove".into());
        asked.language = Some("nl".into());
        let filter = |query: &str| Filter::read(query).takes(&asked, &NOT_OPEN);
        assert!(filter("topic=coolsingel&alderman=Judith+Bokhove&language=nl"));
        assert!(!filter("topic=Maas") && !filter("alderman=judith") && !filter("language=en"));
        assert_eq!(Filter::read("q=Fiets++STALLING").wanted(), ["fiets", "stalling"]);
        assert!(Filter::read("q=++").is_empty() && !Filter::read("flagged=1").is_empty());
    }
}
