//! Vectors from outside, made comparable: every model has its own idea of how near what is unlike is.

use thiserror::Error;

use crate::{
    profile::{LENGTH, direction},
    shortlist::dot,
};

/// The fewest dimensions of a vector that says something, and the most.
const DIMENSIONS: std::ops::RangeInclusive<usize> = 8..=8192;
/// By how much those of one pair of [`ANCHORS`] must be nearer than others are, in what these spread.
const APART: f32 = 1.5;
/// The average of an index counts as that of so many texts more than there are: with few, it is mostly what they ask.
const STEADY: f32 = 40.0;
/// No pair counts as nearer, or farther, than this.
const ENDS: (f32, f32) = (-1.0, 2.0);

/// Questions, two and two, that mean the same: by these it is told how far what is alike is from what is not. None of the
/// labelled ones.
pub const ANCHORS: [[&str; 2]; 20] = [
    ["Wanneer gaat het zwembad weer open?", "Op welke dag kunnen we weer zwemmen?"],
    ["Hoe vraag ik een nieuw rijbewijs aan?", "How do I apply for a new driving licence?"],
    ["Waarom is de brug nog steeds dicht?", "Why is the bridge still closed?"],
    ["Komt er een sporthal in onze wijk?", "Krijgt onze buurt een eigen gymzaal?"],
    ["De straatverlichting doet het al weken niet.", "The street lights have been out for weeks."],
    ["Hoeveel kost een vergunning voor een terras?", "Wat is de prijs van een terrasvergunning?"],
    ["Kan de maximumsnelheid naar dertig?", "Could the speed limit be lowered to thirty?"],
    ["Wie ruimt het zwerfvuil in het bos op?", "Who picks up the litter in the woods?"],
    ["Er is te weinig personeel in het ziekenhuis.", "The hospital does not have enough nurses."],
    ["Mogen wij een moestuin beginnen op dat veldje?", "Can we start a vegetable garden on that plot?"],
    ["Waarom rijdt de metro op zondag zo weinig?", "On Sundays there is hardly any metro, why?"],
    ["Ons pensioen is niet genoeg om de rekeningen te betalen.", "I cannot pay my bills from my pension."],
    ["Wordt het museum gratis voor kinderen?", "Hoeven kinderen straks niet te betalen in het museum?"],
    ["Het kruispunt is gevaarlijk voor voetgangers.", "Overstekend publiek loopt risico op die kruising."],
    ["Hoe kan ik vrijwilliger worden bij de bibliotheek?", "I would like to volunteer at the library, how?"],
    ["De muziek van het café houdt ons wakker.", "We cannot sleep because of the music from the bar."],
    ["Zijn er cursussen voor mensen die slecht kunnen lezen?", "Waar leert een volwassene lezen en schrijven?"],
    ["Worden de gevels van het oude stadhuis opgeknapt?", "Will the old town hall be restored?"],
    ["Waar kan ik mijn stem uitbrengen bij de verkiezingen?", "Where is my polling station?"],
    ["Mijn huis staat vol water door een lek in de leiding.", "A burst pipe has flooded my home."],
];

/// How a model's vectors are read: found by what it makes of [`ANCHORS`].
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// What all vectors have in common, of those of length 1.
    common: Vec<f32>,
    /// How near two are that mean something else, and how near two that mean the same: cosines of what is not common.
    unlike: f32,
    alike: f32,
}

/// Vectors that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum ScaleError {
    /// There is not one for each of [`ANCHORS`].
    #[error("there are {0} vectors for {n} texts", n = 2 * ANCHORS.len())]
    Count(usize),
    /// They have no dimensions in common, or too few or too many.
    #[error("vectors of {0} dimensions beside others, or of too few or too many")]
    Dimensions(usize),
    /// One is not finite, or has no direction.
    #[error("a vector without a direction")]
    Direction,
    /// What means the same is not nearer than what does not.
    #[error("what means the same is {alike} near, what does not {unlike}")]
    Senseless {
        /// How near pairs are that mean the same: a cosine.
        alike: f32,
        /// How near others are.
        unlike: f32,
    },
}

impl Scale {
    /// From the vectors of all of [`ANCHORS`], in order, each first and then its second.
    pub fn of(vectors: &[Vec<f32>]) -> Result<Self, ScaleError> {
        if vectors.len() != 2 * ANCHORS.len() {
            return Err(ScaleError::Count(vectors.len()));
        }
        let dimensions = vectors[0].len();
        if let Some(other) = vectors.iter().find(|v| v.len() != dimensions || !DIMENSIONS.contains(&v.len())) {
            return Err(ScaleError::Dimensions(other.len()));
        }
        let mut units = Vec::new();
        for vector in vectors {
            units.push(unit(vector).ok_or(ScaleError::Direction)?);
        }
        let mut common = vec![0.0; dimensions];
        for unit in &units {
            add(&mut common, unit);
        }
        let many = count(units.len());
        for sum in &mut common {
            *sum /= many;
        }
        for vector in &mut units {
            vector.iter_mut().zip(&common).for_each(|(value, common)| *value -= common);
            // What is left of vectors that are all the same is dust.
            let left = product(vector, vector) > 1e-6;
            *vector = unit(vector).filter(|_| left).ok_or(ScaleError::Direction)?;
        }
        let (mut same, mut other) = (Vec::new(), Vec::new());
        for (a, one) in units.iter().enumerate() {
            for (b, two) in units.iter().enumerate().skip(a + 1) {
                if a / 2 == b / 2 { &mut same } else { &mut other }.push(product(one, two));
            }
        }
        let (alike, unlike) = (mean(&same), mean(&other));
        let spread = mean(&other.iter().map(|near| (near - unlike).powi(2)).collect::<Vec<_>>()).sqrt();
        if alike - unlike < APART * spread.max(0.01) {
            return Err(ScaleError::Senseless { alike, unlike });
        }
        Ok(Self { common, unlike, alike })
    }

