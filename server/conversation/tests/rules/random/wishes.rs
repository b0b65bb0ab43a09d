//! What random people want: small numbers that become commands when it is known what is there.

use conversation::{Command, Noted, Paper, ParticipantId, Staff};
use proptest::prelude::*;
use shared::{
    Flag, FlagKind, Moderation, Phase, QuestionId, Reason, Role, Source, Status,
    commands::{ManyDeed, Picked},
    views::PublicCard,
};

use super::is_public;
use crate::scene::{NOWHERE, Scene, details, given_in};

pub const PEOPLE: [ParticipantId; 5] =
    [ParticipantId(0xa0a), ParticipantId(0xb0b), ParticipantId(0xc0c), ParticipantId(0xd0d), ParticipantId(0xe0e)];
/// A name that only colleagues may read.
pub const STAFF: &str = "zqstaffqz";

#[derive(Debug, Clone)]
pub enum Wish {
    Ask { who: u8, again: bool },
    Support { who: u8, question: u8, on: bool },
    Withdraw { question: u8 },
    Approve { question: u8, seen: u8 },
    Decline { question: u8, reason: u8 },
    Restore { question: u8 },
    Edit { question: u8, back: bool },
    Bundle { question: u8, into: u8 },
    Unbundle { question: u8 },
    Stage { question: u8 },
    Unstage,
    Order { order: Vec<u8>, sensible: bool },
    Enter,
    Banner { up: bool },
    Box { open: bool },
    Undo { back: u8 },
    Answer { question: u8, on_stage: bool },
    Draft { question: u8, on_stage: bool, empty: bool },
    Move { phase: u8 },
    Tick { minutes: u8 },
    Change { what: u8 },
    Renew,
    Lead { question: u8 },
    Mask { question: u8 },
    Part { these: Vec<u8>, those: Vec<u8> },
    Label { question: u8, on: bool },
    Assign { question: u8, to: bool },
    Route { question: u8, away: bool },
    Many { what: u8, questions: Vec<u8> },
    Write { question: u8, briefing: bool, ready: bool, empty: bool },
    Hear { post: u8 },
    Unhear { post: u8 },
    Revise { question: u8, take: bool },
    Tell { question: u8, on: u8 },
    Announce,
}

impl Wish {
    pub fn any() -> impl Strategy<Value = Self> {
        use Wish::{
            Announce, Answer, Approve, Ask, Assign, Banner, Box, Bundle, Change, Decline, Draft, Edit, Enter, Hear,
            Label, Lead, Many, Mask, Move, Order, Part, Renew, Restore, Revise, Route, Stage, Support, Tell, Tick,
            Unbundle, Undo, Unhear, Unstage, Withdraw, Write,
        };
        let (a, b, yes) = (any::<u8>(), any::<u8>(), any::<bool>());
        let rarely = prop::bool::weighted(0.2);
        let usually = prop::bool::weighted(0.8);
        prop_oneof![
            10 => (a, rarely).prop_map(|(who, again)| Ask { who, again }),
            14 => (a, b, usually).prop_map(|(who, question, on)| Support { who, question, on }),
            3 => a.prop_map(|question| Withdraw { question }),
            12 => (a, b).prop_map(|(question, seen)| Approve { question, seen }),
            4 => (a, b).prop_map(|(question, reason)| Decline { question, reason }),
            3 => a.prop_map(|question| Restore { question }),
            3 => (a, yes).prop_map(|(question, back)| Edit { question, back }),
            10 => (a, b).prop_map(|(question, into)| Bundle { question, into }),
            3 => a.prop_map(|question| Unbundle { question }),
            6 => a.prop_map(|question| Stage { question }),
            2 => Just(Unstage),
            6 => (prop::collection::vec(a, 0..6), usually).prop_map(|(order, sensible)| Order { order, sensible }),
            4 => Just(Enter),
            1 => yes.prop_map(|up| Banner { up }),
            1 => usually.prop_map(|open| Box { open }),
            10 => (0_u8..8).prop_map(|back| Undo { back }),
            5 => (a, yes).prop_map(|(question, on_stage)| Answer { question, on_stage }),
            3 => (a, yes, rarely).prop_map(|(question, on_stage, empty)| Draft { question, on_stage, empty }),
            2 => a.prop_map(|phase| Move { phase }),
            1 => a.prop_map(|minutes| Tick { minutes }),
            1 => a.prop_map(|what| Change { what }),
            1 => Just(Renew),
            4 => a.prop_map(|question| Lead { question }),
            2 => a.prop_map(|question| Mask { question }),
            1 => (prop::collection::vec(a, 0..4), prop::collection::vec(b, 0..4)).prop_map(|(these, those)| Part { these, those }),
            2 => (a, usually).prop_map(|(question, on)| Label { question, on }),
            2 => (a, usually).prop_map(|(question, to)| Assign { question, to }),
            6 => (a, usually).prop_map(|(question, away)| Route { question, away }),
            6 => (b, prop::collection::vec(a, 0..5)).prop_map(|(what, questions)| Many { what, questions }),
            8 => a.prop_map(|post| Hear { post }),
            1 => a.prop_map(|post| Unhear { post }),
            3 => (a, usually).prop_map(|(question, take)| Revise { question, take }),
            3 => (a, b).prop_map(|(question, on)| Tell { question, on }),
            1 => Just(Announce),
            5 => (a, yes, yes, rarely).prop_map(|(question, briefing, ready, empty)| Write { question, briefing, ready, empty }),
        ]
    }
}

