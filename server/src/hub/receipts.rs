//! What senders were told who may ask twice.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use super::session::Once;
use crate::journal::Receipt;

/// How many answers are remembered for each session.
pub const RECEIPTS: usize = 10_000;

/// Answers by sender and key, the oldest forgotten first.
#[derive(Default)]
pub struct Receipts {
    known: HashMap<(String, String), (String, Value)>,
    /// Oldest first; only what is durable.
    order: VecDeque<(String, String)>,
    /// Of the present batch, known but not yet durable.
    pending: Vec<(String, String)>,
}

impl Receipts {
    /// What this sender was told under this key, with the digest of what they wanted.
    pub fn find(&self, once: &Once) -> Option<&(String, Value)> {
        self.known.get(&(once.sender.clone(), once.key.clone()))
    }

    /// Known from here on, unless the batch turns out not to be durable.
    pub fn remember(&mut self, receipt: Option<&Receipt>) {
        if let Some(Receipt { sender, key, fingerprint, answer }) = receipt.cloned() {
            self.pending.push((sender.clone(), key.clone()));
            self.known.insert((sender, key), (fingerprint, answer));
        }
    }

    /// Known, and durable already.
    pub fn remember_durable(&mut self, receipt: Option<&Receipt>) {
        self.remember(receipt);
        self.confirm();
    }

    /// The batch is durable.
    pub fn confirm(&mut self) {
        self.order.extend(self.pending.drain(..));
        let surplus = self.order.len().saturating_sub(RECEIPTS);
        for oldest in self.order.drain(..surplus) {
            self.known.remove(&oldest);
        }
    }

    /// The batch is not durable.
    pub fn forget(&mut self) {
        for id in self.pending.drain(..) {
            self.known.remove(&id);
        }
    }
}
