//! Accepts connections, with a limit on how long a half-sent request may dawdle, and ends in order:
//! no new connections, requests in flight finished, sockets told to come back.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Extension, Router, extract::ConnectInfo};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    pin,
    sync::watch,
    time::{interval, sleep, timeout},
};
use tower::Layer;

use super::App;

/// How long a request's head may take.
const HEAD: Duration = Duration::from_secs(15);
/// How long requests in flight and sockets have when the server stops.
const GOODBYE: Duration = Duration::from_secs(9);
/// How often the tables of limits are swept.
const TIDY: Duration = Duration::from_mins(5);

/// Serves until `stopping` turns true, then ends within ten seconds.
pub async fn serve(listener: TcpListener, router: Router, app: Arc<App>, mut stopping: watch::Receiver<bool>) {
    let mut tidy = interval(TIDY);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => connect(stream, peer, &router, &app),
                // Out of file descriptors, most likely: some will be free in a moment.
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(Duration::from_millis(50)).await;
                }
            },
            _ = tidy.tick() => app.limits.tidy(),
            _ = stopping.wait_for(|stop| *stop) => break,
        }
    }
    drop(listener);
    app.viewers.leave();
    app.open.close();
    if timeout(GOODBYE, app.open.wait()).await.is_err() {
        tracing::warn!("some connections did not end in time");
    }
}

fn connect(stream: TcpStream, peer: SocketAddr, router: &Router, app: &App) {
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(Extension(ConnectInfo(peer)).layer(router.clone()));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut stopping = app.stopping.clone();
    app.open.spawn(async move {
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
