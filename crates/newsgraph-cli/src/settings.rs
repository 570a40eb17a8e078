//! What follows from the command line: checked, with defaults filled in.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::inputs::Inputs;
use crate::reading::ReadArgs;

/// What every command needs to know.
#[derive(Debug)]
pub(crate) struct Settings {
    /// Number of threads that analyse.
    pub(crate) jobs: usize,
    /// What is read.
    pub(crate) inputs: Inputs,
}

impl Settings {
    /// Checks the inputs; `output` is left out where a folder holds it.
    ///
    /// # Errors
    /// When an input is missing.
    pub(crate) fn new(
        jobs: Option<NonZeroUsize>,
        inputs: &[PathBuf],
        reading: &ReadArgs,
        output: Option<&Path>,
    ) -> anyhow::Result<Self> {
        Ok(Self { jobs: threads(jobs), inputs: Inputs::new(inputs, reading, output)? })
    }
}

/// The number of threads: as asked, else as many as there are cores.
pub(crate) fn threads(jobs: Option<NonZeroUsize>) -> usize {
    // Where the system does not tell its cores, one thread is always right.
    jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}
