//! The municipality's accounts on networks, and its gateways: made, changed, checked and deleted by plain
//! forms, and their secrets never told again.

use std::{
    fs,
    net::TcpListener,
    os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use networks::mastodon::{self, Mastodon};
use reqwest::{Method, header::LOCATION};
use serde_json::{Value, json};
use sha2::Sha256;

use super::organise::organiser;
use crate::harness::{Caller, Hall, Reply, Server, Terms, Visitor, eventually, send, session};

/// Long and strange enough to be found wherever it may have gone.
const TOKEN: &str = "zq7-toegang-8d2f6b1c0e4a";

fn on_loopback() -> Terms {
    Terms { arguments: vec!["--accounts-on-loopback".into()], ..Terms::default() }
}

async fn hall() -> (Hall, Visitor) {
    let hall = Hall::on(on_loopback(), session("FietsFan010")).await;
    let visitor = organiser(&hall.server).await;
    (hall, visitor)
}

/// A network that knows the token.
async fn network() -> Mastodon {
    let mastodon = Mastodon::start().await.expect("a server");
    mastodon.account(mastodon::Account::named("gemeente"));
    mastodon.token(TOKEN, "gemeente", "read write");
    mastodon
}

async fn adds(visitor: &Visitor, name: &str, server: &str, token: &str) -> Reply {
    let form = [("network", "mastodon"), ("name", name), ("server", server), ("secret", token)];
    visitor.sends("/organise/accounts/new", &form).await
}

/// The form of the session in [`hall`], with these boxes ticked.
async fn switches_on(visitor: &Visitor, boxes: &[&str]) {
    let mut form = vec![
        ("hashtag", "FietsFan010"),
        ("title", "Fietsen"),
        ("name-0", "Judith Bokhove"),
        ("moderation", "before"),
        ("timezone", "Europe/Amsterdam"),
        ("language-nl", "on"),
    ];
    form.extend(boxes.iter().map(|name| (*name, "on")));
    visitor.sends("/organise/FietsFan010/edit", &form).await.is(303);
}

/// The opening tag that holds these words.
#[track_caller]
fn tag<'a>(html: &'a str, words: &str) -> &'a str {
    let tags = html.split('<').map(|tag| tag.split('>').next().unwrap_or_default());
    tags.into_iter().find(|tag| tag.contains(words)).unwrap_or_else(|| panic!("no tag with {words} in {html}"))
}

/// Every file in which a server keeps anything, its log and the database's own log among them.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The names of the files that hold these words as they are.
fn holding(server: &Server, words: &str) -> Vec<String> {
    let files = files(server.data()).into_iter();
    files.filter(|file| holds(file, words)).map(|file| file.display().to_string()).collect()
}

fn holds(file: &Path, words: &str) -> bool {
    fs::read(file).expect("a file").windows(words.len()).any(|part| part == words.as_bytes())
}

#[track_caller]
fn assert_nowhere(server: &Server, secret: &str) {
    assert_eq!(holding(server, secret), Vec::<String>::new(), "the secret is kept as it is");
}

