//! Speaking from an account: replies and announcements, changed and taken back.

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::{
    Mastodon,
    call::CallError,
    instance::Instance,
    status::{Read, Thread, is_https},
};
use crate::{Heard, Message, NotSent, Reply, Sent, cut, graphemes};

/// An account, as people know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// `@name@host`.
    pub handle: String,
    /// Where people find it.
    pub link: Option<String>,
}

impl Mastodon {
    /// Says something: publicly, or quietly in a thread. The same message twice within an hour is one.
    pub async fn send(&self, message: &Message) -> Result<Sent, NotSent> {
        let thread = message.thread.as_deref().map(read_thread).transpose()?;
        let answers = match &thread {
            Some(thread) => Some(self.find(thread).await?),
            None => None,
        };
        let mut body = self.words(message, thread.as_ref()).await?;
        body["visibility"] = if answers.is_some() { "unlisted" } else { "public" }.into();
        if let Some(id) = answers {
            body["in_reply_to_id"] = id.into();
        }
        let reply = self.call(Method::POST, &["v1", "statuses"], &[], Some(body), Some(&message.key)).await?;
        sent(&reply)
    }

    /// Says something else in the place of what was said. Its thread stays what it was.
    pub async fn edit(&self, id: &str, message: &Message) -> Result<Sent, NotSent> {
        let thread = message.thread.as_deref().map(read_thread).transpose()?;
        let body = self.words(message, thread.as_ref()).await?;
        sent(&self.call(Method::PUT, &["v1", "statuses", id], &[], Some(body), None).await?)
    }

    /// Takes back what was said; that it is gone already is as good.
    pub async fn delete(&self, id: &str) -> Result<(), NotSent> {
        match self.call(Method::DELETE, &["v1", "statuses", id], &[], None, None).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_absence() => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whose token this is.
    pub async fn who(&self) -> Result<Account, NotSent> {
        #[derive(Deserialize)]
        struct Own {
            acct: String,
            url: Option<String>,
        }
        self.instance(false).await?;
        let (own, _) = self.get::<Own>(&["v1", "accounts", "verify_credentials"], &[]).await?;
        let handle =
            if own.acct.contains('@') { format!("@{}", own.acct) } else { format!("@{}@{}", own.acct, self.domain()) };
        Ok(Account { handle, link: own.url.filter(|url| is_https(url)) })
    }

    /// The post that people read at this address, on whichever server; nothing when there is none that is
    /// for everybody. Reading those of other servers takes a token.
    pub async fn read_at(&self, address: &Url) -> Result<Option<Heard>, NotSent> {
        let first = self.search(address.as_str()).await?;
        Ok(match first.map(|status| self.read(status, None)) {
            Some(Read::Heard { heard, .. }) => Some(heard),
            _ => None,
        })
    }

    /// The longest post there, in characters as people count them; each address counts for 23.
    pub async fn max_characters(&self) -> Result<usize, NotSent> {
        Ok(self.instance(false).await?.lengths().0)
    }

    /// The number by which this server knows the post that is answered.
    async fn find(&self, thread: &Thread) -> Result<String, NotSent> {
        if thread.host == self.host {
            return Ok(thread.id.clone());
        }
        let first = self.search(&thread.uri).await?;
        first
            .and_then(|status| status["id"].as_str().map(str::to_owned))
            .ok_or_else(|| NotSent::Refused(format!("{} does not find the post", self.host)))
    }

    /// The post with this address, as this server knows it once it has looked for it.
    async fn search(&self, address: &str) -> Result<Option<Value>, NotSent> {
        #[derive(Deserialize)]
        struct Found {
            statuses: Vec<Value>,
        }
        let query = [("q", address), ("resolve", "true"), ("type", "statuses"), ("limit", "1")];
        let (found, _) = self.get::<Found>(&["v2", "search"], &query).await?;
        Ok(found.statuses.into_iter().next())
    }

    async fn words(&self, message: &Message, thread: Option<&Thread>) -> Result<Value, NotSent> {
        let instance = self.instance(false).await?;
        let author = thread.map(|thread| message.author.as_deref().unwrap_or(&thread.account));
        Ok(json!({"status": compose(message, author, &instance), "language": message.language}))
    }
}

fn read_thread(thread: &str) -> Result<Thread, NotSent> {
    serde_json::from_str(thread).map_err(|_| NotSent::Refused("this is no thread on Mastodon".to_owned()))
}

fn sent(reply: &Reply) -> Result<Sent, NotSent> {
    #[derive(Deserialize)]
    struct Made {
        id: String,
        url: Option<String>,
    }
    // It may have been sent: another try, with the same key, will tell.
    let made: Made = serde_json::from_slice(&reply.body).map_err(|_| CallError::Strange)?;
    Ok(Sent { id: made.id, link: made.url.filter(|url| is_https(url)) })
}

/// The author's name, as many of the words as fit, and the link.
fn compose(message: &Message, author: Option<&str>, instance: &Instance) -> String {
    let (most, per_address) = instance.lengths();
    let count = |text: &str| length(text, per_address);
    let start = author.map(|author| format!("{author} ")).unwrap_or_default();
    let end = message.link.as_deref().map(|link| format!("\n\n{link}")).unwrap_or_default();
    let room = most.saturating_sub(count(&start) + count(&end));
    format!("{start}{}{end}", cut(&message.text, room, count)).trim().to_owned()
}

/// Length as Mastodon counts: grapheme clusters, and for each address the same number.
fn length(text: &str, per_address: usize) -> usize {
    let words = text.split_inclusive(char::is_whitespace);
    words
        .map(|word| {
            let at = word.find("https://").or_else(|| word.find("http://"));
            let Some(at) = at else { return graphemes(word) };
            let address = word[at..]
                .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ')' | '!' | '?' | '…'));
            graphemes(&word[..at]) + per_address + graphemes(&word[at + address.len()..])
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Message {
        Message {
            key: "k".to_owned(),
            thread: None,
            author: None,
            text: text.to_owned(),
            link: Some(format!("https://samenspraak.example/{}", "x".repeat(300))),
            language: "nl".to_owned(),
        }
    }

    #[test]
    fn the_name_and_the_link_are_there_however_long_the_words() {
        let words = "Ja, dat komt er. ".repeat(100);
        let composed = compose(&message(&words), Some("@kim@m.example"), &Instance::default());
        assert!(composed.starts_with("@kim@m.example Ja, dat") && composed.ends_with(&"x".repeat(300)), "{composed}");
        assert!(composed.contains("komt er. …\n\nhttps://samenspraak"), "{composed}");
        let length = length(&composed, 23);
        assert!(length <= 500 && length > 470, "{length}");
        let short = compose(&message("Ja."), None, &Instance::default());
        assert!(short.starts_with("Ja.\n\nhttps://"));
    }

    #[test]
    fn an_address_counts_for_as_much_as_the_server_says() {
        assert_eq!(length("zie https://rotterdam.nl/een/heel/lang/adres.", 23), 4 + 23 + 1);
        assert_eq!(length("👨‍👩‍👧‍👦 (http://x.nl)", 23), 3 + 23 + 1);
    }
}
