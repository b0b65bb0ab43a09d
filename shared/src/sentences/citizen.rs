//! The citizen screen.