#[tokio::test]
async fn a_token_is_never_told_again_and_works_after_a_restart() {
    let mastodon = network().await;
    let (mut hall, visitor) = hall().await;
    let reply = adds(&visitor, "stad", mastodon.url(), TOKEN).await.is(303);
    assert_eq!(reply.header(LOCATION), "/organise/accounts?kept=stad");
    let list = visitor.follows(&reply).await.is(200).text;
    assert!(list.contains("Bewaard.") && list.contains("action=\"/organise/accounts/stad/check\""), "{list}");
    switches_on(&visitor, &["account-stad", "news-answered"]).await;
    mastodon.subscribed("fietsfan010", 1).await;

    let checked = visitor.sends("/organise/accounts/stad/check", &[]).await.is(200).text;
    assert!(checked.contains("@gemeente@127.0.0.1") && checked.contains("kan versturen"), "{checked}");
    let bad = [("server", "ftp://nergens"), ("secret", TOKEN)];
    let refused = visitor.sends("/organise/accounts/stad/edit", &bad).await.is(422).text;
    assert!(refused.contains("value=\"ftp://nergens\""), "the words are not kept: {refused}");
    let pages = [
        "/",
        "/organise",
        "/organise/accounts",
        "/organise/accounts?kept=stad",
        "/organise/accounts/new",
        "/organise/accounts/new?network=mastodon",
        "/organise/accounts/stad/edit",
        "/organise/FietsFan010",
        "/organise/FietsFan010/edit",
        "/metrics",
    ];
    let mut seen = vec![list, checked, refused];
    for page in pages {
        seen.push(visitor.opens(page).await.is(200).text);
    }
    let caller = &hall.organiser.caller;
    seen.push(caller.get("/accounts").await.is(200).text);
    let same = json!({ "name": "stad", "source": "mastodon", "server": mastodon.url() });
    seen.push(caller.put("/accounts/stad", same).await.is(200).text);
    seen.push(caller.post_nothing("/accounts/stad/check").await.is(200).text);
    let wrong = json!({ "name": "x", "source": "mastodon", "server": "nergens/hier", "secret": TOKEN });
    seen.push(caller.put("/accounts/x", wrong).await.is(422).text);
    seen.push(hall.moderator.caller.get("/sessions/FietsFan010/moderation").await.is(200).text);
    for text in seen {
        assert!(!text.contains(TOKEN), "the token is told: {text}");
    }
    assert_nowhere(&hall.server, TOKEN);
    let kept = holding(&hall.server, mastodon.url());
    assert!(kept.iter().any(|file| file.contains("samenspraak.db")), "nor would the token be found: {kept:?}");

    let key = hall.server.store().join("accounts.key");
    assert_eq!(fs::metadata(&key).expect("the key").mode() & 0o777, 0o600);
    hall.server.kill().await;
    mastodon.subscribed("fietsfan010", 0).await;
    hall.server.restart().await;
    mastodon.subscribed("fietsfan010", 1).await;
    let checked: Value = hall.organiser.caller.post_nothing("/accounts/stad/check").await.is(200).json();
    assert_eq!(checked["words"], Value::Null, "{checked}");
    assert_nowhere(&hall.server, TOKEN);
}

#[tokio::test]
async fn without_its_key_a_token_is_worth_nothing_and_with_it_everything_is_back() {
    let mastodon = network().await;
    let (mut hall, visitor) = hall().await;
    adds(&visitor, "stad", mastodon.url(), TOKEN).await.is(303);
    let key = hall.server.store().join("accounts.key");
    let right = fs::read(&key).expect("the key");

    assert!(hall.server.stop().await.success());
    fs::remove_file(&key).expect("the key");
    hall.server.restart().await;
    assert_eq!(hall.organiser.caller.get("/accounts").await.is(200).json(), json!([]));
    assert!(hall.server.log().contains("sealed with another key"));
    // What is kept meanwhile does not push out what cannot be read.
    adds(&visitor, "dorp", mastodon.url(), "").await.is(303);

    assert!(hall.server.stop().await.success());
    fs::write(&key, right).expect("the key");
    hall.server.restart().await;
    let listed = hall.organiser.caller.get("/accounts").await.is(200).json();
    let names: Vec<_> = listed.as_array().expect("a list").iter().map(|account| &account["name"]).collect();
    assert_eq!(names, ["dorp", "stad"]);
    let checked = visitor.sends("/organise/accounts/stad/check", &[]).await.is(200).text;
    assert!(checked.contains("@gemeente@127.0.0.1"), "{checked}");

    assert!(hall.server.stop().await.success());
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).expect("the key");
    let failed = hall.server.fails_to_start().await;
    assert!(failed.words.contains("accounts.key") && failed.words.contains("chmod 600"), "{failed:?}");
}

/// A server with an accounts file of this mode in a folder of its own.
async fn with_file(text: &str, mode: u32, arguments: &[&str]) -> (Server, tempfile::TempDir, bool) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("accounts.toml");
    let mut server = Server::on(Terms::default()).await;
    assert!(server.stop().await.success());
    let mut options = fs::File::options();
    let mut file = options.write(true).create_new(true).mode(mode).open(&path).expect("a file");
    std::io::Write::write_all(&mut file, text.as_bytes()).expect("a file");
    let path = path.to_str().expect("a path in UTF-8").to_owned();
    server.is_told(["--accounts".to_owned(), path].into_iter().chain(arguments.iter().map(|word| (*word).to_owned())));
    let starts = server.tries_to_start().await.is_ok();
    (server, folder, starts)
}

