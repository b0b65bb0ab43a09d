//! On a phone, a card swiped to the right is shown, and one swiped to the left asks why it is declined.
//! Its buttons do the same.

use std::{cell::RefCell, rc::Rc};

use leptos::{ev, ev::PointerEvent, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use shared::QuestionId;

use super::{dom, keys::Deed, state::Desk};

/// How far a finger goes before a card follows it, in pixels.
const SLACK: f64 = 14.0;
/// How far it goes before it means something, in pixels.
const FAR: f64 = 96.0;

/// What a swipe means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swipe {
    /// To the right.
    Show,
    /// To the left.
    Decline,
}

/// What a finger means that went so far, in pixels to the right and down.
pub fn meaning(right: f64, down: f64) -> Option<Swipe> {
    if right.abs() < FAR || down.abs() > right.abs() / 2.0 {
        return None;
    }
    Some(if right > 0.0 { Swipe::Show } else { Swipe::Decline })
}

/// How far a card follows a finger, in pixels to the right; a scrolling finger moves none.
pub fn follows(right: f64, down: f64) -> f64 {
    if right.abs() < SLACK || down.abs() > right.abs() { 0.0 } else { right - SLACK.copysign(right) }
}

/// A finger came down on a card.
pub fn begins(event: &PointerEvent, desk: Desk, id: QuestionId) {
    if event.pointer_type() != "touch" {
        return;
    }
    let Some(card) = event.current_target().and_then(|card| card.dyn_into::<HtmlElement>().ok()) else { return };
    let from = (f64::from(event.client_x()), f64::from(event.client_y()));
    let finger = event.pointer_id();
    let handles: Rc<RefCell<Vec<WindowListenerHandle>>> = Rc::default();
    let ends = {
        let handles = Rc::clone(&handles);
        let card = card.clone();
        move || {
            handles.borrow_mut().drain(..).for_each(WindowListenerHandle::remove);
            dom::set_style(&card, "translate", "");
            let _ = card.class_list().remove_2("is-showing", "is-declining");
        }
    };
    let way = move |event: &PointerEvent| (f64::from(event.client_x()) - from.0, f64::from(event.client_y()) - from.1);
    let moves = move |event: PointerEvent| {
        if event.pointer_id() == finger {
            let (right, down) = way(&event);
            dom::set_style(&card, "translate", &format!("{:.0}px", follows(right, down)));
            let list = card.class_list();
            let _ = list.toggle_with_force("is-showing", meaning(right, down) == Some(Swipe::Show));
            let _ = list.toggle_with_force("is-declining", meaning(right, down) == Some(Swipe::Decline));
        }
    };
    let up = {
        let ends = ends.clone();
        move |event: PointerEvent| {
            if event.pointer_id() == finger {
                let (right, down) = way(&event);
                ends();
                match meaning(right, down) {
                    Some(Swipe::Show) => desk.swiped(id, Deed::Approve),
                    Some(Swipe::Decline) => desk.swiped(id, Deed::Decline),
                    None => {}
                }
            }
        }
    };
    let cancel = move |_: PointerEvent| ends();
    handles.borrow_mut().extend([
        window_event_listener(ev::pointermove, moves),
        window_event_listener(ev::pointerup, up),
        window_event_listener(ev::pointercancel, cancel),
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_wide_and_level_swipe_means_something() {
        assert_eq!(meaning(120.0, 10.0), Some(Swipe::Show));
        assert_eq!(meaning(-120.0, -10.0), Some(Swipe::Decline));
        assert_eq!(meaning(60.0, 0.0), None);
        assert_eq!(meaning(120.0, 90.0), None, "that is scrolling");
    }

    #[test]
    fn a_card_follows_a_finger_that_goes_sideways() {
        let same = |one: f64, other: f64| (one - other).abs() < 1e-9;
        assert!(same(follows(10.0, 0.0), 0.0));
        assert!(same(follows(54.0, 3.0), 40.0));
        assert!(same(follows(-54.0, 3.0), -40.0));
        assert!(same(follows(54.0, 80.0), 0.0));
    }
}
