//! The parser's network in floating point: forward, backward, and steps of Adam.
//!
//! Token vectors (sums of embeddings) go through one bidirectional LSTM; a configuration is scored by one hidden layer
//! over the vectors in context of some of its words and over small facts (Kiperwasser and Goldberg 2016).

use newsgraph_syntax::Deprel;
use newsgraph_syntax::training::network::{
    ATOM_ROWS, CELL, CONTEXT, HIDDEN, PARTS, SHARED_ROWS, SPECIAL_ROWS, WORD,
};
use newsgraph_syntax::training::tagger::CLASSES;
use newsgraph_syntax::training::transition::{ATOM_VALUES, Action, NONE, POSITIONS, State};

use super::corpus::Dice;
use super::matrix::{add_scaled, exp, outer, row_times, sigmoid, tanh, times};
use super::oracle::Gold;

pub(super) const GATES: usize = 4 * CELL;
pub(super) const LABELS: usize = Deprel::ALL.len();
pub(super) const OUTPUTS: usize = 3 + 2 * LABELS;

/// Where each layer's numbers lie in the one array of dense parameters.
pub(super) mod at {
    use super::*;
    pub(in super::super) const INPUT: usize = 0;
    pub(in super::super) const RECURRENT: usize = INPUT + 2 * WORD * GATES;
    pub(in super::super) const GATE_BIAS: usize = RECURRENT + 2 * CELL * GATES;
    pub(in super::super) const POSITION: usize = GATE_BIAS + 2 * GATES;
    pub(in super::super) const SPECIAL: usize = POSITION + POSITIONS * CONTEXT * HIDDEN;
    pub(in super::super) const ATOM: usize = SPECIAL + SPECIAL_ROWS * HIDDEN;
    pub(in super::super) const HIDDEN_BIAS: usize = ATOM + ATOM_ROWS * HIDDEN;
    pub(in super::super) const OUTPUT: usize = HIDDEN_BIAS + HIDDEN;
    pub(in super::super) const OUTPUT_BIAS: usize = OUTPUT + OUTPUTS * HIDDEN;
    pub(in super::super) const TAG: usize = OUTPUT_BIAS + OUTPUTS;
    pub(in super::super) const TAG_BIAS: usize = TAG + CLASSES * CONTEXT;
    pub(in super::super) const END: usize = TAG_BIAS + CLASSES;
}

/// Weight of the tags' loss against that of actions and relations.
const TAG_SHARE: f32 = 0.7;

/// All parameters.
#[derive(Clone)]
pub(super) struct Network {
    pub(super) embeddings: Vec<f32>,
    pub(super) dense: Vec<f32>,
    /// The matrices before [`at::SPECIAL`] transposed, each at the same place; for the way back.
    transposed: Vec<f32>,
}

impl Network {
    /// Small random numbers; `words` is the size of the lexicon.
    pub(super) fn new(words: usize) -> Self {
        let mut dice = Dice(3);
        let rows = words + 1 + SHARED_ROWS;
        let mut fill = |n: usize, scale: f32| -> Vec<f32> {
            (0..n).map(|_| (dice.unit() * 2.0 - 1.0) * scale).collect()
        };
        let embeddings = fill(rows * WORD, 0.15);
        let mut dense = fill(at::END, 0.0);
        let glorot = |a: usize, b: usize| (6.0 / (a + b) as f32).sqrt();
        let parts = [
            (at::INPUT, at::RECURRENT, glorot(WORD, CELL)),
            (at::RECURRENT, at::GATE_BIAS, glorot(CELL, CELL)),
            (at::POSITION, at::SPECIAL, glorot(4 * CONTEXT, HIDDEN)),
            (at::SPECIAL, at::HIDDEN_BIAS, 0.05),
            (at::OUTPUT, at::OUTPUT_BIAS, glorot(HIDDEN, 50)),
            (at::TAG, at::TAG_BIAS, glorot(CONTEXT, CLASSES)),
        ];
        for (from, to, scale) in parts {
            let numbers = fill(to - from, scale);
            dense[from..to].copy_from_slice(&numbers);
        }
        for direction in 0..2 {
            let forget = at::GATE_BIAS + direction * GATES + CELL;
            dense[forget..forget + CELL].fill(1.0);
        }
        let mut network = Self { embeddings, dense, transposed: vec![0.0; at::SPECIAL] };
        network.transpose();
        network
    }

