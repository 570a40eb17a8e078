//! Prints the quotations of every paragraph of standard input, one a line: depth, kind, whether closed, text.

#![expect(clippy::print_stdout, reason = "what it is for")]

use std::io::Read;

use newsgraph_token::{Segmentation, Segmenter};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut layers = Segmentation::default();
    Segmenter::new().segment(&text, &mut layers);
    for quotation in layers.quotations() {
        let state = match (quotation.closed, quotation.continues) {
            (true, None) => "",
            (true, Some(_)) => " continues",
            (false, None) => " open",
            (false, Some(_)) => " continues open",
        };
        println!("{} {:?}{state}\t{}", quotation.depth, quotation.kind, quotation.span.of(&text));
    }
    Ok(())
}
