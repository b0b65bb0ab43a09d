//! What the panel's parts share.

use leptos::prelude::*;
use shared::{
    QuestionId,
    sentences::panel::Panel as Say,
    views::{PanelCard, PanelSession, PublicCard},
};

use crate::{
    browser,
    components::{Announcer, ticking},
    live::Live,
};

/// The panel, given to its parts as context.
#[derive(Clone, Copy)]
pub struct Panel {
    /// Its sentences.
    pub say: Say,
    /// The view and its connection.
    pub live: Live<PanelSession, PanelCard>,
    /// The session's hashtag, without `#`.
    pub hashtag: StoredValue<String>,
    /// The session itself.
    pub session: Memo<PanelSession>,
    /// The question on stage.
    pub on_stage: Memo<Option<QuestionId>>,
    /// Which alderman is answering, of several.
    pub speaker: RwSignal<String>,
    /// Milliseconds since 1970 on the session's clock, each second.
    pub clock: ReadSignal<i64>,
    /// Whether only what is asked of the speaker is listed.
    pub only_mine: RwSignal<bool>,
    /// Says what was done on the status line.
    pub announcer: Announcer,
}

impl Panel {
    /// A panel on a live view; `me` is the name given at the door, often an alderman's.
    pub fn new(say: Say, live: Live<PanelSession, PanelCard>, me: &str, now: &shared::Moment) -> Self {
        let session = Memo::new(move |_| live.view.with(|view| view.session.clone()));
        let speaker = session.with_untracked(|session| {
            let aldermen = &session.public.aldermen;
            aldermen
                .iter()
                .find(|alderman| alderman.name == me)
                .or(aldermen.first())
                .map(|alderman| alderman.name.clone())
        });
        Self {
            say,
            live,
            hashtag: StoredValue::new(session.with_untracked(|session| session.public.hashtag.clone())),
            session,
            on_stage: Memo::new(move |_| session.with(|session| session.public.on_stage)),
            speaker: RwSignal::new(speaker.unwrap_or_default()),
            clock: ticking(now, 1_000),
            only_mine: RwSignal::new(false),
            announcer: Announcer::new(),
        }
    }

    /// The panel that this part belongs to.
    pub fn here() -> Self {
        expect_context()
    }

    /// One question, which changes only when it does.
    pub fn card(self, id: QuestionId) -> Memo<Option<PublicCard>> {
        Memo::new(move |_| self.live.view.with(|view| view.card(id).map(|card| card.card.clone())))
    }

    /// What is known of one question besides what everybody sees; changes only when that does.
    pub fn prepared<T: Default + PartialEq + Send + Sync + 'static>(
        self,
        id: QuestionId,
        pick: impl Fn(&PanelCard) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.live.view.with(|view| view.card(id).map(&pick)).unwrap_or_default())
    }

    /// Who is answering, where that must be said: of several aldermen.
    pub fn speaking(self) -> Option<String> {
        let several = self.session.with_untracked(|session| session.public.aldermen.len() > 1);
        several.then(|| self.speaker.get_untracked())
    }

    /// Shows a question as the server just answered that it is.
    pub fn shows(self, id: QuestionId, card: PublicCard) {
        self.live.view.update(|view| {
            view.questions.entry(id).and_modify(|known| known.card = card);
        });
    }

    /// Remembers on this device who is answering.
    pub fn remember_speaker(self) {
        let name = self.hashtag.with_value(|hashtag| format!("samenspraak.speaker.{hashtag}"));
        Effect::new(move |before: Option<()>| {
            let aldermen = self.session.with_untracked(|session| session.public.aldermen.clone());
            let kept = browser::kept(&name).filter(|kept| aldermen.iter().any(|alderman| alderman.name == *kept));
            match (before, kept) {
                (None, Some(kept)) => self.speaker.set(kept),
                (None, None) => {}
                (Some(()), _) => browser::keep(&name, &self.speaker.get_untracked()),
            }
            self.speaker.track();
        });
    }
}
