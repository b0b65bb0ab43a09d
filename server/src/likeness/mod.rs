//! Which questions of a session seem to mean the same. It follows the session in its own time, never
//! makes it wait, and proposes: people decide. None of it is durable; all of it follows from the
//! questions.

mod answers;
mod apart;
mod endpoint;
mod known;
mod outside;
mod vectors;

use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

pub use answers::Answers;
use conversation::Conversation;
pub use endpoint::Endpoint;
pub use outside::Outside;
use shared::{
    Method, QuestionId, Status,
    frames::Frame,
    hashtag,
    views::{Alike, ModeratorCard, Proposals, ProposedGroup, PublicCard, PublicSession},
};
use similarity::Scale;
use tokio::{
    sync::{Notify, broadcast, mpsc},
    task::spawn_blocking,
    time::{MissedTickBehavior, interval},
};
use tokio_util::task::AbortOnDropHandle;

use self::{
    apart::Apart,
    endpoint::TEXTS,
    known::{Known, Wanted},
};
use crate::viewers::TextFrame;

/// The most groups that are read at once.
const GROUPS: usize = 200;
/// How many changes are taken in at once.
const BATCH: usize = 256;
/// How many frames a screen may be behind before it gets all of it anew.
const LAG: usize = 256;
/// The least time between two counts of the groups.
const RECOUNT: Duration = Duration::from_secs(4);

/// A question, as far as likeness goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// Which.
    pub id: QuestionId,
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub status: Status,
    /// The question it is bundled under.
    pub lead: Option<QuestionId>,
    /// What was answered.
    pub answer: Option<String>,
}

impl Sketch {
    /// Of a moderator's card, in the session with this folded hashtag.
    pub fn of(card: &ModeratorCard, tag: &str) -> Self {
        let card = &card.card;
        let answer = card.answer.as_ref().map(|answer| answer.text.clone());
        Self { id: card.id, text: without(&card.text, tag), status: card.status, lead: card.lead, answer }
    }
}

/// The words without the session's own hashtag: it may stand in any question and says nothing of it.
fn without(text: &str, tag: &str) -> String {
    let (mut kept, mut from) = (String::with_capacity(text.len()), 0);
    for span in hashtag::spans(text) {
        if hashtag::fold(text[span.clone()].trim_start_matches(['#', '＃'])) == tag {
            kept.push_str(&text[from..span.start]);
            from = span.end;
        }
    }
    kept.push_str(&text[from..]);
    kept
}

/// What is known of one session. It sleeps until somebody needs it.
pub struct Likeness {
    awake: AtomicBool,
    changes: mpsc::UnboundedSender<Vec<Sketch>>,
    waiting: std::sync::Mutex<Option<mpsc::UnboundedReceiver<Vec<Sketch>>>>,
    inside: Arc<Inside>,
}

struct Inside {
    name: String,
    answers: Arc<Answers>,
    known: RwLock<Known>,
    frames: broadcast::Sender<TextFrame>,
    /// Questions came that have no vector from outside yet.
    news: Notify,
}

/// A screen that follows.
pub struct Following {
    /// All that is known now.
    pub first: TextFrame,
    /// What changes.
    pub frames: broadcast::Receiver<TextFrame>,
}

impl Likeness {
    /// Of a session by this name.
    pub fn new(name: &str, answers: Arc<Answers>) -> Self {
        let (changes, waiting) = mpsc::unbounded_channel();
        let known = RwLock::new(Known::new(answers.engine()));
        let inside =
            Inside { name: name.to_owned(), answers, known, frames: broadcast::Sender::new(LAG), news: Notify::new() };
        Self {
            awake: AtomicBool::new(false),
            changes,
            waiting: std::sync::Mutex::new(Some(waiting)),
            inside: Arc::new(inside),
        }
    }

    /// Cards that changed. The caller holds the lock under which the session changes.
    pub fn changed(&self, cards: &[ModeratorCard]) {
        let awake = self.awake.load(Ordering::Acquire);
        if !awake && !self.inside.answers.follow() {
            return;
        }
        let sketches: Vec<Sketch> = cards.iter().map(|card| Sketch::of(card, &self.inside.name)).collect();
        self.inside.answers.changed(&self.inside.name, &sketches);
        if awake {
            let _ = self.changes.send(sketches);
        }
    }

    /// Starts following, if it does not yet. `read` looks at the session under the lock under which it
    /// changes, so that nothing falls between what is there and what changes.
    pub fn wake(&self, read: impl FnOnce(&dyn Fn(&Conversation))) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(changes) = waiting else { return };
        self.awake.store(true, Ordering::Release);
        read(&|now: &Conversation| {
            let cards = now.moderator().questions;
            let sketches = cards.values().map(|card| Sketch::of(card, &self.inside.name)).collect();
            let _ = self.changes.send(sketches);
        });
        tokio::spawn(follow(Arc::clone(&self.inside), changes));
    }

    /// Joins a screen of the moderators.
    pub fn join(&self) -> Following {
        // Frames are sent under the write lock, so nothing falls between.
        let known = self.inside.known();
        let first = frame(self.inside.method(), true, known.all(), known.groups());
        Following { first, frames: self.inside.frames.subscribe() }
    }

    /// The public questions nearest to these words, of a bundle the lead; best first.
    pub fn near(&self, text: &str, most: usize) -> Vec<QuestionId> {
        self.inside
            .known()
            .near_public(&without(text, &self.inside.name), most)
            .into_iter()
            .map(|near| near.question)
            .collect()
    }

    /// Groups that seem to mean the same, without what moderators said does not.
    pub fn proposals(&self, now: &Conversation) -> Proposals {
        let apart = Apart::of(now.partings());
        let groups = self.inside.known().proposed(&apart);
        let of = u32::try_from(groups.len()).unwrap_or(u32::MAX);
        let groups = groups.into_iter().take(GROUPS).map(|group| in_order(group, now)).collect();
        Proposals { method: self.inside.method(), groups, of }
    }
}

