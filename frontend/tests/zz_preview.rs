#![cfg(feature = "ssr")]
mod sample;
use samenspraak_frontend::{Sort, pages::*};
use sample::*;
use shared::{commands::SessionListed, views::*, *};
fn put(name: &str, html: String) {
    let html = html.replace("/assets/abc/", "");
    std::fs::create_dir_all("/tmp/preview").unwrap();
    std::fs::write(format!("/tmp/preview/{name}.html"), html).unwrap();
}
const QR: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21" shape-rendering="crispEdges" fill="#13201a"><path d="M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0z"/><path fill="#fff" d="M1 1h5v5H1zM15 1h5v5h-5zM1 15h5v5H1z"/><path d="M2 2h3v3H2zM16 2h3v3h-3zM2 16h3v3H2zM8 1h1v2H8zM10 0h2v1h-2zM9 4h3v1H9zM8 6h1v3H8zM11 6h1v2h-1zM1 8h3v1H1zM5 9h3v2H5zM10 9h4v1h-4zM15 8h2v3h-2zM18 9h3v1h-3zM9 12h2v3H9zM12 11h3v2h-3zM16 12h4v2h-4zM8 16h3v2H8zM12 15h2v4h-2zM15 16h2v1h-2zM18 15h2v3h-2zM15 19h5v1h-5zM8 19h2v2H8z"/></svg>"##;
#[test]
fn preview() {
    for lang in [Language::Nl, Language::En] {
        let l = lang.tag();
        let sh = shell(lang, "/FietsFan010");
        put(&format!("citizen-{l}"), citizen(&sh, citizen_page()));
        let mut p = citizen_page();
        p.form =
            AskForm { text: "#FietsFan010 #stalling".into(), name: "Jan".into(), refusal: Some(Refusal::OnlyHashtags) };
        p.arrived = Some(QuestionId(30));
        p.view.session.banner = Some(Banner {
            text: "Over vijf minuten is er pauze. Stel gerust uw vragen, we gaan daarna verder.".into(),
            at: at("14:10"),
        });
        p.view.session.on_stage = None;
        p.topic = Some("school".into());
        put(&format!("citizen-form-{l}"), citizen(&sh, p));
        let mut p = citizen_page();
        p.view.session.phase = Phase::Announced;
        p.view.session.box_open = false;
        p.view.session.on_stage = None;
        p.view.questions.clear();
        p.mine = Mine::default();
        p.view.session.queue.clear();
        p.view.session.opens = Some(Moment("2026-05-14T09:00:00+02:00".into()));
        p.view.session.starts = Some(Moment("2026-05-19T14:00:00+02:00".into()));
        put(&format!("citizen-announced-{l}"), citizen(&sh, p));
        let mut p = citizen_page();
        p.view.session.phase = Phase::Closed;
        p.view.session.box_open = false;
        p.view.session.on_stage = None;
        p.sort = Sort::Answered;
        put(&format!("citizen-closed-{l}"), citizen(&sh, p));

        let w = |view: PublicView, embed| {
            wall(
                &shell(lang, "/FietsFan010/wall"),
                WallPage { view, qr: QR.into(), address: "samen.rotterdam.nl/fietsfan010".into(), embed },
            )
        };
        put(&format!("wall-{l}"), w(view(), false));
        put(&format!("wall-embed-{l}"), w(view(), true));
        let mut v = view();
        v.session.on_stage = None;
        put(&format!("wall-still-{l}"), w(v.clone(), false));
        v.questions.clear();
        v.session.queue.clear();
        v.session.phase = Phase::Announced;
        v.session.opens = Some(Moment("2026-05-14T09:00:00+02:00".into()));
        put(&format!("wall-empty-{l}"), w(v, false));
        let mut v = view();
        let long = "Al jaren vraag ik mij af waarom het zo lang moet duren voordat er iets gebeurt aan de kruising bij de Boezembocht, waar elke week wel een ongeluk is, waar kinderen oversteken naar school, waar vrachtwagens de bocht te ruim nemen en waar de verkeerslichten zo kort op groen staan dat ik met mijn rollator nooit in één keer de overkant haal, en of de gemeente daar nu eindelijk eens samen met de buurt naar wil kijken voordat er iemand doodgaat, want dat is wat er gaat gebeuren als er niets gedaan wordt";
        {
            let c = v.questions.get_mut(&QuestionId(1)).unwrap();
            c.text = long.into();
            c.answer = None;
        }
        v.questions.get_mut(&QuestionId(2)).unwrap().text = long.into();
        put(&format!("wall-long-{l}"), w(v.clone(), false));
        v.questions.get_mut(&QuestionId(1)).unwrap().answer =
            Some(answer(&"We beginnen in maart met de eerste helft. ".repeat(24), "14:11"));
        v.session.banner = Some(Banner { text: "Over vijf minuten is er pauze.".into(), at: at("14:10") });
        put(&format!("wall-long-answered-{l}"), w(v, false));
        let list = |h: &str, t: &str, phase, starts: &str| SessionListed {
            hashtag: h.into(),
            title: t.into(),
            phase,
            aldermen: sample::session().aldermen,
            opens: None,
            starts: Some(Moment(starts.into())),
            ends: None,
            counts: Counts { asked: 214, answered: 37, bundled: 61 },
        };
        put(
            &format!("home-{l}"),
            home(
                &shell(lang, "/"),
                HomePage {
                    sessions: vec![
                        list(
                            "FietsFan010",
                            "Hoe maken we Rotterdam de fijnste fietsstad?",
                            Phase::Live,
                            "2026-05-12T14:00:00+02:00",
                        ),
                        list(
                            "WonenInZuid",
                            "Betaalbaar wonen op Zuid: wat kan er wel?",
                            Phase::Announced,
                            "2026-05-28T19:30:00+02:00",
                        ),
                        list("SchoneStad", "Afval op straat", Phase::Closed, "2026-03-02T19:30:00+01:00"),
                    ],
                },
            ),
        );
        put(&format!("home-empty-{l}"), home(&shell(lang, "/"), HomePage { sessions: vec![] }));
        put(
            &format!("name-{l}"),
            name(
                &sh,
                NamePage {
                    hashtag: "FietsFan010".into(),
                    role: Role::Moderator,
                    back: "/FietsFan010/moderate".into(),
                    refusal: None,
                },
            ),
        );
        put(
            &format!("door-{l}"),
            door(&sh, DoorPage { hashtag: Some("FietsFan010".into()), role: Role::Moderator, wrong_key: true }),
        );
        put(&format!("problem-{l}"), problem(&sh, &Refusal::NotFound));
        let v = view();
        let c = |n: u64| v.card(QuestionId(n)).cloned();
        put(
            &format!("question-{l}"),
            question(
                &shell(lang, "/FietsFan010/q/x"),
                QuestionPage {
                    session: sample::session(),
                    card: c(2),
                    lead: None,
                    wordings: vec![c(10).unwrap(), c(11).unwrap()],
                    mine: None,
                    gone: None,
                    supports: true,
                },
            ),
        );
        put(
            &format!("question-answered-{l}"),
            question(
                &shell(lang, "/FietsFan010/q/x"),
                QuestionPage {
                    session: sample::session(),
                    card: c(7),
                    lead: None,
                    wordings: vec![],
                    mine: None,
                    gone: None,
                    supports: false,
                },
            ),
        );
        put(
            &format!("question-mine-{l}"),
            question(
                &shell(lang, "/FietsFan010/q/x"),
                QuestionPage {
                    session: sample::session(),
                    card: None,
                    lead: None,
                    wordings: vec![],
                    mine: Some(mine().questions[2].clone()),
                    gone: None,
                    supports: false,
                },
            ),
        );
    }
}
