//! Who sends a request: participants by token or cookie, staff by key or cookie. Authority is a
//! value that only a checked request can make.

mod cookies;
mod staff;
mod tokens;

pub use cookies::{Cookies, set_cookies};
pub use staff::{CivilServant, Credentials, Moderator, Organiser, OrganiserKey, PanelMember, StaffPass};
pub use tokens::{Signer, new_key, new_participant};
