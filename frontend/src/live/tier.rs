//! Which way to follow a session: the best that gets through. A proxy may refuse websockets, or
//! hold back a stream until it ends; an ordinary request gets through wherever the page did.

/// The ways, the best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Asking every few seconds whether anything changed.
    Poll,
    /// Server-sent events.
    Events,
    /// The websocket.
    Socket,
}

/// How often in a row the socket may fail that never brought anything on this page.
const NEW: u32 = 2;
/// How often a way may fail that did before: the server is away more likely than the way is blocked.
const KNOWN: u32 = 6;

impl Tier {
    /// The next better one.
    pub fn better(self) -> Self {
        if self == Self::Poll { Self::Events } else { Self::Socket }
    }

    /// The next worse one.
    pub fn worse(self) -> Self {
        if self == Self::Socket { Self::Events } else { Self::Poll }
    }
}

/// Goes down when a way fails, and up when a better one turns out to be open.
pub struct Ladder {
    lowest: Tier,
    tier: Tier,
    failed: u32,
    held: [bool; 3],
}

impl Ladder {
    /// At the top. It goes no lower than this.
    pub fn new(lowest: Tier) -> Self {
        Self { lowest, tier: Tier::Socket, failed: 0, held: [false; 3] }
    }

    /// Which way to go now.
    pub fn tier(&self) -> Tier {
        self.tier
    }

    /// Whether there is more than one way.
    pub fn has_steps(&self) -> bool {
        self.lowest < Tier::Socket
    }

    /// A way is open; what it is worth shows later.
    pub fn reaches(&mut self, tier: Tier) {
        if self.tier != tier {
            self.tier = tier;
            self.failed = 0;
        }
    }

    /// A way brought something.
    pub fn holds(&mut self, tier: Tier) {
        self.tier = tier;
        self.failed = 0;
        self.held[tier as usize] = true;
    }

    /// A way did not open, or brought nothing. Whether the next one down is to be tried; when there
    /// is none, it is the server that is away, and the best way is tried again.
    pub fn fails(&mut self, tier: Tier) -> bool {
        if tier != self.tier || !self.has_steps() {
            return false;
        }
        self.failed += 1;
        let patience = match tier {
            _ if self.held[tier as usize] => KNOWN,
            Tier::Socket => NEW,
            Tier::Events | Tier::Poll => 1,
        };
        if self.failed < patience {
            return false;
        }
        let is_lowest = tier == self.lowest;
        self.reaches(if is_lowest { Tier::Socket } else { tier.worse() });
        !is_lowest
    }

    /// The network is another: what failed may work now.
    pub fn starts_over(&mut self) {
        self.reaches(Tier::Socket);
        self.failed = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Tier::{Events, Poll, Socket},
        *,
    };

    /// Fails at the present tier, so many times.
    fn fails(ladder: &mut Ladder, times: u32) {
        for _ in 0..times {
            ladder.fails(ladder.tier());
        }
    }

    #[test]
    fn the_ways_are_in_order() {
        assert!(Poll < Events && Events < Socket);
        assert_eq!([Poll, Events, Socket].map(Tier::better), [Events, Socket, Socket]);
        assert_eq!([Poll, Events, Socket].map(Tier::worse), [Poll, Poll, Events]);
    }

    #[test]
    fn a_socket_that_never_opened_gets_two_chances_and_events_get_one() {
        let mut ladder = Ladder::new(Poll);
        assert!(!ladder.fails(Socket));
        assert_eq!(ladder.tier(), Socket);
        assert!(ladder.fails(Socket), "go down at once");
        assert_eq!(ladder.tier(), Events);
        assert!(ladder.fails(Events));
        assert_eq!(ladder.tier(), Poll);
    }

    #[test]
    fn what_worked_before_is_given_time_to_come_back() {
        for tier in [Socket, Events, Poll] {
            let mut ladder = Ladder::new(Poll);
            ladder.holds(tier);
            fails(&mut ladder, KNOWN - 1);
            assert_eq!(ladder.tier(), tier);
            ladder.holds(tier);
            fails(&mut ladder, KNOWN - 1);
            assert_eq!(ladder.tier(), tier, "they count in a row only");
            fails(&mut ladder, 1);
            assert_ne!(ladder.tier(), tier);
        }
    }

    #[test]
    fn when_nothing_works_the_server_is_away_and_the_best_way_comes_next() {
        let mut ladder = Ladder::new(Poll);
        fails(&mut ladder, 3);
        assert_eq!(ladder.tier(), Poll);
        assert!(!ladder.fails(Poll), "back off before the next round");
        assert_eq!(ladder.tier(), Socket);
    }

    #[test]
    fn a_better_way_that_opens_is_taken_and_left_again_when_it_brings_nothing() {
        let mut ladder = Ladder::new(Poll);
        fails(&mut ladder, 2);
        ladder.holds(Events);
        ladder.reaches(Socket);
        assert_eq!(ladder.tier(), Socket);
        fails(&mut ladder, 2);
        assert_eq!(ladder.tier(), Events);
    }

    #[test]
    fn what_is_tried_beside_the_present_way_does_not_count_against_it() {
        let mut ladder = Ladder::new(Poll);
        fails(&mut ladder, 2);
        ladder.holds(Events);
        for _ in 0..10 {
            assert!(!ladder.fails(Socket));
        }
        assert_eq!(ladder.tier(), Events);
    }

    #[test]
    fn staff_have_one_way() {
        let mut ladder = Ladder::new(Socket);
        fails(&mut ladder, 50);
        assert_eq!(ladder.tier(), Socket);
    }

    #[test]
    fn another_network_gets_a_fresh_start() {
        let mut ladder = Ladder::new(Poll);
        fails(&mut ladder, 3);
        ladder.starts_over();
        assert_eq!(ladder.tier(), Socket);
        assert!(!ladder.fails(Socket));
    }
}
