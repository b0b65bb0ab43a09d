//! Every text that anybody writes holds a marker of its own; a marker that its reader has no
//! business with must be in nothing that the reader gets.

use std::collections::BTreeSet;

use conversation::{Changes, Conversation, Noted};
use serde::Serialize;
use shared::{
    QuestionId, Status,
    views::{ModeratorCard, ModeratorView},
};

use super::{
    is_public,
    wishes::{PEOPLE, STAFF, World},
};
use crate::scene::*;

/// The questions that were public at some time: their ids are no secret any more.
#[derive(Default)]
pub struct Secrets {
    known: BTreeSet<QuestionId>,
}

impl Secrets {
    pub fn stay(&mut self, now: &Conversation, all: &ModeratorView, changes: &Changes, markers: &[String]) {
        self.known.extend(now.public().questions.keys());
        let hidden = |id: &&QuestionId| !is_public(all.questions[*id].card.status);
        let hidden_ids: Vec<String> = all.questions.keys().filter(hidden).map(QuestionId::to_string).collect();
        let unknown_ids: Vec<String> =
            all.questions.keys().filter(|id| !self.known.contains(id)).map(QuestionId::to_string).collect();

        let secret = forbidden(all, markers, "");
        let to_panel = forbidden(all, markers, &told_the_panel(now, all));
        let to_desk = forbidden(all, markers, &told_the_desk(all));
        assert_eq!(found(&now.desk(), &[&to_desk]), NONE);
        assert_eq!(found(&changes.desk, &[&to_desk]), NONE);
        assert_eq!(found(&now.account(jiff::Timestamp::UNIX_EPOCH), &[&secret, &hidden_ids, &unknown_ids]), NONE);
        assert_eq!(found(&now.public(), &[&secret, &hidden_ids]), NONE);
        assert_eq!(found(&changes.public, &[&secret, &unknown_ids]), NONE);
        assert_eq!(found(&now.panel(), &[&to_panel, &hidden_ids]), NONE);
        assert_eq!(found(&changes.panel, &[&to_panel, &unknown_ids]), NONE);
        assert_eq!(found(&now.listed(), &[&secret, &hidden_ids]), NONE);
        for who in PEOPLE {
            let mine = now.mine(who);
            let own = format!("{:?}", mine.questions.iter().map(|card| (&card.text, &card.note)).collect::<Vec<_>>());
            let others: Vec<String> = secret.iter().filter(|marker| !own.contains(*marker)).cloned().collect();
            assert_eq!(found(&mine, &[&others]), NONE, "in {who}'s own part");
        }
    }
}

const NONE: Vec<String> = Vec::new();

/// The panel's own draft, and what the desk wrote for it beside public leads.
fn told_the_panel(now: &Conversation, all: &ModeratorView) -> String {
    let draft = now.panel().session.draft.map(|draft| draft.text);
    let leads = all.questions.values().filter(|card| is_public(card.card.status) && card.card.lead.is_none());
    let papers = leads.map(|card| (&card.briefing, card.proposal.as_ref().filter(|paper| paper.ready)));
    format!("{draft:?} {:?}", papers.collect::<Vec<_>>())
}

/// What was sent to the desk, where it went, and what the desk wrote itself.
fn told_the_desk(all: &ModeratorView) -> String {
    let is_routed = |id: &QuestionId| all.questions[id].routed.is_some();
    let open = |card: &&ModeratorCard| !matches!(card.card.status, Status::Declined | Status::Withdrawn);
    let routed = all.questions.values().filter(|card| is_routed(&card.card.lead.unwrap_or(card.card.id))).filter(open);
    let told = routed.map(|card| (&card.card, &card.routed, &card.briefing, &card.proposal));
    format!("{:?}", told.collect::<Vec<_>>())
}

/// The markers that are in nothing public, with what is never public; this reader is told more.
fn forbidden(all: &ModeratorView, markers: &[String], told: &str) -> Vec<String> {
    let public = all.questions.values().map(|card| &card.card).filter(|card| is_public(card.status));
    let open: Vec<_> = public.map(|card| (&card.text, &card.name, &card.link, &card.answer)).collect();
    let open = format!("{told} {:?} {open:?}", all.session.public.banner);
    let never = PEOPLE.iter().map(ToString::to_string).chain(["cdcdcd".into(), "010101".into()]);
    // Colleagues may be named to whom they sent something.
    let never = never.chain((!told.contains(STAFF)).then(|| STAFF.into()));
    markers.iter().filter(|marker| !open.contains(*marker)).cloned().chain(never).collect()
}

/// Which of the secrets are in what somebody gets.
fn found(sent: &impl Serialize, secrets: &[&[String]]) -> Vec<String> {
    let json = serde_json::to_string(sent).expect("JSON");
    secrets.iter().copied().flatten().filter(|secret| json.contains(*secret)).cloned().collect()
}

#[test]
fn a_view_that_tells_too_much_is_caught() {
    let world = World::new();
    let mut scene = world.scene;
    let markers: Vec<String> =
        ["wacht", "naam", "eerst", "notitie", "concept"].iter().map(|word| format!("zq{word}qz")).collect();
    let [waiting, name, original, note, draft] = [0, 1, 2, 3, 4].map(|place| markers[place].clone());
    for event in [
        conversation::Event::Asked {
            by: PEOPLE[0],
            question: Q1,
            text: waiting,
            name: Some(name),
            shown: false,
            noted: Noted::default(),
        },
        conversation::Event::Asked {
            by: PEOPLE[0],
            question: Q2,
            text: original,
            name: None,
            shown: true,
            noted: Noted::default(),
        },
        edited(Q2, "Beter"),
        conversation::Event::Asked {
            by: PEOPLE[0],
            question: Q3,
            text: "Nee".into(),
            name: None,
            shown: false,
            noted: Noted::default(),
        },
        conversation::Event::Declined {
            by: STAFF.into(),
            question: Q3,
            reason: shared::Reason::Other,
            note: Some(note),
            answer: None,
        },
        staged(Q2),
        drafted(Q2, &draft),
    ] {
        scene.happen(&event);
    }
    let (state, all) = (&scene.state, scene.state.moderator());
    let secret = forbidden(&all, &markers, "");
    assert_eq!(found(&state.public(), &[&secret]), NONE);
    // The moderators' view and the panel's, as if somebody had sent them to everybody.
    assert_eq!(found(&all, &[&secret]), [&markers[..4], &[STAFF.to_owned()]].concat());
    assert_eq!(found(&state.panel(), &[&secret]), markers[4..]);
    let hidden = [Q1.to_string(), Q3.to_string()];
    assert_eq!(found(&all, &[&hidden]), hidden);
    assert_eq!(found(&state.public(), &[&hidden]), NONE);
}