    /// Brings the transposed matrices up to date.
    pub(super) fn transpose(&mut self) {
        let input = (0..2).map(|d| (at::INPUT + d * WORD * GATES, WORD, GATES));
        let recurrent = (0..2).map(|d| (at::RECURRENT + d * CELL * GATES, CELL, GATES));
        let position = (0..POSITIONS).map(|p| (at::POSITION + p * CONTEXT * HIDDEN, CONTEXT, HIDDEN));
        for (at, rows, columns) in input.chain(recurrent).chain(position) {
            let from = &self.dense[at..at + rows * columns];
            let to = &mut self.transposed[at..at + rows * columns];
            for (r, row) in from.chunks_exact(columns).enumerate() {
                for (c, value) in row.iter().enumerate() {
                    to[c * rows + r] = *value;
                }
            }
        }
    }
}

/// A sentence as the network sees it.
pub(super) struct Example<'s> {
    pub(super) rows: &'s [[u32; PARTS]],
    pub(super) heads: &'s [u32],
    pub(super) labels: &'s [u8],
    pub(super) tags: &'s [u8],
}

/// How to train on an example.
#[derive(Clone, Copy)]
pub(super) struct Regime {
    pub(super) input_dropout: f32,
    pub(super) context_dropout: f32,
    pub(super) hidden_dropout: f32,
    pub(super) explore: bool,
}

/// What one thread needs: activations, and gradients summed over its examples.
pub(super) struct Worker {
    pub(super) dense: Vec<f32>,
    pub(super) embeddings: Vec<f32>,
    pub(super) touched: Vec<u32>,
    is_touched: Vec<bool>,
    pub(super) loss: f32,
    state: State,
    a: Activations,
}

#[derive(Default)]
struct Activations {
    x: Vec<f32>,
    x_mask: Vec<f32>,
    gates: [Vec<f32>; 2],
    cells: [Vec<f32>; 2],
    squashed: [Vec<f32>; 2],
    /// States of each direction, shifted by one: row t is what step t starts from.
    previous: [Vec<f32>; 2],
    h: Vec<f32>,
    h_mask: Vec<f32>,
    parts: Vec<f32>,
    d_parts: Vec<f32>,
    d_h: Vec<f32>,
    d_gates: Vec<f32>,
    d_x: Vec<f32>,
}

fn zeroed(v: &mut Vec<f32>, n: usize) {
    v.clear();
    v.resize(n, 0.0);
}

#[inline(always)]
fn mask(v: &mut Vec<f32>, n: usize, rate: f32, dice: &mut Dice) {
    v.clear();
    let keep = 1.0 / (1.0 - rate);
    v.extend((0..n).map(|_| if rate > 0.0 && dice.unit() < rate { 0.0 } else { keep }));
}

impl Worker {
    pub(super) fn new(network: &Network) -> Self {
        Self {
            dense: vec![0.0; network.dense.len()],
            embeddings: vec![0.0; network.embeddings.len()],
            touched: Vec::new(),
            is_touched: vec![false; network.embeddings.len() / WORD],
            loss: 0.0,
            state: State::default(),
            a: Activations::default(),
        }
    }

    /// Forgets the gradients.
    pub(super) fn reset(&mut self) {
        self.dense.fill(0.0);
        for &row in &self.touched {
            let at = row as usize * WORD;
            self.embeddings[at..at + WORD].fill(0.0);
            self.is_touched[row as usize] = false;
        }
        self.touched.clear();
        self.loss = 0.0;
    }

