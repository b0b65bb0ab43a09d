//! What browser and server both need: ids, hashtags, limits, commands, the views and their
//! patches, the socket's frames, and every sentence people read. No IO.

pub mod commands;
pub mod flags;
pub mod frames;
pub mod hashtag;
pub mod ids;
pub mod json;
pub mod moment;
pub mod problem;
pub mod sentences;
mod unicode;
pub mod values;
pub mod views;
pub mod words;

pub use flags::{Flag, FlagKind};
pub use hashtag::{Hashtag, topics};
pub use ids::QuestionId;
pub use moment::Moment;
pub use problem::Refusal;
pub use sentences::Language;
pub use values::{Act, Audience, Method, Moderation, News, Phase, Reach, Reason, Role, Sending, Source, Status};
