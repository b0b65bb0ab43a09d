//! The organiser's pages for the municipality's accounts on networks, and its gateways. Plain forms; they
//! need no JavaScript, and never show a secret that was given.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use frontend::pages::{
    self, AccountForm, AccountFormPage, AccountSecretPage, AccountTold, AccountWrong, AccountsPage, NETWORKS,
};
use serde::Deserialize;
use shared::{Refusal, Role, Source, commands::NewAccount};

use super::{
    App,
    body::Form,
    organise::house_shell,
    pages::{door, html, redirect_with},
    problem::{Refused, status},
    visitor::Visitor,
};
use crate::sources::accounts::{Account, webhook_secret};

type Page = Result<Response, Refused>;

/// Where the list is.
const LIST: &str = "/organise/accounts";

/// Every page and form below `/organise/accounts`.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(list))
        .route("/new", get(blank).post(make))
        .route("/{name}/edit", get(edit).post(change))
        .route("/{name}/check", post(check))
        .route("/{name}/renew", post(renew))
        .route("/{name}/delete", post(forget))
}

/// The address to which gateways send for a session.
pub fn inbox(visitor: &Visitor, hashtag: &str) -> String {
    format!("{}/api/v1/sessions/{hashtag}/inbound", visitor.public_url())
}

/// What was just done, when a form led here.
#[derive(Debug, Deserialize)]
struct Done {
    kept: Option<String>,
    gone: Option<String>,
}

async fn list(visitor: Visitor, Query(Done { kept, gone }): Query<Done>) -> Page {
    if visitor.organiser().is_err() {
        return Ok(door(&visitor, None, Role::Organiser, false));
    }
    let channels = &visitor.app.channels;
    let kept = kept.and_then(|name| channels.accounts.get(&name));
    let told = match kept {
        Some(account) => Some(AccountTold::Kept(channels.describe(&account))),
        None => gone.map(|_| AccountTold::Gone),
    };
    Ok(listed(&visitor, told))
}

#[derive(Debug, Deserialize)]
struct Choice {
    network: Option<String>,
}

async fn blank(visitor: Visitor, Query(Choice { network }): Query<Choice>) -> Page {
    if visitor.organiser().is_err() {
        return Ok(door(&visitor, None, Role::Organiser, false));
    }
    Ok(match network.as_deref().and_then(network_of) {
        Some(source) => form_page(&visitor, source, AccountForm::blank(source), None, None),
        None => html(StatusCode::OK, pages::account_networks(&house_shell(&visitor))),
    })
}

async fn make(visitor: Visitor, Form(form): Form<AccountForm>) -> Page {
    visitor.organiser()?;
    let source = network_of(&form.network).ok_or(Refusal::Malformed)?;
    let taken = visitor.app.channels.accounts.get(form.name.trim()).is_some();
    let kept = if taken { Err(AccountWrong::NameTaken) } else { keep(&visitor, &form.read(source)) };
    Ok(match kept {
        Ok((account, Some(secret))) => told_secret(&visitor, &account, secret),
        Ok((account, None)) => redirect_with(&format!("{LIST}?kept={}", account.name), []),
        Err(wrong) => form_page(&visitor, source, form, None, Some(wrong)),
    })
}

async fn edit(visitor: Visitor, Path(name): Path<String>) -> Page {
    if visitor.organiser().is_err() {
        return Ok(door(&visitor, None, Role::Organiser, false));
    }
    let account = own(&visitor, &name)?;
    let bare = |url: &url::Url| url.as_str().trim_end_matches('/').to_owned();
    let form = AccountForm {
        network: account.source.word().to_owned(),
        name: account.name.clone(),
        server: account.server.as_ref().map(bare).unwrap_or_default(),
        handle: account.handle.clone().unwrap_or_default(),
        secret: String::new(),
        hosts: account.hosts.iter().map(bare).collect::<Vec<_>>().join("\n"),
    };
    Ok(form_page(&visitor, account.source, form, Some(&account), None))
}

