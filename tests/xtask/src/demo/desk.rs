//! What the simulated moderator decides, looking at the desk: pure, so that it can be tested.
//!
//! Each kind of work is done at most once on each question, whatever came of it. So whoever undoes
//! or forestalls the simulated moderator is never fought.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
    time::Duration,
};

use rand::{Rng as _, rngs::StdRng};
use shared::{
    Phase, QuestionId, Status,
    views::{ModeratorCard, ModeratorView},
};

use super::questions::{Fate, THEMES, Unfit, fate};

/// How many questions the queue should hold.
const QUEUE: usize = 3;
/// How long an answer stays on the stage before the next question comes.
const APPLAUSE: Duration = Duration::from_secs(14);
/// How long the stage stays empty.
const PAUSE: Duration = Duration::from_secs(8);

/// One thing to do. `seen` is the version that the moderator looked at.
#[derive(Debug, Clone)]
pub enum Step {
    /// Show it.
    Approve { card: ModeratorCard },
    /// Decline it.
    Decline { card: ModeratorCard, why: &'static Unfit },
    /// Put it under another.
    Bundle { card: ModeratorCard, into: QuestionId },
    /// Add a question at the end of the queue.
    Queue { order: Vec<QuestionId>, seen: Vec<QuestionId> },
    /// Put it on stage.
    Stage { card: ModeratorCard },
}

/// The kinds of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Work {
    Judge,
    Bundle,
    Queue,
    Stage,
}

/// What the simulated moderator remembers.
pub struct Desk {
    dice: StdRng,
    /// When something will be done that was noticed before.
    due: BTreeMap<(Work, QuestionId), Duration>,
    done: BTreeSet<(Work, QuestionId)>,
    /// What was on stage, whether it was answered, and since when it is so.
    stage: (Option<QuestionId>, bool, Duration),
}

impl Desk {
    /// A moderator who just sat down.
    pub fn new(dice: StdRng) -> Self {
        Self { dice, due: BTreeMap::new(), done: BTreeSet::new(), stage: (None, false, Duration::ZERO) }
    }

    /// What to do now, if anything; `now` is counted from the start.
    pub fn next(&mut self, view: &ModeratorView, now: Duration) -> Option<Step> {
        let view = &Looked::at(view);
        self.judge(view, now)
            .or_else(|| self.bundle(view, now))
            .or_else(|| self.stage(view, now))
            .or_else(|| self.queue(view, now))
    }

    /// Approves or declines what the script knows; the rest waits for a human.
    fn judge(&mut self, view: &Looked, now: Duration) -> Option<Step> {
        let waiting = view.questions.values().filter(|card| card.card.status == Status::Waiting);
        for card in waiting {
            let Some(fate) = view.fate(card) else { continue };
            if self.is_due(Work::Judge, card.card.id, 3..8, now) {
                let card = card.clone();
                return Some(match fate {
                    Fate::Shown(_) => Step::Approve { card },
                    Fate::Declined(why) => Step::Decline { card, why },
                });
            }
        }
        None
    }

    /// Bundles what means the same under the question that came first.
    fn bundle(&mut self, view: &Looked, now: Duration) -> Option<Step> {
        for card in view.questions.values().filter(|card| is_free(card) && card.card.wordings.is_empty()) {
            let Some(theme) = view.theme(card) else { continue };
            let alike = view.questions.values().filter(|other| is_public(other) && other.card.lead.is_none());
            let first = alike
                .filter(|other| view.theme(other) == Some(theme))
                .min_by_key(|other| (other.card.wordings.is_empty(), other.card.asked_at.millis(), other.card.id))?;
            let on_stage = view.session.public.on_stage == Some(card.card.id);
            if first.card.id != card.card.id && !on_stage && self.is_due(Work::Bundle, card.card.id, 3..6, now) {
                return Some(Step::Bundle { card: card.clone(), into: first.card.id });
            }
        }
        None
    }

    /// Brings the next question on stage when the last was answered, or nothing is there.
    fn stage(&mut self, view: &Looked, now: Duration) -> Option<Step> {
        let session = &view.session.public;
        let answered = session.on_stage.and_then(|id| view.card(id)).is_some_and(|card| card.card.answer.is_some());
        if (self.stage.0, self.stage.1) != (session.on_stage, answered) {
            self.stage = (session.on_stage, answered, now);
        }
        let pause = if answered { APPLAUSE } else { PAUSE };
        let occupied = session.on_stage.is_some() && !answered;
        if session.phase != Phase::Live || occupied || now < self.stage.2 + pause {
            return None;
        }
        let queued = session.queue.iter().find(|id| !self.done.contains(&(Work::Stage, **id))).copied();
        let id = queued.or_else(|| self.best(view, Work::Stage))?;
        self.done.insert((Work::Stage, id));
        // Whatever comes of it, the next try takes its time.
        self.stage.2 = now;
        view.card(id).map(|card| Step::Stage { card: card.clone() })
    }

