//! What a screen does with the frames that a wire brings it, whichever way they came.

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use shared::views::{Card, Patch};

use super::{
    Connection, Live, Overheard,
    frame::{self, News},
};

/// How a frame was taken.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// It was understood, and is shown.
    Fine,
    /// Something came before it that this screen does not have.
    Missed,
    /// It does not fit what is shown, so all is to be shown anew.
    Misfit,
    /// It makes no sense: the server is newer than this page.
    Nonsense,
}

/// A screen, as a wire sees it: without the types of its view, so that there is one wire for all.
pub trait Listens {
    /// Takes a frame in.
    fn hears(&self, frame: &str) -> Heard;
    /// The `seq` of what is shown.
    fn seq(&self) -> u64;
    /// The connection is now like this.
    fn is(&self, connection: Connection);
}

impl<H, C> Listens for Live<H, C>
where
    H: DeserializeOwned + Send + Sync + 'static,
    C: Card + DeserializeOwned + Send + Sync + 'static,
{
    fn hears(&self, frame: &str) -> Heard {
        match frame::read::<H, C>(frame) {
            Ok(News::Snapshot(view)) => {
                self.view.set(view);
                self.tell(Overheard::All);
            }
            Ok(News::Patch(patch)) => return self.apply(patch),
            Ok(News::Mine(mine)) => {
                if self.mine.with_untracked(|known| *known != mine) {
                    self.mine.set(mine);
                }
            }
            Ok(News::Alive(seq)) if seq > self.seq() => return Heard::Missed,
            Ok(News::Alive(_)) => {}
            Ok(News::Other) => self.tell(Overheard::Frame(frame)),
            Err(_) => return Heard::Nonsense,
        }
        Heard::Fine
    }

    fn seq(&self) -> u64 {
        self.view.with_untracked(|view| view.seq)
    }

    fn is(&self, connection: Connection) {
        if self.connection.get_untracked() != connection {
            self.connection.set(connection);
        }
    }
}

impl<H, C> Live<H, C>
where
    H: Send + Sync + 'static,
    C: Card + Send + Sync + 'static,
{
    fn apply(&self, patch: Patch<H, C>) -> Heard {
        if self.view.with_untracked(|view| patch.seq <= view.seq) {
            return Heard::Fine;
        }
        let mut changed = Vec::new();
        if self.beside.with_value(Option::is_some) {
            changed.extend(patch.questions.iter().map(Card::id));
            changed.extend_from_slice(&patch.gone);
        }
        let session = patch.session.is_some();
        if let Some(Err(_)) = self.view.try_update(|view| view.apply(patch)) {
            return Heard::Misfit;
        }
        self.tell(Overheard::Cards(&changed, session));
        Heard::Fine
    }
}

impl<H, C> Live<H, C> {
    fn tell(&self, what: Overheard<'_>) {
        if let Some(hears) = self.beside.get_value() {
            hears(what);
        }
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;
    use shared::{
        Audience,
        frames::Frame,
        views::{Mine, PublicCard, PublicPatch, PublicSession},
    };

    use super::*;
    use crate::{
        islands::sample::{card, view},
        live::follow,
    };

    type PublicFrame = Frame<PublicSession, PublicCard>;

    fn screen() -> (Owner, Live<PublicSession, PublicCard>) {
        let owner = Owner::new();
        let live =
            owner.with(|| follow("FietsFan010", Audience::Public, view([card(1, "Waarom?", 3)]), Mine::default()));
        (owner, live)
    }

    fn hears(live: Live<PublicSession, PublicCard>, frame: &PublicFrame) -> Heard {
        live.hears(&serde_json::to_string(frame).expect("a frame can be written"))
    }

    fn patch(after: u64) -> PublicFrame {
        Frame::Patch(PublicPatch {
            after,
            seq: after + 1,
            session: None,
            questions: vec![card(2, "Hoe?", 1)],
            gone: Vec::new(),
        })
    }

    #[test]
    fn a_patch_is_shown_and_the_same_again_changes_nothing() {
        let (_owner, live) = screen();
        let seq = live.seq();
        assert_eq!(hears(live, &patch(seq)), Heard::Fine);
        assert_eq!((live.seq(), live.view.with_untracked(|view| view.questions.len())), (seq + 1, 2));
        assert_eq!(hears(live, &patch(seq)), Heard::Fine);
        assert_eq!(live.seq(), seq + 1);
    }

    #[test]
    fn a_gap_is_noticed_and_nonsense_too() {
        let (_owner, live) = screen();
        let seq = live.seq();
        assert_eq!(hears(live, &patch(seq + 5)), Heard::Misfit);
        assert_eq!(hears(live, &Frame::Alive { seq }), Heard::Fine);
        assert_eq!(hears(live, &Frame::Alive { seq: seq + 1 }), Heard::Missed);
        assert_eq!(live.hears("<html>"), Heard::Nonsense);
        assert_eq!(live.seq(), seq, "and what is shown stays");
    }

    #[test]
    fn whoever_overhears_is_told_what_changed_and_what_is_no_part_of_the_view() {
        let (_owner, live) = screen();
        let heard = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let keeps = std::sync::Arc::clone(&heard);
        live.overhear(move |what| keeps.lock().expect("nobody panicked").push(format!("{what:?}")));
        let seq = live.seq();
        hears(live, &patch(seq));
        hears(live, &patch(seq));
        hears(live, &patch(seq + 7));
        hears(live, &Frame::Alive { seq: seq + 1 });
        hears(live, &Frame::Done { reference: None, question: None });
        hears(live, &Frame::Snapshot { seq: 1, view: view([]) });
        let heard = heard.lock().expect("nobody panicked").join(" ");
        let ids = [shared::QuestionId(2)];
        let done = Overheard::Frame("{\"type\":\"done\",\"reference\":null,\"question\":null}");
        let (cards, all) = (Overheard::Cards(&ids, false), Overheard::All);
        assert_eq!(heard, format!("{cards:?} {done:?} {all:?}"));
    }

    #[test]
    fn an_unchanged_connection_is_no_news() {
        let (owner, live) = screen();
        let told = owner.with(|| {
            Memo::new(move |before: Option<&u32>| {
                live.connection.track();
                before.map_or(0, |times| times + 1)
            })
        });
        assert_eq!(told.get_untracked(), 0);
        for (connection, times) in [(Connection::Live, 1), (Connection::Live, 1), (Connection::Away, 2)] {
            live.is(connection);
            assert_eq!(told.get_untracked(), times, "{connection:?}");
        }
    }
}
