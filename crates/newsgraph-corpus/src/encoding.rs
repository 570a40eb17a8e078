//! From bytes to text: byte order marks, UTF-8, UTF-16, and Windows-1252 as the last resort.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::NoteKind;

/// Fewer pairs of bytes than this are too few to tell UTF-16 without a byte order mark.
const FEWEST_PAIRS: usize = 8;

/// How the bytes of an input stand for characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8; a document that is none is repaired or read as Windows-1252.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

impl Encoding {
    /// The encoding that a byte order mark at the beginning of `bytes` tells, and the mark's length; UTF-8 and 0
    /// where there is none.
    pub fn of_mark(bytes: &[u8]) -> (Self, usize) {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => (Self::Utf8, 3),
            [0xFF, 0xFE, ..] => (Self::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Self::Utf16Be, 2),
            _ => (Self::Utf8, 0),
        }
    }

    /// The encoding that the beginning of an input shows, by a byte order mark or, of UTF-16 without one, by the zero
    /// bytes of the ASCII characters in it; and the mark's length.
    pub(crate) fn of_beginning(bytes: &[u8]) -> (Self, usize) {
        let marked = Self::of_mark(bytes);
        let pairs = bytes.len() / 2;
        if marked.1 > 0 || pairs < FEWEST_PAIRS {
            return marked;
        }
        let zeros =
            |at: usize| bytes.chunks_exact(2).filter(|pair| pair[at] == 0 && pair[1 - at] != 0).count();
        match (zeros(0), zeros(1)) {
            (high, low) if high * 2 > pairs && low == 0 => (Self::Utf16Be, 0),
            (high, low) if low * 2 > pairs && high == 0 => (Self::Utf16Le, 0),
            _ => marked,
        }
    }

    /// The decoder's encoding where it is UTF-16.
    pub(crate) fn utf16(self) -> Option<&'static encoding_rs::Encoding> {
        match self {
            Self::Utf8 => None,
            Self::Utf16Le => Some(UTF_16LE),
            Self::Utf16Be => Some(UTF_16BE),
        }
    }

    /// Decodes a document or a line; the note says what was wrong with it.
    pub(crate) fn decode(self, bytes: Vec<u8>) -> (String, Option<NoteKind>) {
        match self {
            Self::Utf8 => decode_utf8(bytes),
            Self::Utf16Le => decode_utf16(UTF_16LE, &bytes),
            Self::Utf16Be => decode_utf16(UTF_16BE, &bytes),
        }
    }
}

fn decode_utf16(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> (String, Option<NoteKind>) {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let note = damaged.then(|| {
        let first = text.find('\u{FFFD}').unwrap_or(0);
        let first = text[..first].encode_utf16().count() as u64 * 2;
        NoteKind::Replaced { count: text.matches('\u{FFFD}').count() as u64, first }
    });
    (text, note)
}

fn decode_utf8(bytes: Vec<u8>) -> (String, Option<NoteKind>) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(error) => error.into_bytes(),
    };
    let mut first = 0;
    let (mut valid, mut invalid) = (0u64, 0u64);
    for chunk in bytes.utf8_chunks() {
        if invalid == 0 {
            first += chunk.valid().len() as u64;
        }
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count() as u64;
        invalid += u64::from(!chunk.invalid().is_empty());
    }
    // One valid multi-byte character is hardly ever an accident in Windows-1252 ("Ã©"), so a majority proves UTF-8.
    if valid > invalid {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        (text, Some(NoteKind::Replaced { count: invalid, first }))
    } else {
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
        (text.into_owned(), Some(NoteKind::Windows1252 { first }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_and_says_how() {
        let utf16: Vec<u8> = "Élysée".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let lone = [0x41, 0x00, 0x00, 0xD8, 0x42, 0x00];
        type Row<'a> = (&'a str, Encoding, &'a [u8], &'a str, Option<NoteKind>);
        let rows: &[Row<'_>] = &[
            ("plain", Encoding::Utf8, "Élysée".as_bytes(), "Élysée", None),
            (
                "Windows-1252",
                Encoding::Utf8,
                b"a \x93no\x94",
                "a “no”",
                Some(NoteKind::Windows1252 { first: 2 }),
            ),
            (
                "UTF-8 with a bad byte",
                Encoding::Utf8,
                b"\xC3\x89lys\xC3\xA9e\xFF.",
                "Élysée\u{FFFD}.",
                Some(NoteKind::Replaced { count: 1, first: 8 }),
            ),
            ("UTF-16", Encoding::Utf16Le, &utf16, "Élysée", None),
            (
                "a lone surrogate",
                Encoding::Utf16Le,
                &lone,
                "A\u{FFFD}B",
                Some(NoteKind::Replaced { count: 1, first: 2 }),
            ),
        ];
        for (name, encoding, bytes, text, note) in rows {
            assert_eq!(encoding.decode(bytes.to_vec()), (text.to_string(), note.clone()), "{name}");
        }
    }
}
