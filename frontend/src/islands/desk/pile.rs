//! A list of cards, of any length: incoming, shown, answered, declined. Only the cards in sight, some
//! around them, and the selected one are on the page.

use leptos::{html, prelude::*};
use shared::QuestionId;

use super::{
    areas::Area,
    card::DeskCard,
    dom, sight,
    state::Desk,
    window::{self, Pace, Sight, Window},
};
use crate::browser;

/// How long after a change cards are counted again, in milliseconds.
const COUNT: u32 = 800;

/// The cards of one area, with a calm sentence when there are none.
#[component]
pub fn Pile(area: Area, empty: &'static str) -> impl IntoView {
    let desk = Desk::here();
    let seen = RwSignal::new(None::<(u64, u64)>);
    let measured = RwSignal::new(0_u32);
    let window = made(desk, area, wanted(desk, area, seen, measured), seen);
    let apart = apart(desk, area, window);
    let ids = Memo::new(move |_| {
        let mut ids = window.with(|window| window.ids.clone());
        if let Some(Apart { id, first, .. }) = apart.get() {
            ids.insert(if first { 0 } else { ids.len() }, id);
        }
        ids
    });
    let stop = Memo::new(move |_| {
        let selected = desk.selected.get();
        ids.with(|ids| selected.filter(|id| ids.contains(id)).or_else(|| ids.first().copied()))
    });
    let total = desk.count(area);
    let counted = counted(window, apart, total);
    let list = NodeRef::<html::Div>::new();
    keep_in_place(desk, list, ids, seen, measured);
    view! {
        {move || (total.get() == 0).then(|| view! { <Empty sentence=empty/> })}
        <div class="desk-list" node_ref=list>
            <Room height=Signal::derive(move || window.with(|window| window.above))/>
            <ol class="desk-pile" role="list">
                <For each=move || ids.get() key=|id| *id let:id>
                    <Slot id area stop window apart total counted/>
                </For>
            </ol>
            <Room height=Signal::derive(move || window.with(|window| window.below))/>
        </div>
    }
    .into_any()
}

/// Where the Tab key stops in a short list: at the selected card, else at the first.
pub fn tab_stop(desk: Desk, ids: Memo<Vec<QuestionId>>) -> Memo<Option<QuestionId>> {
    Memo::new(move |_| {
        let selected = desk.selected.get();
        ids.with(|ids| selected.filter(|id| ids.contains(id)).or_else(|| ids.first().copied()))
    })
}

/// The selected card, when it is made though it is out of sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Apart {
    id: QuestionId,
    /// It comes before what is in sight.
    first: bool,
    /// Its place in the list, from 0.
    at: usize,
    /// How far it is below the top of its list, in pixels.
    offset: u64,
}

/// Nothing to see, and a way out when that is because of what one looks for.
#[component]
fn Empty(sentence: &'static str) -> impl IntoView {
    let desk = Desk::here();
    let looking = Memo::new(move |_| desk.filter.with(|filter| !filter.is_empty()));
    move || {
        if looking.get() {
            view! {
                <div class="desk-empty soft">
                    <p>{desk.say.nothing_found()}</p>
                    <button type="button" class="btn quiet desk-deed" on:click=move |_| desk.look_for_all()>{desk.say.clear_filter()}</button>
                </div>
            }
            .into_any()
        } else {
            view! { <p class="desk-empty soft">{sentence}</p> }.into_any()
        }
    }
}

/// The place of one card.
#[component]
fn Slot(
    id: QuestionId,
    area: Area,
    stop: Memo<Option<QuestionId>>,
    window: RwSignal<Window>,
    apart: Memo<Option<Apart>>,
    total: Memo<usize>,
    counted: RwSignal<u32>,
) -> impl IntoView {
    let item = NodeRef::<html::Li>::new();
    let place = Memo::new(move |_| {
        counted.track();
        let beside = apart.get_untracked().filter(|apart| apart.id == id).map(|apart| apart.at);
        let within = |window: &Window| Some(window.first + window.ids.iter().position(|known| *known == id)?);
        beside.or_else(|| window.with_untracked(within)).unwrap_or(0)
    });
    let of = Memo::new(move |_| {
        counted.track();
        total.get_untracked()
    });
    let offset = Memo::new(move |_| apart.get().filter(|apart| apart.id == id).map(|apart| apart.offset));
    Effect::new(move |_| {
        if let (Some(offset), Some(item)) = (offset.get(), item.get()) {
            dom::set_style(&item, "top", &format!("{offset}px"));
        }
    });
    view! {
        <li
            id=sight::slot(id)
            node_ref=item
            class:is-apart=move || offset.get().is_some()
            aria-setsize=move || of.get().to_string()
            aria-posinset=move || (place.get() + 1).to_string()
        >
            <DeskCard id area stop/>
        </li>
    }
}

/// Room for the cards that are not made.
#[component]
fn Room(height: Signal<u64>) -> impl IntoView {
    let room = NodeRef::<html::Div>::new();
    let height = Memo::new(move |_| height.get());
    Effect::new(move |_| {
        if let Some(room) = room.get() {
            dom::set_style(&room, "height", &format!("{}px", height.get()));
        }
    });
    view! { <div node_ref=room aria-hidden="true"></div> }
}

fn wanted(desk: Desk, area: Area, seen: RwSignal<Sight>, measured: RwSignal<u32>) -> Memo<Window> {
    let changes = desk.lists[area as usize];
    Memo::new(move |_| {
        changes.track();
        measured.track();
        let seen = seen.get();
        desk.piles_now(|piles| window::window(piles.pile(area), seen))
    })
}