#[tokio::test]
async fn accounts_in_the_installation_s_file_are_used_and_not_changed() {
    let mastodon = network().await;
    let file = format!(
        "[[account]]\nname = \"stad\"\nsource = \"mastodon\"\nserver = \"{}\"\nsecret = \"{TOKEN}\"\n",
        mastodon.url()
    );
    let (server, _folder, starts) = with_file(&file, 0o600, &["--accounts-on-loopback"]).await;
    assert!(starts, "{}", server.log());
    let visitor = organiser(&server).await;
    let list = visitor.page("/organise/accounts").await;
    assert!(list.contains("stad") && list.contains("in het bestand van de installatie"), "{list}");
    assert!(!list.contains("/organise/accounts/stad/edit"), "{list}");
    visitor.opens("/organise/accounts/stad/edit").await.is(404);
    visitor.sends("/organise/accounts/stad/edit", &[("server", "https://elders.example")]).await.is(404);
    visitor.sends("/organise/accounts/stad/delete", &[]).await.is(404);
    let taken = adds(&visitor, "stad", "https://elders.example", "").await.is(422).text;
    assert!(taken.contains("Er is al een account met deze naam"), "{taken}");
    let caller = Caller::stranger(&server.base()).with_key(crate::harness::ORGANISER_KEY);
    caller.delete("/accounts/stad").await.refused(422, "field");
    let checked = visitor.sends("/organise/accounts/stad/check", &[]).await.is(200).text;
    assert!(checked.contains("@gemeente@127.0.0.1"), "{checked}");
    assert!(!list.contains(TOKEN) && !checked.contains(TOKEN));
    assert_nowhere(&server, TOKEN);
}

#[tokio::test]
async fn a_file_that_others_can_read_or_that_is_not_right_is_refused_in_words() {
    let entry = |more: &str| format!("[[account]]\nname = \"stad\"\nsource = \"mastodon\"\n{more}");
    let right = entry("server = \"https://social.example\"\n");
    for (text, mode, said) in [
        (right.clone(), 0o644, "chmod 600"),
        (entry(""), 0o600, "server is missing"),
        (entry("server = \"http://127.0.0.1:1\"\n"), 0o600, "server is missing or not right"),
        (entry("server = \"https://social.example\"\ntoken = \"x\"\n"), 0o600, "unknown field"),
        (format!("{right}{right}"), 0o600, "two accounts"),
        ("[[account]]\nname = \"sms\"\nsource = \"gateway\"\n".to_owned(), 0o600, "secret is missing"),
    ] {
        let (server, _folder, starts) = with_file(&text, mode, &[]).await;
        assert!(!starts, "it starts with {text}");
        let log = server.log();
        assert!(log.contains(said) && log.contains("accounts.toml"), "not said: {said}: {log}");
    }
}

#[tokio::test]
async fn servers_without_tls_or_on_this_machine_are_refused() {
    let server = Server::start().await;
    let visitor = organiser(&server).await;
    let page = adds(&visitor, "stad", "http://social.example", TOKEN).await.is(422).text;
    assert!(page.contains("role=\"alert\"") && page.contains("“Server”"), "{page}");
    assert!(tag(&page, "id=\"server\"").contains("aria-invalid=\"true\""), "{page}");
    assert!(tag(&page, "id=\"server\"").contains("value=\"http://social.example\""), "{page}");
    assert!(tag(&page, "id=\"name\"").contains("value=\"stad\""), "the words are not kept");
    assert!(!page.contains(TOKEN), "the token is told");
    let english = Visitor::new(&server.base(), "en");
    english.opens(&format!("/organise?key={}", crate::harness::ORGANISER_KEY)).await.is(303);
    let form = [("network", "bluesky"), ("name", "stad"), ("server", "bsky.social"), ("secret", "abcd-efgh")];
    let page = english.sends("/organise/accounts/new", &form).await.is(422).text;
    assert!(page.contains("“Handle on Bluesky”"), "the field is not named: {page}");

    // Where the address itself is in order, it is found out before anything goes there.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a listener that does not wait");
    let address = format!("https://{}", listener.local_addr().expect("its address"));
    adds(&visitor, "hier", &address, TOKEN).await.is(303);
    let page = visitor.sends("/organise/accounts/hier/check", &[]).await.is(200).text;
    assert!(page.contains("role=\"alert\"") && page.contains("Versturen lukt niet."), "{page}");
    assert!(listener.accept().is_err(), "it was tried");
}

#[tokio::test]
async fn a_token_goes_to_no_other_server_than_its_own() {
    let (mastodon, other) = (network().await, network().await);
    let (_hall, visitor) = hall().await;
    adds(&visitor, "stad", mastodon.url(), TOKEN).await.is(303);
    let page = visitor.sends("/organise/accounts/stad/edit", &[("server", other.url())]).await.is(422).text;
    assert!(page.contains("Toegangstoken") && page.contains("opnieuw in"), "{page}");
    assert!(tag(&page, "id=\"secret\"").contains("aria-invalid=\"true\""), "{page}");
    visitor.sends("/organise/accounts/stad/check", &[]).await.is(200);
    assert!(other.journal().is_empty(), "{:?}", other.journal());
    assert!(!mastodon.journal().is_empty());

    visitor.sends("/organise/accounts/stad/edit", &[("server", other.url()), ("secret", TOKEN)]).await.is(303);
    visitor.sends("/organise/accounts/stad/edit", &[("server", other.url()), ("secret", "")]).await.is(303);
    let checked = visitor.sends("/organise/accounts/stad/check", &[]).await.is(200).text;
    assert!(checked.contains("kan versturen") && !other.journal().is_empty(), "{checked}");
}

