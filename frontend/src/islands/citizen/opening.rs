//! Where the session stands, when that is not simply "live": how long until it opens or begins,
//! or that it is over.

use leptos::prelude::*;
use shared::{Phase, sentences::times};

use super::Here;

pub fn lines(here: Here) -> impl IntoView {
    let session =
        here.session(|session| (session.phase, session.opens.clone(), session.starts.clone(), session.box_open));
    let page_now = here.shell.with_value(|shell| shell.now.clone());
    move || {
        let (phase, opens, starts, box_open) = session.get();
        let now = here.now.get();
        let coming = |moment: Option<shared::Moment>| moment.filter(|moment| moment.millis() > now);
        let countdown = |words: String, at: &shared::Moment| {
            let when = times::when(here.lang, at, &page_now);
            view! {
                <p class="countdown">
                    <b class="num">{words}</b> " "
                    <time class="soft" datetime=at.0.clone()>{when}</time>
                </p>
            }
        };
        match phase {
            Phase::Announced => {
                let opening = coming(opens).map(|at| countdown(here.say.opens_in(at.millis() - now), &at));
                let start = coming(starts).map(|at| countdown(here.say.starts_in(at.millis() - now), &at));
                let early = box_open.then(|| here.say.ask_early());
                let shown = if box_open { None } else { opening };
                let start = if shown.is_some() { None } else { start };
                view! { <div class="opening">{shown} {start} {early.map(|words| view! { <p>{words}</p> })}</div> }
                    .into_any()
            }
            Phase::Open => coming(starts)
                .map(|at| view! { <div class="opening">{countdown(here.say.starts_in(at.millis() - now), &at)}</div> })
                .into_any(),
            Phase::Live => ().into_any(),
            Phase::Closed | Phase::Archived => view! { <p class="notice">{here.say.over()}</p> }.into_any(),
        }
    }
}
