//! What is heard on a network, and who takes it.

use std::{collections::BTreeSet, future::Future, time::Duration};

use conversation::Post;
use thiserror::Error;
use tokio::sync::watch;

/// The hashtags to listen for, folded as [`shared::hashtag::fold`] does; they change while sessions come
/// and go, without a new connection where that can be.
pub type Tags = watch::Receiver<BTreeSet<String>>;

/// Something that was heard.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// A post with one of the hashtags, new or (again) as it is now.
    Post {
        /// The post.
        post: Box<Post>,
        /// Its words as plain text, with line breaks, with the author's hashtags in them.
        text: String,
        /// Its author's own name for themselves.
        name: Option<String>,
        /// Its language, when its author or network says so (ISO 639-1).
        language: Option<String>,
        /// All its hashtags, folded, whether listened for or not: a post can belong to several
        /// sessions, and one that lost its hashtag belongs to none any more.
        tags: BTreeSet<String>,
        /// The number that the server it was read from uses for it, when its network calls a post by
        /// such a number when it is deleted.
        local: Option<String>,
    },
    /// A post that is no longer there.
    Gone(Gone),
}

/// How a network calls a post that is no longer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gone {
    /// By its permanent address.
    Address(String),
    /// By the number of the server that said so.
    Local(String),
}

/// How questions come in from a source at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As they are written.
    Stream,
    /// By asking every so often.
    Poll,
}

/// How it goes with a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hearing {
    /// It is being listened to.
    Listening(Way),
    /// The network said something, if only that it is there; it wrote it so long ago.
    Alive {
        /// How far behind the present.
        behind: Option<Duration>,
    },
    /// Something came in that is no message of this network, and was passed over.
    Unreadable,
    /// Something came in of a kind that is not known, and was passed over.
    Unknown,
}

/// Who takes what is heard.
pub trait Ears: Send + Sync + 'static {
    /// Takes what was heard, in order. Once this returns, all of it is durable, and so is the place to go
    /// on from after a new start; taking it again does no harm.
    fn take(
        &self,
        heard: Vec<Heard>,
        place: Option<(&str, String)>,
    ) -> impl Future<Output = Result<(), NotKept>> + Send;

    /// Where to go on: what was last kept under this name.
    fn place(&self, name: &str) -> Result<Option<String>, NotKept>;

    /// Addresses and local numbers of posts of this source that are still on a screen somewhere, the
    /// latest first, so that they can be read again after a time of not listening.
    fn known(&self, most: usize) -> Vec<(String, Option<String>)>;

    /// Learns how it goes.
    fn hearing(&self, hearing: Hearing);
}

/// What was heard could not be made durable; it must be heard again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("what was heard could not be kept")]
pub struct NotKept;

/// Why listening ended.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Trouble {
    /// The connection ended, or never began: another try may do.
    #[error("{0}")]
    Lost(String),
    /// This way is refused (no token, a wrong one, or not offered); in the network's own words.
    #[error("{0}")]
    Refused(String),
    /// Asked too often.
    #[error("asked to wait {} s", .0.as_secs())]
    Wait(Duration),
    /// What was heard could not be kept here.
    #[error(transparent)]
    NotKept(#[from] NotKept),
}
