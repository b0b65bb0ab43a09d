//! The form for an account on a network, or a gateway: blank, filled in, or back with what is wrong and
//! every word kept but the secret.

use leptos::{either::Either, prelude::*};
use serde::Deserialize;
use shared::{
    Refusal, Source,
    commands::NewAccount,
    sentences::{accounts::Accounts, problems},
};

use super::{
    accounts::{head, signing},
    document::document,
};
use crate::{
    Shell,
    components::{LanguageSwitch, textarea_words},
};

/// The fields of the form, as the browser sends them.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct AccountForm {
    /// The word of a [`Source`].
    pub network: String,
    /// The municipality's name for it.
    pub name: String,
    /// Its server's address.
    pub server: String,
    /// Its handle.
    pub handle: String,
    /// Never put into a page.
    pub secret: String,
    /// Jetstream hosts, one a line.
    pub hosts: String,
}

/// The form on its page.
pub struct AccountFormPage {
    /// On which network it is.
    pub source: Source,
    /// What is in it.
    pub form: AccountForm,
    /// When it is there already: the sessions in which it is switched on, by hashtag.
    pub editing: Option<Vec<String>>,
    /// The address that a session's messages go to, with HASHTAG in the place of its hashtag.
    pub inbox: String,
    /// What was wrong.
    pub wrong: Option<AccountWrong>,
}

/// Why an account was not kept.
pub enum AccountWrong {
    /// Another has this name.
    NameTaken,
    /// It would go to another server, and its secret was not given again.
    SecretNeeded,
    /// It was refused.
    Refused(Refusal),
}

impl AccountForm {
    /// A blank one.
    pub fn blank(source: Source) -> Self {
        let server = if source == Source::Bluesky { "bsky.social".into() } else { String::new() };
        Self { network: source.word().into(), server, ..Self::default() }
    }

    /// What the form asks for; checked by the server, not here.
    pub fn read(&self, source: Source) -> NewAccount {
        let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
        NewAccount {
            name: self.name.clone(),
            source,
            server: filled(&self.server),
            handle: filled(&self.handle),
            secret: filled(&self.secret),
            hosts: self.hosts.lines().map(str::to_owned).collect(),
        }
    }
}

impl AccountWrong {
    fn field(&self) -> Option<&str> {
        match self {
            Self::NameTaken => Some("name"),
            Self::SecretNeeded => Some("secret"),
            Self::Refused(Refusal::Field { field }) => Some(field),
            Self::Refused(_) => None,
        }
    }

    fn words(&self, say: Accounts, source: Source) -> String {
        match self {
            Self::NameTaken => say.name_taken().into(),
            Self::SecretNeeded => {
                let field = say.field("secret", source).into();
                format!("{} {}", problems::detail(say.0, &Refusal::Field { field }), say.secret_again())
            }
            Self::Refused(Refusal::Field { field }) => {
                problems::detail(say.0, &Refusal::Field { field: say.field(field, source).into() })
            }
            Self::Refused(other) => problems::detail(say.0, other),
        }
    }
}

/// The form's page.
pub fn account_form(shell: &Shell, page: AccountFormPage) -> String {
    let say = Accounts(shell.lang);
    let AccountFormPage { source, form, editing, inbox, wrong } = page;
    let at = format!("/organise/accounts/{}", form.name);
    let action = if editing.is_some() { format!("{at}/edit") } else { "/organise/accounts/new".into() };
    let title =
        if editing.is_some() { format!("{} · {}", form.name, say.title()) } else { say.new_title(source).into() };
    let heading = if editing.is_some() {
        Either::Left(
            view! { <h1><bdi>{form.name.clone()}</bdi></h1> <p class="organise-title">{say.new_title(source)}</p> },
        )
    } else {
        Either::Right(view! { <h1>{say.new_title(source)}</h1> })
    };
    let fields =
        Fields { say, source, editing: editing.is_some(), wrong: wrong.as_ref().and_then(AccountWrong::field) };
    let error = wrong
        .as_ref()
        .map(|wrong| view! { <p class="organise-error" role="alert" id="wrong">{wrong.words(say, source)}</p> });
    // A gateway that is there has nothing to fill in.
    let changeable = editing.is_none() || source != Source::Gateway;
    let fields = changeable.then(|| {
        view! {
            <form method="post" action=action class="organise-form" autocomplete="off">
                <input type="hidden" name="network" value=source.word()/>
                {fields.view(&form)}
                <p class="organise-actions"><button class="btn">{say.save()}</button><a href="/organise/accounts">{say.cancel()}</a></p>
            </form>
        }
    });
    let is_gateway = source == Source::Gateway;
    let rest = editing.map(|sessions| {
        let gateway = is_gateway.then(|| {
            view! {
                {signing(say, &inbox, &sessions)}
                {sure(&at, "renew", [say.renew(), say.renew_sure(), say.renew_yes()], None)}
            }
        });
        let on = (!sessions.is_empty()).then(|| {
            let tags: Vec<_> = sessions.iter().map(|hashtag| format!("#{hashtag}")).collect();
            format!("{} {}", say.on_in(sessions.len() as u64), tags.join(", "))
        });
        view! { {gateway} {sure(&at, "delete", [say.delete(), say.delete_sure(), say.delete_yes()], on)} }
    });
    let body = view! {
        <main id="content" class="organise">
            <nav class="organise-top">
                <a href="/organise/accounts">{say.all()}</a>
                <LanguageSwitch lang=shell.lang path=shell.path.clone()/>
            </nav>
            <header>{heading}</header>
            {error}
            {fields}
            {rest}
        </main>
    };
    document(shell, head(title), body)
}

