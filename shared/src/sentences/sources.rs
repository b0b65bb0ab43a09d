//! Questions from elsewhere: the networks they come from, and what goes back to their authors.

use super::{Language, said::said, times};
use crate::{Moment, News, Reach, Sending, Source};

/// What screens say of networks and gateways, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sources(pub Language);

said! { Sources {
    // A post on its card.
    bot: "programma", "program";
    warning: "Waarschuwing van de schrijver", "The author’s warning";
    elsewhere: "opent het bericht op zijn eigen plek", "opens the post where it stands";
    by_hand: "met de hand", "by hand";
    removed: "Door de schrijver verwijderd", "Removed by its author";

    // New words of an author.
    revised: "De schrijver veranderde dit bericht", "The author changed this post";
    came_in: "erbij", "added";
    went_out: "weg", "removed";
    take_over: "Neem over", "Take over";
    leave_as: "Laat zo", "Leave it";
    did_take_over: "De nieuwe woorden zijn overgenomen.", "The new words were taken over.";
    did_leave: "De woorden blijven zoals ze waren.", "The words stay as they were.";
    filter_revised: "Gewijzigd", "Changed";
    to_first: "Naar de eerste", "To the first";
    key_take_over: "neem de nieuwe woorden van de schrijver over", "take over the author’s new words";
    key_leave_as: "laat de woorden zoals ze zijn", "leave the words as they are";
    key_channels: "kanalen: waar vragen vandaan komen", "channels: where questions come from";

    // Telling an author.
    tell: "Schrijver hoort", "Author is told";
    tell_as_set: "zoals ingesteld", "as set";
    tell_all: "alles", "everything";
    tell_nothing: "niets", "nothing";
    did_tell: "Opgeslagen wat de schrijver hoort.", "Kept what the author is told.";
    messages: "Berichten aan de schrijver", "Messages to the author";
    again: "Probeer opnieuw", "Try again";
    did_again: "Het bericht wordt opnieuw verstuurd.", "The message is being sent again.";
    read_it: "lees het bericht daar", "read the message there";

    // The panel of channels.
    channels: "Kanalen", "Channels";
    channels_title: "Kanalen en berichten", "Channels and messages";
    channels_none: "Voor deze sessie staat geen kanaal aan. De organisator kan er een aanzetten. Plakken kan altijd.",
        "No channel is switched on for this session. The organiser can switch one on. You can always paste.";
    well: "alles goed", "all well";
    refused_title: "Geweigerde berichten", "Refused messages";
    waiting_title: "Nog niet verstuurd", "Not sent yet";
    announcement: "aankondiging", "announcement";
    no_post: "nog geen bericht met deze hashtag", "no post with this hashtag yet";
    last_error: "Laatste fout", "Last error";

    // Pasting.
    paste: "Plak een bericht", "Paste a post";
    paste_how: "Neem de woorden over zoals ze er staan. Met het adres kan iedereen het bericht zelf lezen, en komt het er geen tweede keer bij. Kan een account van de sessie het daar lezen, dan is het adres alleen genoeg.",
        "Copy the words as they stand. With the address everybody can read the post itself, and it is not added twice. Where an account of the session can read it, the address alone is enough.";
    paste_words: "Woorden van het bericht", "Words of the post";
    paste_address: "Adres van het bericht, als het er een heeft", "Address of the post, if it has one";
    paste_https: "Een adres begint met https://. Laat het weg als het bericht er geen heeft.",
        "An address begins with https://. Leave it out if the post has none.";
    paste_author: "Schrijver, als die bekend is", "Author, if known";
    paste_send: "Zet erbij", "Add it";
    paste_done: "Het geplakte bericht staat erbij.", "The pasted post was added.";

    // Announcing.
    announce: "Aankondiging", "Announcement";
    announce_words: "Wat wilt u iedereen laten weten die de gemeente volgt?",
        "What would you like to tell everybody who follows the municipality?";
    announce_how: "De hashtag en het adres van de sessie komen er vanzelf achter.",
        "The session’s hashtag and address are added by themselves.";
    announce_send: "Verstuur", "Send";
    announce_done: "De aankondiging is onderweg.", "The announcement is on its way.";

    // Citizens.
    to_support: "Steun de vraag hier", "Support the question here";
} }

