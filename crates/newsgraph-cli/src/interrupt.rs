//! An interrupted run leaves nothing half-written behind.

use std::fs;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, MutexGuard, Once, PoisonError};

use crate::status::ExitStatus;

/// Files and folders to remove when the run ends early. A signal comes to the process as a whole, so this is the one
/// thing of the program that is global.
static UNFINISHED: LazyLock<Mutex<Vec<PathBuf>>> = LazyLock::new(Mutex::default);

/// Ends the program with status 130 on a signal to end, after removing what is unfinished. Does nothing when called
/// again, or where the system has no signals.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Without a handler an interrupt still ends the program; only the temporary file stays.
        let _ = ctrlc::set_handler(|| {
            let unfinished = lock();
            for path in unfinished.iter().rev() {
                // A folder goes only when it is empty.
                let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
            }
            std::process::exit(ExitStatus::Interrupted.code().into());
        });
    });
}

/// Held while outputs are put in their places: an interrupt waits for all of them.
pub(crate) fn lock() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A path that is removed if the run is interrupted while this lives.
#[derive(Debug)]
pub(crate) struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    pub(crate) fn new(path: PathBuf) -> Self {
        lock().push(path.clone());
        Self { path }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        lock().retain(|path| *path != self.path);
    }
}
