//! The weights of the attribution models: hashed feature tables of signed bytes.
//!
//! The file holds, after eight bytes of magic, one block for each table of [`Table::ALL`] (2^bits bytes each, bits as
//! [`Table::bits`] says), then the trees that weigh the whole, then the list of words that can be cues. Features have no names in it: a feature is the
//! upper bits of a hash of what it says (Weinberger et al., "Feature hashing for large scale multitask learning",
//! ICML 2009).

use std::sync::LazyLock;

use super::trees::{LEAF_UNIT, Trees};

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"NGATTR04";

/// Score units per nat.
pub const UNIT: i32 = 24;

/// The parts of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Whether a word is the head of a cue.
    Cue,
    /// Where the cue around its head begins and ends.
    CueSpan,
    /// Who the source is.
    Source,
    /// What the content is.
    Content,
}

impl Table {
    /// All tables, in the order of the file.
    pub const ALL: [Table; 4] = [Table::Cue, Table::CueSpan, Table::Source, Table::Content];

    /// The table has two to the power of this many weights.
    pub const fn bits(self) -> u32 {
        match self {
            Self::Cue => 21,
            Self::Content => 20,
            Self::Source => 19,
            Self::CueSpan => 16,
        }
    }

    /// The slot of a feature.
    pub const fn slot(self, feature: u64) -> usize {
        (feature >> (64 - self.bits())) as usize
    }
}

/// The models of attribution.
#[derive(Clone, Debug)]
pub struct Weights {
    tables: Vec<Vec<i8>>,
    /// Whether the whole is an attribution.
    whole: Trees,
    /// Hashes of lemma and part of speech of the words that can be cues, sorted.
    candidates: Vec<u32>,
}

static EMBEDDED: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(newsgraph_data::relation::attribution()).unwrap_or_default());

impl Default for Weights {
    fn default() -> Self {
        Self {
            tables: Table::ALL.iter().map(|t| vec![0; 1 << t.bits()]).collect(),
            whole: Trees::new(1),
            candidates: Vec::new(),
        }
    }
}

impl Weights {
    /// The models that are part of the program.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads what [`Weights::write`] wrote; `None` where the bytes are something else.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut tables = Vec::new();
        for table in Table::ALL {
            let (block, after) = rest.split_at_checked(1 << table.bits())?;
            tables.push(block.iter().map(|b| b.cast_signed()).collect());
            rest = after;
        }
        let (whole, rest) = Trees::read(rest)?;
        let (numbers, []) = rest.as_chunks::<4>() else { return None };
        Some(Self { tables, whole, candidates: numbers.iter().map(|n| u32::from_le_bytes(*n)).collect() })
    }

    /// The bytes of the file.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for table in &self.tables {
            out.extend(table.iter().map(|w| w.cast_unsigned()));
        }
        out.extend(self.whole.write());
        out.extend(self.candidates.iter().flat_map(|c| c.to_le_bytes()));
        out
    }

    /// Puts a trained table in its place, in nats.
    pub fn set(&mut self, table: Table, weights: &[f32]) {
        let unit = |w: &f32| (w * UNIT as f32).round().clamp(-127.0, 127.0) as i8;
        self.tables[table as usize] = weights.iter().map(unit).collect();
    }

    /// Puts the words that can be cues in their place.
    pub fn set_candidates(&mut self, mut candidates: Vec<u32>) {
        candidates.sort_unstable();
        candidates.dedup();
        self.candidates = candidates;
    }

    /// Puts the trees that weigh the whole in their place.
    pub fn set_whole(&mut self, whole: Trees) {
        self.whole = whole;
    }

    /// How sure the trees are of an attribution with these numbers, from 0 to 1.
    pub fn confidence(&self, numbers: &[f32]) -> f32 {
        logistic((self.whole.score(numbers) as f32 * (UNIT as f32 / LEAF_UNIT)) as i32)
    }

    /// Whether a word of this hash can be a cue.
    pub(crate) fn is_candidate(&self, word: u32) -> bool {
        self.candidates.binary_search(&word).is_ok()
    }

    pub(crate) fn table(&self, table: Table) -> &[i8] {
        &self.tables[table as usize]
    }
}

/// Powers of e over the units of scores, from products alone: the same bits on every machine.
static POWERS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    /// e to the power of -1/24.
    const STEP: f32 = 0.959_189_4;
    let mut powers = vec![1.0f32];
    for i in 1..480 {
        powers.push(powers[i - 1] * STEP);
    }
    powers
});

/// e to the power of `-units / UNIT`, for units that are not negative; 0 for large ones.
pub(crate) fn decayed(units: i32) -> f32 {
    POWERS.get(units.unsigned_abs() as usize).copied().unwrap_or(0.0)
}

/// The logistic function of a score.
pub(crate) fn logistic(score: i32) -> f32 {
    let tail = decayed(score.abs());
    if score >= 0 { 1.0 / (1.0 + tail) } else { tail / (1.0 + tail) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_writing() {
        let mut weights = Weights::default();
        let mut cue = vec![0.0; 1 << Table::Cue.bits()];
        cue[7] = 1.5;
        cue[8] = -90.0;
        weights.set(Table::Cue, &cue);
        weights.set_candidates(vec![9, 3, 9]);
        let read = Weights::read(&weights.write()).expect("what was written can be read");
        assert_eq!(read.table(Table::Cue)[7..9], [36, -127]);
        assert!(read.is_candidate(3) && read.is_candidate(9) && !read.is_candidate(4));
        assert!(Weights::read(b"something else").is_none());
    }

    #[test]
    fn logistic_is_one_half_at_zero() {
        assert_eq!(logistic(0), 0.5);
        assert!((logistic(UNIT) - 0.731_06).abs() < 1e-4);
        assert!((logistic(-2 * UNIT) - 0.119_2).abs() < 1e-4);
        assert_eq!(logistic(-100_000), 0.0);
    }
}
