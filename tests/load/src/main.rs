//! The crowd and the floor, by hand:
//!
//!     samenspraak-load floor PORT
//!     samenspraak-load viewers 127.0.0.1:PORT PATH COUNT SECONDS

use std::{process::ExitCode, thread, time::Duration};

use samenspraak_load::{Crowd, Plan, process, serve_floor};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<(), Box<dyn std::error::Error>> {
    process::take_descriptors()?;
    match words {
        ["floor", port] => Ok(serve_floor(port.parse()?)?),
        ["viewers", server, path, viewers, seconds] => {
            let plan = Plan {
                server: server.parse()?,
                path: (*path).to_owned(),
                bearer: None,
                viewers: viewers.parse()?,
                within: Duration::ZERO,
                comes_back: true,
            };
            let (many, crowd) = (plan.viewers, Crowd::gather(plan)?);
            let (count, _) = crowd.wait(Duration::from_mins(1), |count| count.open >= many);
            println!("{} of {many} are there", count.open);
            thread::sleep(Duration::from_secs(seconds.parse()?));
            let latency = crowd.take_latency();
            println!("{:#?}", crowd.count());
            for quantile in [0.5, 0.9, 0.99, 1.0] {
                println!("{quantile}: {} µs", latency.value_at_quantile(quantile));
            }
            Ok(())
        }
        _ => Err("samenspraak-load floor PORT | viewers 127.0.0.1:PORT PATH COUNT SECONDS".into()),
    }
}