async fn change(visitor: Visitor, Path(name): Path<String>, Form(mut form): Form<AccountForm>) -> Page {
    visitor.organiser()?;
    let account = own(&visitor, &name)?;
    form.name.clone_from(&account.name);
    let given = !form.secret.trim().is_empty();
    let wrong = match keep(&visitor, &form.read(account.source)) {
        Ok(_) => return Ok(redirect_with(&format!("{LIST}?kept={}", account.name), [])),
        Err(AccountWrong::Refused(Refusal::Field { field })) if field == "secret" && !given => {
            AccountWrong::SecretNeeded
        }
        Err(wrong) => wrong,
    };
    Ok(form_page(&visitor, account.source, form, Some(&account), Some(wrong)))
}

async fn check(visitor: Visitor, Path(name): Path<String>) -> Page {
    visitor.organiser()?;
    let channels = &visitor.app.channels;
    let account = channels.accounts.get(&name).filter(|account| account.source != Source::Gateway);
    let account = account.ok_or(Refusal::NotFound)?;
    let outcome = channels.check(&account).await;
    Ok(listed(&visitor, Some(AccountTold::Checked { name, outcome })))
}

async fn renew(visitor: Visitor, Path(name): Path<String>) -> Page {
    visitor.organiser()?;
    let account = own(&visitor, &name)?;
    if account.source != Source::Gateway {
        return Err(Refusal::NotFound.into());
    }
    let secret = webhook_secret();
    let body = AccountForm { name, secret: secret.clone(), ..AccountForm::default() }.read(Source::Gateway);
    visitor.app.channels.accounts.keep(&body)?;
    visitor.app.channels.look_again();
    Ok(told_secret(&visitor, &account, secret))
}

async fn forget(visitor: Visitor, Path(name): Path<String>) -> Page {
    visitor.organiser()?;
    own(&visitor, &name)?;
    visitor.app.channels.accounts.forget(&name)?;
    visitor.app.channels.look_again();
    Ok(redirect_with(&format!("{LIST}?gone"), []))
}

fn network_of(word: &str) -> Option<Source> {
    Source::from_word(word).filter(|source| NETWORKS.contains(source))
}

/// An account of this name that is changed here; those in the installation's own file are not.
fn own(visitor: &Visitor, name: &str) -> Result<Arc<Account>, Refusal> {
    visitor.app.channels.accounts.get(name).filter(|account| !account.in_file).ok_or(Refusal::NotFound)
}

fn keep(visitor: &Visitor, body: &NewAccount) -> Result<(Arc<Account>, Option<String>), AccountWrong> {
    let kept = visitor.app.channels.accounts.keep(body).map_err(AccountWrong::Refused)?;
    visitor.app.channels.look_again();
    Ok(kept)
}

/// The list, also in answer to a form: the language is chosen at its own address.
fn listed(visitor: &Visitor, told: Option<AccountTold>) -> Response {
    let mut shell = house_shell(visitor);
    LIST.clone_into(&mut shell.path);
    let page = AccountsPage { accounts: visitor.app.channels.listed(), told };
    html(StatusCode::OK, pages::accounts(&shell, page))
}

fn form_page(
    visitor: &Visitor,
    source: Source,
    form: AccountForm,
    account: Option<&Account>,
    wrong: Option<AccountWrong>,
) -> Response {
    let mut shell = house_shell(visitor);
    if account.is_none() {
        // A form that was refused came back at an address that does not say which network.
        shell.path = format!("{LIST}/new?network={}", source.word());
    }
    let status = match &wrong {
        None => StatusCode::OK,
        Some(AccountWrong::Refused(refusal)) => status(refusal),
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let editing = account.map(|account| visitor.app.channels.describe(account).sessions);
    let page = AccountFormPage { source, form, editing, inbox: inbox(visitor, "HASHTAG"), wrong };
    html(status, pages::account_form(&shell, page))
}

fn told_secret(visitor: &Visitor, gateway: &Account, secret: String) -> Response {
    let page = AccountSecretPage { name: gateway.name.clone(), secret, inbox: inbox(visitor, "HASHTAG") };
    html(StatusCode::OK, pages::account_secret(&house_shell(visitor), page))
}
