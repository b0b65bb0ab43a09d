//! Every key and what it does.

use leptos::prelude::*;
use shared::sentences::sources::Sources;

use super::{
    sheet::Sheet,
    state::{Desk, Dialog},
};

/// The list of keys.
#[component]
pub fn Help() -> impl IntoView {
    let say = Desk::here().say;
    let sources = Sources(say.0);
    let keys: [(&[&str], &str); 31] = [
        (&["J", "K", "↓", "↑"], say.key_move()),
        (&["←", "→"], say.key_area()),
        (&["A"], say.key_approve()),
        (&["D"], say.key_decline()),
        (&["E"], say.key_edit()),
        (&["Ctrl ↵"], say.key_save()),
        (&["B"], say.key_bundle()),
        (&["⇧ B"], say.key_other()),
        (&["V"], say.key_refer()),
        (&["M"], say.key_mask()),
        (&["R"], say.key_route()),
        (&["L"], say.key_label()),
        (&["U"], say.key_restore()),
        (&["Q"], say.key_queue()),
        (&["Alt ↑", "Alt ↓"], say.key_order()),
        (&["S"], say.key_stage()),
        (&["N"], say.key_next()),
        (&["Z"], say.key_undo()),
        (&["X"], say.key_pick()),
        (&["⇧ ↓", "⇧ ↑"], say.key_range()),
        (&["Ctrl A"], say.key_all()),
        (&["G"], say.key_groups()),
        (&["F"], say.key_filter()),
        (&["W"], say.key_waits()),
        (&["H"], say.key_hall()),
        (&["C"], sources.key_channels()),
        (&["O"], sources.key_take_over()),
        (&["P"], sources.key_leave_as()),
        (&["/"], say.key_search()),
        (&["Esc"], say.key_escape()),
        (&["?"], say.key_help()),
    ];
    view! {
        <Sheet is_mine=|dialog| dialog == Dialog::Help id="desk-help" title=say.keys_title()>
            <p class="soft">{say.keys_note()}</p>
            <dl class="desk-keys">
                {keys.into_iter().map(|(keys, meaning)| view! {
                    <div>
                        <dt>{keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect_view()}</dt>
                        <dd>{meaning}</dd>
                    </div>
                }).collect_view()}
            </dl>
        </Sheet>
    }
}
