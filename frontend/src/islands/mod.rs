//! The live part of each page, rendered by the server and woken in the browser.

#[cfg(any(feature = "ssr", feature = "citizens"))]
mod citizen;
#[cfg(any(feature = "ssr", feature = "staff"))]
mod copy;
#[cfg(any(feature = "ssr", feature = "staff"))]
pub(crate) mod desk;
#[cfg(any(feature = "ssr", feature = "staff"))]
pub(crate) mod panel;
#[cfg(test)]
mod sample;
#[cfg(any(feature = "ssr", feature = "citizens"))]
mod wall;

#[cfg(any(feature = "ssr", feature = "citizens"))]
pub use citizen::{AskForm, CitizenScreen};
#[cfg(any(feature = "ssr", feature = "staff"))]
pub use copy::CopyLink;
#[cfg(any(feature = "ssr", feature = "citizens"))]
pub use wall::WallScreen;
