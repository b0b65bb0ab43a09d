//! Staff: who holds a key may act. The values here cannot be made but by showing one.

use axum::http::{HeaderMap, header};
use conversation::{Conversation, Staff};
use serde::{Deserialize, Serialize};
use shared::{Refusal, Role};
use subtle::ConstantTimeEq;

use super::{Cookies, Signer};
use crate::{
    digest::key_hash,
    hub::{Keyring, Session},
};

/// The digest of the organiser's key.
#[derive(Clone, Copy)]
pub struct OrganiserKey(pub [u8; 32]);

/// A moderator of one session.
#[derive(Debug, Clone)]
pub struct Moderator(Staff);

/// Somebody on the panel of one session.
#[derive(Debug, Clone)]
pub struct PanelMember(Staff);

/// A civil servant at the desk of one session.
#[derive(Debug, Clone)]
pub struct CivilServant(Staff);

/// The organiser of this installation.
#[derive(Debug, Clone)]
pub struct Organiser(Staff);

/// What a staff cookie says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StaffPass {
    /// The session's folded hashtag; empty for the organiser.
    pub session: String,
    /// What it opens.
    pub role: Role,
    /// The generation of the key for which it was given; for the organiser a part of its digest.
    pub generation: u64,
    /// What colleagues may call them.
    pub name: Option<String>,
}

/// What a request shows: an `Authorization: Bearer` key or token, and cookies.
pub struct Credentials<'a> {
    /// The request's headers.
    pub headers: &'a HeaderMap,
    /// Reads its cookies.
    pub cookies: &'a Cookies,
    /// Recognises its tokens.
    pub signer: &'a Signer,
    /// Knows the staff keys.
    pub keyring: &'a Keyring,
    /// Knows the organiser's key.
    pub organiser: OrganiserKey,
}

impl Moderator {
    /// As the conversation knows them.
    pub fn staff(&self) -> Staff {
        self.0.clone()
    }
}

impl PanelMember {
    /// As the conversation knows them.
    pub fn staff(&self) -> Staff {
        self.0.clone()
    }
}

impl CivilServant {
    /// As the conversation knows them.
    pub fn staff(&self) -> Staff {
        self.0.clone()
    }
}

impl Organiser {
    /// As the conversation knows them.
    pub fn staff(&self) -> Staff {
        self.0.clone()
    }
}

impl OrganiserKey {
    /// Whether this is the organiser's key, in constant time.
    pub fn is(&self, key: &str) -> bool {
        key_hash(key).ct_eq(&self.0).into()
    }

    /// Tells cookies given for this key from those given for an earlier one.
    pub fn generation(&self) -> u64 {
        u64::from_be_bytes(self.0[..8].try_into().unwrap_or_default())
    }
}

impl Credentials<'_> {
    /// The bearer key or token, if one was sent.
    pub fn bearer(&self) -> Option<&str> {
        let value = self.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let (scheme, key) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
    }

    /// The moderator who sends this, or why not: 401 without or with an unknown key, 403 with
    /// one that opens something else.
    pub fn moderator(&self, session: &Session) -> Result<Moderator, Refusal> {
        self.staff(session, Role::Moderator).map(Moderator)
    }

    /// The panel member who sends this, or why not.
    pub fn panel(&self, session: &Session) -> Result<PanelMember, Refusal> {
        self.staff(session, Role::Panel).map(PanelMember)
    }

    /// The civil servant who sends this, or why not.
    pub fn desk(&self, session: &Session) -> Result<CivilServant, Refusal> {
        self.staff(session, Role::Desk).map(CivilServant)
    }

    /// The organiser, or why it is not them.
    pub fn organiser(&self) -> Result<Organiser, Refusal> {
        let staff = Staff { name: "Organisator".into(), role: Role::Organiser };
        if let Some(key) = self.bearer() {
            return if self.organiser.is(key) {
                Ok(Organiser(staff))
            } else if self.is_known(key) {
                Err(Refusal::Forbidden)
            } else {
                Err(Refusal::Unauthorized)
            };
        }
        let pass = self.pass("", Role::Organiser).ok_or(Refusal::Unauthorized)?;
        if pass.generation == self.organiser.generation() { Ok(Organiser(staff)) } else { Err(Refusal::Unauthorized) }
    }

    /// What the staff cookie for this session and role says, whether or not it is still good.
    pub fn pass(&self, session: &str, role: Role) -> Option<StaffPass> {
        let statement = self.cookies.staff(self.headers, session, role)?;
        let pass: StaffPass = self.signer.read_statement(&statement)?;
        (pass.session == session && pass.role == role).then_some(pass)
    }

    fn staff(&self, session: &Session, role: Role) -> Result<Staff, Refusal> {
        if let Some(key) = self.bearer() {
            return match self.keyring.opens(key) {
                Some(grant) if grant.session == session.name() && grant.role == role => Ok(nameless(role)),
                Some(_) => Err(Refusal::Forbidden),
                None if self.is_known(key) => Err(Refusal::Forbidden),
                None => Err(Refusal::Unauthorized),
            };
        }
        let pass = self.pass(session.name(), role).ok_or(Refusal::Unauthorized)?;
        if pass.generation != session.read(|now: &Conversation| now.key_generation(role)) {
            return Err(Refusal::Unauthorized);
        }
        Ok(Staff { name: pass.name.unwrap_or_else(|| nameless(role).name), role })
    }

    /// Whether the server knows who this is, though not for this.
    fn is_known(&self, key: &str) -> bool {
        self.organiser.is(key) || self.keyring.opens(key).is_some() || self.signer.participant(key).is_some()
    }
}

fn nameless(role: Role) -> Staff {
    let name = match role {
        Role::Panel => "Panel",
        Role::Desk => "Dienst",
        Role::Moderator | Role::Organiser => "Moderator",
    };
    Staff { name: name.into(), role }
}
