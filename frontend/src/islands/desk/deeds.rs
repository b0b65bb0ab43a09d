//! The buttons on a card, with their keys.

use leptos::prelude::*;
use shared::{QuestionId, sentences::sources::Sources};

use super::{
    conflict::Asked,
    decline::DeclineForm,
    edit::EditForm,
    keys::Deed,
    labels::LabelForm,
    route::RouteForm,
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
            Deed::Twin => say.twin_bundle(),
            Deed::Refer => say.refer(),
            Deed::Mask => say.mask(),
            Deed::Route => say.route(),
            Deed::Label => say.label(),
            Deed::Pick => say.pick(),
            Deed::Wordings => say.wordings(),
            Deed::Restore => say.restore(),
            Deed::Enqueue => say.enqueue(),
            Deed::Dequeue => say.dequeue(),
            Deed::Stage => say.put_on_stage(),
            Deed::Unstage => say.take_off_stage(),
            Deed::Next => say.next(),
            Deed::TakeOver => Sources(say.0).take_over(),
            Deed::LeaveAs => Sources(say.0).leave_as(),
        }
    }
}

/// Why the last step with a card was not done, the form that is open on it, and what else can be
/// done with it. Only the selected card's buttons are stops of the Tab key; a `brief` card makes those
/// that can wait when it is selected, and on a phone all of them.
#[component]
pub fn Deeds(id: QuestionId, #[prop(into)] deeds: Signal<Vec<Deed>>, #[prop(optional)] brief: bool) -> impl IntoView {
    let desk = Desk::here();
    let selected = desk.is_selected(id);
    let busy = RwSignal::from(desk.work(id).busy);
    let form = RwSignal::from(desk.work(id).form);
    let offered = Memo::new(move |_| {
        let waits = brief && desk.settled.get() != Some(id);
        let none = waits && desk.narrow.get();
        let shows = |deed: &Deed| !(none || waits && deed.is_rare());
        deeds.with(|all| all.iter().copied().filter(shows).collect::<Vec<_>>())
    });
    let buttons = move || {
        let all = offered.get();
        // The key of bundling is the named twin's when there is one.
        let shifted = |deed: Deed| deed == Deed::Bundle && all.contains(&Deed::Twin);
        let made = all.iter().copied().filter(|deed| !deed.has_own_place()).map(|deed| {
            let (label, key) = if shifted(deed) {
                (desk.say.choose_other(), "⇧B".to_owned())
            } else {
                (desk.label(deed), deed.key().to_uppercase())
            };
            view! {
                <button
                    type="button"
                    class="btn quiet desk-deed"
                    class:is-main=deed.is_main()
                    tabindex=move || if selected.get() { "0" } else { "-1" }
                    aria-disabled=move || busy.get().then_some("true")
                    aria-keyshortcuts=if shifted(deed) { "Shift+b" } else { deed.key() }
                    on:click=move |_| desk.act(id, deed)
                >
                    {label}
                    <kbd aria-hidden="true">{key}</kbd>
                </button>
            }
        });
        made.collect_view()
    };
    view! {
        <Refused id/>
        <Asked id/>
        {move || match form.get() {
            Some(Form::Decline) => view! { <DeclineForm id/> }.into_any(),
            Some(Form::Edit) => view! { <EditForm id/> }.into_any(),
            Some(Form::Route) => view! { <RouteForm id/> }.into_any(),
            Some(Form::Label) => view! { <LabelForm id/> }.into_any(),
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
