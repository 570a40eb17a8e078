//! The quotation layer: which marks open and close, what lies between them.
//!
//! One pass a paragraph over the tokens that are marks, with a stack of those open. What a mark can be follows from
//! its character and from the white space at either side; what it is, from the stack. Nothing reaches beyond its
//! paragraph, except that a paragraph which opens anew is linked to the one before whose quotation was left open.

use newsgraph_text::{Span, TokenRange};

use crate::marks::{Gap, Kind, Mark};
use crate::quoted;
use crate::{Quotation, Segmentation};

/// Which marks pair with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Angle,
}

/// What a mark can be, seen alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Open,
    Close,
    Either,
    /// Possibly the end of a single quotation, possibly an apostrophe.
    CloseOrApostrophe,
}

/// An opening mark met in the paragraph, and what became of it.
#[derive(Clone, Copy, Debug)]
struct Opened {
    /// The token of the mark.
    open: u32,
    /// The token of the closing mark, or one past the last token where none closes it.
    end: u32,
    family: Family,
    closed: bool,
    /// Turned out to be no quotation mark.
    dropped: bool,
}

/// The pass and its scratch space.
#[derive(Debug, Default)]
pub(crate) struct QuotationPass {
    opened: Vec<Opened>,
    /// Indices into `opened` of those not yet closed.
    stack: Vec<u32>,
    /// Ends of the quotations around the one that is emitted.
    around: Vec<u32>,
}

/// Marks of one family still to come in the paragraph, by their looks, and those open now.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    openers: u32,
    closers: u32,
    open: u32,
}

impl QuotationPass {
    /// Fills the quotations of `out`, and rewrites the kind of every mark to what it turned out to be: an opening
    /// or closing mark, or no quotation mark at all.
    pub(crate) fn run(&mut self, text: &str, out: &mut Segmentation, marks: &mut [Mark]) {
        let mut pending: Option<(u32, Family)> = None;
        let mut start = 0;
        while start < marks.len() {
            let mut end = start + 1;
            let mut any = marks[start].kind.is_quote();
            while end < marks.len() && marks[end].gap != Gap::Paragraph {
                any |= marks[end].kind.is_quote();
                end += 1;
            }
            pending = if any { self.paragraph(text, out, marks, start, end, pending) } else { None };
            start = end;
        }
    }

    /// Resolves the paragraph of tokens `start..end`; returns the quotation left open at its end.
    fn paragraph(
        &mut self,
        text: &str,
        out: &mut Segmentation,
        marks: &mut [Mark],
        start: usize,
        end: usize,
        pending: Option<(u32, Family)>,
    ) -> Option<(u32, Family)> {
        self.opened.clear();
        self.stack.clear();
        let mut counts = [Counts::default(); 3];
        let scope = Scope { text, tokens: out.tokens(), start, end };
        for at in start..end {
            if let Some((family, look)) = scope.look(marks, at) {
                let count = &mut counts[family as usize];
                count.openers += u32::from(look == Look::Open || look == Look::Either);
                count.closers += u32::from(look != Look::Open);
            }
        }
        for at in start..end {
            let Some((family, look)) = scope.look(marks, at) else { continue };
            let count = &mut counts[family as usize];
            // A mark may look otherwise now that those before it are settled, so a count may run out early.
            count.openers =
                count.openers.saturating_sub(u32::from(look == Look::Open || look == Look::Either));
            count.closers = count.closers.saturating_sub(u32::from(look != Look::Open));
            let role = scope.role(marks, at, family, look, *count, self.innermost_family());
            marks[at].kind = match role {
                Role::Open => {
                    self.open(at as u32, family, &mut counts);
                    if family == Family::Single { Kind::OpenSingle } else { Kind::OpenDouble }
                }
                Role::Close => {
                    self.close(at as u32, family, &mut counts);
                    if family == Family::Single { Kind::CloseSingle } else { Kind::CloseDouble }
                }
                Role::Apostrophe => Kind::Clitic,
                Role::Measure => Kind::Symbol,
                // a closing mark that nothing opened still closes for the eye
                Role::Stray => {
                    if look == Look::Open {
                        Kind::OpenDouble
                    } else {
                        Kind::CloseDouble
                    }
                }
            };
        }
        self.emit(text, out, marks, start, end, pending)
    }

    fn innermost_family(&self) -> Option<Family> {
        self.stack.last().map(|&index| self.opened[index as usize].family)
    }

