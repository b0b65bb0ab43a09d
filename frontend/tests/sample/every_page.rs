//! Every page as the server sends it, with something on it and with nothing.

use samenspraak_frontend::pages::{
    self, AccountForm, AccountFormPage, AccountPage, AccountSecretPage, AccountTold, AccountWrong, AccountsPage,
    DoorPage, ElsewhereOn, HomePage, NETWORKS, NamePage, NearPage, OfficePage, QuestionPage, SessionForm,
    SessionFormPage, SessionPage, WallPage,
};
use shared::{
    Language, News, Phase, QuestionId, Reason, Refusal, Role, Source,
    commands::{Channels, NewSession, SessionListed},
    views::{Account, Counts, NetworkAccount},
};

use super::{account, at, citizen_page, desk, shell, view};

/// Every page there is, by a name for it.
pub fn every_page(lang: Language) -> Vec<(&'static str, String)> {
    let session = view().session;
    let card = |id| view().card(QuestionId(id)).cloned();
    let question = |card, gone, mine| QuestionPage {
        session: view().session,
        card,
        lead: None,
        wordings: Vec::new(),
        mine,
        gone,
        supports: false,
    };
    let listed = SessionListed {
        hashtag: session.hashtag.clone(),
        title: session.title.clone(),
        phase: Phase::Announced,
        aldermen: session.aldermen.clone(),
        opens: None,
        starts: Some(at("20:00")),
        ends: None,
        counts: Counts::default(),
    };
    let at_path = |path| shell(lang, path);
    let wall = |embed| WallPage {
        view: view(),
        qr: "<svg></svg>".to_owned(),
        address: "samen.example.nl/x".to_owned(),
        embed,
        account: account(),
    };
    let name = NamePage {
        hashtag: "FietsFan010".to_owned(),
        role: Role::Panel,
        back: "/FietsFan010/panel".to_owned(),
        refusal: None,
    };
    let door = DoorPage { hashtag: None, role: Role::Organiser, wrong_key: true };
    let mut all = organisers(lang);
    all.extend([
        ("citizen", pages::citizen(&at_path("/FietsFan010"), citizen_page())),
        ("question", pages::question(&at_path("/FietsFan010/q/x"), question(card(2), None, None))),
        ("gone", pages::question(&at_path("/FietsFan010/q/x"), question(None, Some(Reason::Abusive), None))),
        ("wall", pages::wall(&at_path("/FietsFan010/wall"), wall(false))),
        ("embed", pages::wall(&at_path("/FietsFan010/wall?embed"), wall(true))),
        ("office", office(lang, "", None)),
        ("office with one open", office(lang, "mobiliteit", Some(QuestionId(2)))),
        (
            "account",
            pages::account(
                &at_path("/FietsFan010/account"),
                AccountPage { session: view().session, account: account() },
            ),
        ),
        (
            "empty account",
            pages::account(
                &at_path("/FietsFan010/account"),
                AccountPage { session: view().session, account: nothing_done() },
            ),
        ),
        ("near", pages::near(&at_path("/FietsFan010/near"), near_page("Waar staat mijn fiets?"))),
        (
            "nothing near",
            pages::near(&at_path("/FietsFan010/near"), NearPage { near: Vec::new(), ..near_page("Waar?") }),
        ),
        ("home", pages::home(&at_path("/"), HomePage { sessions: vec![listed] })),
        ("empty home", pages::home(&at_path("/"), HomePage { sessions: Vec::new() })),
        ("name", pages::name(&at_path("/FietsFan010/panel"), name)),
        ("door", pages::door(&at_path("/organise"), door)),
        ("problem", pages::problem(&at_path("/nergens"), &Refusal::NotFound)),
    ]);
    all
}

/// An account on each network, and a gateway.
pub fn networks() -> Vec<NetworkAccount> {
    NETWORKS
        .map(|source| NetworkAccount {
            name: source.word().to_owned(),
            source,
            server: (source != Source::Gateway).then(|| "social.example".to_owned()),
            handle: (source == Source::Mastodon).then(|| "@stad@social.example".to_owned()),
            speaks: source == Source::Mastodon,
            in_file: source == Source::Bluesky,
            sessions: vec!["FietsFan010".to_owned()],
        })
        .to_vec()
}