/// How every random history begins: with something to be busy with.
pub const OPENING: [Wish; 8] = [
    Wish::Ask { who: 0, again: false },
    Wish::Ask { who: 1, again: false },
    Wish::Ask { who: 2, again: false },
    Wish::Approve { question: 1, seen: u8::MAX },
    Wish::Approve { question: 1, seen: u8::MAX },
    Wish::Enter,
    Wish::Enter,
    Wish::Route { question: 3, away: true },
];

/// A session, and every marker that was ever written into one of its fields.
pub struct World {
    pub scene: Scene,
    pub markers: Vec<String>,
}

pub fn keys() -> Vec<(Role, [u8; 32])> {
    vec![(Role::Moderator, [1; 32]), (Role::Panel, [2; 32])]
}

impl World {
    pub fn new() -> Self {
        let planned = details(|body| {
            body.starts = Some("2026-05-12T14:30".into());
            body.ends = Some("2026-05-12T18:00".into());
        });
        Self { scene: given_in(Phase::Open, planned, []), markers: Vec::new() }
    }

    /// The wish as a command on what is there now.
    pub fn command(&mut self, wish: &Wish) -> Command {
        let by = Staff { name: STAFF.into(), role: Role::Moderator };
        match *wish {
            Wish::Ask { who, again } => self.ask(PEOPLE[usize::from(who) % PEOPLE.len()], again),
            Wish::Support { who, question, on } => {
                Command::Support { by: PEOPLE[usize::from(who) % PEOPLE.len()], question: self.public(question), on }
            }
            Wish::Withdraw { question } => {
                let question = self.public(question);
                let state = &self.scene.state;
                let by = PEOPLE.into_iter().find(|who| state.mine_card(*who, question).is_some()).unwrap_or(PEOPLE[0]);
                Command::Withdraw { by, question }
            }
            Wish::Approve { question, seen } => Command::Approve {
                by,
                question: self.fitting(question, |card| card.status == Status::Waiting),
                seen: (seen < 64).then_some(u64::from(seen % 4)),
            },
            Wish::Decline { question, reason } => {
                let reason = Reason::ALL[usize::from(reason) % Reason::ALL.len()];
                Command::Decline {
                    by,
                    question: self.question(question),
                    reason,
                    note: Some(self.words()),
                    answer: None,
                    seen: None,
                }
            }
            Wish::Restore { question } => Command::Restore {
                by,
                question: self.fitting(question, |card| card.status == Status::Declined),
                seen: None,
            },
            Wish::Edit { question, back } => {
                let question = self.question(question);
                let original =
                    self.scene.state.moderator_card(question).and_then(|card| card.original).filter(|_| back);
                Command::Edit {
                    by,
                    question,
                    text: original.unwrap_or_else(|| self.words()),
                    flags: Vec::new(),
                    seen: None,
                }
            }
            Wish::Bundle { question, into } => {
                Command::Bundle { by, question: self.public(question), into: self.public(into), seen: None }
            }
            Wish::Unbundle { question } => {
                Command::Unbundle { by, question: self.fitting(question, |card| card.lead.is_some()), seen: None }
            }
            Wish::Stage { question } => Command::Stage { by, question: self.public(question), seen: None },
            Wish::Unstage => Command::Unstage { by, question: self.on_stage(0, true), seen: None },
            Wish::Order { ref order, sensible } => {
                Command::Order { by, order: self.order(order, sensible), seen: Some(self.scene.state.queue().to_vec()) }
            }
            Wish::Enter => Command::Enter { by, text: self.words(), name: Some(self.words()), noted: Noted::default() },
            Wish::Banner { up } => Command::SetBanner { by, text: up.then(|| self.words()) },
            Wish::Box { open } => Command::SetBox { by, open },
            Wish::Undo { back } => {
                let steps = self.scene.state.moderator().session.steps;
                Command::Undo { by, step: steps.iter().rev().nth(back.into()).map_or(0, |step| step.id) }
            }
            Wish::Answer { question, on_stage } => {
                let question = self.on_stage(question, on_stage);
                Command::Answer { by, question, text: self.words(), spoken: on_stage, alderman: None }
            }
            Wish::Draft { question, on_stage, empty } => {
                let text = if empty { String::new() } else { self.words() };
                Command::KeepDraft { by, question: self.on_stage(question, on_stage), text }
            }
            // Mostly back to live, where most is possible.
            Wish::Move { phase } => {
                let phase = Phase::ALL.get(usize::from(phase % 16)).copied().unwrap_or(Phase::Live);
                Command::MovePhase { by, phase }
            }
            Wish::Tick { minutes } => {
                self.scene.now += jiff::SignedDuration::from_mins(minutes.into());
                Command::Tick
            }
            Wish::Change { what } => Command::ChangeDetails { by, details: self.details(what) },
            Wish::Renew => Command::RenewKey { by, role: Role::Panel, hash: [0xcd; 32] },
            _ => self.handling(by, wish),
        }
    }

