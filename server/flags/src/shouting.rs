//! Shouting: a stretch of capitals, or a row of exclamation marks.

use shared::flags::FlagKind;

use crate::find::Hit;

/// Fewer capitals than this in a stretch are a name, an acronym or a stress.
const LEAST_LETTERS: usize = 12;
/// So are fewer words.
const LEAST_WORDS: usize = 3;
/// One word of a stretch must be longer than acronyms are (HOV, RET, UWV).
const LONGER_THAN_ACRONYMS: usize = 5;
/// A text this short is a shout when it is all capitals, in two words.
const LEAST_IN_ALL: usize = 10;
/// How many exclamation marks in a row are a shout.
const MARKS: usize = 3;

/// Every shout, in characters.
pub(crate) fn shouts(source: &[char]) -> Vec<Hit> {
    let mut shouts = Vec::new();
    stretches(source, &mut shouts);
    marks(source, &mut shouts);
    shouts
}

/// A stretch of capitals as it grows.
#[derive(Default)]
struct Stretch {
    from: usize,
    to: usize,
    words: usize,
    letters: usize,
    longest: usize,
}

impl Stretch {
    fn is_shout(&self, all: bool) -> bool {
        self.longest >= LONGER_THAN_ACRONYMS
            && (self.words >= LEAST_WORDS && self.letters >= LEAST_LETTERS
                || all && self.words >= 2 && self.letters >= LEAST_IN_ALL)
    }
}

fn stretches(source: &[char], shouts: &mut Vec<Hit>) {
    let mut stretch = Stretch::default();
    let mut found = Vec::new();
    let mut others = 0;
    let mut at = 0;
    while at < source.len() {
        if !source[at].is_alphanumeric() {
            at += 1;
            continue;
        }
        let from = at;
        while at < source.len() && (source[at].is_alphanumeric() || matches!(source[at], '\'' | '’')) {
            at += 1;
        }
        let word = &source[from..at];
        let tagged = from > 0 && matches!(source[from - 1], '#' | '@');
        let capitals = word.iter().filter(|c| c.is_uppercase()).count();
        let small = word.iter().any(|c| c.is_lowercase());
        if small || (tagged && capitals > 0) {
            others += usize::from(!tagged);
            found.push(std::mem::take(&mut stretch));
        } else if capitals > 0 {
            if stretch.words == 0 {
                stretch.from = from;
            }
            stretch.to = at;
            stretch.words += 1;
            stretch.letters += capitals;
            stretch.longest = stretch.longest.max(capitals);
        }
    }
    found.push(stretch);
    let shouted = found.into_iter().filter(|stretch| stretch.is_shout(others == 0));
    shouts.extend(shouted.map(|stretch| Hit { kind: FlagKind::Shouting, from: stretch.from, to: stretch.to }));
}

fn marks(source: &[char], shouts: &mut Vec<Hit>) {
    let mut at = 0;
    while at < source.len() {
        let from = at;
        let mut count = 0;
        while at < source.len() && is_mark(source[at], count) {
            count += match source[at] {
                '!' | '！' | '❗' => 1,
                '‼' => 2,
                _ => 0,
            };
            at += 1;
        }
        if count >= MARKS {
            shouts.push(Hit { kind: FlagKind::Shouting, from, to: at });
        }
        at = at.max(from + 1);
    }
}

/// Within a row, question marks, and the 1 of a hand that let go of shift, do not end it.
fn is_mark(c: char, count: usize) -> bool {
    matches!(c, '!' | '！' | '❗' | '‼' | '?' | '⁉' | '\u{fe0f}') || (c == '1' && count > 1)
}
