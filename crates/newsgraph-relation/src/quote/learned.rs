//! The learned heart of attribution.
//!
//! Every word that can be a cue gets a score (a linear model over hashed features of the word, its tree, its subject,
//! the quotation marks beside it). For those that may be one, three log-linear models choose the extent of the cue, the
//! source, and the content, the latter as a pair of boundaries (in the manner of pointer models over phrases whose
//! edges the tree gives); a last one says how sure the whole is.

mod content;
mod cues;
mod decide;
mod facts;
mod fit;
mod scene;
mod source;
mod teach;
mod weights;

pub(crate) use decide::{Decision, Judge};
pub(crate) use facts::Facts;
pub use teach::{Choice, Examples, Lesson, Marked, Verdict};
pub use weights::{Table, UNIT, Weights};
