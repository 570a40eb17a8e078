//! The parser's network in whole numbers: the same trees on every machine.
//!
//! Fixed point, 16 bits: vectors of tokens in 2⁻¹¹, matrices in 2⁻¹², gates in 2⁻¹⁴, the hidden layer in 2⁻⁹; products are
//! added in 32 bits. The curves of the gates are tables of the model. Addition of whole numbers has no order, so the
//! compiler is free to use the widest vectors the machine has.

use crate::Deprel;
use crate::kernel::{Kernel, Plain};
use crate::model::{ModelError, Section, Sections};
use crate::network::{ATOM_ROWS, CELL, CONTEXT, HIDDEN, PARTS, SHARED_ROWS, SPECIAL_ROWS, WORD};
use crate::tagger::{CLASSES, best_of};
use crate::transition::{ATOM_VALUES, Action, NONE, POSITIONS, State};

/// Fraction bits of vectors of tokens and of the recurrent layer's state.
pub const VECTOR_BITS: u32 = 11;
/// Fraction bits of matrices.
pub const MATRIX_BITS: u32 = 12;
/// Fraction bits of the hidden layer.
pub const HIDDEN_BITS: u32 = 9;
/// Fraction bits of gates, as the curves give them.
pub const GATE_BITS: u32 = 14;
/// Fraction bits of the cell.
const CELL_BITS: u32 = 12;
/// Entries of a curve: from -8 to 8 in steps of 2⁻⁸.
pub const CURVE: usize = 4096;
const CURVE_BITS: u32 = 8;
/// Gates of both directions.
pub const GATES: usize = 4 * CELL;
/// Relations a word can have.
pub const LABELS: usize = Deprel::ALL.len();
/// Scores of a configuration: three actions, then the relations of arcs to the left and to the right.
pub const OUTPUTS: usize = 3 + 2 * LABELS;

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

/// The layers, where they lie in the file.
#[derive(Clone, Copy, Debug)]
pub struct Scorer<'m> {
    embeddings: &'m [[i16; WORD]],
    input: [&'m [[i16; WORD]]; 2],
    recurrent: [&'m [[i16; CELL]]; 2],
    position: [&'m [[i16; CONTEXT]]; POSITIONS],
    output: &'m [[i16; HIDDEN]],
    special: &'m [[i16; HIDDEN]],
    atoms: &'m [[i16; HIDDEN]],
    hidden_bias: &'m [[i16; HIDDEN]],
    gate_bias: [&'m [i32]; 2],
    output_bias: &'m [i32],
    tag: &'m [[i16; CONTEXT]],
    tag_bias: &'m [i32],
    sigmoid: &'m [i16],
    tanh: &'m [i16],
}

/// Scratch space, used again for every sentence.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    x: Vec<[i16; WORD]>,
    h: Vec<[i16; CONTEXT]>,
    gates: Vec<[i32; GATES]>,
    parts: Vec<[i16; HIDDEN]>,
    /// The configuration; after parsing, the arcs.
    pub state: State,
}

/// The work on one sentence, compiled for each width of vectors; all it calls is inlined into it.
struct Sentence<'a, 'm, K> {
    kernel: K,
    scorer: &'a Scorer<'m>,
    rows: &'a [[u32; PARTS]],
    allowed: &'a [u64],
    tags: &'a mut [u8],
    scratch: &'a mut Scratch,
}

impl<K: Kernel> pulp::WithSimd for Sentence<'_, '_, K> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.scorer.encode(self.kernel, self.rows, self.scratch);
        self.scorer.retag(self.kernel, self.allowed, self.tags, self.scratch);
        self.scorer.steps(self.kernel, self.rows.len(), self.scratch);
    }
}

