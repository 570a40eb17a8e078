//! `cargo xtask train syntax`: the tagger, the lemmatiser and the parser, into one file.

mod corpus;
mod export;
mod jackknife;
mod lemmas;
mod matrix;
mod network;
mod oracle;
mod parser;
mod report;
mod tagger;

use std::path::Path;

use anyhow::{Context, Result};
use newsgraph_syntax::training::lexicon::Lexicon;
use newsgraph_syntax::training::model::{AlignedBytes, SectionWriter, Sections};
use tagger::Tags;

/// Where the model lies, and the page that tells of it.
const MODEL: &str = "data/syntax/model.bin";
const EPOCHS: usize = 14;
/// Treebanks whose dev parts show how far training has come.
const TREEBANKS: [&str; 2] = ["ud-ewt", "ud-gum"];

/// Runs the command.
pub fn run(options: super::Options) -> Result<()> {
    let gold = corpus::training(&options.shared)?;
    let mut sentences = gold.clone();
    sentences.extend(corpus::headlines(&gold));
    println!("{} sentences, and {} made like headlines", gold.len(), sentences.len() - gold.len());
    let tags = Tags::collect(&gold);
    let mut out = SectionWriter::default();
    tagger::write_lexicon(&tags, &gold, &mut out);
    tagger::write_tagger(&tags, &sentences, &mut out)?;
    lemmas::write(&tags, &gold, &mut out);
    println!("tagger and lemmatiser are trained");

    let predicted = jackknife::tags(&tags, &sentences)?;
    println!("sentences are tagged for the parser");
    let file = AlignedBytes::copy(&out.clone().finish());
    let lexicon = Lexicon::read(&Sections::read(file.bytes())?)?;
    let data = parser::encode(&tags, &lexicon, &sentences, &predicted);
    let frequencies = tagger::frequencies(&lexicon, &gold);
    let mut dev = Vec::new();
    for name in TREEBANKS {
        let sentences = corpus::sentences(&corpus::dev(&options.shared, name)?);
        dev.extend(parser::encode(&tags, &lexicon, &sentences, &tagger::tag_all(file.bytes(), &sentences)?));
    }
    let network = parser::train(lexicon.len(), &frequencies, &data, EPOCHS, |epoch, loss, network| {
        let (heads, both) = parser::score(network, &dev);
        println!(
            "epoch {} of {EPOCHS}: loss {loss:.0}; dev heads {heads:.2}, with relations {both:.2}",
            epoch + 1
        );
    });
    export::write(&network, &mut out);

    let model = out.finish();
    let table = report::table(&model, &options.shared)?;
    print!("{table}");
    let path = Path::new(MODEL);
    std::fs::write(path, &model)
        .with_context(|| format!("cannot write {MODEL}; run from the repository's root"))?;
    report::record(&path.with_file_name("README.md"), &table)
}
