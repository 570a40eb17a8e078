//! Where sentences end.

use newsgraph_text::Span;

use crate::Segmentation;
use crate::marks::{Gap, Kind, Mark};

/// Makes the sentences of `out` from its tokens and their marks.
pub(crate) fn split(text: &str, out: &mut Segmentation, marks: &[Mark]) {
    let mut depth = 0i32;
    for next in 1..marks.len() {
        match marks[next - 1].kind {
            Kind::OpenBracket => depth += 1,
            Kind::CloseBracket => depth = (depth - 1).max(0),
            _ => {}
        }
        if marks[next].gap == Gap::Paragraph {
            depth = 0;
            out.end_sentence_at(next as u32);
        } else if marks[next].gap == Gap::Space && ends_by_rule(text, out.tokens(), marks, next) {
            out.end_sentence_at(next as u32);
        }
    }
    out.end_sentence();
}

/// Whether the sentence ends before token `next`, by rule.
fn ends_by_rule(_text: &str, _tokens: &[Span], marks: &[Mark], next: usize) -> bool {
    let after = marks[next].kind;
    let mut last = next - 1;
    while last > 0
        && (matches!(marks[last].kind, Kind::CloseBracket | Kind::CloseDouble | Kind::CloseAngle)
            || marks[last].kind.is_quote() && marks[last].gap == Gap::None)
    {
        last -= 1;
    }
    match marks[last].kind {
        Kind::Period => after != Kind::Lower && after != Kind::CloseBracket && after != Kind::Comma,
        Kind::Exclamation => after != Kind::Lower && after != Kind::CloseBracket,
        Kind::Ellipsis => after == Kind::Capital || after.is_quote(),
        _ => false,
    }
}
