//! A question on the desk, with all that moderators know of it.

use leptos::prelude::*;
use shared::{
    QuestionId, Status,
    sentences::{common, desk::Desk as Say, times},
    views::{ModeratorCard, Paper},
};

use super::{
    areas::Area,
    deeds::Deeds,
    dom,
    flags::{self, Words},
    keys::{self, Deed, Facts},
    source::Elsewhere,
    state::Desk,
    swipe,
    twin::Named,
    wordings::Wordings,
};
use crate::components::aloud;

/// One card. It is made once and follows its question; `stop` says which card of its area the Tab
/// key stops at.
#[component]
pub fn DeskCard(id: QuestionId, area: Area, #[prop(into)] stop: Signal<Option<QuestionId>>) -> impl IntoView {
    let desk = Desk::here();
    let card = desk.card(id);
    let selected = desk.is_selected(id);
    let busy = RwSignal::from(desk.work(id).busy);
    let parts = Memo::new(move |_| read(card, |card| flags::marked(&card.card.text, &card.flags)).unwrap_or_default());
    let flagged = Memo::new(move |_| read(card, |card| card.flags.clone()).unwrap_or_default());
    let nearest = desk.nearest(id);
    let others = desk.others_at(id);
    let held = move || !others.with(Vec::is_empty) && !selected.get();
    let wordings = Memo::new(move |_| read(card, |card| card.card.wordings.clone()).unwrap_or_default());
    let deeds = Memo::new(move |_| {
        let facts = nearest.with(|nearest| read(card, |card| Facts::of(card, nearest)));
        keys::offered(area, facts.unwrap_or_default())
    });
    let can_pick = Memo::new(move |_| deeds.with(|deeds| deeds.contains(&Deed::Pick)));
    let picked = desk.is_picked(id);
    view! {
        <article
            class="card desk-card"
            class:is-held=held
            class:is-picked=picked
            id=dom::card(id)
            tabindex=move || if stop.get() == Some(id) { "0" } else { "-1" }
            aria-labelledby=dom::words(id)
            aria-current=move || selected.get().then_some("true")
            aria-busy=move || busy.get().then_some("true")
            on:focusin=move |_| desk.select(id)
            on:pointerdown=move |event| swipe::begins(&event, desk, id)
        >
            {move || can_pick.get().then(|| view! { <PickBox id picked parts/> })}
            <Origin id card area/>
            <p class="desk-words" id=dom::words(id) dir="auto"><Words parts/></p>
            <flags::Seen flags=flagged/>
            <Elsewhere id card/>
            {(area == Area::Incoming).then(|| view! { <Named id nearest/> })}
            <Beside card/>
            <Wordings lead=id wordings/>
            <Deeds id deeds brief=true/>
        </article>
    }
    .into_any()
}

/// Who asked, from where and when, how many support it, and who touched it last.
#[component]
fn Origin(id: QuestionId, card: Memo<Option<ModeratorCard>>, area: Area) -> impl IntoView {
    let desk = Desk::here();
    let (say, lang) = (desk.say, desk.say.0);
    let support = Memo::new(move |_| read(card, |card| card.card.support).unwrap_or(0));
    let facts = Memo::new(move |_| read(card, |card| facts(desk, card)).unwrap_or_default());
    let name = Memo::new(move |_| read(card, |card| card.card.name.clone()).flatten());
    let edited = Memo::new(move |_| read(card, |card| card.card.edited).unwrap_or(false));
    let last = Memo::new(move |_| read(card, |card| card.changed_by.clone()).flatten());
    let counted = area != Area::Incoming;
    let others = desk.others_at(id);
    view! {
        <div class="by desk-by">
            {move || (counted || support.get() > 1).then(|| {
                let n = u64::from(support.get());
                view! { <b class="num desk-support" title=common::people(lang, n)>
                    <span aria-hidden="true">{lang.number(n)}</span>
                    <span class="sr">{common::people(lang, n)}</span>
                </b> }
            })}
            <b class="desk-name" dir="auto">{move || name.get().unwrap_or_else(|| say.nameless().to_owned())}</b>
            <span class="num">{move || facts.get()}</span>
            {move || edited.get().then(|| view! { <span class="chip">{common::edited(lang)}</span> })}
            {move || last.get().map(|by| view! { <span class="desk-last">{desk.me.with_value(|me| say.changed_by(&by, me))}</span> })}
            {move || (!others.with(Vec::is_empty)).then(|| view! { <b class="desk-looking">{others.with(|others| say.looking(others))}</b> })}
        </div>
    }
}

