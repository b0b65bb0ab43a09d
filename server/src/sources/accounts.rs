//! The municipality's accounts on networks, and its gateways: those in the installation's own file, and
//! those that the organiser made, whose secrets are sealed.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use anyhow::{Context, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use shared::{Refusal, Source, commands::NewAccount};
use url::Url;

use super::seal::Seal;
use crate::{clock::random_bytes, files::is_private, journal::Journal};

/// Under which name the accounts are kept.
const SETTING: &str = "accounts";
/// The longest name, address or secret, in bytes.
const MAX_FIELD: usize = 500;
const MAX_NAME: usize = 40;
const MAX_ACCOUNTS: usize = 50;
/// The public hosts of Jetstream, as its operators name them.
const JETSTREAM: [&str; 4] = [
    "wss://jetstream1.us-east.bsky.network",
    "wss://jetstream2.us-east.bsky.network",
    "wss://jetstream1.us-west.bsky.network",
    "wss://jetstream2.us-west.bsky.network",
];
/// Before a gateway's secret, as Standard Webhooks writes it.
const SECRET_PREFIX: &str = "whsec_";
const BLUESKY_SERVER: &str = "https://bsky.social";

/// An account that can be used.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// What the municipality calls it.
    pub name: String,
    /// On which network.
    pub source: Source,
    /// Its server; a gateway has none.
    pub server: Option<Url>,
    /// Its handle, where it is needed to sign in.
    pub handle: Option<String>,
    /// Where Bluesky is listened to.
    pub hosts: Vec<Url>,
    /// Its token, app password, or a gateway's secret.
    pub secret: Option<Secret>,
    /// Whether it stands in the installation's own file.
    pub in_file: bool,
}

/// Something that is never shown or logged.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// For whoever must send it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// All accounts.
pub struct Accounts {
    seal: Seal,
    journal: Arc<dyn Journal>,
    loopback: bool,
    all: RwLock<BTreeMap<String, Arc<Account>>>,
    /// Those that are kept and cannot be used now: their secret is sealed with another key, or the file has
    /// one of the same name. The key may come back, and the file may change.
    aside: Mutex<Vec<Kept>>,
}

/// An account of the organiser, as it is kept.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    name: String,
    source: Source,
    #[serde(default)]
    server: Option<String>,
    #[serde(default)]
    handle: Option<String>,
    #[serde(default)]
    hosts: Vec<String>,
    #[serde(default)]
    sealed: Option<String>,
}

/// The installation's own file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    account: Vec<Filed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filed {
    name: String,
    source: Source,
    server: Option<String>,
    handle: Option<String>,
    #[serde(default)]
    hosts: Vec<String>,
    secret: Option<String>,
}

impl Accounts {
    /// Reads what is kept, and the file when there is one. With `loopback`, servers may be on this
    /// machine and without TLS: for trials and tests.
    pub fn open(seal: Seal, journal: Arc<dyn Journal>, file: Option<&Path>, loopback: bool) -> anyhow::Result<Self> {
        let accounts = Self { seal, journal, loopback, all: RwLock::default(), aside: Mutex::default() };
        let (mut all, mut aside) = (BTreeMap::new(), Vec::new());
        for kept in accounts.kept()? {
            if let Some(account) = accounts.read(&kept) {
                all.insert(kept.name, Arc::new(account));
            } else {
                tracing::error!(account = %kept.name, "an account cannot be used: its secret is sealed with another key");
                aside.push(kept);
            }
        }
        if let Some(path) = file {
            for account in accounts.filed(path).with_context(|| path.display().to_string())? {
                let Some(before) = all.insert(account.name.clone(), Arc::new(account)) else { continue };
                ensure!(!before.in_file, "{}: two accounts are called {:?}", path.display(), before.name);
                tracing::warn!(account = %before.name, "the file's account takes the place of the organiser's");
                aside.push(accounts.sealed(&before));
            }
        }
        Ok(Self { all: RwLock::new(all), aside: Mutex::new(aside), ..accounts })
    }

