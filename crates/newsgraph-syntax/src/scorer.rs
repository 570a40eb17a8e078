//! The parser's network in whole numbers: the same trees on every machine.
//!
//! Fixed point, 16 bits: vectors of tokens in 2⁻¹¹, matrices in 2⁻¹², gates in 2⁻¹⁵, the hidden layer in 2⁻⁹; products are
//! added in 32 bits. Addition of whole numbers has no order, so the widest vectors that the machine has may be used.
//!
//! Several sentences are worked on together: weights are then fetched for four words at a time, not for each.

use crate::Deprel;
use crate::kernel::{self, Block, COLUMNS, Kernel, Pairs, ROWS, Task};
use crate::model::{ModelError, Section, Sections};
use crate::network::{ATOM_ROWS, CELL, CONTEXT, HIDDEN, PARTS, SHARED_ROWS, SPECIAL_ROWS, WORD};
use crate::recurrent::{INPUT_PAIRS, Layer};
use crate::tagger::{CLASSES, best_of};
use crate::transition::{ATOM_VALUES, Action, NONE, POSITIONS, State};

/// Fraction bits of vectors of tokens and of the recurrent layer's state.
pub const VECTOR_BITS: u32 = 11;
/// Fraction bits of matrices.
pub const MATRIX_BITS: u32 = 12;
/// Fraction bits of the hidden layer.
pub const HIDDEN_BITS: u32 = 9;
/// Gates of a direction.
pub const GATES: usize = 4 * CELL;
/// Relations a word can have.
pub const LABELS: usize = Deprel::ALL.len();
/// Blocks of rows that score the relations of one side.
const LABEL_BLOCKS: usize = LABELS.div_ceil(ROWS);
/// Blocks of rows of a position's part of the hidden layer that are computed together.
const TOGETHER: usize = 3;
const HIDDEN_BLOCKS: usize = HIDDEN / ROWS;
const TAG_BLOCKS: usize = CLASSES / ROWS;

/// Words whose parts of the hidden layer are computed together, at least, where there are as many: so many that the weights
/// are seldom fetched anew, and so few that the parts stay in the second cache until the steps have used them.
const PREPARED: usize = 256;

/// Scores of a configuration, each kind filled up to whole blocks: three actions, then the relations of arcs to the left
/// and to the right.
pub const OUTPUTS: usize = ROWS + 2 * LABEL_BLOCKS * ROWS;
/// Rows of the output layer before those of the relations of arcs to the left.
pub const LEFT_OUTPUTS: usize = ROWS;
/// Rows of the output layer before those of the relations of arcs to the right.
pub const RIGHT_OUTPUTS: usize = ROWS + LABEL_BLOCKS * ROWS;

/// The sizes that a file must have been made with.
pub const SIZES: [u32; 9] = [
    WORD as u32,
    CELL as u32,
    HIDDEN as u32,
    PARTS as u32,
    POSITIONS as u32,
    ATOM_ROWS as u32,
    OUTPUTS as u32,
    SHARED_ROWS as u32,
    CLASSES as u32,
];

type Vector = Pairs<{ WORD / 2 }>;
type InContext = Pairs<{ CONTEXT / 2 }>;
type Hidden = [i16; HIDDEN];
type HiddenBlock = Block<{ HIDDEN / 2 }>;
type ContextBlock = Block<{ CONTEXT / 2 }>;

