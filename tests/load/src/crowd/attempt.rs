//! A call to the server: from an address of its own, so that no address runs out of ports.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};

use mio::net::TcpStream;
use socket2::{Domain, Socket, Type};

use super::Plan;
use crate::wire;

/// Viewers are spread over this many addresses, from 127.0.1.1 on.
const ADDRESSES: usize = 250;

/// Starts calling; the answer comes as an event.
pub fn call(server: SocketAddr, number: usize) -> io::Result<TcpStream> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    socket.set_tcp_nodelay(true)?;
    let place = u8::try_from(number % ADDRESSES).unwrap_or(0);
    socket.bind(&SocketAddr::from((Ipv4Addr::new(127, 0, 1, place + 1), 0)).into())?;
    match socket.connect(&server.into()) {
        // In progress, in the words of connect(2); 115 is its number on Linux.
        Err(error) if error.raw_os_error() == Some(115) || error.kind() == io::ErrorKind::WouldBlock => {}
        called => called?,
    }
    Ok(TcpStream::from_std(socket.into()))
}

/// The request for a wire, from somebody who has seen so much.
pub fn handshake(plan: &Plan, seq: Option<u64>) -> String {
    let Plan { server, path, bearer, .. } = plan;
    let after =
        seq.map_or_else(String::new, |seq| format!("{}after={seq}", if path.contains('?') { '&' } else { '?' }));
    let key = bearer.as_ref().map_or_else(String::new, |key| format!("Authorization: Bearer {key}\r\n"));
    format!(
        "GET {path}{after} HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {}\r\n{key}\r\n",
        wire::NONCE
    )
}
