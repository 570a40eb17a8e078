//! The program as users meet it: what they type, what they get, what the shell is told.

#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod damaged;
mod determinism;
mod events;
mod gazetteers;
mod round_trip;
mod snapshots;
mod sources;
mod statuses;
mod streams;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Three short articles, each a JSON line.
const ARTICLES: [&str; 3] = [
    r#"{"id": "call", "source": "Harbour Wire", "published": "July 1, 2025", "text": "Vladimir Putin called Emmanuel Macron on Tuesday. “We will talk again,” Macron said."}"#,
    r#"{"id": "port", "published": "2022-07-22", "title": "Ports", "text": "Ukraine and Russia signed an agreement in Istanbul.\n\nThe UN said that ships would sail soon."}"#,
    r#"{"text": "Finland joined NATO."}"#,
];

/// A folder of its own for each test, gone afterwards.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Names of everything in the folder, hidden files too, in order.
    fn names(&self) -> Vec<String> {
        names(self.0.path())
    }

    /// The program, to be run in this folder.
    fn newsgraph(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsgraph"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program in this folder to its end.
    fn run(&self, args: &[&str]) -> Output {
        self.newsgraph(args).output().unwrap()
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// What the program said on stderr, without the summary's time.
fn stderr(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    if let Some(last) = lines.last_mut().filter(|line| line.ends_with(" s")) {
        *last = last.rsplit_once(", ").unwrap().0;
    }
    lines.join("\n")
}

/// The ids of records, in order.
fn ids(records: &str) -> Vec<String> {
    records.lines().map(|line| newsgraph_record::Record::from_line(line).unwrap().id).collect()
}
