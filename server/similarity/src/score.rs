//! How near two texts are: the precise look.

use std::sync::Arc;

use pulp::Arch;

use crate::{
    engine::Comparison,
    letters,
    profile::{LENGTH, Profile},
    scale::{Middle, Scale},
    shortlist::dot,
    words::Word,
};

/// By what vectors from outside are read.
#[derive(Clone, Copy)]
pub(crate) struct By<'a> {
    /// Of their model.
    pub scale: &'a Scale,
    /// Of the texts among which two are compared.
    pub middle: &'a Middle,
}

/// Below this nothing is claimed.
pub const CLAIM: f32 = 0.02;

/// A word with one this alike in the other text is shared.
const MATCH: f32 = 0.7;

/// How many things are weighed.
pub const FEATURES: usize = 14;

/// What is weighed, in this order, and a constant last: found by `table/weigh.py` on the half that is for tuning. That
/// one denies and the other does not tells nothing there: people complain that there is no bench, or ask for one.
const WITH_TABLE: [f32; FEATURES + 1] =
    [3.78, 1.65, 3.21, 2.62, 3.38, -0.87, 1.67, -1.55, 1.28, -0.09, 0.0, 0.47, 0.78, 0.0, -5.23];
/// The same for letters alone.
const LETTERS_ALONE: [f32; FEATURES + 1] =
    [0.0, 5.09, 1.69, 1.09, 0.0, -0.81, 1.17, -1.15, 1.69, 0.0, -0.5, 0.38, 0.0, 0.0, -3.62];
/// The same with vectors from outside, found with those of multilingual-e5-small.
const WITH_OUTSIDE: [f32; FEATURES + 1] =
    [4.69, 0.67, 1.32, 0.82, 1.91, -0.85, 1.13, -1.48, 1.16, -0.45, 0.0, 0.22, 0.91, 1.55, -5.32];

/// About the chance that two texts mean the same: 0 to 1, the same either way round.
pub(crate) fn score(a: &Profile, b: &Profile, by: Option<By<'_>>) -> f32 {
    let outside = meaning_from_outside(a, b, by);
    weighed(a, b, &features(a, b, outside), outside.is_some())
}

/// How near two texts are, and why.
pub(crate) fn compare(a: &Profile, b: &Profile, by: Option<By<'_>>) -> Comparison {
    let outside = meaning_from_outside(a, b, by);
    let features = features(a, b, outside);
    let same = a.identity == b.identity && !a.identity.is_empty();
    let score = if same { 1.0 } else { weighed(a, b, &features, outside.is_some()) };
    Comparison { meaning: features[0], letters: features[1], score, features }
}

fn weighed(a: &Profile, b: &Profile, features: &[f32; FEATURES], outside: bool) -> f32 {
    if a.words.is_empty() || b.words.is_empty() {
        return 0.0;
    }
    let weights = match outside {
        true => &WITH_OUTSIDE,
        false if a.dense.is_empty() => &LETTERS_ALONE,
        false => &WITH_TABLE,
    };
    let sum = features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum::<f32>();
    1.0 / (1.0 + (-sum - weights[FEATURES]).exp())
}

/// What two texts mean by their vectors from outside, when both have one: about 0 for something else, 1 for the same.
fn meaning_from_outside(a: &Profile, b: &Profile, by: Option<By<'_>>) -> Option<f32> {
    let (By { scale, middle }, (a, b)) = by.zip(a.outside.as_ref().zip(b.outside.as_ref()))?;
    Some(scale.calibrated(middle.cosine(a, b)))
}

/// A chance as log odds; certainty is about 14.
pub(crate) fn log_odds(chance: f32) -> f32 {
    let chance = chance.clamp(1e-6, 1.0 - 1e-6);
    (chance / (1.0 - chance)).ln()
}

