//! A dialog over the desk: the browser's own, with its focus trap and its Escape.

use leptos::{ev::MouseEvent, html, prelude::*, wasm_bindgen::JsCast, web_sys};

use super::{
    dom,
    state::{Desk, Dialog},
};

/// Shows its children while `is_mine` names the desk's open dialog.
#[component]
pub fn Sheet(
    /// Whether a dialog is this one.
    is_mine: fn(Dialog) -> bool,
    /// The id of the element, unique on the page.
    id: &'static str,
    /// Its heading.
    title: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let desk = Desk::here();
    let dialog = NodeRef::<html::Dialog>::new();
    let open = Memo::new(move |_| desk.dialog.get().is_some_and(is_mine));
    let children = StoredValue::new(children);
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() {
            let _ = dialog.show_modal();
        } else if dialog.open() {
            dialog.close();
        }
    });
    let closed = move || {
        if desk.dialog.get_untracked().is_some_and(is_mine) {
            desk.dialog.set(None);
        }
    };
    let beside = move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if target.is_some_and(|target| target.tag_name() == "DIALOG") {
            closed();
        }
    };
    view! {
        <dialog class="desk-sheet" node_ref=dialog aria-labelledby=id on:close=move |_| closed() on:click=beside>
            <div class="desk-sheet-in">
                <header>
                    <h2 id=id>{title}</h2>
                    <button type="button" class="btn quiet desk-deed" on:click=move |_| closed()>
                        {desk.say.close()}
                        <kbd aria-hidden="true">"Esc"</kbd>
                    </button>
                </header>
                {move || open.get().then(|| children.with_value(|children| children()))}
            </div>
        </dialog>
    }
    .into_any()
}

/// Brings the focus to a dialog's field when its contents are made, whether the browser opened the
/// dialog before (and found no field) or does so after (and finds it by `autofocus`).
#[component]
pub fn Opened(field: &'static str) -> impl IntoView {
    dom::focus_when_made(field.to_owned());
}
