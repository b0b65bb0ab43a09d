//! The closed sets of words that commands, views and tables share.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(rename_all = "camelCase")]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that stands for it in JSON, addresses and tables.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value a word stands for, if it is one.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// Where a session stands in its life. The order is the order of time.
    Phase {
        /// The page is there; asking only if the organiser allows it early.
        Announced = "announced",
        /// Collecting questions before the hall fills.
        Open = "open",
        /// The panel answers.
        Live = "live",
        /// Nothing more is asked; everything stays readable.
        Closed = "closed",
        /// As closed, and off the front page.
        Archived = "archived",
    }
}

words! {
    /// Where a question stands.
    Status {
        /// Arrived, seen by moderators only.
        Waiting = "waiting",
        /// Public.
        Shown = "shown",
        /// Being answered now.
        OnStage = "onStage",
        /// Answered by the panel.
        Answered = "answered",
        /// Not shown (any more), with a public reason.
        Declined = "declined",
        /// Taken back by its asker.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// Why a question was declined; its asker reads it.
    Reason {
        /// Not about this session's subject.
        OffTopic = "offTopic",
        /// The answer is already there.
        AlreadyAnswered = "alreadyAnswered",
        /// Names or numbers of people.
        PersonalData = "personalData",
        /// Hurts people.
        Abusive = "abusive",
        /// Sells something.
        Advertising = "advertising",
        /// Said in the note.
        Other = "other",
    }
}

words! {
    /// Where a question came from.
    Source {
        /// The public page or the API.
        Web = "web",
        /// Spoken in the hall, typed in by a moderator.
        Hall = "hall",
        /// A post on a server of Mastodon, or one that speaks as they do.
        Mastodon = "mastodon",
        /// A post on Bluesky.
        Bluesky = "bluesky",
        /// Through a gateway of the municipality: text messages, a chat, a form elsewhere.
        Gateway = "gateway",
    }
}

words! {
    /// What the author of a post elsewhere can be told in their own thread.
    News {
        /// Its answer.
        Answered = "answered",
        /// That it is under another question now.
        Bundled = "bundled",
        /// That it is on stage now.
        Staged = "staged",
        /// Why it is not shown.
        Declined = "declined",
    }
}

words! {
    /// How questions come in from a network.
    Reach {
        /// As they are written.
        Stream = "stream",
        /// By asking now and then.
        Poll = "poll",
        /// Not at present; it is being tried again.
        Away = "away",
        /// Not: moderators paste them.
        Hand = "hand",
    }
}

words! {
    /// How far a message to a network is.
    Sending {
        /// It is to be sent.
        Waiting = "waiting",
        /// It was sent.
        Sent = "sent",
        /// The network refused it.
        Refused = "refused",
        /// It is to be taken back.
        TakingBack = "takingBack",
    }
}

words! {
    /// When moderators look.
    #[derive(Default)]
    Moderation {
        /// Nothing is public before a moderator approved it.
        #[default]
        Before = "before",
        /// Questions are public at once; moderators decline afterwards.
        After = "after",
    }
}

words! {
    /// How it was found which questions mean the same.
    #[derive(Default)]
    Method {
        /// Letters and the table of word vectors.
        #[default]
        Table = "table",
        /// Letters alone: the table is missing or broken.
        Letters = "letters",
        /// Letters and the sentence vectors of an endpoint elsewhere.
        Endpoint = "endpoint",
    }
}

words! {
    /// What a staff key opens.
    Role {
        /// Plans sessions, moves phases, renews keys.
        Organiser = "organiser",
        /// Works the queue.
        Moderator = "moderator",
        /// Answers on stage.
        Panel = "panel",
        /// Civil servants: briefs the panel, drafts answers.
        Desk = "desk",
    }
}

words! {
    /// For whom a view, and a socket, is.
    Audience {
        /// Citizens and the wall.
        Public = "public",
        /// The moderators' desk.
        Moderator = "moderator",
        /// The session screen of the aldermen.
        Panel = "panel",
        /// The desk of civil servants.
        Desk = "desk",
    }
}

words! {
    /// What a member of staff did, as told to colleagues.
    Act {
        /// Made a waiting question public.
        Approved = "approved",
        /// Declined a question.
        Declined = "declined",
        /// Brought a declined question back.
        Restored = "restored",
        /// Corrected or redacted a question's words.
        Edited = "edited",
        /// Put a question under another.
        Bundled = "bundled",
        /// Took a question out of its bundle.
        Unbundled = "unbundled",
        /// Changed the queue.
        Queued = "queued",
        /// Put a question on stage.
        Staged = "staged",
        /// Took a question off stage.
        Unstaged = "unstaged",
        /// Gave, or corrected, an answer.
        Answered = "answered",
        /// Typed in a question from the hall.
        Entered = "entered",
        /// Put up, changed or took down the banner.
        Bannered = "bannered",
        /// Opened the question box.
        OpenedBox = "openedBox",
        /// Closed the question box.
        ClosedBox = "closedBox",
        /// Moved the session to another phase.
        MovedPhase = "movedPhase",
        /// Made a wording the lead of its bundle.
        Led = "led",
        /// Put a block over what was flagged.
        Masked = "masked",
        /// Put a label on a question, or took it off.
        Labelled = "labelled",
        /// Said that questions do not mean the same.
        Parted = "parted",
        /// Gave a question to an alderman, or to none.
        Assigned = "assigned",
        /// Sent a question to a department, or called it back.
        Routed = "routed",
        /// Took over the new words of a post's author, or left them.
        Revised = "revised",
        /// Said whether a post's author is told what becomes of it.
        Told = "told",
        /// Sent an announcement to the networks.
        Announced = "announced",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_is_the_json() {
        fn check<T: Serialize + Copy>(all: &[T], word: impl Fn(T) -> &'static str) {
            for &value in all {
                let json = serde_json::to_value(value).expect("a word");
                assert_eq!(json, word(value));
            }
        }
        check(Phase::ALL, Phase::word);
        check(Status::ALL, Status::word);
        check(Reason::ALL, Reason::word);
        check(Source::ALL, Source::word);
        check(Moderation::ALL, Moderation::word);
        check(Role::ALL, Role::word);
        check(Audience::ALL, Audience::word);
        check(Act::ALL, Act::word);
        check(Method::ALL, Method::word);
        check(News::ALL, News::word);
        check(Reach::ALL, Reach::word);
        check(Sending::ALL, Sending::word);
    }
}