    /// Adds the gradients of one example.
    #[inline(always)]
    pub(super) fn learn(&mut self, net: &Network, example: &Example<'_>, regime: Regime, dice: &mut Dice) {
        let n = example.rows.len();
        self.encode(net, example.rows, regime, dice);
        zeroed(&mut self.a.d_parts, POSITIONS * n * HIDDEN);
        self.steps(net, example, regime, dice);
        let a = &mut self.a;
        zeroed(&mut a.d_h, n * CONTEXT);
        tag_gradient(a, net, &mut self.dense, example.tags, &mut self.loss);
        for p in 0..POSITIONS {
            let w = at::POSITION + p * CONTEXT * HIDDEN;
            let d = &a.d_parts[p * n * HIDDEN..(p + 1) * n * HIDDEN];
            outer(&a.h, CONTEXT, d, HIDDEN, &mut self.dense[w..w + CONTEXT * HIDDEN]);
            times(d, HIDDEN, &net.transposed[w..w + CONTEXT * HIDDEN], CONTEXT, &mut a.d_h);
        }
        a.d_h.iter_mut().zip(&a.h_mask).for_each(|(d, m)| *d *= m);
        zeroed(&mut a.d_x, n * WORD);
        for direction in 0..2 {
            backward_lstm(a, net, &mut self.dense, direction, n);
        }
        a.d_x.iter_mut().zip(&a.x_mask).for_each(|(d, m)| *d *= m);
        for (rows, d) in example.rows.iter().zip(a.d_x.chunks_exact(WORD)) {
            for &row in rows {
                let at = row as usize * WORD;
                add_scaled(&mut self.embeddings[at..at + WORD], 1.0, d);
                if !self.is_touched[row as usize] {
                    self.is_touched[row as usize] = true;
                    self.touched.push(row);
                }
            }
        }
    }

    /// Vectors in context, and each position's part of the hidden layer for every token.
    #[inline(always)]
    fn encode(&mut self, net: &Network, rows: &[[u32; PARTS]], regime: Regime, dice: &mut Dice) {
        let n = rows.len();
        let a = &mut self.a;
        zeroed(&mut a.x, n * WORD);
        for (rows, x) in rows.iter().zip(a.x.chunks_exact_mut(WORD)) {
            for &row in rows {
                let at = row as usize * WORD;
                add_scaled(x, 1.0, &net.embeddings[at..at + WORD]);
            }
        }
        mask(&mut a.x_mask, n * WORD, regime.input_dropout, dice);
        a.x.iter_mut().zip(&a.x_mask).for_each(|(x, m)| *x *= m);
        zeroed(&mut a.h, n * CONTEXT);
        for direction in 0..2 {
            forward_lstm(a, net, direction, n);
        }
        mask(&mut a.h_mask, n * CONTEXT, regime.context_dropout, dice);
        a.h.iter_mut().zip(&a.h_mask).for_each(|(h, m)| *h *= m);
        zeroed(&mut a.parts, POSITIONS * n * HIDDEN);
        for p in 0..POSITIONS {
            let w = at::POSITION + p * CONTEXT * HIDDEN;
            let out = &mut a.parts[p * n * HIDDEN..(p + 1) * n * HIDDEN];
            times(&a.h, CONTEXT, &net.dense[w..w + CONTEXT * HIDDEN], HIDDEN, out);
        }
    }

    /// The hidden layer of the present configuration, before its nonlinearity.
    #[inline(always)]
    fn hidden(&self, net: &Network, n: usize) -> [f32; HIDDEN] {
        let mut z = [0f32; HIDDEN];
        z.copy_from_slice(&net.dense[at::HIDDEN_BIAS..at::HIDDEN_BIAS + HIDDEN]);
        for (p, &word) in self.state.positions().iter().enumerate() {
            let part = match special(p, word, n) {
                Some(row) => &net.dense[row..row + HIDDEN],
                None => &self.a.parts[(p * n + word as usize) * HIDDEN..][..HIDDEN],
            };
            add_scaled(&mut z, 1.0, part);
        }
        for (k, &value) in self.state.atoms().iter().enumerate() {
            let row = at::ATOM + (k * ATOM_VALUES + value as usize) * HIDDEN;
            add_scaled(&mut z, 1.0, &net.dense[row..row + HIDDEN]);
        }
        z
    }

