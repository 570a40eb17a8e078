//! Finds known names in token streams: whole words, leftmost-longest, no name lost.
//!
//! A [`Gazetteer`] holds entries (people, bodies, places) under all their names and finds them in one pass over
//! the units that tokens are made of: folded words in which diacritics, dots, apostrophes, hyphens and line breaks
//! make no difference, and in which case counts as each name asks.
//! [`Gazetteer::embedded`] has the lists that newsgraph brings along; [`GazetteerBuilder`] compiles others, alone or
//! on top of those.
//!
//! ```
//! use newsgraph_gazetteer::{Gazetteer, Scratch};
//! use newsgraph_text::Span;
//! use newsgraph_token::Segmentation;
//!
//! let text = "Élysée aides spoke";
//! let mut tokens = Segmentation::default();
//! for (start, end) in [(0, 8), (9, 14), (15, 20)] {
//!     tokens.push_token(Span::new(start, end));
//! }
//! let gazetteer = Gazetteer::embedded();
//! let (mut scratch, mut found) = (Scratch::default(), Vec::new());
//! gazetteer.find(text, &tokens, &mut scratch, &mut found);
//! let candidate = gazetteer.candidates(found[0].name).next().expect("a name has an entry");
//! assert_eq!(candidate.entry.name(), "Elysee Palace");
//! assert_eq!(candidate.entry.stands_for().map(|e| e.id()), Some("country/FRA"));
//! ```

mod check;
mod compile;
mod date;
mod entry;
mod error;
mod find;
mod fold;
mod gazetteer;
mod kind;
mod lexis;
mod list;
mod naive;
mod petrarch;
mod read;
mod source;
mod tables;
mod tree;
mod units;
mod words;

pub use check::{Finding, FindingKind, check_entries};
pub use compile::GazetteerBuilder;
pub use date::PartialDate;
pub use entry::{Code, Entry, EntryId, EntryName, Term};
pub use error::GazetteerError;
pub use find::{Match, NameId, Scratch};
pub use fold::folded;
pub use gazetteer::{Candidate, Gazetteer};
pub use kind::EntityType;
pub use list::{ListFormat, read_list};
pub use naive::{NaiveMatch, NaiveMatcher};
pub use petrarch::read_petrarch;
pub use read::{Reading, read_csv, read_json_lines};
pub use source::{Gender, NameClass, SourceCode, SourceEntry, SourceName, SourceTerm, slug};
pub use words::{NameWord, Title, first_name, org_word, place_word, title};
