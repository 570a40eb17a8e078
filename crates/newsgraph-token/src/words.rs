//! Words that more than ASCII letters make up, and numbers: how far they reach, where they split.

use crate::classes::{DIGIT, LETTER, LOWER, SPACE, UPPER, Wide, char_at, is, wide};
use crate::lexicon::{self, Abbreviation};
use crate::marks::Kind;
use crate::scanner::{Chunk, LONGEST_ADDRESS, Scanner};
use crate::{clitics, numbers, web};

impl Scanner<'_> {
    /// A word that more than ASCII letters make up, of which `start..end` is read.
    pub(crate) fn long_word(&mut self, start: usize, end: usize) {
        if self.byte(end) == b'.' && is(self.byte(end + 1), SPACE) {
            return self.finish_word(start, end, false);
        }
        if let Some(address_end) = self.address(start) {
            return self.push(start, address_end, Kind::Web);
        }
        let (mut end, mut element, mut apostrophe) = (end, start, false);
        while let Some(step) = self.continuation(start, element, end) {
            match step {
                Step::Through(to) => end = to,
                Step::Apostrophe(to) => (end, apostrophe) = (to, true),
                Step::Element(to) => (element, end) = (to, to),
                Step::Dollar(to) => return self.push(start, to, Kind::Currency),
            }
        }
        self.finish_word(start, end, apostrophe);
    }

    /// How the word `start..end`, whose last element starts at `element`, goes on; `None` where it ends.
    fn continuation(&self, start: usize, element: usize, end: usize) -> Option<Step> {
        let b = *self.bytes.get(end)?;
        if is(b, LETTER | DIGIT) {
            let mut to = end + 1;
            while is(self.byte(to), LETTER | DIGIT) {
                to += 1;
            }
            return Some(Step::Through(to));
        }
        match b {
            0x80.. => self.wide_continuation(start, element, end),
            b'\'' => self.letter_at(end + 1).then_some(Step::Apostrophe(end + 1)),
            b'.' => self.dot(element, end).map(Step::Element),
            b'-' => self.hyphen(element, end, 1).map(Step::Element),
            b'&' => self.ampersand(element, end).map(Step::Through),
            b'/' => self.slash(start, end).map(Step::Through),
            b'_' => {
                let mut to = end;
                while self.byte(to) == b'_' {
                    to += 1;
                }
                self.wordlike_at(to).then_some(Step::Through(to))
            }
            b'*' => {
                let mut to = end;
                while self.byte(to) == b'*' {
                    to += 1;
                }
                (self.letter_at(to) || to - end > 1).then_some(Step::Through(to))
            }
            b'$' if lexicon::is_dollar_country(&self.bytes[element..end]) && !self.letter_at(end + 1) => {
                Some(Step::Dollar(end + 1))
            }
            b'$' if is(self.bytes[end - 1], LOWER)
                && (is(self.byte(end + 1), LOWER) || !self.wordlike_at(end + 1)) =>
            {
                Some(Step::Through(end + 1))
            }
            _ => None,
        }
    }

    fn wide_continuation(&self, start: usize, element: usize, end: usize) -> Option<Step> {
        let c = char_at(self.text, end)?;
        let to = end + c.len_utf8();
        match wide(c) {
            Wide::Letter | Wide::Digit => Some(Step::Through(to)),
            Wide::Extend => {
                // invisible signs belong to the word only when it goes on after them; visible marks always
                let mark = !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
                (mark || self.wordlike_at(to)).then_some(Step::Through(to))
            }
            Wide::Apostrophe => self.letter_at(to).then_some(Step::Apostrophe(to)),
            Wide::Hyphen => self.hyphen(element.max(start), end, c.len_utf8()).map(Step::Element),
            _ => None,
        }
    }

    /// A full stop inside a word ("U.S", "Ph.D"): where the element after it starts.
    fn dot(&self, element: usize, end: usize) -> Option<usize> {
        let next = end + 1;
        if !self.wordlike_at(next) {
            return None;
        }
        let after = self.byte(next + 1);
        let joins = match &self.bytes[element..end] {
            [b] if is(*b, LETTER) => {
                is(self.byte(next), LETTER)
                    && (!is(after, LETTER | DIGIT) && after < 0x80 || self.bytes[next..].starts_with(b"Sc"))
            }
            b"Ph" | b"Ed" | b"LL" | b"Litt" => is(self.byte(next), UPPER) && !is(after, LETTER),
            before => before.last().is_some_and(|&b| is(b, DIGIT)) && is(self.byte(next), DIGIT),
        };
        joins.then_some(next)
    }

    /// A hyphen of `width` bytes inside a word: where the element after it starts, if both stay one word.
    fn hyphen(&self, element: usize, end: usize, width: usize) -> Option<usize> {
        let next = end + width;
        if !self.wordlike_at(next) {
            return None;
        }
        let before = self.text.get(element..end)?;
        if before.len() <= 7 && lexicon::is_prefix(before) {
            return Some(next);
        }
        let mut to = next;
        while to < next + 8 && is(self.byte(to), LOWER) {
            to += 1;
        }
        let after = &self.bytes[next..to.min(self.bytes.len())];
        let whole =
            !self.wordlike_at(to) && (lexicon::is_suffix(after) || lexicon::is_interjection(before, after));
        whole.then_some(next)
    }

    /// `&` between initials ("R&D", "AT&T"): one past it.
    fn ampersand(&self, element: usize, end: usize) -> Option<usize> {
        let mut to = end + 1;
        while to < end + 5 && is(self.byte(to), LETTER) {
            to += 1;
        }
        let (before, after) = (&self.bytes[element..end], self.bytes.get(end + 1..to)?);
        let capitals = before.iter().chain(after).all(|&b| is(b, UPPER));
        let short = !after.is_empty() && after.len() <= 3 && before.len() <= 4 && !self.wordlike_at(to);
        (short && (capitals || before.len() == 1 && after.len() == 1)).then_some(end + 1)
    }

    /// `/` between two single letters ("I/O"), and "s/he": one past it.
    fn slash(&self, start: usize, end: usize) -> Option<usize> {
        let one = end - start == 1
            && is(self.byte(end + 1), LETTER)
            && !self.wordlike_at(end + 2)
            && self.byte(end + 2) != b'/';
        let she = matches!(self.bytes[start], b's' | b'S')
            && end - start == 1
            && self.bytes[end + 1..].starts_with(b"he");
        (one || she).then_some(end + 1)
    }

    /// Where an address that starts at `start` ends.
    fn address(&mut self, start: usize) -> Option<usize> {
        if start >= self.chunk.end {
            let rest = &self.bytes[start..];
            let len = rest.iter().position(|&b| is(b, SPACE)).unwrap_or(rest.len());
            let addresses = len <= LONGEST_ADDRESS && web::may_hold_address(&rest[..len]);
            self.chunk = Chunk { end: start + len, addresses };
        }
        if !self.chunk.addresses {
            return None;
        }
        web::address_end(self.text.get(start..self.chunk.end)?).map(|len| start + len)
    }

    /// Ends a word at `end`: takes a full stop that belongs to it, splits contractions off.
    fn finish_word(&mut self, start: usize, mut end: usize, apostrophe: bool) {
        let mut kind = match self.bytes[start] {
            b if is(b, UPPER) => Kind::Capital,
            b if is(b, DIGIT) => Kind::Number,
            0x80.. if char_at(self.text, start).is_some_and(char::is_uppercase) => Kind::Capital,
            _ => Kind::Lower,
        };
        if self.byte(end) == b'.' && self.takes_full_stop(start, end) {
            end += 1;
            kind = Kind::Abbreviation;
        } else if apostrophe {
            return self.contraction(start, end, kind);
        } else if end - start <= 7
            && kind <= Kind::Capital
            && let Some(first) = lexicon::fused(&self.bytes[start..end])
        {
            self.push(start, start + first, kind);
            return self.push(start + first, end, Kind::Clitic);
        }
        self.push(start, end, kind);
    }

    fn contraction(&mut self, start: usize, end: usize, kind: Kind) {
        // "couldn't've" has two; a third is let be
        let second = clitics::split(&self.bytes[start..end]).map_or(end, |len| start + len);
        let first = clitics::split(&self.bytes[start..second]).map_or(second, |len| start + len);
        self.push(start, first, kind);
        for (from, to) in [(first, second), (second, end)] {
            if from < to {
                self.push(from, to, Kind::Clitic);
            }
        }
    }

    /// Whether the full stop at `end` belongs to the word before it.
    fn takes_full_stop(&self, start: usize, end: usize) -> bool {
        let next = self.byte(end + 1);
        if next == b'.' {
            return false;
        }
        let Some(word) = self.text.get(start..end) else { return false };
        let inner_dot = word.contains('.');
        if inner_dot {
            // initials and "Ph.D.", not file names
            return word.split('.').all(|part| part.len() <= 4);
        }
        // the first character that follows on the same line, past blanks
        let blanks =
            self.bytes[(end + 1).min(self.bytes.len())..].iter().take(8).take_while(|&&b| b == b' ').count();
        let follows = char_at(self.text, end + 1 + blanks).unwrap_or('\n');
        let mut chars = word.chars();
        if let (Some(only), None) = (chars.next(), chars.next())
            && only.is_uppercase()
        {
            let initial_next = || matches!(self.byte(end + 2 + blanks), b'.' | b' ');
            return if only == 'I' {
                follows.is_uppercase() && initial_next()
            } else {
                follows.is_alphabetic() || matches!(follows, ',' | '-')
            };
        }
        match lexicon::abbreviation(word) {
            Some(Abbreviation::Always) => true,
            Some(Abbreviation::BeforeNumber) => follows.is_ascii_digit() || next == b',',
            Some(Abbreviation::AfterComma) => self.last_kind() == Some(Kind::Comma),
            Some(Abbreviation::Inside) => !(follows.is_uppercase() || follows == '\n' || follows == '\r'),
            None => next == b',' && end - start <= 5,
        }
    }

    /// A token that starts with a digit (or with a sign at `start` and a digit after it).
    pub(crate) fn number(&mut self, start: usize) {
        let digits = start + usize::from(!is(self.byte(start), DIGIT));
        let mut end = numbers::end(self.bytes, digits);
        if matches!(self.byte(end), b'\'') && self.byte(end + 1) == b's' && !self.wordlike_at(end + 2) {
            return self.push(start, end + 2, Kind::Number);
        }
        if self.text.get(end..).is_some_and(|rest| rest.starts_with("’s")) && !self.wordlike_at(end + 4) {
            return self.push(start, end + 4, Kind::Number);
        }
        let ending = self.byte(end) == b'.' && self.letter_at(end + 1);
        if self.letter_at(end) || ending || matches!(self.byte(end), b'@' | b'_') {
            if let Some(address_end) = self.address(start) {
                return self.push(start, address_end, Kind::Web);
            }
            let mut letters = end;
            while letters < end + 9 && is(self.byte(letters), LETTER) {
                letters += 1;
            }
            let clock = matches!(self.byte(letters), b'.')
                && self.byte(letters + 1) | 0x20 == b'm'
                && letters == end + 1;
            let unit = lexicon::is_unit(&self.bytes[end..letters.min(self.bytes.len())])
                && !self.wordlike_at(letters);
            if !unit && !clock && (self.byte(end) == b'_' || self.wordlike_at(end)) {
                while let Some(Step::Through(to)) = self.continuation(start, start, end) {
                    end = to;
                }
                if self.byte(end) == b'\''
                    && self.byte(end + 1) == b's'
                    && !self.wordlike_at(end + 2)
                    && is(self.bytes[end - 1], DIGIT)
                {
                    end += 2;
                }
            }
        }
        self.push(start, end, Kind::Number);
    }
}

/// How a word goes on.
enum Step {
    /// More of the same element, up to here.
    Through(usize),
    /// An apostrophe with letters after it; up to here.
    Apostrophe(usize),
    /// A new element starts here, after a hyphen or full stop that joins.
    Element(usize),
    /// A dollar sign closes the token here ("US$").
    Dollar(usize),
}
