//! The operations that take the time: blocks of sixteen rows of a matrix times a few vectors, and the curve of the gates.
//!
//! Numbers have 16 bits, sums 32 bits that wrap around. Sums of whole numbers do not depend on their order, so the forms
//! below give the same result, and the widest that the machine has is taken.

use crate::squash;

/// Rows of a block.
pub(crate) const ROWS: usize = 16;
/// Vectors that the network multiplies at a time, so that weights are fetched once for all of them.
pub(crate) const COLUMNS: usize = 4;
/// Sixteen rows: for each pair of columns, the two numbers of every row. So a vector's pair goes to all rows at once, and
/// sums of rows come out side by side.
pub(crate) type Block<const P: usize> = [[i16; 2 * ROWS]; P];
/// A vector in pairs.
pub(crate) type Pairs<const P: usize> = [[i16; 2]; P];

/// A way to compute.
pub(crate) trait Kernel: Copy {
    /// Adds the product of each row of each block and each vector to `sums`.
    fn times<const R: usize, const P: usize, const C: usize>(
        self,
        blocks: &[Block<P>; R],
        x: [&Pairs<P>; C],
        sums: &mut [[[i32; ROWS]; C]; R],
    );

    /// Products of numbers in 2⁻¹⁵ with others, rounded.
    fn fractions(self, a: [i16; ROWS], b: [i16; ROWS]) -> [i16; ROWS];

    /// Hyperbolic tangents in 2⁻¹⁵ of numbers in 2⁻¹³.
    fn tanh(self, x: [i16; ROWS]) -> [i16; ROWS];
}

/// Work to be compiled for each kernel; all it calls must be inlined into it.
pub(crate) trait Task {
    /// What comes of it.
    type Output;

    /// Does it.
    fn run(self, kernel: impl Kernel) -> Self::Output;
}

/// Does a task with the widest kernel of this machine.
#[inline]
pub(crate) fn dispatch<T: Task>(task: T) -> T::Output {
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(kernel) = x86::Vnni::try_new() {
            return kernel.vectorize(x86::Bound { task, kernel });
        }
        if let Some(v3) = pulp::x86::V3::try_new() {
            return v3.vectorize(x86::Bound { task, kernel: x86::Avx2(v3) });
        }
    }
    task.run(Plain)
}

/// Plain loops, left to the compiler.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain;