/// The layers, where they lie in the file.
#[derive(Clone, Copy, Debug)]
pub struct Scorer<'m> {
    embeddings: &'m [[i16; WORD]],
    recurrent: [Layer<'m>; 2],
    position: [&'m [[ContextBlock; TOGETHER]]; POSITIONS],
    action: &'m [[HiddenBlock; 1]],
    label: [&'m [[HiddenBlock; LABEL_BLOCKS]]; 2],
    special: &'m [Hidden],
    atoms: &'m [Hidden],
    hidden_bias: &'m [Hidden],
    output_bias: &'m [[i32; ROWS]],
    tag: &'m [[ContextBlock; TAG_BLOCKS]],
    tag_bias: &'m [[i32; ROWS]],
}

/// Sentences, or stretches of them, to be parsed together; scratch space, used again.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    words: Vec<u32>,
    rows: Vec<[u32; PARTS]>,
    allowed: Vec<u64>,
    tags: Vec<u8>,
    /// First word and number of words of each stretch.
    stretches: Vec<(usize, usize)>,
    arcs: Vec<(u32, u8)>,
    order: Vec<(usize, usize)>,
    x: Vec<Vector>,
    h: Vec<InContext>,
    parts: Vec<Hidden>,
    words_prepared: usize,
    state: State,
}

impl Batch {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Removes all words.
    pub fn clear(&mut self) {
        self.words.clear();
        self.rows.clear();
        self.allowed.clear();
        self.tags.clear();
        self.stretches.clear();
        self.arcs.clear();
    }

    /// Adds a word: what it is to the caller, its rows of embeddings, the tags it may get (a bit each), its tag so far.
    pub fn push(&mut self, word: u32, rows: [u32; PARTS], allowed: u64, tag: u8) {
        self.words.push(word);
        self.rows.push(rows);
        self.allowed.push(allowed);
        self.tags.push(tag);
    }

    /// Ends a stretch, of the words added since the last.
    pub fn end_stretch(&mut self) {
        let first = self.stretches.last().map_or(0, |&(first, len)| first + len);
        self.stretches.push((first, self.rows.len() - first));
    }

    /// Number of stretches.
    pub fn stretches(&self) -> usize {
        self.stretches.len()
    }

    /// A stretch, after parsing.
    pub fn stretch(&self, number: usize) -> Stretch<'_> {
        let (first, len) = self.stretches.get(number).copied().unwrap_or_default();
        Stretch {
            words: self.words.get(first..first + len).unwrap_or_default(),
            tags: self.tags.get(first..first + len).unwrap_or_default(),
            arcs: self.arcs.get(first..first + len).unwrap_or_default(),
        }
    }
}

/// What was found of a stretch.
#[derive(Clone, Copy, Debug)]
pub struct Stretch<'b> {
    /// What its words are to the caller.
    pub words: &'b [u32],
    /// Their tags.
    pub tags: &'b [u8],
    /// Head within the stretch (its length for the root) and label of each word.
    pub arcs: &'b [(u32, u8)],
}

/// The work on a batch.
struct Parse<'a, 'm>(&'a Scorer<'m>, &'a mut Batch);

impl Task for Parse<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self, kernel: impl Kernel) {
        let Self(scorer, batch) = self;
        scorer.encode(kernel, batch);
        scorer.retag(kernel, batch);
        let mut number = 0;
        while let Some(&(start, _)) = batch.stretches.get(number) {
            let ends = batch.stretches[number..].iter().map(|&(first, len)| first + len);
            let many = ends.clone().position(|end| end >= start + PREPARED).map_or(ends.len(), |at| at + 1);
            let end = ends.take(many).next_back().unwrap_or(start);
            scorer.prepare_parts(kernel, batch, start..end);
            for number in number..number + many {
                let (first, len) = batch.stretches[number];
                scorer.steps(kernel, batch, first - start, len);
                batch.arcs.extend((0..len as u32).map(|word| batch.state.arc(word)));
            }
            number += many;
        }
    }
}

/// Takes the next `rows` rows of `K` numbers off a slice.
fn take<'m, T, const K: usize>(rest: &mut &'m [T], rows: usize) -> Option<&'m [[T; K]]> {
    let (taken, left) = rest.split_at_checked(rows * K)?;
    *rest = left;
    Some(taken.as_chunks::<K>().0)
}

/// Takes the next `groups` groups of `R` blocks.
fn take_blocks<'m, const P: usize, const R: usize>(
    rest: &mut &'m [i16],
    groups: usize,
) -> Option<&'m [[Block<P>; R]]> {
    let pairs: &[[i16; 2 * ROWS]] = take(rest, groups * R * P)?;
    Some(pairs.as_chunks::<P>().0.as_chunks::<R>().0)
}

impl<'m> Scorer<'m> {
    /// Takes the network of a model; `words` is the size of its lexicon.
    ///
    /// # Errors
    /// [`ModelError::Section`] where a part is absent or has another size than [`SIZES`] say.
    pub fn read(sections: &Sections<'m>, words: usize) -> Result<Self, ModelError> {
        let sizes: &[u32] = sections.exactly(Section::NetSizes, SIZES.len())?;
        if sizes != SIZES {
            return Err(ModelError::Section { section: Section::NetSizes });
        }
        let embeddings: &[i16] =
            sections.exactly(Section::NetEmbeddings, (words + 1 + SHARED_ROWS) * WORD)?;
        let mut biases: &[i32] = sections.exactly(Section::NetBiases, 2 * GATES + OUTPUTS + CLASSES)?;
        let mut rest: &[i16] = sections.get(Section::NetWeights)?;
        let fault = ModelError::Section { section: Section::NetWeights };
        let scorer = Self::from_parts(embeddings, &mut biases, &mut rest).ok_or(fault.clone())?;
        if rest.is_empty() { Ok(scorer) } else { Err(fault) }
    }