    /// How many numbers a vector has.
    pub fn dimensions(&self) -> usize {
        self.common.len()
    }

    /// Whether this is the same model's: what is common to all vectors is the same within 1 of 100.
    pub fn is_of_the_same(&self, other: &Self) -> bool {
        let lengths = product(&self.common, &self.common) * product(&other.common, &other.common);
        self.common.len() == other.common.len() && product(&self.common, &other.common) > 0.99 * lengths.sqrt()
    }

    /// The direction of what a vector does not have in common with all; none of one that has none, or has other
    /// dimensions.
    pub(crate) fn direction(&self, vector: &[f32]) -> Option<Direction> {
        let mut vector = unit(vector).filter(|vector| vector.len() == self.common.len())?;
        vector.iter_mut().zip(&self.common).for_each(|(value, common)| *value -= common);
        unit(&vector).map(|vector| Direction::of(&vector))
    }

    /// A cosine as it is among those of this model: about 0 for what means something else, 1 for the same.
    pub(crate) fn calibrated(&self, cosine: f32) -> f32 {
        ((cosine - self.unlike) / (self.alike - self.unlike)).clamp(ENDS.0, ENDS.1)
    }
}

/// A vector's direction, in whole numbers.
#[derive(Debug, Clone)]
pub struct Direction {
    /// Along each dimension.
    pub values: Box<[i8]>,
    /// How long that is.
    pub length: f32,
}

impl Direction {
    /// Of a vector of length 1.
    pub fn of(unit: &[f32]) -> Self {
        // No number is cut off, however much of it lies along one dimension.
        let greatest = unit.iter().fold(0.0_f32, |greatest, value| greatest.max(value.abs()));
        Self::rounded(direction(unit, LENGTH.min(127.0 / greatest.max(1e-6))))
    }

    fn rounded(values: Box<[i8]>) -> Self {
        let length = to_f32(dot(&values, &values)).sqrt();
        Self { values, length }
    }

    /// Folded to at most so many dimensions; dot products stay about what they are.
    pub fn folded(&self, most: usize) -> Self {
        if self.values.len() <= most {
            return self.clone();
        }
        let mut sums = vec![0.0; most];
        for (at, value) in self.values.iter().enumerate() {
            let turns = u32::try_from(at).unwrap_or(u32::MAX).wrapping_mul(0x9E37_79B1) >> 31 == 1;
            sums[at % most] += if turns { -f32::from(*value) } else { f32::from(*value) };
        }
        unit(&sums).map_or_else(|| Self::rounded(vec![0; most].into()), |unit| Self::of(&unit))
    }

    /// The cosine with another.
    pub fn cosine(&self, other: &Self) -> f32 {
        to_f32(dot(&self.values, &other.values)) / (self.length * other.length).max(1.0)
    }
}

/// What the vectors of one index have in common besides: in a session about cycling, that it is about cycling.
#[derive(Debug)]
pub struct Middle {
    sum: Vec<f64>,
    texts: usize,
    at: Vec<f32>,
    square: f32,
}

impl Middle {
    /// Of no texts yet, with so many dimensions.
    pub fn new(dimensions: usize) -> Self {
        Self { sum: vec![0.0; dimensions], texts: 0, at: vec![0.0; dimensions], square: 0.0 }
    }

    /// Takes a text in.
    pub fn add(&mut self, text: &Direction) {
        self.texts += 1;
        self.moved(text, 1.0);
    }

    /// Lets a text go that was taken in.
    pub fn remove(&mut self, text: &Direction) {
        self.texts -= 1;
        self.moved(text, -1.0);
    }

    /// The cosine of two directions as seen from here.
    pub fn cosine(&self, a: &Direction, b: &Direction) -> f32 {
        let along = |side: &Direction| {
            side.values.iter().zip(&self.at).map(|(x, m)| f32::from(*x) * m).sum::<f32>() / side.length
        };
        let (of_a, of_b) = (along(a), along(b));
        let product = a.cosine(b) - of_a - of_b + self.square;
        let lengths = (1.0 - 2.0 * of_a + self.square) * (1.0 - 2.0 * of_b + self.square);
        if lengths > 1e-6 { product / lengths.sqrt() } else { 1.0 }
    }

