//! What a Mastodon can be told over HTTP; each order is one method of [`Server`].

use std::sync::Arc;

use axum::Router;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Account, Draft, Rules, Server};
use crate::control::{self, Told, parts, patient};

pub fn router(server: &Arc<Server>) -> Router {
    control::router(server)
}

#[derive(Deserialize)]
struct Tooted {
    account: String,
    #[serde(flatten)]
    draft: Draft,
}

#[derive(Deserialize)]
struct Edited {
    id: String,
    text: Option<String>,
    html: Option<String>,
    tags: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Boosted {
    account: String,
    id: String,
}

#[derive(Deserialize)]
struct Of {
    #[serde(default)]
    id: String,
    #[serde(default)]
    account: String,
    #[serde(default)]
    tag: String,
    #[serde(default)]
    token: String,
    #[serde(default = "all")]
    scopes: String,
    #[serde(default = "one")]
    count: usize,
    #[serde(default = "yes")]
    silent: bool,
}

fn all() -> String {
    "read write".to_owned()
}

const fn one() -> usize {
    1
}

const fn yes() -> bool {
    true
}

impl Told for Server {
    async fn told(self: Arc<Self>, what: String, how: Value) -> Result<Option<Value>, serde_json::Error> {
        let done = json!({});
        Ok(Some(match what.as_str() {
            "account" => {
                self.account(parts::<Account>(how)?);
                done
            }
            "rules" => {
                self.rule(parts::<Rules>(how)?);
                done
            }
            "toot" => {
                let Tooted { account, draft } = parts(how)?;
                let id = self.toot(&account, draft);
                json!({"id": id, "status": self.status(&id)})
            }
            "edit" => {
                let edited: Edited = parts(how)?;
                let found = self.edit(&edited.id, |draft| {
                    draft.text = edited.text.unwrap_or_else(|| draft.text.clone());
                    draft.html = edited.html.or_else(|| draft.html.clone());
                    draft.tags = edited.tags.unwrap_or_else(|| draft.tags.clone());
                });
                json!({"found": found})
            }
            "boost" => {
                let Boosted { account, id } = parts(how)?;
                json!({"id": self.boost(&account, &id)})
            }
            "federate" => match self.federate(&how) {
                Ok(id) => json!({"id": id}),
                Err(_) => return Ok(None),
            },
            "push" => {
                self.push(&control::push(how)?);
                done
            }
            "disconnect" => {
                self.disconnect();
                done
            }
            "half_frame" => {
                self.half_frame();
                done
            }
            "delete" | "status" | "statuses" | "subscribers" | "subscribed" | "repeat" | "reorder" | "silence"
            | "token" | "expire_token" => self.told_of(&what, parts(how)?).await,
            _ => return control::common(&self.desk, &self.clock, &what, how).await,
        }))
    }
}

impl Server {
    async fn told_of(&self, what: &str, of: Of) -> Value {
        match what {
            "delete" => return json!({"found": self.delete(&of.id)}),
            "status" => return json!(self.status(&of.id)),
            "statuses" => return json!(self.statuses_of(&of.account)),
            "subscribers" => return json!({"count": self.subscribers(&of.tag)}),
            "subscribed" => return json!({"came": patient(self.subscribed(&of.tag, of.count)).await}),
            "repeat" => self.repeat(of.count),
            "reorder" => self.reorder(of.count),
            "silence" => self.silence(of.silent),
            "token" => self.token(&of.token, &of.account, &of.scopes),
            _ => self.expire_token(&of.token),
        }
        json!({})
    }
}
