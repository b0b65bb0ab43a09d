//! Reads frames. Looking at the kind first, and then reading the frame as just that, spares the
//! browser a copy of everything in it, and the code that makes such copies.

use serde::{Deserialize, de::DeserializeOwned};
use shared::{
    json,
    views::{Card, Mine, Patch, View},
};

/// What every screen does something with; of the rest of [`shared::frames::Frame`] some is for staff
/// ([`super::staff`]), and some answers commands, which screens send by the API.
pub enum News<H, C> {
    /// Everything.
    Snapshot(View<H, C>),
    /// What changed.
    Patch(Patch<H, C>),
    /// The participant's own part.
    Mine(Mine),
    /// Nothing new; this is the `seq` to have.
    Alive(u64),
    /// No part of the view.
    Other,
}

#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(borrow, rename = "type")]
    kind: std::borrow::Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "H: Deserialize<'de>, C: Deserialize<'de> + Card"))]
struct Snapshot<H, C> {
    view: View<H, C>,
}

#[derive(Deserialize)]
struct Own {
    mine: Mine,
}

#[derive(Deserialize)]
struct Alive {
    seq: u64,
}

/// Reads one frame; an error means that the server speaks otherwise than this screen.
pub fn read<H, C>(text: &str) -> Result<News<H, C>, json::Unreadable>
where
    H: DeserializeOwned,
    C: Card + DeserializeOwned,
{
    let Kind { kind } = json::read(text)?;
    Ok(match kind.as_ref() {
        "snapshot" => News::Snapshot(json::read::<Snapshot<H, C>>(text)?.view),
        "patch" => News::Patch(json::read(text)?),
        "mine" => News::Mine(json::read::<Own>(text)?.mine),
        "alive" => News::Alive(json::read::<Alive>(text)?.seq),
        _ => News::Other,
    })
}

#[cfg(test)]
mod tests {
    use shared::{
        frames::Frame,
        views::{PublicCard, PublicPatch, PublicSession},
    };

    use super::*;
    use crate::islands::sample::{card, view};

    type PublicFrame = Frame<PublicSession, PublicCard>;

    fn read_back(frame: &PublicFrame) -> News<PublicSession, PublicCard> {
        let text = serde_json::to_string(frame).expect("a frame can be written");
        read(&text).expect("and read")
    }

    #[test]
    fn what_the_server_writes_is_read_as_it_was_meant() {
        let view = view([card(1, "Waarom?", 3)]);
        let News::Snapshot(same) = read_back(&Frame::Snapshot { seq: 1, view: view.clone() }) else { panic!() };
        assert_eq!(same, view);
        let patch = PublicPatch {
            after: 1,
            seq: 2,
            session: Some(view.session),
            questions: vec![card(2, "Hoe?", 1)],
            gone: vec![shared::QuestionId(1)],
        };
        let News::Patch(same) = read_back(&Frame::Patch(patch.clone())) else { panic!() };
        assert_eq!(same, patch);
        let News::Mine(mine) = read_back(&Frame::Mine { mine: Mine::default() }) else { panic!() };
        assert_eq!(mine, Mine::default());
    }

    #[test]
    fn what_is_no_part_of_the_view_is_left_and_nonsense_is_an_error() {
        assert!(matches!(read_back(&Frame::Alive { seq: 7 }), News::Alive(7)));
        assert!(matches!(read_back(&Frame::Done { reference: None, question: None }), News::Other));
        assert!(read::<PublicSession, PublicCard>("{\"type\":\"patch\"}").is_err());
        assert!(read::<PublicSession, PublicCard>("[]").is_err());
    }
}
