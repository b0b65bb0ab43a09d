//! What the desk's parts share: the live view, what is selected, and the half-done work on each
//! card, which outlives the card's own place on the desk.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;
use shared::{
    Moment, QuestionId, Status,
    sentences::{common, desk::Desk as Say},
    views::{ModeratorCard, ModeratorSession},
};

use super::{
    alike::Likenesses, areas::Area, channels::Channels, conflict::Conflict, facets::Facets, filter::Filter,
    follow::Untold, moves, picks::Picks, piles::Piles, ranked::Ranked, sift::Sieve, together::Together, undo::UnderWay,
};
use crate::{
    browser,
    components::{Announcer, ticking},
    live::{Live, staff::Presence},
};

/// What is open on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The reasons for declining.
    Decline,
    /// Its words.
    Edit,
    /// Where it is sent, and who is to answer it.
    Route,
    /// Its labels.
    Label,
}

/// A dialog over the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    /// All keys.
    Help,
    /// A question from the hall.
    Hall,
    /// The banner.
    Banner,
    /// Which question this one belongs under.
    Bundle(QuestionId),
    /// Which question the picked ones belong under.
    BundlePicked,
    /// What seems to mean the same.
    Groups,
    /// How it goes with the networks, and what can be brought in and sent out by hand.
    Channels,
}

/// Half-done work on one card. It stays when the card moves, is refused or is closed.
#[derive(Clone)]
pub struct Work {
    /// What is open.
    pub form: ArcRwSignal<Option<Form>>,
    /// The words being edited; empty when nothing was begun.
    pub words: ArcRwSignal<String>,
    /// The note being written.
    pub note: ArcRwSignal<String>,
    /// The version of the card when the form was opened.
    pub seen: ArcRwSignal<Option<u64>>,
    /// Its words, and where it stood, at that moment.
    pub was: ArcRwSignal<Option<(String, Status)>>,
    /// A step with it is under way.
    pub busy: ArcRwSignal<bool>,
    /// Why the last step was not done.
    pub refusal: ArcRwSignal<Option<String>>,
    /// A colleague changed the card just before a step with it.
    pub conflict: ArcRwSignal<Option<Conflict>>,
}

/// An order of the queue that is wished for.
#[derive(Clone, PartialEq)]
pub struct Ordering {
    /// The whole queue.
    pub order: Vec<QuestionId>,
    /// The question that was moved; a refusal is written on it.
    pub moved: QuestionId,
    /// What is said when it was done.
    pub said: &'static str,
}

/// The desk, given to its parts as context.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Its sentences.
    pub say: Say,
    /// The view and its connection. Nothing follows the whole view; see [`Desk::card`].
    pub live: Live<ModeratorSession, ModeratorCard>,
    /// Who is there, and what they have open.
    pub presence: RwSignal<Presence>,
    /// The session's hashtag, without `#`.
    pub hashtag: StoredValue<String>,
    /// The name of the moderator at this desk.
    pub me: StoredValue<String>,
    /// When the page was made: today, for the times on cards.
    pub now: StoredValue<Moment>,
    /// The session itself.
    pub session: Memo<ModeratorSession>,
    /// How many questions there are.
    pub asked: RwSignal<usize>,
    /// What is looked for.
    pub filter: RwSignal<Filter>,
    /// Whether one wants to choose what to see.
    pub filters_open: RwSignal<bool>,
    /// The card that the keys work on.
    pub selected: RwSignal<Option<QuestionId>>,
    /// The same, one picture later: what takes long to make follows this one, so that the keys do not wait for it, and
    /// is not made at all for what one only passes.
    pub settled: RwSignal<Option<QuestionId>>,
    /// The area that a phone shows, and in which the arrows move.
    pub area: RwSignal<Area>,
    /// The queue as it will be when the server agrees.
    pub ordering: RwSignal<Option<Ordering>>,
    /// Steps that are under way.
    pub under_way: UnderWay,
    /// The dialog that is open.
    pub dialog: RwSignal<Option<Dialog>>,
    /// Says what was done on the status line.
    pub announcer: Announcer,
    /// Milliseconds since 1970 on the session's clock, each second.
    pub clock: ReadSignal<i64>,
    /// Why something about the session itself was not done.
    pub trouble: RwSignal<Option<String>>,
    /// The screen is a phone's: what can be done with the selected card is under the thumb.
    pub narrow: RwSignal<bool>,
    /// Something was scrolled, or the window changed.
    pub looks: RwSignal<u32>,
    /// The focus is, or was before what had it went away, in a card: there it belongs until somebody takes it elsewhere.
    pub(super) among_cards: StoredValue<bool>,
    /// What seems to mean the same.
    pub alike: Likenesses,
    /// How it goes with the networks, and with posts of theirs.
    pub channels: Channels,
    /// What colleagues have open.
    pub together: Together,
    /// What is picked, to do something with many.
    pub picks: Picks,
    /// What there is to choose from when one wants to see only some.
    pub facets: Facets,
    /// Where every card lies.
    pub(super) piles: StoredValue<Piles>,
    /// How often each list changed.
    pub(super) lists: [RwSignal<u32>; 6],
    /// How often the session changed.
    pub(super) session_changes: RwSignal<u32>,
    /// Questions that came in and were not announced yet.
    pub(super) arrived: StoredValue<u64>,
    pub(super) untold: StoredValue<Untold>,
    pub(super) sieve: StoredValue<Sieve>,
    pub(super) folded: StoredValue<BTreeMap<QuestionId, Arc<str>>>,
    pub(super) triggers: StoredValue<BTreeMap<QuestionId, ArcTrigger>>,
    work: StoredValue<BTreeMap<QuestionId, Work>>,
}

