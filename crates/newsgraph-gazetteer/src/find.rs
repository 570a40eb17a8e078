//! One pass over a text: every known name, leftmost-longest.

use newsgraph_text::{Span, TokenRange};
use newsgraph_token::Segmentation;

use crate::gazetteer::Gazetteer;
use crate::tables::{BEGINS, NONE, View, Word, exact, hash, hash_of_lower, may_have, number, word};
use crate::tree;
use crate::units::{MAX_UNIT, Unit, UnitScanner, units_of_name};

/// The number of a name that can be found; it may be a name of several entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub(crate) u32);

/// A place where a text has a known name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The name itself: within a token where that has more than the name ("anti-Russian" read as one token).
    pub span: Span,
    /// The tokens that the name touches.
    pub tokens: TokenRange,
    /// Which name; [`Gazetteer::candidates`] has its entries.
    pub name: NameId,
}

/// What [`Gazetteer::find`] works in; one per thread, used again for every text.
#[derive(Default)]
pub struct Scratch {
    scanner: UnitScanner,
    run: Vec<KnownUnit>,
}

/// A unit that is part of some name of several units.
struct KnownUnit {
    span: Span,
    token: u32,
    /// The name that it is alone, or [`NONE`].
    name: u32,
    symbol: u32,
}

impl Gazetteer {
    /// Finds all names of `text`, cut into `tokens`: in order, without overlap; at each place the longest that
    /// begins there, and none that begins within the one before. Replaces what `out` held.
    ///
    /// Time is linear in the length of the text; a text made for it can take as many steps a word as the longest
    /// name has words.
    pub fn find(&self, text: &str, tokens: &Segmentation, scratch: &mut Scratch, out: &mut Vec<Match>) {
        out.clear();
        let view = self.view();
        let Scratch { scanner, run } = scratch;
        run.clear();
        for (token, &span) in (0..).zip(tokens.tokens()) {
            // Most words are in no name, or only after others.
            let wanted = if run.is_empty() { view.lower_first_words } else { view.lower_words };
            let lower = hash_of_lower(text.as_bytes(), span.range());
            if lower.is_some_and(|hash| !may_have(wanted, hash)) {
                if !run.is_empty() {
                    end_run(&view, run, out);
                }
                continue;
            }
            scanner.scan(text, span, |unit| {
                let Found { symbol, name } = look_up(&view, unit);
                // No name can begin with a symbol that begins none: most small words go no further.
                if symbol == 0 || (run.is_empty() && symbol & BEGINS == 0) {
                    if !run.is_empty() {
                        end_run(&view, run, out);
                    }
                    push_single(unit.span, token, name, out);
                } else {
                    run.push(KnownUnit { span: unit.span, token, name, symbol });
                }
            });
        }
        end_run(&view, run, out);
    }
}

impl Gazetteer {
    /// The name that these words are, from the first to the last: "office of the president of France".
    pub fn by_name(&self, words: &str) -> Option<NameId> {
        let view = self.view();
        let units = units_of_name(words);
        let found: Vec<Found> = units
            .iter()
            .map(|(unit, upper)| {
                look_up(&view, Unit { folded: unit.as_bytes(), upper: *upper, span: Span::default() })
            })
            .collect();
        let name = match found.as_slice() {
            [one] => one.name,
            several => {
                let symbols = several.iter().map(|unit| unit.symbol & !BEGINS);
                let (length, name) = tree::longest(&view, symbols)?;
                if length == several.len() { name } else { NONE }
            }
        };
        (name != NONE).then_some(NameId(name))
    }
}

/// The names in a run of units that all are part of some name.
fn end_run(view: &View<'_>, run: &mut Vec<KnownUnit>, out: &mut Vec<Match>) {
    let mut at = 0;
    while let Some(first) = run.get(at) {
        let symbols = run[at..].iter().map(|unit| unit.symbol & !BEGINS);
        let begins = first.symbol & BEGINS != 0 && at + 1 < run.len();
        match if begins { tree::longest(view, symbols) } else { None } {
            Some((length, name)) => {
                let last = &run[at + length - 1];
                out.push(Match {
                    span: first.span.cover(last.span),
                    tokens: TokenRange::new(first.token, last.token + 1),
                    name: NameId(name),
                });
                at += length;
            }
            None => {
                push_single(first.span, first.token, first.name, out);
                at += 1;
            }
        }
    }
    run.clear();
}

#[inline]
fn push_single(span: Span, token: u32, name: u32, out: &mut Vec<Match>) {
    if name != NONE {
        out.push(Match { span, tokens: TokenRange::new(token, token + 1), name: NameId(name) });
    }
}

struct Found {
    symbol: u32,
    name: u32,
}

/// The symbol of a unit in names of several units (0 for none) and the name that it is alone.
#[inline]
fn look_up(view: &View<'_>, unit: Unit<'_>) -> Found {
    const UNKNOWN: Found = Found { symbol: 0, name: NONE };
    let hash = hash(unit.folded);
    if unit.folded.len() > MAX_UNIT || (!unit.upper && !may_have(view.lower_words, hash)) {
        return UNKNOWN;
    }
    let Some(row) = find_word(view, unit.folded, hash) else { return UNKNOWN };
    let exact_name =
        (number(row, word::EXACT_COUNT) > 0).then(|| find_exact(view, row, unit.folded)).flatten();
    let (symbol, name) = if unit.upper {
        (number(row, word::UPPER_SYMBOL), number(row, word::UPPER_NAME))
    } else {
        (number(row, word::LOWER_SYMBOL), number(row, word::LOWER_NAME))
    };
    Found { symbol, name: exact_name.unwrap_or(name) }
}

/// The row of a folded word, by open addressing.
fn find_word<'a>(view: &View<'a>, folded: &[u8], hash: u32) -> Option<&'a [Word]> {
    let slots = view.slots.as_chunks::<2>().0;
    let mask = slots.len().checked_sub(1)?;
    let mut slot = hash as usize & mask;
    loop {
        let found = slots.get(slot)?;
        let at = (number(found, 0).checked_sub(1)? as usize) * word::WIDTH;
        if number(found, 1) == hash {
            let row = view.words.get(at..at + word::WIDTH)?;
            if view.bytes(row, word::TEXT).eq_ignore_ascii_case(folded) {
                return Some(row);
            }
        }
        slot = (slot + 1) & mask;
    }
}

fn find_exact(view: &View<'_>, row: &[Word], folded: &[u8]) -> Option<u32> {
    let start = number(row, word::EXACT) as usize * exact::WIDTH;
    let rows = view.exacts.get(start..)?.chunks_exact(exact::WIDTH);
    rows.take(number(row, word::EXACT_COUNT) as usize)
        .find(|row| view.bytes(row, exact::TEXT) == folded)
        .map(|row| number(row, exact::NAME))
}
