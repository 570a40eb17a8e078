//! Boosted decision trees (Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics
//! 2001), read and scored. All are complete and of one depth, so that scoring is a loop without pointers.

/// Score units per nat of the leaves.
pub(super) const LEAF_UNIT: f32 = 2048.0;

/// One inner node: below or at the threshold go left, above go right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Split {
    /// Which of the numbers is compared.
    pub feature: u8,
    /// With what.
    pub threshold: f32,
}

/// Trees whose leaves add up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trees {
    depth: u32,
    /// The inner nodes of each tree, level by level.
    splits: Vec<Split>,
    /// The leaves of each tree from left to right, 2048 to the nat.
    leaves: Vec<i16>,
}

impl Trees {
    /// No trees, of a depth from 1 to 8.
    pub fn new(depth: u32) -> Self {
        Self { depth: depth.clamp(1, 8), ..Self::default() }
    }

    /// Adds a tree: `2^depth - 1` inner nodes, level by level, and `2^depth` leaves, in nats. Does nothing where there
    /// are more or fewer.
    pub fn push(&mut self, splits: &[Split], leaves: &[f32]) {
        if splits.len() + 1 == leaves.len() && leaves.len() == 1 << self.depth {
            self.splits.extend_from_slice(splits);
            let unit = |leaf: &f32| (leaf * LEAF_UNIT).round().clamp(-32_767.0, 32_767.0) as i16;
            self.leaves.extend(leaves.iter().map(unit));
        }
    }

    /// The sum of the leaves that the numbers lead to, 2048 to the nat.
    pub fn score(&self, numbers: &[f32]) -> i32 {
        if self.depth == 0 {
            return 0;
        }
        let inner = (1usize << self.depth) - 1;
        let trees = self.splits.chunks_exact(inner).zip(self.leaves.chunks_exact(inner + 1));
        trees
            .map(|(splits, leaves)| {
                let mut at = 0;
                for _ in 0..self.depth {
                    let Split { feature, threshold } = splits[at];
                    let number = numbers.get(usize::from(feature)).copied().unwrap_or(0.0);
                    at = 2 * at + 1 + usize::from(number > threshold);
                }
                i32::from(leaves[at - inner])
            })
            .sum()
    }

    /// The bytes of the trees: depth and number as two little-endian words, then each tree's features, thresholds, leaves.
    pub fn write(&self) -> Vec<u8> {
        let leaves = 1usize << self.depth;
        let count = (self.leaves.len() / leaves) as u32;
        let mut out: Vec<u8> = [self.depth, count].iter().flat_map(|n| n.to_le_bytes()).collect();
        out.extend(self.splits.iter().map(|s| s.feature));
        out.extend(self.splits.iter().flat_map(|s| s.threshold.to_le_bytes()));
        out.extend(self.leaves.iter().flat_map(|l| l.to_le_bytes()));
        out
    }

    /// Reads what [`Trees::write`] wrote, and gives what follows; `None` where the bytes are something else.
    pub fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (depth, rest) = bytes.split_first_chunk::<4>()?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let depth = u32::from_le_bytes(*depth);
        if !(1..=8).contains(&depth) {
            return None;
        }
        let leaves = (u32::from_le_bytes(*count) as usize).checked_mul(1 << depth)?;
        let inner = leaves - (leaves >> depth);
        let (features, rest) = rest.split_at_checked(inner)?;
        let (thresholds, rest) = rest.split_at_checked(4 * inner)?;
        let (values, rest) = rest.split_at_checked(2 * leaves)?;
        let split = |(&feature, t): (&u8, &[u8; 4])| Split { feature, threshold: f32::from_le_bytes(*t) };
        let splits = features.iter().zip(thresholds.as_chunks::<4>().0).map(split).collect();
        let leaves = values.as_chunks::<2>().0.iter().map(|l| i16::from_le_bytes(*l)).collect();
        Some((Self { depth, splits, leaves }, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_trees() -> Trees {
        let mut trees = Trees::new(2);
        let split = |feature, threshold| Split { feature, threshold };
        trees.push(&[split(0, 1.0), split(1, 5.0), split(1, -5.0)], &[0.5, 1.0, -1.0, 2.0]);
        trees.push(&[split(2, 0.0), split(2, 0.0), split(2, 0.0)], &[0.25, 9.0, 9.0, -0.25]);
        trees
    }

    #[test]
    fn adds_up_the_leaves() {
        let trees = two_trees();
        let nats = |numbers: &[f32]| trees.score(numbers) as f32 / LEAF_UNIT;
        assert_eq!(nats(&[1.0, 5.0, 0.0]), 0.75);
        assert_eq!(nats(&[1.0, 6.0, 1.0]), 0.75);
        assert_eq!(nats(&[2.0, -5.0, 1.0]), -1.25);
        assert_eq!(nats(&[2.0, 0.0, -1.0]), 2.25);
    }

    #[test]
    fn survives_writing_and_refuses_what_is_cut() {
        let trees = two_trees();
        let mut bytes = trees.write();
        bytes.push(7);
        assert_eq!(Trees::read(&bytes), Some((trees, [7].as_slice())));
        assert_eq!(Trees::read(&bytes[..bytes.len() - 2]), None);
        assert_eq!(Trees::read(&[9; 40]), None);
    }
}