    fn from_parts(embeddings: &'m [i16], biases: &mut &'m [i32], rest: &mut &'m [i16]) -> Option<Self> {
        let mut layer = || {
            let weights = take_blocks::<INPUT_PAIRS, 4>(rest, CELL / ROWS)?;
            let bias: &[[i32; ROWS]] = take(biases, GATES / ROWS)?;
            Some(Layer { weights, bias: bias.as_chunks::<4>().0 })
        };
        let recurrent = [layer()?, layer()?];
        let mut position: [&[[ContextBlock; TOGETHER]]; POSITIONS] = [&[]; POSITIONS];
        for slot in &mut position {
            *slot = take_blocks(rest, HIDDEN_BLOCKS / TOGETHER)?;
        }
        Some(Self {
            embeddings: embeddings.as_chunks::<WORD>().0,
            recurrent,
            position,
            action: take_blocks(rest, 1)?,
            label: [take_blocks(rest, 1)?, take_blocks(rest, 1)?],
            tag: take_blocks(rest, 1)?,
            special: take(rest, SPECIAL_ROWS)?,
            atoms: take(rest, ATOM_ROWS)?,
            hidden_bias: take(rest, 1)?,
            output_bias: take(biases, OUTPUTS / ROWS)?,
            tag_bias: take(biases, TAG_BLOCKS)?,
        })
    }

    /// Parses the stretches of a batch. Then each token's tag is chosen anew, among those that are allowed: in context
    /// more is known than the tagger sees.
    pub fn parse(&self, batch: &mut Batch) {
        kernel::dispatch(Parse(self, batch));
    }

    /// Vectors of words in context.
    #[inline(always)]
    fn encode(&self, kernel: impl Kernel, batch: &mut Batch) {
        batch.x.clear();
        batch.x.extend(batch.rows.iter().map(|rows| self.embed(rows)));
        batch.h.clear();
        // Filled up, so that words are multiplied by fours, from whichever on.
        batch.h.resize(batch.rows.len() + COLUMNS, [[0; 2]; CONTEXT / 2]);
        // Long ones first, so that lanes end at about the same time.
        batch.order.clear();
        batch.order.extend_from_slice(&batch.stretches);
        batch.order.sort_unstable_by_key(|&(first, len)| (usize::MAX - len, first));
        for (layer, forward) in self.recurrent.iter().zip([true, false]) {
            layer.read(kernel, forward, &batch.order, &batch.x, &mut batch.h);
        }
    }

    #[inline(always)]
    fn embed(&self, rows: &[u32; PARTS]) -> Vector {
        let mut sum = [0i16; WORD];
        for &row in rows {
            if let Some(embedding) = self.embeddings.get(row as usize) {
                add(&mut sum, embedding);
            }
        }
        bytemuck::cast(sum)
    }

    /// The part of the hidden layer of each of some words, for every position.
    #[inline(always)]
    fn prepare_parts(&self, kernel: impl Kernel, batch: &mut Batch, some: std::ops::Range<usize>) {
        let words = some.len().next_multiple_of(COLUMNS);
        let Some(h) = batch.h.get(some.start..some.start + words) else { return };
        batch.words_prepared = words;
        batch.parts.resize(POSITIONS * words, [0; HIDDEN]);
        for (groups, parts) in self.position.iter().zip(batch.parts.chunks_exact_mut(words.max(1))) {
            for (group, blocks) in groups.iter().enumerate() {
                let (h, _) = h.as_chunks::<COLUMNS>();
                let (parts, _) = parts.as_chunks_mut::<COLUMNS>();
                for (h, parts) in h.iter().zip(parts) {
                    let mut sums = [[[0i32; ROWS]; COLUMNS]; TOGETHER];
                    kernel.times(blocks, h.each_ref(), &mut sums);
                    for (b, sums) in sums.iter().enumerate() {
                        let at = (group * TOGETHER + b) * ROWS;
                        for (sums, part) in sums.iter().zip(parts.iter_mut()) {
                            let part = part[at..].iter_mut();
                            part.zip(sums).for_each(|(value, &sum)| *value = saturate(sum >> TO_HIDDEN));
                        }
                    }
                }
            }
        }
    }

