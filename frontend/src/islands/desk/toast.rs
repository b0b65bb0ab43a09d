//! The latest step of anybody at the desk, with a way back, for as long as one may want it.

use leptos::prelude::*;

use super::{state::Desk, steps::snippet};
use crate::browser;

/// How long the latest step stays in view, in milliseconds. It can be undone from the list of
/// steps as long as one likes.
const IN_VIEW: u32 = 12_000;

/// A line at the foot of the desk. It appears for steps after the page was opened only.
#[component]
pub fn Toast() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let latest = Memo::new(move |_| desk.session.with(|session| session.steps.last().cloned()));
    let dismissed = RwSignal::new(latest.with_untracked(|latest| latest.as_ref().map_or(0, |step| step.id)));
    Effect::new(move |_| {
        if let Some(step) = latest.get() {
            browser::after(IN_VIEW, move || {
                if dismissed.get_untracked() < step.id {
                    dismissed.set(step.id);
                }
            });
        }
    });
    let shown = Memo::new(move |_| latest.get().filter(|step| step.id > dismissed.get() && step.undone_by.is_none()));
    move || {
        shown.get().map(|step| {
            let id = step.id;
            view! {
                <section class="desk-toast" aria-label=say.latest_step()>
                    <p>
                        {desk.me.with_value(|me| say.step(step.act, &step.by, me, step.many))}
                        {snippet(desk, &step).map(|words| view! { " "<q dir="auto">{words}</q> })}
                    </p>
                    <button type="button" aria-disabled=move || desk.is_undoing(id).then_some("true") on:click=move |_| desk.undo(id)>
                        {say.undo()}
                        {desk.me.with_value(|me| *me == step.by).then(|| view! { <kbd aria-hidden="true">"Z"</kbd> })}
                    </button>
                    <button type="button" class="desk-toast-close" aria-label=say.dismiss() on:click=move |_| dismissed.set(id)>
                        <span aria-hidden="true">"×"</span>
                    </button>
                </section>
            }
        })
    }
}
