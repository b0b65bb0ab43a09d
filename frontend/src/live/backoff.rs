//! How long to wait before trying again, so that a hall full of phones does not come back at once.

/// The first retry comes within a second, later ones at most this many milliseconds apart.
const LONGEST: f64 = 5_000.0;

/// Milliseconds to wait before retry number `tries` (from 0); `chance` is from 0 up to 1.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 5000")]
pub fn delay(tries: u32, chance: f64) -> u32 {
    if tries == 0 {
        return (100.0 + 800.0 * chance) as u32;
    }
    let most = (1_000.0 * 2_f64.powi(tries.min(6).cast_signed())).min(LONGEST);
    (most * (0.5 + 0.5 * chance)) as u32
}

#[cfg(test)]
mod tests {
    use super::delay;

    #[test]
    fn the_first_retry_comes_within_a_second() {
        assert!(delay(0, 0.0) > 0);
        assert!(delay(0, 0.999) < 1_000);
    }

    #[test]
    fn later_ones_take_longer_but_never_more_than_five_seconds() {
        for tries in 1..100 {
            assert!(delay(tries, 0.0) <= delay(tries + 1, 0.0));
            assert!(delay(tries, 0.999) <= 5_000);
        }
    }

    #[test]
    fn a_hall_full_of_phones_does_not_come_back_at_once() {
        let spread = delay(3, 0.999) - delay(3, 0.0);
        assert!(spread >= 2_000, "{spread} ms");
    }
}
