//! The buttons on a card, with their keys.

use leptos::prelude::*;
use shared::QuestionId;

use super::{
    decline::DeclineForm,
    edit::EditForm,
    keys::Deed,
    state::{Desk, Form},
};

impl Desk {
    /// What a deed's button says.
    pub fn label(self, deed: Deed) -> &'static str {
        let say = self.say;
        match deed {
            Deed::Approve => say.approve(),
            Deed::Decline => say.decline(),
            Deed::Edit => say.edit(),
            Deed::Bundle => say.bundle(),
            Deed::Wordings => say.wordings(),
            Deed::Restore => say.restore(),
            Deed::Enqueue => say.enqueue(),
            Deed::Dequeue => say.dequeue(),
            Deed::Stage => say.put_on_stage(),
            Deed::Unstage => say.take_off_stage(),
            Deed::Next => say.next(),
        }
    }
}

/// Why the last step with a card was not done, the form that is open on it, and what else can be
/// done with it. Only the selected card's buttons are stops of the Tab key.
#[component]
pub fn Deeds(id: QuestionId, #[prop(into)] deeds: Signal<Vec<Deed>>) -> impl IntoView {
    let desk = Desk::here();
    let selected = desk.is_selected(id);
    let busy = RwSignal::from(desk.work(id).busy);
    let form = RwSignal::from(desk.work(id).form);
    let buttons = move || {
        deeds
            .get()
            .into_iter()
            // The wordings have their own opener.
            .filter(|deed| *deed != Deed::Wordings)
            .map(|deed| {
                view! {
                    <button
                        type="button"
                        class="btn quiet desk-deed"
                        class:is-main=deed.is_main()
                        tabindex=move || if selected.get() { "0" } else { "-1" }
                        aria-disabled=move || busy.get().then_some("true")
                        aria-keyshortcuts=deed.key()
                        on:click=move |_| desk.act(id, deed)
                    >
                        {desk.label(deed)}
                        <kbd aria-hidden="true">{deed.key().to_uppercase()}</kbd>
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <Refused id/>
        {move || match form.get() {
            Some(Form::Decline) => view! { <DeclineForm id/> }.into_any(),
            Some(Form::Edit) => view! { <EditForm id/> }.into_any(),
            None => view! { <div class="desk-deeds">{buttons}</div> }.into_any(),
        }}
    }
}

/// Why the last step with a card was not done, on the card itself.
#[component]
pub fn Refused(id: QuestionId) -> impl IntoView {
    let refusal = RwSignal::from(Desk::here().work(id).refusal);
    move || refusal.get().map(|sentence| view! { <p class="desk-refusal" role="alert">{sentence}</p> })
}
