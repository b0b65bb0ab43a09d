//! The organiser's pages: plain forms, behind the organiser's key.

use reqwest::header::LOCATION;
use shared::{Phase, views::PublicView};

use crate::harness::{Caller, Hall, ORGANISER_KEY, Server, Visitor};

const FORM: [(&str, &str); 8] = [
    ("hashtag", "#GroenZuid"),
    ("title", "Bomen & bloemen"),
    ("introduction", "Welkom."),
    ("name-0", "Arno de Wit"),
    ("office-0", "wethouder"),
    ("moderation", "before"),
    ("timezone", "Europe/Amsterdam"),
    ("language-nl", "on"),
];

pub(super) async fn organiser(server: &Server) -> Visitor {
    let visitor = Visitor::new(&server.base(), "nl");
    let reply = visitor.opens(&format!("/organise?key={ORGANISER_KEY}")).await.is(303);
    assert_eq!(reply.header(LOCATION), "/organise", "the key leaves the address");
    assert!(!visitor.follows(&reply).await.is(200).text.contains(ORGANISER_KEY));
    visitor
}

#[tokio::test]
async fn a_session_is_made_by_form_and_its_links_are_told_once() {
    let server = Server::start().await;
    let visitor = organiser(&server).await;
    visitor.page("/organise/new").await;
    let reply = visitor.sends("/organise/new", &FORM).await;
    let page = visitor.follows(&reply).await.is(200).text;
    assert!(page.contains("GroenZuid") && page.contains("Bomen &amp; bloemen"));
    assert!(page.contains("/GroenZuid/moderate?key=") && page.contains("/GroenZuid/panel?key="), "the links to copy");
    assert!(page.matches("<svg").count() >= 3, "QR codes for citizens, moderators and the panel");

    let other = organiser(&server).await;
    assert!(!other.page("/organise/GroenZuid").await.contains("?key="), "another browser is not told the keys");
    assert!(other.page("/organise").await.contains("GroenZuid"));
    let view: PublicView = Caller::stranger(&server.base()).get("/sessions/groenzuid").await.is(200).read();
    assert_eq!(view.session.phase, Phase::Announced);
}

#[tokio::test]
async fn what_is_wrong_with_the_form_is_said_and_every_word_kept() {
    let server = Server::start().await;
    let visitor = organiser(&server).await;
    let mut form = FORM;
    form[1] = ("title", "");
    let page = visitor.sends("/organise/new", &form).await.is(422).text;
    assert!(page.contains("GroenZuid") && page.contains("Welkom.") && page.contains("Arno de Wit"));
    assert!(page.contains("aria-invalid=\"true\"") || page.contains("role=\"alert\""), "the mistake is told");
    Caller::stranger(&server.base()).get("/sessions/groenzuid").await.refused(404, "not-found");
}

#[tokio::test]
async fn phase_details_and_keys_are_changed_by_form() {
    let hall = Hall::opens().await;
    let visitor = organiser(&hall.server).await;
    visitor.sends("/organise/FietsFan010/phase", &[("phase", "closed")]).await.is(303);
    assert_eq!(hall.view().await.session.phase, Phase::Closed);

    let edit = visitor.page("/organise/FietsFan010/edit").await;
    assert!(edit.contains("Fietsen in de stad"));
    let mut form = FORM;
    form[0] = ("hashtag", "FietsFan010");
    visitor.sends("/organise/FietsFan010/edit", &form).await.is(303);
    assert_eq!(hall.view().await.session.title, "Bomen & bloemen");

    let reply = visitor.sends("/organise/FietsFan010/keys/moderator", &[]).await;
    let page = visitor.follows(&reply).await.is(200).text;
    hall.moderator.caller.get("/sessions/FietsFan010/moderation").await.refused(401, "unauthorized");
    assert!(
        page.contains("/FietsFan010/moderate?key=") && !page.contains("/FietsFan010/panel?key="),
        "the new one, and no other"
    );
    hall.panel.view().await;
}

#[tokio::test]
async fn the_organiser_s_pages_stay_shut_without_the_key() {
    let hall = Hall::opens().await;
    let nobody = hall.visitor("nl");
    let link = hall.made.links.moderator.strip_prefix(&hall.server.base()).expect("a link to this server");
    nobody.opens(link).await.is(303);
    for path in
        ["/organise", "/organise/new", "/organise/FietsFan010", "/organise/FietsFan010/edit", "/organise?key=wrong"]
    {
        nobody.opens(path).await.is(401);
    }
    for (path, form) in [
        ("/organise/new", FORM.to_vec()),
        ("/organise/FietsFan010/phase", vec![("phase", "closed")]),
        ("/organise/FietsFan010/keys/panel", vec![]),
        ("/organise/FietsFan010/edit", FORM.to_vec()),
        ("/organise/enter", vec![("key", "wrong")]),
    ] {
        let reply = nobody.sends(path, &form).await;
        assert!([401, 403].contains(&reply.status), "{path}: {reply:?}");
    }
    let own = organiser(&hall.server).await;
    own.sends_from("https://evil.example", "/organise/FietsFan010/phase", &[("phase", "closed")]).await.is(403);
    assert_eq!(hall.view().await.session.phase, Phase::Live);
    hall.panel.view().await;
}
