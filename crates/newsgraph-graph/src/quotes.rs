//! Quotes of a record: one node for each distinct utterance.

use crate::cell::{CELL_CHARS, plain};
use crate::facts::{DocId, End, MentionFact, NONE, Naming, Sym, Wording};
use crate::fold::each_word;
use crate::id::hash;
use crate::reading::{LinkDetails, PART, Reading, names_nobody};
use newsgraph_record::{Quote, Span};

/// As many words, and the same words are the same utterance whoever is named as its speaker. Fewer ("a direct
/// consequence") are two utterances in two mouths.
const TELLING_WORDS: usize = 8;

/// Bytes of folded text that a key keeps; of longer ones the rest is in the key as its hash.
const KEY_BYTES: usize = 1_000;

impl Reading<'_> {
    /// Enters all quotes.
    pub(crate) fn add_quotes(&mut self) {
        let record = self.record;
        for quote in &record.quotes {
            let node = self.add_quote(quote);
            self.quotes.push(node);
        }
        for (quote, &node) in record.quotes.iter().zip(&self.quotes.clone()) {
            let outer = quote.nested_in.and_then(|outer| self.quotes.get(outer as usize).copied().flatten());
            if let (Some(inner), Some(outer)) = (node, outer)
                && inner != outer
            {
                let how = LinkDetails::plain(quote.confidence);
                self.link(End::Node(inner), "NESTED_IN", End::Node(outer), place(quote), how);
                self.relay(quote, inner, how);
            }
        }
    }

    fn add_quote(&mut self, quote: &Quote) -> Option<Sym> {
        let content = self.texts(&quote.content);
        let content = if quote.form == "direct" { &content } else { without_that(&content) };
        let label = plain(without_marks(content), CELL_CHARS).into_owned();
        let at = place(quote);
        let start = quote.content.first()?[0];
        if label.is_empty() {
            return None;
        }
        let speaker =
            self.entity(quote.speaker).map(|entity| entity.node).or_else(|| self.unnamed_source(quote));
        let key = self.utterance_key(content, speaker);
        let node = self.facts.strings.intern(&key);
        let text = self.facts.strings.intern(&label);
        self.facts.wordings.push(Wording { node, origin: node, text, document: self.document, start });
        let how = LinkDetails::plain(quote.confidence);
        if let Some(speaker) = speaker {
            self.link(End::Node(speaker), "SAID", End::Node(node), at, how);
        }
        if let Some(addressee) = self.entity(quote.addressee) {
            self.link(End::Node(node), "ADDRESSED_TO", End::Node(addressee.node), at, how);
        }
        for &span in &quote.content {
            self.add_topics(node, span, how);
        }
        Some(node)
    }

    /// Whoever says that somebody said it relays it.
    fn relay(&mut self, quote: &Quote, inner: Sym, how: LinkDetails) {
        let outer = quote.nested_in.and_then(|outer| self.record.quotes.get(outer as usize));
        let teller = outer.and_then(|outer| self.entity(outer.speaker));
        if let Some(teller) = teller.filter(|_| outer.is_some_and(|outer| outer.speaker != quote.speaker)) {
            self.link(End::Node(teller.node), "RELAYED", End::Node(inner), place(quote), how);
        }
    }

    /// The quote is about what its content mentions by name or description.
    fn add_topics(&mut self, quote: Sym, content: Span, how: LinkDetails) {
        let topics: Vec<(Sym, u32)> = self
            .names_within(content)
            .filter_map(|name| Some((self.entity(Some(name.entity))?.node, name.start)))
            .collect();
        for (topic, at) in topics {
            self.link(End::Node(quote), "ABOUT", End::Node(topic), Some(at), how);
        }
    }

    /// The node of a source that is no entity of the record ("local officials"): this document's own.
    fn unnamed_source(&mut self, quote: &Quote) -> Option<Sym> {
        let &[start, end] = quote.source.first()?;
        let text = self.texts(&quote.source);
        if names_nobody(&text) {
            return None;
        }
        let document: DocId = self.document;
        let node = self.facts.strings.intern(&format!("{}{PART}{start}{PART}UNNAMED", self.local));
        let name = self.facts.strings.intern(&plain(&text, CELL_CHARS));
        let kind = self.facts.strings.intern("UNNAMED");
        let form = self.facts.strings.intern("nominal");
        let text = self.facts.strings.intern(&plain(self.text([start, end]), CELL_CHARS));
        self.facts.namings.push(Naming { node, origin: node, name, kind, kb: NONE, entry: NONE, document });
        self.facts.mentions.push(MentionFact { node, document, start, end, entity: NONE, form, text });
        Some(node)
    }

    /// The words that are said; of few words also who says them, or in which document nobody knows who.
    fn utterance_key(&self, content: &str, speaker: Option<Sym>) -> String {
        let mut folded = String::with_capacity(content.len());
        let mut words = 0;
        each_word(content, |word| {
            if words > 0 {
                folded.push(' ');
            }
            folded.push_str(word);
            words += 1;
        });
        let mut key = format!("said{PART}");
        if words < TELLING_WORDS {
            let speaker = speaker.and_then(|node| self.facts.strings.get(node));
            key.push_str(speaker.unwrap_or(&self.local));
        }
        key.push(PART);
        if words == 0 {
            // What has no letters (an emoji) is told apart by itself.
            folded.push_str(&plain(content, CELL_CHARS));
        }
        if folded.len() <= KEY_BYTES {
            key.push_str(&folded);
        } else {
            let cut = folded.floor_char_boundary(KEY_BYTES);
            key.push_str(&folded[..cut]);
            key.push_str(&format!("{PART}{}{PART}{:016x}", folded.len(), hash(folded.as_bytes())));
        }
        key
    }
}

