//! A session's task, its only writer: it decides a batch in memory, waits until the journal has
//! it, and only then answers senders and changes screens.

use std::{
    collections::BTreeSet,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::{Duration, Instant},
};

use conversation::{Command, Conversation, Event};
use jiff::Timestamp;
use shared::{Audience, Phase, Refusal, Role};
use tokio::{
    sync::{mpsc, oneshot},
    time::{MissedTickBehavior, Sleep, interval, sleep},
};

use super::{
    answers::answer,
    audience::Looking,
    fanout::FanOut,
    keyring::{Grant, Keyring},
    past::Past,
    receipts::Receipts,
    session::{Done, Inner, Letter, Once, Session},
};
use crate::{
    clock::{self, Clock, RandomIds},
    digest::short_digest,
    journal::{Journal, JournalError, Receipt, Record, Standing},
    likeness::{Answers, Likeness, Sketch},
    metrics::{Batch, Metrics},
    notice::Notice,
    viewers::Viewers,
};

/// How many commands may wait before senders do.
const MAILBOX: usize = 4_096;
/// The most commands in one batch.
const BATCH: usize = 512;
/// After how many records it is kept again where a session stands, so that a start reads no more.
const KEEP_EVERY: u64 = 10_000;
/// How often staff learn how many watch.
const PRESENCE: Duration = Duration::from_secs(2);
/// Votes that come within this while make one frame: ten a second at most.
const TOGETHER: Duration = Duration::from_millis(100);
/// What is to be shown at once waits so long at most for what is on its way to the store already: a
/// burst of questions then makes one frame.
const TOGETHER_AT_ONCE: Duration = Duration::from_millis(20);
/// How long the clock is left alone when nothing is scheduled.
const FAR: Duration = Duration::from_hours(1);

/// What a batch changed: events with the moment they happened.
type Happened = Vec<(Timestamp, Event)>;
type Reply = (oneshot::Sender<Result<Done, Refusal>>, Result<Done, Refusal>);

struct Task {
    session: Session,
    mailbox: mpsc::Receiver<Letter>,
    /// The durable state and what the present batch adds to it.
    working: Conversation,
    /// The number of the last record decided, and of the last that is durable.
    number: u64,
    durable_number: u64,
    /// The last record in what was kept of the session as it stands.
    kept: u64,
    last: Timestamp,
    receipts: Receipts,
    ids: RandomIds,
    journal: Arc<dyn Journal>,
    clock: Arc<dyn Clock>,
    keyring: Arc<Keyring>,
    metrics: Arc<Metrics>,
    stirred: mpsc::UnboundedSender<Arc<str>>,
    /// Runs while screens had something lately and votes are collected for them.
    calm: Option<Pin<Box<Sleep>>>,
    /// Since when something that is to be shown at once waits for more.
    held: Option<Instant>,
}

/// What all sessions share.
pub struct House {
    pub keyring: Arc<Keyring>,
    pub journal: Arc<dyn Journal>,
    pub clock: Arc<dyn Clock>,
    pub viewers: Arc<Viewers>,
    pub notice: Arc<Notice>,
    pub answers: Arc<Answers>,
    /// Hears the name of every session in which something happened.
    pub stirred: mpsc::UnboundedSender<Arc<str>>,
}

/// Starts the task of a session with this past.
pub fn start(name: &str, past: Past, house: &House) -> Session {
    let House { keyring, journal, clock, viewers, notice, answers, stirred } = house;
    let Past { now: working, number, last, kept, receipts } = past;
    let (sender, mailbox) = mpsc::channel(MAILBOX);
    let session = Session(Arc::new(Inner {
        mailbox: sender,
        durable: RwLock::new(working.clone()),
        public: FanOut::new(working.seq(Audience::Public), Some(viewers.room())),
        moderator: FanOut::new(working.seq(Audience::Moderator), None),
        panel: FanOut::new(working.seq(Audience::Panel), None),
        desk: FanOut::new(working.seq(Audience::Desk), None),
        looking: Looking::new(Arc::clone(clock)),
        likeness: Likeness::new(name, Arc::clone(answers)),
        notice: Arc::clone(notice),
        clock: Arc::clone(clock),
        account: Mutex::new(None),
        name: name.into(),
    }));
    let task = Task {
        session: session.clone(),
        mailbox,
        working,
        number,
        durable_number: number,
        kept,
        last,
        receipts,
        ids: RandomIds::default(),
        journal: Arc::clone(journal),
        clock: Arc::clone(clock),
        keyring: Arc::clone(keyring),
        metrics: Arc::clone(viewers.metrics()),
        stirred: stirred.clone(),
        calm: None,
        held: None,
    };
    answers.register(answers_of(&session));
    for role in [Role::Moderator, Role::Panel, Role::Desk] {
        task.put_key(role);
    }
    if matches!(session.read(Conversation::phase), Phase::Open | Phase::Live) {
        session.wake_likeness();
    }
    tokio::spawn(task.run());
    session
}

