//! One pass over a text: every known name, leftmost-longest.

use newsgraph_text::{Span, TokenRange};
use newsgraph_token::Segmentation;

use crate::gazetteer::Gazetteer;
use crate::patterns::{OTHER, push_code};
use crate::tables::{BEGINS, Tables, exact, hash, word};
use crate::units::{MAX_UNIT, Unit, UnitScanner};

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
    units: Vec<KnownUnit>,
    stream: Vec<u8>,
}

/// A unit that is a name or may be part of one.
struct KnownUnit {
    span: Span,
    token: u32,
    /// The name that it is alone, or [`NONE`].
    name: u32,
    /// Where its code begins in the stream, or [`NONE`].
    code: u32,
}

const NONE: u32 = u32::MAX;

impl Gazetteer {
    /// Finds all names of `text`, cut into `tokens`: in order, without overlap; at each place the longest that
    /// begins there, and none that begins within the one before. Replaces what `out` held.
    ///
    /// Time is linear in the length of the text.
    pub fn find(&self, text: &str, tokens: &Segmentation, scratch: &mut Scratch, out: &mut Vec<Match>) {
        out.clear();
        let Scratch { scanner, units, stream } = scratch;
        units.clear();
        stream.clear();
        let mut run = Run::default();
        for (token, &span) in (0..).zip(tokens.tokens()) {
            scanner.scan(text, span, |unit| {
                let found = self.look_up(unit);
                let mut code = NONE;
                // No name can begin with a symbol that begins none: most small words go no further.
                if found.symbol == 0 || (run.length == 0 && found.symbol & BEGINS == 0) {
                    run.end(stream, units);
                } else {
                    code = run.push(found.symbol & !BEGINS, stream);
                }
                if code != NONE || found.name != NONE {
                    units.push(KnownUnit { span: unit.span, token, name: found.name, code });
                }
            });
        }
        run.end(stream, units);
        self.emit(units, stream, out);
    }

    fn emit(&self, units: &[KnownUnit], stream: &[u8], out: &mut Vec<Match>) {
        let mut rest = units.iter().peekable();
        for found in self.automaton.iter().flat_map(|automaton| automaton.find_iter(stream)) {
            let (start, end) = (found.start() as u32, found.end() as u32);
            let mut first: Option<&KnownUnit> = None;
            let mut last = None;
            while let Some(unit) = rest.next_if(|u| first.is_none() || (start..end).contains(&u.code)) {
                if unit.code == start {
                    first = Some(unit);
                }
                if first.is_some() {
                    last = Some(unit);
                } else {
                    push_single(unit, out);
                }
            }
            if let (Some(first), Some(last), Some(&name)) =
                (first, last, self.tables.pattern_names.get(found.pattern().as_usize()))
            {
                out.push(Match {
                    span: first.span.cover(last.span),
                    tokens: TokenRange::new(first.token, last.token + 1),
                    name: NameId(name),
                });
            }
        }
        rest.for_each(|unit| push_single(unit, out));
    }

    /// The symbol of a unit in names of several units (0 for none) and the name that it is alone.
    fn look_up(&self, unit: Unit<'_>) -> Found {
        const UNKNOWN: Found = Found { symbol: 0, name: NONE };
        let hash = hash(unit.folded);
        if unit.folded.len() > MAX_UNIT || (!unit.upper && !self.lower_words.may_have(hash)) {
            return UNKNOWN;
        }
        let tables = &self.tables;
        let Some(row) = find_word(tables, unit.folded, hash) else { return UNKNOWN };
        let exact_name = (row[word::EXACT_COUNT] > 0).then(|| find_exact(tables, row, unit.folded)).flatten();
        let (symbol, name) = if unit.upper {
            (row[word::UPPER_SYMBOL], row[word::UPPER_NAME])
        } else {
            (row[word::LOWER_SYMBOL], row[word::LOWER_NAME])
        };
        Found { symbol, name: exact_name.unwrap_or(name) }
    }
}

struct Found {
    symbol: u32,
    name: u32,
}

fn push_single(unit: &KnownUnit, out: &mut Vec<Match>) {
    if unit.name != NONE {
        let tokens = TokenRange::new(unit.token, unit.token + 1);
        out.push(Match { span: unit.span, tokens, name: NameId(unit.name) });
    }
}

/// The row of a folded word, by open addressing.
pub(crate) fn find_word<'t>(tables: &'t Tables, folded: &[u8], hash: u32) -> Option<&'t [u32]> {
    let slots = tables.slots.as_chunks::<2>().0;
    let mask = slots.len() - 1;
    let mut slot = hash as usize & mask;
    loop {
        let [number, found_hash] = *slots.get(slot)?;
        let at = (number.checked_sub(1)? as usize) * word::WIDTH;
        if found_hash == hash {
            let row = tables.words.get(at..at + word::WIDTH)?;
            if tables.bytes(row, word::TEXT).eq_ignore_ascii_case(folded) {
                return Some(row);
            }
        }
        slot = (slot + 1) & mask;
    }
}

fn find_exact(tables: &Tables, row: &[u32], folded: &[u8]) -> Option<u32> {
    let start = row[word::EXACT] as usize * exact::WIDTH;
    let rows = tables.exacts.get(start..)?.chunks_exact(exact::WIDTH);
    rows.take(row[word::EXACT_COUNT] as usize)
        .find(|row| tables.text(row, exact::TEXT).as_bytes() == folded)
        .map(|row| row[exact::NAME])
}

/// The run of units with a symbol that the stream ends with.
#[derive(Default)]
struct Run {
    begin: usize,
    length: u32,
}

impl Run {
    /// Adds a unit's symbol to the stream and says where.
    fn push(&mut self, symbol: u32, stream: &mut Vec<u8>) -> u32 {
        let at = stream.len();
        if self.length == 0 {
            self.begin = at;
        }
        self.length += 1;
        push_code(symbol, stream);
        at as u32
    }

    /// A unit without symbol follows. A run of a single unit holds no name of several, so it is taken out again.
    fn end(&mut self, stream: &mut Vec<u8>, units: &mut [KnownUnit]) {
        match self.length {
            0 => {}
            1 => {
                stream.truncate(self.begin);
                if let Some(unit) = units.last_mut() {
                    unit.code = NONE;
                }
            }
            _ => stream.push(OTHER),
        }
        self.length = 0;
    }
}

/// A set of hashes that may have more members than were put in, never fewer.
pub(crate) struct HashFilter(Vec<u64>);

impl HashFilter {
    const BITS: u32 = 16;

    pub(crate) fn new(hashes: impl Iterator<Item = u32>) -> Self {
        let mut bits = vec![0; 1 << (Self::BITS - 6)];
        for hash in hashes {
            let bit = hash >> (32 - Self::BITS);
            bits[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
        Self(bits)
    }

    fn may_have(&self, hash: u32) -> bool {
        let bit = hash >> (32 - Self::BITS);
        self.0[(bit >> 6) as usize] >> (bit & 63) & 1 == 1
    }
}
