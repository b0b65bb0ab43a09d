//! Reading forward over REST without gaps, and reading again what is on a screen somewhere.

use std::collections::BTreeSet;

use reqwest::header::HeaderMap;
use serde_json::Value;
use url::Url;

use super::{
    Mastodon,
    call::CallError,
    status::{Read, by_age},
};
use crate::{Ears, Gone, GuardError, Heard, Hearing, Trouble};

/// The most posts that a server gives at once; fewer when the answer would be too long to read.
const PAGES: [&str; 3] = ["40", "4", "1"];
/// The most posts that are read again.
const MOST_KNOWN: usize = 200;
/// How many of them are asked for at once: the most that a server allows without an account.
const AT_ONCE: usize = 20;

/// Numbers of posts, and when each was edited last.
pub type Seen = BTreeSet<(String, Option<String>)>;

impl Mastodon {
    /// Our own account's id there, asked once; nothing without a token, or when that token may not know.
    pub(super) async fn own(&self) -> Result<Option<&str>, CallError> {
        if self.server.token.is_none() {
            return Ok(None);
        }
        let ask = || async {
            match self.get::<Value>(&["v1", "accounts", "verify_credentials"], &[]).await {
                Ok((account, _)) => Ok(account["id"].as_str().map(str::to_owned)),
                Err(CallError::Status { status: 403, .. }) => Ok(None),
                Err(error) if error.is_absence() => Ok(None),
                Err(error) => Err(error),
            }
        };
        Ok(self.own.get_or_try_init(ask).await?.as_deref())
    }

    /// Reads all that is new under these hashtags, and, when asked, again what is on a screen.
    pub(super) async fn catch_up(&self, tags: &BTreeSet<String>, again: bool, ears: &impl Ears) -> Result<(), Trouble> {
        for tag in tags {
            self.forward(tag, ears).await?;
            if again {
                self.newest(tag, &mut Seen::new(), ears).await?;
            }
        }
        if again { self.read_again(ears).await } else { Ok(()) }
    }

    /// Reads the newest posts under one hashtag, but for those that were seen as they are. A post of another
    /// server has a number by when it was written, so one that arrives late stands before the place that
    /// we have read to.
    pub(super) async fn newest(&self, tag: &str, seen: &mut Seen, ears: &impl Ears) -> Result<(), Trouble> {
        let (mut page, _) = self.page(tag, None).await?;
        page.sort_by(|one, other| by_age(id(one), id(other)));
        let as_it_is = |status: &Value| (id(status).to_owned(), status["edited_at"].as_str().map(str::to_owned));
        let now: Seen = page.iter().map(as_it_is).collect();
        page.retain(|status| !seen.contains(&as_it_is(status)));
        let heard = self.heard(page, ears).await?;
        if !heard.is_empty() {
            ears.take(heard, None).await?;
        }
        *seen = now;
        Ok(())
    }

    /// Reads all that is new under one hashtag, oldest first, each page kept before the next is asked for.
    async fn forward(&self, tag: &str, ears: &impl Ears) -> Result<(), Trouble> {
        let name = format!("mastodon/{}/{tag}", self.host);
        let mut place = ears.place(&name)?;
        loop {
            let (mut page, headers) = self.page(tag, place.as_deref()).await?;
            ears.hearing(Hearing::Alive { behind: None });
            page.sort_by(|one, other| by_age(id(one), id(other)));
            let first = place.is_none();
            let last = page.last().map(id).filter(|id| !id.is_empty());
            let next = latest([place.as_deref(), last, newer(&headers).as_deref()]);
            let moved = next != place;
            // Of a hashtag without posts all will be read that come, whatever their number.
            let kept = next.clone().unwrap_or_else(|| "0".to_owned());
            let ended = page.is_empty();
            let heard = self.heard(page, ears).await?;
            if moved || first || !heard.is_empty() {
                ears.take(heard, Some((&name, kept))).await?;
            }
            if first || ended || !moved {
                return Ok(());
            }
            place = next;
        }
    }

    async fn page(&self, tag: &str, place: Option<&str>) -> Result<(Vec<Value>, HeaderMap), CallError> {
        let path = ["v1", "timelines", "tag", tag];
        for limit in PAGES {
            let mut query = vec![("limit", limit)];
            query.extend(place.map(|place| ("min_id", place)));
            match self.get(&path, &query).await {
                Err(CallError::Guard(GuardError::TooLong)) => {}
                answer => return answer,
            }
        }
        Err(CallError::Guard(GuardError::TooLong))
    }

    /// What there is to tell of these statuses.
    async fn heard(&self, page: Vec<Value>, ears: &impl Ears) -> Result<Vec<Heard>, CallError> {
        let own = self.own().await?;
        let mut all = Vec::new();
        for status in page {
            match self.read(status, own) {
                Read::Heard { heard, .. } => all.push(heard),
                Read::Passed => {}
                Read::Unreadable => ears.hearing(Hearing::Unreadable),
            }
        }
        Ok(all)
    }

    /// Reads again what is on a screen somewhere: it may have been edited or deleted unheard.
    async fn read_again(&self, ears: &impl Ears) -> Result<(), Trouble> {
        let known: Vec<_> =
            ears.known(MOST_KNOWN).into_iter().filter_map(|(address, local)| Some((address, local?))).collect();
        for some in known.chunks(AT_ONCE) {
            let query: Vec<_> = some.iter().map(|(_, local)| ("id[]", local.as_str())).collect();
            let found = match self.get::<Vec<Value>>(&["v1", "statuses"], &query).await {
                Ok((found, _)) => found,
                // Servers before 4.3, and others: one by one.
                Err(CallError::Status { status: 404 | 405, .. } | CallError::Strange) => Vec::new(),
                Err(CallError::Status { status: 400..=499, after: None, .. }) => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            let there: BTreeSet<String> = found.iter().map(|status| id(status).to_owned()).collect();
            let mut heard = self.heard(found, ears).await?;
            for (address, local) in some.iter().filter(|(_, local)| !there.contains(local)) {
                match self.get::<Value>(&["v1", "statuses", local], &[]).await {
                    Ok((status, _)) => heard.extend(self.heard(vec![status], ears).await?),
                    Err(error) if error.is_absence() => heard.push(Heard::Gone(Gone::Address(address.clone()))),
                    // Not ours to see, which is not gone.
                    Err(CallError::Status { status: 400..=499, after: None, .. } | CallError::Strange) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            if !heard.is_empty() {
                ears.take(heard, None).await?;
            }
        }
        Ok(())
    }
}

fn id(status: &Value) -> &str {
    status["id"].as_str().unwrap_or_default()
}

fn latest<const N: usize>(ids: [Option<&str>; N]) -> Option<String> {
    ids.into_iter().flatten().max_by(|one, other| by_age(one, other)).map(str::to_owned)
}

/// Where a server says that newer posts begin: the `min_id` of its `Link` to the page before.
fn newer(headers: &HeaderMap) -> Option<String> {
    let links = headers.get("link")?.to_str().ok()?;
    let before = links.split(',').find(|link| link.contains("rel=\"prev\""))?;
    let address = before.split_once('<')?.1.split_once('>')?.0;
    let url = Url::parse(address).ok()?;
    url.query_pairs().find(|(name, _)| name == "min_id").map(|(_, id)| id.into_owned()).filter(|id| id.len() <= 100)
}
