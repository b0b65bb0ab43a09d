//! A server on a loopback port, for as long as somebody holds it.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};

use axum::Router;
use tokio::{net::TcpListener, task::JoinHandle};

/// Ends the server when dropped.
#[derive(Debug)]
pub struct Running(JoinHandle<()>);

impl Running {
    /// Takes a port, any when it is 0, before anything knows what will be served there.
    pub async fn bind(port: u16) -> io::Result<(TcpListener, SocketAddr)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    }

    /// Serves.
    pub fn serve(listener: TcpListener, router: Router) -> Self {
        Self(tokio::spawn(async move {
            // It only ends with an error when the listener cannot be used at all; clients see that.
            let _ = axum::serve(listener, router).await;
        }))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}
