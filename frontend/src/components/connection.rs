//! Says, small and calm, when what is on screen may be old.

use leptos::prelude::*;
use shared::{Language, sentences::common};

use crate::{live::Connection, parts};

/// Visible only while the connection is away or ended.
#[component]
pub fn ConnectionLine(lang: Language, connection: RwSignal<Connection>) -> impl IntoView {
    parts::maybe(move || {
        let words = match connection.get() {
            Connection::Connecting | Connection::Live => return None,
            Connection::Away => common::reconnecting(lang),
            Connection::KeyRenewed => common::key_renewed(lang),
        };
        Some(view! { <p class="away">{words}</p> })
    })
}
