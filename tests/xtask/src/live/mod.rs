//! `cargo xtask live`: a server with a session in it, and where each of its screens is.

mod board;
mod keys;
mod server;
mod session;

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::Path,
};

use anyhow::{Context as _, Result, bail};

use crate::{api::Api, demo, progress::Stopwatch, progress::heading, stop::Stop};
use server::Server;

/// How to reach a server that listens here, from this machine.
pub fn address(listen: SocketAddr) -> String {
    let host = if listen.ip().is_unspecified() { "localhost".to_owned() } else { host_of(listen) };
    format!("http://{host}:{}", listen.port())
}

/// Says so when another program listens there; better before a long build than after it.
pub fn must_be_free(listen: SocketAddr) -> Result<()> {
    if let Err(error) = TcpListener::bind(listen) {
        bail!("cannot listen on {listen}: {error}. Choose another place with, for instance, `--listen 127.0.0.1:8011`");
    }
    Ok(())
}

/// Starts the server, sees that there is a session, prints the addresses and, with `with_demo`, lets
/// simulated people take part; until Ctrl-C.
pub fn run(listen: SocketAddr, public_url: Option<&str>, data: &Path, with_demo: bool) -> Result<()> {
    let watch = Stopwatch::start();
    fs::create_dir_all(data).with_context(|| format!("cannot make {}", data.display()))?;
    let data = &data.canonicalize()?;
    let organiser = keys::organiser(data)?;
    let stop = Stop::on_request()?;
    heading(watch, "server: starting");
    let mut server = Server::start(listen, public_url, data, &organiser)?;
    let api = Api::at(address(listen));
    if !server.wait_until_ready(&api, &stop)? {
        return server.end();
    }
    let staff = session::prepare(&api, &organiser, data)?;
    let base = public_url.map_or_else(|| api.base().to_owned(), |url| url.trim_end_matches('/').to_owned());
    println!("{}", board::board(&base, &staff, &organiser, data, with_demo));
    let mut people = Vec::new();
    if let (true, Some(keys)) = (with_demo, &staff.keys) {
        people = demo::start(&api, &staff.hashtag, keys, &stop);
    }
    let outcome = server.wait(&stop);
    stop.request();
    for person in people {
        if person.join().is_err() {
            eprintln!("a simulated person stumbled");
        }
    }
    outcome
}

fn host_of(listen: SocketAddr) -> String {
    match listen.ip() {
        std::net::IpAddr::V4(ip) => ip.to_string(),
        std::net::IpAddr::V6(ip) => format!("[{ip}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_can_be_opened_on_this_machine() {
        let told = |listen: &str| address(listen.parse().expect("an address"));
        assert_eq!(told("127.0.0.1:8010"), "http://127.0.0.1:8010");
        assert_eq!(told("0.0.0.0:80"), "http://localhost:80");
        assert_eq!(told("[::1]:8010"), "http://[::1]:8010");
    }

    #[test]
    fn a_taken_port_is_told() {
        let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let complaint = must_be_free(taken.local_addr().expect("its address")).expect_err("taken");
        assert!(complaint.to_string().contains("--listen"));
    }
}
