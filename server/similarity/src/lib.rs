//! Which questions mean the same, in Dutch, in English and across the two.
//!
//! An [`Engine`] holds the knowledge and is shared; [`Neighbours`] holds the questions of one session, takes them in
//! and lets them go one by one, tells what is near a text, and proposes [`Group`]s. Vectors from outside, read by a
//! [`Scale`], can take the place of what the engine makes of whole texts. Pure: no clock, no dice, no IO,
//! and the same questions give the same answers.

mod apart;
mod aspects;
mod compound;
mod engine;
mod groups;
mod joining;
mod letters;
mod neighbours;
mod pairs;
mod profile;
mod rough;
mod scale;
mod score;
mod shortlist;
mod table;
mod text;
mod words;

pub use engine::{Comparison, Engine, Method};
pub use neighbours::{Group, Near, Neighbours};
pub use scale::{ANCHORS, Scale, ScaleError};
pub use table::TableError;
