//! For how long the door waits for whom. The defaults suit a phone at the edge of a network; the
//! options are there so that tests need not wait as long.

use std::time::Duration;

use clap::Args;

/// After how long somebody is given up. Options in seconds; hidden.
#[derive(Debug, Clone, Copy, Args)]
pub struct Patience {
    /// For the head of a request, and between requests on an open connection.
    #[arg(id = "patience_head", long = "patience-head", hide = true, default_value = "15", value_parser = seconds)]
    pub head: Duration,
    /// For the whole body of a request.
    #[arg(id = "patience_body", long = "patience-body", hide = true, default_value = "30", value_parser = seconds)]
    pub body: Duration,
    /// For any sign of life from the other machine while something is on its way to it.
    #[arg(id = "patience_wire", long = "patience-wire", hide = true, default_value = "30", value_parser = seconds)]
    pub wire: Duration,
    /// For requests in flight and sockets, when the server stops.
    #[arg(id = "patience_goodbye", long = "patience-goodbye", hide = true, default_value = "9", value_parser = seconds)]
    pub goodbye: Duration,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}
