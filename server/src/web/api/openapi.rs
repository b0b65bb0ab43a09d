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

use super::{accounts, citizens, desk, inbound, moderators, organisers, panel, sessions};
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
        moderators::view, moderators::approve, moderators::decline, moderators::restore, moderators::edit, moderators::bundle,
        moderators::unbundle, moderators::stage, moderators::unstage, moderators::order, moderators::enter, moderators::banner,
        moderators::question_box, moderators::undo, moderators::lead, moderators::mask, moderators::label, moderators::assign,
        moderators::route, moderators::many, moderators::part, moderators::proposals, moderators::claim, moderators::unclaim,
        moderators::revise, moderators::tell, moderators::announce, moderators::paste, moderators::again, inbound::receive,
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
