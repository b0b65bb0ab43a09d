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

/// As how many tries that wait counts: whoever finds the server still away then waits long enough
/// not to run into those who come for the first time.
pub const TRIES_OF_A_RESTART: u32 = 3;

/// Milliseconds to wait when the server asked the whole hall to come back: everybody hears that in
/// the same instant, and a proxy that makes a new TLS connection for each does a few thousand a second.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 200 and 4000")]
pub fn after_a_restart(chance: f64) -> u32 {
    (200.0 + 3_800.0 * chance) as u32
}

#[cfg(test)]
mod tests {
    use super::{TRIES_OF_A_RESTART, after_a_restart, delay};

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

    /// A full hall, cut off in one instant from a server that is away for `away` milliseconds:
    /// when each is back, in milliseconds after the server is. `asked` to come back, or simply cut off.
    fn hall_comes_back(away: u32, asked: bool) -> Vec<u32> {
        // A generator of our own, so that it can be replayed (Knuth's constants for MMIX).
        let mut seed = 20_260_512_u64;
        let mut chance = move || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            f64::from(u32::try_from(seed >> 32).expect("half of it")) / f64::from(u32::MAX)
        };
        let mut back = Vec::new();
        for _ in 0..15_000 {
            let (mut at, mut tries) =
                if asked { (after_a_restart(chance()), TRIES_OF_A_RESTART) } else { (delay(0, chance()), 1) };
            while at < away {
                at += delay(tries, chance());
                tries += 1;
            }
            back.push(at - away);
        }
        back
    }

    /// How many of a hall come within the busiest second.
    fn busiest_second(mut back: Vec<u32>) -> usize {
        back.sort_unstable();
        (0..back.len()).map(|from| back.partition_point(|at| *at < back[from] + 1_000) - from).max().unwrap_or(0)
    }

    #[test]
    fn fifteen_thousand_are_back_within_five_seconds_of_the_server() {
        for away in (0..60_000).step_by(500) {
            for asked in [true, false] {
                let last = hall_comes_back(away, asked).into_iter().max().expect("a hall");
                assert!(last <= 5_000, "after {away} ms the last is back {last} ms later");
            }
        }
    }

    #[test]
    fn they_do_not_come_all_at_once_when_they_were_asked_to_come_back() {
        for away in (0..60_000).step_by(500) {
            let most = busiest_second(hall_comes_back(away, true));
            assert!(most <= 5_800, "after {away} ms {most} come within a second");
        }
    }
}
