//! `newsgraph gazetteer`: lists of names, checked and prepared.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use newsgraph::gazetteer::{Gazetteer, check_entries, read_list};

use crate::args::{GazetteerArgs, GazetteerCommand};
use crate::lists;
use crate::output::Output;
use crate::reporter::count;
use crate::status::ExitStatus;

pub(crate) fn run(args: &GazetteerArgs) -> Result<ExitStatus> {
    match &args.command {
        GazetteerCommand::Build { lists, output } => build(lists, output),
        GazetteerCommand::Check { lists } => check(lists),
    }
}

fn build(paths: &[PathBuf], output: &Path) -> Result<ExitStatus> {
    let mut file = Output::create(Some(output))?;
    let gazetteer = lists::load(paths)?.context("no list")?;
    file.write_all(gazetteer.to_bytes()).with_context(|| format!("cannot write {}", output.display()))?;
    file.finish()?;
    let (entries, names) = (gazetteer.len(), count(gazetteer.name_count() as u64, "name"));
    // When stderr is gone there is nobody left to tell.
    let _ = writeln!(
        std::io::stderr().lock(),
        "newsgraph: {entries} entries with {names} in {}",
        output.display()
    );
    Ok(ExitStatus::Success)
}

/// Prints what is wrong and what is doubtful, a line each, beginning with file and line.
fn check(paths: &[PathBuf]) -> Result<ExitStatus> {
    let mut out = Output::create(None)?;
    let mut found = 0;
    for path in paths {
        let list = path.display().to_string();
        let bytes = fs::read(path).with_context(|| format!("cannot read {list}"))?;
        if Gazetteer::is_prepared(&bytes) {
            bail!("{list} is a prepared gazetteer; check the lists that it was made of");
        }
        let reading = read_list(&list, &bytes);
        let findings = check_entries(&reading.entries);
        for error in &reading.errors {
            writeln!(out, "{error}")?;
        }
        for finding in &findings {
            writeln!(out, "{list}:{finding}")?;
        }
        let names: usize = reading.entries.iter().map(|entry| entry.names.len()).sum();
        let (names, faults) = (count(names as u64, "name"), reading.errors.len() + findings.len());
        let finds = count(faults as u64, "finding");
        writeln!(out, "{list}: {} entries, {names}, {finds}", reading.entries.len())?;
        found += faults;
    }
    out.finish()?;
    Ok(if found == 0 { ExitStatus::Success } else { ExitStatus::Incomplete })
}
