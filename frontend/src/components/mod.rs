//! Parts that several screens share.
//!
//! A `<textarea>` with words in it takes them as `inner_html=textarea_words(&text)`: the renderer
//! does not escape a textarea's children.

#![allow(clippy::needless_pass_by_value, reason = "props are given whole, as a view's attributes are")]

mod announcer;
mod answer;
mod banner;
mod clock;
mod connection;
mod language;
mod links;
mod status;
mod support;
mod tag;
mod text;
mod time;

pub use announcer::{Announcer, StatusLine};
pub use answer::AnswerBlock;
pub use banner::BannerLine;
pub use clock::ticking;
pub use connection::ConnectionLine;
pub use language::LanguageSwitch;
pub use links::LinkedParagraphs;
pub use status::StatusBadge;
pub use support::SupportButton;
pub use tag::Tag;
pub use text::{Masked, Paragraphs, aloud, linked, textarea_words};
pub use time::Stamp;
