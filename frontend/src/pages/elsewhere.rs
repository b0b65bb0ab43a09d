//! Which accounts a session listens and speaks through: in its form, and on the organiser's page of it.

use leptos::{either::Either, prelude::*};
use shared::{News, Source, commands::Channels, sentences::accounts::Accounts, views::NetworkAccount};

use crate::Shell;

/// What is switched on for a session.
pub struct ElsewhereOn {
    /// The session's own choice.
    pub channels: Channels,
    /// All accounts.
    pub accounts: Vec<NetworkAccount>,
    /// The address to which gateways send for this session.
    pub inbox: String,
}

/// The part of a session's form; `chosen` is what is switched on in it.
pub(super) fn fieldset(shell: &Shell, accounts: &[NetworkAccount], chosen: &Channels) -> impl IntoView + use<> {
    let say = Accounts(shell.lang);
    let on = |name: &String| chosen.accounts.contains(name);
    let known = accounts.iter().map(|account| {
        let whence = match (&account.handle, &account.server) {
            (Some(handle), _) => format!("{}, {handle}", say.network(account.source)),
            (None, Some(server)) => format!("{}, {server}", say.network(account.source)),
            (None, None) => say.network(account.source).to_owned(),
        };
        check(format!("account-{}", account.name), account.name.clone(), whence, on(&account.name))
    });
    let known: Vec<_> = known.collect();
    // Otherwise saving the form would switch off, unseen, what is only out of reach for now.
    let unknown = chosen.accounts.iter().filter(|name| accounts.iter().all(|account| account.name != **name));
    let unknown: Vec<_> =
        unknown.map(|name| check(format!("account-{name}"), name.clone(), say.unknown().to_owned(), true)).collect();
    let none = known
        .is_empty()
        .then(|| view! { <p>{say.no_accounts()} " " <a href="/organise/accounts/new">{say.make_first()}</a></p> });
    let some = !known.is_empty() || !unknown.is_empty();
    let manage = (!known.is_empty()).then(|| view! { <p><a href="/organise/accounts">{say.manage()}</a></p> });
    let news = some.then(|| {
        let kinds = News::ALL.iter().map(|&news| {
            check(
                format!("news-{}", news.word()),
                say.tells(news).to_owned(),
                say.tells_when(news).to_owned(),
                chosen.news.contains(&news),
            )
        });
        view! {
            <div role="group" aria-labelledby="news" aria-describedby="news-help" class="accounts-news">
                <p id="news"><b>{say.news()}</b></p>
                <p class="soft" id="news-help">{say.news_help()}</p>
                {kinds.collect::<Vec<_>>()}
            </div>
        }
    });
    view! {
        <fieldset id="elsewhere">
            <legend>{say.elsewhere()}</legend>
            <p class="soft">{say.elsewhere_help()}</p>
            {known}
            {unknown}
            {none}
            {manage}
            {news}
        </fieldset>
    }
}

/// The part of the organiser's page of a session; `edit` is the address of its form.
pub(super) fn section(shell: &Shell, elsewhere: ElsewhereOn, edit: &str) -> impl IntoView + use<> {
    let say = Accounts(shell.lang);
    let ElsewhereOn { channels, accounts, inbox } = elsewhere;
    let rows: Vec<_> = channels
        .accounts
        .iter()
        .map(|name| {
            let account = accounts.iter().find(|account| account.name == *name);
            let network = account.map_or(say.unknown(), |account| say.network(account.source));
            let whence = account.and_then(|account| account.handle.clone().or_else(|| account.server.clone()));
            let gateway = account.is_some_and(|account| account.source == Source::Gateway);
            let inbox = gateway
                .then(|| view! { <span>{say.inbox()} " " <code class="accounts-code">{inbox.clone()}</code></span> });
            view! {
                <li class="by">
                    <bdi><b>{name.clone()}</b></bdi>
                    <span class="chip">{network}</span>
                    {whence.map(|whence| view! { <bdi>{whence}</bdi> })}
                    {inbox}
                </li>
            }
        })
        .collect();
    let what = if rows.is_empty() {
        Either::Left(view! { <p>{say.on_none()}</p> })
    } else {
        let told: Vec<_> = channels.news.iter().map(|&news| say.tells(news)).collect();
        let told = if told.is_empty() {
            say.told_nothing().to_owned()
        } else {
            format!("{}: {}.", say.told(), told.join(", "))
        };
        Either::Right(view! { <ul class="accounts-on-here">{rows}</ul> <p class="soft">{told}</p> })
    };
    view! {
        <section aria-labelledby="elsewhere">
            <h2 id="elsewhere">{say.elsewhere()}</h2>
            {what}
            <p class="organise-actions">
                <a href=format!("{edit}#elsewhere")>{say.change()}</a>
                <a href="/organise/accounts">{say.manage()}</a>
            </p>
        </section>
    }
}

fn check(name: String, label: String, help: String, on: bool) -> impl IntoView {
    view! {
        <label class="organise-check">
            <input type="checkbox" name=name checked=on/>
            <span><bdi>{label}</bdi> <span class="soft">{help}</span></span>
        </label>
    }
}
