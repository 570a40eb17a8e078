//! One pass over the text that cuts it into tokens.
//!
//! The pass never looks back and looks ahead only inside the current stretch without white space, by a bounded
//! number of bytes, so its time is linear. Plain words of ASCII letters, nearly all of English news, take a path
//! with one table look-up a byte.

use newsgraph_text::Span;

use crate::Segmentation;
use crate::classes::{
    CLASS, CONTINUES, DIGIT, LETTER, SPACE, UPPER, WIDE, Wide, char_at, char_before, is, is_wordlike, wide,
};
use crate::lexicon;
use crate::marks::{Gap, Kind, Mark};
use crate::{clitics, numbers, web};

/// Stretches without white space that are longer than this are not searched for addresses.
pub(crate) const LONGEST_ADDRESS: usize = 2048;

/// The scanner over one text.
pub(crate) struct Scanner<'s> {
    pub(crate) text: &'s str,
    pub(crate) bytes: &'s [u8],
    pub(crate) at: usize,
    gap: Gap,
    out: &'s mut Segmentation,
    marks: &'s mut Vec<Mark>,
    pub(crate) chunk: Chunk,
}

/// What is known of the stretch without white space around the place of the scanner.
#[derive(Default)]
pub(crate) struct Chunk {
    /// Where it ends; stale when the scanner has passed it.
    pub(crate) end: usize,
    /// Whether an address may start in it.
    pub(crate) addresses: bool,
}

