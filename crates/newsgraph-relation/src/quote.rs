//! Attributions: who said what, in which words.

mod draft;
mod extract;
pub(crate) mod learned;
mod model;
mod ranges;
mod speakers;

pub use extract::{extract_quotes, extract_quotes_with};
pub use model::{Quote, QuoteForm, QuoteKind};
