//! Who said what and who did what to whom.

mod quote;

pub use quote::{Quote, QuoteForm, QuoteKind};
