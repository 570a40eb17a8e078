//! Prints the tokens and sentences of standard input as CoNLL-U with empty syntax, for the scorers of treebanks.

use std::io::{Read, Write};

use newsgraph_token::{Segmentation, Segmenter};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut layers = Segmentation::default();
    Segmenter::new().segment(&text, &mut layers);
    let mut out = std::io::BufWriter::new(std::io::stdout());
    for sentence in layers.sentences() {
        for (n, token) in sentence.iter().enumerate() {
            let (head, relation) = if n == 0 { (0, "root") } else { (1, "dep") };
            let glued = layers
                .tokens()
                .get(token as usize + 1)
                .is_some_and(|next| next.start == layers.token(token).end);
            let misc = if glued { "SpaceAfter=No" } else { "_" };
            writeln!(
                out,
                "{}\t{}\t_\t_\t_\t_\t{head}\t{relation}\t_\t{misc}",
                n + 1,
                layers.form(&text, token)
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}