impl Sources {
    /// A network's own name; of a gateway, what it is.
    pub fn network(self, source: Source) -> &'static str {
        match source {
            Source::Mastodon => "Mastodon",
            Source::Bluesky => "Bluesky",
            Source::Gateway => self.0.pick("per bericht", "by message"),
            Source::Web => "web",
            Source::Hall => self.0.pick("zaal", "hall"),
        }
    }

    /// "geschreven 14.02 uur"
    pub fn written(self, at: &Moment, now: &Moment) -> String {
        let at = times::stamp(self.0, at, now);
        self.0.pick(format!("geschreven {at}"), format!("written {at}"))
    }

    /// "afbeelding 1"
    pub fn image(self, number: usize) -> String {
        self.0.pick(format!("afbeelding {number}"), format!("picture {number}"))
    }

    /// "Door de schrijver verwijderd op Mastodon"; a gateway has no place of its own.
    pub fn removed_on(self, source: Source) -> String {
        match source {
            Source::Mastodon | Source::Bluesky => {
                format!("{} {} {}", self.removed(), self.0.pick("op", "on"), self.network(source))
            }
            Source::Gateway | Source::Web | Source::Hall => self.removed().to_owned(),
        }
    }

    /// "Door de schrijver verwijderd op Mastodon, en van het podium gehaald:"
    pub fn taken_away(self, source: Source, from: From) -> String {
        let (nl, en) = match from {
            From::Shown => ("stond getoond", "was shown"),
            From::Queue => ("stond in de rij", "was in the queue"),
            From::Stage => ("stond op het podium", "was on stage"),
        };
        format!("{}, {}:", self.removed_on(source), self.0.pick(nl, en))
    }

    /// "2 vragen zijn door hun schrijver gewijzigd."
    pub fn many_revised(self, n: u64) -> String {
        let nl = if n == 1 { "is door de schrijver gewijzigd" } else { "zijn door hun schrijver gewijzigd" };
        let en = if n == 1 { "was changed by its author" } else { "were changed by their authors" };
        let count = self.0.count(n, self.0.pick("vraag", "question"), self.0.pick("vragen", "questions"));
        format!("{count} {}.", self.0.pick(nl, en))
    }

    /// What an author hears, as a noun: "antwoord".
    pub fn news(self, news: News) -> &'static str {
        let (nl, en) = match news {
            News::Answered => ("antwoord", "answer"),
            News::Bundled => ("bericht over de bundeling", "message about the bundling"),
            News::Staged => ("bericht over het podium", "message about the stage"),
            News::Declined => ("bericht over de afwijzing", "message about declining"),
        };
        self.0.pick(nl, en)
    }

    /// How far a message is: "antwoord verstuurd", "aankondiging geweigerd"; without news it is an announcement.
    pub fn sending(self, news: Option<News>, state: Sending) -> String {
        let what = news.map_or(self.announcement(), |news| self.news(news));
        let (nl, en) = match state {
            Sending::Waiting => ("wordt verstuurd", "is being sent"),
            Sending::Sent => ("verstuurd", "sent"),
            Sending::Refused => ("geweigerd", "refused"),
            Sending::TakingBack => ("wordt teruggehaald", "is being taken back"),
        };
        format!("{what} {}", self.0.pick(nl, en))
    }

    /// How it goes with the channels in a few words: "1 weg, 2 geweigerd".
    pub fn light(self, away: usize, refused: usize) -> String {
        let part = |n: usize, nl, en| (n > 0).then(|| self.0.count(n as u64, self.0.pick(nl, en), self.0.pick(nl, en)));
        let parts = [part(away, "weg", "away"), part(refused, "geweigerd", "refused")];
        let told = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if told.is_empty() { self.well().to_owned() } else { told }
    }

    /// How questions come in, and since when.
    pub fn reach(self, reach: Reach, since: &Moment, now: &Moment) -> String {
        let since = times::stamp(self.0, since, now);
        let (nl, en) = match reach {
            Reach::Stream => ("vragen komen binnen zodra ze er staan", "questions come in as they are written"),
            Reach::Poll => ("vragen worden af en toe opgehaald", "questions are fetched now and then"),
            Reach::Away => ("niet bereikbaar, wordt opnieuw geprobeerd", "out of reach, being tried again"),
            Reach::Hand => ("niet vanzelf: plak ze met de hand", "not by themselves: paste them by hand"),
        };
        self.0.pick(format!("{nl}, sinds {since}"), format!("{en}, since {since}"))
    }

    /// "laatste bericht 14.09 uur"
    pub fn last_post(self, at: Option<&Moment>, now: &Moment) -> String {
        at.map_or_else(
            || self.no_post().to_owned(),
            |at| {
                let at = times::stamp(self.0, at, now);
                self.0.pick(format!("laatste bericht {at}"), format!("last post {at}"))
            },
        )
    }

    /// "loopt 40 seconden achter"
    pub fn behind(self, seconds: u32) -> String {
        let long = if seconds < 60 {
            self.0.count(u64::from(seconds), self.0.pick("seconde", "second"), self.0.pick("seconden", "seconds"))
        } else {
            times::countdown(self.0, i64::from(seconds) * 1_000)
        };
        self.0.pick(format!("loopt {long} achter"), format!("{long} behind"))
    }

    /// "Mastodon (gemeente) is sinds 14.02 uur niet bereikbaar. Plak berichten zolang met de hand."
    pub fn away(self, source: Source, account: &str, since: &Moment, now: &Moment) -> String {
        let since = times::stamp(self.0, since, now);
        let who = self.account(source, account);
        self.0.pick(
            format!("{who} is sinds {since} niet bereikbaar; het wordt steeds opnieuw geprobeerd. Plak berichten zolang met de hand."),
            format!("{who} is out of reach since {since}; it is tried again and again. Meanwhile, paste posts by hand."),
        )
    }

    /// "Mastodon (gemeente)", "sms"
    pub fn account(self, source: Source, account: &str) -> String {
        match source {
            Source::Mastodon | Source::Bluesky => format!("{} ({account})", self.network(source)),
            Source::Gateway | Source::Web | Source::Hall => account.to_owned(),
        }
    }

    /// "Gaat uit via Mastodon (gemeente) en Bluesky (raad)."
    pub fn goes_out(self, accounts: &[String]) -> String {
        let and = self.0.pick(" en ", " and ");
        let names = match accounts.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{}{and}{last}", rest.join(", ")),
            None => {
                return self
                    .0
                    .pick("Er is geen account dat iets kan versturen.", "No account can send anything.")
                    .to_owned();
            }
        };
        self.0.pick(format!("Gaat uit via {names}."), format!("Goes out through {names}."))
    }

    /// "Een ster of hartje op Mastodon telt hier niet mee."
    pub fn hearts(self, source: Source) -> String {
        let network = self.network(source);
        self.0.pick(
            format!("Een ster of hartje op {network} telt hier niet mee."),
            format!("A star or like on {network} does not count here."),
        )
    }
}

