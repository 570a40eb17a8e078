//! How the program tells the shell what became of it.

use std::io::{self, Write};
use std::process::ExitCode;

/// The exit statuses of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// 0: all inputs were read; or the reader of the output went away, which is its right.
    Success,
    /// 1: finished, but some input was skipped or damaged.
    Incomplete,
    /// 2: nothing useful was done.
    Failure,
    /// 130: interrupted from the keyboard, or asked to end.
    Interrupted,
}

impl ExitStatus {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Incomplete => 1,
            Self::Failure => 2,
            Self::Interrupted => 130,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        status.code().into()
    }
}

/// The status of a finished run; an error is printed, with what caused it, on stderr.
pub fn finish(result: anyhow::Result<ExitStatus>) -> ExitStatus {
    let error = match result {
        Ok(status) => return status,
        Err(error) => error,
    };
    if is_broken_pipe(&error) {
        return ExitStatus::Success;
    }
    // If stderr is gone too there is nobody left to tell.
    let _ = writeln!(io::stderr().lock(), "newsgraph: {error:#}");
    ExitStatus::Failure
}

/// Whether somewhere in the chain of causes a reader went away.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kinds = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
    kinds.into_iter().any(|kind| kind == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_goes_away_is_success() {
        let error = |kind| anyhow::Error::from(io::Error::from(kind)).context("standard output");
        assert_eq!(finish(Err(error(io::ErrorKind::BrokenPipe))), ExitStatus::Success);
        assert_eq!(finish(Err(error(io::ErrorKind::StorageFull))), ExitStatus::Failure);
        assert_eq!(finish(Ok(ExitStatus::Incomplete)).code(), 1);
    }
}
