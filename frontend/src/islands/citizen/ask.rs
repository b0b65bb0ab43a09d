//! The box to ask in. Words that were not sent yet survive a reload, a restart of the server and
//! a refusal.

use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    html::{Input, Textarea},
    prelude::*,
};
use serde::{Deserialize, Serialize};
use shared::{
    Phase, QuestionId, Refusal,
    commands::{Ask, Asked},
    sentences::problems,
    words::{self, MAX_QUESTION},
};

use super::{Here, near};
use crate::{
    api::{self, Failure, Method},
    browser,
    components::textarea_words,
    parts::{self, Look as _},
};

/// What was filled in when the form came back without JavaScript.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AskForm {
    /// The words, as they were sent.
    pub text: String,
    /// The name, as it was sent.
    pub name: String,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
}

/// The box and all that can be said about it.
#[derive(Clone, Copy)]
struct AskBox {
    here: Here,
    text: RwSignal<String>,
    problem: RwSignal<Option<Problem>>,
    sending: RwSignal<bool>,
    arrived: RwSignal<Option<QuestionId>>,
    near_arrived: StoredValue<String>,
    words: NodeRef<Textarea>,
    name: NodeRef<Input>,
}

/// Why the question was not sent.
#[derive(Clone, PartialEq)]
struct Problem {
    sentence: String,
    /// The question that is there already.
    same: Option<QuestionId>,
}

pub fn section(here: Here, form: AskForm, arrived: Option<QuestionId>, near_arrived: String) -> impl IntoView {
    let problem = form.refusal.as_ref().map(|refusal| Problem::of(here, refusal));
    let AskForm { text, name, .. } = form;
    let ask = AskBox {
        here,
        text: RwSignal::new(text.clone()),
        problem: RwSignal::new(problem),
        sending: RwSignal::new(false),
        arrived: RwSignal::new(arrived),
        near_arrived: StoredValue::new(near_arrived),
        words: NodeRef::new(),
        name: NodeRef::new(),
    };
    let named = !name.is_empty();
    ask.restore();
    let open = here.session(|session| session.box_open);
    let opens = here.session(|session| session.opens.is_some());
    let phase = here.session(|session| session.phase);
    // Whoever is writing when the box closes keeps their words in sight.
    let hidden = parts::fact(move || {
        !open.get()
            && (phase.get() > Phase::Live || ask.text.look(String::is_empty))
            && ask.problem.look(Option::is_none)
    });
    let length = parts::fact(move || ask.text.look(|text| words::length(text.trim())));
    view! {
        <section class="ask" aria-labelledby="ask-label">
            {parts::maybe(move || closed_line(here, open.get(), opens.get(), phase.get()))}
            <form
                method="post"
                action=format!("/{}/ask", here.hashtag())
                hidden=parts::flag(move || hidden.get())
                on:submit=move |event| ask.submit(&event)
            >
                <label id="ask-label" for="ask-words">{here.say.what_to_ask()}</label>
                <textarea
                    id="ask-words"
                    name="text"
                    rows="3"
                    dir="auto"
                    aria-required="true"
                    autocomplete="off"
                    aria-describedby="ask-left ask-problem"
                    aria-invalid=parts::mark(move || ask.problem.look(Option::is_some).then_some("true"))
                    node_ref=ask.words
                    inner_html=textarea_words(&text)
                    on:input=move |event| ask.typed(event_target_value(&event))
                    on:keydown=move |event| ask.key(&event)
                ></textarea>
                <p class="error" id="ask-problem">{parts::maybe(move || ask.problem.get().map(|problem| problem.view(here)))}</p>
                <details class="with-name" open=named>
                    <summary>{here.say.with_name()}</summary>
                    <label for="ask-name">{here.say.your_name()}</label>
                    <input
                        id="ask-name"
                        name="name"
                        value=name
                        dir="auto"
                        maxlength="120"
                        autocomplete="name"
                        node_ref=ask.name
                    />
                </details>
                <div class="row">
                    <span id="ask-left" class="left num" class:over=parts::flag(move || { length.get() > MAX_QUESTION })>
                        {parts::text(move || here.say.characters_left(length.get(), MAX_QUESTION))}
                    </span>
                    <button
                        class="btn"
                        aria-disabled=parts::mark(move || (ask.sending.get() || !open.get()).then_some("true"))
                    >
                        {parts::word(move || if ask.sending.get() { here.say.asking() } else { here.say.ask() })}
                    </button>
                </div>
            </form>
            {near::section(here, ask.text)}
            {parts::maybe(move || ask.confirmation())}
        </section>
    }
}

