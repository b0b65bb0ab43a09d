//! The coarse look: all texts at once, to find the few that deserve a precise one.

use pulp::Arch;

use crate::{
    profile::LENGTH,
    scale::{Direction, Scale},
};

/// A text as the coarse look sees it.
#[derive(Debug)]
pub struct Coarse {
    /// Its letters.
    pub letters: Box<[i8]>,
    /// Its meaning by the table; empty without one.
    pub table: Box<[i8]>,
    /// Its meaning by a vector from outside.
    pub outside: Option<Direction>,
}

/// The coarse vectors of all texts, side by side.
#[derive(Debug, Default)]
pub struct Shortlist {
    letters: Rows,
    table: Rows,
    outside: Rows,
    /// How long the vector from outside at each place is; 0 where there is none.
    lengths: Vec<f32>,
}

/// Vectors of one length, side by side.
#[derive(Debug, Default)]
struct Rows {
    width: usize,
    values: Vec<i8>,
}

/// A text with a smaller dot product than this is not looked at; [`LENGTH`] squared is the same text's
/// meaning alone.
const FLOOR: i32 = 400 * 400 / 8;

impl Shortlist {
    /// Puts a text at a place; places are used from 0 on, without gaps.
    pub fn put(&mut self, place: usize, text: &Coarse) {
        self.letters.put(place, &text.letters);
        self.table.put(place, &text.table);
        if self.lengths.len() <= place {
            self.lengths.resize(place + 1, 0.0);
        }
        self.lengths[place] = text.outside.as_ref().map_or(0.0, |outside| outside.length);
        if let Some(outside) = &text.outside {
            self.outside.put(place, &outside.values);
        }
    }

    /// Forgets what is at a place.
    pub fn clear(&mut self, place: usize) {
        self.letters.clear(place);
        self.table.clear(place);
        self.lengths[place] = 0.0;
    }

    /// Forgets all vectors from outside.
    pub fn clear_outside(&mut self) {
        self.outside = Rows::default();
        self.lengths.fill(0.0);
    }

    /// The places that are near enough to deserve a precise look, with how near, in no order.
    pub fn near(&self, text: &Coarse, scale: Option<&Scale>) -> Vec<(i32, usize)> {
        let outside = text.outside.as_ref().zip(scale);
        let found = Vec::new();
        // What takes something along is called once, and so becomes part of what is made for the processor at hand.
        Arch::new().dispatch(
            #[inline(always)]
            move || {
                let mut found = found;
                for (place, length) in self.lengths.iter().enumerate() {
                    let meaning = match outside {
                        Some((vector, scale)) if *length > 0.0 => {
                            read(dot(self.outside.at(place), &vector.values), vector.length * length, scale)
                        }
                        _ => dot(self.table.at(place), &text.table),
                    };
                    let near = meaning + dot(self.letters.at(place), &text.letters);
                    if near >= FLOOR {
                        found.push((near, place));
                    }
                }
                found
            },
        )
    }
}

impl Rows {
    fn put(&mut self, place: usize, row: &[i8]) {
        self.width = row.len();
        let (from, to) = (place * self.width, (place + 1) * self.width);
        if self.values.len() < to {
            self.values.resize(to, 0);
        }
        self.values[from..to].copy_from_slice(row);
    }

    fn clear(&mut self, place: usize) {
        self.values[place * self.width..(place + 1) * self.width].fill(0);
    }

    fn at(&self, place: usize) -> &[i8] {
        &self.values[place * self.width..(place + 1) * self.width]
    }
}

/// The dot product of two vectors of the same length. Where there are many, within [`Arch::dispatch`]: of the plain sum
/// compilers make what the processor at hand does best, several times as fast as what any processor can do.
#[expect(clippy::inline_always, reason = "it has to become part of what is made for the processor at hand")]
#[inline(always)]
pub fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

/// A dot product as it would be if what means the same had a cosine of 1.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a coarse look")]
fn read(dot: i32, lengths: f32, scale: &Scale) -> i32 {
    (scale.calibrated(dot as f32 / lengths) * LENGTH * LENGTH) as i32
}
