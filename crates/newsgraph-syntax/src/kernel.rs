//! The one operation that takes time: rows of a matrix times a vector, 16 bits each, added in 32 bits that wrap around.
//!
//! Sums of whole numbers do not depend on their order, so the forms below give the same result, and the widest that the
//! machine has is taken.

/// A way to multiply.
pub(crate) trait Kernel: Copy {
    /// Puts the product of each row and `x` into `out`, as far as both reach. `K` is a multiple of 16, at most 128.
    fn times<const K: usize>(self, rows: &[[i16; K]], x: &[i16; K], out: &mut [i32]);
}

/// Plain loops, left to the compiler.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain;

impl Kernel for Plain {
    #[inline(always)]
    fn times<const K: usize>(self, rows: &[[i16; K]], x: &[i16; K], out: &mut [i32]) {
        for (row, out) in rows.iter().zip(out) {
            *out = dot(row, x);
        }
    }
}

#[inline(always)]
fn dot<const K: usize>(a: &[i16; K], b: &[i16; K]) -> i32 {
    let products = a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b));
    products.fold(0i32, i32::wrapping_add)
}

/// AVX2: sixteen products at a time, four rows side by side.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2(pub(crate) pulp::x86::V3);

#[cfg(target_arch = "x86_64")]
impl Kernel for Avx2 {
    #[inline(always)]
    fn times<const K: usize>(self, rows: &[[i16; K]], x: &[i16; K], out: &mut [i32]) {
        const { assert!(K.is_multiple_of(16) && K <= 128) }
        let (avx, avx2) = (self.0.avx, self.0.avx2);
        let mut lanes = [avx._mm256_setzero_si256(); 8];
        for (lane, sixteen) in lanes.iter_mut().zip(x.as_chunks::<16>().0) {
            *lane = bytemuck::cast(*sixteen);
        }
        let (fours, rest) = rows.as_chunks::<4>();
        let (outs, out_rest) = out.as_chunks_mut::<4>();
        for (four, out) in fours.iter().zip(outs) {
            let mut sums = [avx._mm256_setzero_si256(); 4];
            for (sum, row) in sums.iter_mut().zip(four) {
                for (sixteen, lane) in row.as_chunks::<16>().0.iter().zip(&lanes) {
                    let products = avx2._mm256_madd_epi16(bytemuck::cast(*sixteen), *lane);
                    *sum = avx2._mm256_add_epi32(*sum, products);
                }
            }
            let pairs = avx2._mm256_hadd_epi32(sums[0], sums[1]);
            let others = avx2._mm256_hadd_epi32(sums[2], sums[3]);
            let halves: [[i32; 4]; 2] = bytemuck::cast(avx2._mm256_hadd_epi32(pairs, others));
            for k in 0..4 {
                out[k] = halves[0][k].wrapping_add(halves[1][k]);
            }
        }
        Plain.times(rest, x, out_rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both ways give the same sums, also where they wrap around.
    #[test]
    fn kernels_agree() {
        let number = |i: usize| (i.wrapping_mul(2_654_435_761) >> 7) as i16;
        let rows: Vec<[i16; 96]> = (0..11).map(|r| std::array::from_fn(|k| number(r * 96 + k))).collect();
        for x in [[i16::MIN; 96], std::array::from_fn(|k| number(5_000 + k))] {
            let (mut plain, mut wide) = ([0; 11], [0; 11]);
            Plain.times(&rows, &x, &mut plain);
            wide.copy_from_slice(&plain);
            #[cfg(target_arch = "x86_64")]
            if let Some(v3) = pulp::x86::V3::try_new() {
                wide = [0; 11];
                Avx2(v3).times(&rows, &x, &mut wide);
            }
            assert_eq!(plain, wide);
            assert_eq!(plain[0], dot(&rows[0], &x));
        }
    }
}
