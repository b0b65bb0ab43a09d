//! The description of the API, made from the code it describes.

use axum::{Json, http::header, response::IntoResponse};
use shared::{
    Flag,
    commands::ManyDeed,
    views::{
        DeskCard, DeskSession, ModeratorCard, ModeratorSession, PanelCard, PanelSession, PublicCard, PublicSession,
    },
};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use super::{
    accounts, citizens, desk, inbound,
    moderators::{self, alike, card, claims, networks},
    organisers, panel, sessions,
};
use crate::web::{events, socket};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Samenspraak",
        version = "1.0.0",
        description = "Live co-creation sessions between citizens and their aldermen. Errors are RFC 9457 problem documents.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    servers((url = "/api/v1")),
    paths(
        citizens::participate, citizens::mine, citizens::ask, citizens::withdraw, citizens::support, citizens::withdraw_support,
        sessions::list, sessions::show, sessions::question, sessions::near, sessions::account, socket::join, events::follow,
        moderators::view, moderators::many, moderators::order, moderators::enter, moderators::banner, moderators::question_box,
        moderators::undo, alike::part, alike::proposals, claims::claim, claims::unclaim,
        card::approve, card::decline, card::restore, card::edit, card::bundle, card::unbundle, card::lead, card::mask,
        card::label, card::assign, card::route, card::stage, card::unstage, card::revise, card::tell,
        networks::announce, networks::paste, networks::again, inbound::receive,
        accounts::list, accounts::keep, accounts::forget, accounts::check,
        desk::view, desk::briefing, desk::proposal,
        panel::view, panel::answer, panel::draft,
        organisers::create, organisers::change, organisers::renew_key, organisers::move_phase,
    ),
    components(schemas(
        PublicSession, ModeratorSession, PanelSession, DeskSession, PublicCard, ModeratorCard, PanelCard, DeskCard, Flag, ManyDeed
    )),
    modifiers(&Keys)
)]
struct Description;

struct Keys;

impl Modify for Keys {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A participant's token, or a staff key"))
            .build();
        openapi.components.get_or_insert_default().add_security_scheme("key", SecurityScheme::Http(scheme));
    }
}

/// `GET /api/v1/openapi.json`.
pub async fn description() -> impl IntoResponse {
    // API Design Rules, /core/publish-openapi: readable from any site.
    ([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], Json(Description::openapi()))
}
