//! Every text that anybody writes holds a marker of its own; a marker that its reader has no
//! business with must be in nothing that the reader gets.

use std::collections::BTreeSet;

use conversation::{Changes, Conversation};
use serde::Serialize;
use shared::{QuestionId, views::ModeratorView};

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

        let secret = forbidden(all, markers, None);
        let draft = now.panel().session.draft;
        let to_panel = forbidden(all, markers, draft.as_ref().map(|draft| draft.text.as_str()));
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

/// The markers that are in nothing public, with what is never public; this draft may be seen too.
fn forbidden(all: &ModeratorView, markers: &[String], draft: Option<&str>) -> Vec<String> {
    let public = all.questions.values().map(|card| &card.card).filter(|card| is_public(card.status));
    let told: Vec<_> = public.map(|card| (&card.text, &card.name, &card.answer)).collect();
    let open = format!("{draft:?} {:?} {told:?}", all.session.public.banner);
    let never = PEOPLE.iter().map(ToString::to_string).chain([STAFF.into(), "cdcdcd".into(), "010101".into()]);
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
        conversation::Event::Asked { by: PEOPLE[0], question: Q1, text: waiting, name: Some(name), shown: false },
        conversation::Event::Asked { by: PEOPLE[0], question: Q2, text: original, name: None, shown: true },
        edited(Q2, "Beter"),
        conversation::Event::Asked { by: PEOPLE[0], question: Q3, text: "Nee".into(), name: None, shown: false },
        conversation::Event::Declined {
            by: STAFF.into(),
            question: Q3,
            reason: shared::Reason::Other,
            note: Some(note),
        },
        staged(Q2),
        drafted(Q2, &draft),
    ] {
        scene.happen(&event);
    }
    let (state, all) = (&scene.state, scene.state.moderator());
    let secret = forbidden(&all, &markers, None);
    assert_eq!(found(&state.public(), &[&secret]), NONE);
    // The moderators' view and the panel's, as if somebody had sent them to everybody.
    assert_eq!(found(&all, &[&secret]), [&markers[..4], &[STAFF.to_owned()]].concat());
    assert_eq!(found(&state.panel(), &[&secret]), markers[4..]);
    let hidden = [Q1.to_string(), Q3.to_string()];
    assert_eq!(found(&all, &[&hidden]), hidden);
    assert_eq!(found(&state.public(), &[&hidden]), NONE);
}