impl Desk {
    /// A desk on a live view.
    pub fn new(say: Say, live: Live<ModeratorSession, ModeratorCard>, me: String, now: Moment) -> Self {
        let session_changes = RwSignal::new(0);
        let session = Memo::new(move |_| {
            session_changes.track();
            live.view.with_untracked(|view| view.session.clone())
        });
        let piles = live.view.with_untracked(|view| Piles::of(view, |_| true));
        let clock = ticking(&now, 1_000);
        let first = moves::along(&piles, None, 0);
        Self {
            say,
            live,
            presence: RwSignal::new(Presence::default()),
            hashtag: StoredValue::new(session.with_untracked(|session| session.public.hashtag.clone())),
            me: StoredValue::new(me),
            now: StoredValue::new(now),
            session,
            asked: RwSignal::new(live.view.with_untracked(|view| view.questions.len())),
            filter: RwSignal::new(Filter::default()),
            filters_open: RwSignal::new(false),
            selected: RwSignal::new(first),
            settled: RwSignal::new(first),
            area: RwSignal::new(Area::Incoming),
            ordering: RwSignal::new(None),
            under_way: UnderWay::nothing(),
            dialog: RwSignal::new(None),
            announcer: Announcer::new(),
            clock,
            trouble: RwSignal::new(None),
            narrow: RwSignal::new(false),
            looks: RwSignal::new(0),
            among_cards: StoredValue::new(false),
            alike: Likenesses::none(),
            channels: Channels::silent(),
            together: Together::alone(),
            picks: Picks::none(),
            facets: Facets::unknown(),
            piles: StoredValue::new(piles),
            lists: std::array::from_fn(|_| RwSignal::new(0)),
            session_changes,
            arrived: StoredValue::new(0),
            untold: StoredValue::new(Untold::default()),
            sieve: StoredValue::new(Sieve::default()),
            folded: StoredValue::new(BTreeMap::new()),
            triggers: StoredValue::new(BTreeMap::new()),
            work: StoredValue::new(BTreeMap::new()),
        }
    }

    /// The desk that this part belongs to.
    pub fn here() -> Self {
        expect_context()
    }

    /// One card, which changes only when it does.
    pub fn card(self, id: QuestionId) -> Memo<Option<ModeratorCard>> {
        let changes = self.changes(id);
        Memo::new(move |_| {
            changes.track();
            self.card_now(id)
        })
    }

    /// Told when anything about a card changes: itself, what is near it, who has it open.
    pub fn changes(self, id: QuestionId) -> ArcTrigger {
        self.triggers.try_update_value(|all| all.entry(id).or_default().clone()).unwrap_or_default()
    }

