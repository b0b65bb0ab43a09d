//! Whether all is well with the channels, at the top of the desk.

use leptos::prelude::*;
use shared::{
    Reach, Sending,
    sentences::sources::Sources,
    views::{Outgoing, SourceHealth},
};

use super::{
    dom, paste,
    state::{Desk, Dialog},
};

/// What is not well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Light {
    /// Accounts that are out of reach.
    pub away: usize,
    /// Messages that a network refused.
    pub refused: usize,
}

impl Light {
    /// Of all channels together. What is pasted by hand, or only fetched now and then, is well.
    pub fn of(sources: &[SourceHealth], outgoing: &[Outgoing]) -> Self {
        Self {
            away: sources.iter().filter(|source| source.reach == Reach::Away).count(),
            refused: outgoing.iter().filter(|message| message.state == Sending::Refused).count(),
        }
    }

    /// The word for its colour: the worst of what there is.
    pub fn word(self) -> &'static str {
        match self {
            Self { away: 1.., .. } => "away",
            Self { refused: 1.., .. } => "refused",
            Self { .. } => "well",
        }
    }
}

/// The way to the channels, with a dot and, when something is not well, what.
#[component]
pub fn ChannelsButton() -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    let any =
        Memo::new(move |_| !(desk.channels.sources.with(Vec::is_empty) && desk.channels.outgoing.with(Vec::is_empty)));
    let light = Memo::new(move |_| {
        desk.channels.sources.with(|sources| desk.channels.outgoing.with(|outgoing| Light::of(sources, outgoing)))
    });
    let told = move || say.light(light.get().away, light.get().refused);
    let well = move || light.get() == Light::default();
    move || {
        any.get().then(|| {
            view! {
                <button type="button" class="btn quiet desk-deed desk-channels" data-light=move || light.get().word() aria-keyshortcuts="c"
                    on:click=move |_| desk.dialog.set(Some(Dialog::Channels))>
                    <span class="sr">{say.channels()}": "</span>
                    <span class:sr=well>{told}</span>
                    {move || well().then(|| view! { <span aria-hidden="true">{say.channels()}</span> })}
                    <kbd aria-hidden="true">"C"</kbd>
                </button>
            }
        })
    }
}

/// The way to bringing in a post by hand, for the menu.
#[component]
pub fn ChannelsItem() -> impl IntoView {
    let desk = Desk::here();
    view! {
        <button type="button" class="desk-item" on:click=move |_| {
            dom::close_menus();
            paste::open(desk);
        }>{Sources(desk.say.0).channels_title()}</button>
    }
}

#[cfg(test)]
mod tests {
    use shared::{Language, Source};

    use super::*;
    use crate::islands::desk::sample::{message, source};

    fn told(light: Light) -> (&'static str, String) {
        (light.word(), Sources(Language::Nl).light(light.away, light.refused))
    }

    #[test]
    fn what_is_slow_or_pasted_is_well() {
        let sources = [Reach::Stream, Reach::Poll, Reach::Hand].map(|reach| source(Source::Mastodon, reach));
        let messages = [Sending::Waiting, Sending::Sent, Sending::TakingBack].map(message);
        assert_eq!(told(Light::of(&sources, &messages)), ("well", "alles goed".into()));
        assert_eq!(told(Light::of(&[], &[])).0, "well");
    }

    #[test]
    fn one_that_is_away_is_worse_than_a_refusal_and_both_are_told() {
        let away = [source(Source::Mastodon, Reach::Stream), source(Source::Bluesky, Reach::Away)];
        let refused = [message(Sending::Refused), message(Sending::Sent), message(Sending::Refused)];
        assert_eq!(told(Light::of(&away, &[])), ("away", "1 weg".into()));
        assert_eq!(told(Light::of(&away[..1], &refused)), ("refused", "2 geweigerd".into()));
        assert_eq!(told(Light::of(&away, &refused)), ("away", "1 weg, 2 geweigerd".into()));
    }
}
