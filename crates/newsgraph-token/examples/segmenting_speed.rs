//! Splits the file named by the first argument piece by piece, many times over, and prints megabytes a second on one
//! core. The best time of each piece counts, so that other work on the machine disturbs little.

#![expect(clippy::print_stdout, reason = "what it is for")]

use std::time::Instant;

use newsgraph_token::{Segmentation, Segmenter};

/// About the length of a piece, in bytes.
const PIECE: usize = 100_000;
/// Runs over each piece.
const RUNS: usize = 25;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: segmenting_speed FILE")?;
    let text = std::fs::read_to_string(path)?;
    let (mut segmenter, mut layers) = (Segmenter::new(), Segmentation::default());
    let (mut tokens, mut seconds) = (0, 0.0);
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let cut = rest.floor_char_boundary(PIECE);
        let cut = rest[cut..].find("\n\n").map_or(rest.len(), |n| cut + n);
        let (piece, after) = rest.split_at(cut);
        rest = after.trim_start();
        let mut best = f64::MAX;
        for _ in 0..RUNS {
            let start = Instant::now();
            segmenter.segment(piece, &mut layers);
            best = best.min(start.elapsed().as_secs_f64());
        }
        seconds += best;
        tokens += layers.len();
    }
    println!("{tokens} tokens, {:.1} MB/s", text.len() as f64 / seconds / 1e6);
    Ok(())
}
