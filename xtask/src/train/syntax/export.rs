//! The trained network in whole numbers, as the program reads it.

use newsgraph_syntax::training::model::{Section, SectionWriter};
use newsgraph_syntax::training::network::{ATOM_ROWS, CELL, CONTEXT, HIDDEN, SPECIAL_ROWS, WORD};
use newsgraph_syntax::training::scorer::{
    CURVE, GATE_BITS, GATES, HIDDEN_BITS, MATRIX_BITS, OUTPUTS, SIZES, VECTOR_BITS,
};
use newsgraph_syntax::training::tagger::CLASSES;
use newsgraph_syntax::training::transition::POSITIONS;

use super::matrix::{sigmoid, tanh};
use super::network::{Network, at};

/// Adds the network to a file.
pub(super) fn write(net: &Network, out: &mut SectionWriter) {
    out.add(Section::NetSizes, &SIZES);
    let embeddings: Vec<i16> = net.embeddings.iter().map(|w| fixed(*w, VECTOR_BITS)).collect();
    out.add(Section::NetEmbeddings, &embeddings);
    let mut weights: Vec<i16> = Vec::new();
    let dense = |from: usize, len: usize| &net.dense[from..from + len];
    for direction in 0..2 {
        transposed(dense(at::INPUT + direction * WORD * GATES, WORD * GATES), GATES, &mut weights);
    }
    for direction in 0..2 {
        transposed(dense(at::RECURRENT + direction * CELL * GATES, CELL * GATES), GATES, &mut weights);
    }
    for p in 0..POSITIONS {
        transposed(dense(at::POSITION + p * CONTEXT * HIDDEN, CONTEXT * HIDDEN), HIDDEN, &mut weights);
    }
    weights.extend(dense(at::OUTPUT, OUTPUTS * HIDDEN).iter().map(|w| fixed(*w, MATRIX_BITS)));
    let hidden = [
        dense(at::SPECIAL, SPECIAL_ROWS * HIDDEN),
        dense(at::ATOM, ATOM_ROWS * HIDDEN),
        dense(at::HIDDEN_BIAS, HIDDEN),
    ];
    weights.extend(hidden.into_iter().flatten().map(|w| fixed(*w, HIDDEN_BITS)));
    weights.extend(dense(at::TAG, CLASSES * CONTEXT).iter().map(|w| fixed(*w, MATRIX_BITS)));
    out.add(Section::NetWeights, &weights);
    let wide = |w: &f32, bits: u32| (w * (1u32 << bits) as f32).round() as i32;
    let mut biases: Vec<i32> =
        dense(at::GATE_BIAS, 2 * GATES).iter().map(|w| wide(w, VECTOR_BITS + MATRIX_BITS)).collect();
    biases.extend(dense(at::OUTPUT_BIAS, OUTPUTS).iter().map(|w| wide(w, HIDDEN_BITS + MATRIX_BITS)));
    biases.extend(dense(at::TAG_BIAS, CLASSES).iter().map(|w| wide(w, VECTOR_BITS + MATRIX_BITS)));
    out.add(Section::NetBiases, &biases);
    let curve =
        |f: fn(f32) -> f32| (0..CURVE).map(move |i| fixed(f((i as f32 + 0.5 - 2048.0) / 256.0), GATE_BITS));
    out.add(Section::Curves, &curve(sigmoid).chain(curve(tanh)).collect::<Vec<i16>>());
}

fn fixed(value: f32, bits: u32) -> i16 {
    (value * (1u32 << bits) as f32).round().clamp(-32768.0, 32767.0) as i16
}

/// Adds a matrix column by column.
fn transposed(matrix: &[f32], columns: usize, out: &mut Vec<i16>) {
    for column in 0..columns {
        out.extend(matrix.iter().skip(column).step_by(columns).map(|w| fixed(*w, MATRIX_BITS)));
    }
}
