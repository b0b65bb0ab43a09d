//! The organiser's pages for the municipality's accounts on networks, and its gateways.

use super::{Language, said::said};
use crate::{News, Source};

/// What the organiser reads about accounts, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accounts(pub Language);

said! { Accounts {
    // The list.
    title: "Accounts en poorten", "Accounts and gateways";
    intro: "Hiermee komen vragen van elders binnen en gaan antwoorden terug. Per sessie zet u aan wat daar meedoet.",
        "Through these, questions come in from elsewhere and answers go back. For each session you switch on what takes part.";
    empty: "Er is nog geen account. Vragen komen nu van de eigen pagina en uit de zaal.",
        "There is no account yet. Questions now come from the session’s own page and from the hall.";
    add: "Account toevoegen", "Add an account";
    sessions_title: "Sessies", "Sessions";
    speaks: "ingericht om te versturen", "set up to send";
    listens: "luistert alleen", "only listens";
    receives: "ontvangt berichten", "receives messages";
    in_file: "in het bestand van de installatie", "in the installation’s own file";
    in_file_help: "Dit account wordt daar aangepast, door wie de installatie beheert.",
        "It is changed there, by whoever runs the installation.";
    nowhere: "In geen sessie aan", "Switched on in no session";
    change: "Aanpassen", "Change";
    check: "Controleer", "Check";
    kept: "Bewaard.", "Saved.";
    gone: "Het account is verwijderd.", "The account was deleted.";
    check_next: "Controleer nu of het werkt.", "Now check whether it works.";
    no_words: "Er kwam geen uitleg bij.", "No reason was given.";

    // Which network.
    which: "Waar komen de vragen vandaan?", "Where do the questions come from?";
    mastodon_is: "Berichten met de hashtag op Mastodon. Antwoorden gaan terug in het gesprek van de schrijver.",
        "Posts with the hashtag on Mastodon. Answers go back into the author’s own thread.";
    bluesky_is: "Berichten met de hashtag op Bluesky. Antwoorden gaan terug in het gesprek van de schrijver.",
        "Posts with the hashtag on Bluesky. Answers go back into the author’s own thread.";
    gateway_is: "Berichten die een eigen programma doorgeeft, bijvoorbeeld van een sms-nummer. Er gaat niets terug.",
        "Messages that a program of your own passes on, for instance from a text number. Nothing goes back.";

    // The form.
    name: "Naam", "Name";
    name_help: "Hoe u het account hier noemt: letters en cijfers, zonder spaties. Kan later niet meer veranderen.",
        "What you call the account here: letters and digits, without spaces. Cannot change later.";
    name_taken: "Er is al een account met deze naam. Kies een andere naam, of pas dat account aan.",
        "There is an account with this name already. Choose another name, or change that account.";
    mastodon_server: "Server", "Server";
    mastodon_server_help: "Het adres van de Mastodon-server, bijvoorbeeld social.overheid.nl.",
        "The address of the Mastodon server, for instance social.overheid.nl.";
    token: "Toegangstoken", "Access token";
    token_help: "Op die server te maken onder Voorkeuren, Ontwikkeling, met read:statuses, read:accounts, read:search en write:statuses. Zonder token wordt alleen geluisterd, waar de server dat toelaat.",
        "Made on that server under Preferences, Development, with read:statuses, read:accounts, read:search and write:statuses. Without a token it only listens, where the server allows that.";
    bluesky_server: "PDS", "PDS";
    bluesky_server_help: "De server van het account. Laat bsky.social staan als u geen eigen hebt.",
        "The server of the account. Leave bsky.social if you have none of your own.";
    handle: "Accountnaam op Bluesky", "Handle on Bluesky";
    handle_help: "Bijvoorbeeld gemeente.bsky.social. Alleen nodig om te versturen.",
        "For instance gemeente.bsky.social. Needed only to send.";
    app_password: "App-wachtwoord", "App password";
    app_password_help: "Op Bluesky te maken onder Instellingen, Privacy en beveiliging. Gebruik nooit het gewone wachtwoord. Zonder app-wachtwoord wordt alleen geluisterd.",
        "Made on Bluesky under Settings, Privacy and security. Never use the ordinary password. Without an app password it only listens.";
    hosts: "Jetstream-adressen", "Jetstream addresses";
    hosts_help: "Waar wordt geluisterd, een adres per regel, om de beurt geprobeerd. Leeg betekent: de openbare adressen.",
        "Where it listens, an address on each line, tried in turn. Empty means: the public addresses.";
    hosts_more: "Waar wordt geluisterd", "Where it listens";
    keep_empty: "Laat leeg om te houden wat er is. Bij een andere server is het opnieuw nodig.",
        "Leave empty to keep what is there. For another server it is needed again.";
    secret_kept: "Wat u hier invult, wordt versleuteld bewaard en nooit meer getoond.",
        "What you write here is kept encrypted and never shown again.";
    secret_again: "Vul dit om veiligheidsredenen opnieuw in.", "For safety, please fill this in again.";
    gateway_help: "Na het bewaren ziet u eenmalig het geheim waarmee uw programma zijn berichten tekent.",
        "After saving you see, once, the secret with which your program signs its messages.";
    secret: "Geheim", "Secret";
    save: "Bewaar", "Save";
    cancel: "Terug zonder bewaren", "Back without saving";
    all: "Alle accounts", "All accounts";

    // A gateway's secret.
    secret_title: "Het geheim van deze poort", "The secret of this gateway";
    secret_once: "Kopieer dit geheim nu. We tonen het maar een keer; bent u het kwijt, maak dan een nieuw.",
        "Copy this secret now. We show it only once; if you lose it, make a new one.";
    post_to: "Waar uw programma naartoe stuurt", "Where your program sends to";
    post_to_help: "Met POST, voor elke sessie waarin de poort aan staat. Vul bij HASHTAG de hashtag van de sessie in.",
        "With POST, for each session in which the gateway is switched on. HASHTAG stands for the session’s hashtag.";
    signed: "Hoe een bericht wordt getekend", "How a message is signed";
    signed_help: "Volgens Standard Webhooks (standardwebhooks.com), waar voor veel talen een bibliotheek van is.",
        "As Standard Webhooks says (standardwebhooks.com), for which there are libraries in many languages.";
    signed_how: "De handtekening is v1, gevolgd door base64 van HMAC-SHA256 over ID.TIJD.INHOUD. De sleutel is wat na whsec_ staat, uit base64 gelezen. De tijd is in seconden sinds 1970 en mag vijf minuten afwijken.",
        "The signature is v1, followed by base64 of HMAC-SHA256 over ID.TIME.BODY. The key is what stands after whsec_, read from base64. The time is in seconds since 1970 and may be five minutes off.";
    done: "Ik heb het geheim gekopieerd", "I have copied the secret";
    renew: "Nieuw geheim maken", "Make a new secret";
    renew_sure: "Het oude geheim werkt dan meteen niet meer. Uw programma moet het nieuwe krijgen.",
        "The old secret stops working at once. Your program must be given the new one.";
    renew_yes: "Ja, maak een nieuw geheim", "Yes, make a new secret";

    // Deleting.
    delete: "Verwijderen", "Delete";
    delete_sure: "Er komen dan geen vragen meer via dit account binnen en er gaat niets meer naar buiten. Wat er al staat, blijft.",
        "No questions come in through this account any more, and nothing goes out. What is there already stays.";
    delete_yes: "Ja, verwijder dit account", "Yes, delete this account";

    // In the session's form and on its page.
    elsewhere: "Van elders", "From elsewhere";
    elsewhere_help: "Wat hier aan staat, luistert naar de hashtag van deze sessie. Moderatoren behandelen wat er binnenkomt zoals alle andere vragen.",
        "What is switched on here listens for this session’s hashtag. Moderators deal with what comes in as with all other questions.";
    no_accounts: "Er is nog geen account of poort om aan te zetten.", "There is no account or gateway to switch on yet.";
    make_first: "Voeg er een toe", "Add one";
    manage: "Accounts en poorten beheren", "Manage accounts and gateways";
    unknown: "niet meer bekend", "no longer known";
    news: "Wat schrijvers vanzelf horen, in hun eigen gesprek", "What authors are told automatically, in their own thread";
    news_help: "Een moderator kan dit per vraag anders kiezen. Wat uit staat, blijft hier.",
        "A moderator can choose otherwise for each question. What is off stays here.";
    on_none: "Vragen komen van de eigen pagina en uit de zaal.", "Questions come from the session’s own page and from the hall.";
    told: "Schrijvers horen vanzelf", "Authors are told automatically";
    told_nothing: "Schrijvers horen niets vanzelf.", "Authors are told nothing automatically.";
    inbox: "Stuurt naar", "Sends to";
} }

