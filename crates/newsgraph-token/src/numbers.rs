//! How far a number reaches: thousands, decimals, times, dates, telephone numbers, fractions.

use crate::classes::{DIGIT, LETTER, is};

fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(b' ')
}

/// Digits at `at`, counted up to `limit`.
fn digits(bytes: &[u8], at: usize, limit: usize) -> usize {
    bytes.iter().skip(at).take(limit).take_while(|&&b| is(b, DIGIT)).count()
}

/// Length of the apostrophe at `at`, 0 where there is none.
pub(crate) fn apostrophe_len(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([b'\'', ..]) => 1,
        Some([0xe2, 0x80, 0x99, ..]) => 3,
        _ => 0,
    }
}

/// The end of the number whose first digit is at `start`.
pub(crate) fn end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while is(byte(bytes, end), DIGIT) && end < bytes.len() {
        end += 1;
    }
    if end - start <= 5
        && matches!(byte(bytes, end), b'-' | b'/')
        && let Some(grouped) = groups(bytes, start)
    {
        return grouped;
    }
    let mut group = end - start;
    loop {
        let next = end + 1;
        group = match byte(bytes, end) {
            b',' if group <= 3 && digits(bytes, next, 4) == 3 => 3,
            b'.' if is(byte(bytes, next), DIGIT) => {
                // a section number or a decimal, an IP address, a telephone number with points
                let mut to = next;
                while is(byte(bytes, to), DIGIT) {
                    to += 1;
                }
                to - next
            }
            b':' if group <= 2 && digits(bytes, next, 3) == 2 => 2,
            _ => return end,
        };
        end = next + group;
    }
}

/// Groups of digits joined by hyphens or slashes that are one number: telephone numbers, dates, fractions.
fn groups(bytes: &[u8], start: usize) -> Option<usize> {
    let mut lens = [0usize; 5];
    let mut values = [0u32; 5];
    let (mut count, mut at, mut slashes, mut hyphens) = (0, start, 0, 0);
    loop {
        let len = digits(bytes, at, 6);
        if len == 0 || len > 5 || count == lens.len() {
            return None;
        }
        lens[count] = len;
        values[count] = bytes[at..at + len].iter().fold(0, |n, b| n * 10 + u32::from(b - b'0'));
        count += 1;
        at += len;
        match byte(bytes, at) {
            b'-' if is(byte(bytes, at + 1), DIGIT) => hyphens += 1,
            b'/' if is(byte(bytes, at + 1), DIGIT) => slashes += 1,
            _ => break,
        }
        at += 1;
    }
    if is(byte(bytes, at), LETTER) {
        return None;
    }
    let one_number = match (&lens[..count], slashes, hyphens) {
        ([1 | 2, 1 | 2], 1, 0) => values[0] <= 12 && values[1] <= 31,
        ([1 | 2, 1 | 2, 2 | 4] | [4, 1 | 2, 1 | 2], 2, 0) => true,
        ([3, 3, 4], _, _) | ([1, 3, 3, 4], _, _) => true,
        ([3, 4] | [5, 4] | [1, 4], 0, 1) => true,
        (_, 0, 2..) => lens[..count].iter().sum::<usize>() >= 5,
        _ => false,
    };
    one_number.then_some(at)
}

#[cfg(test)]
mod tests {
    use super::end;

    #[test]
    fn numbers_reach_as_far_as_they_are_read_as_one() {
        for (text, expected) in [
            ("1,000,000 people", "1,000,000"),
            ("13,14]", "13"),
            ("3.5%", "3.5"),
            ("7:30pm", "7:30"),
            ("5:1 odds", "5"),
            ("11/28/2000", "11/28/2000"),
            ("9/11-related", "9/11"),
            ("20/20", "20"),
            ("2001/02", "2001"),
            ("713-853-3989.", "713-853-3989"),
            ("345-9945", "345-9945"),
            ("2003-2007", "2003"),
            ("10-12", "10"),
            ("2016-05-01", "2016-05-01"),
            ("50-page", "50"),
            ("192.168.0.1", "192.168.0.1"),
            ("5.", "5"),
        ] {
            assert_eq!(&text[..end(text.as_bytes(), 0)], expected, "{text}");
        }
    }
}
