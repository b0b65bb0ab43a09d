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
        (Some(id), if shown { under_thumb(&desk.offered_now(id)) } else { Vec::new() })
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

/// What is done most, of what can be done, as far as there is room.
fn under_thumb(offered: &[Deed]) -> Vec<Deed> {
    use Deed::{Approve, Decline, Enqueue, Mask, Next, Refer, Restore, Stage, Twin};
    let most = [Mask, Approve, Twin, Refer, Decline, Enqueue, Stage, Next, Restore];
    most.into_iter().filter(|deed| offered.contains(deed)).take(4).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::islands::desk::areas::Area;

    fn shown(area: Area, facts: Facts) -> Vec<Deed> {
        under_thumb(&keys::offered(area, facts))
    }

    #[test]
    fn what_is_done_most_comes_first_and_no_more_than_fits() {
        let nothing = Facts::default();
        assert_eq!(shown(Area::Incoming, nothing), [Deed::Approve, Deed::Decline]);
        assert_eq!(shown(Area::Queue, nothing), [Deed::Decline, Deed::Stage]);
        assert_eq!(shown(Area::Declined, nothing), [Deed::Restore]);
        assert_eq!(shown(Area::Declined, Facts { withdrawn: true, ..nothing }), []);
        let all = Facts { maskable: true, twin: true, answered: true, ..nothing };
        assert_eq!(shown(Area::Incoming, all), [Deed::Mask, Deed::Approve, Deed::Twin, Deed::Refer]);
    }
}
