//! The code in which names of several units are given to the automaton.
//!
//! Every word that stands in such a name has one or two symbols (one for each case that matters), and every symbol
//! a code whose first byte is 0x80 or more and whose others are less: the first byte is the opening mark, and the
//! length, which it determines, the closing one. So a pattern can only match whole units, and with leftmost-longest
//! matching no name is lost to a longer one that a check afterwards would refuse.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::GazetteerError;
use crate::tables::Tables;

/// Stands in the stream for units that are in no name of several units; in no pattern.
pub(crate) const OTHER: u8 = 0xFF;

/// Symbols with codes of two and of three bytes.
const SHORT: u32 = 64 << 7;
const MIDDLE: u32 = 62 << 14;

/// Appends the code of a symbol, counted from 1; the more frequent ones should have the lower numbers.
pub(crate) fn push_code(symbol: u32, out: &mut Vec<u8>) {
    let low = |shift: u32, n: u32| (n >> shift) as u8 & 0x7F;
    let n = symbol - 1;
    if n < SHORT {
        out.extend_from_slice(&[0x80 | low(7, n), low(0, n)]);
    } else if n - SHORT < MIDDLE {
        let n = n - SHORT;
        out.extend_from_slice(&[0xC0 + low(14, n), low(7, n), low(0, n)]);
    } else {
        let n = n - SHORT - MIDDLE;
        out.extend_from_slice(&[0xFE, low(21, n), low(14, n), low(7, n), low(0, n)]);
    }
}

/// The automaton over all patterns of compiled tables; `None` where there are none.
pub(crate) fn automaton(tables: &Tables) -> Result<Option<AhoCorasick>, GazetteerError> {
    if tables.pattern_ends.is_empty() {
        return Ok(None);
    }
    let mut start = 0;
    let patterns = tables.pattern_ends.iter().map(|&end| {
        let pattern = tables.patterns.get(start as usize..end as usize).unwrap_or(&[]);
        start = end;
        pattern
    });
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .prefilter(false)
        // Deeper dense states would take most of the time that building takes, and find nothing faster.
        .dense_depth(2)
        .build(patterns)
        .map(Some)
        .map_err(|error| GazetteerError::TooLarge(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_differ_and_mark_their_beginning() {
        let mut seen = std::collections::BTreeSet::new();
        let edges =
            [1, 2, 128, 129, SHORT, SHORT + 1, SHORT + 200, SHORT + MIDDLE, SHORT + MIDDLE + 1, 1 << 27];
        for symbol in edges {
            let mut code = Vec::new();
            push_code(symbol, &mut code);
            assert!(code[0] >= 0x80 && code[0] != OTHER, "{symbol}: {code:?}");
            assert!(code[1..].iter().all(|&b| b < 0x80), "{symbol}: {code:?}");
            assert!(seen.insert(code), "{symbol}");
        }
    }
}
