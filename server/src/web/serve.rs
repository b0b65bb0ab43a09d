//! Accepts connections, as many as there are places for, with limits on how long anybody may dawdle;
//! and ends in order: no new connections, requests in flight finished, sockets told to come back.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Extension, Router, http::Request};
use futures_util::future::{Either, ready};
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{Service as _, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use shared::{Language, sentences::problems};
use socket2::{SockRef, TcpKeepalive};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    pin,
    sync::watch,
    time::{interval, sleep, timeout},
};
use tower::Layer;

use super::{App, express, network::Network, patience::Patience, places::Place};

/// How large a request's head may be, in bytes; over it the answer is 431. Its number of headers is
/// bounded by hyper: 100.
const HEAD: usize = 16 * 1024;
/// How many connections may wait to be accepted: a hall that opens the page at once.
const BACKLOG: u32 = 4_096;
/// How often the tables of limits are swept.
const TIDY: Duration = Duration::from_mins(5);
/// When those may come back for whom there was no place, in seconds.
const COME_BACK_IN: u32 = 5;
/// How many of those are heard out at the same time, and for how long each.
const FAREWELLS: usize = 16;
const FAREWELL: Duration = Duration::from_secs(1);
/// How long no connection is accepted after one could not be.
const RECOVERY: Duration = Duration::from_millis(50);

/// Who is at the other end of a connection.
#[derive(Clone)]
pub struct Guest {
    /// Their address, or their proxy's.
    pub peer: SocketAddr,
    /// Their place among all connections, to be held for as long as the socket is open; none when
    /// places are not counted.
    pub place: Option<Arc<Place>>,
}

/// Starts listening. What is set here holds for every connection that is accepted.
pub fn listen(at: SocketAddr, patience: Patience) -> io::Result<TcpListener> {
    let socket = if at.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.set_nodelay(true)?;
    // A machine that vanished says nothing. With something on its way to it, it is given up after this
    // long; when nothing is, it is asked whether it is there.
    let interval = (patience.wire / 3).max(Duration::from_secs(1));
    let ask = TcpKeepalive::new().with_time(patience.wire).with_interval(interval).with_retries(3);
    let options = SockRef::from(&socket);
    options.set_tcp_keepalive(&ask)?;
    options.set_tcp_user_timeout(Some(patience.wire))?;
    socket.bind(at)?;
    socket.listen(BACKLOG)
}

/// Serves until `stopping` turns true, then ends within ten seconds.
pub async fn serve(listener: TcpListener, router: Router, app: Arc<App>, mut stopping: watch::Receiver<bool>) {
    let mut tidy = interval(TIDY);
    let door = Door::new(router, &app);
    let mut troubled = false;
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    troubled = false;
                    door.welcome(stream, peer);
                }
                // Out of file descriptors, most likely: some will be free in a moment.
                Err(error) => {
                    if !troubled {
                        tracing::warn!(%error, "no connection can be accepted at present");
                    }
                    troubled = true;
                    sleep(RECOVERY).await;
                }
            },
            _ = tidy.tick() => {
                app.limits.tidy();
                app.crowds.tidy(app.clock.now());
            }
            _ = stopping.wait_for(|stop| *stop) => break,
        }
    }
    drop(listener);
    app.viewers.leave();
    app.open.close();
    if timeout(app.patience.goodbye, app.open.wait()).await.is_err() {
        tracing::warn!("some connections did not end in time");
    }
}

/// What every connection is given.
struct Door {
    router: Router,
    app: Arc<App>,
    http: http1::Builder,
    /// What those are told for whom there is no place; ready, so that it costs next to nothing.
    full: Arc<[u8]>,
}

impl Door {
    fn new(router: Router, app: &Arc<App>) -> Self {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(app.patience.head).max_header_size(HEAD);
        Self { router, app: Arc::clone(app), http, full: full().into() }
    }

    fn welcome(&self, stream: TcpStream, peer: SocketAddr) {
        let place = match &self.app.places {
            None => None,
            Some(places) => match places.take(Network::of(peer.ip())) {
                None => return self.turn_away(stream),
                place => place,
            },
        };
        self.serve(stream, Guest { peer, place });
    }

    fn serve(&self, stream: TcpStream, guest: Guest) {
        let app = Arc::clone(&self.app);
        let router = TowerToHyperService::new(Extension(guest.clone()).layer(self.router.clone()));
        let service = service_fn(move |request: Request<Incoming>| match express::answer(&app, &guest, &request) {
            Some(answer) => Either::Left(ready(Ok(answer))),
            None => Either::Right(router.call(request)),
        });
        let connection = self.http.serve_connection(TokioIo::new(stream), service).with_upgrades();
        let mut stopping = self.app.stopping.clone();
        self.app.open.spawn(async move {
            pin!(connection);
            let outcome = tokio::select! {
                outcome = connection.as_mut() => outcome,
                () = async { drop(stopping.wait_for(|stop| *stop).await) } => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            // A visitor who hangs up is no error of ours.
            if let Err(error) = outcome {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }

    /// Says that there is no place. Whoever is still speaking when the wire is cut may not hear why;
    /// so some are heard out first, as far as that costs little.
    fn turn_away(&self, mut stream: TcpStream) {
        // One is the door's own, the others are held by those who are on their way out.
        if Arc::strong_count(&self.full) > FAREWELLS {
            let _ = stream.try_write(&self.full);
            return;
        }
        let full = Arc::clone(&self.full);
        tokio::spawn(timeout(FAREWELL, async move {
            let mut heard = [0; 1_024];
            if stream.read(&mut heard).await? > 0 {
                stream.write_all(&full).await?;
            }
            stream.shutdown().await?;
            while stream.read(&mut heard).await? > 0 {}
            io::Result::Ok(())
        }));
    }
}

fn full() -> Vec<u8> {
    let [nl, en] = [Language::Nl, Language::En].map(problems::no_place);
    let text = format!("{nl}\n{en}\n");
    format!(
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\
         Retry-After: {COME_BACK_IN}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n{text}",
        text.len()
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_accepted_connection_notices_when_the_other_machine_vanishes() {
        let second = Duration::from_secs(1);
        let patience = Patience { head: second, body: second, wire: 9 * second, goodbye: second };
        let listener = listen(([127, 0, 0, 1], 0).into(), patience).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (ours, _theirs) = tokio::join!(listener.accept(), TcpStream::connect(address));
        let (ours, _) = ours.expect("a connection");
        let options = SockRef::from(&ours);
        assert_eq!(options.tcp_user_timeout().expect("readable"), Some(9 * second));
        assert!(options.keepalive().expect("readable"));
        assert_eq!(options.tcp_keepalive_time().expect("readable"), 9 * second);
        assert_eq!(options.tcp_keepalive_interval().expect("readable"), 3 * second);
        assert_eq!(options.tcp_keepalive_retries().expect("readable"), 3);
        assert!(ours.nodelay().expect("readable"));
    }
}
