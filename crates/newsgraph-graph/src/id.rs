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

/// One id for each key: its letter and 16 hexadecimal digits of its hash. Where several keys share a hash, the
/// first in order of the keys keeps the short id and the others get 16 digits more, from the reversed key.
///
/// Keys must be distinct; the order in which they come makes no difference.
pub(crate) fn assign(letter: char, keys: &[String], hash: fn(&[u8]) -> u64) -> Vec<String> {
    let hashes: Vec<u64> = keys.iter().map(|key| hash(key.as_bytes())).collect();
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_unstable_by(|&a, &b| (hashes[a], &keys[a]).cmp(&(hashes[b], &keys[b])));
    let mut ids = vec![String::new(); keys.len()];
    let mut last = None;
    for at in order {
        ids[at] = format!("{letter}{:016x}", hashes[at]);
        if last == Some(hashes[at]) {
            let reversed: Vec<u8> = keys[at].bytes().rev().collect();
            ids[at].push_str(&format!("{:016x}", self::hash(&reversed)));
        }
        last = Some(hashes[at]);
    }
    ids
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
        let same = |_: &[u8]| 7;
        let forward = assign('n', &["a".to_owned(), "b".to_owned()], same);
        let backward = assign('n', &["b".to_owned(), "a".to_owned()], same);
        assert_eq!(forward[0], "n0000000000000007");
        assert_eq!(forward[1].len(), 33);
        assert_ne!(forward[0], forward[1]);
        assert_eq!(forward, [backward[1].clone(), backward[0].clone()]);
    }
}