    /// One card as it is now, without following it.
    pub fn card_now(self, id: QuestionId) -> Option<ModeratorCard> {
        self.live.view.with_untracked(|view| view.card(id).cloned())
    }

    /// The version of a card as it is now.
    pub fn version(self, id: QuestionId) -> Option<u64> {
        self.live.view.with_untracked(|view| view.card(id).map(|card| card.version))
    }

    /// The half-done work on a card.
    pub fn work(self, id: QuestionId) -> Work {
        self.work.try_update_value(|all| all.entry(id).or_insert_with(Work::new).clone()).unwrap_or_else(Work::new)
    }

    /// Where the cards lie, as it is now.
    pub fn piles_now<T>(self, look: impl FnOnce(&Piles) -> T) -> T {
        self.piles.with_value(look)
    }

    /// Follows one list.
    pub fn list<T: PartialEq + Send + Sync + 'static>(
        self,
        area: Area,
        look: impl Fn(&Ranked) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let changes = self.lists[area as usize];
        Memo::new(move |_| {
            changes.track();
            self.piles.with_value(|piles| look(piles.pile(area)))
        })
    }

    /// How many cards of an area are looked for.
    pub fn count(self, area: Area) -> Memo<usize> {
        self.list(area, |pile| pile.total().found)
    }

    /// All cards of a short list.
    pub fn pile(self, area: Area) -> Memo<Vec<QuestionId>> {
        self.list(area, |pile| pile.some(0, usize::MAX))
    }

    /// The queue as it is, or as it will be when the server agrees.
    pub fn queue(self) -> Memo<Vec<QuestionId>> {
        let queued = self.pile(Area::Queue);
        Memo::new(move |_| self.ordering.get().map_or_else(|| queued.get(), |wished| wished.order))
    }

    /// Makes a card the one that keys work on.
    pub fn select(self, id: QuestionId) {
        if self.selected.get_untracked() != Some(id) {
            self.selected.set(Some(id));
        }
        if let Some((area, _)) = self.piles_now(|piles| piles.find(id))
            && self.area.get_untracked() != area
        {
            self.area.set(area);
        }
    }

    /// Whether a card is the one that keys work on.
    pub fn is_selected(self, id: QuestionId) -> Memo<bool> {
        Memo::new(move |_| self.selected.get() == Some(id))
    }

    /// Lets [`Desk::settled`] follow what is selected.
    pub fn watch_selection(self) {
        Effect::new(move |before: Option<()>| {
            let selected = self.selected.get();
            if before.is_none() {
                return;
            }
            browser::after_paint(move || {
                if self.selected.get_untracked() == selected && self.settled.get_untracked() != selected {
                    self.settled.set(selected);
                }
            });
        });
    }

    /// Tells those who do not see it what was done.
    pub fn announce(self, said: &str) {
        if !said.is_empty() {
            self.announcer.say(said);
        }
    }

    /// Takes away what was written on cards because the server was out of reach.
    pub fn forget_unreachable(self) {
        let sentence = common::unreachable(self.say.0);
        self.work.with_value(|all| {
            for work in all.values().filter(|work| work.refusal.get_untracked().as_deref() == Some(sentence)) {
                work.refusal.set(None);
            }
        });
        if self.trouble.get_untracked().as_deref() == Some(sentence) {
            self.trouble.set(None);
        }
    }

    /// Opens a form on a card. Words that were half written before are still in it.
    pub fn open(self, id: QuestionId, form: Form) {
        let Some(card) = self.card_now(id) else { return };
        let work = self.work(id);
        work.was.set(Some((card.card.text.clone(), card.card.status)));
        if form == Form::Edit && work.words.with_untracked(String::is_empty) {
            work.words.set(card.card.text);
        }
        work.seen.set(Some(card.version));
        work.refusal.set(None);
        work.conflict.set(None);
        work.form.set(Some(form));
    }
}

impl Work {
    fn new() -> Self {
        Self {
            form: ArcRwSignal::new(None),
            words: ArcRwSignal::new(String::new()),
            note: ArcRwSignal::new(String::new()),
            seen: ArcRwSignal::new(None),
            was: ArcRwSignal::new(None),
            busy: ArcRwSignal::new(false),
            refusal: ArcRwSignal::new(None),
            conflict: ArcRwSignal::new(None),
        }
    }
}
