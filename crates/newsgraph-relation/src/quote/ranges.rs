//! Sets of token ranges: sorted, disjoint, never empty.

use newsgraph_text::TokenRange;

/// Sorts ranges, drops empty ones and joins those that touch or overlap.
pub(crate) fn normalise(ranges: &mut Vec<TokenRange>) {
    ranges.retain(|r| !r.is_empty());
    ranges.sort_unstable();
    ranges.dedup_by(|next, last| {
        let touch = next.start <= last.end;
        if touch {
            last.end = last.end.max(next.end);
        }
        touch
    });
}

/// Takes the tokens of `holes` out of `ranges`; both normalised.
pub(crate) fn subtract(ranges: &mut Vec<TokenRange>, holes: &[TokenRange]) {
    for hole in holes.iter().filter(|h| !h.is_empty()) {
        let mut at = 0;
        while at < ranges.len() {
            let range = ranges[at];
            if !range.overlaps(*hole) {
                at += 1;
                continue;
            }
            let before = TokenRange { start: range.start, end: hole.start.max(range.start) };
            let after = TokenRange { start: hole.end.min(range.end), end: range.end };
            ranges.splice(at..=at, [before, after].into_iter().filter(|r| r.start < r.end));
        }
    }
}

/// Whether every token of `inner` lies in one of `outer`.
pub(crate) fn covers(outer: &[TokenRange], inner: &[TokenRange]) -> bool {
    inner.iter().all(|i| outer.iter().any(|o| o.covers(*i)))
}

/// Number of tokens.
pub(crate) fn size(ranges: &[TokenRange]) -> u32 {
    ranges.iter().map(|r| r.len()).sum()
}

/// Whether a content holds another, and the head of its cue: the other attribution lies inside the first.
pub(crate) fn holds(outer: &[TokenRange], cue_head: u32, content: &[TokenRange]) -> bool {
    covers(outer, &[TokenRange::new(cue_head, cue_head + 1)]) && covers(outer, content)
}

/// Tokens that both lists hold.
pub(crate) fn common(a: &[TokenRange], b: &[TokenRange]) -> u32 {
    let meet = |x: &TokenRange, y: &TokenRange| x.end.min(y.end).saturating_sub(x.start.max(y.start));
    a.iter().flat_map(|x| b.iter().map(move |y| meet(x, y))).sum()
}

/// Tokens that one of the lists or both hold.
pub(crate) fn union(a: &[TokenRange], b: &[TokenRange]) -> u32 {
    size(a) + size(b) - common(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(pairs: &[(u32, u32)]) -> Vec<TokenRange> {
        pairs.iter().map(|&(a, b)| TokenRange::new(a, b)).collect()
    }

    #[test]
    fn union_and_difference() {
        let mut set = ranges(&[(5, 7), (0, 3), (3, 4), (6, 9), (12, 12)]);
        normalise(&mut set);
        assert_eq!(set, ranges(&[(0, 4), (5, 9)]));
        subtract(&mut set, &ranges(&[(1, 2), (4, 6), (8, 20)]));
        assert_eq!(set, ranges(&[(0, 1), (2, 4), (6, 8)]));
        assert_eq!(size(&set), 5);
        assert!(covers(&set, &ranges(&[(2, 3)])));
        assert!(!covers(&set, &ranges(&[(0, 3)])));
        subtract(&mut set, &ranges(&[(0, 50)]));
        assert!(set.is_empty());
    }
}