/// What everybody reads first, and what most stand behind before that; then as they were found.
fn in_order(mut group: ProposedGroup, now: &Conversation) -> ProposedGroup {
    let rank = |id: &QuestionId| {
        let public = now.public_card(*id).is_some();
        std::cmp::Reverse((public, if public { now.support_of(*id) } else { 0 }))
    };
    group.questions.sort_by_key(rank);
    group
}

impl Inside {
    fn known(&self) -> std::sync::RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn method(&self) -> Method {
        self.answers.method()
    }

    /// Takes in what changed, and tells the screens.
    fn take_in(&self, sketches: Vec<Sketch>) {
        for sketch in sketches {
            let vector = self.known().vector(sketch.id, &sketch.text).map(<[f32]>::to_vec);
            let look = || self.answers.nearest(&self.name, &sketch.text, vector.as_deref());
            let elsewhere = (sketch.status == Status::Waiting).then(look).flatten();
            self.known_mut().put(sketch, elsewhere);
        }
        self.tell_changed();
        self.news.notify_one();
    }

    /// Takes in vectors that were wanted.
    fn learn(&self, wanted: &[Wanted], vectors: Vec<Option<Vec<f32>>>, scale: &Arc<Scale>) {
        for (wanted, vector) in wanted.iter().zip(vectors) {
            let look = || self.answers.nearest(&self.name, &wanted.text, vector.as_deref());
            let elsewhere = (wanted.waits && vector.is_some()).then(look).flatten();
            self.known_mut().learn(wanted, vector, scale, elsewhere);
        }
        self.tell_changed();
    }

    fn tell_changed(&self) {
        let mut known = self.known_mut();
        let alike = known.take_changed();
        if !alike.is_empty() {
            let _ = self.frames.send(frame(self.method(), false, alike, known.groups()));
        }
    }

    /// Tells the screens by what is compared now.
    fn tell_method(&self) {
        let known = self.known_mut();
        let _ = self.frames.send(frame(self.method(), false, Vec::new(), known.groups()));
    }

    fn known_mut(&self) -> std::sync::RwLockWriteGuard<'_, Known> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn recount(&self) {
        if self.frames.receiver_count() == 0 {
            return;
        }
        let mut known = self.known_mut();
        if known.recount() {
            let _ = self.frames.send(frame(self.method(), false, Vec::new(), known.groups()));
        }
    }
}

/// Until the session is gone. Reckoning takes milliseconds for each question; the threads that serve
/// people are not for that.
async fn follow(inside: Arc<Inside>, mut changes: mpsc::UnboundedReceiver<Vec<Sketch>>) {
    let outside = inside.answers.outside().map(Arc::clone);
    let _enriching = outside.map(|outside| AbortOnDropHandle::new(tokio::spawn(enrich(Arc::clone(&inside), outside))));
    let mut batches = Vec::new();
    let mut recount = interval(RECOUNT);
    recount.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let working = Arc::clone(&inside);
        let done = tokio::select! {
            received = changes.recv_many(&mut batches, BATCH) => {
                if received == 0 {
                    return;
                }
                let sketches = std::mem::take(&mut batches).into_iter().flatten().collect();
                spawn_blocking(move || working.take_in(sketches)).await
            }
            _ = recount.tick() => spawn_blocking(move || working.recount()).await,
        };
        if let Err(error) = done {
            tracing::error!(error = &error as &dyn std::error::Error, "likeness could not be reckoned");
        }
    }
}

/// Gets vectors for the questions that have none, while the endpoint is there, and tells the screens when it comes and
/// goes. Questions never wait for it: they are compared by the table until theirs is here.
async fn enrich(inside: Arc<Inside>, outside: Arc<Outside>) {
    let mut standing = outside.follow();
    let mut told = None;
    loop {
        let scale = standing.borrow_and_update().clone();
        if told != Some(scale.is_some()) {
            told = Some(scale.is_some());
            inside.tell_method();
        }
        let wanted = scale.as_ref().map(|scale| {
            let mut known = inside.known_mut();
            known.measure(scale);
            known.wanted(TEXTS)
        });
        let Some((scale, wanted)) = scale.zip(wanted).filter(|(_, wanted)| !wanted.is_empty()) else {
            tokio::select! {
                changed = standing.changed() => if changed.is_err() { return },
                () = inside.news.notified() => {}
            }
            continue;
        };
        let texts: Vec<&str> = wanted.iter().map(|wanted| wanted.text.as_str()).collect();
        let Some(vectors) = outside.vectors(&texts, &scale).await else { continue };
        let working = Arc::clone(&inside);
        if let Err(error) = spawn_blocking(move || working.learn(&wanted, vectors, &scale)).await {
            tracing::error!(error = &error as &dyn std::error::Error, "vectors could not be taken in");
            return;
        }
    }
}

fn frame(method: Method, all: bool, alike: Vec<Alike>, groups: u32) -> TextFrame {
    crate::hub::text(&Frame::<PublicSession, PublicCard>::Likeness { method, all, alike, groups })
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn the_session_s_own_hashtag_says_nothing() {
        assert_eq!(
            without("Bel mij #FIETSFAN010, over de kuil #Noord", "fietsfan010"),
            "Bel mij , over de kuil #Noord"
        );
        assert_eq!(without("#fietsfan010 é #fietsfan0100", "fietsfan010"), " é #fietsfan0100");
    }
}
