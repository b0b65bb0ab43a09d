//! What the session is about and who answers: first on the page while there is little else to
//! read, at its foot later.

use leptos::prelude::*;
use shared::{Phase, views::Alderman};

use super::Here;
use crate::{components::Paragraphs, parts};

/// `above` tells which of the two places this is.
pub fn section(here: Here, above: bool) -> impl IntoView {
    let introduction = here.session(|session| session.introduction.clone());
    let aldermen = here.session(|session| session.aldermen.clone());
    let is_here = here.session(move |session| (session.phase == Phase::Announced) == above);
    parts::maybe(move || {
        is_here.get().then(|| {
            view! {
                <section class="about" aria-labelledby="about">
                    <h2 id="about">{here.say.about()}</h2>
                    {parts::part(move || view! { <Paragraphs text=introduction.get() /> })}
                    <h3>{here.say.who_answers()}</h3>
                    <ul class="aldermen">{parts::part(move || parts::row(aldermen.get().into_iter().map(person)))}</ul>
                </section>
            }
        })
    })
}

fn person(alderman: Alderman) -> impl IntoView {
    // The name stands beside the picture, so the picture itself needs none.
    let portrait = alderman.portrait.map(|address| {
        view! { <img src=address alt="" width="48" height="48" loading="lazy" referrerpolicy="no-referrer" /> }
    });
    view! {
        <li>
            {portrait}
            <span><b dir="auto">{alderman.name}</b> <span class="soft" dir="auto">{alderman.office}</span></span>
        </li>
    }
}