/// What of it is on the page: all at first, and then a few new ones at a time. They are made between two
/// pictures, so that the browser does not have to lay them out in the same breath.
fn made(desk: Desk, area: Area, wanted: Memo<Window>, seen: RwSignal<Sight>) -> RwSignal<Window> {
    let made = RwSignal::new(wanted.get_untracked());
    let (waits, pace) = (StoredValue::new(false), StoredValue::new(Pace::default()));
    let making = Making { desk, area, wanted, seen, made, waits, pace };
    Effect::new(move |before: Option<()>| {
        wanted.track();
        if before.is_some() || wanted.with_untracked(|wanted| made.with_untracked(|made| wanted != made)) {
            making.soon();
        }
    });
    made
}

#[derive(Clone, Copy)]
struct Making {
    desk: Desk,
    area: Area,
    wanted: Memo<Window>,
    seen: RwSignal<Sight>,
    made: RwSignal<Window>,
    waits: StoredValue<bool>,
    pace: StoredValue<Pace>,
}

impl Making {
    fn soon(self) {
        if !self.waits.get_value() {
            self.waits.set_value(true);
            browser::after(0, move || {
                self.waits.set_value(false);
                self.step();
            });
        }
    }

    /// The next step comes after the picture of this one, and is as large as that was quick.
    fn after_the_picture(self) {
        self.waits.set_value(true);
        let began = browser::clock();
        browser::after_paint(move || {
            self.pace.update_value(|pace| *pace = pace.after(browser::clock() - began));
            self.waits.set_value(false);
            self.step();
        });
    }

    fn step(self) {
        let sight = self.seen.get_untracked();
        let (now, more) = self.wanted.with_untracked(|wanted| {
            let made = self.made.with_untracked(|made| made.ids.clone());
            let pace = self.pace.get_value();
            let now = self.desk.piles_now(|piles| window::step(piles.pile(self.area), wanted, &made, sight, pace));
            let more = *wanted != now;
            (now, more)
        });
        if self.made.with_untracked(|made| *made != now) {
            self.made.set(now);
        }
        if more {
            self.after_the_picture();
        }
    }
}

/// Told when cards are to be counted again for those who hear them: a while after something changed. With each question
/// that comes in the numbers of all cards are others, and writing them down takes a slow phone as long as a card.
fn counted(window: RwSignal<Window>, apart: Memo<Option<Apart>>, total: Memo<usize>) -> RwSignal<u32> {
    let counted = RwSignal::new(0_u32);
    let waits = StoredValue::new(false);
    Effect::new(move |before: Option<()>| {
        window.track();
        apart.track();
        total.track();
        if before.is_some() && !waits.get_value() {
            waits.set_value(true);
            browser::after(COUNT, move || {
                waits.set_value(false);
                counted.update(|counted| *counted = counted.wrapping_add(1));
            });
        }
    });
    counted
}

fn apart(desk: Desk, area: Area, window: RwSignal<Window>) -> Memo<Option<Apart>> {
    Memo::new(move |_| {
        let id = desk.selected.get()?;
        window.with(|window| {
            let (here, before) = desk.piles_now(|piles| piles.find(id))?;
            (here == area && !window.ids.contains(&id)).then_some(Apart {
                id,
                first: before.found < window.first,
                at: before.found,
                offset: before.height,
            })
        })
    })
}

/// After each change: learns how tall the cards are, and keeps what one reads where it is.
fn keep_in_place(
    desk: Desk,
    list: NodeRef<html::Div>,
    ids: Memo<Vec<QuestionId>>,
    seen: RwSignal<Sight>,
    measured: RwSignal<u32>,
) {
    let before = StoredValue::new(Vec::<(QuestionId, f64)>::new());
    let settle = move || {
        let Some(list) = list.get_untracked() else { return };
        let Some((top, bottom)) = sight::in_sight(&list) else { return };
        let made = sight::made(&list);
        let reading = before.get_value();
        let by = sight::shift(&reading, &made);
        if by.abs() >= 1.0 && top > 0.0 {
            sight::scroll_by(&list, by);
        }
        desk.bring_focus_back();
        let in_sight = made.iter().filter(|made| made.offset + made.height > top && made.offset < bottom);
        before.set_value(in_sight.map(|made| (made.id, made.offset)).collect());
        let mut news = false;
        desk.piles.update_value(|piles| {
            for made in &made {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels, from 0")]
                let height = made.height.round().max(0.0) as u32;
                news |= piles.measure(made.id, height);
            }
        });
        if news {
            measured.update(|times| *times = times.wrapping_add(1));
        }
    };
    let look = move || {
        let Some(list) = list.get_untracked() else { return };
        // Of a list that is hidden the first few are enough, until one looks at it.
        let (top, bottom) = sight::in_sight(&list).unwrap_or((0.0, 0.0));
        let now = Some(window::rounded(top, bottom));
        if seen.get_untracked() != now {
            seen.set(now);
        }
        settle();
    };
    Effect::new(move |_| {
        ids.track();
        browser::before_paint(settle);
    });
    Effect::new(move |_| {
        desk.looks.track();
        look();
    });
    Effect::new(move |_| {
        if let Some(list) = list.get()
            && let Ok(Some(pile)) = list.query_selector("ol")
        {
            sight::on_resize(&pile, look);
        }
    });
}
