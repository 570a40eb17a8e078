//! Tokens, sentences and quotation marks of English news text.
//!
//! [`Segmenter`] turns a text into a [`Segmentation`]: tokens by the conventions of the English Universal
//! Dependencies treebanks, sentences as ranges of tokens, and the stretches inside quotation marks.
//!
//! ```
//! use newsgraph_token::{Segmentation, Segmenter};
//!
//! let text = "“It won't last,” Ms. Ito said. Nobody agreed.";
//! let mut segmentation = Segmentation::default();
//! Segmenter::new().segment(text, &mut segmentation);
//! let words: Vec<&str> = (0..segmentation.len()).map(|token| segmentation.form(text, token)).collect();
//! assert_eq!(words[..8], ["“", "It", "wo", "n't", "last", ",", "”", "Ms."]);
//! assert_eq!(segmentation.sentences().len(), 2);
//! ```

mod classes;
mod clitics;
mod furniture;
mod lexicon;
mod marks;
mod numbers;
mod paragraphs;
mod quotations;
mod quoted;
mod quoted_words;
mod scanner;
mod segmentation;
mod segmenter;
mod sentences;
mod web;
mod words;

pub use furniture::{Furniture, FurnitureKind, FurniturePiece};
pub use segmentation::{Quotation, QuotationKind, Segmentation};
pub use segmenter::Segmenter;
pub use sentences::{Features as BoundaryFeatures, WEIGHTS as BOUNDARY_WEIGHTS};
