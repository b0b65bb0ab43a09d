//! What the server tells whoever runs it, line by line. It holds nothing of people: no words, names,
//! addresses or keys. Other crates know nothing of that promise, so of theirs only warnings pass.

use std::io::IsTerminal;

use tracing::Level;
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, filter_fn},
    fmt,
    layer::SubscriberExt,
    registry,
    util::SubscriberInitExt,
};

use crate::config::LogFormat;

/// The target of this crate's own lines.
const OWN: &str = env!("CARGO_CRATE_NAME");

/// Begins, as the environment's `SAMENSPRAAK_LOG` says.
pub fn start(format: LogFormat) {
    let wanted = EnvFilter::try_from_env("SAMENSPRAAK_LOG").unwrap_or_else(|_| "info".into());
    let own = filter_fn(|line| line.target().starts_with(OWN) || *line.level() <= Level::WARN)
        // So that what is not wanted costs nothing: the lower of both hints counts.
        .with_max_level_hint(Level::TRACE);
    let ansi = std::io::stderr().is_terminal();
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(ansi).boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    registry().with(lines.with_filter(wanted.and(own))).init();
}
