//! Whether the author of a post hears what becomes of it, and how far the messages to them are.

use leptos::prelude::*;
use serde::de::IgnoredAny;
use shared::{
    QuestionId, Sending, Status,
    sentences::sources::Sources,
    views::{ModeratorCard, Outgoing},
};

use super::{dom, state::Desk};
use crate::{address::escape, api::Method};

/// What can be chosen, by its word in the list.
const CHOICES: [(&str, Option<bool>); 3] = [("set", None), ("all", Some(true)), ("nothing", Some(false))];

impl Desk {
    /// The messages about a question, the latest first.
    pub fn messages(self, id: QuestionId) -> Memo<Vec<Outgoing>> {
        Memo::new(move |_| {
            self.channels.outgoing.with(|all| all.iter().filter(|one| one.question == Some(id)).cloned().collect())
        })
    }
}

/// The choice, on the selected card, and the messages, on any.
#[component]
pub fn Telling(id: QuestionId, card: Memo<Option<ModeratorCard>>, stops: Memo<bool>) -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    let hears = move |card: &ModeratorCard| {
        card.card.status != Status::Withdrawn && card.post.as_ref().is_some_and(|post| post.answerable)
    };
    let chooses = Memo::new(move |_| stops.get() && card.with(|card| card.as_ref().is_some_and(hears)));
    let told = Memo::new(move |_| card.with(|card| card.as_ref()?.post.as_ref()?.tell));
    let messages = desk.messages(id);
    let rows = move || {
        messages
            .get()
            .into_iter()
            .map(|message| view! { <li><Message message about=id stops/></li> }.into_any())
            .collect_view()
    };
    view! {
        {move || chooses.get().then(|| view! { <Choice id told/> })}
        {move || (!messages.with(Vec::is_empty)).then(|| view! {
            <ul class="desk-messages" role="list" aria-label=say.messages()>{rows}</ul>
        })}
    }
}

/// What the author is told. It shows what holds, and changes when the server agreed.
#[component]
fn Choice(id: QuestionId, told: Memo<Option<bool>>) -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    let options = CHOICES.map(|(word, choice)| {
        let label = match choice {
            None => say.tell_as_set(),
            Some(true) => say.tell_all(),
            Some(false) => say.tell_nothing(),
        };
        let holds = move || told.get() == choice;
        view! { <option value=word selected=holds prop:selected=holds>{label}</option> }
    });
    view! {
        <label class="desk-chip desk-tell">
            <span>{say.tell()}</span>
            <select on:change:target=move |event| {
                let holds = told.get_untracked();
                let chosen = CHOICES.iter().find(|(word, _)| *word == event.target().value());
                let back = CHOICES.iter().find(|(_, choice)| *choice == holds);
                if let (Some((_, chosen)), Some((word, _))) = (chosen, back) {
                    event.target().set_value(word);
                    desk.tell_author(id, *chosen);
                }
            }>{options.collect_view()}</select>
        </label>
    }
}

/// One message: what it tells and how far it is, in the network's own words when it refused, with a
/// way to try again.
#[component]
pub fn Message(
    message: Outgoing,
    #[prop(optional)] about: Option<QuestionId>,
    #[prop(optional)] stops: Option<Memo<bool>>,
) -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    let busy = RwSignal::new(false);
    let refusal = RwSignal::new(None::<String>);
    let Outgoing { key, news, state, link, words, .. } = message;
    let told = say.sending(news, state);
    let again = StoredValue::new(told.clone());
    let stop = move || if stops.is_none_or(|stops| stops.get()) { "0" } else { "-1" };
    let told = match link {
        Some(link) => view! {
            <a href=link target="_blank" rel="noreferrer nofollow" tabindex=stop>
                {told}<span aria-hidden="true">" ↗"</span><span class="sr">", "{say.read_it()}</span>
            </a>
        }
        .into_any(),
        None => view! { <span>{told}</span> }.into_any(),
    };
    let retry = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        refusal.set(None);
        let path = format!("/outgoing/{}/again", escape(&key));
        desk.call(Method::Post, &path, None::<()>, move |answer: Result<IgnoredAny, String>| {
            busy.set(false);
            match answer {
                Ok(_) => {
                    desk.announce(say.did_again());
                    about.into_iter().for_each(dom::focus_if_lost);
                }
                Err(sentence) => refusal.set(Some(sentence)),
            }
        });
    };
    view! {
        <div class="desk-message" class:is-refused=state == Sending::Refused>
            <p>{told}{words.map(|words| view! { ": "<q dir="auto">{words}</q> })}</p>
            {(state == Sending::Refused).then(|| view! {
                <button
                    type="button"
                    class="btn quiet desk-deed"
                    tabindex=stop
                    aria-label=again.with_value(|told| desk.say.about(say.again(), told))
                    aria-disabled=move || busy.get().then_some("true")
                    on:click=retry
                >
                    {say.again()}
                </button>
            })}
            {move || refusal.get().map(|sentence| view! { <p class="desk-refusal" role="alert">{sentence}</p> })}
        </div>
    }
    .into_any()
}
