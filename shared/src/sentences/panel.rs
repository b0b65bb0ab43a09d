//! The panel screen.
