//! Which ends of line end a paragraph.
//!
//! An empty line always does. A single end of line does unless the lines around it are one paragraph broken to a
//! width: a line so broken has no room for the first word of the next, and nearly every line of its block is so.

use newsgraph_text::Span;

use crate::marks::{Gap, Kind, Mark};

/// Lines broken to a width are no longer than this, in bytes.
const WIDEST: u32 = 140;
/// ... and their longest is at least this long.
const NARROWEST: u32 = 30;

/// Turns every `Gap::Line` into a paragraph or a space.
pub(crate) fn resolve(tokens: &[Span], marks: &mut [Mark]) {
    let mut at = 0;
    while at < marks.len() {
        let end =
            marks[at + 1..].iter().position(|m| m.gap == Gap::Paragraph).map_or(marks.len(), |n| at + 1 + n);
        if marks[at + 1..end].iter().any(|m| m.gap == Gap::Line) {
            resolve_block(&tokens[at..end], &mut marks[at..end]);
        }
        at = end;
    }
}

/// Length of the line that ends before token `next`, and whether the first word of the next line had fitted in `width`.
fn overflows(tokens: &[Span], marks: &[Mark], line_start: usize, next: usize, width: u32) -> bool {
    let line = tokens[next - 1].end - tokens[line_start].start;
    let mut word_end = next;
    while word_end + 1 < marks.len() && marks[word_end + 1].gap == Gap::None {
        word_end += 1;
    }
    line + 1 + (tokens[word_end].end - tokens[next].start) > width
}

fn resolve_block(tokens: &[Span], marks: &mut [Mark]) {
    let breaks = || (1..marks.len()).filter(|&i| marks[i].gap == Gap::Line);
    let mut width = 0;
    let mut start = 0;
    for next in breaks().chain([marks.len()]) {
        width = width.max(tokens[next - 1].end - tokens[start].start);
        start = next;
    }
    let (mut count, mut full) = (0u32, 0u32);
    start = 0;
    if (NARROWEST..=WIDEST).contains(&width) {
        for next in breaks() {
            count += 1;
            full += u32::from(overflows(tokens, marks, start, next, width));
            start = next;
        }
    }
    let broken_to_width = count > 0 && full * 10 >= count * 7;
    start = 0;
    for next in 1..marks.len() {
        if marks[next].gap != Gap::Line {
            continue;
        }
        let inside = broken_to_width
            && overflows(tokens, marks, start, next, width)
            && (count > 2 || goes_on(marks[next - 1].kind, marks[next].kind));
        marks[next].gap = if inside { Gap::Space } else { Gap::Paragraph };
        start = next;
    }
}

/// Whether the two kinds at either side of an end of line speak for one sentence across it.
fn goes_on(before: Kind, after: Kind) -> bool {
    after == Kind::Lower || matches!(before, Kind::Comma | Kind::Hyphen | Kind::Dash | Kind::Abbreviation)
}
