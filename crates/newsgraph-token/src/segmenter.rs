//! The three layers, one after the other.

use crate::marks::Mark;
use crate::quotations::QuotationPass;
use crate::scanner::Scanner;
use crate::{Segmentation, paragraphs, sentences};

/// Splits texts; owns its scratch space, so one per thread and used again for every document.
#[derive(Default)]
pub struct Segmenter {
    marks: Vec<Mark>,
    quotations: QuotationPass,
}

impl Segmenter {
    /// A segmenter with the built-in rules and weights.
    pub fn new() -> Self {
        Self::default()
    }

    /// Splits `text` into tokens, sentences and quotations, replacing what `out` held.
    ///
    /// Takes time linear in the length of the text, and no memory once the arrays have grown to the longest text.
    /// Of a text longer than 4 GiB only the beginning is split.
    pub fn segment(&mut self, text: &str, out: &mut Segmentation) {
        out.clear();
        self.marks.clear();
        let text = self.scan(text, out);
        sentences::split(text, out, &self.marks);
    }

    /// Asks `decide(token, features)` of every place inside paragraphs where a sentence may end, before that token;
    /// what it answers bears on the features of later places. For training the weights.
    pub fn visit_boundaries(
        &mut self,
        text: &str,
        out: &mut Segmentation,
        mut decide: impl FnMut(&Segmentation, u32, &sentences::Features) -> bool,
    ) {
        let text = self.scan(text, out);
        sentences::walk(text, out.tokens(), &self.marks, |next, place| {
            place.is_none_or(|place| decide(out, next as u32, &place.features()))
        });
    }

    /// The layers below sentences.
    fn scan<'t>(&mut self, text: &'t str, out: &mut Segmentation) -> &'t str {
        out.clear();
        self.marks.clear();
        let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
        Scanner::scan(text, out, &mut self.marks);
        paragraphs::resolve(out.tokens(), &mut self.marks);
        self.quotations.run(text, out, &mut self.marks);
        text
    }
}