impl Task {
    async fn run(mut self) {
        let mut presence = interval(PRESENCE);
        presence.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut letters = Vec::new();
        self.keep_now_and_then();
        loop {
            let due = self.until_due();
            tokio::select! {
                received = self.mailbox.recv_many(&mut letters, BATCH) => {
                    if received == 0 {
                        return;
                    }
                    self.batch(std::mem::take(&mut letters)).await;
                }
                () = sleep(due) => self.batch(vec![tick()]).await,
                () = calm(&mut self.calm) => self.show(),
                _ = presence.tick() => self.session.looking().tell(),
            }
        }
    }

    fn until_due(&self) -> Duration {
        let Some(due) = self.working.next_due() else { return FAR };
        let wait = due.duration_since(self.clock.now());
        Duration::try_from(wait).unwrap_or_default().clamp(Duration::from_millis(10), FAR)
    }

    /// Decides all letters, makes the outcome durable, then tells everybody.
    async fn batch(&mut self, letters: Vec<Letter>) {
        let batch = Batch::of(letters.iter().map(|letter| &letter.command));
        let mut replies: Vec<Reply> = Vec::new();
        let mut records = Vec::new();
        // A clock that was set back must not turn history around.
        self.last = self.last.max(self.clock.now());
        for letter in letters {
            let (outcome, record) = self.decide(&letter.command, letter.once);
            replies.push((letter.reply, outcome));
            records.extend(record);
        }
        let happened: Happened =
            records.iter().flat_map(|record| record.events.iter().map(|event| (record.at, event.clone()))).collect();
        let stored = if records.is_empty() {
            Ok(())
        } else {
            let (begun, count) = (clock::moment(), records.len());
            let stored = self.journal.append(records).await.unwrap_or(Err(JournalError::Closed));
            self.metrics.stored(begun.elapsed(), count, happened.iter().map(|(_, event)| event), stored.is_ok());
            stored
        };
        if let Err(error) = &stored {
            let error = error as &dyn std::error::Error;
            tracing::error!(error, session = %self.session.name(), "a batch could not be stored; nothing of it was done");
        }
        if stored.is_ok() {
            self.durable_number = self.number;
            self.publish(happened);
            self.receipts.confirm();
            self.metrics.decided(&batch, replies.iter().map(|(_, outcome)| outcome.as_ref().err()));
            for (reply, outcome) in replies {
                let _ = reply.send(outcome);
            }
            self.keep_now_and_then();
        } else {
            self.return_to_durable();
            self.show();
            self.metrics.decided(&batch, std::iter::repeat(Some(&Refusal::NotStored)));
            for (reply, _) in replies {
                let _ = reply.send(Err(Refusal::NotStored));
            }
        }
    }

    fn decide(&mut self, command: &Command, once: Option<Once>) -> (Result<Done, Refusal>, Option<Record>) {
        let fingerprint = once.as_ref().map(|_| fingerprint(command));
        if let (Some(once), Some(fingerprint)) = (&once, &fingerprint)
            && let Some(known) = self.receipts.find(once)
        {
            let outcome = if known.0 == *fingerprint {
                Ok(Done { about: None, answer: known.1.clone() })
            } else {
                Err(Refusal::Field { field: "Idempotency-Key".into() })
            };
            return (outcome, None);
        }
        let decision = match self.working.decide(command, self.last, &mut self.ids) {
            Ok(decision) => decision,
            Err(refusal) => return (Err(refusal), None),
        };
        for event in &decision.events {
            self.working.apply(self.last, event);
        }
        let done = Done { about: decision.about, answer: answer(command, &decision, &self.working) };
        if decision.events.is_empty() && once.is_none() {
            return (Ok(done), None);
        }
        let receipt = once.zip(fingerprint).map(|(Once { sender, key }, fingerprint)| Receipt {
            sender,
            key,
            fingerprint,
            answer: done.answer.clone(),
        });
        self.receipts.remember(receipt.as_ref());
        self.number += 1;
        let session = Arc::clone(&self.session.0.name);
        let record = Record { session, number: self.number, at: self.last, events: decision.events, receipt };
        (Ok(done), Some(record))
    }

