//! The public's pages, rendered once for each change and language, and kept as they go out: a link
//! in the local paper costs no more than a file. Only for readers without cookies of ours, who all
//! see the same.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, TryLockError};

use dashmap::DashMap;
use jiff::Timestamp;
use shared::Language;

use crate::pressed::Pressed;

/// After this many seconds a page is rendered again though nothing changed: it holds the time.
const FRESH: i64 = 10;

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Where citizens ask.
    Citizen,
    /// The wall.
    Wall,
    /// The wall in a frame on another site.
    EmbeddedWall,
}

/// What a rendered page depends on, besides its kind and language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The `seq` of the public view.
    pub seq: u64,
    /// When, in steps of [`FRESH`] seconds.
    step: i64,
    /// The public address that it names.
    pub address: String,
}

/// Every kept page, by session.
#[derive(Default)]
pub struct KeptPages(DashMap<Arc<str>, Arc<Shelf>>);

/// The pages of a session.
#[derive(Default)]
pub struct Shelf([[Slot; 2]; 3]);

/// One page, in its latest edition.
#[derive(Default)]
struct Slot {
    latest: RwLock<Option<(Edition, Arc<Pressed>)>>,
    rendering: Mutex<()>,
}

impl Edition {
    /// At this `seq`, moment and address.
    pub fn new(seq: u64, now: Timestamp, address: String) -> Self {
        Self { seq, step: now.as_second() / FRESH, address }
    }
}

impl KeptPages {
    /// The pages of a session.
    pub fn of(&self, session: &str) -> Arc<Shelf> {
        if let Some(shelf) = self.0.get(session) {
            return Arc::clone(&shelf);
        }
        Arc::clone(&self.0.entry(session.into()).or_default())
    }
}

impl Shelf {
    /// A page, when this edition of it is there.
    pub fn kept(&self, kind: Kind, language: Language, edition: &Edition) -> Option<Arc<Pressed>> {
        self.slot(kind, language).latest(|kept| kept == edition)
    }

    /// A page in this edition. While somebody else renders it, its previous edition: the reader's
    /// screen then catches up by itself, and nobody waits.
    pub fn page(
        &self,
        kind: Kind,
        language: Language,
        edition: Edition,
        render: impl FnOnce() -> String,
    ) -> Arc<Pressed> {
        let slot = self.slot(kind, language);
        if let Some(page) = slot.latest(|kept| *kept == edition) {
            return page;
        }
        let _rendering = match slot.try_rendering() {
            Some(rendering) => rendering,
            None => match slot.latest(|kept| kept.address == edition.address) {
                Some(previous) => return previous,
                None => slot.rendering(),
            },
        };
        if let Some(page) = slot.latest(|kept| *kept == edition) {
            return page;
        }
        let page = Arc::new(Pressed::new(render()));
        *slot.latest.write().unwrap_or_else(PoisonError::into_inner) = Some((edition, Arc::clone(&page)));
        page
    }

    fn slot(&self, kind: Kind, language: Language) -> &Slot {
        &self.0[kind as usize][usize::from(language == Language::En)]
    }
}

impl Slot {
    fn latest(&self, good: impl FnOnce(&Edition) -> bool) -> Option<Arc<Pressed>> {
        let latest = self.latest.read().unwrap_or_else(PoisonError::into_inner);
        latest.as_ref().filter(|(edition, _)| good(edition)).map(|(_, page)| Arc::clone(page))
    }

    fn try_rendering(&self) -> Option<MutexGuard<'_, ()>> {
        match self.rendering.try_lock() {
            Ok(rendering) => Some(rendering),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    fn rendering(&self) -> MutexGuard<'_, ()> {
        self.rendering.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(seq: u64, second: i64) -> Edition {
        Edition::new(seq, Timestamp::from_second(second).expect("a moment"), "http://here".into())
    }

    #[test]
    fn a_page_is_rendered_once_for_each_change_language_and_moment() {
        let (pages, mut rendered) = (KeptPages::default(), 0);
        let shelf = pages.of("fietsfan010");
        let mut read = |kind, language, edition| {
            let page = shelf.page(kind, language, edition, || {
                rendered += 1;
                format!("{rendered}")
            });
            String::from_utf8(page.plain().to_vec()).expect("text")
        };
        assert_eq!(read(Kind::Citizen, Language::Nl, edition(1, 100)), "1");
        assert_eq!(read(Kind::Citizen, Language::Nl, edition(1, 109)), "1");
        assert_eq!(read(Kind::Citizen, Language::Nl, edition(1, 110)), "2", "the time went on");
        assert_eq!(read(Kind::Citizen, Language::Nl, edition(2, 110)), "3", "something changed");
        assert_eq!(read(Kind::Citizen, Language::En, edition(2, 110)), "4");
        assert_eq!(read(Kind::Wall, Language::Nl, edition(2, 110)), "5");
        assert_eq!(read(Kind::Citizen, Language::Nl, edition(2, 110)), "3");
        let elsewhere = Edition { address: "http://there".into(), ..edition(2, 110) };
        assert_eq!(read(Kind::Citizen, Language::Nl, elsewhere), "6");
    }

    #[test]
    fn nobody_waits_for_a_page_that_another_renders() {
        let shelf = Shelf::default();
        shelf.page(Kind::Wall, Language::Nl, edition(1, 0), || "een".into());
        let second = shelf.page(Kind::Wall, Language::Nl, edition(2, 0), || {
            // In the middle of rendering, somebody else asks for the same.
            let meanwhile = shelf.page(Kind::Wall, Language::Nl, edition(2, 0), || panic!("rendered twice"));
            assert_eq!(meanwhile.plain(), "een");
            "twee".into()
        });
        assert_eq!(second.plain(), "twee");
    }
}
