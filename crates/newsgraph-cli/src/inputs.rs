//! From the arguments to the files that are read, in an order that does not depend on the file system.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::bail;
use newsgraph_corpus::{Format, Name};

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 18;

/// The inputs of a command.
#[derive(Debug)]
pub(crate) struct Inputs {
    arguments: Vec<PathBuf>,
    /// The command's own output, by its real path: never an input, wherever it lies.
    output: Option<PathBuf>,
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
    pub(crate) fn new(arguments: &[PathBuf], output: Option<&Path>) -> anyhow::Result<Self> {
        let missing: Vec<String> = arguments
            .iter()
            .filter(|path| !is_stdin(path) && !path.exists())
            .map(|p| p.display().to_string())
            .collect();
        if !missing.is_empty() {
            bail!("no such input: {}", missing.join(", "));
        }
        if arguments.iter().filter(|path| is_stdin(path)).count() > 1 {
            bail!("standard input can be read only once, give - once");
        }
        let output = output.and_then(|path| path.canonicalize().ok());
        Ok(Self { arguments: arguments.to_vec(), output, left_aside: AtomicU64::new(0) })
    }

    /// The files in order: arguments as given, folders through and through by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Result<Input, Unreadable>> + '_ {
        self.arguments.iter().flat_map(|argument| self.below(argument))
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
        let size = |input: &Input| fs::metadata(&input.path).ok().map(|m| m.len());
        let total = self.iter().filter_map(|input| input.as_ref().ok().and_then(size)).sum();
        self.left_aside.store(0, Ordering::Relaxed);
        Some(total)
    }

    fn below<'a>(&'a self, argument: &'a Path) -> Box<dyn Iterator<Item = Result<Input, Unreadable>> + 'a> {
        if !argument.is_dir() {
            return Box::new(std::iter::once(Ok(Input::given(argument))));
        }
        let walk = ignore::WalkBuilder::new(argument)
            .standard_filters(false)
            .hidden(true)
            .follow_links(true)
            .sort_by_file_name(Ord::cmp)
            .build();
        Box::new(walk.filter_map(move |entry| self.found(argument, entry)))
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
        let Some(format) = path.extension().and_then(|e| Format::from_extension(e.to_str()?)) else {
            // A README beside the news is there for people, and expected to be left aside.
            if path.extension().is_none_or(|e| e != "md") {
                self.left_aside.fetch_add(1, Ordering::Relaxed);
            }
            return None;
        };
        if !kind.is_file() {
            return Some(Err(Unreadable { what: format!("{}: not a regular file", path.display()) }));
        }
        let id = relative(&path, root);
        let name = Name { path: path.to_string_lossy().into(), id: id.into() };
        Some(Ok(Input { path, name, format: Some(format) }))
    }
}

impl Input {
    /// An input that the user named himself: read whatever it is called.
    fn given(path: &Path) -> Self {
        if is_stdin(path) {
            let name = Name { path: "standard input".into(), id: "stdin".into() };
            return Self { path: path.to_owned(), name, format: None };
        }
        let id = path.file_name().unwrap_or(path.as_os_str());
        let name = Name { path: path.to_string_lossy().into(), id: id.to_string_lossy().into() };
        let format = path.extension().and_then(|e| Format::from_extension(e.to_str()?));
        Self { path: path.to_owned(), name, format }
    }

    /// Opens it.
    pub(crate) fn open(&self) -> io::Result<Box<dyn BufRead>> {
        Ok(if is_stdin(&self.path) {
            Box::new(BufReader::with_capacity(BUFFER, io::stdin().lock()))
        } else {
            Box::new(BufReader::with_capacity(BUFFER, File::open(&self.path)?))
        })
    }
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
