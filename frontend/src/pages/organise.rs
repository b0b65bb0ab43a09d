//! The organiser's list of sessions, and one session with its phase, links and keys.

use leptos::prelude::*;
use shared::{
    Phase, Role,
    commands::SessionListed,
    sentences::{accounts::Accounts, common, organise::Organise, times},
    views::PublicSession,
};

use super::{
    document::{Bundle, Head, document},
    elsewhere::{ElsewhereOn, section},
};
use crate::{Shell, components::LanguageSwitch, islands::CopyLink};

/// All sessions.
pub struct OrganisePage {
    /// The next or latest to start first.
    pub sessions: Vec<SessionListed>,
}

/// One session.
pub struct SessionPage {
    /// What everybody knows of it.
    pub session: PublicSession,
    /// Where citizens go.
    pub citizen: String,
    /// The same as a QR code, an `<svg>`.
    pub citizen_qr: String,
    /// Where the wall is.
    pub wall: String,
    /// Where staff go.
    pub staff: Vec<StaffLink>,
    /// Where questions come from besides.
    pub elsewhere: ElsewhereOn,
}

/// A role's link, while its key is fresh.
pub struct StaffLink {
    /// Whose.
    pub role: Role,
    /// Whether the session has a key for it at all; an old one has none for the newer roles.
    pub has_key: bool,
    /// The address, key included.
    pub link: Option<String>,
    /// The same as a QR code, an `<svg>`.
    pub qr: Option<String>,
}

/// The list of sessions.
pub fn organise(shell: &Shell, page: OrganisePage) -> String {
    let say = Organise(shell.lang);
    let empty = page.sessions.is_empty().then(|| view! { <p class="organise-empty">{say.empty()}</p> });
    let rows: Vec<_> = page.sessions.into_iter().map(|session| row(shell, session)).collect();
    let body = view! {
        <main id="content" class="organise">
            <LanguageSwitch lang=shell.lang path=shell.path.clone()/>
            <header class="organise-top">
                <h1>{say.title()}</h1>
                <a class="btn" href="/organise/new">{say.new_session()}</a>
            </header>
            <p><a href="/organise/accounts">{Accounts(shell.lang).title()}</a></p>
            {empty}
            <ul class="organise-list">{rows}</ul>
        </main>
    };
    document(
        shell,
        Head {
            title: say.title().into(),
            description: String::new(),
            class: "organise-page",
            island: None,
            robots: false,
        },
        body,
    )
}

fn row(shell: &Shell, session: SessionListed) -> impl IntoView {
    let (lang, say) = (shell.lang, Organise(shell.lang));
    let when = session.starts.or(session.opens).map(|moment| times::when(lang, &moment, &shell.now));
    let counts = say.answered_of(session.counts.answered.into(), session.counts.asked.into());
    let who = session.aldermen.into_iter().map(|alderman| alderman.name).collect::<Vec<_>>().join(", ");
    view! {
        <li>
            <a href=format!("/organise/{}", session.hashtag)>
                <span class="tag">{format!("#{}", session.hashtag)}</span>
                <span class="organise-title" dir="auto">{session.title}</span>
            </a>
            <p class="by">
                <span class=if session.phase == Phase::Live { "live" } else { "chip" }>{common::phase(lang, session.phase)}</span>
                {when.map(|when| view! { <span>{when}</span> })}
                <span dir="auto">{who}</span>
                <span class="num">{counts}</span>
            </p>
        </li>
    }
}

