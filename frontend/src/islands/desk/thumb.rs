//! On a phone, what one does most with the selected card, under the thumb.

use leptos::prelude::*;
use shared::QuestionId;

use super::{
    keys::{self, Deed, Facts},
    state::Desk,
};

impl Desk {
    /// Does what a swipe says, if it can be done with the card.
    pub fn swiped(self, id: QuestionId, deed: Deed) {
        if self.offered_now(id).contains(&deed) {
            self.act(id, deed);
        }
    }

    /// What can be done with a card now.
    pub fn offered_now(self, id: QuestionId) -> Vec<Deed> {
        let Some((area, _)) = self.piles_now(|piles| piles.find(id)) else { return Vec::new() };
        let Some(card) = self.card_now(id) else { return Vec::new() };
        keys::offered(area, Facts::of(&card, &self.nearest_now(id)))
    }
}

/// The bar; only phones show it.
#[component]
pub fn Thumb() -> impl IntoView {
    let desk = Desk::here();
    let offered = Memo::new(move |_| {
        let Some(id) = desk.selected.get() else { return (None, Vec::new()) };
        desk.changes(id).track();
        let open = RwSignal::from(desk.work(id).form).get().is_some();
        let here = desk.piles_now(|piles| piles.find(id)).map(|(area, _)| area);
        let shown = here == Some(desk.area.get()) && !open && desk.picks.count.get() == 0;
        let most = [
            Deed::Mask,
            Deed::Approve,
            Deed::Twin,
            Deed::Refer,
            Deed::Decline,
            Deed::Enqueue,
            Deed::Stage,
            Deed::Next,
            Deed::Restore,
        ];
        let offered = desk.offered_now(id);
        let deeds = most.into_iter().filter(|deed| offered.contains(deed)).take(4).collect::<Vec<_>>();
        (Some(id), if shown { deeds } else { Vec::new() })
    });
    move || {
        let (id, deeds) = offered.get();
        id.filter(|_| !deeds.is_empty()).map(|id| {
            let busy = RwSignal::from(desk.work(id).busy);
            let buttons = deeds.into_iter().map(|deed| {
                view! {
                    <button type="button" class="btn quiet" class:is-main=deed.is_main()
                        aria-disabled=move || busy.get().then_some("true") on:click=move |_| desk.act(id, deed)>
                        {desk.label(deed)}
                    </button>
                }
            });
            view! { <nav class="desk-thumb" aria-label=desk.say.selected_card()>{buttons.collect_view()}</nav> }
        })
    }
}
