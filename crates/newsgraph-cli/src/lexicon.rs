//! The lexicon of acts that the command line asks for.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use newsgraph::Pipeline;
use newsgraph::relation::EventLexicon;

use crate::args::LexiconArgs;

/// The pipeline with the lexicon that was asked for.
///
/// # Errors
/// When a file cannot be read or has a fault.
pub(crate) fn pipeline(args: &LexiconArgs) -> Result<Pipeline> {
    if args.event_lexicon.is_empty() {
        return Ok(Pipeline::new());
    }
    let mut lexicon =
        if args.only_event_lexicon { EventLexicon::without_acts() } else { EventLexicon::embedded().clone() };
    for path in &args.event_lexicon {
        lexicon
            .add(&path.display().to_string(), &read(path)?)
            .context("cannot use the event lexicon; `newsgraph events check` lists all its faults")?;
    }
    Ok(Pipeline::new().with_acts(lexicon))
}

/// The text of a lexicon file.
///
/// # Errors
/// When it cannot be read, or is no UTF-8.
pub(crate) fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    String::from_utf8(bytes).with_context(|| format!("{} is no UTF-8 text; save it as UTF-8", path.display()))
}