    /// Keeps a few questions in the queue.
    fn queue(&mut self, view: &Looked, now: Duration) -> Option<Step> {
        let queue = &view.session.public.queue;
        if view.session.public.phase != Phase::Live || queue.len() >= QUEUE {
            return None;
        }
        let id = self.best(view, Work::Queue)?;
        if !self.is_due(Work::Queue, id, 5..9, now) {
            return None;
        }
        let order = queue.iter().copied().chain([id]).collect();
        Some(Step::Queue { order, seen: queue.clone() })
    }

    /// The most supported question to which the script has an answer, or else any it knows.
    fn best(&self, view: &Looked, work: Work) -> Option<QuestionId> {
        let session = &view.session.public;
        let open = view.questions.values().filter(|card| {
            is_free(card)
                && !session.queue.contains(&card.card.id)
                && session.on_stage != Some(card.card.id)
                && !self.done.contains(&(work, card.card.id))
        });
        open.filter_map(|card| {
            let theme = THEMES.get(view.theme(card)?)?;
            Some((theme.answer.is_some(), card.card.support, std::cmp::Reverse(card.card.id)))
        })
        .max()
        .map(|(_, _, id)| id.0)
    }

    /// Whether the time has come for work that is noticed now or was before; true once.
    fn is_due(&mut self, work: Work, id: QuestionId, seconds: std::ops::Range<u64>, now: Duration) -> bool {
        if self.done.contains(&(work, id)) {
            return false;
        }
        let Self { due, dice, .. } = self;
        let due = *due.entry((work, id)).or_insert_with(|| now + Duration::from_secs(dice.random_range(seconds)));
        now >= due && self.done.insert((work, id))
    }
}

/// The desk as it looks now, with what the script has in mind for each card.
struct Looked<'a> {
    view: &'a ModeratorView,
    fates: BTreeMap<QuestionId, Fate>,
}

impl<'a> Looked<'a> {
    /// Knows cards by the asker's own words.
    fn at(view: &'a ModeratorView) -> Self {
        let fate_of = |card: &ModeratorCard| fate(card.original.as_ref().unwrap_or(&card.card.text));
        let fates = view.questions.iter().filter_map(|(id, card)| Some((*id, fate_of(card)?))).collect();
        Self { view, fates }
    }

    fn fate(&self, card: &ModeratorCard) -> Option<Fate> {
        self.fates.get(&card.card.id).copied()
    }

    fn theme(&self, card: &ModeratorCard) -> Option<usize> {
        match self.fate(card)? {
            Fate::Shown(theme) => Some(theme),
            Fate::Declined(_) => None,
        }
    }
}

impl Deref for Looked<'_> {
    type Target = ModeratorView;

    fn deref(&self) -> &ModeratorView {
        self.view
    }
}

fn is_public(card: &ModeratorCard) -> bool {
    matches!(card.card.status, Status::Shown | Status::OnStage | Status::Answered)
}