    /// Words with a marker in them that is nowhere else.
    fn words(&mut self) -> String {
        let marker = format!("zq{:04}qz", self.markers.len());
        self.markers.push(marker.clone());
        format!("Vraag {marker} #tag{}", self.markers.len() % 3)
    }

    fn ask(&mut self, by: ParticipantId, again: bool) -> Command {
        let before = self.scene.state.mine(by).questions.first().map(|card| card.text.clone()).filter(|_| again);
        let text = before.unwrap_or_else(|| self.words());
        Command::Ask { by, text, name: Some(self.words()), noted: self.noted() }
    }

    /// What staff want among themselves.
    fn handling(&mut self, by: Staff, wish: &Wish) -> Command {
        match *wish {
            Wish::Lead { question } => {
                Command::Lead { by, question: self.fitting(question, |card| card.lead.is_some()), seen: None }
            }
            Wish::Mask { question } => Command::Mask { by, question: self.question(question), seen: None },
            Wish::Part { ref these, ref those } => {
                let [these, others] = [these, those].map(|side| side.iter().map(|pick| self.question(*pick)).collect());
                Command::Part { by, these, those: others }
            }
            Wish::Label { question, on } => {
                let question = self.question(question);
                let known = self.scene.state.moderator_card(question).and_then(|card| card.labels.first().cloned());
                let label = known.filter(|_| !on).unwrap_or_else(|| self.words());
                Command::Label { by, question, label, on, seen: None }
            }
            Wish::Assign { question, to } => Command::Assign {
                by,
                question: self.public(question),
                alderman: to.then(|| "Vincent".into()),
                seen: None,
            },
            Wish::Route { question, away } => {
                let question = self.question(question);
                let department = away.then(|| self.words());
                Command::Route { by, question, department, due: Some("2026-05-12T15:00".into()), seen: None }
            }
            Wish::Many { what, ref questions } => self.many(by, what, questions),
            Wish::Write { question, briefing, ready, empty } => {
                let routed = self.scene.state.desk().questions.into_keys().collect::<Vec<_>>();
                let question = routed.get(usize::from(question) % routed.len().max(1)).copied();
                let text = if empty { String::new() } else { self.words() };
                let paper = if briefing { Paper::Briefing } else { Paper::Proposal };
                Command::Write { by, question: question.unwrap_or(NOWHERE), paper, text, ready, seen: None }
            }
            _ => self.posts(by, wish),
        }
    }

