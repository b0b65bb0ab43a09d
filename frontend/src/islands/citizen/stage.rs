//! The question that is answered now.

use leptos::prelude::*;
use shared::sentences::common;

use super::Here;
use crate::{
    address,
    components::{AnswerBlock, linked},
    parts,
};

pub fn now(here: Here) -> impl IntoView {
    let staged = here.session(|session| session.on_stage);
    let page_now = here.shell.with_value(|shell| shell.now.clone());
    parts::maybe(move || {
        let id = staged.get()?;
        let page_now = page_now.clone();
        let card = here.card(id);
        let text = parts::fact(move || card.look(|card| card.as_ref().map(|card| card.text.clone())));
        let answer = parts::fact(move || card.look(|card| card.as_ref().and_then(|card| card.answer.clone())));
        let people = parts::fact(move || card.look(|card| card.as_ref().map_or(0, |card| card.support)));
        Some(view! {
            <section class="now" aria-labelledby="now">
                <p class="live num">
                    {here.say.now_on_stage()}
                    {parts::maybe(move || (people.get() > 0).then(|| format!(", {}", common::people(here.lang, u64::from(people.get())))))}
                </p>
                <h2 id="now" class="words" dir="auto">
                    {parts::maybe(move || text.get().map(|text| linked(&text, &here.hashtag(), here.lang)))}
                </h2>
                {parts::maybe(move || {
                    let now = page_now.clone();
                    answer.get().map(|answer| view! { <AnswerBlock lang=here.lang answer=answer now=now /> })
                })}
                <a class="permalink" href=address::question(&here.hashtag(), id)>{here.say.see_question()}</a>
            </section>
        })
    })
}
