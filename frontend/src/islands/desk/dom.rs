//! What the desk does to the browser's focus. On the server there is none, and nobody asks.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};
use shared::QuestionId;

use super::keys::{Place, Press, With};
use crate::browser;

/// The id of a card's element.
pub fn card(id: QuestionId) -> String {
    format!("q-{id}")
}

/// The id of the element that holds a card's words.
pub fn words(id: QuestionId) -> String {
    format!("q-{id}-words")
}

/// The id of the list of a card's wordings.
pub fn wordings(id: QuestionId) -> String {
    format!("q-{id}-wordings")
}

/// Moves the focus to an element: now, and again when it was put elsewhere before the next picture.
pub fn focus(element: &str) {
    browser::focus(element);
    let element = element.to_owned();
    browser::before_paint(move || {
        if is_focus_lost() {
            browser::focus(&element);
        }
    });
}

/// Whether a card is on the page.
pub fn is_made(id: QuestionId) -> bool {
    document().get_element_by_id(&card(id)).is_some()
}

/// Whether what an event happened to is a card or lies in one.
pub fn is_in_a_card(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.closest(".desk-areas article").is_ok_and(|card| card.is_some()))
}

/// Gives an element a style of its own; the page's policy forbids to write it down.
pub fn set_style(element: &web_sys::HtmlElement, name: &str, value: &str) {
    #[cfg(feature = "hydrate")]
    let _ = element.style().set_property(name, value);
    #[cfg(not(feature = "hydrate"))]
    let _ = (element, name, value);
}

/// Moves the focus to an element as soon as the part that is being made is on the page.
pub fn focus_when_made(element: String) {
    Effect::new(move |_| browser::focus(&element));
}

/// Moves the focus to a card if nothing has it, as after the card that had it went away.
pub fn focus_if_lost(id: QuestionId) {
    browser::before_paint(move || {
        if is_focus_lost() {
            browser::focus(&card(id));
        }
    });
}

/// Opens the wordings of a bundle and goes to the first one's button.
pub fn open_wordings(id: QuestionId) {
    let Some(list) = document().get_element_by_id(&wordings(id)) else { return };
    let _ = list.set_attribute("open", "");
    if let Ok(Some(button)) = list.query_selector("button")
        && let Ok(button) = button.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = button.focus();
    }
}

/// Opens the folded part in which a card lies.
pub fn unfold(id: QuestionId) {
    let folded =
        document().get_element_by_id(&card(id)).and_then(|found| found.closest("details.desk-fold").ok().flatten());
    if let Some(details) = folded {
        let _ = details.set_attribute("open", "");
    }
}

/// Shows every area from its top, as after a search.
pub fn to_top() {
    for area in ["incoming", "shown", "done"] {
        if let Some(area) = document().get_element_by_id(area) {
            area.set_scroll_top(0);
        }
    }
}

/// Closes the menus of the top bar; whether any was open.
pub fn close_menus() -> bool {
    let Ok(Some(open)) = document().query_selector("details.desk-menu[open]") else { return false };
    let _ = open.remove_attribute("open");
    if let Ok(Some(summary)) = open.query_selector("summary")
        && let Ok(summary) = summary.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = summary.focus();
    }
    true
}

/// Closes the menus of the top bar that a click fell beside.
pub fn close_menus_beside(event: &web_sys::MouseEvent) {
    let Ok(Some(open)) = document().query_selector("details.desk-menu[open]") else { return };
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    if !open.contains(target.as_ref()) {
        let _ = open.remove_attribute("open");
    }
}

/// Gives a drag something to carry; without it Firefox drags nothing.
pub fn carry(event: &web_sys::DragEvent, id: QuestionId) {
    #[cfg(feature = "hydrate")]
    if let Some(load) = event.data_transfer() {
        let _ = load.set_data("text/plain", &id.to_string());
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (event, id);
}

/// Reads a key press; `choosing` says that the selected card's reasons are open. The key is
/// borrowed from `key`, since the event gives it only once.
pub fn press<'a>(event: &web_sys::KeyboardEvent, key: &'a str, choosing: bool) -> Press<'a> {
    let with = if event.ctrl_key() || event.meta_key() {
        With::Command
    } else if event.alt_key() {
        With::Alt
    } else if event.shift_key() {
        With::Shift
    } else {
        With::Nothing
    };
    let in_dialog = document().query_selector("dialog[open]").ok().flatten().is_some();
    let place = match event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
        _ if in_dialog => Place::Dialog,
        Some(element) if matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") => Place::Field,
        _ if choosing => Place::Reasons,
        Some(element) if element.closest(".desk-form").is_ok_and(|form| form.is_some()) => Place::Field,
        _ => Place::Desk,
    };
    Press { key, with, place, held: event.repeat() }
}

/// Scrolls a listed element into its list's view, no further than needed.
pub fn reveal(element: &str) {
    let element = element.to_owned();
    browser::before_paint(move || {
        let found = document().get_element_by_id(&element).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(found) = found
            && let Some(list) = found.offset_parent()
        {
            let (top, bottom) = (found.offset_top(), found.offset_top() + found.offset_height());
            let hidden_below = bottom - list.client_height();
            list.set_scroll_top(list.scroll_top().clamp(hidden_below.min(top), top));
        }
    });
}

/// Whether nothing has the focus.
pub fn is_focus_lost() -> bool {
    document().active_element().is_none_or(|active| active.tag_name() == "BODY")
}
