//! Splits the file named by the first argument many times over and prints megabytes a second, on one core.

use std::time::Instant;

use newsgraph_token::{Segmentation, Segmenter};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: throughput FILE")?;
    let text = std::fs::read_to_string(path)?;
    let (mut segmenter, mut layers) = (Segmenter::new(), Segmentation::default());
    segmenter.segment(&text, &mut layers);
    let mut best = f64::MAX;
    for _ in 0..10 {
        let start = Instant::now();
        segmenter.segment(&text, &mut layers);
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{} tokens, {:.1} MB/s", layers.len(), text.len() as f64 / best / 1e6);
    Ok(())
}