/// One session's page.
pub fn session(shell: &Shell, page: SessionPage) -> String {
    let (lang, say) = (shell.lang, Organise(shell.lang));
    let SessionPage { session, citizen, citizen_qr, wall, staff, elsewhere } = page;
    let at = format!("/organise/{}", session.hashtag);
    let times = [(say.opens(), &session.opens), (say.starts(), &session.starts), (say.ends(), &session.ends)]
        .into_iter()
        .filter_map(|(label, moment)| Some((label, moment.as_ref()?)))
        .map(|(label, moment)| view! { <div><dt>{label}</dt><dd>{times::when(lang, moment, &shell.now)}</dd></div> })
        .collect::<Vec<_>>();
    let title = format!("#{} · {}", session.hashtag, say.title());
    let body = view! {
        <main id="content" class="organise">
            <nav class="organise-top">
                <a href="/organise">{say.all()}</a>
                <LanguageSwitch lang=shell.lang path=shell.path.clone()/>
            </nav>
            <header class="organise-top">
                <div>
                    <h1 class="tag">{format!("#{}", session.hashtag)}</h1>
                    <p class="organise-title" dir="auto">{session.title.clone()}</p>
                </div>
                <a class="btn quiet" href=format!("{at}/edit")>{say.change()}</a>
            </header>
            <section aria-labelledby="phase">
                <h2 id="phase">{say.phase()}</h2>
                <form method="post" action=format!("{at}/phase") class="organise-phases">
                    {Phase::ALL.iter().map(|&phase| {
                        let current = phase == session.phase;
                        view! {
                            <button name="phase" value=phase.word() class=if current { "btn" } else { "btn quiet" } aria-pressed=current.to_string()>
                                {say.move_to(phase)}
                            </button>
                        }
                    }).collect::<Vec<_>>()}
                </form>
                <dl class="organise-times">{times}</dl>
            </section>
            {section(shell, elsewhere, &format!("{at}/edit"))}
            <section aria-labelledby="links">
                <h2 id="links">{say.links()}</h2>
                <p class="soft">{say.links_help()}</p>
                <div class="organise-links">
                    {open_link(shell, say.for_citizens(), citizen, Some(citizen_qr))}
                    {open_link(shell, say.for_the_wall(), wall, None)}
                    {staff.into_iter().map(|link| staff_link(shell, &at, link)).collect::<Vec<_>>()}
                </div>
            </section>
        </main>
    };
    document(
        shell,
        Head { title, description: String::new(), class: "organise-page", island: Some(Bundle::Staff), robots: false },
        body,
    )
}

fn open_link(shell: &Shell, label: &'static str, link: String, qr: Option<String>) -> impl IntoView {
    view! {
        <article class="organise-link">
            <h3>{label}</h3>
            {qr.map(|qr| view! { <div class="organise-qr" aria-hidden="true" inner_html=qr></div> })}
            {address_field(shell, label, link)}
        </article>
    }
}

fn staff_link(shell: &Shell, at: &str, staff: StaffLink) -> impl IntoView {
    let say = Organise(shell.lang);
    let label = say.role(staff.role);
    let told = match (staff.has_key, staff.link.is_some()) {
        (false, _) => say.no_key(),
        (true, true) => say.link_fresh(),
        (true, false) => say.link_hidden(),
    };
    let action = format!("{at}/keys/{}", staff.role.word());
    view! {
        <article class="organise-link">
            <h3>{label}</h3>
            {staff.qr.map(|qr| view! { <div class="organise-qr" aria-hidden="true" inner_html=qr></div> })}
            {staff.link.map(|link| address_field(shell, label, link))}
            <p class="soft">{told}</p>
            {if staff.has_key {
                view! {
                    <details class="organise-renew">
                        <summary>{say.renew()}</summary>
                        <p>{say.renew_sure()}</p>
                        <form method="post" action=action>
                            <button class="btn stop">{say.renew_yes()}</button>
                        </form>
                    </details>
                }.into_any()
            } else {
                view! { <form method="post" action=action><button class="btn quiet">{say.make_key()}</button></form> }.into_any()
            }}
        </article>
    }
}

fn address_field(shell: &Shell, label: &'static str, link: String) -> impl IntoView {
    let say = Organise(shell.lang);
    view! {
        <div class="organise-address">
            <input type="text" readonly aria-label=label value=link.clone()/>
            <CopyLink link=link.clone() copy=say.copy().to_owned() copied=say.copied().to_owned()/>
            <a href=link>{say.open()}<span class="sr">" "{label}</span></a>
        </div>
    }
}
