//! The coarse look: all texts at once, to find the few that deserve a precise one.

/// The coarse vectors of all texts, side by side.
#[derive(Debug, Default)]
pub struct Shortlist {
    width: usize,
    rows: Vec<i8>,
}

/// A text with a smaller dot product than this is not looked at; [`crate::profile::LENGTH`] squared is the same text's
/// meaning alone.
const FLOOR: i32 = 400 * 400 / 8;

impl Shortlist {
    /// Puts a vector at a place; places are used from 0 on, without gaps.
    pub fn put(&mut self, place: usize, vector: &[i8]) {
        self.width = vector.len();
        let (from, to) = (place * self.width, (place + 1) * self.width);
        if self.rows.len() < to {
            self.rows.resize(to, 0);
        }
        self.rows[from..to].copy_from_slice(vector);
    }

    /// Forgets what is at a place.
    pub fn clear(&mut self, place: usize) {
        self.rows[place * self.width..(place + 1) * self.width].fill(0);
    }

    /// The places that are near enough to deserve a precise look, with how near, in no order.
    pub fn near(&self, vector: &[i8]) -> Vec<(i32, usize)> {
        if self.width == 0 {
            return Vec::new();
        }
        let rows = self.rows.chunks_exact(self.width).enumerate();
        rows.map(|(place, row)| (dot(row, vector), place)).filter(|(dot, _)| *dot >= FLOOR).collect()
    }
}

/// The dot product of two vectors of the same length.
pub fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}
