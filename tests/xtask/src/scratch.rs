//! A folder for one test, gone when the test is.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

/// An empty folder that is removed when this goes out of scope.
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes one; the name tells tests of one run apart.
    pub fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("xtask-{name}-{}", process::id()));
        fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
