//! Who may do how much: by participant, and by place on the network where there is no participant
//! yet. Sized for a full hall behind one address.

use std::{hash::Hash, num::NonZeroU32};

use conversation::ParticipantId;
use governor::{
    DefaultDirectRateLimiter, DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock, QuantaInstant},
};
use shared::Refusal;

/// The limits of this server; with `--no-limits` there are none.
pub struct Limits(Option<Table>);

struct Table {
    asks: DefaultKeyedRateLimiter<ParticipantId>,
    supports: DefaultKeyedRateLimiter<ParticipantId>,
    newcomers: DefaultKeyedRateLimiter<String>,
    guesses: DefaultKeyedRateLimiter<String>,
}

impl Limits {
    /// The limits that suit a hall, or none.
    pub fn new(limited: bool) -> Self {
        Self(limited.then(|| Table {
            // Five questions at once, then one every ten seconds.
            asks: keyed(6, 5),
            // As fast as a thumb goes through a list.
            supports: keyed(120, 60),
            // A hall of thousands behind one address.
            newcomers: keyed(1_200, 3_000),
            // Wrong keys.
            guesses: keyed(10, 20),
        }))
    }

    /// A participant asks.
    pub fn ask(&self, who: ParticipantId) -> Result<(), Refusal> {
        self.check(|table| &table.asks, &who)
    }

    /// A participant gives or takes back support.
    pub fn support(&self, who: ParticipantId) -> Result<(), Refusal> {
        self.check(|table| &table.supports, &who)
    }

    /// Somebody becomes a participant.
    pub fn newcomer(&self, network: &str) -> Result<(), Refusal> {
        self.check(|table| &table.newcomers, &network.to_owned())
    }

    /// Somebody showed a wrong key.
    pub fn guess(&self, network: &str) -> Result<(), Refusal> {
        self.check(|table| &table.guesses, &network.to_owned())
    }

    /// What one socket may say: faster than any thumb, slower than a flood.
    pub fn socket(&self) -> Pace {
        Pace(self.0.as_ref().map(|_| RateLimiter::direct(quota(600, 100))))
    }

    /// Forgets whoever has not been seen lately, so that memory stays bounded.
    pub fn tidy(&self) {
        if let Some(table) = &self.0 {
            table.asks.retain_recent();
            table.supports.retain_recent();
            table.newcomers.retain_recent();
            table.guesses.retain_recent();
        }
    }

    fn check<K: Hash + Eq + Clone>(
        &self,
        of: impl Fn(&Table) -> &DefaultKeyedRateLimiter<K>,
        key: &K,
    ) -> Result<(), Refusal> {
        let Some(table) = &self.0 else { return Ok(()) };
        of(table).check_key(key).map_err(too_fast)
    }
}

/// How fast one socket may talk.
pub struct Pace(Option<DefaultDirectRateLimiter>);

impl Pace {
    /// It says one thing more.
    pub fn check(&self) -> Result<(), Refusal> {
        self.0.as_ref().map_or(Ok(()), |limiter| limiter.check().map_err(too_fast))
    }
}

fn keyed<K: Hash + Eq + Clone>(a_minute: u32, at_once: u32) -> DefaultKeyedRateLimiter<K> {
    RateLimiter::keyed(quota(a_minute, at_once))
}

fn quota(a_minute: u32, at_once: u32) -> Quota {
    let number = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
    Quota::per_minute(number(a_minute)).allow_burst(number(at_once))
}

#[allow(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn too_fast(not_until: NotUntil<QuantaInstant>) -> Refusal {
    let wait = not_until.wait_time_from(DefaultClock::default().now());
    Refusal::TooFast { retry_after: wait.as_secs() + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_question_at_once_must_wait_and_nobody_else_s() {
        let limits = Limits::new(true);
        for _ in 0..5 {
            assert_eq!(limits.ask(ParticipantId(1)), Ok(()));
        }
        assert!(matches!(limits.ask(ParticipantId(1)), Err(Refusal::TooFast { retry_after: 1..=11 })));
        assert_eq!(limits.ask(ParticipantId(2)), Ok(()));
    }
}
