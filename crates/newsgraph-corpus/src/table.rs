//! Tables with a header line and a column of texts: CSV, and its kin with semicolons, tabs or bars.

use std::io::{self, BufRead};
use std::ops::Range;
use std::sync::Arc;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::Decoder;

use crate::encoding::Encoding;
use crate::error::{ErrorKind, NoteKind};
use crate::fields::{Part, Value, Values};
use crate::options::ReadOptions;

/// What may lie between the columns.
const DELIMITERS: [u8; 4] = *b",;\t|";
/// Bytes by which the space for a row grows at the least.
const STEP: usize = 1 << 12;

/// What the columns of a table are, in order; `None` for those that do not matter.
pub(crate) type Columns = Arc<[Option<(Part, usize)>]>;

/// A row: its fields one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) bytes: Vec<u8>,
    /// Where each field ends.
    pub(crate) ends: Vec<usize>,
}

/// What came of reading a row.
pub(crate) enum Next {
    Row(Row),
    TooLong,
    End,
}

/// Cuts a table into rows.
pub(crate) struct Rows {
    core: Reader,
    /// Turns UTF-16 into UTF-8, in which alone delimiters can be seen.
    decoder: Option<Decoder>,
    decoded: Vec<u8>,
    at: usize,
}

impl Rows {
    /// Rows of a table in `encoding`, whose delimiter the beginning tells where it is not given.
    pub(crate) fn new(beginning: &[u8], delimiter: Option<u8>, encoding: Encoding) -> Self {
        let delimiter = delimiter.unwrap_or_else(|| sniff(beginning));
        Self {
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            decoder: encoding.utf16().map(encoding_rs::Encoding::new_decoder_without_bom_handling),
            decoded: Vec::new(),
            at: 0,
        }
    }

    /// The line in which the next row begins, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.core.line()
    }

    /// Reads the next row; of one that is longer than `longest` bytes the rest is passed over.
    pub(crate) fn next(&mut self, input: &mut impl BufRead, longest: u64) -> io::Result<Next> {
        let mut row = Row::default();
        let (mut written, mut fields, mut too_long) = (0, 0, false);
        loop {
            row.bytes.resize(row.bytes.len().max(written + STEP), 0);
            row.ends.resize(row.ends.len().max(fields + 16), 0);
            let Self { core, decoder, decoded, at } = self;
            let available = match decoder {
                Some(decoder) => {
                    if *at == decoded.len() {
                        refill(decoder, decoded, input)?;
                        *at = 0;
                    }
                    &decoded[*at..]
                }
                None => input.fill_buf()?,
            };
            let (result, read, out, ended) =
                core.read_record(available, &mut row.bytes[written..], &mut row.ends[fields..]);
            match decoder {
                Some(_) => *at += read,
                None => input.consume(read),
            }
            (written, fields) = (written + out, fields + ended);
            match result {
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputEndsFull => {}
                ReadRecordResult::OutputFull if written as u64 > longest => {
                    too_long = true;
                    written = 0;
                }
                ReadRecordResult::OutputFull => row.bytes.resize(row.bytes.len() * 2, 0),
                ReadRecordResult::Record if too_long || written as u64 > longest => return Ok(Next::TooLong),
                ReadRecordResult::Record => {
                    row.bytes.truncate(written);
                    row.ends.truncate(fields);
                    return Ok(Next::Row(row));
                }
                ReadRecordResult::End => return Ok(Next::End),
            }
        }
    }
}

/// Decodes the next stretch of input.
fn refill(decoder: &mut Decoder, decoded: &mut Vec<u8>, input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let available = input.fill_buf()?;
        let last = available.is_empty();
        let needed = decoder.max_utf8_buffer_length(available.len()).unwrap_or(0);
        decoded.resize(needed, 0);
        let (_, read, written, _) = decoder.decode_to_utf8(available, decoded, last);
        decoded.truncate(written);
        input.consume(read);
        if written > 0 || last {
            return Ok(());
        }
    }
}

/// The delimiter that the first line holds most of, outside quotation marks.
fn sniff(beginning: &[u8]) -> u8 {
    let mut counts = [0; DELIMITERS.len()];
    let mut quoted = false;
    for &b in beginning {
        quoted ^= b == b'"';
        if b == b'\n' && !quoted {
            break;
        }
        if let Some(which) = DELIMITERS.iter().position(|d| !quoted && *d == b) {
            counts[which] += 1;
        }
    }
    // Of equals the one that stands first in the list.
    let best = (0..DELIMITERS.len()).rev().max_by_key(|&which| counts[which]).unwrap_or(0);
    DELIMITERS[best]
}

impl Row {
    fn fields(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end): (usize, &usize)| &self.bytes[Range { start, end }])
    }

    /// Takes the row for the header.
    pub(crate) fn columns(&self, options: &ReadOptions) -> Result<Columns, ErrorKind> {
        let names: Vec<String> =
            self.fields().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        let columns: Columns = names.iter().map(|name| options.fields.part(name)).collect();
        if columns.iter().flatten().any(|(part, _)| *part == Part::Text) {
            return Ok(columns);
        }
        Err(ErrorKind::NoTextColumn { field: options.fields.text_name(), columns: names.join(", ") })
    }

    /// The values of the row's fields.
    pub(crate) fn values(&self, columns: &Columns, notes: &mut Vec<NoteKind>) -> Values {
        let mut values = Values::default();
        for (field, column) in self.fields().zip(columns.iter()) {
            let Some(column) = column else { continue };
            let (text, note) = Encoding::Utf8.decode(field.to_vec());
            notes.extend(note);
            values.put(*column, Value::Text(text));
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_delimiter() {
        let rows: [(&[u8], u8); 6] = [
            (b"id,title,text\n1;2;3;4;5", b','),
            (b"id;title;text\n", b';'),
            (b"id\ttitle\ttext", b'\t'),
            (b"id|text\n", b'|'),
            (b"\"a;b;c\",text\n", b','),
            (b"text\n", b','),
        ];
        for (beginning, delimiter) in rows {
            assert_eq!(sniff(beginning), delimiter, "{}", String::from_utf8_lossy(beginning));
        }
    }
}
