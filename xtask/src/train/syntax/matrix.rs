//! The few operations on matrices that training needs: sums in a fixed order, so that training is repeatable.
//!
//! Matrices are row-major. Everything is inlined into its caller, which is compiled for the widest vectors there are.

/// `y += a x`
#[inline(always)]
pub(super) fn add_scaled(y: &mut [f32], a: f32, x: &[f32]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += a * x;
    }
}

/// Sum of products, in sixteen lanes that are added at the end.
#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a16, a_rest) = a.as_chunks::<16>();
    let (b16, b_rest) = b.as_chunks::<16>();
    let mut lanes = [0f32; 16];
    for (a, b) in a16.iter().zip(b16) {
        for k in 0..16 {
            lanes[k] += a[k] * b[k];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    let mut width = 8;
    while width > 0 {
        for k in 0..width {
            lanes[k] += lanes[k + width];
        }
        width /= 2;
    }
    lanes[0] + rest
}

/// `y += x w` for one row: `x` of k, `w` of k rows of m, `y` of m.
#[inline(always)]
pub(super) fn row_times(x: &[f32], w: &[f32], y: &mut [f32]) {
    let m = y.len();
    let (quads, rest) = x.as_chunks::<4>();
    for (q, xs) in quads.iter().enumerate() {
        let at = q * 4 * m;
        let (w0, w1, w2, w3) =
            (&w[at..at + m], &w[at + m..at + 2 * m], &w[at + 2 * m..at + 3 * m], &w[at + 3 * m..at + 4 * m]);
        for j in 0..m {
            y[j] += xs[0] * w0[j] + xs[1] * w1[j] + xs[2] * w2[j] + xs[3] * w3[j];
        }
    }
    for (k, x) in rest.iter().enumerate() {
        let at = (quads.len() * 4 + k) * m;
        add_scaled(y, *x, &w[at..at + m]);
    }
}

/// `y += x w`: `x` of n rows of k, `w` of k rows of m, `y` of n rows of m.
#[inline(always)]
pub(super) fn times(x: &[f32], k: usize, w: &[f32], m: usize, y: &mut [f32]) {
    for (x, y) in x.chunks_exact(k).zip(y.chunks_exact_mut(m)) {
        row_times(x, w, y);
    }
}

/// `dw += xᵀ dy`
#[inline(always)]
pub(super) fn outer(x: &[f32], k: usize, dy: &[f32], m: usize, dw: &mut [f32]) {
    let n = x.len() / k;
    for (col, dw) in dw.chunks_exact_mut(m).enumerate() {
        let mut i = 0;
        while i + 4 <= n {
            let c = |r: usize| x[(i + r) * k + col];
            let row = |r: usize| &dy[(i + r) * m..(i + r + 1) * m];
            let (x0, x1, x2, x3) = (c(0), c(1), c(2), c(3));
            let (d0, d1, d2, d3) = (row(0), row(1), row(2), row(3));
            for j in 0..m {
                dw[j] += x0 * d0[j] + x1 * d1[j] + x2 * d2[j] + x3 * d3[j];
            }
            i += 4;
        }
        for i in i..n {
            add_scaled(dw, x[i * k + col], &dy[i * m..(i + 1) * m]);
        }
    }
}

/// eˣ by a polynomial of degree five on [-½, ½) times a power of two: the same on every machine.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    let whole = (x + 12_582_912.0) - 12_582_912.0; // rounds to nearest
    let y = (x - whole) * std::f32::consts::LN_2;
    let p = 1.0 + y * (1.0 + y * (0.5 + y * (0.166_666_6 + y * (0.041_666_6 + y * 0.008_333_3))));
    p * f32::from_bits(((whole as i32 + 127) << 23) as u32)
}

/// The logistic function.
#[inline(always)]
pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Hyperbolic tangent.
#[inline(always)]
pub(super) fn tanh(x: f32) -> f32 {
    2.0 * sigmoid(2.0 * x) - 1.0
}