    /// Walks through the sentence, adding gradients of every step.
    #[inline(always)]
    fn steps(&mut self, net: &Network, example: &Example<'_>, regime: Regime, dice: &mut Dice) {
        let n = example.rows.len();
        let mut gold = Gold::new(example.heads);
        self.state.begin(n as u32);
        let mut hidden_mask = Vec::new();
        while !self.state.is_done() {
            mask(&mut hidden_mask, HIDDEN, regime.hidden_dropout, dice);
            let mut z = self.hidden(net, n);
            for (z, m) in z.iter_mut().zip(&mut hidden_mask) {
                if *z <= 0.0 {
                    *m = 0.0;
                }
                *z *= *m;
            }
            let costs = gold.costs(&self.state);
            let scores = outputs::<3>(net, 0, &z);
            let least = costs.iter().flatten().min().copied();
            let right = |a: usize| costs[a].is_some() && costs[a] == least;
            let d_scores = action_gradient(&scores, &costs, least, &mut self.loss);
            let mut d_z = [0f32; HIDDEN];
            self.output_gradient(net, 0, &d_scores, &z, &mut d_z);
            let best = |test: &dyn Fn(usize) -> bool| {
                (0..3).filter(|&a| test(a)).max_by(|&x, &y| scores[x].total_cmp(&scores[y]).then(y.cmp(&x)))
            };
            let followed = if regime.explore { best(&|a| costs[a].is_some()) } else { best(&right) };
            let action = Action::ALL[followed.unwrap_or(0)];
            let s0 = self.state.from_top(0);
            let mut label = 0;
            for (side, head) in [(Action::Left, self.state.front()), (Action::Right, self.state.from_top(1))]
            {
                let is_right = s0 != NONE && head != NONE && example.heads[s0 as usize] == head;
                let allowed = self.state.allows(side);
                if !(allowed && (is_right || side == action)) {
                    continue;
                }
                let first = 3 + (side as usize - 1) * LABELS;
                let scores = outputs::<LABELS>(net, first, &z);
                let predicted = argmax(&scores) as u8;
                if side == action {
                    label = predicted;
                }
                if is_right {
                    let target = example.labels[s0 as usize];
                    let d = softmax_gradient(&scores, target as usize, &mut self.loss);
                    self.output_gradient(net, first, &d, &z, &mut d_z);
                    if side == action && !regime.explore {
                        label = target;
                    }
                }
            }
            d_z.iter_mut().zip(&hidden_mask).for_each(|(d, m)| *d *= m);
            self.hidden_gradient(&d_z, n);
            let front = self.state.front();
            self.state.take(action, label);
            gold.follow(action, front, s0);
        }
    }

    #[inline(always)]
    fn output_gradient<const K: usize>(
        &mut self,
        net: &Network,
        first: usize,
        d_scores: &[f32; K],
        z: &[f32; HIDDEN],
        d_z: &mut [f32; HIDDEN],
    ) {
        for (k, &d) in d_scores.iter().enumerate() {
            let row = at::OUTPUT + (first + k) * HIDDEN;
            add_scaled(d_z, d, &net.dense[row..row + HIDDEN]);
            add_scaled(&mut self.dense[row..row + HIDDEN], d, z);
            self.dense[at::OUTPUT_BIAS + first + k] += d;
        }
    }

    #[inline(always)]
    fn hidden_gradient(&mut self, d_z: &[f32; HIDDEN], n: usize) {
        add_scaled(&mut self.dense[at::HIDDEN_BIAS..at::HIDDEN_BIAS + HIDDEN], 1.0, d_z);
        for (p, &word) in self.state.positions().iter().enumerate() {
            let part = match special(p, word, n) {
                Some(row) => &mut self.dense[row..row + HIDDEN],
                None => &mut self.a.d_parts[(p * n + word as usize) * HIDDEN..][..HIDDEN],
            };
            add_scaled(part, 1.0, d_z);
        }
        for (k, &value) in self.state.atoms().iter().enumerate() {
            let row = at::ATOM + (k * ATOM_VALUES + value as usize) * HIDDEN;
            add_scaled(&mut self.dense[row..row + HIDDEN], 1.0, d_z);
        }
    }

    /// Parses a sentence with the network as it is; heads as in [`Example`].
    #[inline(always)]
    pub(super) fn parse(&mut self, net: &Network, rows: &[[u32; PARTS]]) -> Vec<(u32, u8)> {
        let n = rows.len();
        let plain = Regime { input_dropout: 0.0, context_dropout: 0.0, hidden_dropout: 0.0, explore: false };
        self.encode(net, rows, plain, &mut Dice(0));
        self.state.begin(n as u32);
        while !self.state.is_done() {
            let z = self.hidden(net, n).map(|z| z.max(0.0));
            let scores = outputs::<3>(net, 0, &z);
            let best = (0..3)
                .filter(|&a| self.state.allows(Action::ALL[a]))
                .max_by(|&x, &y| scores[x].total_cmp(&scores[y]).then(y.cmp(&x)));
            let action = Action::ALL[best.unwrap_or(0)];
            let label = match action {
                Action::Shift => 0,
                side => argmax(&outputs::<LABELS>(net, 3 + (side as usize - 1) * LABELS, &z)) as u8,
            };
            self.state.take(action, label);
        }
        (0..n as u32).map(|i| self.state.arc(i)).collect()
    }
}

