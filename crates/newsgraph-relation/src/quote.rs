//! Attributions: who said what, in which words.

mod draft;
mod extract;
mod model;
mod phrases;
mod ranges;
mod verbs;

pub use extract::extract_quotes;
pub use model::{Quote, QuoteForm, QuoteKind};
