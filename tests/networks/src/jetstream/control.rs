//! What a Jetstream can be told over HTTP; each order is one method of [`Server`].

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Post, Server};
use crate::control::{self, Told, parts, patient};

#[derive(Deserialize)]
struct Posted {
    #[serde(default)]
    did: String,
    #[serde(default)]
    handle: String,
    #[serde(default)]
    uri: String,
    #[serde(flatten)]
    post: Post,
}

#[derive(Deserialize)]
#[serde(default)]
struct Of {
    did: String,
    handle: String,
    uri: String,
    kind: String,
    gone: Option<String>,
    count: usize,
}

impl Default for Of {
    fn default() -> Self {
        let none = String::new;
        Self { did: none(), handle: none(), uri: none(), kind: none(), gone: None, count: 1 }
    }
}

impl Told for Server {
    async fn told(self: Arc<Self>, what: String, how: Value) -> Result<Option<Value>, serde_json::Error> {
        match what.as_str() {
            "post" => {
                let Posted { did, handle, post, .. } = parts(how)?;
                return Ok(Some(json!({"uri": self.post(&did, &handle, &post)})));
            }
            "update" => {
                let Posted { uri, post, .. } = parts(how)?;
                self.update(&uri, &post);
            }
            "subscribed" => {
                let Of { count, .. } = parts(how)?;
                return Ok(Some(json!({"came": patient(self.subscribed(count)).await})));
            }
            "push" => self.push(&control::push(how)?),
            "disconnect" => self.disconnect(),
            "half_frame" => self.half_frame(),
            "delete" => self.delete(&parts::<Of>(how)?.uri),
            "repeat" => self.repeat(parts::<Of>(how)?.count),
            "account" => {
                let Of { did, gone, .. } = parts(how)?;
                self.account(&did, gone.as_deref());
            }
            "named" => {
                let Of { did, handle, .. } = parts(how)?;
                self.named(&did, &handle);
            }
            "unknown_kind" => {
                let Of { did, kind, .. } = parts(how)?;
                self.unknown_kind(&did, &kind);
            }
            _ => return control::common(&self.desk, &self.clock, &what, how).await,
        }
        Ok(Some(json!({})))
    }
}
