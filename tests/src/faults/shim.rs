//! The levers of `tests/faults/faults.c`: makes the disk and the clock of one server fail, and lets
//! them be well again, while it runs.

use std::{
    env,
    ffi::OsString,
    fs::{self, File},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use rustix::io::Errno;
use tempfile::TempDir;

use crate::harness::Terms;

/// Where things lie in the C file's `struct faults`.
const ON_WRITE: u64 = 0;
const ON_SYNC: u64 = 4;
const ON_OPEN: u64 = 8;
const SHIFT: u64 = 16;
const HITS: u64 = 24;
const SIZE: u64 = 32;

/// The faults of one server.
pub struct Faults {
    shared: File,
    folder: TempDir,
}

impl Faults {
    /// None yet.
    pub fn none() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let shared = File::options().create_new(true).read(true).write(true).open(folder.path().join("faults"));
        let shared = shared.expect("a file");
        shared.set_len(SIZE).expect("room for the levers");
        Self { shared, folder }
    }

    /// Terms for a server that has these faults.
    pub fn terms(&self) -> Terms {
        let environment: Vec<(&'static str, OsString)> =
            vec![("LD_PRELOAD", library().into()), ("SAMENSPRAAK_FAULTS", self.folder.path().join("faults").into())];
        Terms { environment, ..Terms::default() }
    }

    /// With what writing to the store fails.
    pub fn on_write(&self, error: Option<Errno>) {
        self.set(ON_WRITE, &code(error).to_ne_bytes());
    }

    /// With what flushing the store to the disk fails.
    pub fn on_sync(&self, error: Option<Errno>) {
        self.set(ON_SYNC, &code(error).to_ne_bytes());
    }

    /// With what opening the store for writing fails.
    pub fn on_open(&self, error: Option<Errno>) {
        self.set(ON_OPEN, &code(error).to_ne_bytes());
    }

    /// How many seconds the clock is ahead.
    pub fn clock_is_ahead_by(&self, seconds: i64) {
        self.set(SHIFT, &seconds.to_ne_bytes());
    }

    /// How often something failed so far.
    pub fn hits(&self) -> u64 {
        let mut hits = [0; 8];
        self.shared.read_exact_at(&mut hits, HITS).expect("a readable file");
        u64::from_ne_bytes(hits)
    }

    fn set(&self, at: u64, bytes: &[u8]) {
        self.shared.write_all_at(bytes, at).expect("a writable file");
    }
}

fn code(error: Option<Errno>) -> i32 {
    error.map_or(0, Errno::raw_os_error)
}

/// The shim, compiled once for each run of the tests.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults/faults.c");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (fresh, library) = (folder.join(format!("faults-{}.so", std::process::id())), folder.join("faults.so"));
        let compiler = env::var_os("CC").unwrap_or_else(|| "cc".into());
        let status = Command::new(compiler)
            .args(["-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-O2", "-o"])
            .args([&fresh, &source])
            .status();
        assert!(status.expect("a C compiler").success(), "{} does not compile", source.display());
        fs::rename(&fresh, &library).expect("a place for the shim");
        library
    })
}
