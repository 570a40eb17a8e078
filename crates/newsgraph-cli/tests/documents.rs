//! The examples of the documents: each block of commands that is followed by a block of output is run, in order, in one
//! folder a document, and must print that output. `UPDATE_DOCUMENTS=1 cargo test -p newsgraph-cli --test documents` writes
//! what they print into the documents instead.

#![cfg(unix)]
#![allow(clippy::unwrap_used)] // in a test a panic is the report

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Stands for any number of lines, in a line of its own.
const ELISION: &str = "…";

/// A fenced block: its language and its lines, and where these are in the document.
struct Block<'d> {
    language: &'d str,
    first: usize,
    lines: Vec<&'d str>,
}

fn blocks(document: &str) -> Vec<Block<'_>> {
    let mut found: Vec<Block> = Vec::new();
    let mut inside = false;
    for (number, line) in document.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if inside => inside = false,
            Some(language) => {
                inside = true;
                found.push(Block { language, first: number + 1, lines: Vec::new() });
            }
            None if inside => found.last_mut().unwrap().lines.push(line),
            None => {}
        }
    }
    found
}

/// What a block prints on both streams. Nothing if its interpreter is missing.
fn output(block: &Block, folder: &Path) -> Option<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_newsgraph")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths([program.to_owned()].into_iter().chain(std::env::split_paths(&path))).unwrap();
    let script = block.lines.join("\n");
    let (interpreter, script) = match block.language {
        "python" => ("python3", script),
        _ => ("sh", format!("exec 2>&1\n{script}")),
    };
    let run = Command::new(interpreter)
        .args(["-c", &script])
        .env("PATH", path)
        .current_dir(folder)
        .output()
        .ok()?;
    Some(String::from_utf8(run.stdout).unwrap() + &String::from_utf8(run.stderr).unwrap())
}

/// A line without the time that the summary ends with.
fn timeless(line: &str) -> &str {
    match line.rsplit_once(", ") {
        Some((rest, time)) if line.starts_with("newsgraph: ") && time.ends_with(" s") => rest,
        _ => line,
    }
}

fn agrees(expected: &[&str], found: &[&str]) -> bool {
    let same = |a: &[&str], b: &[&str]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| timeless(a) == timeless(b))
    };
    match expected.iter().position(|line| *line == ELISION) {
        None => same(expected, found),
        Some(at) => {
            let (head, tail) = (&expected[..at], &expected[at + 1..]);
            found.len() >= head.len() + tail.len()
                && same(head, &found[..at])
                && same(tail, &found[found.len() - tail.len()..])
        }
    }
}

/// The output as the document shall show it: shortened where it was.
fn shortened<'f>(expected: &[&str], found: &[&'f str]) -> Vec<&'f str> {
    match expected.iter().position(|line| *line == ELISION) {
        Some(at) if found.len() > expected.len() => {
            let tail = expected.len() - at - 1;
            [&found[..at], &[ELISION], &found[found.len() - tail..]].concat()
        }
        _ => found.to_vec(),
    }
}

/// Runs the examples of a document.
fn check(name: &str) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let document = fs::read_to_string(root.join(name)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(fs::canonicalize(root.join("seeds")).unwrap(), folder.path().join("seeds"))
        .unwrap();
    let blocks = blocks(&document);
    let (mut ran, mut updated) = (0, document.lines().map(str::to_owned).collect::<Vec<_>>());
    for pair in blocks.windows(2) {
        let [commands, expected] = pair else { unreachable!("windows of two") };
        if !matches!(commands.language, "sh" | "python") || expected.language != "text" {
            continue;
        }
        let Some(output) = output(commands, folder.path()) else { continue };
        let found: Vec<&str> = output.lines().collect();
        ran += 1;
        if std::env::var_os("UPDATE_DOCUMENTS").is_some() {
            let lines = shortened(&expected.lines, &found).join("\n");
            // The block's lines stay in the list, the first holding all of them, so that places do not move.
            for line in &mut updated[expected.first..expected.first + expected.lines.len()] {
                line.clear();
                line.push('\0');
            }
            updated[expected.first] = lines;
        } else {
            let wanted = expected.lines.join("\n");
            assert!(
                agrees(&expected.lines, &found),
                "{name}:{}: the document says\n{wanted}\nbut the program\n{output}",
                expected.first
            );
        }
    }
    assert!(ran > 0, "{name} has no examples");
    if std::env::var_os("UPDATE_DOCUMENTS").is_some() {
        updated.retain(|line| line != "\0");
        fs::write(root.join(name), updated.join("\n") + "\n").unwrap();
    }
}

#[test]
fn readme() {
    check("README.md");
}

#[test]
fn guide() {
    check("docs/guide.md");
}