#[tokio::test]
async fn the_network_s_own_words_are_shown_when_a_token_does_not_work() {
    let mastodon = network().await;
    let (_hall, visitor) = hall().await;
    adds(&visitor, "stad", mastodon.url(), "een-ander-token").await.is(303);
    let page = visitor.sends("/organise/accounts/stad/check", &[]).await.is(200).text;
    assert!(page.contains("role=\"alert\"") && page.contains("The access token is invalid"), "{page}");
    assert!(!page.contains("een-ander-token"), "{page}");
}

#[tokio::test]
async fn a_session_s_form_switches_accounts_on_and_its_page_says_which() {
    let mastodon = network().await;
    let (hall, visitor) = hall().await;
    let bare = visitor.page("/organise/FietsFan010/edit").await;
    assert!(bare.contains("Van elders") && bare.contains("href=\"/organise/accounts/new\""), "{bare}");
    assert!(!bare.contains("name=\"news-"), "there is nobody to tell");
    assert!(visitor.page("/organise/FietsFan010").await.contains("Vragen komen van de eigen pagina en uit de zaal."));

    adds(&visitor, "stad", mastodon.url(), TOKEN).await.is(303);
    let form = visitor.page("/organise/FietsFan010/edit").await;
    assert!(!tag(&form, "name=\"account-stad\"").contains("checked"), "{form}");
    for news in ["answered", "bundled", "staged", "declined"] {
        assert!(!tag(&form, &format!("name=\"news-{news}\"")).contains("checked"), "{form}");
    }
    switches_on(&visitor, &["account-stad", "news-declined", "account-weg"]).await;
    mastodon.subscribed("fietsfan010", 1).await;
    let form = visitor.page("/organise/FietsFan010/edit").await;
    assert!(tag(&form, "name=\"account-stad\"").contains("checked"), "{form}");
    assert!(tag(&form, "name=\"news-declined\"").contains("checked"), "{form}");
    assert!(!tag(&form, "name=\"news-answered\"").contains("checked"), "{form}");
    assert!(tag(&form, "name=\"account-weg\"").contains("checked") && form.contains("niet meer bekend"), "{form}");
    let page = visitor.page("/organise/FietsFan010").await;
    assert!(page.contains("stad") && page.contains("waarom de vraag niet wordt getoond"), "{page}");
    assert!(visitor.page("/organise/accounts").await.contains("href=\"/organise/FietsFan010\""));

    visitor.sends("/organise/accounts/stad/delete", &[]).await.is(303);
    mastodon.subscribed("fietsfan010", 0).await;
    assert!(visitor.page("/organise/accounts").await.contains("Er is nog geen account."));
    switches_on(&visitor, &[]).await;
    let listed = hall.organiser.caller.get("/accounts").await.is(200).json();
    assert_eq!(listed, json!([]));
    assert!(!visitor.page("/organise/FietsFan010/edit").await.contains("name=\"account-"));
}

#[tokio::test]
async fn a_name_that_is_taken_keeps_the_words_and_the_account() {
    let mastodon = network().await;
    let (_hall, visitor) = hall().await;
    adds(&visitor, "stad", mastodon.url(), TOKEN).await.is(303);
    let page = adds(&visitor, "stad", "https://elders.example", "iets-anders").await.is(422).text;
    assert!(page.contains("Er is al een account met deze naam"), "{page}");
    assert!(tag(&page, "id=\"server\"").contains("value=\"https://elders.example\""), "{page}");
    assert!(!page.contains("iets-anders"), "{page}");
    let checked = visitor.sends("/organise/accounts/stad/check", &[]).await.is(200).text;
    assert!(checked.contains("kan versturen"), "{checked}");
    for name in ["", "met spaties", "..", "é"] {
        let page = adds(&visitor, name, "https://elders.example", "").await.is(422).text;
        assert!(tag(&page, "id=\"name\"").contains("aria-invalid=\"true\""), "{name}: {page}");
    }
}

#[allow(clippy::disallowed_methods, reason = "the server that is asked has the machine's clock")]
fn now() -> i64 {
    Timestamp::now().as_second()
}

