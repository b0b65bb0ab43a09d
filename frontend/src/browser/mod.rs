//! What only a browser can do. Islands are compiled for the server too, where each of these does
//! nothing, so that a screen needs no conditions of its own.

#[cfg(not(feature = "hydrate"))]
mod absent;
#[cfg(feature = "hydrate")]
mod present;

#[cfg(not(feature = "hydrate"))]
pub use absent::*;
#[cfg(feature = "hydrate")]
pub use present::*;
