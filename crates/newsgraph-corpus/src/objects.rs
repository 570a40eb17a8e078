//! JSON files that are no JSON Lines: objects one after the other or in one array, over as many lines as they like.

use std::io::{self, BufRead};

/// What came of reading a value.
pub(crate) enum Next {
    /// The bytes of the next element, which begins with whatever it begins with.
    Value(Vec<u8>),
    TooLong,
    End,
}

/// Whether the beginning of an input is that of such a file: an array of objects, or an object that does not end in its line.
pub(crate) fn begins(beginning: &[u8]) -> bool {
    let start = beginning.trim_ascii_start();
    match start.first() {
        Some(b'[') => matches!(start[1..].trim_ascii_start().first(), Some(b'{')),
        Some(b'{') => {
            let line = start.split(|b| *b == b'\n').next().unwrap_or(start);
            let mut scan = Scan::default();
            line.len() < start.len() && !line.iter().any(|b| scan.ends_with(*b))
        }
        _ => false,
    }
}

/// Reads the next value of the array, or the next one that follows; of one longer than `longest` bytes the rest is passed over.
pub(crate) fn next(input: &mut impl BufRead, longest: u64) -> io::Result<Next> {
    let (mut value, mut scan, mut length) = (Vec::new(), Scan::default(), 0u64);
    loop {
        let available = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            result => result?,
        };
        if available.is_empty() {
            break;
        }
        let skipped = match length {
            0 => available.iter().take_while(|b| is_between(**b)).count(),
            _ => 0,
        };
        let rest = &available[skipped..];
        let end = rest.iter().position(|b| scan.ends_with(*b));
        let used = end.map_or(rest.len(), |at| at + 1);
        length += used as u64;
        if length <= longest {
            value.extend_from_slice(&rest[..used]);
        }
        input.consume(skipped + used);
        if end.is_some() {
            break;
        }
    }
    value.pop_if(|last| is_between(*last) && scan.depth == 0 && *last != b']');
    Ok(match length {
        0 => Next::End,
        _ if length > longest => Next::TooLong,
        _ => Next::Value(value),
    })
}

/// Bytes that stand around and between values.
fn is_between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']')
}

/// How deep in objects and arrays a byte lies; what strings hold does not count.
#[derive(Default)]
struct Scan {
    depth: u32,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// Takes the next byte of a value: whether the value ends with it. One that is no object ends with the comma, bracket
    /// or white space that follows it.
    fn ends_with(&mut self, byte: u8) -> bool {
        if self.in_string {
            self.in_string = self.escaped || byte != b'"';
            self.escaped = byte == b'\\' && !self.escaped;
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth = self.depth.saturating_add(1),
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => return self.depth == 0 && is_between(byte),
        }
        false
    }
}
