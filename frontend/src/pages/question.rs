//! `/{hashtag}/q/{id}`: one question, for whoever follows a link to it.

use leptos::{either::Either, prelude::*};
use shared::{
    Phase, Reason,
    sentences::{citizen::Citizen, common, sources::Sources, times},
    views::{MineCard, PublicCard, PublicSession},
};

use super::{Head, document};
use crate::{
    Shell, address,
    components::{AnswerBlock, LanguageSwitch, StatusBadge, SupportButton, Tag, linked},
};

/// What the page of one question shows.
pub struct QuestionPage {
    /// The session.
    pub session: PublicSession,
    /// The question, while it is public.
    pub card: Option<PublicCard>,
    /// The lead it is bundled under.
    pub lead: Option<PublicCard>,
    /// The questions bundled under it.
    pub wordings: Vec<PublicCard>,
    /// The reader's own question, public or not.
    pub mine: Option<MineCard>,
    /// Why it is not shown any more, when it was public.
    pub gone: Option<Reason>,
    /// Whether the reader stands behind it (or its lead).
    pub supports: bool,
}

/// The page of one question.
pub fn question(shell: &Shell, page: QuestionPage) -> String {
    let say = Citizen(shell.lang);
    let hashtag = page.session.hashtag.clone();
    let text = page.card.as_ref().map(|card| card.text.clone());
    let head = Head {
        title: match &text {
            Some(text) => say.window_title(&hashtag, text),
            None => say.window_title(&hashtag, say.one_question()),
        },
        description: page
            .card
            .as_ref()
            .and_then(|card| card.answer.as_ref())
            .map_or_else(|| page.session.title.clone(), |answer| answer.text.clone()),
        class: "citizen one",
        island: None,
        robots: page.card.is_some(),
    };
    let body = view! {
        <header class="top">
            <p class="name"><a href=address::session(&hashtag)><Tag hashtag=hashtag.clone() /></a></p>
            <p class="phase" class:live=page.session.phase == Phase::Live>
                {common::phase(shell.lang, page.session.phase)}
            </p>
            <LanguageSwitch lang=shell.lang path=shell.path.clone() />
            <p class="title" dir="auto">{page.session.title.clone()}</p>
        </header>
        <main id="content" tabindex="-1">
            {page.card.as_ref().map(|card| public(shell, &page, card))}
            {page.gone.map(|reason| view! { <h1 class="still">{say.declined(Some(reason))}</h1> })}
            {page.mine.as_ref().map(|mine| own(shell, mine, page.card.is_none()))}
            <p><a class="btn quiet" href=address::session(&hashtag)>{say.follow_along()}</a></p>
        </main>
    };
    document(shell, head, body)
}

fn public(shell: &Shell, page: &QuestionPage, card: &PublicCard) -> impl IntoView + use<> {
    let lang = shell.lang;
    let say = Citizen(lang);
    let hashtag = &page.session.hashtag;
    // A bundled question is supported, and answered, with its lead.
    let counted = page.lead.as_ref().unwrap_or(card);
    let answer = counted.answer.clone().or_else(|| card.answer.clone());
    let support = if page.session.phase > Phase::Live {
        let count = lang.number(u64::from(counted.support));
        Either::Left(view! {
            <p class="support still"><span class="num">{count}</span> " " <small>{common::support(lang)}</small></p>
        })
    } else {
        Either::Right(view! {
            <SupportButton
                lang=lang
                hashtag=hashtag.clone()
                id=counted.id
                count=counted.support
                supported=page.supports
                back=shell.path.clone()
            />
        })
    };
    let lead = page.lead.as_ref().map(|lead| {
        view! {
            <p class="lead">
                {say.bundled_with()} " "
                <a href=address::question(hashtag, lead.id) dir="auto">{lead.text.clone()}</a>
            </p>
        }
    });
    let source = common::source(lang, card.source);
    let facts = [source.filter(|_| card.link.is_none()), card.edited.then(|| common::edited(lang))];
    // On its own network people support a post in another way, which is not counted here.
    let hearts = card.link.is_some().then(|| {
        let words = Sources(lang).hearts(card.source);
        let here = page.session.phase <= Phase::Live;
        view! {
            <p class="soft">{words} {here.then(|| view! { " " <a href="#support">{Sources(lang).to_support()}</a> "." })}</p>
        }
    });
    let wordings = (!page.wordings.is_empty()).then(|| {
        let all = common::wordings(lang, page.wordings.len() as u64 + 1);
        let lines = page.wordings.iter().map(|wording| {
            view! { <li dir="auto" class="words">{wording.text.clone()}</li> }
        });
        view! { <section class="wordings"><h2>{all}</h2><ul>{lines.collect_view()}</ul></section> }
    });
    let now = shell.now.clone();
    view! {
        <div class="q">
            <div id="support">{support}</div>
            <article>
                <h1 id=format!("words-{}", counted.id) class="words" dir="auto">{linked(&card.text, hashtag, lang)}</h1>
                <p class="by">
                    <StatusBadge lang=lang status=counted.status />
                    {card.name.clone().map(|name| view! { <bdi>{name}</bdi> })}
                    {card.link.clone().map(|link| view! { <a href=link rel="noreferrer nofollow">{source}</a> })}
                    {facts.into_iter().flatten().map(|fact| view! { <span>{fact}</span> }).collect_view()}
                    <time datetime=card.asked_at.0.clone()>{times::stamp(lang, &card.asked_at, &shell.now)}</time>
                </p>
                {hearts}
                {lead}
                {answer.map(|answer| view! {
                    <h2 class="sr">{say.answer()}</h2>
                    <AnswerBlock lang=lang answer=answer now=now />
                })}
                {wordings}
            </article>
        </div>
    }
}

/// One's own question, which others may not see.
fn own(shell: &Shell, mine: &MineCard, alone: bool) -> impl IntoView + use<> {
    let say = Citizen(shell.lang);
    let words = alone.then(|| view! { <h1 class="words" dir="auto">{mine.text.clone()}</h1> });
    let note = mine.note.clone().map(|note| {
        view! { <p class="note">{say.moderators_note()} " " <q dir="auto">{note}</q></p> }
    });
    let answer = mine.answer.as_ref().map(|answer| {
        view! { " " <a href=address::question(&answer.hashtag, answer.question)>{say.read_answer()}</a> }
    });
    view! {
        <section class="card own">
            <p class="by"><b>{say.your_question()}</b></p>
            {words}
            <p class="standing">{say.standing(mine)} {answer}</p>
            {note}
        </section>
    }
}
