//! A server to test, and the people who use it.

mod caller;
mod citizen;
mod embeddings;
mod hall;
mod meters;
mod moderator;
mod office;
mod organiser;
mod panel;
mod reply;
mod screen;
mod seeds;
mod server;
mod stream;
mod visitor;
mod wait;
mod wire;

pub use caller::{Caller, send, try_send};
pub use citizen::Citizen;
pub use embeddings::{Embeddings, Manner};
pub use hall::{Hall, session};
pub use meters::Meters;
pub use moderator::Moderator;
pub use office::Office;
pub use organiser::Organiser;
pub use panel::Panel;
pub use reply::Reply;
pub use screen::{DeskScreen, Live, ModeratorScreen, PanelScreen, PublicScreen, Screen};
pub use seeds::Seeds;
pub use server::{Failed, ORGANISER_KEY, Server, Terms};
pub use stream::Stream;
pub use visitor::Visitor;
pub use wait::{PATIENCE, eventually};
pub use wire::{Answer, Wire};
