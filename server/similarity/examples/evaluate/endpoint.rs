//! Sentence vectors from an OpenAI-compatible endpoint on this machine, to measure beside ours.

use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    net::TcpStream,
};

/// Vectors without what they have in common, of length 1.
pub fn centred(mut vectors: BTreeMap<String, Vec<f32>>) -> BTreeMap<String, Vec<f32>> {
    let width = vectors.values().next().map_or(0, Vec::len);
    let mut common = vec![0.0_f32; width];
    for vector in vectors.values() {
        for (sum, value) in common.iter_mut().zip(vector) {
            *sum += value;
        }
    }
    let count = f32::from(u16::try_from(vectors.len()).unwrap_or(u16::MAX));
    for vector in vectors.values_mut() {
        for (value, sum) in vector.iter_mut().zip(&common) {
            *value -= sum / count;
        }
        let length = vector.iter().map(|value| value.powi(2)).sum::<f32>().sqrt();
        for value in vector {
            *value /= length;
        }
    }
    vectors
}

/// The vector of one text, on a connection of its own.
pub fn embed(url: &str, text: &str) -> Vec<f32> {
    let host = url.trim_start_matches("http://").trim_end_matches('/');
    let body = serde_json::json!({ "input": [text] }).to_string();
    let mut connection = TcpStream::connect(host).expect("an endpoint that listens");
    write!(
        connection,
        "POST /v1/embeddings HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
    .expect("a request that is taken");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).expect("an answer");
    let json = answer.split_once("\r\n\r\n").map(|(_, body)| body).expect("a body");
    let json: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let vector = json["data"][0]["embedding"].as_array().expect("a vector");
    vector.iter().map(|value| serde_json::from_value(value.clone()).expect("a number")).collect()
}
