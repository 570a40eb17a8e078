//! The parser's network in whole numbers: the same trees on every machine.
//!
//! Fixed point, 16 bits: vectors of tokens in 2⁻¹¹, matrices in 2⁻¹², gates in 2⁻¹⁴, the hidden layer in 2⁻⁹; products are
//! added in 32 bits. The curves of the gates are tables of the model. Addition of whole numbers has no order, so the
//! compiler is free to use the widest vectors the machine has.

use crate::Deprel;
use crate::model::{ModelError, Section, Sections};
use crate::network::{ATOM_ROWS, CELL, CONTEXT, HIDDEN, PARTS, SHARED_ROWS, SPECIAL_ROWS, WORD};
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
pub const SIZES: [u32; 8] = [
    WORD as u32,
    CELL as u32,
    HIDDEN as u32,
    PARTS as u32,
    POSITIONS as u32,
    ATOM_ROWS as u32,
    OUTPUTS as u32,
    SHARED_ROWS as u32,
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
struct Sentence<'a, 'm> {
    scorer: &'a Scorer<'m>,
    rows: &'a [[u32; PARTS]],
    scratch: &'a mut Scratch,
}

impl pulp::WithSimd for Sentence<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.scorer.encode(self.rows, self.scratch);
        self.scorer.steps(self.rows.len(), self.scratch);
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
        let biases: &[i32] = sections.exactly(Section::NetBiases, 2 * GATES + OUTPUTS)?;
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
            output_bias: biases.get(2 * GATES..)?,
            sigmoid: curves.get(..CURVE)?,
            tanh: curves.get(CURVE..)?,
        })
    }

    /// Parses a sentence given by its tokens' rows of embeddings; the arcs are in `scratch.state`.
    pub fn parse(&self, rows: &[[u32; PARTS]], scratch: &mut Scratch) {
        pulp::Arch::new().dispatch(Sentence { scorer: self, rows, scratch });
    }

    #[inline(always)]
    fn encode(&self, rows: &[[u32; PARTS]], scratch: &mut Scratch) {
        let n = rows.len();
        scratch.x.clear();
        scratch.x.extend(rows.iter().map(|rows| self.embed(rows)));
        scratch.h.clear();
        scratch.h.resize(n, [0; CONTEXT]);
        for direction in 0..2 {
            self.recur(direction, scratch);
        }
        scratch.parts.clear();
        scratch.parts.resize(POSITIONS * n, [0; HIDDEN]);
        for (weights, parts) in self.position.iter().zip(scratch.parts.chunks_exact_mut(n.max(1))) {
            for (h, part) in scratch.h.iter().zip(parts) {
                for (weights, value) in weights.iter().zip(part) {
                    *value = saturate(dot(weights, h) >> (VECTOR_BITS + MATRIX_BITS - HIDDEN_BITS));
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
    fn recur(&self, direction: usize, scratch: &mut Scratch) {
        let n = scratch.x.len();
        scratch.gates.clear();
        scratch.gates.resize(n, [0; GATES]);
        for (x, gates) in scratch.x.iter().zip(&mut scratch.gates) {
            for ((gate, weights), bias) in
                gates.iter_mut().zip(self.input[direction]).zip(self.gate_bias[direction])
            {
                *gate = dot(weights, x).wrapping_add(*bias);
            }
        }
        let (mut h, mut c) = ([0i16; CELL], [0i32; CELL]);
        for t in 0..n {
            let i = if direction == 0 { t } else { n - 1 - t };
            let gates = &mut scratch.gates[i];
            for (gate, weights) in gates.iter_mut().zip(self.recurrent[direction]) {
                *gate = gate.wrapping_add(dot(weights, &h));
            }
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

    #[inline(always)]
    fn steps(&self, n: usize, scratch: &mut Scratch) {
        scratch.state.begin(n as u32);
        while !scratch.state.is_done() {
            let z = self.hidden(n, scratch);
            let mut best: Option<(Action, i32)> = None;
            for action in Action::ALL {
                let score = self.score(action as usize, &z);
                if scratch.state.allows(action) && best.is_none_or(|(_, s)| score > s) {
                    best = Some((action, score));
                }
            }
            let Some((action, _)) = best else { return };
            let label = match action {
                Action::Shift => 0,
                Action::Left if scratch.state.front() as usize == n => Deprel::Root as u8,
                side => self.label(3 + (side as usize - 1) * LABELS, &z),
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
    fn score(&self, output: usize, z: &[i16; HIDDEN]) -> i32 {
        dot(&self.output[output], z).wrapping_add(self.output_bias[output])
    }

    /// The relation with the highest score; of equal ones the first. No word but the root's child is `root`.
    #[inline(always)]
    fn label(&self, first: usize, z: &[i16; HIDDEN]) -> u8 {
        let (mut best, mut top) = (Deprel::Dep as u8, i32::MIN);
        for label in 0..LABELS {
            let score = self.score(first + label, z);
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
fn dot<const K: usize>(a: &[i16; K], b: &[i16; K]) -> i32 {
    let mut sum = 0i32;
    for k in 0..K {
        sum = sum.wrapping_add(i32::from(a[k]) * i32::from(b[k]));
    }
    sum
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
