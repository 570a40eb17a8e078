//! Sentences and documents that are copies of each other: newsrooms reprint agencies, and ten reprints are one source.
//!
//! MinHash (Broder 1997) over pairs of neighbouring words, [`HASHES`] minima in bands of [`ROWS`] (Leskovec, Rajaraman
//! and Ullman, "Mining of Massive Datasets", ch. 3). The hash functions are fixed: number `i` is a multiplication and
//! shift of the pair's hash, keyed with the `i`-th output of SplitMix64 from [`SEED`]. Candidates are compared exactly.

use crate::facts::CanonicalFacts;
use crate::fold::each_word_hash;
use crate::id::hash;
use crate::repeats::{Postings, Repeats};
use std::ops::Range;

const SEED: u64 = 0x6e65_7773_6772_6170;
const HASHES: usize = 32;
const ROWS: usize = 4;
const BANDS: usize = HASHES / ROWS;
/// Shorter sentences ("He declined to comment.") are written independently by many.
const WORDS: usize = 8;
/// Of all pairs of words in either sentence, the share in percent that is in both.
const ALIKE_PERCENT: usize = 60;
/// Documents that share so many sentences, and half of those that the shorter one has, are copies.
const SENTENCES: usize = 3;
/// Sentences that are compared in one bucket.
const BUCKET: usize = 16;

/// Words that reprints add and drop by their style.
const STYLE: [&str; 4] = ["mr", "mrs", "ms", "dr"];

/// What is a copy of what.
#[derive(Debug)]
pub(crate) struct Copies {
    /// For each sentence the first of those that are worded alike.
    pub(crate) sentences: Vec<u32>,
    /// For each document the first of those that reprint the same.
    pub(crate) documents: Vec<u32>,
}

impl Copies {
    pub(crate) fn find(facts: &CanonicalFacts) -> Self {
        let sentences = alike(facts);
        let documents = reprints(facts, &sentences);
        Self { sentences, documents }
    }
}

fn alike(facts: &CanonicalFacts) -> Vec<u32> {
    let mut first: Vec<u32> = (0..facts.sentences.len() as u32).collect();
    let (bands, repeats) = all_bands(facts);
    let mut buckets = Postings::default();
    let mut kept = Kept::default();
    let (mut own, mut candidates) = (Vec::new(), Vec::new());
    for (number, bands) in bands {
        let met = || bands.iter().filter(|&&band| repeats.is_repeated(band));
        if met().next().is_none() {
            continue;
        }
        pairs(text(facts, number), &mut own);
        candidates.clear();
        candidates.extend(met().flat_map(|&band| buckets.of(band)));
        candidates.sort_unstable();
        candidates.dedup();
        let document = facts.sentences[number as usize].0.document;
        let like = candidates.iter().map(|&at| &kept.sentences[at as usize]).find(|other| {
            facts.sentences[other.number as usize].0.document != document
                && other.may_be_alike(&own)
                && are_alike(&kept.pairs[other.pairs.clone()], &own)
        });
        if let Some(like) = like {
            first[number as usize] = like.number;
            continue;
        }
        let at = kept.add(number, &own);
        for &band in met() {
            buckets.add(band, at, BUCKET);
        }
    }
    first
}

/// Sentences that others may be copies of.
#[derive(Default)]
struct Kept {
    sentences: Vec<Original>,
    pairs: Vec<u64>,
}

struct Original {
    number: u32,
    /// Where its pairs lie.
    pairs: Range<usize>,
    /// For each pair the bit that some of its own bits name.
    bits: [u64; 4],
}

impl Kept {
    fn add(&mut self, number: u32, pairs: &[u64]) -> u32 {
        let from = self.pairs.len();
        self.pairs.extend(pairs);
        let mut bits = [0; 4];
        for &pair in pairs {
            let (at, bit) = bit(pair);
            bits[at] |= bit;
        }
        self.sentences.push(Original { number, pairs: from..self.pairs.len(), bits });
        self.sentences.len() as u32 - 1
    }
}

impl Original {
    /// Whether so many pairs may be in both that [`are_alike`] must look at them one by one.
    fn may_be_alike(&self, other: &[u64]) -> bool {
        let known = |pair: &&u64| {
            let (at, bit) = bit(**pair);
            self.bits[at] & bit != 0
        };
        are_enough(other.iter().filter(known).count(), self.pairs.len(), other.len())
    }
}

/// The place of a pair among 256 bits.
fn bit(pair: u64) -> (usize, u64) {
    ((pair >> 6 & 3) as usize, 1 << (pair & 63))
}

fn text(facts: &CanonicalFacts, sentence: u32) -> &str {
    facts.text(facts.sentences[sentence as usize].1)
}

