//! Sentences and documents that are copies of each other: newsrooms reprint agencies, and ten reprints are one source.
//!
//! MinHash (Broder 1997) over pairs of neighbouring words, [`HASHES`] minima in bands of [`ROWS`] (Leskovec, Rajaraman
//! and Ullman, "Mining of Massive Datasets", ch. 3). The hash functions are fixed: number `i` takes 16 bits of the pair's
//! hash, the upper ones for the first half of the functions and the next for the second, and flips them by key `i`. The
//! least is then the pair nearest to the key, as in one permutation hashing (Li, Owen and Zhang 2012), where the keys of one
//! half begin with different bits. Candidates are compared exactly.

use crate::facts::CanonicalFacts;
use crate::fold::each_word_hash;
use crate::id::hash;
use crate::repeats::{Postings, Repeats};
use std::array::from_fn;

const SEED: u64 = 0x6e65_7773_6772_6170;
const HASHES: usize = 32;
/// Functions that look at the same bits.
const HALF: usize = HASHES / 2;
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
    let mut kept: Vec<Original> = Vec::new();
    let (mut own, mut others, mut candidates) = (Vec::new(), Vec::new(), Vec::new());
    for (number, bands) in bands {
        let met = || bands.iter().map(|&band| u64::from(band)).filter(|&band| repeats.is_repeated(band));
        if met().next().is_none() {
            continue;
        }
        distinct_pairs(text(facts, number), &mut own);
        candidates.clear();
        candidates.extend(met().flat_map(|band| buckets.of(band)));
        candidates.sort_unstable();
        candidates.dedup();
        let document = facts.document_of(number);
        let bits = Bits::of(&own);
        let like = candidates.iter().map(|&at| &kept[at as usize]).find(|other| {
            // Few get so far as to be read again, which costs less than to keep the pairs of all.
            other.may_be_alike(&bits) && other.document != document && {
                distinct_pairs(text(facts, other.number), &mut others);
                are_alike(&others, &own)
            }
        });
        if let Some(like) = like {
            first[number as usize] = like.number;
            continue;
        }
        met().for_each(|band| buckets.add(band, kept.len() as u32, BUCKET));
        kept.push(Original { number, document, bits });
    }
    first
}

/// A sentence that others may be copies of.
struct Original {
    number: u32,
    document: u32,
    bits: Bits,
}

impl Original {
    /// Whether so many pairs may be in both that [`are_alike`] must look at them one by one.
    fn may_be_alike(&self, other: &Bits) -> bool {
        are_enough(self.bits.shared(other), self.bits.pairs as usize, other.pairs as usize)
    }
}

/// For each pair of a sentence the bit that some of the pair's own bits name.
#[derive(Clone, Copy)]
struct Bits {
    bits: [u64; 4],
    pairs: u32,
    /// Pairs that found their bit taken.
    doubles: u32,
}

impl Bits {
    fn of(pairs: &[u64]) -> Self {
        let (mut bits, mut doubles) = ([0_u64; 4], 0);
        for pair in pairs {
            let (at, bit) = ((pair >> 6 & 3) as usize, 1 << (pair & 63));
            doubles += u32::from(bits[at] & bit != 0);
            bits[at] |= bit;
        }
        Self { bits, pairs: pairs.len() as u32, doubles }
    }

    /// How many pairs may be in both, at most.
    fn shared(&self, other: &Self) -> usize {
        let both = self.bits.iter().zip(&other.bits).map(|(one, other)| (one & other).count_ones());
        (both.sum::<u32>() + other.doubles) as usize
    }
}

fn text(facts: &CanonicalFacts, sentence: u32) -> &str {
    facts.sentence_text(sentence)
}

/// The bands of each sentence that is long enough, and which of them may be those of another one too.
fn all_bands(facts: &CanonicalFacts) -> (Vec<(u32, [u32; BANDS])>, Repeats) {
    let keys = keys();
    let mut repeats = Repeats::new(facts.sentences.len() * BANDS);
    let mut all = Vec::new();
    let mut own = Vec::new();
    for number in 0..facts.sentences.len() as u32 {
        pairs(text(facts, number), &mut own);
        if own.len() + 1 >= WORDS {
            let bands = bands(&own, &keys);
            bands.iter().for_each(|&band| repeats.add(u64::from(band)));
            all.push((number, bands));
        }
    }
    (all, repeats)
}

/// The hashes of all pairs of neighbouring words, in order.
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
}

/// The same, sorted, each once.
fn distinct_pairs(text: &str, into: &mut Vec<u64>) {
    pairs(text, into);
    into.sort_unstable();
    into.dedup();
}

/// The keys of the hash functions: random bits by SplitMix64 (Steele, Lea and Flood 2014), the upper ones so that all of one
/// half differ.
fn keys() -> [i16; HASHES] {
    let mut state = SEED;
    from_fn(|number| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let region = (number % HALF) << 12;
        ((z >> 52) as u16 | region as u16) as i16
    })
}

/// The hash of each band's minima, with its number. The rows of a band are functions whose keys lie far apart.
fn bands(pairs: &[u64], keys: &[i16; HASHES]) -> [u32; BANDS] {
    let mut minima = [i16::MAX; HASHES];
    let (first, second) = minima.split_at_mut(HALF);
    for &pair in pairs {
        let (upper, lower) = ((pair >> 48) as i16, (pair >> 32) as i16);
        for (minimum, key) in first.iter_mut().zip(&keys[..HALF]) {
            *minimum = (*minimum).min(upper ^ key);
        }
        for (minimum, key) in second.iter_mut().zip(&keys[HALF..]) {
            *minimum = (*minimum).min(lower ^ key);
        }
    }
    from_fn(|band| {
        let rows = (0..ROWS).map(|row| minima[row * BANDS + band] as u16);
        let rows =
            rows.fold(band as u64, |h, row| (h.rotate_left(21) ^ u64::from(row)).wrapping_mul(SEED | 1));
        (rows >> 32) as u32
    })
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
        let length = facts.sentences[from..].partition_point(|sentence| sentence.key.document <= number);
        sentences = from..from + length;
        counts[number as usize] = length;
        let mut shared: Vec<u32> = sentences
            .clone()
            .map(|at| alike[at])
            .filter(|&leader| (leader as usize) < from)
            .map(|leader| first[facts.document_of(leader) as usize])
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
        distinct_pairs(text, &mut pairs);
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