    fn moved(&mut self, text: &Direction, by: f64) {
        let texts = f64::from(STEADY) + f64::from(u32::try_from(self.texts).unwrap_or(u32::MAX));
        for ((at, sum), value) in self.at.iter_mut().zip(&mut self.sum).zip(&text.values) {
            *sum += by * f64::from(*value) / f64::from(text.length);
            *at = small(*sum / texts);
        }
        self.square = product(&self.at, &self.at);
    }
}

fn unit(vector: &[f32]) -> Option<Vec<f32>> {
    // Divided by the greatest first, so that no square is too large.
    let greatest = vector.iter().fold(0.0_f32, |greatest, value| greatest.max(value.abs()));
    if !vector.iter().all(|value| value.is_finite()) || greatest <= 0.0 {
        return None;
    }
    let scaled: Vec<f32> = vector.iter().map(|value| value / greatest).collect();
    let length = product(&scaled, &scaled).sqrt();
    Some(scaled.into_iter().map(|value| value / length).collect())
}

fn product(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(sum: &mut [f32], vector: &[f32]) {
    sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / count(values.len())
}

fn count(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "dot products of whole numbers; a thousandth does not matter")]
fn to_f32(number: i32) -> f32 {
    number as f32
}

#[expect(clippy::cast_possible_truncation, reason = "between -1 and 1")]
fn small(number: f64) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a model would that thinks `lift` high of everything: pairs alike, others not.
    fn vectors(lift: f32) -> Vec<Vec<f32>> {
        let texts = 2 * ANCHORS.len();
        let one = |at: usize| {
            let mut vector = vec![lift; ANCHORS.len() + 2];
            vector[at / 2] += 1.0;
            vector[ANCHORS.len() + at % 2] += 0.4;
            vector
        };
        (0..texts).map(one).collect()
    }

    #[test]
    fn however_high_a_model_thinks_of_everything_what_is_alike_is_one_and_what_is_not_is_nought() {
        for lift in [0.0, 0.5, 2.0] {
            let vectors = vectors(lift);
            let scale = Scale::of(&vectors).expect("a scale");
            let middle = Middle::new(scale.dimensions());
            let near = |a: usize, b: usize| {
                let [a, b] = [a, b].map(|at| scale.direction(&vectors[at]).expect("a direction"));
                scale.calibrated(middle.cosine(&a, &b))
            };
            assert!((near(0, 1) - 1.0).abs() < 0.1, "{lift}: {}", near(0, 1));
            assert!(near(0, 2).abs() < 0.3 && near(0, 3).abs() < 0.3, "{lift}: {} {}", near(0, 2), near(0, 3));
        }
    }

    #[test]
    fn vectors_that_say_nothing_are_no_scale() {
        let good = vectors(1.0);
        assert_eq!(Scale::of(&good[1..]), Err(ScaleError::Count(good.len() - 1)));
        let with = |at: usize, vector: Vec<f32>| {
            let mut vectors = good.clone();
            vectors[at] = vector;
            Scale::of(&vectors)
        };
        let dimensions = good[0].len();
        assert_eq!(with(3, vec![1.0; dimensions - 1]), Err(ScaleError::Dimensions(dimensions - 1)));
        assert_eq!(with(3, vec![0.0; dimensions]), Err(ScaleError::Direction));
        assert_eq!(with(3, vec![f32::NAN; dimensions]), Err(ScaleError::Direction));
        assert_eq!(Scale::of(&vec![vec![1.0; dimensions]; good.len()]), Err(ScaleError::Direction));
        // Each beside another one's twin.
        let turned: Vec<_> = (0..good.len()).map(|at| good[(at + 1) % good.len()].clone()).collect();
        assert!(matches!(Scale::of(&turned), Err(ScaleError::Senseless { .. })));
        assert!(Scale::of(&good).expect("a scale").direction(&vec![1.0; dimensions + 1]).is_none());
        assert!(Scale::of(&good).expect("a scale").direction(&vec![f32::MAX; dimensions]).is_some());
    }

    #[test]
    fn a_model_is_known_again_and_another_is_not_taken_for_it() {
        let scale = |lift| Scale::of(&vectors(lift)).expect("a scale");
        assert!(scale(1.0).is_of_the_same(&scale(1.0)));
        let mut other = vectors(1.0);
        other.iter_mut().flat_map(|vector| vector.iter_mut().skip(10)).for_each(|value| *value = -*value);
        assert!(!scale(1.0).is_of_the_same(&Scale::of(&other).expect("a scale")));
    }

    #[test]
    fn what_all_of_an_index_have_in_common_is_left_out_and_comes_back_when_they_go() {
        let mut middle = Middle::new(8);
        let [common, left, right] =
            [[1.0, 0.0_f32], [0.98, 0.2], [0.98, -0.2]].map(|[x, y]| Direction::of(&[x, y, 0., 0., 0., 0., 0., 0.]));
        let before = middle.cosine(&left, &right);
        for _ in 0..1000 {
            middle.add(&common);
        }
        assert!(before > 0.8 && middle.cosine(&left, &right) < -0.5);
        for _ in 0..1000 {
            middle.remove(&common);
        }
        assert!((middle.cosine(&left, &right) - before).abs() < 1e-5);
    }
}
