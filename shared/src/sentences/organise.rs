//! The organise screen.
