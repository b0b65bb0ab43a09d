//! The words in which the rules are told: `given(events).when(command).then(events)`.
//!
//! A question is a number, asked by the person of that number in a session that is live and looks
//! before it shows. New questions get the number [`NEW`].

use conversation::{Changes, Command, Conversation, Decision, Details, Event, Ids, Noted, ParticipantId, Staff};
use jiff::{SignedDuration, Timestamp};
use shared::{
    Moderation, Phase, QuestionId, Reason, Refusal, Role, Status,
    commands::{Channels, NewSession},
    views::{Alderman, ModeratorCard, PublicCard},
};

pub const Q1: QuestionId = QuestionId(1);
pub const Q2: QuestionId = QuestionId(2);
pub const Q3: QuestionId = QuestionId(3);
pub const Q4: QuestionId = QuestionId(4);
/// The first question that is asked or entered.
pub const NEW: QuestionId = QuestionId(100);
/// A question that is nowhere.
pub const NOWHERE: QuestionId = QuestionId(99);
/// People who asked nothing.
pub const VERA: ParticipantId = ParticipantId(51);
pub const WIM: ParticipantId = ParticipantId(52);

/// A session with a history, and what came of the last command.
#[derive(Clone)]
pub struct Scene {
    pub state: Conversation,
    pub now: Timestamp,
    pub outcome: Option<Result<Decision, Refusal>>,
    ids: Counted,
}

#[derive(Clone)]
struct Counted(u64);

impl Ids for Counted {
    fn question(&mut self) -> QuestionId {
        self.0 += 1;
        QuestionId(self.0 - 1)
    }
}

/// A live session in which this happened.
pub fn given(events: impl IntoIterator<Item = Event>) -> Scene {
    given_in(Phase::Live, details(|_| {}), events)
}

/// A session of this kind in which this happened.
pub fn given_in(phase: Phase, details: Details, events: impl IntoIterator<Item = Event>) -> Scene {
    let now = moment("2026-05-12T14:00:00+02:00");
    let created = Conversation::create(details, Some(phase), vec![(Role::Moderator, [1; 32]), (Role::Panel, [2; 32])]);
    let state = Conversation::begin(now, &created).expect("the first event creates");
    let mut scene = Scene { state, now, outcome: None, ids: Counted(NEW.0) };
    for event in events {
        scene.happen(&event);
    }
    scene
}

impl Scene {
    /// An event happens, a minute after the last.
    pub fn happen(&mut self, event: &Event) -> Changes {
        self.now += SignedDuration::from_mins(1);
        self.state.apply(self.now, event)
    }

    /// Somebody wants something, a minute after the last event; what comes of it happens.
    #[allow(clippy::needless_pass_by_value, reason = "a rule reads better without a &")]
    pub fn when(mut self, command: Command) -> Self {
        self.now += SignedDuration::from_mins(1);
        let outcome = self.state.decide(&command, self.now, &mut self.ids);
        for event in outcome.iter().flat_map(|decision| &decision.events) {
            self.state.apply(self.now, event);
        }
        self.outcome = Some(outcome);
        self
    }

    /// Exactly this came of it.
    #[track_caller]
    pub fn then(self, events: impl IntoIterator<Item = Event>) -> Self {
        let decision = self.outcome.clone().expect("a command").expect("not refused");
        assert_eq!(decision.events, events.into_iter().collect::<Vec<_>>());
        self
    }

    /// It was so already.
    #[track_caller]
    pub fn then_nothing(self) -> Self {
        self.then([])
    }

    /// It was done, whatever events that took.
    #[track_caller]
    pub fn then_done(self) -> Self {
        assert!(!self.outcome.clone().expect("a command").expect("not refused").events.is_empty());
        self
    }

    /// It was refused.
    #[track_caller]
    pub fn refused(self, refusal: Refusal) -> Self {
        assert_eq!(self.outcome.clone().expect("a command"), Err(refusal));
        self
    }

    /// Refused because of where the question stands.
    #[track_caller]
    pub fn refused_as(self, now: Status) -> Self {
        self.refused(Refusal::WrongStatus { now })
    }

    /// What can be said of the session now.
    #[track_caller]
    pub fn and(self, check: impl FnOnce(&Conversation)) -> Self {
        check(&self.state);
        self
    }
}

/// Looking things up in a session, for assertions.
pub trait Look {
    fn card(&self, id: QuestionId) -> ModeratorCard;
    fn shown(&self, id: QuestionId) -> PublicCard;
    fn status(&self, id: QuestionId) -> Status;
    fn last_step(&self) -> u64;
}

impl Look for Conversation {
    fn card(&self, id: QuestionId) -> ModeratorCard {
        self.moderator_card(id).expect("a question")
    }

    fn shown(&self, id: QuestionId) -> PublicCard {
        self.public_card(id).expect("a public question")
    }

    fn status(&self, id: QuestionId) -> Status {
        self.card(id).card.status
    }

    fn last_step(&self) -> u64 {
        self.moderator().session.steps.last().expect("a step").id
    }
}

pub fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

pub fn details(change: impl FnOnce(&mut NewSession)) -> Details {
    let alderman = |name: &str| Alderman { name: name.into(), office: String::new(), portrait: None };
    let mut body = NewSession {
        hashtag: "FietsFan010".into(),
        title: "De fiets in Rotterdam".into(),
        introduction: String::new(),
        aldermen: vec![alderman("Judith"), alderman("Vincent")],
        moderation: Moderation::Before,
        phase: None,
        opens: None,
        starts: None,
        ends: None,
        timezone: None,
        languages: vec![],
        ask_early: false,
        channels: Channels::default(),
    };
    change(&mut body);
    Details::read(&body).expect("valid details")
}

