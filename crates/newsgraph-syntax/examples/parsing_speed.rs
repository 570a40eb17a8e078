//! Measures a core on a text: `cargo run --release --example parsing_speed -- FILE`.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use newsgraph_syntax::{Parser, Syntax};
use newsgraph_token::{Segmentation, Segmenter};

fn main() -> std::io::Result<()> {
    let Some(path) = std::env::args().nth(1) else { return Err(std::io::Error::other("name a text file")) };
    let text = std::fs::read_to_string(path)?;
    let mut segmentation = Segmentation::default();
    Segmenter::new().segment(&text, &mut segmentation);
    let (mut parser, mut syntax) = (Parser::new(), Syntax::default());
    for (what, trees) in [("tags and lemmas", false), ("tags, lemmas and trees", true)] {
        let mut best = f64::MAX;
        for _ in 0..5 {
            let start = Instant::now();
            parser.parse_some(&text, &segmentation, |_| trees, &mut syntax);
            best = best.min(start.elapsed().as_secs_f64());
        }
        println!("{what}: {:.0} tokens a second", f64::from(syntax.len()) / best);
    }
    Ok(())
}
