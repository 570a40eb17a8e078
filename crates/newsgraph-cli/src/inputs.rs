//! From the arguments to the files that are read, in an order that does not depend on the file system.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::bail;
use newsgraph_corpus::{Format, Name, ReadOptions, decompress, without_compression};

use crate::reading::ReadArgs;

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 18;

/// The inputs of a command.
#[derive(Debug)]
pub(crate) struct Inputs {
    arguments: Vec<PathBuf>,
    /// The command's own output, by its real path: never an input, wherever it lies.
    output: Option<PathBuf>,
    /// The form of the inputs whose names do not tell.
    format: Option<Format>,
    options: Arc<ReadOptions>,
    left_aside: AtomicU64,
}

/// One file, or standard input.
#[derive(Debug)]
pub(crate) struct Input {
    path: PathBuf,
    pub(crate) name: Name,
    pub(crate) format: Option<Format>,
}

/// Why a file could not be read at all.
#[derive(Debug)]
pub(crate) struct Unreadable {
    what: String,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)
    }
}

impl Inputs {
    /// The inputs that `arguments` name.
    ///
    /// # Errors
    /// When one of them is not there.
    pub(crate) fn new(
        arguments: &[PathBuf],
        reading: &ReadArgs,
        output: Option<&Path>,
    ) -> anyhow::Result<Self> {
        let missing: Vec<String> = arguments
            .iter()
            .filter(|path| !is_stdin(path) && !path.exists() && matches_of(path).next().is_none())
            .map(|p| p.display().to_string())
            .collect();
        if !missing.is_empty() {
            bail!("no such input: {}", missing.join(", "));
        }
        if arguments.iter().filter(|path| is_stdin(path)).count() > 1 {
            bail!("standard input can be read only once, give - once");
        }
        let output = output.and_then(|path| path.canonicalize().ok());
        Ok(Self {
            arguments: arguments.to_vec(),
            output,
            format: reading.input_format.map(Format::from),
            options: Arc::new(reading.options()),
            left_aside: AtomicU64::new(0),
        })
    }

    /// The files in order: arguments as given, folders through and through by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Result<Input, Unreadable>> + '_ {
        self.arguments.iter().flat_map(|argument| self.below(argument))
    }

    /// How documents are to be read.
    pub(crate) fn options(&self) -> Arc<ReadOptions> {
        Arc::clone(&self.options)
    }

    /// Number of files in folders that were passed over because of their names.
    pub(crate) fn left_aside(&self) -> u64 {
        self.left_aside.load(Ordering::Relaxed)
    }

    /// The arguments, for messages.
    pub(crate) fn describe(&self) -> String {
        self.arguments.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
    }

    /// Bytes in all files together, where they can be told beforehand.
    pub(crate) fn total_bytes(&self) -> Option<u64> {
        if self.arguments.iter().any(|path| is_stdin(path)) {
            return None;
        }
        // Of what is packed, the bytes that come out cannot be told.
        if self.iter().flatten().any(|input| input.is_packed()) {
            self.left_aside.store(0, Ordering::Relaxed);
            return None;
        }
        let size = |input: &Input| fs::metadata(&input.path).ok().map(|m| m.len());
        let total = self.iter().filter_map(|input| input.as_ref().ok().and_then(size)).sum();
        self.left_aside.store(0, Ordering::Relaxed);
        Some(total)
    }

    fn below<'a>(&'a self, argument: &'a Path) -> Box<dyn Iterator<Item = Result<Input, Unreadable>> + 'a> {
        if is_stdin(argument) || argument.exists() {
            return self.at(argument.to_owned(), None);
        }
        let root = fixed_part(argument);
        Box::new(matches_of(argument).flat_map(move |path| match path {
            Ok(path) => self.at(path, Some(&root)),
            Err(error) => {
                let what = format!("{}: {}", error.path().display(), error.error());
                Box::new(std::iter::once(Err(Unreadable { what })))
            }
        }))
    }

    /// The file at `path`, or all files in the folder there. Ids are relative to `root`; where none is given, to the
    /// folder.
    fn at<'a>(
        &'a self,
        path: PathBuf,
        root: Option<&Path>,
    ) -> Box<dyn Iterator<Item = Result<Input, Unreadable>> + 'a> {
        if !path.is_dir() {
            return Box::new(std::iter::once(Ok(Input::given(&path, root, self.format))));
        }
        let walk = ignore::WalkBuilder::new(&path)
            .standard_filters(false)
            .hidden(true)
            .follow_links(true)
            .sort_by_file_name(Ord::cmp)
            .build();
        let root = root.map_or(path, Path::to_owned);
        Box::new(walk.filter_map(move |entry| self.found(&root, entry)))
    }

    /// What a walk through the folder `root` found: a file to read, a problem, or nothing of interest.
    fn found(
        &self,
        root: &Path,
        entry: Result<ignore::DirEntry, ignore::Error>,
    ) -> Option<Result<Input, Unreadable>> {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Some(Err(Unreadable { what: describe(&error) })),
        };
        let kind = entry.file_type()?;
        let path = entry.into_path();
        let is_output =
            || path.canonicalize().is_ok_and(|path| self.output.as_ref().is_some_and(|o| path == *o));
        if kind.is_dir() || self.output.is_some() && is_output() {
            return None;
        }
        let Some(format) = path.file_name().and_then(|name| Format::from_name(name.to_str()?)) else {
            // A README beside the news is there for people, and expected to be left aside.
            if path.extension().is_none_or(|e| e != "md") {
                self.left_aside.fetch_add(1, Ordering::Relaxed);
            }
            return None;
        };
        if !kind.is_file() {
            return Some(Err(Unreadable { what: format!("{}: not a regular file", path.display()) }));
        }
        Some(Ok(Input { name: named(&path, root), path, format: Some(format) }))
    }
}

