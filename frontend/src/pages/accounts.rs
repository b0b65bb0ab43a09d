//! The organiser's list of accounts on networks and gateways, the choice of a network for a new one,
//! and a gateway's secret, this once.

use leptos::{either::Either, prelude::*};
use shared::{Source, sentences::accounts::Accounts, views::NetworkAccount};

use super::document::{Head, document};
use crate::{Shell, components::LanguageSwitch};

/// The networks that an account can be on.
pub const NETWORKS: [Source; 3] = [Source::Mastodon, Source::Bluesky, Source::Gateway];

/// All accounts.
pub struct AccountsPage {
    /// By name.
    pub accounts: Vec<NetworkAccount>,
    /// What was just done.
    pub told: Option<AccountTold>,
}

/// What was just done with an account.
pub enum AccountTold {
    /// It was made or changed.
    Kept(NetworkAccount),
    /// It was deleted.
    Gone,
    /// Its network was asked whether it can send: its handle, or the network's own words.
    Checked {
        /// The municipality's name for it.
        name: String,
        /// What the network said.
        outcome: Result<String, String>,
    },
}

/// A gateway's new secret.
pub struct AccountSecretPage {
    /// The municipality's name for the gateway.
    pub name: String,
    /// As Standard Webhooks writes it.
    pub secret: String,
    /// The address that a session's messages go to.
    pub inbox: String,
}

/// The list of accounts.
pub fn accounts(shell: &Shell, page: AccountsPage) -> String {
    let say = Accounts(shell.lang);
    let AccountsPage { accounts, told } = page;
    let empty = accounts.is_empty().then(|| view! { <p class="organise-empty">{say.empty()}</p> });
    let body = view! {
        <main id="content" class="organise">
            <nav class="organise-top">
                <a href="/organise">{say.sessions_title()}</a>
                <LanguageSwitch lang=shell.lang path=shell.path.clone()/>
            </nav>
            <header class="organise-top">
                <h1>{say.title()}</h1>
                <a class="btn" href="/organise/accounts/new">{say.add()}</a>
            </header>
            {told.map(|told| told_line(say, told))}
            <p class="soft">{say.intro()}</p>
            {empty}
            <ul class="organise-list accounts-list">{accounts.into_iter().map(|account| row(say, account)).collect::<Vec<_>>()}</ul>
        </main>
    };
    document(shell, head(say.title().into()), body)
}

/// Which network a new account is on.
pub fn account_networks(shell: &Shell) -> String {
    let say = Accounts(shell.lang);
    let choices = NETWORKS.map(|source| {
        view! {
            <li>
                <a href=format!("/organise/accounts/new?network={}", source.word())>
                    <span class="tag">{say.network(source)}</span>
                </a>
                <p class="soft">{say.network_is(source)}</p>
            </li>
        }
    });
    let body = view! {
        <main id="content" class="organise">
            <nav class="organise-top">
                <a href="/organise/accounts">{say.all()}</a>
                <LanguageSwitch lang=shell.lang path=shell.path.clone()/>
            </nav>
            <h1>{say.which()}</h1>
            <ul class="organise-list">{choices.into_iter().collect::<Vec<_>>()}</ul>
        </main>
    };
    document(shell, head(say.which().into()), body)
}

/// A gateway's secret, with what its program needs to know. There is no other language to turn to here:
/// the page cannot be asked for again.
pub fn account_secret(shell: &Shell, page: AccountSecretPage) -> String {
    let say = Accounts(shell.lang);
    let AccountSecretPage { name, secret, inbox } = page;
    let body = view! {
        <main id="content" class="organise">
            <header>
                <h1>{say.secret_title()}</h1>
                <p class="organise-title"><bdi>{name}</bdi></p>
            </header>
            <div class="organise-field">
                <label for="secret">{say.secret()}</label>
                <input type="text" id="secret" class="accounts-code" readonly value=secret aria-describedby="secret-help"/>
                <p class="soft" id="secret-help">{say.secret_once()}</p>
            </div>
            {signing(say, &inbox, &[])}
            <p class="organise-actions"><a class="btn" href="/organise/accounts">{say.done()}</a></p>
        </main>
    };
    document(shell, head(say.secret_title().into()), body)
}

