//! What can be wrong with a list of names.

/// An error in a list or in a prepared gazetteer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GazetteerError {
    /// The list's first line lacks a column, or has one that no list has.
    #[error("{list}:1: {problem}; the columns are {columns}, and only name is required")]
    Header {
        /// The list, as its reader was told to call it.
        list: String,
        /// What is wrong.
        problem: String,
        /// The columns that there are.
        columns: &'static str,
    },
    /// A line is no CSV or no JSON object of the fields that there are, or cannot be read.
    #[error("{list}:{line}: {problem}; correct or remove the line")]
    Line {
        /// The list, as its reader was told to call it.
        list: String,
        /// The line, from 1.
        line: u32,
        /// What the parser says.
        problem: String,
    },
    /// A field has a value that it cannot have.
    #[error("{list}:{line}: {field} is {value:?}; write {remedy}")]
    Field {
        /// The list, as its reader was told to call it.
        list: String,
        /// The line, from 1.
        line: u32,
        /// The column or JSON field.
        field: &'static str,
        /// What it holds.
        value: String,
        /// What it should hold.
        remedy: &'static str,
    },
    /// The bytes are no prepared gazetteer of this version.
    #[error("not a gazetteer prepared by this version; prepare it again from its lists")]
    NotPrepared,
    /// A prepared gazetteer is damaged.
    #[error("the prepared gazetteer is damaged; prepare it again from its lists")]
    Truncated,
    /// The prepared form cannot number so many names.
    #[error("too many names for one gazetteer; split the lists")]
    TooLarge,
}
