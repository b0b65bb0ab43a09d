//! What is worth saying to somebody who does not see the screen change: the stage, its answer, the
//! banner, one's own questions and the connection. Not the list; that would be a flood.

use leptos::prelude::*;
use shared::{QuestionId, Status, sentences::common};

use super::Here;
use crate::{
    components::aloud,
    live::Connection,
    parts::{self, Look as _, on_change},
};

pub fn tell(here: Here) {
    let staged = here.session(|session| session.on_stage);
    on_change(staged, move |_, id| {
        let text = id.and_then(|id| here.live.view.glance(|view| Some(view.card(id)?.text.clone())));
        if let Some(text) = text {
            here.announcer.say(here.say.came_on_stage(&aloud(&text, here.lang)));
        }
    });
    let answered = parts::fact(move || {
        here.live.view.look(|view| {
            let card = view.card(view.session.on_stage?)?;
            Some((card.id, card.answer.is_some()))
        })
    });
    on_change(answered, move |before, now| {
        if let (Some((was, false)), Some((is, true))) = (before, now)
            && was == is
        {
            here.announcer.say(here.say.got_answer());
        }
    });
    on_change(here.session(|session| session.banner.clone()), move |_, banner| {
        if let Some(banner) = banner {
            here.announcer.say(banner.text.clone());
        }
    });
    let mine = parts::fact(move || {
        here.live.mine.look(|mine| {
            mine.questions.iter().map(|card| (card.id, (card.status, card.lead, card.place))).collect::<Vec<Standing>>()
        })
    });
    on_change(mine, move |before, now| {
        for (id, standing) in now {
            if before.iter().any(|(known, stood)| known == id && stood != standing) {
                let words = here.live.mine.glance(|mine| {
                    mine.questions.iter().find(|card| card.id == *id).map(|card| here.say.mine_changed(card))
                });
                here.announcer.say(words.unwrap_or_default());
            }
        }
    });
    let connection = here.live.connection;
    on_change(parts::fact(move || connection.get()), move |before, now| match (before, now) {
        (_, Connection::Away) => here.announcer.say(common::reconnecting(here.lang)),
        (Connection::Away, Connection::Live) => here.announcer.say(common::reconnected(here.lang)),
        _ => {}
    });
}

type Standing = (QuestionId, (Status, Option<QuestionId>, Option<u32>));
