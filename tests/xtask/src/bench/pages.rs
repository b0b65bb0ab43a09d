//! Pages and the public view, beside nginx that serves the very same bytes from disk.

use std::{collections::BTreeMap, fmt::Write as _, fs, net::SocketAddr, path::Path, process::Command, time::Duration};

use anyhow::{Context as _, Result, ensure};
use ureq::Agent;

use super::{
    Bench, numbers,
    numbers::median,
    ours::Ours,
    peers::nginx_with,
    process::{self, Process},
    results::{self, Aim},
};
use crate::{places, tools};

/// Questions on the page.
const QUESTIONS: usize = 60;
/// Connections that ask, and for how many seconds.
const CONNECTIONS: &str = "64";
const SECONDS: &str = "3";
/// What is aimed at.
const SHARE: f64 = 0.7;
/// Headers that a server makes itself, or that belong to the connection.
const OWN: [&str; 7] = ["connection", "content-length", "content-type", "date", "etag", "server", "transfer-encoding"];

/// What is asked for.
struct Case {
    name: &'static str,
    path: &'static str,
    headers: &'static [&'static str],
    /// Whether the reader has it already.
    known: bool,
}

const CASES: [Case; 7] = [
    Case {
        name: "citizen's page, Dutch, gzip",
        path: "/Meting",
        headers: &["Accept-Language: nl", "Accept-Encoding: gzip"],
        known: false,
    },
    Case {
        name: "citizen's page, English, gzip",
        path: "/Meting",
        headers: &["Accept-Language: en", "Accept-Encoding: gzip"],
        known: false,
    },
    Case {
        name: "citizen's page, Dutch, brotli",
        path: "/Meting",
        headers: &["Accept-Language: nl", "Accept-Encoding: br"],
        known: false,
    },
    Case {
        name: "citizen's page, Dutch, 304",
        path: "/Meting",
        headers: &["Accept-Language: nl", "Accept-Encoding: gzip"],
        known: true,
    },
    Case { name: "view, plain", path: "/api/v1/sessions/meting", headers: &[], known: false },
    Case { name: "view, gzip", path: "/api/v1/sessions/meting", headers: &["Accept-Encoding: gzip"], known: false },
    Case { name: "view, 304", path: "/api/v1/sessions/meting", headers: &["Accept-Encoding: gzip"], known: true },
];

/// An answer as it came.
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// Requests a second, and microseconds of processor time for each.
#[derive(Debug, Clone, Copy)]
struct Rate {
    a_second: f64,
    cpu_us: f64,
    p99_ms: f64,
}

/// Measures every case at both servers in turn.
pub fn run(bench: &Bench) -> Result<()> {
    let (wrk, nginx) = (tools::wrk()?, tools::nginx()?);
    let mut ours = Ours::start()?;
    for number in 0..QUESTIONS {
        ours.ask(&[format!("Vraag {number}: komt er een veilige fietsroute langs school {number}, en wanneer?")])?;
    }
    let answers = CASES.iter().map(|case| fetch(ours.address, case.path, case.headers)).collect::<Result<Vec<_>>>()?;
    let (files, address) = serve(&nginx, &answers)?;
    let mut rates: Vec<[Vec<Rate>; 2]> = CASES.iter().map(|_| Default::default()).collect();
    for _ in 0..bench.repeat {
        for (number, case) in CASES.iter().enumerate() {
            let _turn = bench.turns.take()?;
            let place = format!("/{number}");
            for (server, process, at, path) in
                [(0, &ours.process, ours.address, case.path), (1, &files, address, place.as_str())]
            {
                let mut headers: Vec<String> = case.headers.iter().map(|header| (*header).to_owned()).collect();
                if case.known
                    && let Some(tag) = fetch(at, path, case.headers)?.headers.get("etag")
                {
                    headers.push(format!("If-None-Match: {tag}"));
                }
                rates[number][server].push(load(&wrk, process, at, path, &headers)?);
            }
        }
    }
    report(bench, &answers, &rates)
}

