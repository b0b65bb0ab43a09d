//! The channels: where questions come from besides the page and the hall, and what goes back.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::{
    QuestionId, Reach, Sending,
    sentences::sources::Sources,
    views::{Outgoing, SourceHealth},
};

use super::{
    announce::{self, AnnounceForm},
    paste::{self, PasteForm},
    removed::Removed,
    sheet::Sheet,
    state::{Desk, Dialog},
    telling::Message,
};
use crate::live::staff;

/// What is known of them.
#[derive(Clone, Copy)]
pub struct Channels {
    /// How it goes with each account.
    pub sources: RwSignal<Vec<SourceHealth>>,
    /// Messages to networks, the latest first.
    pub outgoing: RwSignal<Vec<Outgoing>>,
    /// Questions that their authors changed after they were decided about.
    pub revised: RwSignal<BTreeSet<QuestionId>>,
    /// Public questions that their authors removed lately, until somebody has seen it.
    pub removed: RwSignal<Vec<Removed>>,
}

impl Channels {
    /// Nothing was told yet.
    pub fn silent() -> Self {
        Self {
            sources: RwSignal::new(Vec::new()),
            outgoing: RwSignal::new(Vec::new()),
            revised: RwSignal::new(BTreeSet::new()),
            removed: RwSignal::new(Vec::new()),
        }
    }
}

impl Desk {
    /// Takes in how it goes.
    pub fn hear_channels(self, told: staff::Channels) {
        if self.channels.sources.with_untracked(|sources| *sources != told.sources) {
            self.channels.sources.set(told.sources);
        }
        if self.channels.outgoing.with_untracked(|outgoing| *outgoing != told.outgoing) {
            self.channels.outgoing.set(told.outgoing);
        }
    }
}

/// The dialog: each account, what was refused, and what one can do by hand. Words that were half
/// written stay when it is closed or refused.
#[component]
pub fn ChannelsSheet() -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    let paste = paste::Draft::new();
    let announcement = announce::Draft::new();
    view! {
        <Sheet is_mine=|dialog| dialog == Dialog::Channels id="desk-channels" title=say.channels_title()>
            <Accounts/>
            <Refused/>
            <PasteForm draft=paste/>
            <AnnounceForm draft=announcement/>
        </Sheet>
    }
}

#[component]
fn Accounts() -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    let sources = desk.channels.sources;
    move || {
        if sources.with(Vec::is_empty) {
            return view! { <p class="soft">{say.channels_none()}</p> }.into_any();
        }
        let rows = sources.get().into_iter().map(|source| view! { <li><Account source/></li> });
        view! { <ul class="desk-accounts" role="list">{rows.collect_view()}</ul> }.into_any()
    }
}

#[component]
fn Account(source: SourceHealth) -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    let SourceHealth { account, source, reach, since, last_post, behind, error } = source;
    let (reached, last) =
        desk.now.with_value(|now| (say.reach(reach, &since, now), say.last_post(last_post.as_ref(), now)));
    let facts = std::iter::once(last).chain(behind.map(|seconds| say.behind(seconds)));
    view! {
        <h3 class="desk-reach" data-reach=reach.word()>
            <b class="desk-network" data-source=source.word()>{say.network(source)}</b>" "<bdi>{account}</bdi>
        </h3>
        <p class:desk-off=reach == Reach::Away>{reached}</p>
        <p class="num soft">{facts.collect::<Vec<_>>().join(", ")}</p>
        {error.map(|error| view! { <p class="desk-off">{say.last_error()}": "<q dir="auto">{error}</q></p> })}
    }
}

/// What was refused, with the question it is about.
#[component]
fn Refused() -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    let refused = Memo::new(move |_| {
        let is = |message: &&Outgoing| message.state == Sending::Refused;
        desk.channels.outgoing.with(|all| all.iter().filter(is).cloned().collect::<Vec<_>>())
    });
    move || {
        (!refused.with(Vec::is_empty)).then(|| {
            let rows = refused.get().into_iter().map(|message| {
                let about = message.question.and_then(|id| desk.card_now(id));
                let account = say.account(message.source, &message.account);
                view! {
                    <li>
                        <p class="desk-about"><bdi>{account}</bdi>{about.map(|card| view! { ": "<span dir="auto">{card.card.text}</span> })}</p>
                        <Message message/>
                    </li>
                }
            });
            view! {
                <section aria-labelledby="desk-refused">
                    <h3 id="desk-refused">{say.refused_title()}</h3>
                    <ul class="desk-messages" role="list">{rows.collect_view()}</ul>
                </section>
            }
        })
    }
}
