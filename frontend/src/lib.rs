//! The screens: server-rendered pages with one live island each.

pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod shell;

pub use shell::Shell;
