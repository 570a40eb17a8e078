//! Endings that the treebanks split off: `n't`, `'s`, `'re` and the like.

/// Length in bytes of the apostrophe (straight or curly) that ends before `at`.
fn apostrophe_before(word: &[u8], at: usize) -> Option<usize> {
    let before = word.get(..at)?;
    if before.ends_with(b"'") {
        Some(1)
    } else if before.ends_with("’".as_bytes()) {
        Some(3)
    } else {
        None
    }
}

/// Whether letters after an apostrophe make up a clitic.
pub(crate) fn is_clitic(letters: &[u8]) -> bool {
    match letters {
        [one] => matches!(one | 0x20, b's' | b'm' | b'd'),
        [one, two] => matches!(&[one | 0x20, two | 0x20], b"re" | b"ve" | b"ll"),
        _ => false,
    }
}

/// Where the last clitic of `word` starts, if it has one.
pub(crate) fn split(word: &[u8]) -> Option<usize> {
    let len = word.len();
    // n't, and its n belongs to it
    if len >= 4
        && word[len - 1] | 0x20 == b't'
        && let Some(mark) = apostrophe_before(word, len - 1)
    {
        let n = (len - 1 - mark).checked_sub(1)?;
        return (n > 0 && word[n] | 0x20 == b'n').then_some(n);
    }
    for letters in [1, 2] {
        let Some(first) = len.checked_sub(letters) else { break };
        if let Some(mark) = apostrophe_before(word, first) {
            let start = first - mark;
            // 1980's, AK47's: a plural
            let plural = start > 0 && word[start - 1].is_ascii_digit();
            return (start > 0 && !plural && is_clitic(&word[first..])).then_some(start);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn clitics_split_where_the_treebanks_split_them() {
        for (word, expected) in [
            ("don't", "do|n't"),
            ("don’t", "do|n’t"),
            ("can't", "ca|n't"),
            ("CAN'T", "CA|N'T"),
            ("Macron's", "Macron|'s"),
            ("we’ll", "we|’ll"),
            ("I'm", "I|'m"),
            ("o'clock", "o'clock"),
            ("O'Connor", "O'Connor"),
            ("1980's", "1980's"),
            ("Ba'athists", "Ba'athists"),
        ] {
            let got = split(word.as_bytes())
                .map_or(word.to_owned(), |at| format!("{}|{}", &word[..at], &word[at..]));
            assert_eq!(got, expected);
        }
    }
}
