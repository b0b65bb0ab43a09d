//! How long to wait before trying again, so that a hall full of phones does not come back at once.

/// The first retry comes within a second, later ones up to this many milliseconds apart.
const LONGEST: f64 = 8_000.0;

/// Milliseconds to wait before retry number `tries` (from 0); `chance` is from 0 up to 1.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 8000")]
pub fn delay(tries: u32, chance: f64) -> u32 {
    if tries == 0 {
        return (100.0 + 800.0 * chance) as u32;
    }
    let most = (1_000.0 * 2_f64.powi(tries.min(6).cast_signed())).min(LONGEST);
    (most * (0.5 + 0.5 * chance)) as u32
}