/// Takes the next `rows` rows of `K` numbers off a slice.
fn take<'m, const K: usize>(rest: &mut &'m [i16], rows: usize) -> Option<&'m [[i16; K]]> {
    let (taken, left) = rest.split_at_checked(rows * K)?;
    *rest = left;
    Some(taken.as_chunks::<K>().0)
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
        let biases: &[i32] = sections.exactly(Section::NetBiases, 2 * GATES + OUTPUTS + CLASSES)?;
        let curves: &[i16] = sections.exactly(Section::Curves, 2 * CURVE)?;
        let mut rest: &[i16] = sections.get(Section::NetWeights)?;
        let fault = ModelError::Section { section: Section::NetWeights };
        let scorer = Self::from_parts(embeddings, biases, curves, &mut rest).ok_or(fault.clone())?;
        if rest.is_empty() { Ok(scorer) } else { Err(fault) }
    }

    fn from_parts(
        embeddings: &'m [i16],
        biases: &'m [i32],
        curves: &'m [i16],
        rest: &mut &'m [i16],
    ) -> Option<Self> {
        let input = [take(rest, GATES)?, take(rest, GATES)?];
        let recurrent = [take(rest, GATES)?, take(rest, GATES)?];
        let mut position: [&[[i16; CONTEXT]]; POSITIONS] = [&[]; POSITIONS];
        for slot in &mut position {
            *slot = take(rest, HIDDEN)?;
        }
        Some(Self {
            embeddings: embeddings.as_chunks::<WORD>().0,
            input,
            recurrent,
            position,
            output: take(rest, OUTPUTS)?,
            special: take(rest, SPECIAL_ROWS)?,
            atoms: take(rest, ATOM_ROWS)?,
            hidden_bias: take(rest, 1)?,
            gate_bias: [biases.get(..GATES)?, biases.get(GATES..2 * GATES)?],
            output_bias: biases.get(2 * GATES..2 * GATES + OUTPUTS)?,
            tag: take(rest, CLASSES)?,
            tag_bias: biases.get(2 * GATES + OUTPUTS..)?,
            sigmoid: curves.get(..CURVE)?,
            tanh: curves.get(CURVE..)?,
        })
    }

    /// Parses a sentence given by its tokens' rows of embeddings; the arcs are in `scratch.state`. Then chooses each
    /// token's tag anew, among those that its bits in `allowed` name: in context more is known than the tagger sees.
    pub fn parse(&self, rows: &[[u32; PARTS]], allowed: &[u64], tags: &mut [u8], scratch: &mut Scratch) {
        #[cfg(target_arch = "x86_64")]
        if let Some(v3) = pulp::x86::V3::try_new() {
            let kernel = crate::kernel::Avx2(v3);
            return pulp::Simd::vectorize(
                v3,
                Sentence { kernel, scorer: self, rows, allowed, tags, scratch },
            );
        }
        pulp::Arch::new().dispatch(Sentence { kernel: Plain, scorer: self, rows, allowed, tags, scratch });
    }

    #[inline(always)]
    fn encode(&self, kernel: impl Kernel, rows: &[[u32; PARTS]], scratch: &mut Scratch) {
        let n = rows.len();
        scratch.x.clear();
        scratch.x.extend(rows.iter().map(|rows| self.embed(rows)));
        scratch.h.clear();
        scratch.h.resize(n, [0; CONTEXT]);
        for direction in 0..2 {
            self.recur(kernel, direction, scratch);
        }
        scratch.parts.clear();
        scratch.parts.resize(POSITIONS * n, [0; HIDDEN]);
        for (weights, parts) in self.position.iter().zip(scratch.parts.chunks_exact_mut(n.max(1))) {
            let mut sums = [0i32; HIDDEN];
            for (h, part) in scratch.h.iter().zip(parts) {
                kernel.times(weights, h, &mut sums);
                for (value, sum) in part.iter_mut().zip(&sums) {
                    *value = saturate(sum >> (VECTOR_BITS + MATRIX_BITS - HIDDEN_BITS));
                }
            }
        }
    }

    #[inline(always)]
    fn embed(&self, rows: &[u32; PARTS]) -> [i16; WORD] {
        let mut sum = [0i16; WORD];
        for &row in rows {
            if let Some(embedding) = self.embeddings.get(row as usize) {
                add(&mut sum, embedding);
            }
        }
        sum
    }

    /// One direction of the recurrent layer (Hochreiter and Schmidhuber 1997, with forget gates).
    #[inline(always)]
    fn recur(&self, kernel: impl Kernel, direction: usize, scratch: &mut Scratch) {
        let n = scratch.x.len();
        scratch.gates.clear();
        scratch.gates.resize(n, [0; GATES]);
        for (x, gates) in scratch.x.iter().zip(&mut scratch.gates) {
            kernel.times(self.input[direction], x, gates);
            add_wide(gates, self.gate_bias[direction]);
        }
        let (mut h, mut c, mut recurrent) = ([0i16; CELL], [0i32; CELL], [0i32; GATES]);
        for t in 0..n {
            let i = if direction == 0 { t } else { n - 1 - t };
            let gates = &mut scratch.gates[i];
            kernel.times(self.recurrent[direction], &h, &mut recurrent);
            add_wide(gates, &recurrent);
            for k in 0..CELL {
                let (input, forget, output, candidate) = (
                    curve(self.sigmoid, gates[k] >> SUM_TO_CURVE),
                    curve(self.sigmoid, gates[CELL + k] >> SUM_TO_CURVE),
                    curve(self.sigmoid, gates[2 * CELL + k] >> SUM_TO_CURVE),
                    curve(self.tanh, gates[3 * CELL + k] >> SUM_TO_CURVE),
                );
                // |c| stays below 2³ ⋅ 2¹², so that the product fits.
                let kept = (forget * c[k]) >> GATE_BITS;
                let added = (input * candidate) >> (2 * GATE_BITS - CELL_BITS);
                c[k] = (kept + added).clamp(-CELL_LIMIT, CELL_LIMIT);
                let squashed = curve(self.tanh, c[k] >> (CELL_BITS - CURVE_BITS));
                h[k] = ((output * squashed) >> (2 * GATE_BITS - VECTOR_BITS)) as i16;
            }
            scratch.h[i][direction * CELL..][..CELL].copy_from_slice(&h);
        }
    }

    /// The tag with the highest score among the allowed; of equal ones the first.
    #[inline(always)]
    fn retag(&self, kernel: impl Kernel, allowed: &[u64], tags: &mut [u8], scratch: &Scratch) {
        for ((h, &allowed), tag) in scratch.h.iter().zip(allowed).zip(tags) {
            if allowed.is_power_of_two() {
                continue;
            }
            let mut scores = [0i32; CLASSES];
            kernel.times(self.tag, h, &mut scores);
            add_wide(&mut scores, self.tag_bias);
            *tag = best_of(&scores, allowed);
        }
    }

    #[inline(always)]
    fn steps(&self, kernel: impl Kernel, n: usize, scratch: &mut Scratch) {
        scratch.state.begin(n as u32);
        while !scratch.state.is_done() {
            let z = self.hidden(n, scratch);
            let mut scores = [0i32; 3];
            self.scores(kernel, 0, &z, &mut scores);
            let mut best: Option<(Action, i32)> = None;
            for (action, score) in Action::ALL.into_iter().zip(scores) {
                if scratch.state.allows(action) && best.is_none_or(|(_, s)| score > s) {
                    best = Some((action, score));
                }
            }
            let Some((action, _)) = best else { return };
            let label = match action {
                Action::Shift => 0,
                Action::Left if scratch.state.front() as usize == n => Deprel::Root as u8,
                side => self.label(kernel, 3 + (side as usize - 1) * LABELS, &z),
            };
            scratch.state.take(action, label);
        }
    }

    #[inline(always)]
    fn hidden(&self, n: usize, scratch: &Scratch) -> [i16; HIDDEN] {
        let mut z = self.hidden_bias[0];
        for (p, &word) in scratch.state.positions().iter().enumerate() {
            let part = match word {
                NONE => &self.special[p * 2],
                w if w as usize >= n => &self.special[p * 2 + 1],
                w => &scratch.parts[p * n + w as usize],
            };
            add(&mut z, part);
        }
        for (k, &value) in scratch.state.atoms().iter().enumerate() {
            add(&mut z, &self.atoms[k * ATOM_VALUES + value as usize % ATOM_VALUES]);
        }
        z.map(|z| z.max(0))
    }

    #[inline(always)]
    fn scores(&self, kernel: impl Kernel, first: usize, z: &[i16; HIDDEN], out: &mut [i32]) {
        let last = first + out.len();
        if let (Some(rows), Some(biases)) = (self.output.get(first..last), self.output_bias.get(first..last))
        {
            kernel.times(rows, z, out);
            add_wide(out, biases);
        }
    }

    /// The relation with the highest score; of equal ones the first. No word but the root's child is `root`.
    #[inline(always)]
    fn label(&self, kernel: impl Kernel, first: usize, z: &[i16; HIDDEN]) -> u8 {
        let mut scores = [0i32; LABELS];
        self.scores(kernel, first, z, &mut scores);
        let (mut best, mut top) = (Deprel::Dep as u8, i32::MIN);
        for (label, &score) in scores.iter().enumerate() {
            if score > top && label != Deprel::Root as usize {
                (best, top) = (label as u8, score);
            }
        }
        best
    }
}

const SUM_TO_CURVE: u32 = VECTOR_BITS + MATRIX_BITS - CURVE_BITS;
/// Just below eight.
const CELL_LIMIT: i32 = (8 << CELL_BITS) - 1;

#[inline(always)]
fn add_wide(to: &mut [i32], what: &[i32]) {
    for (to, what) in to.iter_mut().zip(what) {
        *to = to.wrapping_add(*what);
    }
}

#[inline(always)]
fn add<const K: usize>(to: &mut [i16; K], what: &[i16; K]) {
    for (to, what) in to.iter_mut().zip(what) {
        *to = to.saturating_add(*what);
    }
}

#[inline(always)]
fn saturate(value: i32) -> i16 {
    value.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

/// The value of a curve at `at`, in 2⁻⁸; outside of ±8 that of the end.
#[inline(always)]
fn curve(curve: &[i16], at: i32) -> i32 {
    let index = (at + CURVE as i32 / 2).clamp(0, CURVE as i32 - 1) as usize;
    i32::from(curve.get(index).copied().unwrap_or(0))
}
