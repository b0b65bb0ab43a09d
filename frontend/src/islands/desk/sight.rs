//! What of a list is in sight, and keeping it where it is while cards come and go around it. Only a
//! browser has anything in sight.

use shared::QuestionId;

/// The id of a card's place in its list.
pub fn slot(id: QuestionId) -> String {
    format!("at-{id}")
}

/// A card that is on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Made {
    /// Which.
    pub id: QuestionId,
    /// How tall it is with the room below it, in pixels.
    pub height: f64,
    /// How far it is below the top of its list, in pixels.
    pub offset: f64,
}

/// How far the list is to be scrolled so that the first of `before` that is still made stays where it
/// is on the screen.
pub fn shift(before: &[(QuestionId, f64)], now: &[Made]) -> f64 {
    let still =
        |(id, offset): &(QuestionId, f64)| now.iter().find(|made| made.id == *id).map(|made| made.offset - offset);
    before.iter().find_map(still).unwrap_or(0.0)
}

#[cfg(feature = "hydrate")]
pub use present::*;

#[cfg(feature = "hydrate")]
mod present {
    use leptos::{
        wasm_bindgen::{JsCast, closure::Closure},
        web_sys::{self, Element, HtmlElement},
    };
    use shared::QuestionId;

    use super::Made;
    use crate::browser;

    /// Calls back, at most once a picture, when anything on the page was scrolled, folded or resized.
    pub fn on_look(act: impl Fn() + Clone + 'static) {
        let waits = std::rc::Rc::new(std::cell::Cell::new(false));
        let act = Closure::<dyn Fn()>::new(move || {
            if !waits.replace(true) {
                let (waits, act) = (waits.clone(), act.clone());
                browser::before_paint(move || {
                    waits.set(false);
                    act();
                });
            }
        })
        .into_js_value();
        let Some(window) = web_sys::window() else { return };
        for event in ["scroll", "resize", "toggle"] {
            // These do not bubble, but whoever listens on the way down hears them.
            let _ = window.add_event_listener_with_callback_and_bool(event, act.unchecked_ref(), true);
        }
    }

    /// Calls back when the contents of an element are taller or less tall.
    pub fn on_resize(element: &Element, act: impl Fn() + Clone + 'static) {
        let act = Closure::<dyn Fn()>::new(move || browser::before_paint(act.clone())).into_js_value();
        if let Ok(observer) = web_sys::ResizeObserver::new(act.unchecked_ref()) {
            observer.observe(element);
        }
    }

    /// Whether the screen is as narrow as a phone's, where the styles leave out what a card can do.
    pub fn is_narrow() -> bool {
        let width = web_sys::window().and_then(|window| window.inner_width().ok()).and_then(|width| width.as_f64());
        width.is_some_and(|width| width <= 700.0)
    }

    /// What of a list is in sight, in pixels from its top; nothing when it is hidden.
    pub fn in_sight(list: &HtmlElement) -> Option<(f64, f64)> {
        let rect = list.get_bounding_client_rect();
        if rect.width() <= 0.0 {
            return None;
        }
        let height = web_sys::window()?.inner_height().ok()?.as_f64()?;
        let (top, bottom) = scroller(list).map_or((0.0, height), |scroller| {
            let frame = scroller.get_bounding_client_rect();
            (frame.top().max(0.0), frame.bottom().min(height))
        });
        Some((top - rect.top(), bottom - rect.top()))
    }

    /// The cards that are on the page, in order.
    pub fn made(list: &HtmlElement) -> Vec<Made> {
        let top = list.get_bounding_client_rect().top();
        let Ok(slots) = list.query_selector_all(":scope > ol > li:not(.is-apart)") else { return Vec::new() };
        (0..slots.length())
            .filter_map(|at| {
                let slot: Element = slots.item(at)?.unchecked_into();
                let rect = slot.get_bounding_client_rect();
                let id: QuestionId = slot.id().strip_prefix("at-")?.parse().ok()?;
                Some(Made { id, height: rect.height(), offset: rect.top() - top })
            })
            .collect()
    }

    /// Scrolls a list, if it was scrolled at all.
    #[allow(clippy::cast_possible_truncation, reason = "pixels on a page")]
    pub fn scroll_by(list: &HtmlElement, by: f64) {
        let page = || web_sys::window().and_then(|window| window.document()).and_then(|all| all.document_element());
        if let Some(scroller) = scroller(list).or_else(page)
            && scroller.scroll_top() > 4
        {
            scroller.set_scroll_top(scroller.scroll_top() + by.round() as i32);
        }
    }

    /// Moves the focus without scrolling.
    pub fn focus_in_place(id: &str) {
        let found = web_sys::window().and_then(|window| window.document()).and_then(|all| all.get_element_by_id(id));
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = found.focus_with_options(&options);
        }
    }

    /// What a list scrolls in, when that is not the page.
    fn scroller(list: &HtmlElement) -> Option<Element> {
        let mut at = list.closest(".desk-area").ok().flatten();
        while let Some(area) = at {
            if area.scroll_height() > area.client_height() + 1 {
                return Some(area);
            }
            at = area.parent_element().and_then(|parent| parent.closest(".desk-right").ok().flatten());
        }
        None
    }
}

#[cfg(not(feature = "hydrate"))]
pub use absent::*;

#[cfg(not(feature = "hydrate"))]
mod absent {
    use leptos::web_sys::{Element, HtmlElement};

    use super::Made;

    /// Calls back when anything was scrolled.
    pub fn on_look(_act: impl Fn() + Clone + 'static) {}

    /// Calls back when the contents of an element change their height.
    pub fn on_resize(_element: &Element, _act: impl Fn() + Clone + 'static) {}

    /// Whether the screen is as narrow as a phone's.
    pub fn is_narrow() -> bool {
        false
    }

    /// What of a list is in sight.
    pub fn in_sight(_list: &HtmlElement) -> Option<(f64, f64)> {
        None
    }

    /// The cards that are on the page.
    pub fn made(_list: &HtmlElement) -> Vec<Made> {
        Vec::new()
    }

    /// Scrolls a list.
    pub fn scroll_by(_list: &HtmlElement, _by: f64) {}

    /// Moves the focus without scrolling.
    pub fn focus_in_place(_id: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_reads_stays_where_it_is() {
        let made = |id, offset| Made { id: QuestionId(id), height: 100.0, offset };
        let before = [(QuestionId(7), 300.0), (QuestionId(8), 400.0)];
        let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
        assert!(near(shift(&before, &[made(6, 300.0), made(7, 420.0), made(8, 520.0)]), 120.0), "one came above it");
        assert!(near(shift(&before, &[made(8, 300.0)]), -100.0), "it left; its neighbour stays");
        assert!(near(shift(&before, &[made(1, 0.0)]), 0.0));
    }
}