/// Tags are learnt beside the tree: what helps to tell them helps to parse (Søgaard and Goldberg 2016).
#[inline(always)]
fn tag_gradient(a: &mut Activations, net: &Network, grad: &mut [f32], tags: &[u8], loss: &mut f32) {
    for (i, &tag) in tags.iter().enumerate() {
        let h = &a.h[i * CONTEXT..(i + 1) * CONTEXT];
        let mut d = softmax_gradient(&tag_scores(net, h), tag as usize, loss);
        d.iter_mut().for_each(|d| *d *= TAG_SHARE);
        for (class, d) in d.into_iter().enumerate() {
            let row = at::TAG + class * CONTEXT;
            add_scaled(&mut a.d_h[i * CONTEXT..(i + 1) * CONTEXT], d, &net.dense[row..row + CONTEXT]);
            add_scaled(&mut grad[row..row + CONTEXT], d, h);
            grad[at::TAG_BIAS + class] += d;
        }
    }
}

#[inline(always)]
fn tag_scores(net: &Network, h: &[f32]) -> [f32; CLASSES] {
    std::array::from_fn(|class| {
        let row = at::TAG + class * CONTEXT;
        super::matrix::dot(&net.dense[row..row + CONTEXT], h) + net.dense[at::TAG_BIAS + class]
    })
}

/// Where the vector for "none" or for the root lies, if the word is one of these.
#[inline(always)]
fn special(position: usize, word: u32, n: usize) -> Option<usize> {
    let which = match word {
        NONE => 0,
        w if w as usize == n => 1,
        _ => return None,
    };
    Some(at::SPECIAL + (position * 2 + which) * HIDDEN)
}

#[inline(always)]
fn outputs<const K: usize>(net: &Network, first: usize, z: &[f32; HIDDEN]) -> [f32; K] {
    let mut scores = [0f32; K];
    for (k, score) in scores.iter_mut().enumerate() {
        let row = at::OUTPUT + (first + k) * HIDDEN;
        *score =
            super::matrix::dot(&net.dense[row..row + HIDDEN], z) + net.dense[at::OUTPUT_BIAS + first + k];
    }
    scores
}

fn argmax(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, s) in scores.iter().enumerate() {
        if *s > scores[best] {
            best = i;
        }
    }
    best
}

/// Gradient of the negative logarithm of the probability of all actions of least cost.
#[inline(always)]
fn action_gradient(
    scores: &[f32; 3],
    costs: &[Option<u32>; 3],
    least: Option<u32>,
    loss: &mut f32,
) -> [f32; 3] {
    let top = (0..3).filter(|&a| costs[a].is_some()).map(|a| scores[a]).fold(f32::MIN, f32::max);
    let mut p = [0f32; 3];
    for a in 0..3 {
        if costs[a].is_some() {
            p[a] = exp(scores[a] - top);
        }
    }
    let total: f32 = p.iter().sum();
    let right: f32 = (0..3).filter(|&a| costs[a].is_some() && costs[a] == least).map(|a| p[a]).sum();
    *loss -= (right / total).max(1e-9).ln();
    let mut d = [0f32; 3];
    for a in 0..3 {
        let target = if costs[a].is_some() && costs[a] == least { p[a] / right.max(1e-9) } else { 0.0 };
        d[a] = p[a] / total - target;
    }
    d
}

#[inline(always)]
fn softmax_gradient<const K: usize>(scores: &[f32; K], target: usize, loss: &mut f32) -> [f32; K] {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut p = scores.map(|s| exp(s - top));
    let total: f32 = p.iter().sum();
    p.iter_mut().for_each(|p| *p /= total);
    *loss -= p[target].max(1e-9).ln();
    p[target] -= 1.0;
    p
}

/// The time steps of a direction, as token indices.
#[inline(always)]
fn step(direction: usize, t: usize, n: usize) -> usize {
    if direction == 0 { t } else { n - 1 - t }
}

