//! `cargo xtask tidy`: rules of the repository that no compiler checks.
//!
//! Each rule is a function from the tracked files to what breaks it, so that a rule can be tested on files that are
//! made up.

mod data;
mod documents;
mod sources;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Options of the command.
#[derive(clap::Args)]
pub struct Args {}

/// A tracked file.
struct File {
    /// Path below the repository's root, with `/` on every system.
    path: String,
    /// What is in it; binary files too.
    content: Vec<u8>,
}

impl File {
    /// The content, where it is text.
    fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.content).ok().filter(|text| !text.contains('\0'))
    }

    fn has_extension(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, own)| own == extension)
    }

    fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(&self.path, |(_, name)| name)
    }

    fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// What breaks a rule: the place and the rule.
type Findings = Vec<String>;

const RULES: [fn(&[File]) -> Findings; 6] = [
    sources::long_files,
    sources::long_functions,
    sources::manifests,
    documents::missing_paths,
    documents::machine_paths,
    data::unexplained_files,
];

/// Runs the command.
pub fn run(_: Args) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = tracked(&root)?;
    let findings: Findings = RULES.iter().flat_map(|rule| rule(&files)).collect();
    for finding in &findings {
        println!("{finding}");
    }
    if !findings.is_empty() {
        bail!("{} things to tidy", findings.len());
    }
    println!("tidy: {} files are in order", files.len());
    Ok(())
}

/// The files that git tracks, as they are in the working tree.
fn tracked(root: &Path) -> Result<Vec<File>> {
    let output =
        Command::new("git").args(["ls-files", "-z"]).current_dir(root).output().context("cannot run git")?;
    if !output.status.success() {
        bail!("git cannot list the files: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let paths = String::from_utf8(output.stdout).context("a file's name is not UTF-8")?;
    let mut files = Vec::new();
    for path in paths.split_terminator('\0') {
        match std::fs::read(root.join(path)) {
            Ok(content) => files.push(File { path: path.to_owned(), content }),
            // Deleted, and the deletion not yet committed.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| path.to_owned()),
        }
    }
    Ok(files)
}

#[cfg(test)]
fn file(path: &str, content: &str) -> File {
    File { path: path.to_owned(), content: content.as_bytes().to_vec() }
}
