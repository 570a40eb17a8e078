//! What cannot occur twice, told cheaply.

/// Counts hashes up to two in a table of small counters, which several hashes may share: what [`Repeats::is_repeated`]
/// denies occurred at most once. Most runs of words in a corpus do, and need not be kept to be compared.
#[derive(Debug)]
pub(crate) struct Repeats {
    /// Four counters a byte.
    counters: Vec<u8>,
    shift: u32,
}

impl Repeats {
    /// For about so many hashes.
    pub(crate) fn new(expected: usize) -> Self {
        let counters = expected.saturating_mul(8).next_power_of_two().max(1 << 10);
        Self { counters: vec![0; counters / 4], shift: 64 - counters.trailing_zeros() }
    }

    /// The byte and the bits of a hash's counter.
    fn place(&self, hash: u64) -> (usize, u32) {
        // Fibonacci hashing (Knuth, "The Art of Computer Programming", vol. 3, 6.4): the upper bits are mixed best.
        let number = (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize;
        (number / 4, (number % 4) as u32 * 2)
    }

    /// Counts one.
    pub(crate) fn add(&mut self, hash: u64) {
        let (at, bits) = self.place(hash);
        let count = self.counters[at] >> bits & 3;
        if count < 2 {
            self.counters[at] += 1 << bits;
        }
    }

    /// Whether the hash may have been counted.
    pub(crate) fn is_known(&self, hash: u64) -> bool {
        let (at, bits) = self.place(hash);
        self.counters[at] >> bits & 3 > 0
    }

    /// Whether the hash may have been counted twice.
    pub(crate) fn is_repeated(&self, hash: u64) -> bool {
        let (at, bits) = self.place(hash);
        self.counters[at] >> bits & 3 > 1
    }
}

/// Lists of numbers under hashes, each in order of adding, kept in two vectors' worth of memory.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    /// For each hash where its list begins and ends, and its length.
    lists: rustc_hash::FxHashMap<u64, List>,
    /// Numbers, each with the place of the next of its list.
    links: Vec<(u32, u32)>,
}

#[derive(Clone, Copy, Debug)]
struct List {
    first: u32,
    last: u32,
    length: u32,
}

/// The end of a list.
const END: u32 = u32::MAX;

impl Postings {
    /// Adds a number to the list of a hash, unless that has `limit` already or ends with it.
    pub(crate) fn add(&mut self, hash: u64, number: u32, limit: usize) {
        let place = self.links.len() as u32;
        let list = self.lists.entry(hash).or_insert(List { first: place, last: END, length: 0 });
        if list.length as usize >= limit {
            return;
        }
        if let Some(last) = self.links.get_mut(list.last as usize) {
            if last.0 == number {
                return;
            }
            last.1 = place;
        }
        (list.last, list.length) = (place, list.length + 1);
        self.links.push((number, END));
    }

    /// The list of a hash.
    pub(crate) fn of(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let mut place = self.lists.get(&hash).map_or(END, |list| list.first);
        std::iter::from_fn(move || {
            let &(number, next) = self.links.get(place as usize)?;
            place = next;
            Some(number)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_repeats_is_missed() {
        let mut repeats = Repeats::new(10);
        for hash in (0..5_000).chain(0..2_000) {
            repeats.add(hash);
        }
        assert!((0..2_000).all(|hash| repeats.is_repeated(hash)));
        assert!((0..5_000).all(|hash| repeats.is_known(hash)));
        assert!(!Repeats::new(10).is_known(7));
    }

    #[test]
    fn once_is_seldom_taken_for_twice() {
        let mut repeats = Repeats::new(10_000);
        (0..10_000_u64).for_each(|n| repeats.add(n.wrapping_mul(0xff51_afd7_ed55_8ccd)));
        let mistaken = (0..10_000_u64).filter(|n| repeats.is_repeated(n.wrapping_mul(0xff51_afd7_ed55_8ccd)));
        assert!(mistaken.count() < 2_500);
    }

    #[test]
    fn lists_keep_their_order_and_their_limit() {
        let mut postings = Postings::default();
        for (hash, number) in [(1, 7), (2, 7), (1, 7), (1, 8), (2, 9), (1, 9), (1, 10)] {
            postings.add(hash, number, 3);
        }
        assert_eq!(postings.of(1).collect::<Vec<_>>(), [7, 8, 9]);
        assert_eq!(postings.of(2).collect::<Vec<_>>(), [7, 9]);
        assert_eq!(postings.of(3).count(), 0);
    }
}
