//! People at every screen: one who takes each patch as it comes, and one who gets them merged.

use std::fmt::Debug;

use conversation::{Changes, Conversation};
use shared::views::{
    Card, DeskCard, DeskSession, ModeratorCard, ModeratorSession, PanelCard, PanelSession, Patch, PublicCard,
    PublicSession, View,
};

/// How many patches the slow screens get at once.
const MERGED: u64 = 5;

pub struct Viewers {
    public: Viewer<PublicSession, PublicCard>,
    moderator: Viewer<ModeratorSession, ModeratorCard>,
    panel: Viewer<PanelSession, PanelCard>,
    desk: Viewer<DeskSession, DeskCard>,
}

struct Viewer<H, C> {
    live: View<H, C>,
    slow: View<H, C>,
    merged: Option<Patch<H, C>>,
}

impl Viewers {
    pub fn new(state: &Conversation) -> Self {
        Self {
            public: Viewer::new(state.public()),
            moderator: Viewer::new(state.moderator()),
            panel: Viewer::new(state.panel()),
            desk: Viewer::new(state.desk()),
        }
    }

    pub fn saw(&mut self, before: &Conversation, now: &Conversation, changes: &Changes) {
        self.public.saw(&before.public(), &now.public(), changes.public.clone());
        self.moderator.saw(&before.moderator(), &now.moderator(), changes.moderator.clone());
        self.panel.saw(&before.panel(), &now.panel(), changes.panel.clone());
        self.desk.saw(&before.desk(), &now.desk(), changes.desk.clone());
    }
}

impl<H: Clone + PartialEq + Debug, C: Card + Debug> Viewer<H, C> {
    fn new(view: View<H, C>) -> Self {
        Self { live: view.clone(), slow: view, merged: None }
    }

    fn saw(&mut self, before: &View<H, C>, now: &View<H, C>, patch: Option<Patch<H, C>>) {
        let changed = before.session != now.session || before.questions != now.questions;
        assert_eq!(now.seq - before.seq, u64::from(changed), "a seq moves by one, when something is different");
        assert_eq!(patch.is_some(), changed);
        let Some(patch) = patch else { return };
        assert_eq!((patch.after, patch.seq), (before.seq, now.seq));
        self.live.apply(patch.clone()).expect("no gap");
        self.live.apply(patch.clone()).expect("again does no harm");
        assert_eq!(&self.live, now, "a snapshot and its patches are the view");
        match &mut self.merged {
            Some(merged) => merged.merge(patch),
            none => *none = Some(patch),
        }
        if now.seq.is_multiple_of(MERGED) {
            self.slow.apply(self.merged.take().expect("a patch")).expect("no gap");
            assert_eq!(&self.slow, now, "merged patches lead to the same view");
        }
    }
}