/// A step behind a question whether one is sure.
fn sure(at: &str, step: &str, [open, sure, yes]: [&'static str; 3], on: Option<String>) -> impl IntoView + use<> {
    view! {
        <details class="organise-renew">
            <summary>{open}</summary>
            {on.map(|on| view! { <p>{on}</p> })}
            <p>{sure}</p>
            <form method="post" action=format!("{at}/{step}")>
                <button class="btn stop">{yes}</button>
            </form>
        </details>
    }
}

/// How this form's fields are written.
struct Fields<'a> {
    say: Accounts,
    source: Source,
    editing: bool,
    wrong: Option<&'a str>,
}

impl Fields<'_> {
    fn view(&self, form: &AccountForm) -> impl IntoView + use<> {
        let say = self.say;
        let name = self.text("name", &form.name, say.name_help(), true);
        let rest = match self.source {
            Source::Mastodon => view! {
                {self.text("server", &form.server, say.mastodon_server_help(), true)}
                {self.secret(say.token_help())}
            }
            .into_any(),
            Source::Bluesky => view! {
                {self.text("server", &form.server, say.bluesky_server_help(), false)}
                {self.text("handle", &form.handle, say.handle_help(), false)}
                {self.secret(say.app_password_help())}
                {self.hosts(&form.hosts)}
            }
            .into_any(),
            _ => view! { <p class="soft">{say.gateway_help()}</p> }.into_any(),
        };
        view! { {name} {rest} }
    }

    fn text(&self, name: &'static str, value: &str, help: &'static str, required: bool) -> impl IntoView + use<> {
        let fixed = name == "name" && self.editing;
        let (invalid, described) = self.state(name);
        view! {
            <div class="organise-field">
                <label for=name>{self.say.field(name, self.source)}</label>
                <input type="text" id=name name=name value=value.to_owned() required=required readonly=fixed
                    autocomplete="off" autocapitalize="none" spellcheck="false" aria-invalid=invalid aria-describedby=described/>
                <p class="soft" id=format!("{name}-help")>{help}</p>
            </div>
        }
    }

    fn secret(&self, help: &'static str) -> impl IntoView + use<> {
        let (invalid, described) = self.state("secret");
        let stays = if self.editing { self.say.keep_empty() } else { self.say.secret_kept() };
        view! {
            <div class="organise-field">
                <label for="secret">{self.say.field("secret", self.source)}</label>
                // Browsers would fill in the organiser's own password otherwise.
                <input type="password" id="secret" name="secret" autocomplete="new-password" aria-invalid=invalid aria-describedby=described/>
                <p class="soft" id="secret-help">{help} " " {stays}</p>
            </div>
        }
    }

    fn hosts(&self, value: &str) -> impl IntoView + use<> {
        let (invalid, described) = self.state("hosts");
        let open = invalid.is_some();
        view! {
            <details open=open>
                <summary>{self.say.hosts_more()}</summary>
                <div class="organise-field">
                    <label for="hosts">{self.say.hosts()}</label>
                    <textarea id="hosts" name="hosts" rows="4" autocapitalize="none" spellcheck="false" aria-invalid=invalid aria-describedby=described inner_html=textarea_words(value)></textarea>
                    <p class="soft" id="hosts-help">{self.say.hosts_help()}</p>
                </div>
            </details>
        }
    }

    /// `aria-invalid` and `aria-describedby` of a field.
    fn state(&self, name: &str) -> (Option<&'static str>, String) {
        if self.wrong == Some(name) {
            (Some("true"), format!("wrong {name}-help"))
        } else {
            (None, format!("{name}-help"))
        }
    }
}
