//! Starts one network by hand, and says in one line of JSON where it is.

use std::{future, io, path::PathBuf};

use clap::{Parser, Subcommand};
use networks::{Jetstream, Mastodon, Pds};
use serde_json::json;

#[derive(Parser)]
#[command(about = "The networks that tests need, on loopback")]
struct Arguments {
    #[command(subcommand)]
    network: Network,
    /// The port to listen on; a free one otherwise.
    #[arg(long, default_value_t = 0, global = true)]
    port: u16,
}

#[derive(Subcommand)]
enum Network {
    /// A Mastodon server.
    Mastodon,
    /// A Jetstream, with a directory of who is who.
    Jetstream,
    /// A real AT Protocol server, with one account and a bridge to Jetstream's frames; on free ports.
    Pds {
        /// The folder for its data, which should be new.
        #[arg(long)]
        data: PathBuf,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    match arguments.network {
        Network::Mastodon => {
            let mastodon = Mastodon::start_on(arguments.port).await?;
            let url = mastodon.url();
            let stream = url.replacen("http", "ws", 1) + "/api/v1/streaming";
            println!("{}", json!({"url": url, "streaming": stream, "token": networks::mastodon::TOKEN}));
            future::pending().await
        }
        Network::Jetstream => {
            let jetstream = Jetstream::start_on(arguments.port).await?;
            println!("{}", json!({"url": jetstream.url(), "subscribe": jetstream.subscribe_url()}));
            future::pending().await
        }
        Network::Pds { data } => {
            let pds = Pds::start(&data).await.map_err(io::Error::other)?;
            println!("{}", json!(pds.places()));
            future::pending().await
        }
    }
}
