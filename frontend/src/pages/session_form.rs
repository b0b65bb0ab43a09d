//! The form for a session: blank, filled in, or back with what is wrong and every word kept.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::Deserialize;
use shared::{
    Language, Moderation, News, Refusal,
    commands::{Channels, NewSession},
    sentences::{accounts::Accounts, organise::Organise, problems},
    views::{Alderman, NetworkAccount},
    words,
};

use super::{
    document::{Head, document},
    elsewhere::fieldset,
};
use crate::{Shell, components::textarea_words};

/// The fields of the form, as the browser sends them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct SessionForm(BTreeMap<String, String>);

/// The form on its page.
pub struct SessionFormPage {
    /// What is in it.
    pub form: SessionForm,
    /// The hashtag of the session being changed, as it stands in an address.
    pub editing: Option<String>,
    /// What was wrong with it.
    pub refusal: Option<Refusal>,
    /// What can be switched on for it.
    pub accounts: Vec<NetworkAccount>,
}

impl SessionForm {
    /// What the form asks for; checked by the conversation, not here.
    pub fn read(&self) -> NewSession {
        let filled = |name: &str| Some(self.get(name).to_owned()).filter(|text| !text.trim().is_empty());
        let languages =
            Language::ALL.iter().copied().filter(|language| self.is_on(&format!("language-{}", language.tag())));
        let aldermen = (0..words::MAX_ALDERMEN).filter_map(|row| {
            let name = filled(&format!("name-{row}"))?;
            let office = self.get(&format!("office-{row}")).to_owned();
            Some(Alderman { name, office, portrait: filled(&format!("portrait-{row}")) })
        });
        NewSession {
            hashtag: self.get("hashtag").to_owned(),
            title: self.get("title").to_owned(),
            introduction: self.get("introduction").to_owned(),
            aldermen: aldermen.collect(),
            moderation: Moderation::from_word(self.get("moderation")).unwrap_or(Moderation::Before),
            phase: None,
            opens: filled("opens"),
            starts: filled("starts"),
            ends: filled("ends"),
            timezone: filled("timezone"),
            languages: languages.collect(),
            ask_early: self.is_on("ask-early"),
            channels: self.channels(),
        }
    }

    fn channels(&self) -> Channels {
        Channels {
            accounts: self.0.keys().filter_map(|name| name.strip_prefix("account-")).map(str::to_owned).collect(),
            news: News::ALL.iter().copied().filter(|news| self.is_on(&format!("news-{}", news.word()))).collect(),
        }
    }

    /// The form for what is there.
    pub fn write(session: &NewSession) -> Self {
        let mut fields = BTreeMap::new();
        let mut put = |name: &str, value: &str| fields.insert(name.to_owned(), value.to_owned());
        put("hashtag", &session.hashtag);
        put("title", &session.title);
        put("introduction", &session.introduction);
        put("moderation", session.moderation.word());
        for (name, time) in [
            ("opens", &session.opens),
            ("starts", &session.starts),
            ("ends", &session.ends),
            ("timezone", &session.timezone),
        ] {
            put(name, time.as_deref().unwrap_or_default());
        }
        for language in &session.languages {
            put(&format!("language-{}", language.tag()), "on");
        }
        if session.ask_early {
            put("ask-early", "on");
        }
        for account in &session.channels.accounts {
            put(&format!("account-{account}"), "on");
        }
        for news in &session.channels.news {
            put(&format!("news-{}", news.word()), "on");
        }
        for (row, alderman) in session.aldermen.iter().enumerate() {
            put(&format!("name-{row}"), &alderman.name);
            put(&format!("office-{row}"), &alderman.office);
            put(&format!("portrait-{row}"), alderman.portrait.as_deref().unwrap_or_default());
        }
        Self(fields)
    }

    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    fn is_on(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }
}

