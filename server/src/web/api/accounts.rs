//! The municipality's accounts, for the organiser.

use std::sync::Arc;

use axum::{extract::Path, http::StatusCode, response::IntoResponse};
use shared::{
    Refusal, Source,
    commands::{AccountChecked, AccountKept, NewAccount},
    problem::Problem,
    views::NetworkAccount,
};

use super::Answer;
use crate::web::{
    body::Json,
    tagged::{self, Keep},
    visitor::Visitor,
};

/// The accounts, without their secrets.
#[utoipa::path(get, path = "/accounts", tag = "organiser", responses(
    (status = 200, body = Vec<NetworkAccount>), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn list(visitor: Visitor) -> Answer {
    visitor.organiser()?;
    Ok(tagged::json(&visitor.headers, &visitor.app.channels.listed(), Keep::Own))
}

/// Makes an account, or changes it. A gateway's secret is made when none is given, and told this once.
#[utoipa::path(put, path = "/accounts/{name}", tag = "organiser", request_body = NewAccount, params(("name" = String, Path)), responses(
    (status = 200, body = AccountKept), (status = 401, body = Problem), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn keep(visitor: Visitor, Path(name): Path<String>, Json(mut body): Json<NewAccount>) -> Answer {
    visitor.organiser()?;
    body.name = name;
    let channels = &visitor.app.channels;
    let (account, secret) = channels.accounts.keep(&body)?;
    channels.look_again();
    let kept = AccountKept { account: channels.describe(&account), secret };
    Ok(axum::Json(kept).into_response())
}

/// Forgets an account; sessions that have it switched on no longer hear or say anything through it.
#[utoipa::path(delete, path = "/accounts/{name}", tag = "organiser", params(("name" = String, Path)), responses(
    (status = 204, description = "It is forgotten"), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn forget(visitor: Visitor, Path(name): Path<String>) -> Answer {
    visitor.organiser()?;
    visitor.app.channels.accounts.forget(&name)?;
    visitor.app.channels.look_again();
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Asks the network whether an account can send: its handle when it can, the network's own words when it
/// cannot.
#[utoipa::path(post, path = "/accounts/{name}/check", tag = "organiser", params(("name" = String, Path)), responses(
    (status = 200, body = AccountChecked), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem)))]
pub async fn check(visitor: Visitor, Path(name): Path<String>) -> Answer {
    visitor.organiser()?;
    let channels = &visitor.app.channels;
    let account = channels.accounts.get(&name).filter(|account| account.source != Source::Gateway);
    let account: Arc<_> = account.ok_or(Refusal::NotFound)?;
    let words = channels.check(&account).await.err();
    Ok(axum::Json(AccountChecked { account: channels.describe(&account), words }).into_response())
}
