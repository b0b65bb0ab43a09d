//! The citizen screen: what is answered now, the box to ask in, one's own questions, the list.

mod about;
mod ask;
mod changes;
mod list;
mod mine;
mod near;
mod opening;
mod stage;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::{
    Audience, Language, Phase, QuestionId,
    sentences::{citizen::Citizen, common},
    views::{Mine, PublicCard, PublicSession, PublicView},
};

pub use ask::AskForm;

use crate::{
    Shell, Sort, address, api, browser,
    components::{Announcer, BannerLine, ConnectionLine, LanguageSwitch, StatusLine, Tag, ticking},
    islands::waking,
    live::{self, Live},
    parts::{self, Fact, Look as _},
};

/// What the citizen page shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CitizenPage {
    /// The public view.
    pub view: PublicView,
    /// The participant's own part.
    pub mine: Mine,
    /// The order of the list.
    pub sort: Sort,
    /// What the list is narrowed to.
    pub topic: Option<String>,
    /// What is searched for.
    pub search: Option<String>,
    /// What was filled in, when the form came back.
    pub form: AskForm,
    /// The question that was just asked.
    pub arrived: Option<QuestionId>,
    /// Public questions near it, as the server wrote them; empty when none is near.
    pub near: String,
    /// Whether this browser is a participant already.
    pub has_cookie: bool,
}

/// What the parts of the screen share.
#[derive(Clone, Copy)]
struct Here {
    lang: Language,
    say: Citizen,
    shell: StoredValue<Shell>,
    hashtag: StoredValue<String>,
    live: Live<PublicSession, PublicCard>,
    announcer: Announcer,
    now: ReadSignal<i64>,
    known: RwSignal<bool>,
}

impl Here {
    fn hashtag(self) -> String {
        self.hashtag.get_value()
    }

    /// A fact about the session, told only when it changed.
    fn session<T: PartialEq + Send + Sync + 'static>(
        self,
        fact: impl Fn(&PublicSession) -> T + Send + Sync + 'static,
    ) -> Fact<T> {
        parts::fact(move || self.live.view.look(|view| fact(&view.session)))
    }

    /// A question's card, told only when it changed; `None` once it is not public any more.
    fn card(self, id: QuestionId) -> Fact<Option<PublicCard>> {
        parts::fact(move || self.live.view.look(|view| view.card(id).cloned()))
    }

    /// The server knows this browser now; the socket should know it too.
    fn is_known(self) {
        if !self.known.get_untracked() {
            self.known.set(true);
            self.live.reconnect();
        }
    }
}

/// The whole screen between the skip link and the end of the page.
#[cfg(not(feature = "hydrate"))]
pub fn citizen_screen(shell: Shell, page: CitizenPage) -> impl IntoView {
    waking::asleep("CitizenScreen", (shell, page), screen)
}

/// Wakes it.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen(js_name = CitizenScreen)]
pub fn wake(island: &web_sys::HtmlElement) {
    waking::wake(island, screen);
}

fn screen((shell, page): (Shell, CitizenPage)) -> impl IntoView {
    let CitizenPage { view, mine, sort, topic, search, form, arrived, near, has_cookie } = page;
    let hashtag = view.session.hashtag.clone();
    if has_cookie {
        api::participant_is_known();
    }
    let here = Here {
        lang: shell.lang,
        say: Citizen(shell.lang),
        now: ticking(&shell.now, 10_000),
        live: live::follow(&hashtag, Audience::Public, view, mine),
        announcer: Announcer::new(),
        known: RwSignal::new(has_cookie),
        hashtag: StoredValue::new(hashtag.clone()),
        shell: StoredValue::new(shell),
    };
    if arrived.is_some() {
        browser::show_address(&address::session(&hashtag));
    }
    changes::tell(here);
    view! {
        <StatusLine announcer=here.announcer />
        {top(here)}
        <main id="content" tabindex="-1">
            <BannerLine banner=here.session(|session| session.banner.clone()) />
            {opening::lines(here)}
            {about::section(here, true)}
            {stage::now(here)}
            <div class="yours">
                {ask::section(here, form, arrived, near)}
                {mine::section(here)}
            </div>
            {list::section(here, sort, topic, search)}
        </main>
        {bottom(here)}
        <ConnectionLine lang=here.lang connection=here.live.connection />
    }
}

fn top(here: Here) -> impl IntoView {
    let phase = here.session(|session| session.phase);
    let title = here.session(|session| session.title.clone());
    let path = here.shell.with_value(|shell| shell.path.clone());
    view! {
        <header class="top">
            <h1><Tag hashtag=here.hashtag() /></h1>
            <p class="phase" class:live=parts::flag(move || phase.get() == Phase::Live)>
                {parts::word(move || common::phase(here.lang, phase.get()))}
            </p>
            <LanguageSwitch lang=here.lang path=path />
            <p class="title" dir="auto">{parts::text(move || title.get())}</p>
        </header>
    }
}

fn bottom(here: Here) -> impl IntoView {
    view! {
        <footer class="bottom">
            {about::section(here, false)}
            <p>{here.say.anonymous()}</p>
            <p class="links">
                <a href=address::wall(&here.hashtag())>{here.say.to_wall()}</a>
                <a href=address::account(&here.hashtag())>{here.say.moderation_account()}</a>
                <a href="/">{here.say.all_sessions()}</a>
            </p>
        </footer>
    }
}