    fn open(&mut self, at: u32, family: Family, counts: &mut [Counts; 3]) {
        let count = &mut counts[family as usize];
        // the same mark again with one still open: nested when enough closing marks are left, else the first was never closed
        if count.open > 0 && self.innermost_family() == Some(family) && count.closers <= count.open {
            self.leave_open(at, counts);
        }
        counts[family as usize].open += 1;
        self.stack.push(self.opened.len() as u32);
        self.opened.push(Opened { open: at, end: at + 1, family, closed: false, dropped: false });
    }

    /// Ends the innermost quotation before token `at` without a closing mark.
    fn leave_open(&mut self, at: u32, counts: &mut [Counts; 3]) {
        if let Some(index) = self.stack.pop() {
            let opened = &mut self.opened[index as usize];
            counts[opened.family as usize].open -= 1;
            opened.end = at;
            opened.dropped = opened.family == Family::Single;
        }
    }

    fn close(&mut self, at: u32, family: Family, counts: &mut [Counts; 3]) {
        while self.innermost_family().is_some_and(|innermost| innermost != family) {
            self.leave_open(at, counts);
        }
        if let Some(index) = self.stack.pop() {
            counts[family as usize].open -= 1;
            let opened = &mut self.opened[index as usize];
            opened.end = at;
            opened.closed = true;
        }
    }

    /// Adds the quotations of the paragraph to `out`, outer before inner.
    fn emit(
        &mut self,
        text: &str,
        out: &mut Segmentation,
        marks: &[Mark],
        start: usize,
        end: usize,
        pending: Option<(u32, Family)>,
    ) -> Option<(u32, Family)> {
        for &index in &self.stack {
            let opened = &mut self.opened[index as usize];
            opened.end = end as u32;
            // a single mark that nothing closes is an apostrophe, unless the paragraph starts with it
            opened.dropped |= opened.family == Family::Single && opened.open as usize != start;
        }
        self.around.clear();
        let mut left_open = None;
        for opened in self.opened.iter().filter(|o| !o.dropped && o.open + 1 < o.end) {
            while self.around.last().is_some_and(|&outer| outer <= opened.open) {
                self.around.pop();
            }
            let range = TokenRange::new(opened.open + 1, opened.end);
            let (first, last) = (out.token(opened.open), out.token(opened.end - 1));
            let closing = if opened.closed { out.token(opened.end) } else { Span::new(last.end, last.end) };
            let quotation = Quotation {
                span: first.cover(closing),
                inner: if opened.closed {
                    Span::new(first.end, closing.start)
                } else {
                    Span::new(first.end, last.end)
                },
                tokens: range,
                depth: self.around.len().min(usize::from(u8::MAX)) as u8,
                closed: opened.closed,
                kind: quoted::kind(text, out.tokens(), marks, range, opened.closed, start..end),
                continues: pending
                    .filter(|&(_, family)| opened.open as usize == start && family == opened.family)
                    .map(|(index, _)| index),
            };
            if !opened.closed && opened.end as usize == end && left_open.is_none() {
                left_open = Some((out.quotations().len() as u32, opened.family));
            }
            self.around.push(opened.end);
            out.push_quotation(quotation);
        }
        left_open
    }
}

/// What a mark is.
enum Role {
    Open,
    Close,
    /// An apostrophe at the edge of a word.
    Apostrophe,
    /// Feet or inches.
    Measure,
    /// A mark that pairs with nothing.
    Stray,
}

/// The paragraph in which marks are looked at.
struct Scope<'s> {
    text: &'s str,
    tokens: &'s [Span],
    start: usize,
    end: usize,
}