/// The bands of each sentence that is long enough, and which of them may be those of another one too.
fn all_bands(facts: &CanonicalFacts) -> (Vec<(u32, [u64; BANDS])>, Repeats) {
    let keys = keys();
    let mut repeats = Repeats::new(facts.sentences.len() * BANDS);
    let mut all = Vec::new();
    let mut own = Vec::new();
    for number in 0..facts.sentences.len() as u32 {
        pairs(text(facts, number), &mut own);
        if own.len() + 1 >= WORDS {
            let bands = bands(&own, &keys);
            bands.iter().for_each(|&band| repeats.add(band));
            all.push((number, bands));
        }
    }
    (all, repeats)
}

/// The hashes of all pairs of neighbouring words, sorted, each once.
fn pairs(text: &str, pairs: &mut Vec<u64>) {
    pairs.clear();
    let style = STYLE.map(|word| hash(word.as_bytes()));
    let mut before: Option<u64> = None;
    each_word_hash(text, |code| {
        if !style.contains(&code) {
            if let Some(before) = before {
                pairs.push(before.rotate_left(1) ^ code);
            }
            before = Some(code);
        }
    });
    pairs.sort_unstable();
    pairs.dedup();
}

/// SplitMix64 (Steele, Lea and Flood 2014).
fn keys() -> [u64; HASHES] {
    let mut state = SEED;
    std::array::from_fn(|_| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) | 1
    })
}

/// The hash of each band's minima, with its number.
fn bands(pairs: &[u64], keys: &[u64; HASHES]) -> [u64; BANDS] {
    let mut minima = [u64::MAX; HASHES];
    for pair in pairs {
        for (minimum, key) in minima.iter_mut().zip(keys) {
            let product = pair.wrapping_mul(*key);
            *minimum = (*minimum).min(product ^ (product >> 32));
        }
    }
    let mut bands = [0; BANDS];
    for (number, (band, rows)) in bands.iter_mut().zip(minima.chunks(ROWS)).enumerate() {
        let start = number as u64;
        *band = rows.iter().fold(start, |h, row| (h.rotate_left(9) ^ row).wrapping_mul(SEED | 1));
    }
    bands
}

/// Both are sorted.
fn are_alike(one: &[u64], other: &[u64]) -> bool {
    let (mut rest, mut both) = (other, 0);
    for pair in one {
        while let [first, after @ ..] = rest
            && first <= pair
        {
            both += usize::from(first == pair);
            rest = after;
        }
    }
    are_enough(both, one.len(), other.len())
}

fn are_enough(both: usize, one: usize, other: usize) -> bool {
    both * 100 >= (one + other).saturating_sub(both) * ALIKE_PERCENT
}

fn reprints(facts: &CanonicalFacts, alike: &[u32]) -> Vec<u32> {
    let mut first: Vec<u32> = (0..facts.documents.len() as u32).collect();
    // Sentences are numbered document by document, so those of a document are one run.
    let mut sentences = 0..0;
    let mut counts = vec![0_usize; facts.documents.len()];
    for number in 0..facts.documents.len() as u32 {
        let from = sentences.end;
        let length = facts.sentences[from..].partition_point(|(key, _)| key.document <= number);
        sentences = from..from + length;
        counts[number as usize] = length;
        let mut shared: Vec<u32> = sentences
            .clone()
            .map(|at| alike[at])
            .filter(|&leader| (leader as usize) < from)
            .map(|leader| first[facts.sentences[leader as usize].0.document as usize])
            .collect();
        shared.sort_unstable();
        let most = shared.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), std::cmp::Reverse(same[0])));
        if let Some(same) = most {
            let shorter = length.min(counts[same[0] as usize]);
            if same.len() >= SENTENCES && same.len() * 2 >= shorter {
                first[number as usize] = same[0];
            }
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<u64> {
        let mut pairs = Vec::new();
        super::pairs(text, &mut pairs);
        pairs
    }

    #[test]
    fn copies_are_alike_and_other_sentences_are_not() {
        let said = pairs(
            "Ferry workers blocked the old harbour of Northport on Monday, leaving three crews stranded at sea",
        );
        for (copy, expected) in [
            (
                "Ferry workers blocked the old harbour of Northport on Monday, leaving three crews stranded at sea.",
                true,
            ),
            (
                "Ferry workers closed the old harbour of Northport on Monday, leaving three crews stranded at sea",
                true,
            ),
            (
                "Workers of a ferry line closed Northport's harbour on Monday and three crews could not land",
                false,
            ),
            (
                "Ferry workers blocked the new bridge of Southport on Friday, leaving two trains stranded",
                false,
            ),
        ] {
            assert_eq!(are_alike(&said, &pairs(copy)), expected, "{copy}");
        }
    }

    #[test]
    fn bands_of_copies_meet() {
        let keys = keys();
        let one = bands(
            &pairs("the crews of three ferries waited off the harbour of Northport all night long"),
            &keys,
        );
        let two = bands(
            &pairs("the crews of three ferries waited off the harbour of Northport all day long"),
            &keys,
        );
        assert!(one.iter().any(|band| two.contains(band)));
        assert_eq!(one.len(), BANDS);
    }
}