    /// All of them, by name.
    pub fn all(&self) -> Vec<Arc<Account>> {
        self.all.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// The account of this name.
    pub fn get(&self, name: &str) -> Option<Arc<Account>> {
        self.all.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// Whether servers on this machine may be used.
    pub fn loopback(&self) -> bool {
        self.loopback
    }

    /// Makes an account, or changes it; a secret that is left out stays. For a new gateway a secret is
    /// made and told. The refusal names the field.
    pub fn keep(&self, body: &NewAccount) -> Result<(Arc<Account>, Option<String>), Refusal> {
        let known = self.get(body.name.trim());
        if known.as_ref().is_some_and(|known| known.in_file || known.source != body.source) {
            return Err(field("name"));
        }
        let mut account = self.check(body)?;
        let mut made = None;
        if account.secret.is_none()
            && let Some(known) = known
        {
            // Otherwise a secret could be brought to light by sending it to a server of one's own.
            if known.secret.is_some() && known.server != account.server {
                return Err(field("secret"));
            }
            account.secret.clone_from(&known.secret);
        }
        if account.source == Source::Gateway && account.secret.is_none() {
            let secret = webhook_secret();
            made = Some(secret.clone());
            account.secret = Some(Secret(secret));
        }
        let account = Arc::new(account);
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MAX_ACCOUNTS && !all.contains_key(&account.name) {
            return Err(field("name"));
        }
        let before = all.insert(account.name.clone(), Arc::clone(&account));
        if let Err(refusal) = self.write(&all) {
            match before {
                Some(before) => all.insert(account.name.clone(), before),
                None => all.remove(&account.name),
            };
            return Err(refusal);
        }
        self.aside().retain(|kept| kept.name != account.name);
        Ok((account, made))
    }

    /// Forgets an account.
    pub fn forget(&self, name: &str) -> Result<(), Refusal> {
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        match all.get(name) {
            None => return Err(Refusal::NotFound),
            Some(account) if account.in_file => return Err(field("name")),
            Some(_) => {}
        }
        let Some(before) = all.remove(name) else { return Err(Refusal::NotFound) };
        self.write(&all).inspect_err(|_| {
            all.insert(name.to_owned(), before);
        })
    }

    fn write(&self, all: &BTreeMap<String, Arc<Account>>) -> Result<(), Refusal> {
        let mut kept: Vec<Kept> =
            all.values().filter(|account| !account.in_file).map(|account| self.sealed(account)).collect();
        let replaced = |name: &str| all.get(name).is_some_and(|account| !account.in_file);
        kept.extend(self.aside().iter().filter(|kept| !replaced(&kept.name)).cloned());
        let text = serde_json::to_vec(&kept).map_err(|_| Refusal::NotStored)?;
        self.journal.keep_setting(SETTING, &text).map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "an account could not be kept");
            Refusal::NotStored
        })
    }

    fn aside(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.aside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sealed(&self, account: &Account) -> Kept {
        Kept {
            name: account.name.clone(),
            source: account.source,
            server: account.server.as_ref().map(Url::to_string),
            handle: account.handle.clone(),
            hosts: account.hosts.iter().map(Url::to_string).collect(),
            sealed: account.secret.as_ref().and_then(|secret| self.seal.seal(secret.reveal(), &account.name)),
        }
    }

    fn kept(&self) -> anyhow::Result<Vec<Kept>> {
        let Some(text) = self.journal.setting(SETTING)? else { return Ok(Vec::new()) };
        serde_json::from_slice(&text).context("the accounts in the database cannot be read")
    }

    fn read(&self, kept: &Kept) -> Option<Account> {
        let secret = match &kept.sealed {
            Some(sealed) => Some(Secret(self.seal.unseal(sealed, &kept.name)?)),
            None => None,
        };
        let Kept { name, source, server, handle, hosts, .. } = kept.clone();
        let server = server.and_then(|server| server.parse().ok());
        let hosts = hosts.iter().filter_map(|host| host.parse().ok()).collect();
        Some(Account { name, source, server, handle, hosts, secret, in_file: false })
    }

    fn filed(&self, path: &Path) -> anyhow::Result<Vec<Account>> {
        ensure!(
            is_private(&std::fs::metadata(path)?),
            "it can be read by others, and it holds secrets: `chmod 600` it"
        );
        let file: File = toml::from_str(&std::fs::read_to_string(path)?)?;
        let read = |filed: Filed| {
            let Filed { name, source, server, handle, hosts, secret } = filed;
            let body = NewAccount { name, source, server, handle, secret, hosts };
            let mut account = self.check(&body).map_err(|refusal| match refusal {
                Refusal::Field { field } => anyhow::anyhow!("account {:?}: {field} is missing or not right", body.name),
                other => anyhow::anyhow!("account {:?}: {}", body.name, other),
            })?;
            ensure!(
                source != Source::Gateway || account.secret.is_some(),
                "account {:?}: secret is missing",
                body.name
            );
            account.in_file = true;
            Ok(account)
        };
        file.account.into_iter().map(read).collect()
    }

    /// What was sent, cleaned; the refusal names the first field that is not right.
    fn check(&self, body: &NewAccount) -> Result<Account, Refusal> {
        let name = body.name.trim().to_owned();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        // It stands in addresses, where a dot in front leads elsewhere.
        if name.is_empty() || name.len() > MAX_NAME || name.starts_with('.') || !name.chars().all(plain) {
            return Err(field("name"));
        }
        let given =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let server = given(&body.server).or_else(|| (body.source == Source::Bluesky).then(|| BLUESKY_SERVER.into()));
        let server = server.map(|server| self.address(&server, "https").ok_or_else(|| field("server"))).transpose()?;
        let handle = given(&body.handle).map(|handle| handle.trim_start_matches('@').to_owned());
        let secret = given(&body.secret);
        if handle.as_ref().is_some_and(|handle| handle.len() > MAX_FIELD) {
            return Err(field("handle"));
        }
        if secret
            .as_ref()
            .is_some_and(|secret| secret.len() > MAX_FIELD || !secret.chars().all(|c| c.is_ascii_graphic()))
        {
            return Err(field("secret"));
        }
        let hosts = match body.source {
            Source::Bluesky if body.hosts.iter().all(|host| host.trim().is_empty()) => {
                JETSTREAM.iter().filter_map(|host| host.parse().ok()).collect()
            }
            Source::Bluesky => {
                let hosts = body.hosts.iter().map(|host| host.trim()).filter(|host| !host.is_empty());
                hosts.map(|host| self.address(host, "wss").ok_or_else(|| field("hosts"))).collect::<Result<_, _>>()?
            }
            _ => Vec::new(),
        };
        match body.source {
            Source::Mastodon if server.is_none() => return Err(field("server")),
            Source::Bluesky if secret.is_some() && handle.is_none() => return Err(field("handle")),
            Source::Gateway if secret.as_ref().is_some_and(|secret| webhook_key(secret).is_none()) => {
                return Err(field("secret"));
            }
            Source::Web | Source::Hall => return Err(field("source")),
            _ => {}
        }
        let server = server.filter(|_| body.source != Source::Gateway);
        Ok(Account { name, source: body.source, server, handle, hosts, secret: secret.map(Secret), in_file: false })
    }

    /// An address of a server: of this scheme, with nothing but a host and perhaps a port.
    fn address(&self, text: &str, scheme: &str) -> Option<Url> {
        let text = if text.contains("://") { text.to_owned() } else { format!("{scheme}://{text}") };
        let url: Url = text.parse().ok().filter(|_| text.len() <= MAX_FIELD)?;
        let plain = scheme.strip_suffix('s').unwrap_or(scheme);
        let right = url.scheme() == scheme || (self.loopback && url.scheme() == plain);
        let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        (right && bare && url.path() == "/" && url.host_str().is_some()).then_some(url)
    }
}

/// A new secret for a gateway.
pub fn webhook_secret() -> String {
    format!("{SECRET_PREFIX}{}", STANDARD.encode(random_bytes::<32>()))
}

/// The bytes of a gateway's secret.
pub fn webhook_key(secret: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(secret.strip_prefix(SECRET_PREFIX)?).ok()?;
    (bytes.len() >= 24).then_some(bytes)
}

fn field(name: &str) -> Refusal {
    Refusal::Field { field: name.into() }
}
