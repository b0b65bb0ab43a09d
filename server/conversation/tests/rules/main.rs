//! The rules of a session, each as given / when / then, and all of them under random commands.

extern crate samenspraak_conversation as conversation;

mod bundles;
mod citizens;
mod handling;
mod moderators;
mod panel;
mod posts;
mod random;
mod scene;
mod session;
mod stage;
mod undo;
mod views;
