//! The wall: what is on stage, what comes next, and how to take part. It looks after itself for a
//! whole evening: it never needs a hand, and never shows anything that is not public.

mod account;
mod foot;
mod next;
mod size;
mod stage;
mod still;

use leptos::{either::Either, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    Audience, Language, QuestionId,
    sentences::wall::Wall,
    views::{Account, Mine, PublicCard, PublicSession, PublicView},
};

use crate::{
    Shell, browser,
    components::{Announcer, BannerLine, StatusLine, aloud, ticking},
    islands::waking,
    live::{self, Live},
    parts::{self, Fact, Look as _},
};

/// What the wall shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WallPage {
    /// The public view.
    pub view: PublicView,
    /// A drawing of the address: an `<svg>` made by the server.
    pub qr: String,
    /// The address of the citizen page as people type it, without scheme.
    pub address: String,
    /// Whether it is a frame on another site.
    pub embed: bool,
    /// What moderators did, in numbers.
    pub account: Account,
}

/// What the parts of the wall share.
#[derive(Clone, Copy)]
struct Here {
    lang: Language,
    say: Wall,
    shell: StoredValue<Shell>,
    hashtag: StoredValue<String>,
    qr: StoredValue<String>,
    address: StoredValue<String>,
    embed: bool,
    live: Live<PublicSession, PublicCard>,
    now: ReadSignal<i64>,
}

impl Here {
    /// A fact about the session, told only when it changed.
    fn session<T: PartialEq + Send + Sync + 'static>(
        self,
        fact: impl Fn(&PublicSession) -> T + Send + Sync + 'static,
    ) -> Fact<T> {
        parts::fact(move || self.live.view.look(|view| fact(&view.session)))
    }

    /// A fact about a question, told only when it changed; nothing once it is not public.
    fn card<T: PartialEq + Default + Send + Sync + 'static>(
        self,
        id: QuestionId,
        fact: impl Fn(&PublicCard) -> T + Send + Sync + 'static,
    ) -> Fact<T> {
        parts::fact(move || self.live.view.look(|view| view.card(id).map(&fact).unwrap_or_default()))
    }

    /// The address as people type it; where it does not fit on a line, it breaks after a slash.
    fn address(self) -> impl IntoView {
        let address = self.address.get_value();
        let long = address.chars().count() > 24;
        let parts = address.split_inclusive('/').map(|part| view! { {part.to_owned()} <wbr /> }).collect_view();
        view! { <bdi class="address" class:long=long>{parts}</bdi> }
    }

    fn qr(self) -> impl IntoView {
        view! { <div class="qr" role="img" aria-label=self.say.qr() inner_html=self.qr.get_value()></div> }
    }
}

/// The whole wall.
#[cfg(not(feature = "hydrate"))]
pub fn wall_screen(shell: Shell, page: WallPage) -> impl IntoView {
    waking::asleep("WallScreen", (shell, page), screen)
}

/// Wakes it.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen(js_name = WallScreen)]
pub fn wake(island: &web_sys::HtmlElement) {
    waking::wake(island, screen);
}

fn screen((shell, page): (Shell, WallPage)) -> impl IntoView {
    let WallPage { view, qr, address, embed, account } = page;
    let hashtag = view.session.hashtag.clone();
    let here = Here {
        lang: shell.lang,
        say: Wall(shell.lang),
        now: ticking(&shell.now, 5_000),
        live: live::follow(&hashtag, Audience::Public, view, Mine::default()),
        shell: StoredValue::new(shell),
        hashtag: StoredValue::new(hashtag),
        qr: StoredValue::new(qr),
        address: StoredValue::new(address),
        embed,
    };
    let announcer = Announcer::new();
    let staged = here.session(|session| session.on_stage);
    let frame = still::rotation(here, staged);
    let nothing_next = parts::fact(move || here.live.view.look(|view| next::of(view).is_empty()));
    let is_still = parts::fact(move || staged.get().is_none() && frame.shown.get().is_none());
    announce(here, announcer, staged);
    keep_fitting(here, is_still, staged, frame.shown);
    view! {
        <StatusLine announcer=announcer />
        <div
            class="screen"
            class:alone=parts::flag(move || nothing_next.get())
            class:still=parts::flag(move || is_still.get())
            class:embedded=embed
        >
            <main id="content" tabindex="-1">
                <BannerLine banner=here.session(|session| session.banner.clone()) />
                <div class="stage" id="stage">
                    {parts::part(move || match staged.get().or(frame.shown.get()) {
                        Some(id) => Either::Left(stage::question(here, id, staged.get() == Some(id))),
                        None => Either::Right(still::invitation(here)),
                    })}
                </div>
                {still::pause_button(here, frame, staged)}
            </main>
            {next::list(here)}
            {foot::line(here, account)}
        </div>
    }
}

fn announce(here: Here, announcer: Announcer, staged: Fact<Option<QuestionId>>) {
    parts::on_change(staged, move |_, now| {
        if let Some(id) = *now {
            let text = here.live.view.glance(|view| view.card(id).map(|card| card.text.clone()));
            let words = aloud(&text.unwrap_or_default(), here.lang);
            announcer.say(format!("{}: {words}", here.say.on_stage()));
        }
    });
}

/// Whatever is on stage is shown whole: after each change, and when the window or the type
/// changes, it is made as small as it must be.
fn keep_fitting(here: Here, is_still: Fact<bool>, staged: Fact<Option<QuestionId>>, rotated: Fact<Option<QuestionId>>) {
    let content = parts::fact(move || {
        let id = staged.get().or(rotated.get());
        here.live.view.look(|view| {
            let card = id.and_then(|id| view.card(id));
            let banner = view.session.banner.clone();
            (card.map(|card| (card.text.clone(), card.answer.clone(), card.wordings.len())), banner)
        })
    });
    parts::follow(move || {
        content.track();
        is_still.track();
        here.live.connection.track();
        browser::before_paint(|| browser::shrink_to_fit("stage"));
    });
    browser::on_window("resize", || browser::shrink_to_fit("stage"));
    browser::on_window("load", || browser::shrink_to_fit("stage"));
    browser::when_type_is_ready(|| browser::shrink_to_fit("stage"));
}
