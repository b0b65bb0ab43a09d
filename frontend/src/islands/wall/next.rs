//! What comes next: the queue in its order, then what most people stand behind.

use std::cmp::Reverse;

use leptos::prelude::*;
use shared::{
    QuestionId, Status,
    sentences::common,
    views::{PublicCard, PublicView},
};

use super::{Here, size};
use crate::{
    components::Masked,
    parts::{self, Look as _},
};

/// More than this never fits beside the stage.
const MOST: usize = 10;

/// What comes next.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// In the order of the queue.
    queued: Vec<QuestionId>,
    /// Not queued; most people first.
    supported: Vec<QuestionId>,
}

impl Next {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.queued.is_empty() && self.supported.is_empty()
    }
}

/// What comes next in a view.
pub fn of(view: &PublicView) -> Next {
    let is_open = |card: &&PublicCard| {
        card.status == Status::Shown && card.lead.is_none() && view.session.on_stage != Some(card.id)
    };
    let queued: Vec<QuestionId> = view
        .session
        .queue
        .iter()
        .filter_map(|id| view.card(*id).filter(is_open).map(|card| card.id))
        .take(MOST)
        .collect();
    let mut others: Vec<&PublicCard> =
        view.questions.values().filter(is_open).filter(|card| !view.session.queue.contains(&card.id)).collect();
    others.sort_by_cached_key(|card| (Reverse(card.support), card.asked_at.millis(), card.id));
    let supported = others.iter().take(MOST - queued.len()).map(|card| card.id).collect();
    Next { queued, supported }
}

/// The list beside the stage. What does not fit is left out whole, by the style sheet: a heading is
/// part of its first question, so that it never stands alone.
pub fn list(here: Here) -> impl IntoView {
    let next = parts::fact(move || here.live.view.look(of));
    let rows = move || {
        next.look(|next| {
            let heads = [(here.say.next(), &next.queued), (here.say.most_supported(), &next.supported)];
            heads
                .into_iter()
                .flat_map(|(heading, ids)| {
                    ids.iter().enumerate().map(move |(place, id)| (*id, (place == 0).then_some(heading)))
                })
                .collect::<Vec<_>>()
        })
    };
    view! {
        <aside aria-label=here.say.next()>
            <ol>
                <For each=rows key=|row| *row children=move |(id, heading)| row(here, id, heading) />
            </ol>
        </aside>
    }
}

fn row(here: Here, id: QuestionId, heading: Option<&'static str>) -> impl IntoView {
    let text = here.card(id, |card| card.text.clone());
    let people = here.card(id, |card| card.support);
    let facts = here.card(id, move |card| {
        let wordings = (!card.wordings.is_empty()).then(|| common::wordings(here.lang, card.wordings.len() as u64 + 1));
        let source = common::source(here.lang, card.source).map(str::to_owned);
        wordings.into_iter().chain(source).collect::<Vec<_>>().join(", ")
    });
    view! {
        <li>
            {heading.map(|heading| view! { <h2>{heading}</h2> })}
            <div class="row">
                <b class="num">{parts::text(move || here.lang.number(u64::from(people.get())))}</b>
                <p>
                    <span class="words" dir="auto" data-size=move || text.look(|text| size::of(text))>
                        {parts::part(move || view! { <Masked text=text.get() lang=here.lang /> })}
                    </span>
                    <span class="by">{parts::text(move || facts.get())}</span>
                </p>
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::islands::sample::{answered, card, numbers, view};

    #[test]
    fn the_queue_comes_first_and_nobody_twice() {
        let mut view = view([card(1, "a", 3), card(2, "b", 9), card(3, "c", 5), answered(4, "d", 90, 30)]);
        view.session.queue = vec![QuestionId(3)];
        let next = of(&view);
        assert_eq!(numbers(&next.queued), [3]);
        assert_eq!(numbers(&next.supported), [2, 1]);
    }

    #[test]
    fn what_is_on_stage_or_in_a_bundle_is_not_next() {
        let mut wording = card(2, "b", 9);
        wording.lead = Some(QuestionId(1));
        let mut view = view([card(1, "a", 3), wording]);
        view.session.on_stage = Some(QuestionId(1));
        assert!(of(&view).is_empty());
    }
}
