//! A bare TCP connection, for whoever speaks HTTP worse than any library would.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

use super::wait::PATIENCE;

/// One connection.
pub struct Wire {
    /// The socket itself.
    pub stream: TcpStream,
    /// What was read and not yet given out.
    rest: Vec<u8>,
}

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its first line and its headers, as they came.
    pub head: String,
    /// As much as `Content-Length` says.
    pub body: String,
}

impl Answer {
    /// A header's value, if it has it.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

impl Wire {
    /// Connects to a server at `127.0.0.1:PORT`.
    pub async fn to(address: &str) -> Self {
        Self::from("127.0.0.1", address).await
    }

    /// Connects from another address of this machine.
    pub async fn from(own: &str, address: &str) -> Self {
        let address: SocketAddr = address.parse().expect("an address");
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(format!("{own}:0").parse().expect("an address")).expect("an address of this machine");
        let stream = timeout(PATIENCE, socket.connect(address)).await.expect("an end to connecting");
        Self { stream: stream.expect("a connection"), rest: Vec::new() }
    }

    /// Sends bytes.
    pub async fn says(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.expect("an open connection");
    }

    /// Sends bytes to a server that may have hung up.
    pub async fn tries_to_say(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).await.is_ok()
    }

    /// Asks for a page and hears the answer.
    pub async fn gets(&mut self, path: &str) -> Answer {
        self.says(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
        self.hears().await
    }

    /// Hears an answer.
    pub async fn hears(&mut self) -> Answer {
        self.tries_to_hear().await.expect("an answer")
    }

    /// Hears an answer, or that there is none.
    pub async fn tries_to_hear(&mut self) -> Option<Answer> {
        timeout(PATIENCE, self.hear()).await.expect("an answer or an end")
    }

    async fn hear(&mut self) -> Option<Answer> {
        let end = loop {
            if let Some(end) = self.rest.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            self.read().await?;
        };
        let head = String::from_utf8(self.rest.drain(..end).collect()).expect("a readable head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let mut answer = Answer { status, head, body: String::new() };
        let length = answer.header("content-length").map_or(0, |length| length.parse().expect("a length"));
        while self.rest.len() < length {
            self.read().await?;
        }
        answer.body = String::from_utf8_lossy(&self.rest.drain(..length).collect::<Vec<_>>()).into_owned();
        Some(answer)
    }

    /// Waits until the server hangs up, for this long at most; whatever it says meanwhile is left out.
    pub async fn is_cut_within(&mut self, longest: Duration) -> bool {
        timeout(longest, async { while self.read().await.is_some() {} }).await.is_ok()
    }

    /// Bytes that came since; `None` at the end.
    async fn read(&mut self) -> Option<()> {
        let mut bytes = [0; 4_096];
        match self.stream.read(&mut bytes).await {
            Ok(0) | Err(_) => None,
            Ok(length) => {
                self.rest.extend_from_slice(&bytes[..length]);
                Some(())
            }
        }
    }
}
