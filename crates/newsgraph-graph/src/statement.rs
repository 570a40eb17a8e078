//! Which of the wordings of an utterance is shown: the statement itself, in full.

use crate::fold::each_word_hash;
use std::cmp::Reverse;

/// A wording that holds so many words of another one in a row, behind words of its own, tells who said it.
const HELD: usize = 4;

/// Wordings that are compared with each other.
const COMPARED: usize = 32;

/// Puts in front the wording of most words that has at most twice as many as the shortest, which leaves out those that say
/// something else besides. Wordings with a frame around the statement ("Lee told Roe that …") come into question only when
/// there are no others, and so do those with a quotation mark that lacks its other half.
pub(crate) fn statement_first(texts: &mut [impl AsRef<str>]) {
    if texts.len() < 2 {
        return;
    }
    let words: Vec<Vec<u64>> = texts.iter().map(|text| words(text.as_ref())).collect();
    let is_framed = |at: usize| {
        let others = words.iter().take(COMPARED).filter(|other| other.len() >= HELD);
        others.filter(|other| other.len() < words[at].len()).any(|other| holds(&words[at][1..], other))
    };
    let is_whole: Vec<bool> = (0..texts.len()).map(|at| has_all_marks(texts[at].as_ref())).collect();
    let mut candidates: Vec<usize> = (0..texts.len()).filter(|&at| is_whole[at] && !is_framed(at)).collect();
    if candidates.is_empty() {
        candidates = (0..texts.len()).filter(|&at| is_whole[at]).collect();
    }
    if candidates.is_empty() {
        candidates = (0..texts.len()).collect();
    }
    let limit = candidates.iter().map(|&at| 2 * words[at].len()).min().unwrap_or(0);
    let within = candidates.into_iter().filter(|&at| words[at].len() <= limit);
    if let Some(best) = within.max_by_key(|&at| (words[at].len(), Reverse(at))) {
        texts[..=best].rotate_right(1);
    }
}

fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    each_word_hash(text, |word| words.push(word));
    words
}

fn holds(words: &[u64], run: &[u64]) -> bool {
    words.windows(run.len()).any(|window| window == run)
}

/// Whether each quotation mark has its other half.
fn has_all_marks(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    // Of straight marks every other one opens, which it does before a word, not behind one.
    let straight = text.match_indices('"');
    let opens = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    let all_open = straight.clone().step_by(2).all(|(at, _)| opens(at));
    let is_even = straight.count().is_multiple_of(2);
    is_even && all_open && count('“') == count('”') && count('«') == count('»')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_is_shown_in_full_and_without_frame() {
        for (name, mut texts, expected) in [
            (
                "a frame",
                vec!["Lee told Roe that the ferries “will sail again”", "the ferries “will sail again”"],
                "the ferries “will sail again”",
            ),
            (
                "the fuller of two",
                vec!["the ferries will sail again", "the ferries will sail again in the spring"],
                "the ferries will sail again in the spring",
            ),
            (
                "more than the statement",
                vec![
                    "the ferries will sail",
                    "the ferries will sail, and the harbour will be open to all ships",
                ],
                "the ferries will sail",
            ),
            (
                "half a pair of marks",
                vec!["the old ferries will sail” again this year", "the ferries will sail again"],
                "the ferries will sail again",
            ),
            (
                "halves of two pairs",
                vec!["the ferries will sail\" and \"dock here", "the ferries will sail"],
                "the ferries will sail",
            ),
            ("nothing better", vec!["will “sail", "sail” on"], "will “sail"),
        ] {
            statement_first(&mut texts);
            assert_eq!(texts[0], expected, "{name}");
        }
    }
}
