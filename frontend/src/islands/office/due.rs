//! By when something should be there, counting down.

use leptos::prelude::*;
use shared::{Moment, sentences::times, views::Routed};

use super::state::Office;

/// Less than this left is soon, in milliseconds.
const SOON: i64 = 5 * 60_000;

/// The time, how long that is, and in the colour of a warning once it is late. `done` is quiet about
/// it: what was answered is not late.
#[component]
pub fn Due(routed: Signal<Option<Routed>>, #[prop(into)] done: Signal<bool>) -> impl IntoView {
    let office = Office::here();
    let say = office.say;
    let due = Memo::new(move |_| routed.with(|routed| routed.as_ref().and_then(|routed| routed.due.clone())));
    let left = Memo::new(move |_| due.with(|due| due.as_ref().map(|due| due.millis() - office.clock.get())));
    let state = Memo::new(move |_| match left.get() {
        _ if done.get() => "done",
        Some(left) if left <= 0 => "late",
        Some(left) if left <= SOON => "soon",
        _ => "calm",
    });
    // Counted in words, so that it changes once a minute and not each second.
    let words = Memo::new(move |_| left.get().filter(|_| !done.get()).map(|left| say.due(left)));
    view! {
        <span class="office-due num" data-due=move || state.get()>
            {move || words.get().map(|words| view! { <b>{words}</b>" " })}
            {move || due.get().map(|due| at(office, &due))}
            {move || due.with(Option::is_none).then(|| say.no_due())}
        </span>
    }
}

fn at(office: Office, due: &Moment) -> impl IntoView + use<> {
    let words = office.now.with_value(|now| times::stamp(office.say.0, due, now));
    view! { <time datetime=due.0.clone()>{words}</time> }
}
