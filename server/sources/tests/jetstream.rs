//! Listening to a Jetstream that does what networks do.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use networks::{jetstream::Post as Written, sockets::Push};
use samenspraak_sources::{
    Allowed, Ears, Gone, Guard, Heard, Hearing, NotKept, Trouble, World,
    bluesky::{Jetstream, Names, PLACE},
};
use tokio::{sync::watch, task::JoinHandle, time::timeout};
use url::Url;

const ADA: &str = "did:plc:adaadaadaadaadaadaadaada";
const BEN: &str = "did:plc:benbenbenbenbenbenbenben";

/// The fake lives in its own time, and so does the listener.
struct Clock(Arc<networks::Jetstream>, Mutex<SignedDuration>);

impl World for Clock {
    fn now(&self) -> Timestamp {
        self.0.clock().now() + *self.1.lock().expect("no panic")
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

#[derive(Default)]
struct Taken {
    heard: Vec<Heard>,
    place: Option<String>,
    hearing: Vec<Hearing>,
    known: Vec<String>,
    takes: usize,
    full: bool,
}

/// Ears that keep everything, and wake whoever waits for something in it.
#[derive(Clone)]
struct Kept(watch::Sender<()>, Arc<Mutex<Taken>>);

impl Kept {
    fn new() -> Self {
        Self(watch::Sender::new(()), Arc::default())
    }

    fn with<T>(&self, look: impl FnOnce(&mut Taken) -> T) -> T {
        let found = look(&mut self.1.lock().expect("no panic"));
        self.0.send_replace(());
        found
    }

    async fn until(&self, there: impl Fn(&Taken) -> bool) {
        let mut changes = self.0.subscribe();
        let wait = changes.wait_for(|()| there(&self.1.lock().expect("no panic")));
        timeout(Duration::from_secs(20), wait).await.expect("it came to pass").expect("the sender is here");
    }

    async fn heard(&self, count: usize) -> Vec<Heard> {
        self.until(|taken| taken.heard.len() >= count).await;
        self.with(|taken| taken.heard.clone())
    }

    fn place(&self) -> i64 {
        self.with(|taken| taken.place.clone()).expect("a place").parse().expect("a number")
    }
}

impl Ears for Kept {
    async fn take(&self, heard: Vec<Heard>, place: Option<(&str, String)>) -> Result<(), NotKept> {
        self.with(|taken| {
            if taken.full {
                return Err(NotKept);
            }
            taken.takes += 1;
            taken.heard.extend(heard);
            if let Some((name, place)) = place {
                assert_eq!(name, PLACE);
                taken.place = Some(place);
            }
            Ok(())
        })
    }

    fn place(&self, _: &str) -> Result<Option<String>, NotKept> {
        Ok(self.with(|taken| taken.place.clone()))
    }

    fn known(&self, most: usize) -> Vec<(String, Option<String>)> {
        self.with(|taken| taken.known.iter().take(most).map(|address| (address.clone(), None)).collect())
    }

    fn hearing(&self, hearing: Hearing) {
        self.with(|taken| taken.hearing.push(hearing));
    }
}

struct Hall {
    network: Arc<networks::Jetstream>,
    listener: Arc<Jetstream>,
    clock: Arc<Clock>,
    ears: Kept,
    tags: watch::Sender<BTreeSet<String>>,
}

impl Hall {
    async fn new(tags: &[&str]) -> Self {
        let network = Arc::new(networks::Jetstream::start().await.expect("a port"));
        Self::of(network, tags, &[])
    }

    fn of(network: Arc<networks::Jetstream>, tags: &[&str], before: &[&str]) -> Self {
        let url: Url = network.url().parse().expect("an address");
        let mut allowed = Allowed { loopback: true, ..Allowed::default() };
        allowed.hosts.insert(url.authority().to_owned());
        let mut hosts: Vec<Url> = before.iter().map(|host| host.parse().expect("an address")).collect();
        hosts.push(network.subscribe_url().parse().expect("an address"));
        allowed.hosts.extend(hosts.iter().map(|host| host.authority().to_owned()));
        let guard = Arc::new(Guard::new(allowed));
        let clock = Arc::new(Clock(network.clone(), Mutex::default()));
        let names = Names::new(guard.clone(), clock.clone(), url.clone(), Some(url));
        let listener = Arc::new(Jetstream::new(hosts, names, guard, clock.clone()));
        let tags = watch::Sender::new(tags.iter().map(|tag| (*tag).to_owned()).collect());
        Self { network, listener, clock, ears: Kept::new(), tags }
    }

    fn later(&self, by: SignedDuration) {
        *self.clock.1.lock().expect("no panic") += by;
    }

    async fn listen(&self) -> JoinHandle<Trouble> {
        let (listener, tags, ears) = (self.listener.clone(), self.tags.subscribe(), self.ears.clone());
        let listening = tokio::spawn(async move { listener.listen(tags, &ears).await });
        self.network.subscribed(1).await;
        listening
    }

    /// A post that is heard, so that all before it was, too.
    async fn mark(&self, heard: usize) -> Vec<Heard> {
        self.network.post(BEN, "ben.example.com", &Written::text("tot hier #zuid"));
        self.ears.heard(heard).await
    }
}

async fn end(listening: JoinHandle<Trouble>) -> Trouble {
    timeout(Duration::from_secs(20), listening).await.expect("it ended").expect("no panic")
}

fn addresses(heard: &[Heard]) -> Vec<&str> {
    let address = |heard: &'_ Heard| match heard {
        Heard::Post { post, .. } => post.address.clone(),
        Heard::Gone(Gone::Address(address) | Gone::Local(address)) => format!("-{address}"),
    };
    heard.iter().map(|heard| &*address(heard).leak()).collect()
}

#[tokio::test]
async fn a_post_with_a_hashtag_is_heard_with_its_author_and_thread_and_the_rest_is_not() {
    let hall = Hall::new(&["fietsfan010", "zuid"]).await;
    let _listening = hall.listen().await;
    hall.network.post(ADA, "ada.example.com", &Written::text("koffie #niets"));
    let uri = hall.network.post(ADA, "ada.example.com", &Written::text("Waarom? #FietsFan010 #Één"));
    let heard = hall.ears.heard(1).await;
    let [Heard::Post { post, text, language, tags, .. }] = &heard[..] else { panic!("{heard:?}") };
    assert_eq!((&*post.address, &*post.author, &**text), (&*uri, "@ada.example.com", "Waarom? #FietsFan010 #Één"));
    assert_eq!(language.as_deref(), Some("nl"));
    assert_eq!(tags, &["fietsfan010", "één"].map(str::to_owned).into());
    let thread: serde_json::Value = serde_json::from_str(post.thread.as_ref().expect("one")).expect("JSON");
    assert_eq!((&thread["uri"], &thread["root"]["uri"]), (&uri.clone().into(), &uri.into()));
    assert!(post.written_at <= hall.clock.now());
}

#[tokio::test]
async fn hashtags_come_and_go_without_a_new_connection() {
    let hall = Hall::new(&["zuid"]).await;
    let _listening = hall.listen().await;
    hall.mark(1).await;
    hall.tags.send_replace(["noord".to_owned()].into());
    // The listener may take a post before it sees the change, but not for ever.
    let mut posts = 0;
    while hall.ears.with(|taken| taken.heard.len()) < 2 {
        hall.network.post(ADA, "ada.example.com", &Written::text("#noord"));
        posts += 1;
        assert!(posts < 10_000);
        tokio::task::yield_now().await;
    }
    assert_eq!(hall.network.subscribers(), 1);
}

#[tokio::test]
async fn what_is_known_is_heard_when_it_changes_or_goes() {
    let hall = Hall::new(&["zuid"]).await;
    hall.ears.with(|taken| taken.known.push(format!("at://{BEN}/app.bsky.feed.post/3known")));
    let _listening = hall.listen().await;
    let one = hall.network.post(ADA, "ada.example.com", &Written::text("een #zuid"));
    let two = hall.network.post(ADA, "ada.example.com", &Written::text("twee #zuid"));
    let other = hall.network.post(ADA, "ada.example.com", &Written::text("drie"));
    hall.network.delete(&other);
    hall.network.update(&one, &Written::text("zonder"));
    hall.network.delete(&one);
    hall.network.delete(&one);
    hall.network.account(ADA, Some("deactivated"));
    hall.network.delete(&format!("at://{BEN}/app.bsky.feed.post/3known"));
    let heard = hall.ears.heard(6).await;
    let expected =
        [&*one, &two, &one, &format!("-{one}"), &format!("-{two}"), &format!("-at://{BEN}/app.bsky.feed.post/3known")];
    assert_eq!(addresses(&heard), expected);
    let Heard::Post { tags, text, .. } = &heard[2] else { panic!("{heard:?}") };
    assert!(tags.is_empty() && text == "zonder");
}

#[tokio::test]
async fn goes_on_where_it_was_after_a_break_in_the_middle_of_a_message() {
    let hall = Hall::new(&["zuid"]).await;
    let listening = hall.listen().await;
    hall.mark(1).await;
    hall.network.half_frame();
    assert!(matches!(end(listening).await, Trouble::Lost(_)));
    let missed = hall.network.post(ADA, "ada.example.com", &Written::text("gemist #zuid"));
    let place = hall.ears.place();
    let _listening = hall.listen().await;
    // What was heard in the last seconds before the break comes once more.
    let heard = hall.ears.heard(3).await;
    assert_eq!(addresses(&heard)[2], missed);
    let asked = hall.network.received("GET", "/subscribe", 2).await;
    assert!(!asked[0].query.contains("cursor"), "the first time begins with the present");
    assert!(asked[1].query.contains(&format!("cursor={}", place - 5_000_000)), "{}", asked[1].query);
}

#[tokio::test]
async fn the_place_never_passes_what_could_not_be_kept() {
    let hall = Hall::new(&["zuid"]).await;
    let listening = hall.listen().await;
    hall.mark(1).await;
    let place = hall.ears.place();
    hall.ears.with(|taken| taken.full = true);
    let uri = hall.network.post(ADA, "ada.example.com", &Written::text("#zuid"));
    assert_eq!(end(listening).await, Trouble::NotKept(NotKept));
    assert_eq!(hall.ears.place(), place);
    hall.ears.with(|taken| taken.full = false);
    let _listening = hall.listen().await;
    assert_eq!(addresses(&hall.ears.heard(3).await)[2], uri);
}

#[tokio::test]
async fn the_place_moves_on_while_nothing_is_heard_but_not_at_every_message() {
    let hall = Hall::new(&["zuid"]).await;
    let _listening = hall.listen().await;
    hall.mark(1).await;
    let (place, takes) = (hall.ears.place(), hall.ears.with(|taken| taken.takes));
    for _ in 0..50 {
        hall.network.post(ADA, "ada.example.com", &Written::text("koffie"));
    }
    hall.later(SignedDuration::from_secs(6));
    hall.network.post(ADA, "ada.example.com", &Written::text("thee"));
    hall.ears.until(|taken| taken.takes > takes).await;
    assert!(hall.ears.place() > place);
    assert!(hall.ears.with(|taken| taken.takes) <= takes + 1);
    let alive = hall.ears.with(|taken| {
        taken.hearing.iter().filter(|hearing| matches!(hearing, Hearing::Alive { behind: Some(_) })).count()
    });
    assert!((1..=4).contains(&alive), "at most once a second: {alive}");
}

#[tokio::test]
async fn what_cannot_be_read_or_is_not_known_is_passed_over_and_told() {
    let hall = Hall::new(&["zuid"]).await;
    let listening = hall.listen().await;
    hall.mark(1).await;
    hall.network.push(&Push::Text("{\"half\":".to_owned()));
    hall.network.push(&Push::Text(format!("{{\"text\":\"{}\"}}", "#zuid ".repeat(1_700_000))));
    hall.network.push(&Push::Binary(vec![1, 2, 3]));
    hall.network.unknown_kind(ADA, "news");
    hall.mark(2).await;
    let told = |what: &Hearing| hall.ears.with(|taken| taken.hearing.iter().filter(|told| *told == what).count());
    assert_eq!((told(&Hearing::Unreadable), told(&Hearing::Unknown)), (3, 1));
    hall.network.push(&Push::Frame { opcode: 1, payload: vec![0x7B, 0xFF, 0x7D].into() });
    assert!(matches!(end(listening).await, Trouble::Lost(_)));
    assert_eq!(told(&Hearing::Unreadable), 4);
    let _listening = hall.listen().await;
    let asked = hall.network.received("GET", "/subscribe", 2).await;
    let cursor = asked[1].query.split("cursor=").nth(1).and_then(|cursor| cursor.split('&').next());
    let cursor: i64 = cursor.expect("a cursor").parse().expect("a number");
    assert!(cursor > hall.ears.place(), "it begins behind what ended the connection");
}

#[tokio::test]
async fn another_host_is_tried_after_one_that_fails() {
    let network = Arc::new(networks::Jetstream::start().await.expect("a port"));
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let hall = Hall::of(network, &["zuid"], &[&format!("ws://{closed}")]);
    assert!(matches!(hall.listener.listen(hall.tags.subscribe(), &hall.ears).await, Trouble::Lost(_)));
    let _listening = hall.listen().await;
    hall.mark(1).await;
}

#[tokio::test]
async fn an_author_whose_handle_does_not_lead_back_goes_by_the_account() {
    let hall = Hall::new(&["zuid"]).await;
    let _listening = hall.listen().await;
    // The handle leads to whoever comes first in the directory.
    hall.network.named(ADA, "stadhuis.example.com");
    hall.network.post(BEN, "stadhuis.example.com", &Written::text("#zuid"));
    let heard = hall.ears.heard(1).await;
    assert!(matches!(&heard[0], Heard::Post { post, .. } if post.author == format!("@{BEN}")), "{heard:?}");
    hall.network.post(ADA, "ada.example.com", &Written::text("#zuid"));
    let heard = hall.ears.heard(2).await;
    assert!(matches!(&heard[1], Heard::Post { post, .. } if post.author == "@ada.example.com"), "{heard:?}");
    hall.network.post(ADA, "nieuw.example.com", &Written::text("#zuid"));
    let heard = hall.ears.heard(3).await;
    assert!(matches!(&heard[2], Heard::Post { post, .. } if post.author == "@nieuw.example.com"), "{heard:?}");
}
