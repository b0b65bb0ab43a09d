//! The live part of each page, rendered by the server and woken in the browser.

#[cfg(any(feature = "ssr", feature = "citizens"))]
mod citizen;
#[cfg(any(feature = "ssr", feature = "staff"))]
mod copy;
#[cfg(any(feature = "ssr", feature = "staff"))]
pub(crate) mod desk;
mod first;
#[cfg(any(feature = "ssr", feature = "staff"))]
pub(crate) mod panel;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(any(feature = "ssr", feature = "citizens"))]
mod wall;

#[cfg(any(feature = "ssr", feature = "citizens"))]
pub use citizen::{AskForm, CitizenPage, CitizenScreen};
#[cfg(any(feature = "ssr", feature = "staff"))]
pub use copy::CopyLink;
pub use first::First;
#[cfg(any(feature = "ssr", feature = "citizens"))]
pub use wall::{WallPage, WallScreen};
