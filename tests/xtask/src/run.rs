//! Other programs, run where the reader can follow them or quietly with their words kept.

use std::{
    env,
    ffi::OsStr,
    io::{BufRead as _, BufReader, Read},
    path::PathBuf,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};

use crate::{places, progress::Stopwatch};

/// How often a quiet command tells that it is still at work.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// What a command that was run quietly said, and whether it went well.
pub struct Outcome {
    /// Whether its exit code was zero.
    pub ok: bool,
    /// Its standard output and error, as they came.
    pub lines: Vec<String>,
}

/// Cargo with these arguments, in the workspace.
pub fn cargo<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(arguments: I) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(places::root()).args(arguments);
    command
}

/// Runs a command with its words on the screen.
pub fn follow(command: &mut Command) -> Result<()> {
    let told = told(command);
    let status = command.status().with_context(|| format!("cannot start `{told}`"))?;
    ensure!(status.success(), "`{told}` failed ({status})");
    Ok(())
}

/// Runs a command and keeps its words; now and then a line tells that it is still at work.
pub fn quietly(command: &mut Command) -> Result<Outcome> {
    let told = told(command);
    let watch = Stopwatch::start();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{told}`"))?;
    let (sender, receiver) = mpsc::channel();
    forward(child.stdout.take(), sender.clone());
    forward(child.stderr.take(), sender);
    let mut lines: Vec<String> = Vec::new();
    let mut next = HEARTBEAT;
    loop {
        match receiver.recv_timeout(next.saturating_sub(watch.elapsed())) {
            Ok(line) => lines.push(line),
            Err(mpsc::RecvTimeoutError::Timeout) => {
                println!("        {} {}", watch.told(), lines.last().map_or("", |line| line.trim()));
                next += HEARTBEAT;
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    let ok = child.wait().with_context(|| format!("lost `{told}`"))?.success();
    Ok(Outcome { ok, lines })
}

/// Where a program is, when it is on the `PATH`.
pub fn which(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(&name)).find(|path| path.is_file())
}

/// A command as one would type it.
fn told(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let program = program.rsplit(['/', '\\']).next().unwrap_or(&program).to_owned();
    command.get_args().fold(program, |told, argument| told + " " + &argument.to_string_lossy())
}

fn forward(stream: Option<impl Read + Send + 'static>, sender: mpsc::Sender<String>) {
    let Some(stream) = stream else { return };
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut bytes = Vec::new();
        while matches!(reader.read_until(b'\n', &mut bytes), Ok(1..)) {
            let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            bytes.clear();
            if sender.send(line).is_err() {
                break;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_told_as_one_would_type_it() {
        let mut command = Command::new("/opt/bin/cargo");
        command.args(["build", "--release"]);
        assert_eq!(told(&command), "cargo build --release");
    }

    #[test]
    fn a_quiet_command_s_words_are_kept() {
        let outcome = quietly(Command::new("sh").args(["-c", "echo een; echo twee >&2; exit 3"])).expect("sh");
        assert!(!outcome.ok);
        let mut lines = outcome.lines;
        lines.sort();
        assert_eq!(lines, ["een", "twee"]);
    }
}
