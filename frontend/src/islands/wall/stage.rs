//! One question, large, with its answer as soon as there is one.

use leptos::prelude::*;
use shared::{QuestionId, views::Answer};

use super::{Here, size};
use crate::{
    components::{Masked, Paragraphs},
    parts,
};

/// The question on stage, or an earlier one that was answered.
pub fn question(here: Here, id: QuestionId, on_stage: bool) -> impl IntoView {
    let text = here.card(id, |card| card.text.clone());
    let people = here.card(id, |card| card.support);
    let wordings = here.card(id, |card| card.wordings.len() + 1);
    let answer = here.card(id, |card| card.answer.clone());
    let label = if on_stage { here.say.on_stage() } else { here.say.answered_before() };
    view! {
        <div class="whole" class:answered=parts::flag(move || answer.look(Option::is_some))>
            <p class="label" class:live=on_stage>{label}</p>
            <h1 class="words" dir="auto" data-size=move || text.look(|text| size::of(text))>
                {parts::part(move || view! { <Masked text=text.get() lang=here.lang /> })}
            </h1>
            <p class="who" hidden=parts::flag(move || people.get() == 0)>
                <b class="num">{parts::text(move || here.lang.number(u64::from(people.get())))}</b>
                " "
                {parts::text(move || here.say.stand_behind(people.get(), wordings.get()))}
            </p>
            {parts::maybe(move || answer.get().map(|answer| said(here, answer)))}
        </div>
    }
}

fn said(here: Here, answer: Answer) -> impl IntoView {
    let Answer { text, by, at, .. } = answer;
    let size = size::of(&text);
    let page_now = here.shell.with_value(|shell| shell.now.clone());
    let given = parts::fact(move || format!("{by}, {}", here.say.answered_at(&at, here.now.get(), &page_now)));
    view! {
        <div class="answer" data-size=size>
            <Paragraphs text=text />
            <p class="by">{parts::text(move || given.get())}</p>
        </div>
    }
}