/// Where a gateway's program sends its messages to, and how it signs them. `inbox` is the address with
/// HASHTAG in the place of the hashtag.
pub(super) fn signing(say: Accounts, inbox: &str, sessions: &[String]) -> impl IntoView + use<> {
    let addresses: Vec<String> = match sessions {
        [] => vec![inbox.to_owned()],
        sessions => sessions.iter().map(|hashtag| inbox.replace("HASHTAG", hashtag)).collect(),
    };
    let help = sessions.is_empty().then(|| view! { <p class="soft">{say.post_to_help()}</p> });
    view! {
        <section aria-labelledby="post-to">
            <h2 id="post-to">{say.post_to()}</h2>
            {addresses.into_iter().map(|address| view! { <p><code class="accounts-code">{address}</code></p> }).collect::<Vec<_>>()}
            {help}
        </section>
        <section aria-labelledby="signed">
            <h2 id="signed">{say.signed()}</h2>
            <p>{say.signed_help()}</p>
            <pre class="accounts-code">{EXAMPLE}</pre>
            <p class="soft">{say.signed_how()}</p>
        </section>
    }
}

/// A message as a gateway sends it; the names are those of the API.
const EXAMPLE: &str = r#"content-type: application/json
webhook-id: sms-20260512-0071
webhook-timestamp: 1778587200
webhook-signature: v1,…

{"id": "sms-20260512-0071", "text": "Waarom is de stalling vol?", "name": "Fatima"}"#;

fn told_line(say: Accounts, told: AccountTold) -> impl IntoView {
    match told {
        AccountTold::Kept(account) => {
            let next = (account.speaks && account.source != Source::Gateway)
                .then(|| view! { " " {say.check_next()} {check(say, &account.name, None)} });
            Either::Left(view! {
                <div class="accounts-told" role="status"><p><bdi><b>{account.name.clone()}</b></bdi>": " {say.kept()}</p>{next}</div>
            })
        }
        AccountTold::Gone => {
            Either::Right(Either::Left(view! { <div class="accounts-told" role="status"><p>{say.gone()}</p></div> }))
        }
        AccountTold::Checked { name, outcome } => Either::Right(Either::Right(match outcome {
            Ok(handle) => Either::Left(view! {
                <div class="accounts-told" role="status"><p><bdi><b>{name}</b></bdi>": " {say.checked(&handle)}</p></div>
            }),
            Err(words) => Either::Right(view! {
                <div class="organise-error" role="alert"><p><bdi><b>{name}</b></bdi>": " <span dir="auto">{say.refused(&words)}</span></p></div>
            }),
        })),
    }
}

fn row(say: Accounts, account: NetworkAccount) -> impl IntoView {
    let NetworkAccount { name, source, server, handle, speaks, in_file, sessions } = account;
    let can = match source {
        Source::Gateway => say.receives(),
        _ if speaks => say.speaks(),
        _ => say.listens(),
    };
    let heading = format!("name-{name}");
    let whole = match sessions.len() {
        0 => Either::Left(view! { <span>{say.nowhere()}</span> }),
        n => {
            let links = sessions.into_iter().map(|hashtag| {
                view! { " " <a href=format!("/organise/{hashtag}")>{format!("#{hashtag}")}</a> }
            });
            Either::Right(view! { <span>{say.on_in(n as u64)} {links.collect::<Vec<_>>()}</span> })
        }
    };
    let file = in_file
        .then(|| view! { <p class="soft"><span class="chip">{say.in_file()}</span> " " {say.in_file_help()}</p> });
    let edit = (!in_file).then(|| {
        view! { <a class="btn quiet" href=format!("/organise/accounts/{name}/edit") aria-describedby=heading.clone()>{say.change()}</a> }
    });
    let check = speaks.then(|| check(say, &name, Some(heading.clone())));
    view! {
        <li>
            <h2 id=heading.clone()><bdi>{name}</bdi></h2>
            <p class="by">
                <span class="chip">{say.network(source)}</span>
                {handle.map(|handle| view! { <bdi>{handle}</bdi> })}
                {server.map(|server| view! { <bdi>{server}</bdi> })}
                <span>{can}</span>
            </p>
            <p class="by accounts-on">{whole}</p>
            {file}
            <div class="organise-actions">{edit}{check}</div>
        </li>
    }
}

fn check(say: Accounts, name: &str, of: Option<String>) -> impl IntoView + use<> {
    view! {
        <form method="post" action=format!("/organise/accounts/{name}/check")>
            <button class="btn quiet" aria-describedby=of>{say.check()}</button>
        </form>
    }
}

pub(super) fn head(title: String) -> Head {
    Head { title, description: String::new(), class: "organise-page", island: None, robots: false }
}
