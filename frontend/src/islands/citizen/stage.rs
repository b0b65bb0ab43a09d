//! The question that is answered now.

use leptos::prelude::*;
use shared::sentences::common;

use super::Here;
use crate::{
    address,
    components::{AnswerBlock, linked},
};

pub fn now(here: Here) -> impl IntoView {
    let staged = here.session(|session| session.on_stage);
    let page_now = here.shell.with_value(|shell| shell.now.clone());
    move || {
        let id = staged.get()?;
        let page_now = page_now.clone();
        let card = here.card(id);
        let text = Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.text.clone())));
        let answer = Memo::new(move |_| card.with(|card| card.as_ref().and_then(|card| card.answer.clone())));
        let people = Memo::new(move |_| card.with(|card| card.as_ref().map_or(0, |card| card.support)));
        Some(view! {
            <section class="now" aria-labelledby="now">
                <p class="live num">
                    {here.say.now_on_stage()}
                    {move || (people.get() > 0).then(|| format!(", {}", common::people(here.lang, u64::from(people.get()))))}
                </p>
                <h2 id="now" class="words" dir="auto">
                    {move || text.get().map(|text| linked(&text, &here.hashtag()))}
                </h2>
                {move || {
                    let now = page_now.clone();
                    answer.get().map(|answer| view! { <AnswerBlock lang=here.lang answer=answer now=now /> })
                }}
                <a class="permalink" href=address::question(&here.hashtag(), id)>{here.say.see_question()}</a>
            </section>
        })
    }
}
