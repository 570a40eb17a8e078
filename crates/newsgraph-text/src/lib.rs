//! Documents and the two kinds of places in a text.
//!
//! Everything inside newsgraph counts in bytes ([`Span`]); everything that leaves it counts in Unicode code
//! points ([`CharSpan`]), which is what Python, spaCy, BRAT and most corpora use. The two are different types,
//! and [`CharIndex`] is the one place that converts.
//!
//! ```
//! use newsgraph_text::{CharIndex, CharSpan, Span};
//!
//! let text = "“Non”, said Élysée aides";
//! let span = Span::new(16, 24);
//! assert_eq!(span.of(text), "Élysée");
//! assert_eq!(CharIndex::new(text).chars(span), CharSpan { start: 12, end: 18 });
//! ```

mod char_index;
mod document;
mod span;

pub use char_index::CharIndex;
pub use document::{Document, Metadata};
pub use span::{CharSpan, Span, TokenRange};
