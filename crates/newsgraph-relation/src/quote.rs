//! Attributions: who said what, in which words.

mod model;

pub use model::{Quote, QuoteForm, QuoteKind};
