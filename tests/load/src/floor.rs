//! The least that a server of viewers on one thread must do: for each message, one `send` to each
//! viewer. It keeps nothing, checks nothing and waits for nobody, and so shows what the kernel alone
//! takes. `POST /pub` shows each line of its body as a frame of its own.

use std::{
    io::{self, ErrorKind, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr},
};

use memchr::memmem;
use mio::{
    Events, Interest, Poll, Token,
    net::{TcpListener, TcpStream},
};
use rustix::net::SendFlags;
use slab::Slab;

use crate::wire;

const DOOR: Token = Token(usize::MAX);

/// Somebody connected: a viewer, or whoever publishes.
struct Peer {
    stream: TcpStream,
    heard: Vec<u8>,
    is_viewer: bool,
}

/// Serves on this port of 127.0.0.1 until the process ends.
pub fn serve(port: u16) -> io::Result<()> {
    let mut poll = Poll::new()?;
    let mut door = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    poll.registry().register(&mut door, DOOR, Interest::READABLE)?;
    println!("listening on http://{}", door.local_addr()?);
    io::stdout().flush()?;
    let mut peers: Slab<Peer> = Slab::new();
    let mut viewers: Vec<usize> = Vec::new();
    let mut events = Events::with_capacity(1_024);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        poll.poll(&mut events, None)?;
        for event in &events {
            if event.token() == DOOR {
                while let Ok((mut stream, _)) = door.accept() {
                    stream.set_nodelay(true)?;
                    let entry = peers.vacant_entry();
                    poll.registry().register(&mut stream, Token(entry.key()), Interest::READABLE)?;
                    entry.insert(Peer { stream, heard: Vec::new(), is_viewer: false });
                }
                continue;
            }
            let key = event.token().0;
            let Some(peer) = peers.get_mut(key) else { continue };
            let is_there = loop {
                match peer.stream.read(&mut buffer) {
                    Ok(0) => break false,
                    Ok(_) if peer.is_viewer => {}
                    Ok(length) => peer.heard.extend_from_slice(&buffer[..length]),
                    Err(error) if error.kind() == ErrorKind::WouldBlock => break true,
                    Err(_) => break false,
                }
            };
            if !is_there {
                peers.remove(key);
                viewers.retain(|viewer| *viewer != key);
                continue;
            }
            if peer.is_viewer {
                continue;
            }
            let Some((head, body)) = whole(&peer.heard) else { continue };
            if head.starts_with(b"GET ") {
                let answer = format!(
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                     Sec-WebSocket-Accept: {}\r\n\r\n",
                    wire::ACCEPT
                );
                let _ = peer.stream.write(answer.as_bytes());
                (peer.is_viewer, peer.heard) = (true, Vec::new());
                viewers.push(key);
            } else {
                let frames: Vec<Vec<u8>> = body.split(|byte| *byte == b'\n').map(wire::plain).collect();
                peer.heard = Vec::new();
                show(&frames, &viewers, &peers);
                let _ = peers[key].stream.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        }
    }
}

fn show(frames: &[Vec<u8>], viewers: &[usize], peers: &Slab<Peer>) {
    for frame in frames {
        for viewer in viewers {
            // Whoever takes nothing now, misses it.
            let _ = rustix::net::send(&peers[*viewer].stream, frame, SendFlags::NOSIGNAL);
        }
    }
}

/// A request's head and body, when both are there.
fn whole(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let head = memmem::find(bytes, b"\r\n\r\n")? + 4;
    let length = std::str::from_utf8(&bytes[..head]).ok()?.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    Some((&bytes[..head], bytes.get(head..head + length.unwrap_or(0))?))
}