/// Whether a key of [`Reading::utterance_key`] holds for one speaker or document only.
pub(crate) fn names_speaker(key: &str) -> bool {
    key.strip_prefix("said")
        .and_then(|rest| rest.strip_prefix(PART))
        .is_some_and(|rest| !rest.starts_with(PART))
}

/// Where the sentence stands that shows who said it: the cue, else the source, else the content.
fn place(quote: &Quote) -> Option<u32> {
    [&quote.cue, &quote.source, &quote.content].iter().find_map(|spans| spans.first().map(|span| span[0]))
}

/// A reported clause without the conjunction that leads over to it.
fn without_that(content: &str) -> &str {
    let content = content.trim_start();
    content
        .strip_prefix("that")
        .filter(|rest| rest.starts_with(char::is_whitespace))
        .unwrap_or(content)
        .trim_start()
}

/// The content without the quotation marks around it, when these are its only ones, and without the comma that
/// leads over to the cue.
fn without_marks(content: &str) -> &str {
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
    let content = content.trim().trim_end_matches(',');
    let inner = content.trim_matches(is_mark);
    if inner.contains(is_mark) { content } else { inner.trim().trim_end_matches(',').trim_end() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_lose_their_conjunction() {
        for (content, expected) in [
            ("that it rains", "it rains"),
            ("that “it rains”", "“it rains”"),
            ("thatched roofs leak", "thatched roofs leak"),
            ("that", "that"),
        ] {
            assert_eq!(without_that(content), expected);
        }
    }

    #[test]
    fn labels_lose_only_marks_around_the_whole() {
        for (content, expected) in [
            ("“We extend our condolences,”", "We extend our condolences"),
            ("\"No\",", "No"),
            ("that it was “a mistake”", "that it was “a mistake”"),
            ("“one” and “two”", "“one” and “two”"),
            ("it rains ,", "it rains"),
            ("\"", ""),
        ] {
            assert_eq!(without_marks(content), expected, "{content}");
        }
    }
}
