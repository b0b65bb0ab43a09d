//! What each audience may see. The public view, whole or in patches, comes from [`public`] alone.

mod account;
mod desk;
mod mine;
mod moderator;
mod panel;
mod patches;
mod post;
mod public;
pub use post::{Said, Saying};
