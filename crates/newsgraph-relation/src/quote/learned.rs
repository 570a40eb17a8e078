//! The learned heart of attribution.
//!
//! Every word that can be a cue gets a score (a linear model over hashed features of the word, its tree, its subject,
//! the quotation marks beside it). For those that may be one, three log-linear models choose the extent of the cue, the
//! source, and the content, the latter as a pair of boundaries (in the manner of pointer models over phrases whose
//! edges the tree gives); boosted decision trees say how sure the whole is.

mod content;
mod cues;
mod decide;
mod facts;
mod fit;
mod scene;
mod source;
mod teach;
mod trees;
mod weights;
mod whole;

pub(crate) use decide::{Decision, Judge};
pub(crate) use facts::{Facts, word as word_hash};
pub use teach::{Choice, Examples, Judged, Lesson, Marked, Verdict};
pub use trees::{Split, Trees};
pub use weights::{Table, UNIT, Weights};
