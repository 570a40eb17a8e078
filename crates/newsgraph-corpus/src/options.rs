//! How a corpus is to be read.

use crate::fields::FieldNames;

/// What a user can say about all inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The names of fields and columns, where they are not the usual ones.
    pub fields: FieldNames,
    /// Whether documents in other languages than English are read too.
    pub any_language: bool,
}