/// The form's page.
pub fn session_form(shell: &Shell, page: SessionFormPage) -> String {
    let say = Organise(shell.lang);
    let SessionFormPage { mut form, editing, refusal, accounts } = page;
    if form.0.is_empty() {
        form = SessionForm::write(&NewSession {
            timezone: Some("Europe/Amsterdam".into()),
            languages: Language::ALL.to_vec(),
            ..NewSession::default()
        });
    }
    let heading = if editing.is_some() { say.edit_title() } else { say.new_title() };
    let action = editing.as_ref().map_or_else(|| "/organise/new".to_owned(), |tag| format!("/organise/{tag}/edit"));
    let back = editing.as_ref().map_or_else(|| "/organise".to_owned(), |tag| format!("/organise/{tag}"));
    let error = refusal.as_ref().map(|refusal| {
        let detail = match refusal {
            Refusal::Field { field } if field == "channels" => {
                problems::detail(shell.lang, &Refusal::Field { field: Accounts(shell.lang).elsewhere().into() })
            }
            Refusal::Field { field } => {
                problems::detail(shell.lang, &Refusal::Field { field: say.field(field).into() })
            }
            other => problems::detail(shell.lang, other),
        };
        view! { <p class="organise-error" role="alert" id="wrong">{detail}</p> }
    });
    let submit = if editing.is_some() { say.save() } else { say.make() };
    let body = view! {
        <main id="content" class="organise">
            <h1>{heading}</h1>
            {error}
            <form method="post" action=action class="organise-form">
                {text_field(say.hashtag(), "hashtag", form.get("hashtag"), Some(say.hashtag_help()), true, editing.is_some())}
                {text_field(say.session_title(), "title", form.get("title"), None, true, false)}
                <div class="organise-field">
                    <label for="introduction">{say.introduction()}</label>
                    <textarea id="introduction" name="introduction" rows="3" dir="auto" aria-describedby="introduction-help" inner_html=textarea_words(form.get("introduction"))></textarea>
                    <p class="soft" id="introduction-help">{say.introduction_help()}</p>
                </div>
                {aldermen(say, &form)}
                <fieldset>
                    <legend>{say.times()}</legend>
                    <p class="soft">{say.times_help()}</p>
                    <div class="organise-row">
                        {time_field(say.opens(), "opens", form.get("opens"))}
                        {time_field(say.starts(), "starts", form.get("starts"))}
                        {time_field(say.ends(), "ends", form.get("ends"))}
                    </div>
                    {text_field(say.timezone(), "timezone", form.get("timezone"), None, false, false)}
                </fieldset>
                <fieldset>
                    <legend>{say.rules()}</legend>
                    <div class="organise-field">
                        <label for="moderation">{say.moderation()}</label>
                        <select id="moderation" name="moderation">
                            {Moderation::ALL.iter().map(|&moderation| view! {
                                <option value=moderation.word() selected=form.get("moderation") == moderation.word()>{say.when_moderators_look(moderation)}</option>
                            }).collect::<Vec<_>>()}
                        </select>
                    </div>
                    {check("ask-early".into(), say.ask_early(), form.is_on("ask-early"))}
                    <p>{say.languages()}</p>
                    {Language::ALL.iter().map(|language| {
                        let name = format!("language-{}", language.tag());
                        let on = form.is_on(&name);
                        check(name, language.own_name(), on)
                    }).collect::<Vec<_>>()}
                </fieldset>
                {fieldset(shell, &accounts, &form.channels())}
                <p class="organise-actions"><button class="btn">{submit}</button><a href=back>{say.cancel()}</a></p>
            </form>
        </main>
    };
    document(
        shell,
        Head { title: heading.into(), description: String::new(), class: "organise-page", island: None, robots: false },
        body,
    )
}

fn aldermen(say: Organise, form: &SessionForm) -> impl IntoView {
    let filled = (0..words::MAX_ALDERMEN).filter(|row| form.is_on(&format!("name-{row}"))).count().max(1);
    let row = |number: usize| {
        view! {
            <div class="organise-row">
                {text_field(say.name(), &format!("name-{number}"), form.get(&format!("name-{number}")), None, number == 0, false)}
                {text_field(say.office(), &format!("office-{number}"), form.get(&format!("office-{number}")), None, false, false)}
                {text_field(say.portrait(), &format!("portrait-{number}"), form.get(&format!("portrait-{number}")), None, false, false)}
            </div>
        }
    };
    let more = (filled..words::MAX_ALDERMEN.min(filled + 3)).map(row).collect::<Vec<_>>();
    view! {
        <fieldset>
            <legend>{say.aldermen()}</legend>
            {(0..filled).map(row).collect::<Vec<_>>()}
            <details><summary>{say.more_aldermen()}</summary>{more}</details>
        </fieldset>
    }
}

fn text_field(
    label: &'static str,
    name: &str,
    value: &str,
    help: Option<&'static str>,
    required: bool,
    fixed: bool,
) -> impl IntoView + use<> {
    let help_id = help.map(|_| format!("{name}-help"));
    view! {
        <div class="organise-field">
            <label for=name.to_owned()>{label}</label>
            <input type="text" id=name.to_owned() name=name.to_owned() value=value.to_owned() required=required readonly=fixed dir="auto" aria-describedby=help_id.clone()/>
            {help.map(|help| view! { <p class="soft" id=help_id>{help}</p> })}
        </div>
    }
}

fn time_field(label: &'static str, name: &'static str, value: &str) -> impl IntoView + use<> {
    view! {
        <div class="organise-field">
            <label for=name>{label}</label>
            <input type="datetime-local" id=name name=name value=value.to_owned()/>
        </div>
    }
}

fn check(name: String, label: &'static str, on: bool) -> impl IntoView {
    view! {
        <label class="organise-check"><input type="checkbox" name=name checked=on/><span>{label}</span></label>
    }
}
