//! Who may do how much: by participant, and by network where there is no participant yet. Sized for
//! a full hall behind one address, whose phones open the page within a minute, vote at once, and all
//! come back after a restart.

use std::{hash::Hash, num::NonZeroU32};

use conversation::ParticipantId;
use governor::{
    DefaultDirectRateLimiter, DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock, QuantaInstant},
};
use shared::Refusal;

use super::network::Network;

/// The limits of this server; with `--no-limits` there are none.
pub struct Limits(Option<Table>);

struct Table {
    asks: DefaultKeyedRateLimiter<ParticipantId>,
    supports: DefaultKeyedRateLimiter<ParticipantId>,
    newcomers: DefaultKeyedRateLimiter<Network>,
    guesses: DefaultKeyedRateLimiter<Network>,
    reads: DefaultKeyedRateLimiter<Network>,
    joins: DefaultKeyedRateLimiter<Network>,
    writes: DefaultKeyedRateLimiter<Network>,
}

impl Limits {
    /// The limits that suit a hall with this many phones.
    pub fn of(hall: u32) -> Self {
        Self(Some(Table {
            // Five questions at once, then one every ten seconds.
            asks: keyed(6, 5),
            // As fast as a thumb goes through a list.
            supports: keyed(120, 60),
            // A hall that takes out its phones.
            newcomers: keyed(hall / 2, hall),
            // Wrong keys.
            guesses: keyed(10, 20),
            // Four pages or views for each phone as the hall comes in; and a hall where sockets are
            // blocked, each phone asking every five seconds what is new.
            reads: keyed(12 * hall, 4 * hall),
            // Every socket of a hall at once, after a restart.
            joins: keyed(4 * hall, hall + hall / 3),
            // A hall that votes in the same second.
            writes: keyed(4 * hall, hall + hall / 3),
        }))
    }

    /// No limits: for tests and measurements.
    pub fn none() -> Self {
        Self(None)
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
    pub fn newcomer(&self, network: &Network) -> Result<(), Refusal> {
        self.check(|table| &table.newcomers, network)
    }

    /// Somebody showed a wrong key.
    pub fn guess(&self, network: &Network) -> Result<(), Refusal> {
        self.check(|table| &table.guesses, network)
    }

    /// A request comes from a network, which is only asked for when it matters.
    pub fn request(&self, kind: Kind, network: impl FnOnce() -> Network) -> Result<(), Refusal> {
        let Some(table) = &self.0 else { return Ok(()) };
        let limiter = match kind {
            Kind::Read => &table.reads,
            Kind::Join => &table.joins,
            Kind::Write => &table.writes,
        };
        limiter.check_key(&network()).map_err(too_fast)
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
            table.reads.retain_recent();
            table.joins.retain_recent();
            table.writes.retain_recent();
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

/// What a request costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page, or what the API shows.
    Read,
    /// A screen that stays.
    Join,
    /// A form, or a call that may change something.
    Write,
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
        let limits = Limits::of(15_000);
        for _ in 0..5 {
            assert_eq!(limits.ask(ParticipantId(1)), Ok(()));
        }
        assert!(matches!(limits.ask(ParticipantId(1)), Err(Refusal::TooFast { retry_after: 1..=11 })));
        assert_eq!(limits.ask(ParticipantId(2)), Ok(()));
    }

    #[test]
    fn a_full_hall_comes_in_votes_and_comes_back_through_one_address() {
        let limits = Limits::of(15_000);
        let hall = || Network::of([192, 0, 2, 1].into());
        for _ in 0..15_000 {
            assert_eq!(limits.request(Kind::Join, hall), Ok(()));
            assert_eq!(limits.newcomer(&hall()), Ok(()));
            assert_eq!(limits.request(Kind::Write, hall), Ok(()));
            for _ in 0..4 {
                assert_eq!(limits.request(Kind::Read, hall), Ok(()));
            }
        }
    }

    #[test]
    fn a_flood_is_told_when_to_come_back_and_nobody_else_is() {
        let limits = Limits::of(15_000);
        let flood = || Network::of([192, 0, 2, 1].into());
        let refused = (0..100_000).find_map(|_| limits.request(Kind::Join, flood).err());
        assert!(matches!(refused, Some(Refusal::TooFast { retry_after: 1.. })));
        assert_eq!(limits.request(Kind::Join, || Network::of([192, 0, 2, 2].into())), Ok(()));
        assert_eq!(Limits::none().request(Kind::Join, || unreachable!("nothing is counted")), Ok(()));
    }
}
