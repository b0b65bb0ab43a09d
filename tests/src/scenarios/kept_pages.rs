//! Pages and views that are the same for everybody: kept, compressed, tagged, and never one change
//! too old; and what is for one reader alone, which nobody else may keep.

use std::io::Read;

use reqwest::{
    Client,
    header::{ACCEPT_ENCODING, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_ENCODING, ETAG, IF_NONE_MATCH, VARY},
};

use crate::harness::{Hall, send};

const SHARED: &str = "public, max-age=0, s-maxage=1, must-revalidate";

/// A reply's body, unfolded if need be, and how it was coded.
async fn read(hall: &Hall, path: &str, accepts: &str) -> (String, String) {
    let request = Client::new().get(format!("{}{path}", hall.server.base())).header(ACCEPT_ENCODING, accepts);
    let reply = request.send().await.expect("a reply");
    let coding = reply.headers().get(CONTENT_ENCODING).map_or("", |coding| coding.to_str().expect("text")).to_owned();
    let body = reply.bytes().await.expect("a body");
    let mut plain = Vec::new();
    match coding.as_str() {
        "br" => drop(brotli::BrotliDecompress(&mut &body[..], &mut plain)),
        "gzip" => drop(flate2::read::GzDecoder::new(&body[..]).read_to_end(&mut plain)),
        _ => plain = body.to_vec(),
    }
    (String::from_utf8(plain).expect("text"), coding)
}

#[tokio::test]
async fn a_page_is_the_same_in_every_coding_and_new_after_every_change() {
    let hall = Hall::opens().await;
    hall.shown("Komt er een stalling bij het station?").await;
    for path in ["/FietsFan010", "/FietsFan010/wall", "/FietsFan010/wall?embed", "/api/v1/sessions/FietsFan010"] {
        let (plain, coding) = read(&hall, path, "identity").await;
        assert_eq!(coding, "", "{path}");
        assert!(plain.contains("Komt er een stalling bij het station?"), "{path}");
        assert_eq!(read(&hall, path, "gzip").await, (plain.clone(), "gzip".into()), "{path}");
        assert_eq!(read(&hall, path, "gzip, deflate, br").await, (plain, "br".into()), "{path}");

        let request = || hall.stranger.request(reqwest::Method::GET, path);
        let first = send(request()).await.is(200);
        assert_eq!(first.header(CACHE_CONTROL), SHARED, "{path}");
        assert!(first.header(VARY).contains("Accept-Encoding"), "{path}");
        let tag = first.header(ETAG).to_owned();
        assert!(!tag.is_empty(), "{path}");
        for known in [tag.clone(), format!("\"other\", W/{tag}")] {
            let again = send(request().header(IF_NONE_MATCH, known)).await.is(304);
            assert_eq!((again.text.as_str(), again.header(ETAG), again.header(CACHE_CONTROL)), ("", &*tag, SHARED));
        }
        let text = format!("Nieuw na {path}?");
        hall.shown(&text).await;
        let changed = send(request().header(IF_NONE_MATCH, &tag)).await.is(200);
        assert!(changed.text.contains(&text), "{path}");
    }
}

#[tokio::test]
async fn a_tag_of_one_coding_is_not_taken_for_another() {
    let hall = Hall::opens().await;
    hall.shown("Waarom?").await;
    let request = |accepts: &'static str| {
        hall.stranger.request(reqwest::Method::GET, "/FietsFan010").header(ACCEPT_ENCODING, accepts)
    };
    let plain = send(request("identity")).await.is(200).header(ETAG).to_owned();
    assert_ne!(send(request("gzip").header(IF_NONE_MATCH, &plain)).await.is(200).header(ETAG), plain);
    send(request("identity").header(IF_NONE_MATCH, &plain)).await.is(304);
}

#[tokio::test]
async fn every_reader_gets_their_own_language_and_address() {
    let hall = Hall::opens().await;
    let page = async |language: &str| {
        let request = hall.stranger.request(reqwest::Method::GET, "/FietsFan010").header(ACCEPT_LANGUAGE, language);
        let reply = send(request).await.is(200);
        assert!(reply.header(VARY).contains("Accept-Language") && reply.header(VARY).contains("Cookie"));
        reply.text
    };
    for _ in 0..2 {
        assert!(page("nl").await.contains(r#"<html lang="nl""#));
        assert!(page("en").await.contains(r#"<html lang="en""#));
    }
    // The same page by another name for the server names that one.
    let other = hall.server.base().replace("127.0.0.1", "localhost");
    let reply = Client::new().get(format!("{other}/FietsFan010")).send().await.expect("a reply");
    assert!(reply.text().await.expect("a page").contains(&format!("{other}/FietsFan010")));
    assert!(page("nl").await.contains(&format!("{}/FietsFan010", hall.server.base())));
}

#[tokio::test]
async fn what_is_one_reader_s_own_is_kept_by_nobody_else() {
    let hall = Hall::opens().await;
    let visitor = hall.visitor("nl");
    let asked = visitor.sends("/FietsFan010/ask", &[("text", "Alleen voor mij te zien?")]).await;
    let own = visitor.opens("/FietsFan010").await.is(200);
    assert!(own.text.contains("Alleen voor mij te zien?"), "after {}", asked.request);
    assert_eq!(own.header(CACHE_CONTROL), "no-store");
    assert_eq!(own.header(ETAG), "");
    let others = hall.visitor("nl").opens("/FietsFan010").await.is(200);
    assert!(!others.text.contains("Alleen voor mij te zien?"));
    assert_eq!(others.header(CACHE_CONTROL), SHARED);

    let citizen = hall.citizen().await;
    assert_eq!(citizen.caller.get("/sessions/FietsFan010/mine").await.header(CACHE_CONTROL), "private, no-cache");
    let desk = hall.moderator.caller.get("/sessions/FietsFan010/moderation").await;
    assert_eq!(desk.header(CACHE_CONTROL), "private, no-cache");
    // What a reader chose to see is rendered for them, and compressed all the same.
    let (chosen, coding) = read(&hall, "/FietsFan010?sort=newest", "br").await;
    assert!(chosen.contains("<html") && coding == "br");
}

#[tokio::test]
async fn what_is_read_again_comes_with_the_same_headers_as_the_first_time() {
    let hall = Hall::opens().await;
    hall.shown("Waarom?").await;
    for path in ["/FietsFan010", "/FietsFan010/wall", "/FietsFan010/wall?embed", "/api/v1/sessions/FietsFan010"] {
        let read = async || {
            let reply = send(hall.stranger.request(reqwest::Method::GET, path)).await.is(200);
            let mut headers: Vec<(String, String)> = reply
                .headers
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_str().expect("text").to_lowercase()))
                .filter(|(name, _)| name != "date")
                .collect();
            headers.sort();
            (headers, reply.text)
        };
        assert_eq!(read().await, read().await, "{path}");
    }
}