/// What a session listens to: two of the accounts, and one that is gone.
fn switched_on() -> Channels {
    Channels { accounts: vec!["mastodon".into(), "gateway".into(), "weg".into()], news: vec![News::Answered] }
}

/// The organiser's pages of accounts and of what a session listens to.
fn organisers(lang: Language) -> Vec<(&'static str, String)> {
    let at = |path| shell(lang, path);
    let list = |accounts, told| pages::accounts(&at("/organise/accounts"), AccountsPage { accounts, told });
    let form = |form, source, editing, wrong| {
        let page = AccountFormPage { source, form, editing, inbox: "https://x.example/HASHTAG/inbound".into(), wrong };
        pages::account_form(&at("/organise/accounts/new"), page)
    };
    let blank = |source| form(AccountForm::blank(source), source, None, None);
    let filled = AccountForm { name: "stad".into(), ..AccountForm::blank(Source::Bluesky) };
    let there = |source, wrong| form(filled.clone(), source, Some(vec!["FietsFan010".into()]), wrong);
    let secret = AccountSecretPage { name: "sms".into(), secret: "whsec_x".into(), inbox: "https://x.example".into() };
    let checked = |outcome| Some(AccountTold::Checked { name: "stad".into(), outcome });
    let written = SessionForm::write(&NewSession { channels: switched_on(), ..NewSession::default() });
    let session = |accounts: Vec<NetworkAccount>, channels| SessionPage {
        session: view().session,
        citizen: "https://x.example/FietsFan010".into(),
        citizen_qr: "<svg></svg>".into(),
        wall: "https://x.example/FietsFan010/wall".into(),
        staff: Vec::new(),
        elsewhere: ElsewhereOn { channels, accounts, inbox: "https://x.example/inbound".into() },
    };
    let session_form = |form, accounts| SessionFormPage { form, editing: None, refusal: None, accounts };
    vec![
        ("accounts", list(networks(), Some(AccountTold::Kept(networks()[0].clone())))),
        ("no accounts", list(Vec::new(), Some(AccountTold::Gone))),
        ("account that works", list(networks(), checked(Ok("@stad@social.example".into())))),
        ("account that does not", list(networks(), checked(Err("Invalid token".into())))),
        ("networks", pages::account_networks(&at("/organise/accounts/new"))),
        ("mastodon account", blank(Source::Mastodon)),
        ("bluesky account", blank(Source::Bluesky)),
        ("gateway", blank(Source::Gateway)),
        ("changed account", there(Source::Bluesky, Some(AccountWrong::SecretNeeded))),
        ("changed gateway", there(Source::Gateway, None)),
        ("gateway's secret", pages::account_secret(&at("/organise/accounts/new"), secret)),
        ("session form", pages::session_form(&at("/organise/new"), session_form(written, networks()))),
        (
            "session form without accounts",
            pages::session_form(&at("/organise/new"), session_form(SessionForm::default(), Vec::new())),
        ),
        ("session page", pages::session(&at("/organise/FietsFan010"), session(networks(), switched_on()))),
        (
            "session page without accounts",
            pages::session(&at("/organise/FietsFan010"), session(Vec::new(), Channels::default())),
        ),
    ]
}

/// The desk of civil servants.
pub fn office(lang: Language, department: &str, question: Option<QuestionId>) -> String {
    let page = OfficePage { view: desk(), me: "Sanne".to_owned(), department: department.to_owned(), question };
    pages::office(&shell(lang, "/FietsFan010/desk"), page)
}

fn nothing_done() -> Account {
    Account { asked: 0, shown: 0, declined: Vec::new(), median_wait: None, ..account() }
}

/// What is near some words.
pub fn near_page(text: &str) -> NearPage {
    let near = [2, 4].map(|id| (view().questions[&QuestionId(id)].clone(), id == 2));
    NearPage { session: view().session, text: text.to_owned(), near: near.to_vec() }
}
