//! A document: an immutable text and what its source says about it.

/// What a source states about a document; every field may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The outlet's name.
    pub source: Option<String>,
    /// When it was published, ISO 8601 (`2025-07-01` or with a time of day).
    pub published: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Who wrote it, as the source says.
    pub byline: Option<String>,
    /// The language it is written in: the ISO 639-1 code, or 639-3 where there is none.
    pub language: Option<String>,
}

/// One article: its identity, its text exactly as read, and its metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The input's own id, or the file's path relative to the input root.
    pub id: String,
    /// The text that all spans index; at most `u32::MAX` bytes.
    pub text: String,
    /// What the source says about it.
    pub metadata: Metadata,
}
