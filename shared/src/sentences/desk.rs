//! The desk screen.
