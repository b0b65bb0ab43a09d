//! Where the session stands, when that is not simply "live": how long until it opens or begins,
//! or that it is over.

use leptos::prelude::*;
use shared::{Moment, Phase, sentences::times};

use super::Here;
use crate::parts;

pub fn lines(here: Here) -> impl IntoView {
    let session =
        here.session(|session| (session.phase, session.opens.clone(), session.starts.clone(), session.box_open));
    let page_now = here.shell.with_value(|shell| shell.now.clone());
    parts::maybe(move || {
        let (phase, opens, starts, box_open) = session.get();
        let now = here.now.get();
        let coming = |moment: Option<Moment>| moment.filter(|moment| moment.millis() > now);
        let start = || coming(starts).map(|at| (here.say.starts_in(at.millis() - now), at));
        let open = || coming(opens).map(|at| (here.say.opens_in(at.millis() - now), at));
        let (until, words) = match phase {
            Phase::Announced if box_open => (start(), Some(here.say.ask_early())),
            Phase::Announced => (open().or_else(start), None),
            Phase::Open => (start(), None),
            Phase::Live => (None, None),
            Phase::Closed | Phase::Archived => (None, Some(here.say.over())),
        };
        let countdown = until.map(|(left, at)| {
            let when = times::when(here.lang, &at, &page_now);
            view! {
                <p class="countdown">
                    <b class="num">{left}</b> " "
                    <time class="soft" datetime=at.0>{when}</time>
                </p>
            }
        });
        let words = words.map(|words| view! { <p class="notice">{words}</p> });
        (countdown.is_some() || words.is_some()).then(|| view! { <div class="opening">{countdown} {words}</div> })
    })
}
