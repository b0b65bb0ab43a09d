//! What is printed when the server runs: where each screen is, and for whom.

use std::{fmt::Write as _, path::Path};

use super::keys::Staff;

/// The addresses of all screens, as a table, and what to know besides.
pub fn board(base: &str, staff: &Staff, organiser: &str, data: &Path, with_demo: bool) -> String {
    let tag = &staff.hashtag;
    let mut rows = vec![("citizens", format!("{base}/{tag}")), ("wall", format!("{base}/{tag}/wall"))];
    if let Some(keys) = &staff.keys {
        rows.push(("moderator", format!("{base}/{tag}/moderate?key={}", keys.moderator)));
        rows.push(("panel", format!("{base}/{tag}/panel?key={}", keys.panel)));
        rows.push(("departments", format!("{base}/{tag}/desk?key={}", keys.desk)));
    }
    rows.push(("organiser", format!("{base}/organise?key={organiser}")));
    let mut board = format!("\n  #{tag} is there.\n\n");
    for (who, address) in rows {
        let _ = writeln!(board, "    {who:<13}{address}");
    }
    board.push('\n');
    if staff.keys.is_none() {
        board.push_str("  The links for the staff were made elsewhere; the organiser's screen can renew them.\n");
    }
    if with_demo && staff.keys.is_some() {
        board.push_str(
            "  Forty citizens, a moderator and an alderman are simulated. What you ask yourself waits at the moderators'\n  \
             desk for you; what you do there, or answer on the panel, they leave as it is.\n",
        );
    }
    let _ = writeln!(
        board,
        "  Keys open everything: do not share them. All is kept in {}. Ctrl-C ends it.",
        data.display()
    );
    board
}

#[cfg(test)]
mod tests {
    use shared::commands::Keys;

    use super::*;

    #[test]
    fn every_role_has_its_address() {
        let keys = Keys { moderator: "mmm".into(), panel: "ppp".into(), desk: "ddd".into() };
        let staff = Staff { hashtag: "FietsFan010".into(), keys: Some(keys) };
        let board = board("http://127.0.0.1:8010", &staff, "ooo", Path::new("target/live"), false);
        for address in [
            "departments  http",
            "/FietsFan010\n",
            "/FietsFan010/wall\n",
            "/moderate?key=mmm\n",
            "/panel?key=ppp\n",
            "/desk?key=ddd\n",
            "/organise?key=ooo\n",
        ] {
            assert!(board.contains(address), "{address} is missing in {board}");
        }
    }
}
