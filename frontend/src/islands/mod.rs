//! The live part of each page, rendered by the server and woken in the browser.

#[cfg(any(feature = "ssr", feature = "citizens"))]
mod citizen;
#[cfg(any(feature = "ssr", feature = "staff"))]
mod copy;
#[cfg(any(feature = "ssr", feature = "staff"))]
pub(crate) mod desk;
#[cfg(any(feature = "ssr", feature = "staff"))]
mod keeping;
#[cfg(any(feature = "ssr", feature = "staff"))]
pub(crate) mod office;
#[cfg(any(feature = "ssr", feature = "staff"))]
pub(crate) mod panel;
#[cfg(test)]
pub(crate) mod sample;
pub mod waking;
#[cfg(any(feature = "ssr", feature = "wall"))]
mod wall;

#[cfg(any(feature = "ssr", feature = "citizens"))]
pub use citizen::{AskForm, CitizenPage};
#[cfg(any(feature = "ssr", feature = "staff"))]
pub use copy::CopyLink;
#[cfg(any(feature = "ssr", feature = "wall"))]
pub use wall::WallPage;
#[cfg(feature = "ssr")]
pub(crate) use {citizen::citizen_screen, wall::wall_screen};