impl Input {
    /// An input that the user named himself: read whatever it is called.
    fn given(path: &Path, root: Option<&Path>, format: Option<Format>) -> Self {
        if is_stdin(path) {
            let name = Name { path: "standard input".into(), id: "stdin".into() };
            return Self { path: path.to_owned(), name, format };
        }
        let root = root.or_else(|| path.parent()).unwrap_or(Path::new(""));
        let told = path.file_name().and_then(|name| Format::from_name(name.to_str()?));
        Self { path: path.to_owned(), name: named(path, root), format: told.or(format) }
    }

    fn is_packed(&self) -> bool {
        without_compression(&self.name.path).len() < self.name.path.len()
    }

    /// Opens it, and unpacks it where it is packed.
    pub(crate) fn open(&self) -> io::Result<Box<dyn BufRead>> {
        if is_stdin(&self.path) {
            decompress(BufReader::with_capacity(BUFFER, io::stdin().lock()))
        } else {
            decompress(BufReader::with_capacity(BUFFER, File::open(&self.path)?))
        }
    }
}

/// What a file is called below `root`; that it is packed is no part of a document's id.
fn named(path: &Path, root: &Path) -> Name {
    let id = relative(path, root);
    Name { path: path.to_string_lossy().into(), id: without_compression(&id).into() }
}

/// The paths that a pattern matches, in order of their names.
fn matches_of(pattern: &Path) -> impl Iterator<Item = glob::GlobResult> + use<> {
    const SIGNS: [char; 3] = ['*', '?', '['];
    let pattern = pattern.to_str().filter(|pattern| pattern.contains(SIGNS));
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    pattern.and_then(|pattern| glob::glob_with(pattern, options).ok()).into_iter().flatten()
}

/// The folders of a pattern before the first that is not fixed.
fn fixed_part(pattern: &Path) -> PathBuf {
    let fixed =
        |part: &std::path::Component<'_>| !part.as_os_str().to_string_lossy().contains(['*', '?', '[']);
    pattern.components().take_while(fixed).collect()
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The path below `root` with `/` between folders, on every system.
fn relative(path: &Path, root: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The walker's error, with the path first as in all other messages.
fn describe(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithPath { path, err } => format!("{}: {err}", path.display()),
        ignore::Error::WithDepth { err, .. } => describe(err),
        ignore::Error::Loop { ancestor, child } => {
            format!("{}: leads back to {}", child.display(), ancestor.display())
        }
        error => error.to_string(),
    }
}
