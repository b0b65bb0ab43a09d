//! What the command line and the environment set.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use url::Url;

use crate::web::Patience;

/// Moderates live co-creation sessions between citizens and their aldermen.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Config {
    /// How the log is written, on standard error.
    #[arg(long, global = true, value_enum, default_value_t, env = "SAMENSPRAAK_LOG_FORMAT")]
    pub log_format: LogFormat,
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// A JSON object on each line.
    Json,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Serve sessions until told to stop.
    Serve(Box<Serve>),
    /// Copy everything into one file, also while the server runs.
    Backup(Backup),
    /// Put a copy in the place of what is there; the server must be stopped. What was there is kept.
    Restore(Restore),
    /// Say whether everything is sound, also while the server runs. Exit code 1 when it is not.
    Verify(Verify),
    /// Say which questions in a file mean the same.
    ///
    /// Prints a JSON line for each question, in order: {"id":…,"group":…,"nearest":[{"id":…,"score":…}, …]}. Questions
    /// with the same group seem to mean the same; the largest group is 1, and who is alone has null. The nearest are
    /// five at most, best first, with about the chance that they mean the same, 0 to 1.
    Cluster(Cluster),
}

/// What to copy, and where to.
#[derive(Debug, Args)]
pub struct Backup {
    /// The directory of the database.
    #[arg(long, default_value = "data", env = "SAMENSPRAAK_DATA")]
    pub data: PathBuf,
    /// The file to make; it must not be there yet.
    pub to: PathBuf,
}

/// What to go back to.
#[derive(Debug, Args)]
pub struct Restore {
    /// The directory of the database; made when it is not there.
    #[arg(long, default_value = "data", env = "SAMENSPRAAK_DATA")]
    pub data: PathBuf,
    /// A file that `backup` made.
    pub from: PathBuf,
}

/// What to read through.
#[derive(Debug, Args)]
pub struct Verify {
    /// The directory of the database.
    #[arg(long, default_value = "data", env = "SAMENSPRAAK_DATA")]
    pub data: PathBuf,
    /// A file that `backup` made, to read instead.
    pub file: Option<PathBuf>,
}

/// What to look through.
#[derive(Debug, Args)]
pub struct Cluster {
    /// A question on each line, or a JSON object with `text` and perhaps `id` (a text or a number); without an id, a
    /// question's is the number of its line. UTF-8; - is standard input. It is read whole before anything is printed.
    pub file: PathBuf,
    /// Compare by letters alone, without the meanings of words.
    #[arg(long)]
    pub letters_alone: bool,
}

/// How to serve.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen; port 0 takes a free one and prints it.
    #[arg(long, default_value = "127.0.0.1:8010", env = "SAMENSPRAAK_LISTEN")]
    pub listen: SocketAddr,
    /// The directory of the database; made when it is not there.
    #[arg(long, default_value = "data", env = "SAMENSPRAAK_DATA")]
    pub data: PathBuf,
    /// The address people type, when a proxy stands in front; https makes cookies Secure.
    #[arg(long, env = "SAMENSPRAAK_PUBLIC_URL")]
    pub public_url: Option<Url>,
    /// Accept any number of requests from anybody: for tests and load measurements only.
    #[arg(long)]
    pub no_limits: bool,
    /// How many connections may be open at once; never more than the limit on open files allows.
    #[arg(long, default_value_t = 60_000, env = "SAMENSPRAAK_MAX_CONNECTIONS")]
    pub max_connections: usize,
    /// How many of them one network may have, an IPv4 address or an IPv6 /64; without it, what a hall
    /// needs. Not counted behind a proxy.
    #[arg(long, env = "SAMENSPRAAK_MAX_CONNECTIONS_PER_NETWORK")]
    pub max_connections_per_network: Option<usize>,
    /// The phones of the largest hall behind one address: what one network may do is made for these.
    #[arg(long, default_value_t = 15_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000), env = "SAMENSPRAAK_HALL")]
    pub hall: u32,
    /// A list of words that moderators should look at, besides those that come with the program: one
    /// entry a line, `#` before a comment.
    #[arg(long, env = "SAMENSPRAAK_INSULTS")]
    pub insults: Option<PathBuf>,
    /// An OpenAI-compatible endpoint that tells which questions mean the same, as https://…/v1/embeddings, instead of the
    /// table that comes with the program. The words of questions are sent to it, also of those that wait. Its key, when
    /// it wants one, is taken from `SAMENSPRAAK_EMBEDDINGS_KEY`.
    #[arg(long, env = "SAMENSPRAAK_EMBEDDINGS_URL")]
    pub embeddings_url: Option<Url>,
    /// The model to ask it for, when it has more than one.
    #[arg(long, env = "SAMENSPRAAK_EMBEDDINGS_MODEL")]
    pub embeddings_model: Option<String>,
    #[command(flatten)]
    pub patience: Patience,
    /// Take the visitor's address from X-Forwarded-For: only behind a proxy that sets it.
    #[arg(long, env = "SAMENSPRAAK_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// The organiser's key, at least 32 characters; without it one is made at the first start.
    #[arg(long, env = "SAMENSPRAAK_ORGANISER_KEY", hide_env_values = true, hide = true)]
    pub organiser_key: Option<String>,
    /// Accounts on networks, and gateways, that are not made in the organiser's screen: a TOML file that
    /// only its owner can read (`server/deploy/ACCOUNTS.md`).
    #[arg(long, env = "SAMENSPRAAK_ACCOUNTS")]
    pub accounts: Option<PathBuf>,
    /// The key that seals the tokens of accounts in the database, 32 bytes in base64; without it, the one
    /// in DATA/accounts.key, which is made at the first start.
    #[arg(long, env = "SAMENSPRAAK_ACCOUNTS_KEY", hide_env_values = true, hide = true)]
    pub accounts_key: Option<String>,
    /// Lets the servers of accounts be on this machine, without TLS: for tests and trials only.
    #[arg(long)]
    pub accounts_on_loopback: bool,
    /// Where the identities of Bluesky are kept, when it is not the usual directory.
    #[arg(long, env = "SAMENSPRAAK_BLUESKY_DIRECTORY")]
    pub bluesky_directory: Option<Url>,
    /// Lets whoever shows it read /metrics from elsewhere, at least 32 characters; without it, only
    /// this machine itself may.
    #[arg(long, env = "SAMENSPRAAK_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
}