    /// Brings what is now durable to readers, and to screens: at once, but for votes, of which many
    /// make one frame.
    fn publish(&mut self, happened: Happened) {
        let session = self.session.clone();
        let inner = &session.0;
        let mut durable = inner.durable.write().unwrap_or_else(PoisonError::into_inner);
        let at_once = happened.iter().any(|(_, event)| !event.is_vote());
        let (mut participants, mut renewed) = (BTreeSet::new(), None);
        for (at, event) in happened {
            let changes = durable.apply(at, &event);
            changes.public.into_iter().for_each(|patch| inner.public.change(patch));
            if let Some(patch) = changes.moderator {
                // A vote changes no words and no place; of those there are thousands.
                if !event.is_vote() {
                    inner.likeness.changed(&patch.questions);
                }
                inner.moderator.change(patch);
            }
            changes.panel.into_iter().for_each(|patch| inner.panel.change(patch));
            changes.desk.into_iter().for_each(|patch| inner.desk.change(patch));
            participants.extend(changes.participants);
            renewed = changes.renewed.or(renewed);
        }
        drop(durable);
        if at_once {
            let _ = self.stirred.send(Arc::clone(&inner.name));
        }
        if at_once || self.calm.is_none() || self.held.is_some() {
            self.show_with_what_comes();
        }
        for participant in participants {
            inner.looking.stir(participant);
        }
        if let Some(role) = renewed {
            self.put_key(role);
            inner.looking.renewed();
        }
    }

    /// Shows now, or with the batch that waits already.
    fn show_with_what_comes(&mut self) {
        let in_time = self.held.is_none_or(|since| since.elapsed() < TOGETHER_AT_ONCE);
        if in_time && !self.mailbox.is_empty() {
            self.held.get_or_insert_with(clock::moment);
        } else {
            self.show();
        }
    }

    /// Sends what changed to the screens, and then lets votes come together for a while.
    fn show(&mut self) {
        self.held = None;
        let inner = &self.session.0;
        let sent = [inner.public.send(), inner.moderator.send(), inner.panel.send(), inner.desk.send()];
        self.calm = sent.contains(&true).then(|| Box::pin(sleep(TOGETHER)));
    }

    /// Forgets what could not be stored. Should the store have kept it after all, the journal says
    /// so, and it happens now.
    fn return_to_durable(&mut self) {
        self.receipts.forget();
        match self.journal.read(self.session.name(), self.durable_number, BATCH) {
            Ok(records) => {
                for record in records {
                    self.durable_number = record.number;
                    self.receipts.remember_durable(record.receipt.as_ref());
                    self.publish(record.events.into_iter().map(|event| (record.at, event)).collect());
                }
            }
            Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "the journal cannot be read"),
        }
        self.number = self.durable_number;
        self.working = self.session.read(Conversation::clone);
    }

    /// Keeps where the session stands, after many records, without making anybody wait for it.
    fn keep_now_and_then(&mut self) {
        if self.durable_number < self.kept + KEEP_EVERY {
            return;
        }
        self.kept = self.durable_number;
        let (journal, session) = (Arc::clone(&self.journal), Arc::clone(&self.session.0.name));
        let (number, at) = (self.durable_number, self.last);
        let now = self.session.read(Conversation::clone);
        tokio::task::spawn_blocking(move || {
            let standing = Standing { session, number, at, checkpoint: now.into() };
            if let Err(error) = journal.keep(&standing) {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, session = %standing.session, "where a session stands could not be kept");
            }
        });
    }

    fn put_key(&self, role: Role) {
        let (hash, generation) = self.session.read(|now| (now.key_hash(role), now.key_generation(role)));
        if let Some(hash) = hash {
            self.keyring.put(hash, Grant { session: self.session.name().to_owned(), role, generation });
        }
    }
}

/// Reads what a session answered, while it is there.
fn answers_of(session: &Session) -> impl Fn() -> Option<(String, Vec<Sketch>)> + Send + use<> {
    let weak = Arc::downgrade(&session.0);
    move || {
        let session = Session(weak.upgrade()?);
        let cards = session.read(Conversation::moderator).questions;
        let answered = cards.values().filter(|card| card.card.answer.is_some());
        let answered = answered.map(|card| Sketch::of(card, session.name())).collect();
        Some((session.name().to_owned(), answered))
    }
}

/// Resolves when screens were left in peace for long enough; never when nothing was sent lately.
async fn calm(since: &mut Option<Pin<Box<Sleep>>>) {
    match since {
        Some(over) => over.await,
        None => std::future::pending().await,
    }
}

fn tick() -> Letter {
    Letter { command: Command::Tick, once: None, reply: oneshot::channel().0 }
}

fn fingerprint(command: &Command) -> String {
    short_digest([format!("{command:?}").as_bytes()])
}
