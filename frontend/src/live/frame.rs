//! Reads frames. Looking at the kind first, and then reading the frame as just that, spares the
//! browser a copy of everything in it, and the code that makes such copies.

use serde::{Deserialize, de::DeserializeOwned};
use shared::{
    json,
    views::{Card, Colleague, Mine, Patch, View},
};

/// What a screen does something with; the rest of [`shared::frames::Frame`] answers commands, which
/// screens send by the API.
pub enum News<H, C> {
    /// Everything.
    Snapshot(View<H, C>),
    /// What changed.
    Patch(Patch<H, C>),
    /// The participant's own part.
    Mine(Mine),
    /// Who is there.
    Presence(Vec<Colleague>, u32),
    /// Nothing new; this is the `seq` to have.
    Alive(u64),
    /// Nothing to this screen.
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

#[derive(Deserialize)]
struct Presence {
    here: Vec<Colleague>,
    viewers: u32,
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
        "presence" => {
            let Presence { here, viewers } = json::read(text)?;
            News::Presence(here, viewers)
        }
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
        let News::Presence(here, 4) = read_back(&Frame::Presence { here: Vec::new(), viewers: 4, claims: Vec::new() })
        else {
            panic!()
        };
        assert!(here.is_empty());
    }

    #[test]
    fn an_answer_to_a_command_is_no_news_and_nonsense_is_an_error() {
        assert!(matches!(read_back(&Frame::Alive { seq: 7 }), News::Alive(7)));
        assert!(matches!(read_back(&Frame::Done { reference: None, question: None }), News::Other));
        assert!(read::<PublicSession, PublicCard>("{\"type\":\"patch\"}").is_err());
        assert!(read::<PublicSession, PublicCard>("[]").is_err());
    }
}
