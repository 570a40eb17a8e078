//! The scores of a token: its features looked up in the table, and the rows that are there added.
//!
//! Most features that a text has are in no model, and to see that takes many slots of a table that is nearly full: so
//! fingerprints are compared as many at a time as the machine has room for. Every machine finds the same.

use super::tags::TAGS;
use super::weights::{PROBES, Weights, home, row_mark};

/// Fingerprints that are compared at a time.
const TOGETHER: usize = 32;

/// A way to compare.
trait Compare: Copy {
    /// The first of the fingerprints that is `wanted` or 0.
    fn first(self, marks: &[u16; TOGETHER], wanted: u16) -> Option<usize>;
}

/// Plain loops, left to the compiler.
#[derive(Clone, Copy)]
struct Plain;

impl Compare for Plain {
    #[inline(always)]
    fn first(self, marks: &[u16; TOGETHER], wanted: u16) -> Option<usize> {
        let any = |half: &[u16]| half.iter().fold(false, |any, mark| any | (*mark == wanted) | (*mark == 0));
        // Without a branch for each, so that many are compared at once.
        let (half, other) = marks.split_at(TOGETHER / 2);
        let (part, before) = if any(half) { (half, 0) } else { (other, TOGETHER / 2) };
        part.iter().position(|mark| *mark == wanted || *mark == 0).map(|at| before + at)
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::__m512i;

    use pulp::NullaryFnOnce;
    use pulp::x86::V4;

    use super::{Compare, Sum, TAGS, TOGETHER};

    /// AVX-512: all at a time.
    #[derive(Clone, Copy)]
    pub(super) struct Wide(pub(super) V4);

    impl Compare for Wide {
        #[inline(always)]
        fn first(self, marks: &[u16; TOGETHER], wanted: u16) -> Option<usize> {
            let marks: __m512i = bytemuck::cast(*marks);
            let same = |mark: u16| {
                let all = self.0.avx512f._mm512_set1_epi16(mark as i16);
                self.0.avx512bw._mm512_cmpeq_epi16_mask(marks, all)
            };
            let found = same(wanted) | same(0);
            (found != 0).then_some(found.trailing_zeros() as usize)
        }
    }

    impl<C: Compare> NullaryFnOnce for Sum<'_, C> {
        type Output = [i32; TAGS];

        #[inline(always)]
        fn call(self) -> [i32; TAGS] {
            self.run()
        }
    }
}

/// The scores that features give the tags; `slots` is scratch space.
pub(super) fn sum(weights: &Weights<'_>, features: &[u64], slots: &mut Vec<(u32, u16)>) -> [i32; TAGS] {
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(v4) = pulp::x86::V4::try_new() {
            return v4.vectorize(Sum { weights, features, slots, compare: x86::Wide(v4) });
        }
        if let Some(v3) = pulp::x86::V3::try_new() {
            return v3.vectorize(Sum { weights, features, slots, compare: Plain });
        }
    }
    Sum { weights, features, slots, compare: Plain }.run()
}

/// The work on a token.
struct Sum<'a, C> {
    weights: &'a Weights<'a>,
    features: &'a [u64],
    slots: &'a mut Vec<(u32, u16)>,
    compare: C,
}

impl<C: Compare> Sum<'_, C> {
    /// In three passes, each of which waits for memory at many places at once.
    #[inline(always)]
    fn run(self) -> [i32; TAGS] {
        let Self { weights, features, slots, compare } = self;
        let marks: &[u16] = &weights.marks;
        slots.clear();
        slots.extend(features.iter().map(|&feature| {
            let home = home(feature, marks.len());
            (home as u32, marks.get(home).copied().unwrap_or(0))
        }));
        let mut found = 0;
        for (i, &feature) in features.iter().enumerate() {
            let Some(&(home, first)) = slots.get(i) else { break };
            if first != 0
                && let Some(slot) = slot(compare, marks, row_mark(feature), home as usize, first)
            {
                slots[found].0 = slot as u32;
                found += 1;
            }
        }
        let mut scores = [0; TAGS];
        // Of so many weights, 16 bits hold the sum.
        for slots in slots.get(..found).unwrap_or_default().chunks(256) {
            let (mut sums, mut last) = ([0i16; TAGS - 1], 0i16);
            for &(slot, _) in slots {
                let Some([_, _, weights @ .., end]) = weights.rows.get(slot as usize) else { continue };
                for (sum, &weight) in sums.iter_mut().zip(weights) {
                    *sum += i16::from(weight as i8);
                }
                last += i16::from(*end as i8);
            }
            scores.iter_mut().zip(sums.into_iter().chain([last])).for_each(|(s, sum)| *s += i32::from(sum));
        }
        scores
    }
}

/// Where the feature with this fingerprint is, if the model has it; `first` is the fingerprint at its home.
#[inline(always)]
fn slot(compare: impl Compare, marks: &[u16], wanted: u16, home: usize, first: u16) -> Option<usize> {
    if first == wanted {
        return Some(home);
    }
    let probes = PROBES.min(marks.len());
    let end = (home + probes).min(marks.len());
    let found = find(compare, marks, wanted, home, end)
        .or_else(|| find(compare, marks, wanted, 0, probes - (end - home)));
    found.filter(|&slot| marks[slot] == wanted)
}

/// The first slot from `start` on and before `end` that is free or has this fingerprint.
#[inline(always)]
fn find(compare: impl Compare, marks: &[u16], wanted: u16, start: usize, end: usize) -> Option<usize> {
    let (blocks, rest) = marks.get(start..end)?.as_chunks::<TOGETHER>();
    let in_block = |(b, block)| compare.first(block, wanted).map(|at| start + b * TOGETHER + at);
    if let Some(found) = blocks.iter().enumerate().find_map(in_block) {
        return Some(found);
    }
    let ends = |mark: &u16| *mark == wanted || *mark == 0;
    rest.iter().position(ends).map(|at| start + blocks.len() * TOGETHER + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_agrees(compare: impl Compare) {
        for at in 0..TOGETHER {
            for mark in [0, 7] {
                let mut marks = [3u16; TOGETHER];
                marks[at] = mark;
                marks[TOGETHER - 1] = 7;
                assert_eq!(compare.first(&marks, 7), Some(at));
            }
        }
        assert_eq!(compare.first(&[3; TOGETHER], 7), None);
    }

    #[test]
    fn the_first_that_is_wanted_or_free_is_found() {
        assert_agrees(Plain);
        #[cfg(target_arch = "x86_64")]
        if let Some(v4) = pulp::x86::V4::try_new() {
            assert_agrees(x86::Wide(v4));
        }
    }
}