impl Accounts {
    /// What a network is called.
    pub fn network(self, source: Source) -> &'static str {
        match source {
            Source::Web => self.0.pick("de eigen pagina", "the session’s own page"),
            Source::Hall => self.0.pick("de zaal", "the hall"),
            Source::Mastodon => "Mastodon",
            Source::Bluesky => "Bluesky",
            Source::Gateway => self.0.pick("Poort", "Gateway"),
        }
    }

    /// What comes from there.
    pub fn network_is(self, source: Source) -> &'static str {
        match source {
            Source::Mastodon => self.mastodon_is(),
            Source::Bluesky => self.bluesky_is(),
            _ => self.gateway_is(),
        }
    }

    /// Heading of the blank form.
    pub fn new_title(self, source: Source) -> &'static str {
        match source {
            Source::Mastodon => self.0.pick("Een account op Mastodon", "An account on Mastodon"),
            Source::Bluesky => self.0.pick("Een account op Bluesky", "An account on Bluesky"),
            _ => self.0.pick("Een poort voor eigen berichten", "A gateway for messages of your own"),
        }
    }

    /// "Aan in 3 sessies:", before their hashtags.
    pub fn on_in(self, sessions: u64) -> String {
        let sessions = self.0.count(sessions, self.0.pick("sessie", "session"), self.0.pick("sessies", "sessions"));
        self.0.pick(format!("Aan in {sessions}:"), format!("Switched on in {sessions}:"))
    }

    /// The network knows the account, under this handle.
    pub fn checked(self, handle: &str) -> String {
        self.0.pick(format!("Het werkt: {handle} kan versturen."), format!("It works: {handle} can send."))
    }

    /// The account cannot send, in the words of its network or of whoever did not get there.
    pub fn refused(self, words: &str) -> String {
        let told = self.0.pick("Versturen lukt niet.", "Sending does not work.");
        if words.is_empty() {
            return format!("{told} {}", self.no_words());
        }
        let says = self.0.pick("De uitleg erbij", "The reason given");
        format!("{told} {says}: \u{201C}{words}\u{201D}")
    }

    /// What an author is told, in a few words.
    pub fn tells(self, news: News) -> &'static str {
        match news {
            News::Answered => self.0.pick("het antwoord", "the answer"),
            News::Bundled => self.0.pick("dat de vraag is samengenomen", "that the question was put together"),
            News::Staged => self.0.pick("dat de vraag aan de beurt is", "that the question is up"),
            News::Declined => self.0.pick("waarom de vraag niet wordt getoond", "why the question is not shown"),
        }
    }

    /// When, and what it is good for.
    pub fn tells_when(self, news: News) -> &'static str {
        match news {
            News::Answered => self.0.pick(
                "Zodra een wethouder antwoordt: zoveel als er past, met het adres van de rest.",
                "As soon as an alderman answers: as much as fits, with the address of the rest.",
            ),
            News::Bundled => self.0.pick(
                "Als een moderator de vraag bij een andere zet die hetzelfde vraagt.",
                "When a moderator puts the question with another that asks the same.",
            ),
            News::Staged => self.0.pick(
                "Als de vraag op het podium komt, zodat de schrijver kan meekijken.",
                "When the question comes on stage, so that the author can watch.",
            ),
            News::Declined => self.0.pick(
                "Als een moderator de vraag afwijst. Anderen kunnen dat bericht ook lezen.",
                "When a moderator declines the question. Others can read that message too.",
            ),
        }
    }

    /// A field of the form, by its name in the API.
    pub fn field(self, name: &str, source: Source) -> &'static str {
        match (name, source) {
            ("server", Source::Bluesky) => self.bluesky_server(),
            ("server", _) => self.mastodon_server(),
            ("handle", _) => self.handle(),
            ("secret", Source::Mastodon) => self.token(),
            ("secret", Source::Bluesky) => self.app_password(),
            ("secret", _) => self.secret(),
            ("hosts", _) => self.hosts(),
            _ => self.name(),
        }
    }
}
