//! What people do with a session, one file for each part of it.

mod account;
mod accounts;
mod alike;
mod bad_input;
mod bundles;
mod crowd;
mod elsewhere;
mod endpoint;
mod flagged;
mod gateways;
mod idempotency;
mod kept_pages;
mod languages;
mod metrics;
mod moderation;
mod office;
mod organise;
mod pages_without_js;
mod panel;
mod questions;
mod restart;
mod security_headers;
mod sessions;
mod socket;
mod staff_keys;
mod support;
mod tiers;
mod together;
mod undo;

use serde_json::Value;

/// The names of an object's fields, sorted.
fn fields(json: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = json.as_object().expect("an object").keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}