fn report(bench: &Bench, answers: &[Answer], rates: &[[Vec<Rate>; 2]]) -> Result<()> {
    let mut text = format!(
        "A session with {QUESTIONS} questions, read without a cookie by wrk over {CONNECTIONS} connections for {SECONDS} s, \
         {} times in turn, the middle. nginx serves the same bytes with the same headers from disk, one process with \
         sendfile; both servers on core 0, wrk on core 1.\n\n\
         | what | bytes | ours, a second | nginx | ours ÷ nginx | CPU ours | nginx | 99 % ours | nginx |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
        bench.repeat
    );
    let mut aims = Vec::new();
    for ((case, answer), rates) in CASES.iter().zip(answers).zip(rates) {
        let of = |server: usize, figure: fn(&Rate) -> f64| median(rates[server].iter().map(figure).collect());
        let (ours, nginx) = (of(0, |rate| rate.a_second), of(1, |rate| rate.a_second));
        // Without a tag there is nothing to have already, and the whole page comes.
        let answer = match (case.known, answer.headers.contains_key("etag")) {
            (true, true) => "304".to_owned(),
            (true, false) => format!("{} (no ETag)", answer.body.len()),
            (false, _) => {
                let coding = answer.headers.get("content-encoding").map_or("plain", String::as_str);
                format!("{} ({coding})", answer.body.len())
            }
        };
        let _ = writeln!(
            text,
            "| {} | {answer} | {ours:.0} | {nginx:.0} | {:.2} | {:.0} µs | {:.0} µs | {:.1} ms | {:.1} ms |",
            case.name,
            ours / nginx,
            of(0, |rate| rate.cpu_us),
            of(1, |rate| rate.cpu_us),
            of(0, |rate| rate.p99_ms),
            of(1, |rate| rate.p99_ms),
        );
        aims.push(Aim::at_least(format!("{}: at least {SHARE} × nginx", case.name), ours / nginx, SHARE, " ×"));
    }
    results::write("pages", &bench.command("pages"), &text, &aims)
}

fn fetch(server: SocketAddr, path: &str, headers: &[&str]) -> Result<Answer> {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).proxy(None).build().into();
    let mut request = agent.get(format!("http://{server}{path}"));
    for header in headers {
        let (name, value) = header.split_once(": ").context("a header")?;
        request = request.header(name, value);
    }
    let mut answer = request.call()?;
    let headers = answer
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let body = answer.body_mut().read_to_vec()?;
    ensure!(answer.status().as_u16() == 200, "{path}: {}", answer.status());
    Ok(Answer { status: 200, headers, body })
}

/// An nginx with each answer as a file.
fn serve(nginx: &std::path::PathBuf, answers: &[Answer]) -> Result<(Process, SocketAddr)> {
    let folder = places::target().join("bench/files");
    fs::create_dir_all(&folder)?;
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut http = format!("types {{ }} server {{ listen {address} backlog=4096; etag on;\n");
    for (number, Answer { headers, body, status }) in answers.iter().enumerate() {
        debug_assert_eq!(*status, 200);
        let file = folder.join(number.to_string());
        fs::write(&file, body)?;
        let kind = headers.get("content-type").map_or("text/plain", String::as_str);
        let _ = writeln!(http, "location = /{number} {{ alias {}; default_type \"{kind}\";", file.display());
        for (name, value) in headers.iter().filter(|(name, _)| !OWN.contains(&name.as_str())) {
            let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "");
            let _ = writeln!(http, "add_header {name} \"{value}\";");
        }
        http += "}\n";
    }
    http += "}";
    let command = nginx_with(nginx, "pages", "", &http)?;
    Ok((Process::answering(&command, "0", address)?, address))
}

fn load(wrk: &Path, server: &Process, at: SocketAddr, path: &str, headers: &[String]) -> Result<Rate> {
    let mut command = Command::new(wrk);
    command.args(["-t1", "-c", CONNECTIONS, "-d", SECONDS, "--latency"]);
    for header in headers {
        command.args(["-H", header]);
    }
    command.arg(format!("http://{at}{path}"));
    let before = server.usage()?;
    let output = process::on(&command, "1").output()?;
    let after = server.usage()?;
    let words = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "wrk failed: {}", String::from_utf8_lossy(&output.stderr));
    ensure!(!words.contains("Non-2xx") && !words.contains("Socket errors"), "{path}: {words}");
    let requests = words.lines().find(|line| line.contains("requests in")).context("no count of requests")?;
    let requests: f64 = requests.trim().split(' ').next().unwrap_or_default().parse()?;
    Ok(Rate {
        a_second: numbers::after(&words, "Requests/sec:")?,
        cpu_us: (after.cpu_us - before.cpu_us) / requests,
        p99_ms: latency(&words).map_or(0.0, numbers::ms),
    })
}

/// wrk's 99th percentile: `99%    1.23ms`.
fn latency(words: &str) -> Option<Duration> {
    let value = words.lines().find_map(|line| line.trim().strip_prefix("99%"))?.trim();
    let digits = value.find(|c: char| c.is_alphabetic())?;
    let number: f64 = value[..digits].parse().ok()?;
    let unit = match &value[digits..] {
        "us" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        _ => return None,
    };
    Duration::try_from_secs_f64(number * unit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wrk_says_is_read() {
        let words = "  Latency Distribution\n     50%  500.00us\n     99%    1.50ms\nRequests/sec:  12345.67\n";
        assert_eq!(latency(words), Some(Duration::from_micros(1_500)));
    }
}