#[inline(always)]
fn forward_lstm(a: &mut Activations, net: &Network, direction: usize, n: usize) {
    let wx = &net.dense[at::INPUT + direction * WORD * GATES..][..WORD * GATES];
    let wh = &net.dense[at::RECURRENT + direction * CELL * GATES..][..CELL * GATES];
    let bias = &net.dense[at::GATE_BIAS + direction * GATES..][..GATES];
    zeroed(&mut a.gates[direction], n * GATES);
    zeroed(&mut a.cells[direction], n * CELL);
    zeroed(&mut a.squashed[direction], n * CELL);
    zeroed(&mut a.previous[direction], n * CELL);
    for gates in a.gates[direction].chunks_exact_mut(GATES) {
        gates.copy_from_slice(bias);
    }
    times(&a.x, WORD, wx, GATES, &mut a.gates[direction]);
    let (mut h, mut c) = ([0f32; CELL], [0f32; CELL]);
    for t in 0..n {
        let i = step(direction, t, n);
        a.previous[direction][i * CELL..(i + 1) * CELL].copy_from_slice(&h);
        let gates = &mut a.gates[direction][i * GATES..(i + 1) * GATES];
        row_times(&h, wh, gates);
        let (squashed_gates, candidates) = gates.split_at_mut(3 * CELL);
        squashed_gates.iter_mut().for_each(|g| *g = sigmoid(*g));
        candidates.iter_mut().for_each(|g| *g = tanh(*g));
        for k in 0..CELL {
            c[k] = gates[CELL + k] * c[k] + gates[k] * gates[3 * CELL + k];
        }
        let squashed = c.map(tanh);
        for k in 0..CELL {
            h[k] = gates[2 * CELL + k] * squashed[k];
        }
        a.cells[direction][i * CELL..(i + 1) * CELL].copy_from_slice(&c);
        a.squashed[direction][i * CELL..(i + 1) * CELL].copy_from_slice(&squashed);
        a.h[i * CONTEXT + direction * CELL..][..CELL].copy_from_slice(&h);
    }
}

#[inline(always)]
fn backward_lstm(a: &mut Activations, net: &Network, grad: &mut [f32], direction: usize, n: usize) {
    let wx = &net.transposed[at::INPUT + direction * WORD * GATES..][..WORD * GATES];
    let wh = &net.transposed[at::RECURRENT + direction * CELL * GATES..][..CELL * GATES];
    zeroed(&mut a.d_gates, n * GATES);
    let (mut d_h, mut d_c) = ([0f32; CELL], [0f32; CELL]);
    for t in (0..n).rev() {
        let i = step(direction, t, n);
        add_scaled(&mut d_h, 1.0, &a.d_h[i * CONTEXT + direction * CELL..][..CELL]);
        let gates = &a.gates[direction][i * GATES..(i + 1) * GATES];
        let squashed = &a.squashed[direction][i * CELL..(i + 1) * CELL];
        let zero = [0f32; CELL];
        let before: &[f32] = if t == 0 {
            &zero
        } else {
            let j = step(direction, t - 1, n);
            &a.cells[direction][j * CELL..(j + 1) * CELL]
        };
        let d = &mut a.d_gates[i * GATES..(i + 1) * GATES];
        for k in 0..CELL {
            let (gi, gf, go, gg) = (gates[k], gates[CELL + k], gates[2 * CELL + k], gates[3 * CELL + k]);
            d[2 * CELL + k] = d_h[k] * squashed[k] * go * (1.0 - go);
            d_c[k] += d_h[k] * go * (1.0 - squashed[k] * squashed[k]);
            d[k] = d_c[k] * gg * gi * (1.0 - gi);
            d[CELL + k] = d_c[k] * before[k] * gf * (1.0 - gf);
            d[3 * CELL + k] = d_c[k] * gi * (1.0 - gg * gg);
            d_c[k] *= gf;
        }
        d_h = [0f32; CELL];
        row_times(d, wh, &mut d_h);
    }
    outer(
        &a.previous[direction],
        CELL,
        &a.d_gates,
        GATES,
        &mut grad[at::RECURRENT + direction * CELL * GATES..][..CELL * GATES],
    );
    outer(&a.x, WORD, &a.d_gates, GATES, &mut grad[at::INPUT + direction * WORD * GATES..][..WORD * GATES]);
    for d in a.d_gates.chunks_exact(GATES) {
        add_scaled(&mut grad[at::GATE_BIAS + direction * GATES..][..GATES], 1.0, d);
    }
    times(&a.d_gates, GATES, wx, WORD, &mut a.d_x);
}
