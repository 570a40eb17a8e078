//! How fast names are found, beside a plain scan of the same text for the same names.
//!
//! ```sh
//! cargo run --profile tool -p newsgraph-gazetteer --example finding_speed -- articles.txt [prepared gazetteer]
//! ```
//!
//! The scan is `aho-corasick`'s contiguous automaton over the names as they are written: it knows nothing of word
//! boundaries, case or spelling, and is the yardstick of what one pass over the bytes costs.

#![allow(clippy::print_stdout, reason = "the program's output")]

use std::time::Instant;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use newsgraph_gazetteer::{Gazetteer, Scratch};
use newsgraph_token::{Segmentation, Segmenter};

const ROUNDS: usize = 9;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let text = std::fs::read_to_string(arguments.next().ok_or("give a text")?)?;
    let start = Instant::now();
    let loaded = arguments.next().map(|path| Gazetteer::from_bytes(std::fs::read(path)?).map_err(Box::from));
    let loaded: Option<Gazetteer> = loaded.map(|l: Result<_, Box<dyn std::error::Error>>| l).transpose()?;
    let gazetteer = loaded.as_ref().unwrap_or_else(|| Gazetteer::embedded());
    println!("{gazetteer:?} opened in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);

    let mut tokens = Segmentation::default();
    Segmenter::new().segment(&text, &mut tokens);
    let (mut scratch, mut found) = (Scratch::default(), Vec::new());
    let names = fastest(text.len(), || {
        gazetteer.find(&text, &tokens, &mut scratch, &mut found);
        found.len()
    });
    println!("names: {} found, {names:.0} MB/s", found.len());

    let written = gazetteer.entries().flat_map(|entry| entry.names()).filter(|name| name.alone);
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(written.map(|name| name.text))?;
    let scan = fastest(text.len(), || automaton.find_iter(&text).count());
    println!("scan: {scan:.0} MB/s; names at {:.0} % of that", 100.0 * names / scan);
    Ok(())
}

/// The rate of the fastest of several rounds, in MB/s.
fn fastest(bytes: usize, mut round: impl FnMut() -> usize) -> f64 {
    let seconds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        assert!(round() > 0, "nothing found");
        start.elapsed().as_secs_f64()
    });
    bytes as f64 / 1e6 / seconds.fold(f64::INFINITY, f64::min)
}
