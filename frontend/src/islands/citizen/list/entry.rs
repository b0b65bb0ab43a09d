//! One question in the list, with its bundle and its answer.

use leptos::prelude::*;
use shared::{
    Phase, QuestionId, Status,
    commands::Supported,
    sentences::{common, times},
    views::PublicCard,
};

use super::super::Here;
use crate::{
    address,
    api::{self, Method},
    browser,
    components::{AnswerBlock, StatusBadge, SupportButton, linked},
    parts::{self, Erased, Fact, Look as _},
};

pub fn question(here: Here, id: QuestionId) -> impl IntoView {
    let card = here.card(id);
    let there = parts::fact(move || card.look(Option::is_some));
    view! {
        <li class="q" id=format!("q-{id}")>
            {parts::part(move || {
                if there.get() {
                    Erased::new(contents(here, id, card))
                } else {
                    // It keeps its place until the list moves, so that nothing jumps.
                    Erased::new(view! { <p class="soft gone">{here.say.no_longer_shown()}</p> })
                }
            })}
        </li>
    }
}

fn contents(here: Here, id: QuestionId, card: Fact<Option<PublicCard>>) -> impl IntoView {
    let text = part(card, |card| card.text.clone());
    let answer = part(card, |card| card.answer.clone());
    let page_now = here.shell.with_value(|shell| shell.now.clone());
    view! {
        {support(here, id, card)}
        <article>
            <h3 id=format!("words-{id}") class="words" dir="auto">
                {parts::part(move || linked(&text.get().unwrap_or_default(), &here.hashtag(), here.lang))}
            </h3>
            {facts(here, id, card)}
            {wordings(here, card)}
            {parts::maybe(move || {
                let now = page_now.clone();
                answer.get().flatten().map(|answer| view! { <AnswerBlock lang=here.lang answer=answer now=now /> })
            })}
        </article>
    }
}

fn part<T: PartialEq + Send + Sync + 'static>(
    card: Fact<Option<PublicCard>>,
    part: impl Fn(&PublicCard) -> T + Send + Sync + 'static,
) -> Fact<Option<T>> {
    parts::fact(move || card.look(|card| card.as_ref().map(&part)))
}

fn facts(here: Here, id: QuestionId, card: Fact<Option<PublicCard>>) -> impl IntoView {
    let facts = part(card, |card| {
        (card.name.clone(), (card.source, card.link.clone()), card.asked_at.clone(), card.edited, card.status)
    });
    let place = here.session(move |session| session.queue.iter().position(|queued| *queued == id));
    let page_now = here.shell.with_value(|shell| shell.now.clone());
    parts::maybe(move || {
        let (name, (source, link), asked_at, edited, status) = facts.get()?;
        let source = common::source(here.lang, source);
        let known = [source.filter(|_| link.is_none()), edited.then(|| common::edited(here.lang))];
        let moved_on = matches!(status, Status::OnStage | Status::Answered);
        Some(view! {
            <p class="by">
                {moved_on.then(|| view! { <StatusBadge lang=here.lang status=status /> })}
                {place.get().map(|place| view! { <span class="badge">{here.say.place(place + 1)}</span> })}
                {name.map(|name| view! { <bdi>{name}</bdi> })}
                {link.map(|link| view! { <a href=link rel="noreferrer nofollow">{source}</a> })}
                {parts::row(known.into_iter().flatten().map(|fact| view! { <span>{fact}</span> }))}
                <a class="permalink" href=address::question(&here.hashtag(), id)>
                    <time datetime=asked_at.0.clone()>{times::stamp(here.lang, &asked_at, &page_now)}</time>
                    <span class="sr">", " {here.say.link_to_question()}</span>
                </a>
            </p>
        })
    })
}

fn wordings(here: Here, card: Fact<Option<PublicCard>>) -> impl IntoView {
    let others = parts::fact(move || {
        card.look(|card| {
            let wordings = card.as_ref().map(|card| card.wordings.as_slice()).unwrap_or_default();
            here.live.view.look(|view| {
                wordings.iter().filter_map(|id| Some((*id, view.card(*id)?.text.clone()))).collect::<Vec<_>>()
            })
        })
    });
    let any = parts::fact(move || others.look(|others| !others.is_empty()));
    let count = move || common::wordings(here.lang, others.look(Vec::len) as u64 + 1);
    let texts = move || {
        let line = |(id, text): (QuestionId, String)| {
            let there = address::question(&here.hashtag(), id);
            view! { <li><a href=there dir="auto">{text}</a></li> }
        };
        parts::row(others.get().into_iter().map(line))
    };
    parts::maybe(move || {
        any.get().then(|| {
            view! {
                <details class="wordings">
                    <summary>{parts::text(count)}</summary>
                    <ul>{parts::part(texts)}</ul>
                </details>
            }
        })
    })
}

fn support(here: Here, id: QuestionId, card: Fact<Option<PublicCard>>) -> impl IntoView {
    let count = parts::fact(move || card.look(|card| card.as_ref().map_or(0, |card| card.support)));
    let supported = parts::fact(move || here.live.mine.look(|mine| mine.supports.contains(&id)));
    let over = here.session(|session| session.phase > Phase::Live);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let press = Callback::new(move |on: bool| {
        busy.set(true);
        browser::spawn(async move {
            problem.set(stand_behind(here, id, on).await.err());
            busy.set(false);
        });
    });
    let back = here.shell.with_value(|shell| format!("{}#q-{id}", shell.path));
    parts::part(move || {
        if over.get() {
            return Erased::new(view! {
                <p class="support still">
                    <span class="num">{parts::text(move || here.lang.number(u64::from(count.get())))}</span>
                    " "
                    <small>{common::support(here.lang)}</small>
                </p>
            });
        }
        Erased::new(view! {
            <div>
                <SupportButton
                    lang=here.lang
                    hashtag=here.hashtag()
                    id=id
                    count=count
                    supported=supported
                    back=back.clone()
                    busy=busy
                    on_press=press
                />
                <p class="error">{parts::maybe(move || problem.get())}</p>
            </div>
        })
    })
}

/// Asks the server, and shows what it said: the number comes with the answer, not before it.
pub async fn stand_behind(here: Here, id: QuestionId, on: bool) -> Result<(), String> {
    let path = format!("/sessions/{}/questions/{id}/support", here.hashtag());
    let method = if on { Method::Put } else { Method::Delete };
    let supported: Supported =
        api::send_as_participant::<(), _>(method, &path, None).await.map_err(|failure| failure.sentence(here.lang))?;
    here.live.mine.update(|mine| {
        mine.supports.retain(|known| *known != id);
        if on {
            mine.supports.push(id);
        }
    });
    here.live.view.update(|view| {
        if let Some(card) = view.questions.get_mut(&id) {
            card.support = supported.support;
        }
    });
    here.is_known();
    Ok(())
}
