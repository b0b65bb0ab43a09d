//! The live part of each page, rendered by the server and woken in the browser.

mod citizen;
mod copy;
pub(crate) mod desk;
pub(crate) mod panel;
#[cfg(test)]
mod sample;
mod wall;

pub use copy::CopyLink;
pub use citizen::{AskForm, CitizenScreen};
pub use wall::WallScreen;
