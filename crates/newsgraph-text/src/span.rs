//! Spans of bytes, of code points and of tokens: half-open, cheap to copy, not to be mixed.

use std::fmt;
use std::ops::Range;

/// A half-open stretch `[start, end)` of a text, in **bytes**, on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte; never less than `start`.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`, in bytes.
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Self { start, end }
    }

    /// The stretch of `text` that the span covers, or the empty string when it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// The span as a range of `usize`, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside this span; equal spans contain each other.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether byte `at` lies inside the span.
    pub fn contains_byte(self, at: u32) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that contains both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A half-open stretch `[start, end)` of a text, in **Unicode code points**.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CharSpan {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// A half-open stretch `[start, end)` of **token indices** of a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TokenRange {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl TokenRange {
    /// The tokens from `start` up to, not including, `end`.
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end, "token range {start}..{end} runs backwards");
        Self { start, end }
    }

    /// Number of tokens.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the range holds no token.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether token `token` lies in the range.
    pub fn contains(self, token: u32) -> bool {
        self.start <= token && token < self.end
    }

    /// Whether `other` lies inside this range.
    pub fn covers(self, other: TokenRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a token.
    pub fn overlaps(self, other: TokenRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The token indices, in order.
    pub fn iter(self) -> Range<u32> {
        self.start..self.end
    }

    /// The range as `usize`, for slicing arrays of tokens.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Debug for TokenRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}..{}", self.start, self.end)
    }
}

impl IntoIterator for TokenRange {
    type Item = u32;
    type IntoIter = Range<u32>;

    fn into_iter(self) -> Range<u32> {
        self.iter()
    }
}
