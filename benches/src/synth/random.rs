//! Numbers that look random and are the same everywhere: SplitMix64 (Steele, Lea and Flood 2014).

/// A sequence that its seed decides.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Random {
    /// The sequence of thing number `index` of a kind, in the world of `seed`: no sequence depends on another.
    pub(super) fn of(seed: u64, kind: u64, index: u64) -> Self {
        let mut random = Self(seed ^ kind.wrapping_mul(GOLDEN) ^ index.wrapping_mul(0xd1b5_4a32_d192_ed03));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`; 0 where there is none.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        // The high half of a product, not a remainder: no bias worth a thought at these sizes.
        ((u128::from(self.next()) * limit as u128) >> 64) as usize
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// A rank below `limit`, low ones far more often: about one in rank, as names in news are.
    pub(super) fn rank(&mut self, limit: usize) -> usize {
        // Uniform in the logarithm, by whole numbers: first how many binary digits, then the digits.
        let digits = usize::BITS - limit.max(1).leading_zeros();
        loop {
            let size = 1usize << self.below(digits as usize);
            let rank = size - 1 + self.below(size);
            if rank < limit.max(1) {
                return rank;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_decides_the_sequence() {
        let draw = |seed| {
            let mut random = Random::of(seed, 1, 2);
            (0..8).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(5), draw(5));
        assert_ne!(draw(5), draw(6));
    }

    #[test]
    fn ranks_have_a_long_tail() {
        let mut random = Random::of(1, 1, 1);
        let ranks: Vec<usize> = (0..20_000).map(|_| random.rank(1000)).collect();
        let first = ranks.iter().filter(|&&rank| rank == 0).count();
        assert!((1500..3000).contains(&first), "{first}");
        assert!(ranks.iter().any(|&rank| rank > 900));
    }
}
