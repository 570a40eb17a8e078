//! What kind of stretch stands between quotation marks: words said, a title, a few words at arm's length.

use std::ops::Range;

use newsgraph_text::{Span, TokenRange};

use crate::QuotationKind;
use crate::marks::{Kind, Mark};
use crate::quoted_words;

/// Tokens looked at from the start of a quotation; one with more words is an utterance whatever they are.
const WINDOW: usize = 40;
/// A stretch without a clause is a fragment up to this many words.
const LONGEST_FRAGMENT: u32 = 5;
/// Titles have at most this many words.
const LONGEST_TITLE: u32 = 12;

/// Counts over the words of a quotation.
#[derive(Default)]
struct Words {
    /// Words and numbers.
    count: u32,
    /// ... that start with a capital letter or a digit.
    capital: u32,
    /// ... in small letters that titles leave small (articles, prepositions, conjunctions).
    small_in_titles: u32,
    /// Small-letter auxiliaries, verbal clitics and subject pronouns: signs of a clause.
    clause: u32,
}

/// Tells the kind of the quotation around `range`, in the paragraph of tokens `paragraph`.
pub(crate) fn kind(
    text: &str,
    tokens: &[Span],
    marks: &[Mark],
    range: TokenRange,
    closed: bool,
    paragraph: Range<usize>,
) -> QuotationKind {
    let (start, end) = (range.start as usize, range.end as usize);
    if !closed || end - start > WINDOW {
        return QuotationKind::Utterance;
    }
    let words = count_words(text, tokens, marks, start..end);
    let last = marks[end - 1].kind;
    let exclaims = last == Kind::Exclamation;
    let stop_inside =
        matches!(last, Kind::Period | Kind::Comma | Kind::Ellipsis | Kind::Dash | Kind::Abbreviation);
    // a phrase in the middle of a sentence is not what the verb after it introduces
    let phrase = marks[start].kind == Kind::Lower
        && words.clause == 0
        && words.count <= LONGEST_FRAGMENT
        && start.checked_sub(2).is_some_and(|at| at >= paragraph.start && marks[at].kind.is_word());
    let told = told_before(text, tokens, marks, start, paragraph.start)
        || stop_or_mark(last) && !phrase && told_after(text, tokens, marks, end, paragraph.end);
    if told && (stop_inside || exclaims || words.clause > 0) {
        return QuotationKind::Utterance;
    }
    let titled = words.capital > 0
        && words.count <= LONGEST_TITLE
        && words.capital + words.small_in_titles == words.count
        && marks[start].kind != Kind::Lower;
    if titled
        && !(words.count <= 2 && exclaims)
        && !(words.clause > 0 && words.count > 2 && words.capital < 2)
    {
        let alone = words.count == 1 && quoted_words::is_bare_reply(tokens[start].of(text));
        return if alone { QuotationKind::Utterance } else { QuotationKind::Title };
    }
    if words.clause > 0 && words.count >= 2 || exclaims || words.count > LONGEST_FRAGMENT {
        return QuotationKind::Utterance;
    }
    // a whole sentence between marks: a capital at its head, a full stop at its end, nothing of a sentence around it
    let whole = last == Kind::Period
        && marks[start].kind == Kind::Capital
        && (start - 1 == paragraph.start || marks[start - 2].kind.is_terminal());
    if whole && words.count >= 2 { QuotationKind::Utterance } else { QuotationKind::Fragment }
}

fn stop_or_mark(kind: Kind) -> bool {
    matches!(kind, Kind::Comma | Kind::Exclamation | Kind::Dash | Kind::Ellipsis | Kind::Period)
}

fn count_words(text: &str, tokens: &[Span], marks: &[Mark], range: Range<usize>) -> Words {
    let mut words = Words::default();
    for at in range {
        let form = tokens[at].of(text);
        match marks[at].kind {
            Kind::Clitic => words.clause += u32::from(form.len() > 2 && !form.ends_with(['s', 'S'])),
            kind if kind.is_word() => {
                words.count += 1;
                if kind == Kind::Lower {
                    let small = quoted_words::is_small_in_titles(form);
                    words.small_in_titles += u32::from(small);
                    words.clause += u32::from(quoted_words::is_sign_of_clause(form));
                } else {
                    words.capital += 1;
                    words.clause += u32::from(quoted_words::is_subject_pronoun(form));
                }
            }
            _ => {}
        }
    }
    words
}

/// Whether a verb of telling leads to the opening mark before `start`: "said, “…", "asked: “…", "said “…".
fn told_before(text: &str, tokens: &[Span], marks: &[Mark], start: usize, first: usize) -> bool {
    let Some(at) = start.checked_sub(2).filter(|&at| at >= first) else { return false };
    match marks[at].kind {
        Kind::Colon => return true,
        // “told reporters, …”
        Kind::Comma => {
            let words = (first..at).rev().take(4).take_while(|&at| marks[at].kind.is_word());
            return words.into_iter().any(|at| quoted_words::is_verb_of_telling(tokens[at].of(text)));
        }
        _ => {}
    }
    quoted_words::is_verb_of_telling(tokens[at].of(text))
}

/// Whether a verb of telling follows the closing mark at `end` within a few words of the same sentence.
fn told_after(text: &str, tokens: &[Span], marks: &[Mark], end: usize, last: usize) -> bool {
    (end + 1..last.min(end + 7))
        .take_while(|&at| marks[at].kind.is_word())
        .any(|at| quoted_words::is_verb_of_telling(tokens[at].of(text)))
}
