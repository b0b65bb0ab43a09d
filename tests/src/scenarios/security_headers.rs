//! What every answer says to browsers, so that words stay words.

use reqwest::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};

use crate::harness::{Hall, Reply, Terms, session};

const PAGES: [&str; 7] =
    ["/", "/FietsFan010", "/FietsFan010/wall", "/FietsFan010/moderate", "/FietsFan010/panel", "/organise", "/Onbekend"];

fn directive<'a>(policy: &'a str, name: &str) -> Vec<&'a str> {
    let found = policy.split(';').map(str::trim).find_map(|directive| directive.strip_prefix(name)?.strip_prefix(' '));
    found.map(|values| values.split_whitespace().collect()).unwrap_or_default()
}

fn policy(reply: &Reply) -> &str {
    let policy = reply.header(CONTENT_SECURITY_POLICY);
    assert!(!policy.is_empty(), "{}", reply.request);
    policy
}

#[tokio::test]
async fn pages_run_this_site_s_scripts_only() {
    let hall = Hall::opens().await;
    for path in PAGES {
        let reply = hall.visitor("nl").opens(path).await;
        let policy = policy(&reply);
        assert_eq!(directive(policy, "default-src"), ["'none'"], "{path}");
        assert_eq!(directive(policy, "script-src"), ["'self'", "'wasm-unsafe-eval'"], "{path}");
        assert_eq!(directive(policy, "frame-ancestors"), ["'none'"], "{path}");
        assert_eq!(directive(policy, "base-uri"), ["'none'"], "{path}");
        assert_eq!(directive(policy, "form-action"), ["'self'"], "{path}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert_eq!(reply.header(X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        assert!(!reply.header(REFERRER_POLICY).is_empty(), "{path}");
    }
}

#[tokio::test]
async fn pages_need_nothing_that_the_policy_forbids() {
    let hall = Hall::opens().await;
    hall.shown("Staat er iets inline?").await;
    for path in PAGES {
        let page = hall.visitor("nl").opens(path).await.text;
        for (open, _) in page.match_indices("<script") {
            let tag = &page[open..open + page[open..].find('>').expect("the end of the tag")];
            let data = tag.contains("type=\"application/json\"");
            assert!(data || tag.contains("src=\"/"), "an inline script on {path}: {tag}");
        }
        assert!(!page.contains("<style"), "an inline style sheet on {path}");
        assert!(!page.contains(" style=\""), "an inline style on {path}");
        for handler in [" onclick=", " onload=", " onerror=", " onsubmit=", "javascript:"] {
            assert!(!page.contains(handler), "{handler} on {path}");
        }
    }
}

#[tokio::test]
async fn the_wall_alone_may_stand_in_a_frame() {
    let hall = Hall::opens().await;
    let reply = hall.visitor("nl").opens("/FietsFan010/wall?embed").await.is(200);
    assert_eq!(directive(policy(&reply), "frame-ancestors"), ["*"]);
    for path in ["/FietsFan010?embed", "/FietsFan010/moderate?embed", "/FietsFan010/panel?embed"] {
        let reply = hall.visitor("nl").opens(path).await;
        assert_eq!(directive(policy(&reply), "frame-ancestors"), ["'none'"], "{path}");
    }
}

#[tokio::test]
async fn the_api_is_not_sniffed_or_kept() {
    let hall = Hall::opens().await;
    for (caller, path) in [
        (&hall.moderator.caller, "/sessions/FietsFan010/moderation"),
        (&hall.panel.caller, "/sessions/FietsFan010/panel"),
        (&hall.citizen().await.caller, "/sessions/FietsFan010/mine"),
        (&hall.stranger, "/sessions/Onbekend"),
    ] {
        let reply = caller.get(path).await;
        assert_eq!(reply.header(X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        let kept = reply.header(reqwest::header::CACHE_CONTROL);
        assert!(kept.contains("no-store") || kept.contains("no-cache"), "{path}: {kept}");
        assert!(reply.header(CONTENT_TYPE).contains("json"), "{path}");
        assert!(reply.header(HeaderName::from_static("access-control-allow-origin")).is_empty(), "{path}");
    }
}

#[tokio::test]
async fn behind_https_browsers_are_told_to_stay_there() {
    let hall =
        Hall::on(Terms { public_url: Some("https://samen.example.nl"), ..Terms::default() }, session("FietsFan010"))
            .await;
    let reply = hall.visitor("nl").opens("/FietsFan010").await;
    assert!(reply.header(STRICT_TRANSPORT_SECURITY).contains("max-age="));
}
