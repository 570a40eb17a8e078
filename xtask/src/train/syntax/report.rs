//! How good the model is, on the dev parts with their own tokens and sentences, and the record of it beside the file.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use newsgraph_syntax::conllu::Document;
use newsgraph_syntax::training::model::{AlignedBytes, FORMAT};
use newsgraph_syntax::{Model, Parser, Syntax};

use super::corpus;

/// The line of the README after which the record stands.
const MARK: &str = "<!-- made by cargo xtask train syntax -->\n";

/// A table of the model's size and scores.
pub(super) fn table(model: &[u8], shared: &Path) -> Result<String> {
    // The parser keeps its model for the life of the program; this program ends soon.
    let bytes: &'static AlignedBytes = Box::leak(Box::new(AlignedBytes::copy(model)));
    let mut parser = Parser::with_model(Model::read(bytes.bytes())?);
    let mut out =
        format!("Format {FORMAT}, {} bytes. Dev parts, gold tokens and sentences, percent:\n\n", model.len());
    out.push_str(
        "| set | words | UPOS | XPOS | lemma | UAS | LAS |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for set in super::TREEBANKS {
        let documents = corpus::dev(shared, set)?;
        let mut counts = [0usize; 6];
        let mut syntax = Syntax::default();
        for document in &documents {
            parser.parse(&document.text, &document.segmentation, &mut syntax);
            count(document, &syntax, &mut counts);
        }
        let [words, right @ ..] = counts;
        write!(out, "| {set} dev | {words}")?;
        for n in right {
            write!(out, " | {:.2}", 100.0 * n as f64 / words.max(1) as f64)?;
        }
        out.push_str(" |\n");
    }
    Ok(out)
}

/// Adds up words, and those with the right UPOS, XPOS, lemma, head, and head and relation without subtype.
fn count(gold: &Document, found: &Syntax, counts: &mut [usize; 6]) {
    for token in 0..found.len() {
        let head = gold.syntax.head(token) == found.head(token);
        let right = [
            true,
            gold.syntax.upos(token) == found.upos(token),
            gold.syntax.xpos(token) == found.xpos(token),
            gold.syntax.lemma(token) == found.lemma(token),
            head,
            head && gold.syntax.deprel(token).universal() == found.deprel(token).universal(),
        ];
        for (count, right) in counts.iter_mut().zip(right) {
            *count += usize::from(right);
        }
    }
}

/// Puts the table into the README, in place of the one before.
pub(super) fn record(readme: &Path, table: &str) -> Result<()> {
    let text =
        std::fs::read_to_string(readme).with_context(|| format!("cannot read {}", readme.display()))?;
    let kept = text.split_once(MARK).map_or(text.as_str(), |(before, _)| before);
    std::fs::write(readme, format!("{}\n\n{MARK}\n{table}", kept.trim_end()))
        .with_context(|| format!("cannot write {}", readme.display()))
}