impl Kernel for Plain {
    #[inline(always)]
    fn times<const R: usize, const P: usize, const C: usize>(
        self,
        blocks: &[Block<P>; R],
        x: [&Pairs<P>; C],
        sums: &mut [[[i32; ROWS]; C]; R],
    ) {
        for (block, sums) in blocks.iter().zip(sums) {
            for (x, sums) in x.into_iter().zip(sums) {
                for (weights, &[a, b]) in block.iter().zip(x) {
                    for (sum, &[v, w]) in sums.iter_mut().zip(weights.as_chunks::<2>().0) {
                        let products =
                            (i32::from(v) * i32::from(a)).wrapping_add(i32::from(w) * i32::from(b));
                        *sum = sum.wrapping_add(products);
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn fractions(self, a: [i16; ROWS], b: [i16; ROWS]) -> [i16; ROWS] {
        std::array::from_fn(|k| squash::fraction(a[k], b[k]))
    }

    #[inline(always)]
    fn tanh(self, x: [i16; ROWS]) -> [i16; ROWS] {
        x.map(squash::tanh)
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{__m256i, __m512i};

    use bytemuck::cast;
    use pulp::NullaryFnOnce;
    use pulp::x86::V3;

    use super::{Block, Kernel, Pairs, ROWS, Task};
    use crate::squash::{CONSTANT, LINEAR, SQUARE};

    /// A task and the kernel that does it.
    pub(super) struct Bound<T, K> {
        pub(super) task: T,
        pub(super) kernel: K,
    }

    impl<T: Task, K: Kernel> NullaryFnOnce for Bound<T, K> {
        type Output = T::Output;

        #[inline(always)]
        fn call(self) -> T::Output {
            self.task.run(self.kernel)
        }
    }

    /// AVX2: sixteen products at a time.
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Avx2(pub(super) V3);

    impl Avx2 {
        /// The entries of a table of sixteen at `segments`, which are below sixteen.
        #[inline(always)]
        fn look_up(self, table: &[i16; 16], segments: __m256i) -> __m256i {
            let (avx, avx2) = (self.0.avx, self.0.avx2);
            let byte = |shift: u32| {
                let bytes = table.map(|entry| (entry >> shift) as u8);
                let bytes: [u8; 32] = std::array::from_fn(|k| bytes[k % 16]);
                cast::<_, __m256i>(bytes)
            };
            // An index with its upper bit set gives a zero byte.
            let low = avx2._mm256_or_si256(segments, avx._mm256_set1_epi16(i16::MIN));
            let high =
                avx2._mm256_or_si256(avx2._mm256_slli_epi16::<8>(segments), avx._mm256_set1_epi16(0x80));
            avx2._mm256_or_si256(
                avx2._mm256_shuffle_epi8(byte(0), low),
                avx2._mm256_shuffle_epi8(byte(8), high),
            )
        }
    }

    impl Avx2 {
        #[inline(always)]
        fn add_products<const P: usize, const C: usize>(
            self,
            block: &Block<P>,
            x: &[&Pairs<P>; C],
            sums: &mut [[i32; ROWS]; C],
        ) {
            let (avx, avx2) = (self.0.avx, self.0.avx2);
            let mut totals: [[__m256i; 2]; C] = sums.map(cast);
            for (p, weights) in block.iter().enumerate() {
                let halves: [__m256i; 2] = cast(*weights);
                for (totals, x) in totals.iter_mut().zip(x) {
                    let pair = avx._mm256_set1_epi32(cast(x[p]));
                    for (total, half) in totals.iter_mut().zip(halves) {
                        *total = avx2._mm256_add_epi32(*total, avx2._mm256_madd_epi16(half, pair));
                    }
                }
            }
            *sums = totals.map(cast);
        }
    }

    impl Kernel for Avx2 {
        #[inline(always)]
        fn times<const R: usize, const P: usize, const C: usize>(
            self,
            blocks: &[Block<P>; R],
            x: [&Pairs<P>; C],
            sums: &mut [[[i32; ROWS]; C]; R],
        ) {
            // As many sums as there are registers for.
            for (block, sums) in blocks.iter().zip(sums) {
                let (fours, rest) = x.as_chunks::<4>();
                let (sums_of_fours, sums_of_rest) = sums.as_chunks_mut::<4>();
                for (x, sums) in fours.iter().zip(sums_of_fours) {
                    self.add_products(block, x, sums);
                }
                for (x, sums) in rest.iter().zip(sums_of_rest) {
                    self.add_products(block, &[*x], std::array::from_mut(sums));
                }
            }
        }

        #[inline(always)]
        fn fractions(self, a: [i16; ROWS], b: [i16; ROWS]) -> [i16; ROWS] {
            cast(self.0.avx2._mm256_mulhrs_epi16(cast(a), cast(b)))
        }

        #[inline(always)]
        fn tanh(self, x: [i16; ROWS]) -> [i16; ROWS] {
            let (avx, avx2) = (self.0.avx, self.0.avx2);
            let x: __m256i = cast(x);
            let size = avx2._mm256_abs_epi16(avx2._mm256_max_epi16(x, avx._mm256_set1_epi16(-i16::MAX)));
            let segments = avx2._mm256_srli_epi16::<11>(size);
            let at = avx2._mm256_slli_epi16::<4>(avx2._mm256_and_si256(size, avx._mm256_set1_epi16(2047)));
            let square = avx2._mm256_mulhrs_epi16(at, self.look_up(&SQUARE, segments));
            let slope = avx2._mm256_add_epi16(self.look_up(&LINEAR, segments), square);
            let rise = avx2._mm256_mulhrs_epi16(at, slope);
            let value = avx2._mm256_adds_epi16(self.look_up(&CONSTANT, segments), rise);
            cast(avx2._mm256_sign_epi16(value, x))
        }
    }

    pulp::simd_type! {
        /// AVX-512 with instructions that multiply and add in one: thirty-two products at a time.
        pub(super) struct Vnni {
            pub(super) sse: "sse",
            pub(super) sse2: "sse2",
            pub(super) fxsr: "fxsr",
            pub(super) sse3: "sse3",
            pub(super) ssse3: "ssse3",
            pub(super) sse4_1: "sse4.1",
            pub(super) sse4_2: "sse4.2",
            pub(super) popcnt: "popcnt",
            pub(super) avx: "avx",
            pub(super) avx2: "avx2",
            pub(super) bmi1: "bmi1",
            pub(super) bmi2: "bmi2",
            pub(super) fma: "fma",
            pub(super) lzcnt: "lzcnt",
            pub(super) avx512f: "avx512f",
            pub(super) avx512bw: "avx512bw",
            pub(super) avx512cd: "avx512cd",
            pub(super) avx512dq: "avx512dq",
            pub(super) avx512vl: "avx512vl",
            pub(super) avx512vnni: "avx512vnni",
        }
    }

    impl Vnni {
        #[inline(always)]
        fn narrow(self) -> Avx2 {
            Avx2(V3 {
                sse: self.sse,
                sse2: self.sse2,
                fxsr: self.fxsr,
                sse3: self.sse3,
                ssse3: self.ssse3,
                sse4_1: self.sse4_1,
                sse4_2: self.sse4_2,
                popcnt: self.popcnt,
                avx: self.avx,
                avx2: self.avx2,
                bmi1: self.bmi1,
                bmi2: self.bmi2,
                fma: self.fma,
                lzcnt: self.lzcnt,
            })
        }

        /// A product and a sum, which the compiler makes one instruction (`vpdpwssd`).
        #[inline(always)]
        fn add_product(self, sum: __m512i, weights: &[i16; 2 * ROWS], pair: [i16; 2]) -> __m512i {
            let pair = self.avx512f._mm512_set1_epi32(cast(pair));
            self.avx512f._mm512_add_epi32(sum, self.avx512bw._mm512_madd_epi16(cast(*weights), pair))
        }

        #[inline(always)]
        fn side_by_side<const R: usize, const P: usize, const C: usize>(
            self,
            blocks: &[Block<P>; R],
            x: [&Pairs<P>; C],
            sums: &mut [[[i32; ROWS]; C]; R],
        ) {
            let mut totals: [[__m512i; C]; R] =
                std::array::from_fn(|r| std::array::from_fn(|c| cast(sums[r][c])));
            if R * C <= 4 && P.is_multiple_of(4) {
                // Few sums: four of each, lest every addition wait for the one before.
                let mut quarters = [[[self.avx512f._mm512_setzero_si512(); 4]; C]; R];
                for p in (0..P).step_by(4) {
                    for (block, totals) in blocks.iter().zip(&mut quarters) {
                        for (x, total) in x.iter().zip(totals) {
                            for (k, total) in total.iter_mut().enumerate() {
                                *total = self.add_product(*total, &block[p + k], x[p + k]);
                            }
                        }
                    }
                }
                for (totals, quarters) in totals.iter_mut().zip(quarters) {
                    for (total, quarters) in totals.iter_mut().zip(quarters) {
                        for quarter in quarters {
                            *total = self.avx512f._mm512_add_epi32(*total, quarter);
                        }
                    }
                }
            } else {
                for p in 0..P {
                    for (block, totals) in blocks.iter().zip(&mut totals) {
                        for (x, total) in x.iter().zip(totals) {
                            *total = self.add_product(*total, &block[p], x[p]);
                        }
                    }
                }
            }
            for (sums, totals) in sums.iter_mut().zip(totals) {
                for (sum, total) in sums.iter_mut().zip(totals) {
                    *sum = cast(total);
                }
            }
        }
    }

    impl Kernel for Vnni {
        #[inline(always)]
        fn times<const R: usize, const P: usize, const C: usize>(
            self,
            blocks: &[Block<P>; R],
            x: [&Pairs<P>; C],
            sums: &mut [[[i32; ROWS]; C]; R],
        ) {
            // As many sums as hide the time of an addition, and as few as the compiler keeps in registers.
            if R.is_multiple_of(2) {
                let twos = sums.as_chunks_mut::<2>().0;
                for (blocks, sums) in blocks.as_chunks::<2>().0.iter().zip(twos) {
                    self.side_by_side(blocks, x, sums);
                }
            } else {
                self.side_by_side(blocks, x, sums);
            }
        }

        #[inline(always)]
        fn fractions(self, a: [i16; ROWS], b: [i16; ROWS]) -> [i16; ROWS] {
            self.narrow().fractions(a, b)
        }

        #[inline(always)]
        fn tanh(self, x: [i16; ROWS]) -> [i16; ROWS] {
            self.narrow().tanh(x)
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::kernel::Plain;

        const PAIRS: usize = 48;

        fn assert_agrees(kernel: impl Kernel) {
            let number = |i: usize| (i.wrapping_mul(2_654_435_761) >> 7) as i16;
            let block = |b: usize| -> Block<PAIRS> {
                std::array::from_fn(|p| std::array::from_fn(|r| number(b * 5_000 + p * 32 + r)))
            };
            let blocks: [Block<PAIRS>; 3] = std::array::from_fn(block);
            let (wild, least) =
                (std::array::from_fn(|p| [number(p), number(9_000 + p)]), [[i16::MIN; 2]; PAIRS]);
            let start = [[[7; ROWS]; 2]; 3];
            let (mut plain, mut wide) = (start, start);
            Plain.times(&blocks, [&wild, &least], &mut plain);
            kernel.times(&blocks, [&wild, &least], &mut wide);
            assert_eq!(plain, wide);
            let (mut plain, mut wide) = ([[[1; ROWS]]], [[[1; ROWS]]]);
            Plain.times(&[blocks[1]], [&wild], &mut plain);
            kernel.times(&[blocks[1]], [&wild], &mut wide);
            assert_eq!(plain, wide);
            for x in (i16::MIN..=i16::MAX).collect::<Vec<_>>().as_chunks::<ROWS>().0 {
                assert_eq!(Plain.tanh(*x), kernel.tanh(*x));
                let other = x.map(|x| number(x as usize) | 1);
                assert_eq!(Plain.fractions(*x, other), kernel.fractions(*x, other));
            }
        }

        /// All ways give the same sums, also where they wrap around.
        #[test]
        fn kernels_agree() {
            if let Some(v3) = V3::try_new() {
                assert_agrees(Avx2(v3));
            }
            if let Some(vnni) = Vnni::try_new() {
                assert_agrees(vnni);
            }
        }
    }
}
