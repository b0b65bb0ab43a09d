//! How long something has been going on, ticking for the eye only.

use leptos::prelude::*;

/// Minutes and seconds since a moment, in milliseconds since 1970. Screen readers do not hear it
/// tick.
#[component]
pub fn Elapsed(since: i64, clock: ReadSignal<i64>) -> impl IntoView {
    view! { <span class="num" aria-hidden="true">{move || minutes_seconds(clock.get() - since)}</span> }
}

/// "02:14", "1:02:14".
fn minutes_seconds(millis: i64) -> String {
    let seconds = millis.max(0) / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_count_on_into_hours() {
        assert_eq!(minutes_seconds(134_999), "02:14");
        assert_eq!(minutes_seconds(3_734_000), "1:02:14");
        assert_eq!(minutes_seconds(-5), "00:00");
    }
}
