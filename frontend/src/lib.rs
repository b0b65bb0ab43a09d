//! The screens: server-rendered pages with one live island each.

// A screen is one type, and the desk's is deep.
#![recursion_limit = "512"]

pub mod address;
pub mod api;
pub mod browser;
pub mod components;
pub mod islands;
pub mod live;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod parts;
pub mod shell;

pub use address::Sort;
pub use shell::Shell;

/// Prepares the page for its islands; `boot.js` calls it once, before it wakes each of them.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
