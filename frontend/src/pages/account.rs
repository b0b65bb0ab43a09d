//! `/{hashtag}/account`: what moderators did with what was asked, in numbers, and what they may do.

use leptos::prelude::*;
use shared::{
    Phase, Reason,
    sentences::{account::Account as Say, common, problems},
    views::{Account, PublicSession},
};

use super::{Head, document};
use crate::{
    Shell, address,
    components::{LanguageSwitch, Tag},
};

/// What the public account of moderation shows.
pub struct AccountPage {
    /// The session.
    pub session: PublicSession,
    /// The numbers.
    pub account: Account,
}

/// The public account of moderation.
pub fn account(shell: &Shell, page: AccountPage) -> String {
    let (lang, say) = (shell.lang, Say(shell.lang));
    let AccountPage { session, account } = page;
    let hashtag = session.hashtag.clone();
    let head = Head {
        title: format!("{} #{hashtag}", say.title()),
        description: say.intro().to_owned(),
        class: "citizen one account",
        island: None,
        robots: true,
    };
    let nothing = account.asked == 0;
    let list = |sentences: [&'static str; 4]| sentences.map(|words| view! { <li>{words}</li> }).collect_view();
    let body = view! {
        <header class="top">
            <p class="name"><a href=address::session(&hashtag)><Tag hashtag=hashtag.clone() /></a></p>
            <p class="phase" class:live=session.phase == Phase::Live>{common::phase(lang, session.phase)}</p>
            <LanguageSwitch lang=lang path=shell.path.clone() />
            <p class="title" dir="auto">{session.title.clone()}</p>
        </header>
        <main id="content" tabindex="-1">
            <h1>{say.title()}</h1>
            <p class="account-intro">{say.intro()}</p>
            {if nothing {
                view! { <p class="notice">{say.nothing_yet()}</p> }.into_any()
            } else {
                numbers(shell, &account).into_any()
            }}
            <div class="account-rules">
                <section aria-labelledby="may"><h2 id="may">{say.may()}</h2><ul>{list(say.may_do())}</ul></section>
                <section aria-labelledby="may-not"><h2 id="may-not">{say.may_not()}</h2><ul>{list(say.may_not_do())}</ul></section>
            </div>
            {reasons(shell, &account)}
            <p class="soft">{say.foot()}</p>
            <p class="account-back"><a class="btn quiet" href=address::session(&hashtag)>{say.back()}</a></p>
        </main>
    };
    document(shell, head, body)
}

fn numbers(shell: &Shell, account: &Account) -> impl IntoView + use<> {
    let (lang, say) = (shell.lang, Say(shell.lang));
    let number = |n: u32| lang.number(u64::from(n));
    let declined: u32 = account.declined.iter().map(|declined| declined.questions).sum();
    let mut rows = vec![
        (say.asked(), number(account.asked), say.asked_means()),
        (say.shown(), number(account.shown), say.shown_means()),
        (say.bundled(), number(account.bundled), say.bundled_means()),
        (say.answered(), number(account.answered), say.answered_means()),
        (say.declined(), number(declined), say.declined_means()),
        (say.withdrawn(), number(account.withdrawn), say.withdrawn_means()),
        (say.masked(), number(account.masked), say.masked_means()),
    ];
    if let Some(seconds) = account.median_wait {
        rows.push((say.wait(), say.duration(seconds), say.wait_means()));
    }
    let rows = rows.into_iter().map(|(what, number, means)| {
        view! { <div><dt>{what}</dt><dd><b class="num">{number}</b><span class="soft">{means}</span></dd></div> }
    });
    view! {
        <section class="account-numbers" aria-labelledby="numbers">
            <h2 id="numbers" class="sr">{say.numbers()}</h2>
            <dl>{rows.collect_view()}</dl>
            <p class="soft">{say.as_of(&account.at, &shell.now)}</p>
        </section>
    }
}

/// Every reason there is, with what it means and how often it was used.
fn reasons(shell: &Shell, account: &Account) -> impl IntoView + use<> {
    let (lang, say) = (shell.lang, Say(shell.lang));
    let used =
        |reason| account.declined.iter().find(|declined| declined.reason == reason).map_or(0, |used| used.questions);
    let rows = Reason::ALL.iter().map(|&reason| {
        // On a button "Anders, namelijk" waits for words; here it is a heading.
        let label = problems::reason_label(lang, reason).split(',').next().unwrap_or_default().to_owned();
        let number = lang.number(u64::from(used(reason)));
        view! {
            <tr>
                <th scope="row">{label}<span class="soft">{say.reason_means(reason)}</span></th>
                <td class="num">{number}</td>
            </tr>
        }
    });
    let none = (account.asked > 0 && account.declined.is_empty()).then(|| view! { <p>{say.none_declined()}</p> });
    view! {
        <section class="account-reasons" aria-labelledby="reasons">
            <h2 id="reasons">{say.reasons()}</h2>
            {none}
            <table>
                <thead><tr><th scope="col">{say.reason()}</th><th scope="col">{say.questions()}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
}
