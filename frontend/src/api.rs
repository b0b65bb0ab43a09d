//! The JSON API, as screens call it. On the server nothing calls it; the names are there so that
//! an island reads the same in both builds.

#[cfg(feature = "hydrate")]
mod call;

use std::{cell::RefCell, future::Future, pin::Pin};

use futures_util::future::{FutureExt, Shared};
use serde::{Serialize, de::DeserializeOwned};
use shared::{
    Language, Refusal,
    commands::ParticipantMade,
    sentences::{common, problems},
};

/// What to do with the thing at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read it.
    Get,
    /// Make or do something; asked twice at most, with one `Idempotency-Key`.
    Post,
    /// Make it so.
    Put,
    /// Take it away.
    Delete,
}

/// Why there is no result.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// The server said no; nothing was changed.
    Refused(Refusal),
    /// The server was not reached, or did not speak sense.
    Away,
}

impl Failure {
    /// What to tell the person.
    pub fn sentence(&self, lang: Language) -> String {
        match self {
            Self::Refused(refusal) => problems::detail(lang, refusal),
            Self::Away => common::unreachable(lang).to_owned(),
        }
    }

    /// The server's reason, when it gave one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Away => None,
        }
    }
}

/// Calls the API. `path` is what comes after `/api/v1`, with its slash. A request that was lost on
/// the way is sent once more; a body of nothing is `None::<&()>`.
pub async fn send<B, R>(method: Method, path: &str, body: Option<&B>) -> Result<R, Failure>
where
    B: Serialize,
    R: DeserializeOwned,
{
    #[cfg(feature = "hydrate")]
    return call::send(method, path, body).await;
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = (method, path, body);
        std::future::ready(Err(Failure::Away)).await
    }
}

/// A piece of a page, as the server wrote it; nothing when it was not to be had. `path` is of the site.
pub async fn fragment(path: &str) -> Option<String> {
    #[cfg(feature = "hydrate")]
    return call::fragment(path).await;
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = path;
        std::future::ready(None).await
    }
}

/// As [`send`], for what a citizen does: makes the participant first when there is none, or when
/// the server no longer knows them.
pub async fn send_as_participant<B, R>(method: Method, path: &str, body: Option<&B>) -> Result<R, Failure>
where
    B: Serialize,
    R: DeserializeOwned,
{
    ensure_participant().await?;
    let first = send(method, path, body).await;
    if !matches!(&first, Err(failure) if failure.refusal() == Some(&Refusal::Unauthorized)) {
        return first;
    }
    PARTICIPANT.take();
    ensure_participant().await?;
    send(method, path, body).await
}

type Making = Shared<Pin<Box<dyn Future<Output = Result<(), Failure>>>>>;

thread_local! {
    static PARTICIPANT: RefCell<Option<Making>> = const { RefCell::new(None) };
}

/// The page came with a participant's cookie, so none needs to be made.
pub fn participant_is_known() {
    let known: Pin<Box<dyn Future<Output = _>>> = Box::pin(std::future::ready(Ok(())));
    PARTICIPANT.replace(Some(known.shared()));
}

/// Makes sure that this browser has a participant's cookie. Several at once make one request;
/// after a failure the next call tries again.
pub async fn ensure_participant() -> Result<(), Failure> {
    let making = PARTICIPANT.with_borrow_mut(|participant| {
        participant
            .get_or_insert_with(|| {
                let made: Pin<Box<dyn Future<Output = _>>> = Box::pin(make_participant());
                made.shared()
            })
            .clone()
    });
    let made = making.await;
    if made.is_err() {
        PARTICIPANT.take();
    }
    made
}

async fn make_participant() -> Result<(), Failure> {
    send::<(), ParticipantMade>(Method::Post, "/participants", None).await.map(|_| ())
}
