//! How large a text can be on the wall: classes by length, which the style sheet turns into sizes.

use shared::words;

/// From 1 (a few words, largest) to 7 (as long as a question may be).
pub fn of(text: &str) -> u8 {
    match words::length(text) {
        0..=48 => 1,
        49..=95 => 2,
        96..=150 => 3,
        151..=220 => 4,
        221..=310 => 5,
        311..=400 => 6,
        _ => 7,
    }
}