/// Whether a question can be bundled, queued or staged.
fn is_free(card: &ModeratorCard) -> bool {
    card.card.status == Status::Shown && card.card.lead.is_none()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use shared::{
        Moderation, Moment, Source,
        views::{Answer, Counts, ModeratorSession, PublicCard, PublicSession},
    };

    use super::{super::questions::UNFIT, *};

    const LATER: Duration = Duration::from_mins(1);

    #[test]
    fn only_the_script_s_own_questions_are_judged() {
        let mut view = view([waiting(1, THEMES[0].questions[0]), waiting(2, "Mag mijn hond mee?")]);
        let mut desk = desk();
        assert!(desk.next(&view, Duration::ZERO).is_none(), "nobody decides in no time");
        assert!(matches!(desk.next(&view, LATER), Some(Step::Approve { card }) if card.card.id == QuestionId(1)));
        assert!(desk.next(&view, LATER * 2).is_none(), "done once, whatever came of it");
        put(&mut view, waiting(3, UNFIT[0].question));
        assert!(desk.next(&view, LATER * 2).is_none());
        assert!(
            matches!(desk.next(&view, LATER * 3), Some(Step::Decline { why, .. }) if why.reason == UNFIT[0].reason)
        );
    }

    #[test]
    fn what_means_the_same_goes_under_what_came_first() {
        let view = view([
            shown(5, THEMES[0].questions[1]),
            shown(4, THEMES[0].questions[0]),
            shown(1, THEMES[1].questions[0]),
        ]);
        let mut desk = desk();
        assert!(desk.bundle(&Looked::at(&view), Duration::ZERO).is_none());
        let step = desk.bundle(&Looked::at(&view), LATER);
        assert!(
            matches!(step, Some(Step::Bundle { card, into }) if card.card.id == QuestionId(5) && into == QuestionId(4))
        );
        assert!(desk.bundle(&Looked::at(&view), LATER * 2).is_none());
    }

    #[test]
    fn the_stage_changes_hands_after_the_answer() {
        let mut view = view([shown(1, THEMES[1].questions[0]), shown(2, "Een vraag van een mens")]);
        let mut desk = desk();
        view.session.public.queue = vec![QuestionId(2)];
        assert!(desk.stage(&Looked::at(&view), Duration::ZERO).is_none(), "the hall takes a breath first");
        let step = desk.stage(&Looked::at(&view), PAUSE);
        assert!(matches!(step, Some(Step::Stage { card }) if card.card.id == QuestionId(2)), "the queue comes first");
        view.session.public.queue.clear();
        view.session.public.on_stage = Some(QuestionId(2));
        assert!(desk.stage(&Looked::at(&view), LATER * 5).is_none(), "it waits for an answer");
        let mut answered = shown(2, "Een vraag van een mens");
        answered.card.answer =
            Some(Answer { text: "Ja.".into(), spoken: true, by: "N".into(), at: moment(9), corrected: false });
        put(&mut view, answered);
        assert!(desk.stage(&Looked::at(&view), LATER * 6).is_none());
        let step = desk.stage(&Looked::at(&view), LATER * 6 + APPLAUSE);
        assert!(matches!(step, Some(Step::Stage { card }) if card.card.id == QuestionId(1)));
    }

    #[test]
    fn the_queue_fills_with_what_the_alderman_can_answer() {
        let unanswered = THEMES.iter().position(|theme| theme.answer.is_none()).expect("some wait for people");
        let mut loved = shown(1, THEMES[unanswered].questions[0]);
        loved.card.support = 40;
        let view = view([loved, shown(2, THEMES[2].questions[0])]);
        let mut desk = desk();
        assert!(desk.queue(&Looked::at(&view), Duration::ZERO).is_none());
        assert!(
            matches!(desk.queue(&Looked::at(&view), LATER), Some(Step::Queue { order, .. }) if order == [QuestionId(2)])
        );
    }

    fn desk() -> Desk {
        Desk::new(StdRng::seed_from_u64(1))
    }

    fn put(view: &mut ModeratorView, card: ModeratorCard) {
        view.questions.insert(card.card.id, card);
    }

    fn waiting(id: u64, text: &str) -> ModeratorCard {
        let card = PublicCard {
            id: QuestionId(id),
            text: text.into(),
            name: None,
            source: Source::Web,
            link: None,
            topics: Vec::new(),
            asked_at: moment(id),
            status: Status::Waiting,
            support: 1,
            edited: false,
            lead: None,
            wordings: Vec::new(),
            answer: None,
        };
        ModeratorCard { version: 1, ..ModeratorCard::untouched(card) }
    }

    fn shown(id: u64, text: &str) -> ModeratorCard {
        let mut card = waiting(id, text);
        card.card.status = Status::Shown;
        card
    }

    fn moment(second: u64) -> Moment {
        Moment(format!("2026-05-12T14:00:{second:02}+02:00"))
    }

    fn view<const N: usize>(cards: [ModeratorCard; N]) -> ModeratorView {
        let public = PublicSession {
            hashtag: "FietsFan010".into(),
            title: "Fietsen".into(),
            introduction: String::new(),
            aldermen: Vec::new(),
            phase: Phase::Live,
            opens: None,
            starts: None,
            ends: None,
            moderation: Moderation::Before,
            languages: Vec::new(),
            box_open: true,
            banner: None,
            on_stage: None,
            queue: Vec::new(),
            counts: Counts::default(),
        };
        let session = ModeratorSession { public, box_closed_by_hand: false, steps: Vec::new() };
        let questions = cards.into_iter().map(|card| (card.card.id, card)).collect();
        ModeratorView { seq: 1, session, questions }
    }
}
