//! One's own questions, each with where it stands in plain words.

use leptos::{ev::SubmitEvent, prelude::*};
use shared::{
    Phase, QuestionId, Status,
    sentences::{common, times},
    views::MineCard,
};

use super::Here;
use crate::{
    address,
    api::{self, Method},
    browser,
    components::Masked,
    parts::{self, Look as _},
};

/// Arrived, shown, in the queue or on stage, answered.
const STEPS: u32 = 4;
/// Older questions than these fold away.
const IN_SIGHT: usize = 3;

pub fn section(here: Here) -> impl IntoView {
    let ids =
        parts::fact(move || here.live.mine.look(|mine| mine.questions.iter().map(|card| card.id).collect::<Vec<_>>()));
    view! {
        <section class="mine" id="mine" aria-labelledby="mine-title" hidden=parts::flag(move || ids.look(Vec::is_empty))>
            <h2 id="mine-title">{here.say.my_questions()}</h2>
            <ol>
                {parts::questions(
                    move || ids.look(|ids| ids.iter().take(IN_SIGHT).copied().collect()),
                    move |id| entry(here, id),
                )}
            </ol>
            <details class="earlier" hidden=parts::flag(move || ids.look(|ids| ids.len() <= IN_SIGHT))>
                <summary>{here.say.earlier_questions()}</summary>
                <ol>
                    {parts::questions(
                        move || ids.look(|ids| ids.iter().skip(IN_SIGHT).copied().collect()),
                        move |id| entry(here, id),
                    )}
                </ol>
            </details>
        </section>
    }
}

fn entry(here: Here, id: QuestionId) -> impl IntoView {
    let card =
        parts::fact(move || here.live.mine.look(|mine| mine.questions.iter().find(|card| card.id == id).cloned()));
    view! { <li id=format!("mine-{id}")>{parts::maybe(move || card.get().map(|card| words(here, card)))}</li> }
}

fn words(here: Here, card: MineCard) -> impl IntoView {
    let id = card.id;
    let now = here.shell.with_value(|shell| shell.now.clone());
    let standing = here.say.standing(&card);
    let progress = progress(here, card.status, card.place);
    let quiet = matches!(card.status, Status::Declined | Status::Withdrawn);
    let lead = card.lead.zip(card.lead_text.clone()).map(|(lead, text)| {
        view! {
            <p class="lead">
                {here.say.bundled_with()} " "
                <a href=address::question(&here.hashtag(), lead) dir="auto"><Masked text lang=here.lang /></a>
            </p>
        }
    });
    let note = card.note.clone().map(|note| {
        view! { <p class="note">{here.say.moderators_note()} " " <q dir="auto">{note}</q></p> }
    });
    let answered_with = card.lead.unwrap_or(id);
    let has_answer = parts::fact(move || {
        here.live.view.look(|view| view.card(answered_with).is_some_and(|card| card.answer.is_some()))
    });
    let answered = parts::maybe(move || {
        has_answer.get().then(|| {
            let there = address::question(&here.hashtag(), answered_with);
            view! { " " <a href=there>{here.say.read_answer()}</a> }
        })
    });
    let elsewhere = card.answer.clone().map(|answer| {
        let there = address::question(&answer.hashtag, answer.question);
        view! { " " <a href=there>{here.say.read_answer()}</a> }
    });
    let over = here.session(|session| session.phase > Phase::Live);
    let can_take_back = matches!(card.status, Status::Waiting | Status::Shown);
    let edited = card.edited.then(|| format!(", {}", common::edited(here.lang)));
    view! {
        <p class="by">
            <time datetime=card.asked_at.0.clone()>{times::stamp(here.lang, &card.asked_at, &now)}</time> {edited}
        </p>
        <p class="words" dir="auto"><Masked text=card.text lang=here.lang /></p>
        {lead}
        {progress}
        <p class="standing" class:soft=quiet>{standing} {answered} {elsewhere}</p>
        {note}
        {parts::maybe(move || (can_take_back && !over.get()).then(|| take_back(here, id)))}
    }
}

fn progress(here: Here, status: Status, place: Option<u32>) -> Option<impl IntoView> {
    let step = match status {
        Status::Waiting => 1,
        Status::Shown if place.is_none() => 2,
        Status::Shown | Status::OnStage => 3,
        Status::Answered => 4,
        Status::Declined | Status::Withdrawn => return None,
    };
    let bars = (1..=STEPS).map(|bar| view! { <i class:on=bar <= step></i> });
    Some(view! { <div class="steps" role="img" aria-label=here.say.step(step, STEPS)>{parts::row(bars)}</div> })
}

fn take_back(here: Here, id: QuestionId) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        browser::spawn(async move {
            let path = format!("/sessions/{}/questions/{id}", here.hashtag());
            match api::send::<(), MineCard>(Method::Delete, &path, None).await {
                Ok(card) => {
                    here.live.mine.update(|mine| {
                        if let Some(known) = mine.questions.iter_mut().find(|known| known.id == card.id) {
                            *known = card;
                        }
                    });
                    browser::focus("content");
                }
                Err(failure) => problem.set(Some(failure.sentence(here.lang))),
            }
        });
    };
    view! {
        <details class="take-back">
            <summary>{here.say.take_back()}</summary>
            <form method="post" action=address::act(&here.hashtag(), id, "withdraw") on:submit=submit>
                <p>{here.say.take_back_sure()}</p>
                <input type="hidden" name="back" value=format!("{}#mine", address::session(&here.hashtag())) />
                <button class="btn stop">{here.say.take_back_yes()}</button>
                <p class="error">{parts::maybe(move || problem.get())}</p>
            </form>
        </details>
    }
}