/// Why there is no box, where the session's phase does not say it already.
fn closed_line(here: Here, open: bool, opens_later: bool, phase: Phase) -> Option<impl IntoView> {
    let words = match phase {
        Phase::Announced if !open && !opens_later => here.say.not_open_yet(),
        Phase::Open | Phase::Live if !open => here.say.box_closed_now(),
        _ => return None,
    };
    Some(view! { <p class="notice">{words}</p> })
}

impl AskBox {
    /// Takes up what is in the box already: typed before this woke, sent back by the server, or
    /// kept from before a reload.
    fn restore(self) {
        let draft = self.draft();
        if self.arrived.get_untracked().is_some() {
            browser::keep(&draft, "");
        }
        parts::follow(move || {
            let Some(words) = self.words.get() else { return };
            if words.value().is_empty()
                && let Some(kept) = browser::kept(&draft)
            {
                words.set_value(&kept);
            }
            self.text.set(words.value());
        });
    }

    fn draft(self) -> String {
        format!("samenspraak:{}:question", shared::hashtag::fold(&self.here.hashtag()))
    }

    fn typed(self, text: String) {
        browser::keep(&self.draft(), &text);
        let left = |text: &str| MAX_QUESTION.saturating_sub(words::length(text.trim()));
        let (before, now) = (self.text.glance(|text| left(text)), left(&text));
        // Said when it begins to matter, not at each key.
        if (now < 50 && before >= 50) || (now == 0 && before > 0) {
            self.here.announcer.say(self.here.say.characters_left(MAX_QUESTION - now, MAX_QUESTION));
        }
        self.text.set(text);
        self.problem.set(None);
        self.arrived.set(None);
    }

    fn key(self, event: &KeyboardEvent) {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            self.send();
        }
    }

    fn submit(self, event: &SubmitEvent) {
        event.prevent_default();
        self.send();
    }

    fn send(self) {
        let here = self.here;
        if self.sending.get_untracked() {
            return;
        }
        if let Err(refusal) = words::question(&self.text.get_untracked()) {
            return self.refused(Problem::of(here, &refusal));
        }
        let name = self.name.get_untracked().map(|name| name.value()).filter(|name| !name.trim().is_empty());
        let body = Ask { text: self.text.get_untracked(), name };
        self.sending.set(true);
        self.problem.set(None);
        browser::spawn(async move {
            let path = format!("/sessions/{}/questions", here.hashtag());
            let asked = api::send_as_participant::<_, Asked>(Method::Post, &path, Some(&body)).await;
            self.sending.set(false);
            match asked {
                Ok(asked) => self.accepted(asked.id),
                Err(failure) => self.refused(Problem::from_failure(here, &failure)),
            }
        });
    }

    fn accepted(self, id: QuestionId) {
        browser::keep(&self.draft(), "");
        if let Some(words) = self.words.get_untracked() {
            words.set_value("");
        }
        self.text.set(String::new());
        self.near_arrived.set_value(String::new());
        self.arrived.set(Some(id));
        self.here.is_known();
        browser::after(50, || browser::focus("arrived"));
    }

    fn refused(self, problem: Problem) {
        self.problem.set(Some(problem));
        browser::focus("ask-words");
    }

    fn confirmation(self) -> Option<impl IntoView> {
        self.arrived.get()?;
        let say = self.here.say;
        let moderation = self.here.live.view.glance(|view| view.session.moderation);
        Some(view! {
            <div class="arrived" id="arrived" tabindex="-1">
                <b>{say.arrived()}</b>
                <p>{say.what_happens_next(moderation)}</p>
                <div class="near" inner_html=self.near_arrived.get_value()></div>
            </div>
        })
    }
}

impl Problem {
    fn of(here: Here, refusal: &Refusal) -> Self {
        let same = match refusal {
            Refusal::AlreadyAsked { question } => Some(*question),
            _ => None,
        };
        Self { sentence: problems::detail(here.lang, refusal), same }
    }

    fn from_failure(here: Here, failure: &Failure) -> Self {
        match failure.refusal() {
            Some(refusal) => Self::of(here, refusal),
            None => Self { sentence: failure.sentence(here.lang), same: None },
        }
    }

    fn view(self, here: Here) -> impl IntoView {
        let link = self.same.map(|id| view! { " " <a href=format!("#mine-{id}")>{here.say.to_that_question()}</a> });
        view! { {self.sentence} {link} }
    }
}
