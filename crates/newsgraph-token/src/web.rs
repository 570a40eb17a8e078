//! Addresses of the web and of mail, names of files, emoticons.

use crate::classes::{DIGIT, LETTER, UPPER, Wide, char_at, is, wide};
use crate::lexicon;

/// Whether a stretch without white space has a sign that every address has; a cheap first test.
pub(crate) fn may_hold_address(chunk: &[u8]) -> bool {
    chunk.contains(&b'@')
        || chunk.windows(2).any(|w| w == b"//" || w == b":1" || w[0] == b'.' && is(w[1], LETTER | DIGIT))
}

/// Length of the address at the start of `chunk`, a stretch without white space.
pub(crate) fn address_end(chunk: &str) -> Option<usize> {
    let bytes = chunk.as_bytes();
    let scheme = bytes.iter().take(12).take_while(|&&b| is(b, LETTER)).count();
    let after = &bytes[scheme..];
    if scheme >= 3 && after.starts_with(b"://")
        || starts_with_any(bytes, &["www.", "WWW.", "Www.", "doi:10.", "mailto:", "ymsgr:"])
    {
        let end = path_end(chunk);
        return (end > scheme + 3).then_some(end);
    }
    mail_end(bytes).or_else(|| domain_end(chunk))
}

fn starts_with_any(bytes: &[u8], prefixes: &[&str]) -> bool {
    prefixes.iter().any(|p| bytes.starts_with(p.as_bytes()))
}

/// The end of a web address: up to a sign that none has, less the punctuation of the sentence around it.
fn path_end(chunk: &str) -> usize {
    let mut end = 0;
    for (at, c) in chunk.char_indices() {
        let stops = match c {
            '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`' | '\0'..=' ' | '\u{7f}' => true,
            _ if c.is_ascii() => false,
            _ => !matches!(wide(c), Wide::Letter | Wide::Digit | Wide::Extend),
        };
        if stops {
            break;
        }
        end = at + c.len_utf8();
    }
    let bytes = chunk.as_bytes();
    let count = |end: usize, b: u8| bytes[..end].iter().filter(|&&x| x == b).count();
    let (mut opened, mut closed) = (count(end, b'('), count(end, b')'));
    while end > 0 {
        match bytes[end - 1] {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b']' | b'*' => {}
            b')' if closed > opened => closed -= 1,
            b'(' => opened -= 1,
            _ => break,
        }
        end -= 1;
    }
    end
}

fn mail_end(bytes: &[u8]) -> Option<usize> {
    let local = bytes
        .iter()
        .take_while(|&&b| is(b, LETTER | DIGIT) || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-'))
        .count();
    if local == 0 || bytes.get(local) != Some(&b'@') {
        return None;
    }
    let domain = bytes[local + 1..]
        .iter()
        .take_while(|&&b| is(b, LETTER | DIGIT) || matches!(b, b'.' | b'_' | b'-'))
        .count();
    let mut end = local + 1 + domain;
    while end > local + 1 && matches!(bytes[end - 1], b'.' | b'-' | b'_') {
        end -= 1;
    }
    (end > local + 1).then_some(end)
}

/// A name with points whose last label is a domain or a file ending, with the path after it; or a name of a newsgroup.
fn domain_end(chunk: &str) -> Option<usize> {
    let bytes = chunk.as_bytes();
    let (mut labels, mut at, mut last, mut first_len, mut small) = (0, 0, 0..0, 0, true);
    loop {
        let len =
            bytes[at..].iter().take_while(|&&b| is(b, LETTER | DIGIT) || matches!(b, b'-' | b'_')).count();
        if len == 0 {
            break;
        }
        small &= len >= 2 && bytes[at..at + len].iter().all(u8::is_ascii_lowercase);
        labels += 1;
        first_len = if labels == 1 { len } else { first_len };
        last = at..at + len;
        at += len;
        if bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(|&b| is(b, LETTER | DIGIT)) {
            at += 1;
        } else {
            break;
        }
    }
    if labels < 2
        || bytes
            .get(at)
            .is_some_and(|b| *b >= 0x80 && char_at(chunk, at).is_some_and(|c| wide(c) == Wide::Letter))
    {
        return None;
    }
    let ending = &bytes[last];
    let titled = is(ending[0], UPPER) && ending.len() > 1 && !is(ending[1], UPPER);
    let path = bytes.get(at) == Some(&b'/') && bytes.get(at + 1).is_some_and(|&b| is(b, LETTER | DIGIT));
    let known = lexicon::is_domain_ending(ending)
        && !titled
        && (path || labels > 2 || !lexicon::is_doubtful_ending(ending));
    if first_len == 1 && labels == 2 && ending.len() < 3 || !(known || labels > 2 && small) {
        return None;
    }
    Some(if path { path_end(chunk).max(at) } else { at })
}

/// Length of the emoticon at the start of `bytes`; what follows it must be no letter or digit.
pub(crate) fn emoticon_end(bytes: &[u8]) -> Option<usize> {
    const EMOTICONS: [&str; 30] = [
        ":-)", ":-(", ";-)", ":-D", ":-P", ":-p", ":-/", ":-|", ":'(", ">:(", ":)", ":(", ";)", ":D", ":P",
        ":p", ":/", ":|", ":O", ":o", "=)", "=(", "=D", ";D", "<3", "^_^", ":]", ":[", "XD", "-_-",
    ];
    if !matches!(bytes.first(), Some(b':' | b';' | b'=' | b'<' | b'>' | b'^' | b'-')) {
        return None;
    }
    EMOTICONS
        .iter()
        .find(|e| bytes.starts_with(e.as_bytes()))
        .map(|e| e.len())
        .filter(|&end| bytes.get(end).is_none_or(|&b| !is(b, LETTER | DIGIT) && b != b'/'))
}

#[cfg(test)]
mod tests {
    use super::address_end;

    #[test]
    fn addresses_end_before_the_punctuation_of_the_sentence() {
        for (text, expected) in [
            ("http://example.org/a(b).", Some("http://example.org/a(b)")),
            ("http://example.org/).", Some("http://example.org/")),
            ("www.example.org,", Some("www.example.org")),
            ("jane.roe@example.org.", Some("jane.roe@example.org")),
            ("example.com/news?id=1", Some("example.com/news?id=1")),
            ("report.pdf", Some("report.pdf")),
            ("U.S.", None),
            ("end.The", None),
            ("small.in", None),
        ] {
            assert_eq!(address_end(text).map(|end| &text[..end]), expected, "{text}");
        }
    }
}