impl Scope<'_> {
    /// The family of the mark at token `at` and what it can be; `None` for other tokens.
    fn look(&self, marks: &[Mark], at: usize) -> Option<(Family, Look)> {
        let kind = marks[at].kind;
        if !kind.is_quote() {
            return None;
        }
        let (opens, closes) = (self.opens_by_space(marks, at), self.closes_by_space(marks, at));
        let by_space = match (opens, closes) {
            (true, false) => Look::Open,
            (false, true) => Look::Close,
            _ => Look::Either,
        };
        Some(match kind {
            Kind::StraightDouble => (Family::Double, by_space),
            // “ closes a German pair, or stands for ” at the hand of some typists
            Kind::OpenDouble => {
                (Family::Double, if by_space == Look::Close { Look::Either } else { Look::Open })
            }
            Kind::CloseDouble => {
                (Family::Double, if by_space == Look::Open { Look::Either } else { Look::Close })
            }
            Kind::LowDouble => (Family::Double, Look::Open),
            Kind::LowSingle => (Family::Single, Look::Open),
            Kind::OpenAngle => {
                (Family::Angle, if by_space == Look::Close { Look::Either } else { Look::Open })
            }
            Kind::CloseAngle => {
                (Family::Angle, if by_space == Look::Open { Look::Either } else { Look::Close })
            }
            Kind::OpenSingle => {
                (Family::Single, if by_space == Look::Close { Look::Either } else { Look::Open })
            }
            Kind::CloseSingle if by_space == Look::Open => (Family::Single, Look::Either),
            Kind::CloseSingle => (Family::Single, Look::CloseOrApostrophe),
            _ => (Family::Single, if by_space == Look::Open { Look::Open } else { Look::CloseOrApostrophe }),
        })
    }

    /// Whether white space or an opening sign stands before the mark, other marks aside.
    fn opens_by_space(&self, marks: &[Mark], at: usize) -> bool {
        let mut first = at;
        while first > self.start
            && at - first < 3
            && marks[first].gap == Gap::None
            && marks[first - 1].kind.is_quote()
        {
            first -= 1;
        }
        first == self.start
            || marks[first].gap != Gap::None
            || matches!(
                marks[first - 1].kind,
                Kind::OpenBracket | Kind::Dash | Kind::Hyphen | Kind::Symbol | Kind::Bullet
            )
    }

    /// Whether white space or the punctuation that follows a closing mark stands after it, other marks aside.
    fn closes_by_space(&self, marks: &[Mark], at: usize) -> bool {
        let mut next = at + 1;
        while next < self.end && next - at < 4 && marks[next].gap == Gap::None && marks[next].kind.is_quote()
        {
            next += 1;
        }
        next >= self.end
            || marks[next].gap != Gap::None
            || matches!(
                marks[next].kind,
                Kind::Comma
                    | Kind::Semicolon
                    | Kind::Colon
                    | Kind::Period
                    | Kind::Exclamation
                    | Kind::CloseBracket
                    | Kind::Clitic
            )
            || !self.opens_by_space(marks, at)
                && matches!(marks[next].kind, Kind::Dash | Kind::Hyphen | Kind::Ellipsis | Kind::Symbol)
    }

    /// Settles what the mark at `at` is; `count` tells of its family, the mark itself no longer counted.
    fn role(
        &self,
        marks: &[Mark],
        at: usize,
        family: Family,
        look: Look,
        count: Counts,
        innermost: Option<Family>,
    ) -> Role {
        if self.measures(marks, at, count) {
            return Role::Measure;
        }
        let role = match look {
            Look::Open => Role::Open,
            Look::Close => Role::Close,
            Look::Either if count.open > 0 => Role::Close,
            Look::Either => Role::Open,
            Look::CloseOrApostrophe if count.open == 0 || self.is_apostrophe(marks, at, count) => {
                Role::Apostrophe
            }
            Look::CloseOrApostrophe => Role::Close,
        };
        match role {
            Role::Close if count.open == 0 => Role::Stray,
            // a single mark opens only where one is left to close it
            Role::Open if family == Family::Single && count.closers == 0 && at != self.start => {
                Role::Apostrophe
            }
            // an apostrophe inside a double quotation does not tear it open
            Role::Close
                if family == Family::Single && innermost == Some(Family::Double) && self.after_s(at) =>
            {
                Role::Apostrophe
            }
            role => role,
        }
    }

    fn after_s(&self, at: usize) -> bool {
        at > self.start && matches!(self.tokens[at - 1].of(self.text).as_bytes().last(), Some(b's' | b'S'))
    }

    /// Whether a mark that could close a single quotation is the apostrophe of a plural or of a word cut short.
    fn is_apostrophe(&self, marks: &[Mark], at: usize, count: Counts) -> bool {
        let word_follows =
            at + 1 < self.end && marks[at + 1].gap == Gap::Space && marks[at + 1].kind <= Kind::Number;
        let cut_short = at > self.start && self.tokens[at - 1].of(self.text).ends_with("in");
        word_follows && (self.after_s(at) || cut_short) && count.closers >= count.openers + count.open
    }

    /// Whether the mark measures feet or inches: right after a number, with no quotation that it would close.
    fn measures(&self, marks: &[Mark], at: usize, count: Counts) -> bool {
        let straight = matches!(marks[at].kind, Kind::StraightDouble | Kind::StraightSingle);
        let number = at > self.start && marks[at].gap == Gap::None && marks[at - 1].kind == Kind::Number;
        if !straight || !number {
            return false;
        }
        // inside a quotation it closes, unless the sentence runs on and as many closing marks are left as needed
        let runs_on =
            at + 1 < self.end && marks[at + 1].gap == Gap::Space && marks[at + 1].kind == Kind::Lower;
        count.open == 0 || runs_on && count.closers >= count.openers + count.open
    }
}
