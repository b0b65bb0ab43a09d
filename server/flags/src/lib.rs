//! What in a question deserves a moderator's look: personal data, links, shouting, insults; how a text
//! reads with those hidden; and in which language it seems to be. Pure: no IO, no clock.
//!
//! Nothing is decided here. A flag says what was recognised and where, and people judge.

mod find;
mod insults;
mod language;
mod mask;
mod numbers;
mod plain;
mod shouting;

use shared::flags::{Flag, FlagKind};

use find::Hit;
use insults::Insults;
pub use insults::ListError;
pub use language::language;
pub use mask::{BLOCK, mask};
use plain::Plain;

/// Looks at texts. Built once and shared: looking changes nothing in it.
#[derive(Debug, Clone)]
pub struct Lookout {
    insults: Insults,
}

impl Default for Lookout {
    fn default() -> Self {
        Self::new()
    }
}

impl Lookout {
    /// With the lists of insults that come with it, in Dutch and English.
    pub fn new() -> Self {
        Self { insults: Insults::known() }
    }

    /// With an organiser's list besides: one entry a line, `#` starts a comment. How an entry is
    /// written stands in `lists/nl.txt`.
    ///
    /// The error names the first line, counted from 1, that is no entry.
    pub fn with_more(insults: &str) -> Result<Self, ListError> {
        let mut known = Insults::known();
        known.add(insults)?;
        Ok(Self { insults: known })
    }

    /// What deserves a look, in the order of the text. Flags that hide something ([`FlagKind::hides`])
    /// never overlap; a shout may lie over them. Floods are not seen from one text.
    pub fn look(&self, text: &str) -> Vec<Flag> {
        let source: Vec<char> = text.chars().collect();
        let mut flags: Vec<Flag> = self
            .hidden(&source)
            .into_iter()
            .chain(shouting::shouts(&source))
            .map(|place| Flag {
                kind: place.kind,
                from: narrow(place.from),
                to: narrow(place.to),
                saw: source[place.from..place.to].iter().collect(),
            })
            .collect();
        flags.sort_by_key(|flag| (flag.from, flag.to, flag.kind));
        flags
    }

    /// All that a mask hides. What is hidden may uncover the next thing, such as a number that no longer
    /// belongs to a longer one; so the text is read again with blocks in it until nothing new is seen.
    fn hidden(&self, source: &[char]) -> Vec<Hit> {
        let whole = Plain::read(source);
        let mut seen = Vec::new();
        let mut plain = whole.clone();
        loop {
            let new: Vec<Hit> = find::hits(&plain, &self.insults).iter().map(|hit| plain.place(hit)).collect();
            if new.is_empty() {
                return seen;
            }
            seen = find::merged(seen.into_iter().chain(new).collect());
            plain = whole.with_blocks(&seen);
        }
    }
}

/// A place in a text; questions are a few hundred characters.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Which of two kinds names what they share: the more telling one first.
fn weight(kind: FlagKind) -> usize {
    const BY_WEIGHT: [FlagKind; 8] = [
        FlagKind::Email,
        FlagKind::Link,
        FlagKind::Iban,
        FlagKind::Phone,
        FlagKind::Bsn,
        FlagKind::Address,
        FlagKind::Plate,
        FlagKind::Insult,
    ];
    BY_WEIGHT.iter().position(|&one| one == kind).unwrap_or(BY_WEIGHT.len())
}
