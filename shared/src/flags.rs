//! What in a question's words deserves a look before it is public.

use serde::{Deserialize, Serialize};

use crate::values::words;

words! {
    /// What it is that deserves a look.
    FlagKind {
        /// A telephone number of a person.
        Phone = "phone",
        /// An e-mail address.
        Email = "email",
        /// A citizen service number (burgerservicenummer).
        Bsn = "bsn",
        /// A bank account number.
        Iban = "iban",
        /// A Dutch licence plate.
        Plate = "plate",
        /// A house's address, or a postcode.
        Address = "address",
        /// Mostly capitals, or a row of exclamation marks.
        Shouting = "shouting",
        /// A link to elsewhere.
        Link = "link",
        /// Words that hurt people.
        Insult = "insult",
        /// Many questions from one device in a short time.
        Flood = "flood",
        /// Many questions from one place on the network.
        SamePlace = "samePlace",
    }
}

impl FlagKind {
    /// Whether what was seen is hidden when a text is masked: what points at a person, leads
    /// elsewhere or hurts.
    pub fn hides(self) -> bool {
        match self {
            Self::Phone
            | Self::Email
            | Self::Bsn
            | Self::Iban
            | Self::Plate
            | Self::Address
            | Self::Link
            | Self::Insult => true,
            Self::Shouting | Self::Flood | Self::SamePlace => false,
        }
    }
}

/// What stands where something was masked: it says nothing of what was there, not its length.
pub const BLOCK: &str = "█████";
const BLOCK_LENGTH: u32 = 5;

/// One thing in a question that deserves a look. Nothing is decided by it: moderators see it.
///
/// It repeats what it points at, so it is as private as the question itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Flag {
    /// What it is.
    pub kind: FlagKind,
    /// Where it begins, in characters (Unicode scalar values) of the question's text.
    pub from: u32,
    /// Where it ends, not included. Both are 0 when it is about no place in the text.
    pub to: u32,
    /// What was recognised: that slice of the text; for a flood, or many from one place, how many, in digits.
    pub saw: String,
}

impl Flag {
    /// Whether it points at a place in the text.
    pub fn has_place(&self) -> bool {
        self.from < self.to
    }

    /// Whether masking takes it away.
    pub fn can_be_masked(&self) -> bool {
        self.has_place() && self.kind.hides()
    }
}

/// The text with a block over everything that was flagged and can be masked (flags that overlap share
/// one, and one that reaches beyond the text covers its end), and the flags that are left, at their
/// places in it. `None` when there is nothing to mask.
pub fn masked(text: &str, flags: &[Flag]) -> Option<(String, Vec<Flag>)> {
    let covered = covered(flags);
    let mut spans = covered.iter().copied().peekable();
    spans.peek()?;
    let mut out = String::with_capacity(text.len());
    // Where each character of the old text stands in the new one.
    let (mut places, mut length) = (Vec::new(), 0_u32);
    for (at, c) in text.chars().enumerate() {
        places.push(length);
        while spans.next_if(|span| span.1 <= at).is_some() {}
        match spans.peek() {
            Some(&(from, _)) if from == at => {
                out.push_str(BLOCK);
                length += BLOCK_LENGTH;
            }
            Some(&(from, _)) if from < at => {}
            _ => {
                out.push(c);
                length += 1;
            }
        }
    }
    let place = |at: u32| places.get(at as usize).copied().unwrap_or(length);
    let left = flags.iter().filter(|flag| !flag.can_be_masked());
    let left = left.map(|flag| Flag { from: place(flag.from), to: place(flag.to), ..flag.clone() }).collect();
    Some((out, left))
}

/// What is to be covered, in order; what overlaps is one.
fn covered(flags: &[Flag]) -> Vec<(usize, usize)> {
    let masked = flags.iter().filter(|flag| flag.can_be_masked());
    let mut spans: Vec<(usize, usize)> = masked.map(|flag| (flag.from as usize, flag.to as usize)).collect();
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let overlap = next.0 < last.1;
        if overlap {
            last.1 = last.1.max(next.1);
        }
        overlap
    });
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_is_the_json() {
        for &kind in FlagKind::ALL {
            assert_eq!(serde_json::to_value(kind).expect("a word"), kind.word());
        }
        let flag = Flag { kind: FlagKind::SamePlace, from: 0, to: 0, saw: "12".into() };
        assert_eq!(
            serde_json::to_string(&flag).expect("an object"),
            r#"{"kind":"samePlace","from":0,"to":0,"saw":"12"}"#
        );
        assert!(!flag.has_place());
    }

    fn flag(kind: FlagKind, from: u32, to: u32) -> Flag {
        Flag { kind, from, to, saw: String::new() }
    }

    #[test]
    fn a_block_says_nothing_of_what_it_covers() {
        let text = "Bel 06-12345678 of 010-1234567, wethouder é";
        let flags = [flag(FlagKind::Phone, 4, 15), flag(FlagKind::Phone, 19, 30)];
        let (text, left) = masked(text, &flags).expect("masked");
        assert_eq!(text, "Bel █████ of █████, wethouder é");
        assert_eq!(left, []);
    }

    #[test]
    fn overlapping_places_are_one_block_and_other_flags_keep_theirs() {
        let text = "LUISTER 😡 jan@x.nl NU";
        let flags = [
            flag(FlagKind::Email, 10, 18),
            flag(FlagKind::Link, 14, 18),
            flag(FlagKind::Shouting, 19, 21),
            flag(FlagKind::Flood, 0, 0),
        ];
        let (text, left) = masked(text, &flags).expect("masked");
        assert_eq!(text, "LUISTER 😡 █████ NU");
        assert_eq!(left, [flag(FlagKind::Shouting, 16, 18), flag(FlagKind::Flood, 0, 0)]);
    }

    #[test]
    fn touching_places_are_two_blocks_and_nothing_to_mask_is_none() {
        let flags = [flag(FlagKind::Insult, 0, 2), flag(FlagKind::Insult, 2, 4)];
        assert_eq!(masked("abcd", &flags).map(|(text, _)| text).as_deref(), Some("██████████"));
        let chain = [flag(FlagKind::Link, 2, 6), flag(FlagKind::Insult, 4, 8), flag(FlagKind::Link, 9, 99)];
        assert_eq!(masked("0123456789", &chain).map(|(text, _)| text).as_deref(), Some("01█████8█████"));
        assert_eq!(masked("HALLO", &[flag(FlagKind::Shouting, 0, 5)]), None);
        assert_eq!(masked("", &[]), None);
    }
}
