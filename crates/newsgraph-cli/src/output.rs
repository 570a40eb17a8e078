//! Outputs that are whole or absent: written under another name in the same folder, synced, renamed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::NamedTempFile;

use crate::interrupt::{self, Unfinished};

/// Where a command writes its one result.
pub(crate) enum Output {
    /// Standard output.
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A pipe or device that has a name: nothing that could be renamed.
    Special(BufWriter<File>, PathBuf),
    /// A file.
    File(PendingFile),
}

impl Output {
    /// The file at `path`, or standard output.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn create(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else {
            return Ok(Self::Stdout(BufWriter::with_capacity(1 << 16, io::stdout().lock())));
        };
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => anyhow::bail!("cannot write {}: it is a folder", path.display()),
            Ok(found) if !found.is_file() => {
                let file = OpenOptions::new().write(true).open(path).with_context(|| cannot_write(path))?;
                Ok(Self::Special(BufWriter::new(file), path.to_owned()))
            }
            _ => Ok(Self::File(PendingFile::create(path)?)),
        }
    }

    /// Puts the output in its place.
    ///
    /// # Errors
    /// When the last of it cannot be written.
    pub(crate) fn finish(self) -> Result<()> {
        match self {
            Self::Stdout(mut out) => out.flush().context("cannot write to standard output"),
            Self::Special(mut out, path) => out.flush().with_context(|| cannot_write(&path)),
            Self::File(file) => commit(vec![file]),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Special(out, _) => out.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Special(out, _) => out.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

/// A file that is not there yet. Dropped, it leaves nothing behind.
pub(crate) struct PendingFile {
    file: BufWriter<NamedTempFile>,
    target: PathBuf,
    unfinished: Unfinished,
}

impl PendingFile {
    /// Begins to write `target`.
    ///
    /// # Errors
    /// When its folder cannot be written to.
    pub(crate) fn create(target: &Path) -> Result<Self> {
        // A link stays a link: what it points to is replaced.
        let target = target.canonicalize().unwrap_or_else(|_| target.to_owned());
        let name = target.file_name().with_context(|| format!("{} names no file", target.display()))?;
        let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut prefix = std::ffi::OsString::from(".");
        prefix.push(name);
        prefix.push(".");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any program's new file; the user's mask still applies.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder).with_context(|| cannot_write(&target))?;
        let unfinished = Unfinished::new(file.path().to_owned());
        Ok(Self { file: BufWriter::with_capacity(1 << 16, file), target, unfinished })
    }
}

impl PendingFile {
    /// Where it lies until it is whole, for a writer that opens files by itself.
    pub(crate) fn path(&self) -> &Path {
        self.file.get_ref().path()
    }
}

impl Write for PendingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Puts files in their places, all or, when one cannot be completed, none.
///
/// # Errors
/// When the last of a file cannot be written or a file cannot be renamed.
pub(crate) fn commit(files: Vec<PendingFile>) -> Result<()> {
    let (mut complete, mut kept) = (Vec::new(), Vec::new());
    for PendingFile { file, target, unfinished } in files {
        let file = file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .with_context(|| cannot_write(&target))?;
        file.as_file().sync_all().with_context(|| cannot_write(&target))?;
        complete.push((file, target));
        kept.push(unfinished);
    }
    // Declared after `kept`, whose members lock too when they are dropped.
    let _uninterrupted = interrupt::lock();
    for (file, target) in complete {
        file.persist(&target).map_err(|error| error.error).with_context(|| cannot_write(&target))?;
        sync_folder(&target);
    }
    Ok(())
}

/// Makes the rename last. Not every file system can; the file itself is safe by then.
fn sync_folder(target: &Path) {
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

/// A folder that is made when it is missing, and removed again when nothing came into it.
pub(crate) struct OutputFolder {
    path: PathBuf,
    made: Option<Unfinished>,
}

impl OutputFolder {
    /// The folder at `path`.
    ///
    /// # Errors
    /// When it is something else, or cannot be made.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let made = !path.exists();
        fs::create_dir_all(path).with_context(|| format!("cannot make the folder {}", path.display()))?;
        Ok(Self { path: path.to_owned(), made: made.then(|| Unfinished::new(path.to_owned())) })
    }

    /// Begins to write the file `name` in it.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub(crate) fn file(&self, name: &str) -> Result<PendingFile> {
        PendingFile::create(&self.path.join(name))
    }
}

impl Drop for OutputFolder {
    fn drop(&mut self) {
        if self.made.is_some() {
            // Fails where the folder holds something, which is then what was wanted.
            let _ = fs::remove_dir(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_whole_or_absent() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.txt");
        let names = || fs::read_dir(folder.path()).unwrap().count();

        let mut dropped = PendingFile::create(&target).unwrap();
        dropped.write_all(b"half").unwrap();
        assert!(!target.exists() && names() == 1);
        drop(dropped);
        assert_eq!(names(), 0);

        let mut file = Output::create(Some(&target)).unwrap();
        file.write_all(b"whole").unwrap();
        file.finish().unwrap();
        assert_eq!((fs::read(&target).unwrap(), names()), (b"whole".to_vec(), 1));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{MetadataExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        let plain = folder.path().join("plain");
        fs::write(&real, "old").unwrap();
        fs::write(&plain, "").unwrap();
        symlink(&real, &link).unwrap();

        let mut file = Output::create(Some(&link)).unwrap();
        file.write_all(b"new").unwrap();
        file.finish().unwrap();
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&real).unwrap().mode(), fs::metadata(&plain).unwrap().mode());
    }

    #[test]
    fn a_new_folder_goes_when_it_stays_empty() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        drop(OutputFolder::create(&path).unwrap());
        assert!(!path.exists());

        let out = OutputFolder::create(&path).unwrap();
        commit(vec![out.file("x").unwrap()]).unwrap();
        drop(out);
        assert!(path.join("x").exists());
    }
}
