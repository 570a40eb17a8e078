//! The lists of names that a user gives.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use newsgraph::Pipeline;
use newsgraph::gazetteer::{Gazetteer, GazetteerBuilder, GazetteerError, ListFormat, SourceEntry, read_list};

use crate::args::ListArgs;

/// Faults of one list that are printed; a list in the wrong format has as many as lines.
const FAULTS: usize = 10;

/// A pipeline that also knows the names of these lists.
///
/// # Errors
/// When one cannot be read, or a line of one that should be right is not.
pub(crate) fn extend(pipeline: Pipeline, lists: &ListArgs) -> Result<Pipeline> {
    Ok(match load(&lists.gazetteers)? {
        Some(gazetteer) => pipeline.with_gazetteer(gazetteer),
        None => pipeline,
    })
}

/// The gazetteer with the lists at these paths, on top of what newsgraph brings along; `None` without any.
///
/// # Errors
/// When one cannot be read, or a line of one that should be right is not.
pub(crate) fn load(paths: &[PathBuf]) -> Result<Option<Gazetteer>> {
    let mut lists = Vec::new();
    let mut prepared = Vec::new();
    for path in paths {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        if Gazetteer::is_prepared(&bytes) {
            let gazetteer = Gazetteer::from_bytes(bytes);
            prepared.push(gazetteer.with_context(|| path.display().to_string())?);
        } else {
            lists.push(entries(path, &bytes)?);
        }
    }
    if lists.is_empty() && prepared.len() < 2 {
        return Ok(prepared.pop());
    }
    let mut builder = GazetteerBuilder::on_top_of(Gazetteer::embedded());
    for gazetteer in &prepared {
        builder.add_all(gazetteer);
    }
    lists.into_iter().for_each(|list| builder.add_list(list));
    Ok(Some(builder.build()?))
}

/// The entries of a list. What is wrong in a dictionary is told and left out; in other lists it is an error.
fn entries(path: &Path, bytes: &[u8]) -> Result<Vec<SourceEntry>> {
    let list = path.display().to_string();
    let reading = read_list(&list, bytes);
    if reading.errors.is_empty() {
        return Ok(reading.entries);
    }
    let faults = shown(&reading.errors);
    if !ListFormat::of(&list, bytes).is_lenient() || reading.entries.is_empty() {
        bail!("the gazetteer {list} cannot be used as it is\n{faults}");
    }
    let left_out = crate::reporter::count(reading.errors.len() as u64, "fault");
    // When stderr is gone there is nobody left to tell.
    let _ = writeln!(io::stderr().lock(), "newsgraph: note: {left_out} in {list}, left out\n{faults}");
    Ok(reading.entries)
}

/// The first faults, one a line, and how many more there are.
fn shown(errors: &[GazetteerError]) -> String {
    let mut lines: Vec<String> = errors.iter().take(FAULTS).map(|error| format!("  {error}")).collect();
    if errors.len() > FAULTS {
        lines.push(format!("  and {} more: newsgraph gazetteer check lists them all", errors.len() - FAULTS));
    }
    lines.join("\n")
}
