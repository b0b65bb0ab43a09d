//! Insults: words and phrases from lists, however they are disguised.

mod list;
mod tokens;

use std::collections::BTreeMap;

use shared::flags::FlagKind;

pub use list::ListError;
use list::{Entry, Fit, Line};
use tokens::{Piece, Words};

use crate::{find::Hit, plain::Plain};

/// All entries, found by the letter with which they begin.
#[derive(Debug, Clone, Default)]
pub(crate) struct Insults {
    hurting: Entries,
    decent: Entries,
}

#[derive(Debug, Clone, Default)]
struct Entries {
    by_first: BTreeMap<char, Vec<Entry>>,
    /// Entries whose first word may go on before.
    open: Vec<Entry>,
}

impl Insults {
    /// The lists that come with the crate.
    pub fn known() -> Self {
        let mut known = Self::default();
        for list in [include_str!("../../lists/nl.txt"), include_str!("../../lists/en.txt")] {
            known.add(list).expect("our own lists are well written");
        }
        known
    }

    /// More entries, one a line; none when there is an error.
    pub fn add(&mut self, lines: &str) -> Result<(), ListError> {
        for line in list::read(lines)? {
            match line {
                Line::Hurts(entry) => self.hurting.add(entry),
                Line::IsDecent(entry) => self.decent.add(entry),
            }
        }
        Ok(())
    }

    pub fn find(&self, plain: &Plain, hits: &mut Vec<Hit>) {
        let words = Words::of(plain);
        let hurting = self.hurting.places(plain, &words);
        if hurting.is_empty() {
            return;
        }
        let decent = self.decent.places(plain, &words);
        let meant = hurting.into_iter().filter(|place| !decent.iter().any(|one| one.0 < place.1 && place.0 < one.1));
        hits.extend(meant.map(|(from, to)| Hit { kind: FlagKind::Insult, from, to }));
    }
}

impl Entries {
    fn add(&mut self, entry: Entry) {
        match entry.first() {
            Some(first) => self.by_first.entry(first).or_default().push(entry),
            None => self.open.push(entry),
        }
    }

    /// Where entries stand, in bytes.
    fn places(&self, plain: &Plain, words: &Words) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for (at, word) in words.pieces.iter().enumerate() {
            self.try_at(plain, &words.pieces[at..], &mut places);
            if let Some(bare) = word.bare() {
                self.try_at(plain, &[bare], &mut places);
            }
        }
        for joined in &words.joined {
            self.try_at(plain, std::slice::from_ref(joined), &mut places);
        }
        places
    }

    fn try_at(&self, plain: &Plain, pieces: &[Piece], places: &mut Vec<(usize, usize)>) {
        for (spelling, letters) in pieces[0].spellings().iter().enumerate() {
            let Some(&first) = letters.first() else { continue };
            let listed = tokens::readings(first).filter_map(|first| self.by_first.get(&first)).flatten();
            for entry in listed.chain(&self.open) {
                // Phrases are looked for once, as they are written.
                if spelling > 0 && entry.words.len() > 1 {
                    continue;
                }
                if let Some(to) = entry_end(plain, entry, letters, pieces) {
                    places.push((pieces[0].from, to));
                }
            }
        }
    }
}

/// Where an entry ends that begins with the first piece.
fn entry_end(plain: &Plain, entry: &Entry, first: &[char], pieces: &[Piece]) -> Option<usize> {
    let mut to = pieces.first()?.to;
    for (at, word) in entry.words.iter().enumerate() {
        if at == 0 {
            if !word.fits(first) {
                return None;
            }
            continue;
        }
        let piece = pieces.get(at)?;
        if !piece.follows || !piece.spellings().iter().any(|letters| word.fits(letters)) {
            return None;
        }
        to = piece.to;
    }
    let after = &plain.text[to..];
    let ends =
        || !after.starts_with(['-', '_', '\'']) && !after.trim_start_matches(' ').starts_with(char::is_alphanumeric);
    (entry.end == Fit::Anywhere || ends()).then_some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<String> {
        let plain = Plain::read(&text.chars().collect::<Vec<_>>());
        let mut hits = Vec::new();
        Insults::known().find(&plain, &mut hits);
        crate::find::merged(hits).iter().map(|hit| plain.text[hit.from..hit.to].to_owned()).collect()
    }

    #[test]
    fn disguises_are_seen_through() {
        for text in [
            "kl00tz4k",
            "k1ootzak",
            "k.l.o.o.t.z.a.k",
            "k l o o t z a k",
            "kloot-zak",
            "KLOOTZAAAAAK",
            "f*ck",
            "f**k",
            "sh!t",
            "#klootzakken",
            "#WegMetDieKlootzak",
            "@klootzak",
            "a$$hole",
            "@sshole",
            "k@nkerlijer",
            "кlооtzак",
        ] {
            assert_eq!(seen(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn what_only_contains_it_is_left_alone() {
        for text in [
            "Scunthorpe",
            "kutsen",
            "Dikke Deur",
            "klootschieten",
            "rapport",
            "analyse",
            "hoerenloper",
            "kankerpatiënten",
            "kanker op jonge leeftijd",
            "pet op 20 juli",
            "Kutlu",
            "*let op*",
            "vliegtuig",
            "1 2 3",
        ] {
            assert_eq!(seen(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_phrase_stays_within_a_sentence() {
        assert_eq!(seen("rot op man"), ["rot op"]);
        assert!(seen("Het hout is rot. Op straat").is_empty());
        assert_eq!(seen("ach kanker op!"), ["kanker op"]);
    }
}
