//! Asking every so often: for servers that stream to nobody, or not to us.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    time::Duration,
};

use tokio::{sync::watch, time::sleep};

use super::{Mastodon, forward::Seen};
use crate::{Ears, Hearing, Tags, Trouble, Way};

impl Mastodon {
    /// Asks for what is new under each hashtag, every 10 to 15 seconds, or slower with many hashtags or
    /// when the server allows little; until something is wrong.
    pub async fn poll(&self, tags: Tags, ears: &impl Ears) -> Trouble {
        match Box::pin(self.keep_asking(tags, ears)).await {
            Ok(never) => match never {},
            Err(trouble) => trouble,
        }
    }

    async fn keep_asking(&self, mut tags: Tags, ears: &impl Ears) -> Result<Infallible, Trouble> {
        let instance = self.instance(true).await?;
        self.may_read(&instance)?;
        let mut since_check = self.pace.check;
        let mut told = false;
        let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
        loop {
            let wanted = tags.borrow_and_update().clone();
            let check = since_check >= self.pace.check;
            self.catch_up(&wanted, check, ears).await?;
            seen.retain(|tag, _| wanted.contains(tag));
            for tag in &wanted {
                self.newest(tag, seen.entry(tag.clone()).or_default(), ears).await?;
            }
            if !told {
                ears.hearing(Hearing::Listening(Way::Poll));
                told = true;
            }
            // Two questions for each.
            let wait = self.pause(wanted.len() * 2);
            since_check = if check { wait } else { since_check + wait };
            tokio::select! {
                () = changed(&mut tags) => {}
                () = sleep(wait) => {}
            }
        }
    }

    /// How long until the next round: what is left of the server's patience is spread over its time.
    pub(super) fn pause(&self, questions: usize) -> Duration {
        let questions = u32::try_from(questions.max(1)).unwrap_or(u32::MAX);
        let usual = self.pace.poll.max(self.pace.apart.saturating_mul(questions));
        let allowed = match self.left() {
            Some((left, time)) => time.saturating_mul(questions).checked_div(left).unwrap_or(time).min(time),
            None => Duration::ZERO,
        };
        usual.max(allowed).mul_f64(1.0 + self.world.chance() / 2.0)
    }
}

/// Until other hashtags are wanted; for ever when nobody can want any more.
pub(super) async fn changed(tags: &mut watch::Receiver<BTreeSet<String>>) {
    if tags.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}
