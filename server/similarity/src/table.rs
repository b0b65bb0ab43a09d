//! The table of words: how common each is, and a vector for what it means. Read in place, never copied.
//!
//! The file, little-endian: `SAMENWRD`, version, CRC-32 of all that follows, number of words, dimensions (both four
//! bytes), length of the words' letters; then for each word where its letters start (and the end), the letters
//! themselves in sorted order, how common each is (a byte), the scale of each vector (a float), and the vectors, four
//! bits a dimension. `table/make.py` writes it.

use std::borrow::Cow;

use thiserror::Error;

const MAGIC: &[u8; 8] = b"SAMENWRD";
const VERSION: u32 = 1;
/// Magic, version and checksum; what follows is under the checksum.
const HEAD: usize = 16;
/// Where the parts begin: after the number of words, the dimensions and the letters' length.
const PARTS: usize = HEAD + 12;

/// The table of words cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TableError {
    /// It is something else.
    #[error("this is not a table of words")]
    NotATable,
    /// It is of another version.
    #[error("the table of words is of version {0}; this program reads version {VERSION}")]
    Version(u32),
    /// It is shorter or longer than it says.
    #[error("the table of words should have {expected} bytes and has {found}")]
    Length {
        /// Bytes, by what it says of itself.
        expected: usize,
        /// Bytes that are there.
        found: usize,
    },
    /// Its contents are not what was written.
    #[error("the table of words is damaged: its checksum is wrong")]
    Damaged,
}

/// Words, sorted, with what is known about each.
#[derive(Debug)]
pub struct Table {
    bytes: Cow<'static, [u8]>,
    words: usize,
    dimensions: usize,
    letters: usize,
    common: usize,
    scales: usize,
    vectors: usize,
}

impl Table {
    /// Checks a table through and through.
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Self, TableError> {
        if !bytes.starts_with(MAGIC) {
            return Err(TableError::NotATable);
        }
        let found = bytes.len();
        if found < PARTS {
            return Err(TableError::Length { expected: PARTS, found });
        }
        match number(&bytes, 8) {
            VERSION => {}
            other => return Err(TableError::Version(other)),
        }
        let [words, dimensions, length] = [0, 4, 8].map(|at| size(&bytes, HEAD + at));
        // Of any three numbers of 32 bits, this fits 64.
        let letters = PARTS + 4 * (words + 1);
        let common = letters + length;
        let scales = common + words;
        let vectors = scales + 4 * words;
        let expected = vectors.saturating_add(words.saturating_mul(dimensions / 2));
        if found != expected {
            return Err(TableError::Length { expected, found });
        }
        let table = Self { bytes, words, dimensions, letters, common, scales, vectors };
        let sound = crc32fast::hash(&table.bytes[HEAD..]) == number(&table.bytes, 12) && dimensions % 2 == 0;
        let start = |word: usize| size(&table.bytes, PARTS + 4 * word);
        let orderly = (0..=words).map(start).is_sorted() && start(0) == 0 && start(words) == length;
        if sound && orderly { Ok(table) } else { Err(TableError::Damaged) }
    }

    /// How many numbers a vector has.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Where a folded word is, if it is there.
    pub fn find(&self, word: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.words);
        while low < high {
            let middle = low.midpoint(high);
            match self.letters(middle).cmp(word.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// The share of running text that is this word, 0 to 1.
    pub fn share(&self, row: usize) -> f32 {
        // Kept as -25 times the logarithm.
        10_f32.powf(-f32::from(self.bytes[self.common + row]) / 25.0)
    }

    /// Adds a word's vector, times `weight`, to a sum.
    pub fn add_to(&self, sum: &mut [f32], row: usize, weight: f32) {
        let scale = f32::from_bits(number(&self.bytes, self.scales + 4 * row)) * weight;
        let from = self.vectors + row * self.dimensions / 2;
        let packed = &self.bytes[from..from + self.dimensions / 2];
        for (pair, byte) in sum.chunks_exact_mut(2).zip(packed) {
            pair[0] += scale * (f32::from(byte & 15) - 8.0);
            pair[1] += scale * (f32::from(byte >> 4) - 8.0);
        }
    }

    fn letters(&self, row: usize) -> &[u8] {
        let [from, to] = [row, row + 1].map(|word| self.letters + size(&self.bytes, PARTS + 4 * word));
        &self.bytes[from..to]
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes[at..].first_chunk().map_or(0, |four| u32::from_le_bytes(*four))
}

fn size(bytes: &[u8], at: usize) -> usize {
    usize::try_from(number(bytes, at)).unwrap_or(usize::MAX)
}
