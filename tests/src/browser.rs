//! The screens in a real browser. Each scenario is a script in `tests/browser`; this starts the
//! server it needs, and ends and restarts it when the scenario asks for that.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use serde_json::{Value, json};
use shared::{Phase, Reason};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::Command,
    sync::Mutex,
    time::timeout,
};

use crate::{
    elsewhere::Elsewhere,
    harness::{Hall, ORGANISER_KEY, session},
};

const PATIENCE: Duration = Duration::from_mins(4);

/// One browser at a time: they are heavy, and each has several screens.
static BROWSER: Mutex<()> = Mutex::const_new(());

#[tokio::test(flavor = "multi_thread")]
async fn four_screens_at_once_from_question_to_answer() {
    plays("four-screens", async || (Hall::opens().await, json!({}))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_without_javascript() {
    plays("without-javascript", async || (Hall::opens().await, json!({}))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_comes_back_when_the_server_was_killed() {
    plays("server-killed", async || (Hall::opens().await, json!({}))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_s_screens_live_by_events_where_a_proxy_refuses_the_socket() {
    plays("socket-blocked", async || (Hall::opens().await, json!({}))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_s_screens_live_by_asking_where_a_proxy_keeps_streams_too() {
    plays("events-blocked", async || (Hall::opens().await, json!({}))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_by_keyboard_alone() {
    plays("by-keyboard", async || (Hall::opens().await, json!({}))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_moderators_at_once_on_five_hundred_questions() {
    plays("desk-together", async || (Hall::opens().await, json!({}))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_queue_for_a_toot_a_post_on_bluesky_the_web_and_the_hall() {
    if skips("elsewhere") {
        return;
    }
    let mut networks = Elsewhere::opens().await;
    plays("elsewhere", async || networks.hall().await).await;
    networks.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_keeps_anybody_out() {
    plays("accessible", furnished).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_fits_and_is_free_of_errors() {
    plays("every-page", furnished).await;
}

/// Runs a scenario in the hall that `opens`.
async fn plays(scenario: &str, opens: impl AsyncFnOnce() -> (Hall, Value)) {
    if skips(scenario) {
        return;
    }
    let folder = folder();
    assert!(
        folder.join("node_modules").exists(),
        "run `npm ci` in {} first; `cargo xtask test` does",
        folder.display()
    );
    let _turn = BROWSER.lock().await;
    let (mut hall, more) = opens().await;
    let page = hall.visitor("nl").page("/FietsFan010").await;
    assert!(page.contains("boot.js"), "the page wakes its island");
    let script = page.split('"').find(|part| part.ends_with("/boot.js")).expect("the site's script");
    hall.visitor("nl").opens(script).await.is(200);

    let mut node = Command::new(std::env::var_os("SAMENSPRAAK_NODE").unwrap_or_else(|| "node".into()))
        .arg(folder.join(scenario).with_extension("mjs"))
        .env("SCENE", scene(&hall, more).to_string())
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("node");
    let mut answers = node.stdin.take().expect("its input");
    let mut lines = BufReader::new(node.stdout.take().expect("its output")).lines();
    let listens = async {
        while let Some(line) = lines.next_line().await.expect("readable output") {
            match line.as_str() {
                "@kill" => hall.server.kill().await,
                "@restart" => hall.server.restart().await,
                other => {
                    println!("{other}");
                    continue;
                }
            }
            answers.write_all(b"done\n").await.expect("a scenario that listens");
        }
    };
    let ending = timeout(PATIENCE, async { tokio::join!(listens, node.wait_with_output()).1 }).await;
    let output = ending.unwrap_or_else(|_| panic!("{scenario} takes too long")).expect("the end of the scenario");
    assert!(output.status.success(), "{scenario}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Whether runs without a browser go without this scenario.
fn skips(scenario: &str) -> bool {
    let skips = std::env::var_os("SAMENSPRAAK_SKIP_BROWSER").is_some_and(|skip| skip == "1");
    if skips {
        // Past the test harness, which keeps what passing tests print to itself.
        let _ = writeln!(std::io::stderr(), "SKIPPED: the browser scenario {scenario} (SAMENSPRAAK_SKIP_BROWSER=1)");
    }
    skips
}

fn scene(hall: &Hall, more: Value) -> Value {
    let mut scene = json!({
        "base": hall.server.base(),
        "hashtag": hall.hashtag(),
        "links": hall.made.links,
        "keys": { "moderator": hall.made.keys.moderator, "panel": hall.made.keys.panel, "organiser": ORGANISER_KEY },
        "pictures": folder().join("../../target/screens"),
    });
    if let (Some(scene), Value::Object(more)) = (scene.as_object_mut(), more) {
        scene.extend(more);
    }
    scene
}

/// A hall in the middle of an evening, beside a session that was announced and one that is over.
async fn furnished() -> (Hall, Value) {
    let hall = Hall::opens().await;
    let texts = [
        "Waarom is de stalling bij #Centraal altijd vol?",
        "Komen er meer plekken in de stationsstalling?",
        "Wanneer wordt de Maasboulevard opnieuw geasfalteerd? Bij regen staat er een laag water waar ik met de kinderen achterop niet meer doorheen kom, en dat al drie winters lang. #Maas",
        "Krijgt #Zuid eindelijk een veilige fietsroute?",
        "Can cyclists turn right on red? In Paris it works. #Lichten",
        "متى يصبح الطريق إلى المدرسة آمنا؟",
    ];
    let mut ids = Vec::new();
    for (place, text) in texts.into_iter().enumerate() {
        let id = hall.shown(text).await;
        for _ in 0..place {
            hall.citizen().await.supports(id).await;
        }
        ids.push(id);
    }
    let answered = ids[3];
    hall.moderator.bundles(ids[1], ids[0]).await;
    hall.moderator.stages(answered).await;
    hall.panel
        .answers(answered, "Ja. Deze zomer begint het werk aan de Dordtselaan.\nU ziet de tekening op de site.")
        .await;
    hall.moderator.stages(ids[0]).await;
    hall.panel.drafts(ids[0], "In het voorjaar komen").await.is(200);
    hall.moderator.queues(&[ids[2], ids[4]]).await;
    for (id, department, due) in
        [(ids[0], "Mobiliteit", "2036-05-12T14:30"), (ids[2], "Stadsbeheer", "2020-05-12T14:30")]
    {
        hall.moderator.sets("department", id, json!({ "department": department, "due": due })).await.is(200);
        hall.office.briefs(id, "Feiten: https://rotterdam.nl/fiets. Beloof niets vóór september.").await.is(200);
        hall.office.proposes(id, "In het najaar komen er 1.200 plekken bij.", true).await.is(200);
    }
    hall.moderator.edits(ids[5], "متى يصبح الطريق إلى المدرسة آمنا للأطفال؟").await;
    let declined = hall.shown("Koop nu uw nieuwe e-bike bij ons?").await;
    hall.moderator.declines(declined, Reason::Advertising, None).await;
    for text in [
        "Waarom mogen scooters nog op het fietspad?",
        "🚲🚲🚲 wanneer komt er een fietsbrug?",
        "Mag de hond mee in de bakfiets?",
        "Mag een hond mee in de bakfiets?",
    ] {
        hall.citizen().await.asks_as("Fatima", text).await;
    }
    hall.moderator.puts_up(Some("De zaal gaat om kwart over acht open.")).await.is(200);

    let mut announced = session("GroenZuid");
    announced["phase"] = json!("announced");
    announced["opens"] = json!("2099-05-12T14:00");
    announced["starts"] = json!("2099-05-12T19:30");
    hall.organiser.makes(announced).await;
    hall.organiser.makes(session("Woonstad")).await;
    hall.organiser.moves("Woonstad", Phase::Closed).await.is(200);
    (hall, json!({ "answered": answered, "declined": declined, "announced": "GroenZuid", "closed": "Woonstad" }))
}

fn folder() -> PathBuf {
    let named = std::env::var_os("SAMENSPRAAK_BROWSER_DIR").map(PathBuf::from);
    named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("browser"))
}
