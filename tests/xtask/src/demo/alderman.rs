//! The simulated alderman, who answers what is on stage when nobody else is about to.

use std::time::Duration;

use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use serde_json::Value;
use shared::{
    QuestionId,
    commands::GiveAnswer,
    views::{PanelView, PublicCard},
};

use super::{
    Room, SEED,
    questions::{Answer, Fate, THEMES, fate},
};
use crate::api::As;

/// How often the alderman looks up.
const LOOK: Duration = Duration::from_secs(1);

/// Looks and answers until it is time to stop.
pub fn take_part(room: &Room, key: &str) {
    let mut thoughts = Thoughts { dice: StdRng::seed_from_u64(SEED), on: None };
    while room.stop.wait(LOOK) {
        let Ok(view) = room.api.get::<PanelView>(As::Bearer(key), &format!("{}/panel", room.path)) else {
            continue;
        };
        let Some((card, answer)) = thoughts.next(&view, room.watch.elapsed()) else {
            continue;
        };
        let body = GiveAnswer { text: answer.text.to_owned(), spoken: answer.spoken, by: None };
        let path = format!("{}/questions/{}/answer", room.path, card.id);
        if room.api.send::<Value>("POST", As::Bearer(key), &path, None, &body).is_ok() {
            room.tell("alderman", "answers", answer.text);
        }
    }
}

/// What the alderman is thinking about: a question, and when the answer is ready.
struct Thoughts {
    dice: StdRng,
    on: Option<(QuestionId, Option<Duration>)>,
}

impl Thoughts {
    /// The answer to give now, if any. Each time a question comes on stage, it is given once at
    /// most; a question that is new to the script, or that somebody is typing on, is left to people.
    fn next<'a>(&mut self, view: &'a PanelView, now: Duration) -> Option<(&'a PublicCard, Answer)> {
        let Some(id) = view.session.public.on_stage else {
            self.on = None;
            return None;
        };
        if self.on.is_none_or(|(on, _)| on != id) {
            self.on = Some((id, Some(now + Duration::from_secs(self.dice.random_range(20..28)))));
        }
        let card = &view.card(id)?.card;
        let somebody_types =
            view.session.draft.as_ref().is_some_and(|draft| draft.question == id && !draft.text.is_empty());
        if somebody_types || card.answer.is_some() {
            self.on = Some((id, None));
        }
        let Some((_, Some(due))) = self.on else { return None };
        if now < due {
            return None;
        }
        self.on = Some((id, None));
        match fate(&card.text)? {
            Fate::Shown(theme) => THEMES.get(theme)?.answer.map(|answer| (card, answer)),
            Fate::Declined(_) => None,
        }
    }
}