/// Where a question stood when its author removed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// Among what is shown.
    Shown,
    /// In the queue.
    Queue,
    /// On stage.
    Stage,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NL: Sources = Sources(Language::Nl);

    #[test]
    fn a_message_says_what_it_tells_and_how_far_it_is() {
        assert_eq!(NL.sending(Some(News::Answered), Sending::Sent), "antwoord verstuurd");
        assert_eq!(NL.sending(None, Sending::Refused), "aankondiging geweigerd");
        assert_eq!(
            Sources(Language::En).sending(Some(News::Bundled), Sending::Waiting),
            "message about the bundling is being sent"
        );
    }

    #[test]
    fn the_light_counts_what_is_not_well() {
        assert_eq!(NL.light(0, 0), "alles goed");
        assert_eq!(NL.light(1, 2), "1 weg, 2 geweigerd");
        assert_eq!(Sources(Language::En).light(0, 1), "1 refused");
    }

    #[test]
    fn a_gateway_is_called_by_its_name_and_has_no_place_of_its_own() {
        assert_eq!(NL.account(Source::Gateway, "sms"), "sms");
        assert_eq!(NL.account(Source::Bluesky, "raad"), "Bluesky (raad)");
        assert_eq!(NL.removed_on(Source::Gateway), "Door de schrijver verwijderd");
        assert_eq!(NL.removed_on(Source::Mastodon), "Door de schrijver verwijderd op Mastodon");
    }

    #[test]
    fn accounts_are_listed_as_people_say_it() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(NL.goes_out(&names(&["a"])), "Gaat uit via a.");
        assert_eq!(NL.goes_out(&names(&["a", "b", "c"])), "Gaat uit via a, b en c.");
        assert_eq!(NL.behind(40), "loopt 40 seconden achter");
        assert_eq!(NL.behind(120), "loopt 2 minuten achter");
    }
}
