//! Prints the frames of CoNLL-U trees: `cargo run -p newsgraph-relation --example frames < TREES.conllu`
#![allow(clippy::print_stdout)] // an example prints

use std::io::Read;

use newsgraph_relation::{Frames, noun_phrase};
use newsgraph_syntax::conllu;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let mut frames = Frames::default();
    for document in conllu::read(&input) {
        let document = document?;
        let (text, segmentation, syntax) = (&document.text, &document.segmentation, &document.syntax);
        Frames::extract(text, segmentation, syntax, &mut frames);
        for sentence in segmentation.sentences() {
            println!("# {}", segmentation.span(*sentence).of(text).replace('\n', " "));
            for frame in frames.iter().filter(|f| sentence.contains(f.head)) {
                println!(
                    "  {} {:?} {:?} {:?} {:?} {:?}",
                    syntax.lemma(frame.head),
                    frame.link,
                    frame.voice,
                    frame.tense,
                    frame.polarity,
                    frame.modality
                );
                for argument in frames.arguments(frame) {
                    let phrase = segmentation.span(noun_phrase(syntax, argument.head)).of(text);
                    let marker = argument.marker.map_or("", |m| syntax.lemma(m));
                    let shared = if argument.shared { " (shared)" } else { "" };
                    println!("    {:?} {marker} [{}]{shared}", argument.relation, phrase.replace('\n', " "));
                }
            }
        }
    }
    Ok(())
}