/// Sends a message through a gateway, signed as Standard Webhooks says.
async fn posts(hall: &Hall, secret: &str, id: &str, text: &str) -> Reply {
    let time = now().to_string();
    let body = json!({ "id": id, "text": text }).to_string();
    let key = STANDARD.decode(secret.strip_prefix("whsec_").expect("a prefix")).expect("base64");
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key");
    mac.update(format!("{id}.{time}.{body}").as_bytes());
    let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    let request = hall
        .stranger
        .api(Method::POST, "/sessions/FietsFan010/inbound")
        .header("webhook-id", id)
        .header("webhook-timestamp", &time)
        .header("webhook-signature", signature)
        .header("content-type", "application/json")
        .body(body);
    send(request).await
}

fn secret_on(page: &str) -> String {
    let start = page.find("whsec_").unwrap_or_else(|| panic!("no secret: {page}"));
    page[start..].split('"').next().expect("an end").to_owned()
}

#[tokio::test]
async fn a_gateway_s_secret_is_shown_once_and_opens_its_door() {
    let (hall, visitor) = hall().await;
    let form = [("network", "gateway"), ("name", "sms")];
    let page = visitor.sends("/organise/accounts/new", &form).await.is(200).text;
    let secret = secret_on(&page);
    assert!(page.contains(&format!("{}/api/v1/sessions/HASHTAG/inbound", hall.server.base())), "{page}");
    assert!(page.contains("webhook-signature") && page.contains("Standard Webhooks"), "{page}");
    switches_on(&visitor, &["account-sms"]).await;
    posts(&hall, &secret, "m1", "Mag de bus vaker rijden?").await.is(201);
    let address = format!("{}/api/v1/sessions/FietsFan010/inbound", hall.server.base());
    for path in ["/organise/accounts", "/organise/accounts/sms/edit", "/organise/FietsFan010"] {
        let page = visitor.page(path).await;
        assert!(!page.contains(&secret), "{path}: {page}");
        assert_eq!(page.contains(&address), path != "/organise/accounts", "{path}: {page}");
    }

    let again = visitor.sends("/organise/accounts/sms/renew", &[]).await.is(200).text;
    let new = secret_on(&again);
    assert_ne!(new, secret);
    posts(&hall, &secret, "m2", "Werkt het oude geheim nog?").await.refused(401, "unauthorized");
    posts(&hall, &new, "m3", "Werkt het nieuwe geheim?").await.is(201);
    eventually("both questions", async || (hall.moderator.view().await.questions.len() == 2).then_some(())).await;
    for secret in [&secret, &new] {
        assert_nowhere(&hall.server, secret);
    }
}

#[tokio::test]
async fn accounts_stay_shut_without_the_organiser_s_key() {
    let mastodon = network().await;
    let (hall, visitor) = hall().await;
    adds(&visitor, "stad", mastodon.url(), TOKEN).await.is(303);
    let asked = mastodon.journal().len();
    let nobody = hall.visitor("nl");
    let link = hall.made.links.moderator.strip_prefix(&hall.server.base()).expect("a link to this server");
    nobody.opens(link).await.is(303);
    for path in [
        "/organise/accounts",
        "/organise/accounts/new",
        "/organise/accounts/new?network=mastodon",
        "/organise/accounts/stad/edit",
    ] {
        let page = nobody.opens(path).await.is(401).text;
        assert!(!page.contains(mastodon.url()), "{path}: {page}");
    }
    let moved = [("network", "mastodon"), ("name", "nieuw"), ("server", "https://elders.example"), ("secret", "x")];
    for step in ["new", "stad/edit", "stad/check", "stad/renew", "stad/delete"] {
        let path = format!("/organise/accounts/{step}");
        let reply = nobody.sends(&path, &moved).await;
        assert!([401, 403].contains(&reply.status), "{path}: {reply:?}");
        visitor.sends_from("https://evil.example", &path, &moved).await.is(403);
    }
    for caller in [&hall.stranger, &hall.moderator.caller] {
        for (method, path) in [
            (Method::GET, "/accounts"),
            (Method::PUT, "/accounts/stad"),
            (Method::DELETE, "/accounts/stad"),
            (Method::POST, "/accounts/stad/check"),
        ] {
            let body = json!({ "name": "stad", "source": "mastodon", "server": "https://elders.example" });
            let reply = send(caller.api(method, path).json(&body)).await;
            assert!([401, 403].contains(&reply.status), "{path}: {reply:?}");
        }
    }
    assert_eq!(mastodon.journal().len(), asked, "somebody without the key made it ask");
    let checked = visitor.sends("/organise/accounts/stad/check", &[]).await.is(200).text;
    assert!(checked.contains("kan versturen"), "{checked}");
}
