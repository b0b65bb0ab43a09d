//! What this server counts, for whoever runs it, in the words of `OpenMetrics`. Nothing here tells of a
//! person: no text, no name, no address, no hashtag.
//!
//! Counting is one atomic addition where it happens often; labels are looked up for commands and
//! batches, never for what goes to each screen. Whoever reads pays for what is only known by looking.

mod process;
mod words;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use conversation::{Command, Event};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
        info::Info,
    },
    registry::{Registry, Unit},
};
use shared::{Phase, Reach, Refusal, Role, Source};
use tokio_util::task::TaskTracker;

use self::process::Process;
use crate::{
    hub::Hub,
    viewers::{Meter, Viewers},
};

/// Everything that is counted.
pub struct Metrics {
    registry: Registry,
    viewers: Arc<Meter>,
    events: Family<Kind, Counter>,
    commands: Family<Fate, Counter>,
    refusals: Family<Code, Counter>,
    commit: Histogram,
    batch: Histogram,
    failed: Counter,
    networks: Networks,
    present: Present,
    /// Whether the store took what it was given last.
    stores: AtomicBool,
}

/// What comes from networks and gateways, and how it goes with them.
#[derive(Default)]
struct Networks {
    heard: Family<From, Counter>,
    passed_over: Family<PassedOver, Counter>,
    reach: Family<Account, Gauge>,
    behind: Family<Account, Gauge>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct From {
    source: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct PassedOver {
    source: &'static str,
    why: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Account {
    account: String,
    source: &'static str,
}

/// What is known only by looking.
#[derive(Default)]
struct Present {
    sessions: Family<InPhase, Gauge>,
    looking: Family<As, Gauge>,
    sockets: Gauge,
    connections: Gauge,
    writable: Gauge,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Fate {
    kind: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Code {
    code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct InPhase {
    phase: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct As {
    audience: &'static str,
}

/// A batch on its way to the store: what its commands are called.
pub struct Batch(Vec<Option<&'static str>>);

impl Batch {
    /// Of these commands.
    pub fn of<'a>(commands: impl Iterator<Item = &'a Command>) -> Self {
        Self(commands.map(words::command).collect())
    }
}

impl Metrics {
    /// All of it, at nought.
    pub fn new() -> Self {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(Process));
        let metrics = Self {
            registry,
            viewers: Arc::default(),
            events: Family::default(),
            commands: Family::default(),
            refusals: Family::default(),
            // From half a millisecond to four seconds.
            commit: Histogram::new(exponential_buckets(0.000_5, 2.0, 14)),
            batch: Histogram::new(exponential_buckets(1.0, 2.0, 10)),
            failed: Counter::default(),
            networks: Networks::default(),
            present: Present::default(),
            stores: AtomicBool::new(true),
        };
        metrics.beginning_at_nought().registered()
    }

    /// What the loops for viewers count.
    pub fn viewers(&self) -> &Arc<Meter> {
        &self.viewers
    }

    /// A batch of this many records came back from the store after this long.
    pub fn stored<'a>(&self, after: Duration, records: usize, events: impl Iterator<Item = &'a Event>, well: bool) {
        self.stores.store(well, Ordering::Relaxed);
        if !well {
            self.failed.inc();
            return;
        }
        self.commit.observe(after.as_secs_f64());
        self.batch.observe(f64::from(u32::try_from(records).unwrap_or(u32::MAX)));
        for event in events {
            self.event(event);
        }
    }

    /// One event is durable.
    pub fn event(&self, event: &Event) {
        self.events.get_or_create(&Kind { kind: words::event(event) }).inc();
    }

    /// What became of each command of a batch.
    pub fn decided<'a>(&self, batch: &Batch, refusals: impl Iterator<Item = Option<&'a Refusal>>) {
        for (kind, refusal) in batch.0.iter().zip(refusals) {
            if let Some(kind) = *kind {
                self.commands.get_or_create(&Fate { kind, outcome: refusal.map_or("done", words::refusal) }).inc();
            }
        }
    }

    /// Somebody was told no, at the door or behind it.
    pub fn refused(&self, refusal: &Refusal) {
        self.refusals.get_or_create(&Code { code: words::refusal(refusal) }).inc();
    }

    /// Whether the store took what it was given last.
    pub fn stores(&self) -> bool {
        self.stores.load(Ordering::Relaxed)
    }

    /// The store takes things again.
    pub fn stores_again(&self) {
        self.stores.store(true, Ordering::Relaxed);
    }

    /// A post was heard, or a message came in.
    pub fn heard(&self, source: Source) {
        self.networks.heard.get_or_create(&From { source: source.word() }).inc();
    }

    /// A post was no question here.
    pub fn refused_post(&self, source: Source, refusal: &Refusal) {
        self.passed_over(source, words::refusal(refusal));
    }

    /// Something came in that is no question here.
    pub fn passed_over(&self, source: Source, why: &'static str) {
        self.networks.passed_over.get_or_create(&PassedOver { source: source.word(), why }).inc();
    }

    /// How it goes with an account, and how many seconds it is behind.
    pub fn source(&self, account: &str, source: Source, reach: Reach, behind: i64) {
        let of = Account { account: account.to_owned(), source: source.word() };
        let reach = match reach {
            Reach::Stream => 2,
            Reach::Poll => 1,
            Reach::Away | Reach::Hand => 0,
        };
        self.networks.reach.get_or_create(&of).set(reach);
        self.networks.behind.get_or_create(&of).set(behind);
    }

    /// All of it as `OpenMetrics` text.
    pub fn text(&self, hub: &Hub, viewers: &Viewers, open: &TaskTracker) -> String {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let (mut phases, mut looking) = ([0; Phase::ALL.len()], [0; 4]);
        hub.each(|session| {
            phases[session.read(conversation::Conversation::phase) as usize] += 1;
            let here = session.looking();
            looking[0] += here.public();
            looking[1] += here.staff(Role::Moderator);
            looking[2] += here.staff(Role::Panel);
            looking[3] += here.staff(Role::Desk);
        });
        let present = &self.present;
        for (phase, number) in Phase::ALL.iter().zip(phases) {
            present.sessions.get_or_create(&InPhase { phase: phase.word() }).set(number);
        }
        for (audience, number) in words::AUDIENCES.into_iter().zip(looking) {
            present.looking.get_or_create(&As { audience }).set(count(number));
        }
        present.sockets.set(count(viewers.crowd()));
        present.connections.set(count(open.len()));
        present.writable.set(self.stores().into());
        let mut text = String::new();
        // Writing to memory cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }

    /// Series that are there from the start can be watched from the start.
    fn beginning_at_nought(self) -> Self {
        for kind in words::EVENTS {
            drop(self.events.get_or_create(&Kind { kind }));
        }
        for kind in words::COMMANDS {
            drop(self.commands.get_or_create(&Fate { kind, outcome: "done" }));
        }
        for source in [Source::Mastodon, Source::Bluesky, Source::Gateway].map(Source::word) {
            drop(self.networks.heard.get_or_create(&From { source }));
            drop(self.networks.passed_over.get_or_create(&PassedOver { source, why: "unreadable" }));
        }
        for code in words::REFUSALS {
            drop(self.refusals.get_or_create(&Code { code }));
        }
        self
    }

    fn registered(mut self) -> Self {
        let ours = self.registry.sub_registry_with_prefix("samenspraak");
        ours.register("build", "The program", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        ours.register("events", "Events stored, by kind", self.events.clone());
        ours.register("commands", "Commands, by kind and what became of them", self.commands.clone());
        ours.register("refusals", "Requests and words over sockets that were refused, by code", self.refusals.clone());
        let help = "From handing a batch to the store until it is durable";
        ours.register_with_unit("commit", help, Unit::Seconds, self.commit.clone());
        ours.register("batch_records", "Records in one batch of a session", self.batch.clone());
        ours.register("failed_batches", "Batches that could not be stored", self.failed.clone());
        let networks = &self.networks;
        ours.register("heard", "Posts and messages that came in, by source", networks.heard.clone());
        let help = "What came in from a source and is no question here, by why";
        ours.register("passed_over", help, networks.passed_over.clone());
        let help = "How an account listens: 2 as things are written, 1 by asking now and then, 0 not";
        ours.register("source_reach", help, networks.reach.clone());
        let help = "How far an account is behind its network";
        ours.register_with_unit("source_behind", help, Unit::Seconds, networks.behind.clone());
        ours.register("store_writable", "Whether the store took what it was given last", self.present.writable.clone());
        ours.register("sessions", "Sessions, by phase", self.present.sessions.clone());
        ours.register("looking", "Screens that follow a session, by audience", self.present.looking.clone());
        ours.register("viewer_sockets", "Sockets of the public that have a seat", self.present.sockets.clone());
        ours.register("connections", "Connections and sockets that are open", self.present.connections.clone());
        self.viewers.register(ours);
        self
    }
}