    /// The tag with the highest score among the allowed; of equal ones the first.
    #[inline(always)]
    fn retag(&self, kernel: impl Kernel, batch: &mut Batch) {
        let Batch { h, allowed, tags, .. } = batch;
        let (Some(blocks), Some(bias)) = (self.tag.first(), self.tag_bias.first_chunk::<TAG_BLOCKS>()) else {
            return;
        };
        let mut open = (0..tags.len()).filter(|&i| !allowed[i].is_power_of_two());
        while let Some(first) = open.next() {
            let words: [usize; COLUMNS] =
                std::array::from_fn(|k| if k == 0 { Some(first) } else { open.next() }.unwrap_or(first));
            let mut sums = bias.map(|bias| [bias; COLUMNS]);
            kernel.times(blocks, words.map(|word| &h[word]), &mut sums);
            for (k, word) in words.into_iter().enumerate() {
                let mut scores = [0i32; CLASSES];
                for (scores, sums) in scores.as_chunks_mut::<ROWS>().0.iter_mut().zip(&sums) {
                    *scores = sums[k];
                }
                tags[word] = best_of(&scores, allowed[word]);
            }
        }
    }

    /// Parses a stretch of `n` words from `first` of the prepared ones on; the arcs are in the batch's state.
    #[inline(always)]
    fn steps(&self, kernel: impl Kernel, batch: &mut Batch, first: usize, n: usize) {
        let Batch { state, parts, words_prepared: words, .. } = batch;
        state.begin(n as u32);
        while !state.is_done() {
            let z = self.hidden(state, parts, *words, first, n);
            let [scores] = self.scores(kernel, self.action, 0, &z);
            let mut best: Option<(Action, i32)> = None;
            for (action, score) in Action::ALL.into_iter().zip(scores) {
                if state.allows(action) && best.is_none_or(|(_, s)| score > s) {
                    best = Some((action, score));
                }
            }
            let Some((action, _)) = best else { return };
            let label = match action {
                Action::Shift => 0,
                Action::Left if state.front() as usize == n => Deprel::Root as u8,
                Action::Left => best_label(self.scores(kernel, self.label[0], LEFT_OUTPUTS, &z)),
                Action::Right => best_label(self.scores(kernel, self.label[1], RIGHT_OUTPUTS, &z)),
            };
            state.take(action, label);
        }
    }

    /// The hidden layer of a configuration.
    #[inline(always)]
    fn hidden(
        &self,
        state: &State,
        parts: &[Hidden],
        words: usize,
        first: usize,
        n: usize,
    ) -> Pairs<{ HIDDEN / 2 }> {
        let mut z = self.hidden_bias.first().copied().unwrap_or([0; HIDDEN]);
        for (p, &word) in state.positions().iter().enumerate() {
            let part = match word {
                NONE => &self.special[p * 2],
                w if w as usize >= n => &self.special[p * 2 + 1],
                w => &parts[p * words + first + w as usize],
            };
            add(&mut z, part);
        }
        for (k, &value) in state.atoms().iter().enumerate() {
            add(&mut z, &self.atoms[k * ATOM_VALUES + value as usize % ATOM_VALUES]);
        }
        for value in &mut z {
            *value = (*value).max(0);
        }
        bytemuck::cast(z)
    }

    /// The scores that some blocks of the output layer, the first of them `row`, give a configuration.
    #[inline(always)]
    fn scores<const R: usize>(
        &self,
        kernel: impl Kernel,
        blocks: &[[HiddenBlock; R]],
        row: usize,
        z: &Pairs<{ HIDDEN / 2 }>,
    ) -> [[i32; ROWS]; R] {
        let bias = self.output_bias.get(row / ROWS..).and_then(|b| b.first_chunk::<R>());
        let (Some(blocks), Some(bias)) = (blocks.first(), bias) else { return [[0; ROWS]; R] };
        let mut sums = bias.map(|bias| [bias]);
        kernel.times(blocks, [z], &mut sums);
        sums.map(|[sums]| sums)
    }
}

/// The relation with the highest score; of equal ones the first. No word but the root's child is `root`.
#[inline(always)]
fn best_label(scores: [[i32; ROWS]; LABEL_BLOCKS]) -> u8 {
    let (mut best, mut top) = (Deprel::Dep as u8, i32::MIN);
    for (label, &score) in scores.as_flattened().iter().take(LABELS).enumerate() {
        if score > top && label != Deprel::Root as usize {
            (best, top) = (label as u8, score);
        }
    }
    best
}

const TO_HIDDEN: u32 = VECTOR_BITS + MATRIX_BITS - HIDDEN_BITS;

#[inline(always)]
fn add<const K: usize>(to: &mut [i16; K], what: &[i16; K]) {
    for (to, what) in to.iter_mut().zip(what) {
        *to = to.saturating_add(*what);
    }
}

#[inline(always)]
pub(crate) fn saturate(value: i32) -> i16 {
    value.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}
