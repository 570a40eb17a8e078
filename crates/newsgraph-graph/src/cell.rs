//! Text that no reader of an export can trip over.
//!
//! Everything that the graph shows of a document passes through [`plain`] once, when it enters, and through
//! [`cell`] when it leaves in a table. Both are idempotent.

use std::borrow::Cow;

/// The longest text of one cell, in code points, the ellipsis included.
pub(crate) const CELL_CHARS: usize = 1_000;

/// Characters that show nothing themselves but change how their neighbours are shown, or what a parser takes
/// the file for: bidirectional marks, embeddings, overrides and isolates, the byte order mark, the zero-width
/// space, noncharacters. The joiners U+200C and U+200D stay: Persian and emoji need them.
fn is_treacherous(c: char) -> bool {
    matches!(c,
        '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FDD0}'..='\u{FDEF}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

/// One line of visible text: white space and control characters collapse to one space, treacherous characters
/// go, and what is longer than `limit` code points is cut with `…`. Reads no further than it must.
pub(crate) fn plain(text: &str, limit: usize) -> Cow<'_, str> {
    if is_plain(text, limit) {
        return Cow::Borrowed(text);
    }
    let mut line = String::new();
    let mut count = 0;
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            gap = count > 0;
            continue;
        }
        if is_treacherous(c) {
            continue;
        }
        if gap {
            line.push(' ');
            count += 1;
            gap = false;
        }
        line.push(c);
        count += 1;
        if count > limit {
            return Cow::Owned(cut(&line, limit));
        }
    }
    Cow::Owned(line)
}

/// Whether [`plain`] would change nothing, decided cheaply for what is common: printed ASCII, Latin letters with
/// accents, the dashes and quotation marks of print.
fn is_plain(text: &str, limit: usize) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() > limit || bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ') {
        return false;
    }
    // Two passes without branches, many bytes at once, tell of nearly every text.
    let is_ascii = bytes.iter().fold(true, |all, byte| all & (b' '..=b'~').contains(byte));
    let has_gap = bytes.windows(2).fold(false, |any, pair| any | ((pair[0] == b' ') & (pair[1] == b' ')));
    if is_ascii || has_gap {
        return !has_gap;
    }
    let mut before = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b' ' if before == b' ' => return false,
            b' '..=b'~' => 1,
            // U+00C0 to U+02FF, none of them a space or a control character.
            0xC3..=0xCB => 2,
            0xE2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x90..=0xA7])) => 3,
            _ => return false,
        };
        before = byte;
    }
    true
}

/// The first `limit` code points, the last of them `…`.
fn cut(line: &str, limit: usize) -> String {
    let mut short: String = line.chars().take(limit.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// A cell of a table: [`plain`] text of at most 1,000 code points, a backslash as `/`.
pub(crate) fn cell(text: &str) -> Cow<'_, str> {
    let line = plain(text, CELL_CHARS);
    if line.contains('\\') { Cow::Owned(line.replace('\\', "/")) } else { line }
}

/// Several values in one cell, separated by `;`. A `;` inside a value becomes a comma; values that no longer
/// fit are left out whole.
pub(crate) fn list<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    let mut joined = String::new();
    let mut count = 0;
    for value in values {
        let value = cell(value.as_ref()).replace(';', ",");
        let length = value.chars().count() + usize::from(count > 0);
        if value.is_empty() || count + length > CELL_CHARS {
            continue;
        }
        if count > 0 {
            joined.push(';');
        }
        joined.push_str(&value);
        count += length;
    }
    joined
}

/// Thousandths as a plain decimal: 850 is `0.85`.
pub(crate) fn decimal(thousandths: u16) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A coordinate as a plain decimal; what is no number stays empty.
pub(crate) fn coordinate(value: Option<f64>) -> String {
    value.filter(|v| v.is_finite()).map_or_else(String::new, |v| {
        let text = format!("{v:.6}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_hold_one_harmless_line() {
        let rows = [
            ("untouched", "Emmanuel Macron", "Emmanuel Macron"),
            ("line breaks and TABs", "a\r\nb\tc\u{2028}d\u{85}e", "a b c d e"),
            ("spaces at the rim and in runs", "  a \u{a0} b  ", "a b"),
            ("control characters", "a\0b\u{1b}[31mc\u{7f}", "a b [31mc"),
            ("backslash", "C:\\news\\a.txt", "C:/news/a.txt"),
            ("bidi override and isolates", "abc\u{202e}fdp\u{2066}x\u{2069}", "abcfdpx"),
            ("byte order mark", "\u{feff}id", "id"),
            ("quotes stay, the writer escapes them", "say \"no\"", "say \"no\""),
            (
                "formulas stay, only the Excel dialect disarms them",
                "=cmd|' /C calc'!A0",
                "=cmd|' /C calc'!A0",
            ),
            ("entities stay text", "A&amp;B", "A&amp;B"),
            ("emoji with joiners", "👩\u{200d}🚀 ok", "👩\u{200d}🚀 ok"),
            ("nothing visible", "\u{200e}\n", ""),
        ];
        for (name, text, expected) in rows {
            assert_eq!(cell(text), expected, "{name}");
        }
    }

    #[test]
    fn long_labels_are_cut_with_an_ellipsis() {
        let long = "é".repeat(5_000);
        let cut = cell(&long);
        assert_eq!(cut.chars().count(), CELL_CHARS);
        assert!(cut.ends_with("é…"));
        assert_eq!(cell(&"x".repeat(1_000)), "x".repeat(1_000), "exactly the limit is not cut");
        assert_eq!(plain("abcdef", 4), "abc…");
        assert_eq!(plain("ab cdef", 4), "ab…", "no space before the ellipsis");
    }

    #[test]
    fn lists_keep_their_separator_to_themselves() {
        assert_eq!(list(["a;b", "", "c\n"]), "a,b;c");
        let many: Vec<String> = (0..500).map(|i| format!("name {i}")).collect();
        let joined = list(&many);
        assert!(joined.chars().count() <= CELL_CHARS);
        assert!(joined.split(';').all(|value| many.iter().any(|m| m == value)), "only whole values");
    }

    #[test]
    fn decimals_are_plain() {
        for (thousandths, expected) in [(0, "0"), (1, "0.001"), (850, "0.85"), (1000, "1")] {
            assert_eq!(decimal(thousandths), expected);
        }
        assert_eq!(coordinate(Some(56.85)), "56.85");
        assert_eq!(coordinate(Some(-0.000_000_4)), "-0");
        assert_eq!(coordinate(Some(f64::NAN)), "");
    }

    proptest! {
        #[test]
        fn any_text_becomes_a_lawful_cell(text in any::<String>()) {
            let once = cell(&text).into_owned();
            prop_assert!(once.chars().count() <= CELL_CHARS);
            prop_assert!(!once.chars().any(|c| c.is_control() || c == '\\' || is_treacherous(c)));
            prop_assert!(!once.contains("  ") && once.trim() == once);
            prop_assert_eq!(cell(&once).into_owned(), once.clone());
        }
    }
}