impl<'s> Scanner<'s> {
    /// Cuts `text` into tokens at the end of `out`, noting a mark for each.
    pub(crate) fn scan(text: &'s str, out: &'s mut Segmentation, marks: &'s mut Vec<Mark>) {
        let mut scanner = Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            gap: Gap::Paragraph,
            out,
            marks,
            chunk: Chunk::default(),
        };
        while let Some(&b) = scanner.bytes.get(scanner.at) {
            let class = CLASS[b as usize];
            if class & SPACE != 0 {
                scanner.space(b);
            } else if class & LETTER != 0 {
                scanner.word();
            } else if class & DIGIT != 0 {
                scanner.number(scanner.at);
            } else if class & WIDE != 0 {
                scanner.wide();
            } else {
                scanner.sign(b);
            }
        }
    }

    /// The byte at `at`, a blank beyond the end.
    #[inline(always)]
    pub(crate) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    /// Whether a letter or digit of any script stands at `at`.
    #[inline]
    pub(crate) fn wordlike_at(&self, at: usize) -> bool {
        let b = self.byte(at);
        if b < 0x80 { is(b, LETTER | DIGIT) } else { char_at(self.text, at).is_some_and(is_wordlike) }
    }

    /// Whether a letter stands at `at`.
    #[inline]
    pub(crate) fn letter_at(&self, at: usize) -> bool {
        let b = self.byte(at);
        if b < 0x80 { is(b, LETTER) } else { char_at(self.text, at).is_some_and(|c| wide(c) == Wide::Letter) }
    }

    #[inline]
    pub(crate) fn push(&mut self, start: usize, end: usize, kind: Kind) {
        self.out.push_token(Span::new(start as u32, end as u32));
        self.marks.push(Mark { kind, gap: self.gap });
        self.gap = Gap::None;
        self.at = end;
    }

    pub(crate) fn last_kind(&self) -> Option<Kind> {
        self.marks.last().map(|mark| mark.kind)
    }

    #[inline]
    fn space(&mut self, b: u8) {
        self.at += 1;
        match b {
            b' ' | b'\t' => self.gap = self.gap.max(Gap::Space),
            b'\n' | 0x0b => self.line_end(),
            b'\r' if self.byte(self.at) != b'\n' => self.line_end(),
            0x0c => self.gap = Gap::Paragraph,
            _ => self.gap = self.gap.max(Gap::Space),
        }
    }

    fn line_end(&mut self) {
        self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
    }

    /// A word that starts with an ASCII letter, and the plain words that follow it.
    #[inline]
    fn word(&mut self) {
        loop {
            let start = self.at;
            let end = letters_end(self.bytes, start + 1);
            let next = self.byte(end);
            if is(next, CONTINUES) {
                return self.long_word(start, end);
            }
            self.plain_word(start, end);
            if next != b' ' || !is(self.byte(end + 1), LETTER) {
                return;
            }
            self.gap = Gap::Space;
            self.at = end + 1;
        }
    }

    #[inline]
    fn capital_or_lower(&self, start: usize) -> Kind {
        if is(self.byte(start), UPPER) { Kind::Capital } else { Kind::Lower }
    }

    /// A run of ASCII letters that nothing continues.
    #[inline]
    fn plain_word(&mut self, start: usize, end: usize) {
        let kind = self.capital_or_lower(start);
        if (2..=7).contains(&(end - start)) {
            let last_two = [self.bytes[end - 2] | 0x20, self.bytes[end - 1] | 0x20];
            if matches!(
                &last_two,
                b"nt" | b"ot" | b"na" | b"ta" | b"da" | b"me" | b"im" | b"ve" | b"ts" | b"re" | b"es"
            ) && let Some(first) = lexicon::fused(&self.bytes[start..end])
            {
                self.push(start, start + first, kind);
                self.push(start + first, end, Kind::Clitic);
                return;
            }
        }
        self.push(start, end, kind);
    }

    /// A character outside ASCII.
    fn wide(&mut self) {
        let start = self.at;
        let Some(c) = char_at(self.text, start) else {
            self.at = self.bytes.len();
            return;
        };
        let end = start + c.len_utf8();
        match wide(c) {
            Wide::Space => {
                self.at = end;
                self.gap = self.gap.max(Gap::Space);
            }
            Wide::Break => {
                self.at = end;
                self.gap = if c == '\u{2029}' { Gap::Paragraph } else { self.gap.max(Gap::Line) };
            }
            Wide::Letter | Wide::Digit => self.long_word(start, end),
            Wide::Extend if self.wordlike_at(end) => self.long_word(start, end),
            Wide::Extend => self.push(start, end, Kind::Symbol),
            Wide::Apostrophe if self.text[end..].starts_with('’') => {
                self.push(start, end + c.len_utf8(), Kind::CloseDouble)
            }
            Wide::Apostrophe => self.apostrophe(start, end, Kind::CloseSingle),
            Wide::Hyphen => self.push(start, end, Kind::Hyphen),
            Wide::Dash => self.run(start, c, Kind::Dash),
            Wide::Ellipsis => self.run(start, c, Kind::Ellipsis),
            Wide::Emoji => self.emoji(start, end, c),
            Wide::Symbol => self.wide_symbol(start, end, c),
        }
    }

    fn wide_symbol(&mut self, start: usize, end: usize, c: char) {
        let kind = match c {
            // two single marks for a double one
            '‘' if self.text[end..].starts_with('‘') => {
                return self.push(start, end + c.len_utf8(), Kind::OpenDouble);
            }
            '“' | '‟' => Kind::OpenDouble,
            '”' => Kind::CloseDouble,
            '‘' | '‛' => return self.apostrophe(start, end, Kind::OpenSingle),
            '„' => Kind::LowDouble,
            '‚' => Kind::LowSingle,
            '«' | '‹' => Kind::OpenAngle,
            '»' | '›' => Kind::CloseAngle,
            '•' | '‣' | '·' | '⁃' => Kind::Bullet,
            '¢'..='¥' | '\u{20a0}'..='\u{20cf}' => Kind::Currency,
            _ => Kind::Symbol,
        };
        self.push(start, end, kind);
    }

    /// A picture with its modifiers, joined pictures, and pairs of flag letters.
    fn emoji(&mut self, start: usize, mut end: usize, first: char) {
        let flag = |c: char| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c);
        let mut pair = flag(first);
        let mut joined = false;
        while let Some(c) = char_at(self.text, end) {
            let part = if c == '\u{200d}' {
                joined = true;
                true
            } else if joined && !c.is_ascii() && wide(c) == Wide::Emoji {
                joined = false;
                true
            } else if pair && flag(c) {
                pair = false;
                true
            } else {
                matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
            };
            if !part {
                break;
            }
            end += c.len_utf8();
        }
        let bullet =
            matches!(first, '●' | '○' | '■' | '□' | '▪' | '▫' | '◦' | '►' | '▶' | '➤' | '✓' | '✔' | '→');
        self.push(start, end, if bullet { Kind::Bullet } else { Kind::Emoji });
    }

    /// A run of one and the same character as one token.
    fn run(&mut self, start: usize, c: char, kind: Kind) {
        let mut end = start;
        while char_at(self.text, end) == Some(c) {
            end += c.len_utf8();
        }
        self.push(start, end, kind);
    }

    fn run_of(&mut self, start: usize, among: &[u8], kind: Kind) {
        let mut end = start + 1;
        while among.contains(&self.byte(end)) && end < self.bytes.len() {
            end += 1;
        }
        self.push(start, end, kind);
    }

    /// An ASCII sign.
    fn sign(&mut self, b: u8) {
        let start = self.at;
        if self.gap != Gap::None
            && let Some(end) = web::emoticon_end(&self.bytes[start..])
        {
            return self.push(start, start + end, Kind::Emoji);
        }
        let next = self.byte(start + 1);
        match b {
            b',' => self.push(start, start + 1, Kind::Comma),
            b'.' => self.full_stop(start, next),
            b'"' => self.push(start, start + 1, Kind::StraightDouble),
            b'\'' if next == b'\'' && self.byte(start + 2) != b'\'' => {
                self.push(start, start + 2, Kind::CloseDouble)
            }
            b'\'' => self.apostrophe(start, start + 1, Kind::StraightSingle),
            b'`' if next == b'`' => self.push(start, start + 2, Kind::OpenDouble),
            b'`' if next == b's' && self.gap == Gap::None && !self.wordlike_at(start + 2) => {
                self.push(start, start + 2, Kind::Clitic)
            }
            b'`' => self.push(start, start + 1, Kind::OpenSingle),
            b'-' if next == b'-' => self.run_of(start, b"-", Kind::Dash),
            b'-' => self.push(start, start + 1, Kind::Hyphen),
            b'!' | b'?' => self.run_of(start, b"!?", Kind::Exclamation),
            b':' => self.push(start, start + 1, Kind::Colon),
            b';' => self.push(start, start + 1, Kind::Semicolon),
            b'(' | b'[' | b'{' => self.push(start, start + 1, Kind::OpenBracket),
            b')' | b']' | b'}' => self.push(start, start + 1, Kind::CloseBracket),
            b'$' => self.push(start, start + 1, Kind::Currency),
            b'#' | b'@' => self.tag(start),
            b'+' if is(next, DIGIT) && self.gap != Gap::None => self.number(start),
            b'*' | b'=' | b'_' | b'~' | b'+' | b'^' | b'|' | b'\\' | b'<' | b'>' | b'/' => {
                let bullet = b == b'*' && next != b'*' && self.gap != Gap::None;
                self.run_of(start, &[b], if bullet { Kind::Bullet } else { Kind::Symbol });
            }
            _ => self.push(start, start + 1, Kind::Symbol),
        }
    }

    /// A full stop that no word took: an ellipsis, a fraction without its zero, or the end of a sentence.
    fn full_stop(&mut self, start: usize, next: u8) {
        if next == b'.' {
            return self.run_of(start, b".", Kind::Ellipsis);
        }
        if is(next, DIGIT) && self.gap != Gap::None {
            return self.number(start);
        }
        self.push(start, start + 1, Kind::Period);
    }

    /// A hashtag or a handle, or the bare sign.
    fn tag(&mut self, start: usize) {
        let mut end = start + 1;
        let letter = self.letter_at(end) || self.byte(end) == b'_';
        if letter && char_before(self.text, start).is_none_or(|c| !is_wordlike(c)) {
            while self.byte(end) == b'_' || self.wordlike_at(end) {
                end += char_at(self.text, end).map_or(1, char::len_utf8);
            }
            return self.push(start, end, Kind::Web);
        }
        self.push(start, end, Kind::Symbol);
    }

    /// `'`, `’` or `‘` outside a word: a clitic after a closing mark, a clipped word or year, or a quotation mark.
    fn apostrophe(&mut self, start: usize, end: usize, otherwise: Kind) {
        let after_token = self.gap == Gap::None
            && self
                .last_kind()
                .is_some_and(|kind| kind <= Kind::Symbol || kind.is_quote() || kind == Kind::CloseBracket);
        let mut letters = end;
        while letters < end + 7 && is(self.byte(letters), LETTER) {
            letters += 1;
        }
        let whole = !self.wordlike_at(letters);
        let word = &self.bytes[end.min(self.bytes.len())..letters.min(self.bytes.len())];
        if after_token && whole && otherwise != Kind::OpenSingle && clitics::is_clitic(word) {
            return self.push(start, letters, Kind::Clitic);
        }
        if !after_token && whole && lexicon::is_clipped(word) && word != b"Cause" && word != b"Till" {
            let closing = if word == b"n" { numbers::apostrophe_len(self.bytes, letters) } else { 0 };
            return self.push(start, letters + closing, Kind::Lower);
        }
        if !after_token
            && is(self.byte(end), DIGIT)
            && is(self.byte(end + 1), DIGIT)
            && !is(self.byte(end + 2), DIGIT)
        {
            // '90s, '72, '60's
            let mut to = end + 2;
            let mark = numbers::apostrophe_len(self.bytes, to);
            if self.byte(to + mark) == b's' && !self.wordlike_at(to + mark + 1) {
                to += mark + 1;
            }
            if !self.wordlike_at(to) {
                return self.push(start, to, Kind::Number);
            }
        }
        self.push(start, end, otherwise);
    }
}

/// One past the last of the ASCII letters from `at` on, eight bytes at a time.
#[inline]
fn letters_end(bytes: &[u8], mut at: usize) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const EACH: u64 = 0x0101_0101_0101_0101;
    while let Some(Ok(eight)) = bytes.get(at..at + 8).map(<[u8; 8]>::try_from) {
        let word = u64::from_le_bytes(eight);
        let small = (word | (0x20 * EACH)) & !HIGH;
        // the high bit of a byte: not before `a`, beyond `z`, outside ASCII
        let letters = (small + (0x80 - 0x61) * EACH) & !(small + (0x80 - 0x7b) * EACH) & !word & HIGH;
        let others = letters ^ HIGH;
        if others != 0 {
            return at + (others.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while at < bytes.len() && is(bytes[at], LETTER) {
        at += 1;
    }
    at
}
