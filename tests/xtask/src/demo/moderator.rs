//! The simulated moderator at work.

use std::{collections::BTreeSet, time::Duration};

use rand::{SeedableRng as _, rngs::StdRng};
use serde::Serialize;
use serde_json::Value;
use shared::{
    QuestionId,
    commands::{Bundle, Decline, QueueOrder, Seen},
    views::ModeratorView,
    words,
};

use super::{
    Room, SEED,
    desk::{Desk, Step},
};
use crate::api::{As, Failure};

/// How often the moderator looks.
const LOOK: Duration = Duration::from_millis(700);

/// Looks and acts until it is time to stop.
pub fn take_part(room: &Room, key: &str) {
    let mut desk = Desk::new(StdRng::seed_from_u64(SEED));
    while room.stop.wait(LOOK) {
        let Ok(view) = look(room, key) else { continue };
        let Some(step) = desk.next(&view, room.watch.elapsed()) else {
            continue;
        };
        // A refusal means that somebody else was there first; the step is then theirs.
        if act(room, key, &step).is_ok() {
            tell(room, &step, &view);
        }
    }
}

/// The words of every question that is there, to tell what was asked in an earlier demonstration.
pub fn known_words(room: &Room, key: &str) -> BTreeSet<String> {
    let Ok(view) = look(room, key) else {
        return BTreeSet::new();
    };
    let texts = view.questions.values().map(|card| card.original.as_ref().unwrap_or(&card.card.text));
    texts.map(|text| words::same_words_key(text)).collect()
}

fn look(room: &Room, key: &str) -> Result<ModeratorView, Failure> {
    room.api.get(As::Bearer(key), &format!("{}/moderation", room.path))
}

fn act(room: &Room, key: &str, step: &Step) -> Result<(), Failure> {
    match step {
        Step::Approve { card } => on(room, key, card.card.id, "approve", &Seen { seen: Some(card.version) }),
        Step::Decline { card, why } => {
            let note = why.note.map(str::to_owned);
            let body = Decline { reason: why.reason, note, answer: None, seen: Some(card.version) };
            on(room, key, card.card.id, "decline", &body)
        }
        Step::Bundle { card, into } => {
            on(room, key, card.card.id, "bundle", &Bundle { into: *into, seen: Some(card.version) })
        }
        Step::Stage { card } => on(room, key, card.card.id, "stage", &Seen { seen: Some(card.version) }),
        Step::Queue { order, seen } => {
            let body = QueueOrder { order: order.clone(), seen: Some(seen.clone()) };
            send(room, key, "PUT", "queue", &body)
        }
    }
}

fn on(room: &Room, key: &str, question: QuestionId, verb: &str, body: &impl Serialize) -> Result<(), Failure> {
    send(room, key, "POST", &format!("questions/{question}/{verb}"), body)
}

fn send(room: &Room, key: &str, method: &str, path: &str, body: &impl Serialize) -> Result<(), Failure> {
    room.api.send::<Value>(method, As::Bearer(key), &format!("{}/{path}", room.path), None, body).map(|_| ())
}

fn tell(room: &Room, step: &Step, view: &ModeratorView) {
    let text = |id: &QuestionId| view.card(*id).map_or("", |card| card.card.text.as_str());
    let (what, text) = match step {
        Step::Approve { card } => ("shows", card.card.text.as_str()),
        Step::Decline { card, .. } => ("declines", card.card.text.as_str()),
        Step::Bundle { card, .. } => ("bundles", card.card.text.as_str()),
        Step::Stage { card } => ("puts on stage", card.card.text.as_str()),
        Step::Queue { order, .. } => ("queues", order.last().map_or("", text)),
    };
    room.tell("moderator", what, text);
}
