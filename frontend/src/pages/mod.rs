//! Each page as a whole document, rendered to a string by a plain function.

#![allow(clippy::needless_pass_by_value, reason = "what a page shows is given away to be shown")]

mod account;
mod account_form;
mod accounts;
mod citizen;
mod document;
mod door;
mod elsewhere;
mod home;
mod moderate;
mod name;
mod near;
mod office;
mod organise;
mod panel;
mod problem;
mod question;
mod session_form;
mod wall;

pub use account::{AccountPage, account};
pub use account_form::{AccountForm, AccountFormPage, AccountWrong, account_form};
pub use accounts::{
    AccountSecretPage, AccountTold, AccountsPage, NETWORKS, account_networks, account_secret, accounts,
};
pub use citizen::{AskForm, CitizenPage, citizen};
pub use document::{Bundle, Head, document};
pub use door::{DoorPage, door};
pub use elsewhere::ElsewhereOn;
pub use home::{HomePage, home};
pub use moderate::{DeskPage, moderate};
pub use name::{NamePage, name};
pub use near::{NearPage, near, near_arrived, near_fragment};
pub use office::{OfficePage, office};
pub use organise::{OrganisePage, SessionPage, StaffLink, organise, session};
pub use panel::{PanelPage, panel};
pub use problem::problem;
pub use question::{QuestionPage, question};
pub use session_form::{SessionForm, SessionFormPage, session_form};
pub use wall::{WallPage, wall};