/// What is weighed: meaning and letters of the whole, how well words find each other, and where they contradict.
fn features(a: &Profile, b: &Profile, outside: Option<f32>) -> [f32; FEATURES] {
    let table = cosine(&a.dense, &b.dense);
    let meaning = outside.unwrap_or(table);
    let spelling = a.runs.cosine(&b.runs);
    let matched = Matched::of(a, b);
    [
        meaning,
        spelling,
        f32::midpoint(matched.ab, matched.ba),
        matched.ab.min(matched.ba),
        matched.rest,
        matched.strange,
        is(matched.shared_name),
        is(a.aspects.ask_other(b.aspects)),
        is(a.aspects.ask_same(b.aspects)),
        is(a.aspects.for_others(b.aspects)),
        is(a.aspects.contradict(b.aspects)),
        1.0 / count(a.words.len().min(b.words.len())),
        meaning * matched.rest.max(0.0),
        outside.map_or(0.0, |_| table),
    ]
}

fn is(so: bool) -> f32 {
    f32::from(u8::from(so))
}

/// The cosine of two directions; 0 when one has none.
#[expect(clippy::inline_always, reason = "it has to become part of what is made for the processor at hand")]
#[inline(always)]
fn cosine(a: &[i8], b: &[i8]) -> f32 {
    to_f32(dot(a, b)) / (LENGTH * LENGTH)
}

/// How well the words of two texts find each other.
struct Matched {
    /// The share of the first's words, by weight, that the second has too.
    ab: f32,
    /// And the other way round.
    ba: f32,
    /// How near in meaning are the words that only one has to those that only the other has: -1 to 1.
    rest: f32,
    /// How much both have of names and numbers that the other does not have: 0 to 1.
    strange: f32,
    /// Whether they share a name or a number.
    shared_name: bool,
}

impl Matched {
    fn of(a: &Profile, b: &Profile) -> Self {
        let best = [vec![0.0_f32; a.words.len()], vec![0.0_f32; b.words.len()]];
        let best = Arch::new().dispatch(
            #[inline(always)]
            move || {
                let mut best = best;
                for (i, one) in a.words.iter().enumerate() {
                    for (j, other) in b.words.iter().enumerate() {
                        let near = alike(one, other);
                        best[0][i] = best[0][i].max(near);
                        best[1][j] = best[1][j].max(near);
                    }
                }
                best
            },
        );
        let (ours, shared, mine) = strange(a, &best[0]);
        let (theirs, also, yours) = strange(b, &best[1]);
        Self {
            ab: share(&a.words, &best[0]),
            ba: share(&b.words, &best[1]),
            rest: cosine_of(&mine, &yours),
            strange: ours.min(theirs),
            shared_name: shared || also,
        }
    }
}

fn share(words: &[Arc<Word>], best: &[f32]) -> f32 {
    let all: f32 = words.iter().map(|word| word.weight).sum();
    words.iter().zip(best).map(|(word, near)| word.weight * near).sum::<f32>() / all.max(1e-6)
}

/// The strangest name, whether a name is shared, and what the words mean that found no match.
fn strange(text: &Profile, best: &[f32]) -> (f32, bool, Vec<f32>) {
    let (mut strangest, mut shared) = (0.0_f32, false);
    let mut rest = vec![0.0; text.dense.len()];
    for ((word, name), near) in text.words.iter().zip(&text.names).zip(best) {
        if *name {
            strangest = strangest.max(1.0 - near);
            shared |= *near > 0.8;
        }
        if *near < MATCH {
            for (sum, value) in rest.iter_mut().zip(&word.vector) {
                *sum += word.weight * f32::from(*value);
            }
        }
    }
    (strangest, shared, rest)
}

fn cosine_of(a: &[f32], b: &[f32]) -> f32 {
    let product = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
    let lengths = product(a, a) * product(b, b);
    if lengths > 0.0 { product(a, b) / lengths.sqrt() } else { 0.0 }
}

/// How alike two words are, by meaning or by letters: 0 to 1.
#[expect(clippy::inline_always, reason = "it has to become part of what is made for the processor at hand")]
#[inline(always)]
fn alike(a: &Word, b: &Word) -> f32 {
    if a.text == b.text {
        return 1.0;
    }
    if a.number || b.number {
        return 0.0;
    }
    cosine(&a.vector, &b.vector).max(letters::alike(&a.runs, &b.runs)).clamp(0.0, 1.0)
}

fn count(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "dot products of whole numbers; a thousandth does not matter")]
fn to_f32(number: i32) -> f32 {
    number as f32
}