    /// What comes from elsewhere, and goes back there.
    fn posts(&mut self, by: Staff, wish: &Wish) -> Command {
        match *wish {
            Wish::Hear { post } => {
                let at = self.scene.now;
                let post = conversation::Post {
                    source: Source::Mastodon,
                    address: format!("post-{}", post % 6),
                    link: Some(format!("https://{}.nl", self.words().split(' ').nth(1).unwrap_or("x"))),
                    author: self.words(),
                    bot: post > 200,
                    written_at: at,
                    edited_at: Some(at),
                    warning: (post < 50).then(|| self.words()),
                    images: Vec::new(),
                    thread: Some(self.words()),
                };
                Command::Hear { post: post.into(), text: self.words(), name: Some(self.words()), noted: self.noted() }
            }
            Wish::Unhear { post } => Command::Unhear { address: format!("post-{}", post % 6) },
            Wish::Revise { question, take } => {
                let all = self.scene.state.moderator().questions;
                let revised =
                    all.values().filter(|card| card.post.as_ref().is_some_and(|post| post.revision.is_some()));
                let revised: Vec<QuestionId> = revised.map(|card| card.card.id).collect();
                let question = revised.get(usize::from(question) % revised.len().max(1)).copied();
                Command::Revise { by, question: question.unwrap_or(NOWHERE), take, seen: None }
            }
            Wish::Tell { question, on } => {
                let question = self.fitting(question, |card| card.source == Source::Mastodon);
                Command::Tell { by, question, on: [None, Some(true), Some(false)][usize::from(on % 3)], seen: None }
            }
            Wish::Announce => Command::Announce { by, text: self.words() },
            _ => Command::Tick,
        }
    }

    fn many(&mut self, by: Staff, what: u8, questions: &[u8]) -> Command {
        let mut named: Vec<QuestionId> = questions.iter().map(|pick| self.question(*pick)).collect();
        named.sort_unstable();
        named.dedup();
        let deed = match what % 4 {
            0 => ManyDeed::Approve,
            1 => ManyDeed::Decline { reason: Reason::OffTopic, note: Some(self.words()) },
            2 => ManyDeed::Label { label: self.words(), on: true },
            _ => ManyDeed::Bundle { into: self.question(what) },
        };
        let questions = named.into_iter().map(|question| Picked { question, seen: None }).collect();
        Command::Many { by, deed, questions }
    }

    /// Sometimes something was noticed about the words.
    fn noted(&mut self) -> Noted {
        let saw = self.words();
        if self.markers.len().is_multiple_of(3) {
            return Noted::default();
        }
        let flag = |kind, from, to| Flag { kind, from, to, saw: saw.clone() };
        Noted { flags: vec![flag(FlagKind::Phone, 0, 4), flag(FlagKind::Shouting, 5, 6)], language: Some("nl".into()) }
    }

    fn all(&self) -> Vec<QuestionId> {
        self.scene.state.moderator().questions.into_keys().collect()
    }

    /// Any question, now and then one that is nowhere.
    fn question(&self, pick: u8) -> QuestionId {
        let all = self.all();
        if all.is_empty() || pick == u8::MAX { NOWHERE } else { all[usize::from(pick) % all.len()] }
    }

    /// Mostly a question that fits, so that random people get somewhere.
    fn fitting(&self, pick: u8, fits: impl Fn(&PublicCard) -> bool) -> QuestionId {
        let all = self.scene.state.moderator().questions;
        let fitting: Vec<QuestionId> = all.values().filter(|card| fits(&card.card)).map(|card| card.card.id).collect();
        if pick.is_multiple_of(8) || fitting.is_empty() {
            self.question(pick)
        } else {
            fitting[usize::from(pick) % fitting.len()]
        }
    }

    fn public(&self, pick: u8) -> QuestionId {
        self.fitting(pick, |card| is_public(card.status))
    }

    fn on_stage(&self, pick: u8, prefer: bool) -> QuestionId {
        self.scene.state.public().session.on_stage.filter(|_| prefer).unwrap_or_else(|| self.public(pick))
    }

    fn order(&self, picks: &[u8], sensible: bool) -> Vec<QuestionId> {
        let mut order: Vec<QuestionId> = picks.iter().map(|pick| self.question(*pick)).collect();
        if sensible {
            let all = self.scene.state.moderator().questions;
            order.retain(|id| {
                all.get(id).is_some_and(|card| card.card.lead.is_none() && card.card.status == Status::Shown)
            });
            order.sort_by_key(|id| (id.0 * 7) % 11);
            order.dedup();
        }
        order
    }

    fn details(&self, what: u8) -> conversation::Details {
        let mut body = self.scene.state.details().write();
        match what % 5 {
            4 => {
                body.channels.accounts = vec!["stad".into()];
                body.channels.news = if what < 128 { shared::News::ALL.to_vec() } else { Vec::new() };
            }
            0 => body.hashtag = if body.hashtag == "tag1" { "FietsFan010".into() } else { "tag1".into() },
            1 => body.timezone = Some(if what < 128 { "America/Paramaribo" } else { "Europe/Amsterdam" }.into()),
            2 => body.moderation = if what < 128 { Moderation::After } else { Moderation::Before },
            _ => body.ask_early = what < 128,
        }
        details(|given| *given = body)
    }
}