pub fn asker(question: QuestionId) -> ParticipantId {
    ParticipantId(u128::from(question.0))
}

pub fn jan() -> Staff {
    Staff { name: "Jan".into(), role: Role::Moderator }
}

pub fn text_of(question: QuestionId) -> String {
    format!("Vraag nummer {} #fiets", question.0)
}

fn by() -> String {
    jan().name
}

// What happened.

pub fn asked(question: QuestionId) -> Event {
    Event::Asked {
        by: asker(question),
        question,
        text: text_of(question),
        name: None,
        shown: false,
        noted: Noted::default(),
    }
}

pub fn shown(question: QuestionId) -> Event {
    Event::Approved { by: by(), question }
}

/// Asked and shown, for each.
pub fn public<const N: usize>(questions: [QuestionId; N]) -> impl Iterator<Item = Event> {
    questions.into_iter().flat_map(|question| [asked(question), shown(question)])
}

pub fn supported(question: QuestionId, who: ParticipantId) -> Event {
    Event::Supported { by: who, question }
}

pub fn unsupported(question: QuestionId, who: ParticipantId) -> Event {
    Event::Unsupported { by: who, question }
}

pub fn withdrawn(question: QuestionId) -> Event {
    Event::Withdrawn { by: asker(question), question }
}

pub fn declined(question: QuestionId) -> Event {
    Event::Declined { by: by(), question, reason: Reason::OffTopic, note: None, answer: None }
}

pub fn restored(question: QuestionId) -> Event {
    Event::Restored { by: by(), question }
}

pub fn edited(question: QuestionId, text: &str) -> Event {
    Event::Edited { by: by(), question, text: text.into(), flags: Vec::new() }
}

pub fn bundled(question: QuestionId, into: QuestionId) -> Event {
    Event::Bundled { by: by(), question, into }
}

pub fn unbundled(question: QuestionId) -> Event {
    Event::Unbundled { by: by(), question }
}

pub fn staged(question: QuestionId) -> Event {
    Event::Staged { by: by(), question }
}

pub fn unstaged(question: QuestionId) -> Event {
    Event::Unstaged { by: by(), question }
}

pub fn queued<const N: usize>(order: [QuestionId; N]) -> Event {
    Event::Queued { by: by(), order: order.into() }
}

pub fn answered(question: QuestionId) -> Event {
    Event::Answered { by: by(), question, text: "Ja.".into(), spoken: false, alderman: "Judith".into() }
}

pub fn drafted(question: QuestionId, text: &str) -> Event {
    Event::Drafted { by: by(), question, text: text.into() }
}

pub fn moved(phase: Phase) -> Event {
    Event::PhaseMoved { by: Some(by()), phase }
}

// What people want.

pub fn ask(who: ParticipantId, text: &str) -> Command {
    Command::Ask { by: who, text: text.into(), name: None, noted: Noted::default() }
}

pub fn support(question: QuestionId, who: ParticipantId) -> Command {
    Command::Support { by: who, question, on: true }
}

pub fn unsupport(question: QuestionId, who: ParticipantId) -> Command {
    Command::Support { by: who, question, on: false }
}

pub fn withdraw(question: QuestionId, who: ParticipantId) -> Command {
    Command::Withdraw { by: who, question }
}

pub fn approve(question: QuestionId) -> Command {
    Command::Approve { by: jan(), question, seen: None }
}

pub fn decline(question: QuestionId) -> Command {
    Command::Decline { by: jan(), question, reason: Reason::OffTopic, note: None, answer: None, seen: None }
}

pub fn restore(question: QuestionId) -> Command {
    Command::Restore { by: jan(), question, seen: None }
}

pub fn edit(question: QuestionId, text: &str) -> Command {
    Command::Edit { by: jan(), question, text: text.into(), flags: Vec::new(), seen: None }
}

pub fn bundle(question: QuestionId, into: QuestionId) -> Command {
    Command::Bundle { by: jan(), question, into, seen: None }
}

pub fn unbundle(question: QuestionId) -> Command {
    Command::Unbundle { by: jan(), question, seen: None }
}

pub fn stage(question: QuestionId) -> Command {
    Command::Stage { by: jan(), question, seen: None }
}

pub fn unstage(question: QuestionId) -> Command {
    Command::Unstage { by: jan(), question, seen: None }
}

pub fn order<const N: usize>(order: [QuestionId; N]) -> Command {
    Command::Order { by: jan(), order: order.into(), seen: None }
}

pub fn enter(text: &str) -> Command {
    Command::Enter { by: jan(), text: text.into(), name: None, noted: Noted::default() }
}

pub fn answer(question: QuestionId, text: &str) -> Command {
    Command::Answer { by: jan(), question, text: text.into(), spoken: false, alderman: None }
}

pub fn keep_draft(question: QuestionId, text: &str) -> Command {
    Command::KeepDraft { by: jan(), question, text: text.into() }
}

pub fn move_to(phase: Phase) -> Command {
    Command::MovePhase { by: jan(), phase }
}

pub fn undo(step: u64) -> Command {
    Command::Undo { by: Staff { name: "Els".into(), role: Role::Moderator }, step }
}
