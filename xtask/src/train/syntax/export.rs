//! The trained network in whole numbers, laid out as the program reads it.

use newsgraph_syntax::training::model::{Section, SectionWriter};
use newsgraph_syntax::training::network::{ATOM_ROWS, CELL, CONTEXT, HIDDEN, SPECIAL_ROWS, WORD};
use newsgraph_syntax::training::scorer::{
    GATES, HIDDEN_BITS, LABELS, LEFT_OUTPUTS, MATRIX_BITS, OUTPUTS, RIGHT_OUTPUTS, SIZES, VECTOR_BITS,
};
use newsgraph_syntax::training::tagger::CLASSES;
use newsgraph_syntax::training::transition::POSITIONS;

use super::network::{self, Network, at};

/// Rows that the program multiplies together.
const ROWS: usize = 16;

/// Adds the network to a file.
pub(super) fn write(net: &Network, out: &mut SectionWriter) {
    out.add(Section::NetSizes, &SIZES);
    let embeddings: Vec<i16> = net.embeddings.iter().map(|w| fixed(*w, VECTOR_BITS)).collect();
    out.add(Section::NetEmbeddings, &embeddings);
    let dense = |from: usize, len: usize| &net.dense[from..from + len];
    let mut weights: Vec<i16> = Vec::new();
    for direction in 0..2 {
        let input = rows(dense(at::INPUT + direction * WORD * GATES, WORD * GATES), GATES);
        let recurrent = rows(dense(at::RECURRENT + direction * CELL * GATES, CELL * GATES), GATES);
        let both: Vec<Vec<f32>> = input.into_iter().zip(recurrent).map(|(i, r)| [i, r].concat()).collect();
        blocks(&by_cells(&both), &mut weights);
    }
    for p in 0..POSITIONS {
        blocks(&rows(dense(at::POSITION + p * CONTEXT * HIDDEN, CONTEXT * HIDDEN), HIDDEN), &mut weights);
    }
    let output: Vec<Vec<f32>> =
        dense(at::OUTPUT, network::OUTPUTS * HIDDEN).chunks(HIDDEN).map(<[f32]>::to_vec).collect();
    blocks(&filled_up(&output, &vec![0.0; HIDDEN]), &mut weights);
    let tag: Vec<Vec<f32>> = dense(at::TAG, CLASSES * CONTEXT).chunks(CONTEXT).map(<[f32]>::to_vec).collect();
    blocks(&tag, &mut weights);
    let hidden = [
        dense(at::SPECIAL, SPECIAL_ROWS * HIDDEN),
        dense(at::ATOM, ATOM_ROWS * HIDDEN),
        dense(at::HIDDEN_BIAS, HIDDEN),
    ];
    weights.extend(hidden.into_iter().flatten().map(|w| fixed(*w, HIDDEN_BITS)));
    out.add(Section::NetWeights, &weights);
    let wide = |w: &f32, bits: u32| (w * (1u32 << bits) as f32).round() as i32;
    let mut biases: Vec<i32> = Vec::new();
    for direction in 0..2 {
        let gates = by_cells(dense(at::GATE_BIAS + direction * GATES, GATES));
        biases.extend(gates.iter().map(|w| wide(w, VECTOR_BITS + MATRIX_BITS)));
    }
    let output = filled_up(dense(at::OUTPUT_BIAS, network::OUTPUTS), &0.0);
    biases.extend(output.iter().map(|w| wide(w, HIDDEN_BITS + MATRIX_BITS)));
    biases.extend(dense(at::TAG_BIAS, CLASSES).iter().map(|w| wide(w, VECTOR_BITS + MATRIX_BITS)));
    out.add(Section::NetBiases, &biases);
}

fn fixed(value: f32, bits: u32) -> i16 {
    (value * (1u32 << bits) as f32).round().clamp(-32768.0, 32767.0) as i16
}

/// The columns of a matrix.
fn rows(matrix: &[f32], columns: usize) -> Vec<Vec<f32>> {
    (0..columns).map(|column| matrix.iter().skip(column).step_by(columns).copied().collect()).collect()
}

/// Rows of gates in another order: for every sixteen cells, those of the four gates.
fn by_cells<T: Clone>(gates: &[T]) -> Vec<T> {
    let group = |first: usize| (0..4).flat_map(move |gate| (0..ROWS).map(move |k| gate * CELL + first + k));
    (0..CELL).step_by(ROWS).flat_map(group).map(|row| gates[row].clone()).collect()
}

/// The outputs, each kind filled up to whole blocks.
fn filled_up<T: Clone>(outputs: &[T], nothing: &T) -> Vec<T> {
    let mut out = vec![nothing.clone(); OUTPUTS];
    let (actions, labels) = outputs.split_at(3);
    out[..3].clone_from_slice(actions);
    out[LEFT_OUTPUTS..][..LABELS].clone_from_slice(&labels[..LABELS]);
    out[RIGHT_OUTPUTS..][..LABELS].clone_from_slice(&labels[LABELS..]);
    out
}

/// Adds rows by blocks of sixteen: for each pair of columns, the two numbers of every row.
fn blocks(rows: &[Vec<f32>], out: &mut Vec<i16>) {
    for block in rows.chunks(ROWS) {
        for pair in (0..block[0].len()).step_by(2) {
            out.extend(
                block.iter().flat_map(|row| [row[pair], row[pair + 1]]).map(|w| fixed(w, MATRIX_BITS)),
            );
        }
    }
}
