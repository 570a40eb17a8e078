//! The recurrent layer: an LSTM (Hochreiter and Schmidhuber 1997, with forget gates) in each direction.
//!
//! Eight stretches of words are read side by side, so that the weights are fetched once for eight words and no word waits
//! long for the one before it.

use crate::kernel::{Block, Kernel, Pairs, ROWS};
use crate::network::{CELL, CONTEXT, WORD};
use crate::scorer::{MATRIX_BITS, VECTOR_BITS, saturate};

/// Pairs of numbers that go into the gates: a word's vector and the state before it.
pub(crate) const INPUT_PAIRS: usize = (WORD + CELL) / 2;
/// Stretches that are read side by side: of each weight that is fetched, as many words make use.
const LANES: usize = 8;
/// Blocks of sixteen cells.
const GROUPS: usize = CELL / ROWS;
/// Sums in the fraction bits that the curve wants: 13.
const TO_CURVE: u32 = VECTOR_BITS + MATRIX_BITS - 13;

/// Weights and biases of a direction: for each group of sixteen cells, the blocks of the four gates (input, forget,
/// output, candidate).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layer<'m> {
    pub(crate) weights: &'m [[Block<INPUT_PAIRS>; 4]],
    pub(crate) bias: &'m [[[i32; ROWS]; 4]],
}

/// A place where stretches are read, one after another.
#[derive(Clone, Copy)]
struct Lane {
    /// The word's vector, then the state.
    input: Pairs<INPUT_PAIRS>,
    /// Cells, in 2⁻¹².
    cells: [[i16; ROWS]; GROUPS],
    /// The word, and how many words of the stretch are left with it.
    word: usize,
    left: usize,
}

const IDLE: Lane = Lane { input: [[0; 2]; INPUT_PAIRS], cells: [[0; ROWS]; GROUPS], word: 0, left: 0 };

impl Layer<'_> {
    /// Reads stretches, given by their first word and length, forwards or backwards, and writes each word's state to its
    /// half of `h`.
    #[inline(always)]
    pub(crate) fn read(
        &self,
        kernel: impl Kernel,
        forward: bool,
        stretches: &[(usize, usize)],
        x: &[Pairs<{ WORD / 2 }>],
        h: &mut [Pairs<{ CONTEXT / 2 }>],
    ) {
        let mut lanes = [IDLE; LANES];
        let mut waiting = stretches.iter().filter(|stretch| stretch.1 > 0);
        let half = if forward { 0 } else { CELL / 2 };
        loop {
            for lane in lanes.iter_mut().filter(|lane| lane.left == 0) {
                *lane = IDLE;
                if let Some(&(first, len)) = waiting.next() {
                    (lane.word, lane.left) = (if forward { first } else { first + len - 1 }, len);
                }
            }
            if lanes.iter().all(|lane| lane.left == 0) {
                return;
            }
            for lane in &mut lanes {
                if let Some(x) = x.get(lane.word) {
                    lane.input[..WORD / 2].copy_from_slice(x);
                }
            }
            let states = self.step(kernel, &mut lanes);
            for (lane, state) in lanes.iter_mut().zip(states) {
                let state = state.as_flattened().as_chunks::<2>().0;
                lane.input[WORD / 2..].copy_from_slice(state);
                if lane.left > 0 {
                    h[lane.word][half..half + CELL / 2].copy_from_slice(state);
                    lane.left -= 1;
                    lane.word = if forward { lane.word + 1 } else { lane.word.saturating_sub(1) };
                }
            }
        }
    }

    /// The next state of each lane.
    #[inline(always)]
    fn step(&self, kernel: impl Kernel, lanes: &mut [Lane; LANES]) -> [[[i16; ROWS]; GROUPS]; LANES] {
        let mut states = [[[0; ROWS]; GROUPS]; LANES];
        let groups = self.weights.iter().zip(self.bias).take(GROUPS).enumerate();
        // Filled in place: copies of so many sums would cost a fifth of the layer's time.
        let mut sums = [[[0; ROWS]; LANES]; 4];
        for (group, (weights, bias)) in groups {
            for (sums, bias) in sums.iter_mut().zip(bias) {
                sums.iter_mut().for_each(|sums| *sums = *bias);
            }
            let inputs = lanes.each_ref().map(|lane| &lane.input);
            kernel.times(weights, inputs, &mut sums);
            let [input, forget, output, candidate] = &sums;
            for (column, (lane, state)) in lanes.iter_mut().zip(&mut states).enumerate() {
                let gates = [&input[column], &forget[column], &output[column], &candidate[column]];
                state[group] = cell(kernel, gates, &mut lane.cells[group]);
            }
        }
        states
    }
}

/// New contents of sixteen cells, and their state.
#[inline(always)]
fn cell(kernel: impl Kernel, gates: [&[i32; ROWS]; 4], cells: &mut [i16; ROWS]) -> [i16; ROWS] {
    let [input, forget, output, candidate] = gates;
    let (input, forget, output) =
        (logistic(kernel, input), logistic(kernel, forget), logistic(kernel, output));
    let candidate = kernel.tanh(narrow::<TO_CURVE>(candidate));
    let kept = kernel.fractions(forget, *cells);
    let added = kernel.fractions(kernel.fractions(input, candidate), [1 << 12; ROWS]);
    let mut doubled = [0; ROWS];
    for k in 0..ROWS {
        cells[k] = kept[k].saturating_add(added[k]);
        doubled[k] = cells[k].saturating_add(cells[k]);
    }
    kernel.fractions(kernel.fractions(output, kernel.tanh(doubled)), [1 << VECTOR_BITS; ROWS])
}

/// 1 / (1 + e⁻ˣ): half of tanh(x / 2) and a half.
#[inline(always)]
fn logistic(kernel: impl Kernel, sums: &[i32; ROWS]) -> [i16; ROWS] {
    let mut out = kernel.tanh(narrow::<{ TO_CURVE + 1 }>(sums));
    for value in &mut out {
        *value = (*value >> 1) + (1 << 14);
    }
    out
}

#[inline(always)]
fn narrow<const SHIFT: u32>(sums: &[i32; ROWS]) -> [i16; ROWS] {
    let mut out = [0; ROWS];
    for (out, sum) in out.iter_mut().zip(sums) {
        *out = saturate(sum >> SHIFT);
    }
    out
}