/// A box that picks the card, to do something with many.
#[component]
fn PickBox(id: QuestionId, picked: Memo<bool>, parts: Memo<Vec<flags::Part>>) -> impl IntoView {
    let desk = Desk::here();
    let selected = desk.is_selected(id);
    let name = move || {
        let words: String = parts.with(|parts| parts.iter().map(|(part, _)| part.as_str()).collect());
        desk.say.about(desk.say.pick(), &aloud(&words, desk.say.0))
    };
    view! {
        <label class="desk-pick">
            <input
                type="checkbox"
                tabindex=move || if selected.get() { "0" } else { "-1" }
                aria-label=name
                aria-keyshortcuts=Deed::Pick.key()
                prop:checked=picked
                on:change=move |_| desk.toggle_pick(id)
            />
        </label>
    }
}

/// Topics, labels, where it was sent, the first words of an edited question, why it was declined, and its answer.
#[component]
fn Beside(card: Memo<Option<ModeratorCard>>) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let topics = Memo::new(move |_| read(card, |card| card.card.topics.clone()).unwrap_or_default());
    let original = Memo::new(move |_| read(card, |card| card.original.clone()).flatten());
    let declined =
        Memo::new(move |_| read(card, |card| card.reason.map(|reason| (reason, card.note.clone()))).flatten());
    let answer = Memo::new(move |_| read(card, |card| card.card.answer.clone()).flatten());
    let withdrawn = Memo::new(move |_| {
        read(card, |card| (card.card.status == Status::Withdrawn).then(|| desk.withdrawn(card))).flatten()
    });
    let sent = Memo::new(move |_| read(card, |card| sent(say, card)).unwrap_or_default());
    let labels = Memo::new(move |_| read(card, |card| card.labels.clone()).unwrap_or_default());
    view! {
        {move || original.get().map(|text| view! {
            <p class="desk-original"><b>{say.original()}</b>" "<span dir="auto">{text}</span></p>
        })}
        {move || (!topics.with(Vec::is_empty)).then(|| view! {
            <p class="desk-topics">{topics.get().into_iter().map(|topic| view! { <span class="chip" dir="auto">"#"{topic}</span> }).collect_view()}</p>
        })}
        {move || (!labels.with(Vec::is_empty)).then(|| view! {
            <p class="desk-topics">{labels.get().into_iter().map(|label| view! { <span class="desk-label" dir="auto">{label}</span> }).collect_view()}</p>
        })}
        {move || (!sent.with(String::is_empty)).then(|| view! { <p class="desk-sent">{sent.get()}</p> })}
        {move || withdrawn.get().map(|how| view! { <p class="desk-reason">{how}</p> })}
        {move || declined.get().map(|(reason, note)| view! {
            <p class="desk-reason">{say.declined_because(reason)}{note.map(|note| view! { ": "<span dir="auto">{note}</span> })}</p>
        })}
        {move || answer.get().map(|answer| view! {
            <p class="desk-answer">
                <b>{answer.by}", "{times::short_clock(say.0, &answer.at)}</b>" "<span dir="auto">{answer.text}</span>
            </p>
        })}
    }
}

/// "web, 14.09 uur"; what was a post elsewhere tells of that itself.
fn facts(desk: Desk, card: &ModeratorCard) -> String {
    let lang = desk.say.0;
    let source = common::source(lang, card.card.source).unwrap_or_else(|| desk.say.web());
    let asked = desk.now.with_value(|now| times::stamp(lang, &card.card.asked_at, now));
    if card.post.is_some() { asked } else { format!("{source}, {asked}") }
}

/// "voor Judith Bokhove, bij Mobiliteit, voor 14.30, briefing klaar"
fn sent(say: Say, card: &ModeratorCard) -> String {
    let proposal = |paper: &Paper| if paper.ready { say.proposal_ready() } else { say.proposal_begun() };
    let parts = [
        card.alderman.as_ref().map(|name| say.for_alderman(name)),
        card.routed.as_ref().map(|routed| say.routed(&routed.department, routed.due.as_ref())),
        card.briefing.as_ref().map(|_| say.briefing_ready().to_owned()),
        card.proposal.as_ref().map(|paper| proposal(paper).to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn read<T>(card: Memo<Option<ModeratorCard>>, pick: impl FnOnce(&ModeratorCard) -> T) -> Option<T> {
    card.with(|card| card.as_ref().map(pick))
}
