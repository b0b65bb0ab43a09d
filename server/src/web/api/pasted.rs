//! A post that a moderator brings in by hand.

use conversation::Post;
use shared::{Refusal, Source, commands::Paste, words};
use sources::Heard;
use url::Url;

use crate::{hub::Session, web::App};

/// The longest address.
const MAX_ADDRESS: usize = 500;

/// A post, read from what was pasted.
pub struct Pasted {
    /// What is kept of it beside its words.
    pub post: Box<Post>,
    /// Its words.
    pub text: String,
    /// Its author's own name.
    pub name: Option<String>,
    /// Its language.
    pub language: Option<String>,
}

/// Reads what was pasted. An address without words is read through the session's own accounts; nothing
/// is ever fetched from an address that somebody typed.
pub async fn read(app: &App, session: &Session, body: &Paste) -> Result<Pasted, Refusal> {
    let given =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let link = given(&body.address).map(|address| address_of(&address)).transpose()?;
    if let Some(link) = link.as_ref().filter(|_| body.text.trim().is_empty()) {
        let found = app.channels.read_at(session, network_of(link), link).await;
        let Some(Heard::Post { post, text, name, language, .. }) = found else {
            return Err(Refusal::Field { field: "text".into() });
        };
        return Ok(Pasted { post, text, name, language });
    }
    let text = words::question_cut(&body.text)?;
    let author = given(&body.author).and_then(|author| words::name(&author).ok().flatten());
    let now = app.clock.now();
    let post = Box::new(Post {
        source: link.as_ref().map_or(Source::Gateway, network_of),
        // Pasting the same twice is one question; without an address its words tell it.
        address: link.as_ref().map_or_else(|| format!("pasted:{}", words::same_words_key(&text)), Url::to_string),
        link: link.map(|link| link.to_string()),
        author: author.unwrap_or_default(),
        bot: false,
        written_at: now,
        edited_at: None,
        warning: None,
        images: Vec::new(),
        thread: None,
    });
    Ok(Pasted { post, text, name: None, language: None })
}

fn address_of(text: &str) -> Result<Url, Refusal> {
    let url = text.parse::<Url>().ok().filter(|url| url.scheme() == "https" && text.len() <= MAX_ADDRESS);
    url.filter(|url| url.username().is_empty() && url.password().is_none())
        .ok_or_else(|| Refusal::Field { field: "address".into() })
}

/// Which network an address seems to be on: Mastodon's are `https://HOST/@NAME/NUMBER`.
fn network_of(url: &Url) -> Source {
    let mut parts = url.path_segments().into_iter().flatten();
    let is_status = parts.next().is_some_and(|part| part.starts_with('@'))
        && parts.next().is_some_and(|part| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit()));
    match url.host_str() {
        Some("bsky.app") => Source::Bluesky,
        _ if is_status => Source::Mastodon,
        _ => Source::Gateway,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_its_network() {
        let of = |text: &str| address_of(text).map(|url| network_of(&url));
        assert_eq!(of("https://bsky.app/profile/vera.nl/post/3k"), Ok(Source::Bluesky));
        assert_eq!(of("https://sociaal.nl/@vera/1129"), Ok(Source::Mastodon));
        assert_eq!(of("https://www.rotterdam.nl/vraag/7"), Ok(Source::Gateway));
        for wrong in ["http://sociaal.nl/@vera/1", "javascript:alert(1)", "https://a:b@c.nl/", "vera"] {
            assert_eq!(of(wrong), Err(Refusal::Field { field: "address".into() }), "{wrong}");
        }
    }
}
