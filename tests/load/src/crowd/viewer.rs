//! One viewer: where its wire stands, and what it has seen.

use std::time::Instant;

use mio::net::TcpStream;

use super::Count;
use crate::wire::{self, News};

/// Where a viewer's wire stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Closed the page, or has not opened it yet.
    Gone,
    /// Waits before it tries (again).
    Waiting,
    /// Calls.
    Calling,
    /// Called, and asked for the wire.
    Asking,
    /// Has it.
    Open,
}

/// One of the crowd.
pub struct Viewer {
    pub(super) stage: Stage,
    pub(super) stream: Option<TcpStream>,
    /// Tells this attempt from those before it.
    pub(super) life: u32,
    /// Attempts since the wire last held for a while.
    pub(super) tries: u32,
    pub(super) opened: Option<Instant>,
    /// Does not read.
    pub(super) stalled: bool,
    /// A frame that is not complete.
    pub(super) rest: Vec<u8>,
    /// What it has seen, if it has seen anything.
    pub(super) seq: Option<u64>,
}

impl Viewer {
    pub(super) fn new() -> Self {
        Self {
            stage: Stage::Gone,
            stream: None,
            life: 0,
            tries: 0,
            opened: None,
            stalled: false,
            rest: Vec::new(),
            seq: None,
        }
    }

    /// Takes a text frame, by the rules by which a screen misses nothing and sees nothing twice.
    pub(super) fn read(&mut self, text: &[u8], count: &mut Count) -> bool {
        let mut changed = false;
        match (wire::news(text), self.seq) {
            (News::Snapshot(seq), _) => {
                count.snapshots += 1;
                self.seq = Some(seq);
            }
            (News::Patch { after, seq }, have) => {
                count.patches += 1;
                changed = true;
                match have {
                    Some(have) if seq <= have => count.repeated += 1,
                    Some(have) if after <= have => self.seq = Some(seq),
                    _ => count.missed += 1,
                }
            }
            (News::Alive(seq), have) => count.missed += u64::from(have.is_none_or(|have| seq > have)),
            (News::Other, _) => {}
            (News::Unreadable, _) => count.unreadable += 1,
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_notices_what_it_missed_and_what_it_sees_twice() {
        let (mut viewer, mut count) = (Viewer::new(), Count::default());
        let mut reads = |text: &str| viewer.read(text.as_bytes(), &mut count);
        reads(r#"{"type":"snapshot","seq":3,"view":{}}"#);
        reads(r#"{"type":"patch","after":3,"seq":5}"#);
        reads(r#"{"type":"patch","after":3,"seq":5}"#);
        reads(r#"{"type":"alive","seq":5}"#);
        assert_eq!((count.missed, count.repeated), (0, 1));
        let mut reads = |text: &str| viewer.read(text.as_bytes(), &mut count);
        reads(r#"{"type":"patch","after":6,"seq":7}"#);
        reads(r#"{"type":"alive","seq":6}"#);
        assert_eq!((count.missed, count.repeated, viewer.seq), (2, 1, Some(5)));
    }
}
