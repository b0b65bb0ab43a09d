//! Speaks: brings what a session wants said together with what was said, and sends what is open, each
//! account for itself.

use std::sync::Arc;

use sources::NotSent;

use super::{Channels, accounts::Account, network::Network, outbox, wording};
use crate::{
    clock::chance,
    hub::Session,
    journal::{Entry, JournalError, State},
};

impl Channels {
    /// Brings what a session wants said together with what is kept of it.
    pub(super) fn reconcile(&self, session: &Session) {
        let (sayings, speakers, details) =
            session.read(|now| (now.sayings(), self.speakers(now), now.details().clone()));
        let base = self.base.get().map_or("", String::as_str);
        let wanted = outbox::wanted(sayings, &speakers, |saying| wording::write(saying, &details, base));
        let done = self.ledger.messages(session.name()).and_then(|kept| {
            let changed = outbox::reconcile(session.name(), &wanted, &kept, self.clock.now());
            if changed.is_empty() { Ok(()) } else { self.ledger.keep_messages(&changed) }
        });
        if let Err(error) = done {
            log(&error);
            // Nothing is lost: it follows from the session, and is looked at again.
        }
    }

    /// Lets every account with something open work, unless it does already.
    pub(super) fn speak_where_needed(self: &Arc<Self>) {
        for account in self.accounts.all() {
            if self.busy.contains_key(&account.name) || self.open_of(&account).is_empty() {
                continue;
            }
            let Some(network) = self.network(&account) else { continue };
            self.busy.insert(account.name.clone(), ());
            tokio::spawn(Arc::clone(self).speak(account, network));
        }
    }

    async fn speak(self: Arc<Self>, account: Arc<Account>, network: Arc<Network>) {
        for entry in self.open_of(&account) {
            let outcome = deliver(&network, &entry).await;
            if let Err(error) = self.keep_outcome(&entry, outcome) {
                log(&error);
            }
        }
        self.busy.remove(&account.name);
        self.look_again();
    }

    /// Keeps what became of an entry, which may have changed while it was being sent.
    fn keep_outcome(&self, tried: &Entry, outcome: Result<Delivered, NotSent>) -> Result<(), JournalError> {
        let now = self.clock.now();
        let entries = self.ledger.messages(&tried.session)?;
        let same = |entry: &Entry| entry.key == tried.key && entry.account == tried.account;
        let Some(entry) = entries.into_iter().find(same) else { return Ok(()) };
        let said_otherwise = entry.said != tried.said;
        let next = match outcome {
            Ok(Delivered::Sent(sent)) => {
                let mut next = outbox::sent(entry, sent, now);
                if said_otherwise && next.state == State::Sent {
                    next.state = State::Waiting;
                }
                next
            }
            Ok(Delivered::TakenBack) => outbox::taken_back(entry, now),
            Err(why) => {
                tracing::warn!(account = %tried.account, session = %tried.session, "a message was not sent");
                outbox::not_sent(entry, &why, now, chance())
            }
        };
        self.ledger.keep_messages(&[next])
    }

    fn open_of(&self, account: &Account) -> Vec<Entry> {
        let now = self.clock.now();
        let open = self.ledger.open_of(&account.name).inspect_err(log).unwrap_or_default();
        open.into_iter().filter(|entry| entry.due.is_none_or(|due| due <= now)).collect()
    }
}

enum Delivered {
    Sent(sources::Sent),
    TakenBack,
}

async fn deliver(network: &Network, entry: &Entry) -> Result<Delivered, NotSent> {
    let unreadable = || NotSent::Refused("the message cannot be read".into());
    match (entry.state, &entry.id) {
        (State::TakingBack, Some(id)) => network.delete(id).await.map(|()| Delivered::TakenBack),
        (_, Some(id)) => {
            let message = outbox::message(entry).ok_or_else(unreadable)?;
            network.edit(id, &message).await.map(Delivered::Sent)
        }
        // Also when it is to be taken back: it may have been sent, and then it is only called by its id.
        (_, None) => {
            let message = outbox::message(entry).ok_or_else(unreadable)?;
            network.send(&message).await.map(Delivered::Sent)
        }
    }
}

fn log(error: &JournalError) {
    tracing::error!(error = error as &dyn std::error::Error, "the outbox could not be kept");
}
