//! Names for nodes and edges that depend on nothing but what they name.

/// 64-bit FNV-1a (Fowler, Noll and Vo, offset basis `cbf29ce484222325`, prime `100000001b3`), followed by the
/// finaliser of MurmurHash3 (Appleby), which spreads the last bytes over all bits.
///
/// Part of the public contract: ids in files made by earlier versions were made with it.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut running = Running::default();
    bytes.iter().for_each(|&byte| running.add(byte));
    running.finish()
}

/// A [`hash`] of bytes that come one by one.
pub(crate) struct Running(u64);

impl Default for Running {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Running {
    #[inline]
    pub(crate) fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    #[inline]
    pub(crate) fn finish(self) -> u64 {
        let mut h = self.0;
        h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ (h >> 33)
    }
}

/// One id for each key, given the keys' hashes: its letter and 16 hexadecimal digits of the hash. Where several keys share a
/// hash, the first in order of the keys keeps the short id and the others get 16 digits more, from the reversed key.
///
/// Keys must be distinct; the order in which they come makes no difference.
pub(crate) fn assign(letter: char, hashes: &[u64], key: impl Fn(usize) -> String) -> Vec<String> {
    let mut ids: Vec<String> = hashes.iter().map(|hash| written(letter, *hash)).collect();
    let mut order: Vec<(u64, u32)> = hashes.iter().copied().zip(0..).collect();
    order.sort_unstable();
    for same in order.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let mut keys: Vec<(String, usize)> =
            same.iter().map(|&(_, at)| (key(at as usize), at as usize)).collect();
        keys.sort_unstable();
        for (key, at) in keys.iter().skip(1) {
            let reversed: Vec<u8> = key.bytes().rev().collect();
            ids[*at].push_str(&format!("{:016x}", hash(&reversed)));
        }
    }
    ids
}

fn written(letter: char, hash: u64) -> String {
    let mut id = String::with_capacity(17);
    id.push(letter);
    let digits = (0..16).rev().map(|at| (hash >> (4 * at) & 15) as u32);
    id.extend(digits.filter_map(|digit| char::from_digit(digit, 16)));
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_never_changes() {
        // A failing row means that every id ever written changes.
        for (text, expected) in [("", 0xefd0_1f60_ba99_2926_u64), ("a", 0x82a2_a958_a9be_ce5b)] {
            assert_eq!(hash(text.as_bytes()), expected, "{text:?}: {:016x}", hash(text.as_bytes()));
        }
    }

    #[test]
    fn colliding_keys_get_longer_ids_whatever_the_order() {
        let forward = assign('n', &[7, 7], |at| ["a", "b"][at].to_owned());
        let backward = assign('n', &[7, 7], |at| ["b", "a"][at].to_owned());
        assert_eq!(forward[0], "n0000000000000007");
        assert_eq!(forward[1].len(), 33);
        assert_ne!(forward[0], forward[1]);
        assert_eq!(forward, [backward[1].clone(), backward[0].clone()]);
    }
}
