//! Quoted utterances that are set beside a clause are parsed apart from it.
//!
//! "'We are trying to protect the Constitution, and it is hard,' said Olsen, who chairs the panel": treebanks have few
//! such sentences, and a greedy parser is led astray by the long quotation. But the quotation marks tell where it
//! begins and ends. So the quotation is cut out as an island, the rest is parsed without it, and the island's root is
//! hung on the verb that it stands next to, as `ccomp`. Only what the marks make certain is cut out: quotations that
//! are complements inside a running clause ("he said the plan was 'a mistake'") stay in it.

use newsgraph_text::TokenRange;
use newsgraph_token::{Quotation, QuotationKind, Segmentation};

use crate::{Deprel, Upos};

/// Islands of a sentence, at most: each is compared with all words, and that must not grow with the square.
const MOST: usize = 32;

/// A parsed word of a sentence: the index of its head within the sentence (`None` for the root), and its relation.
pub(crate) type Arc = (Option<u32>, Deprel);

/// Finds the islands of a sentence, in order; as ranges of tokens of the document, marks included.
pub(crate) fn find(text: &str, segmentation: &Segmentation, sentence: TokenRange, out: &mut Vec<TokenRange>) {
    out.clear();
    let span = segmentation.span(sentence);
    let quotations = segmentation.quotations();
    let mut at = quotations.partition_point(|q| q.span.start < span.start);
    // A quotation of several sentences began before this one.
    let earlier = quotations[..at].iter().rev().take(4).find(|q| q.depth == 0 && q.span.end > span.start);
    if let Some(quotation) = earlier {
        add(text, segmentation, sentence, quotation, out);
    }
    while let Some(quotation) = quotations.get(at).filter(|q| q.span.start < span.end) {
        if quotation.depth == 0 {
            add(text, segmentation, sentence, quotation, out);
        }
        at += 1;
    }
    let words = |range: TokenRange| range.iter().filter(|&t| is_word(segmentation.form(text, t))).count();
    let inside: usize = out.iter().map(|&island| words(island)).sum();
    if words(sentence) < inside + 2 {
        out.clear();
    }
}

fn add(
    text: &str,
    segmentation: &Segmentation,
    sentence: TokenRange,
    quotation: &Quotation,
    out: &mut Vec<TokenRange>,
) {
    let whole = segmentation.tokens_in(quotation.span);
    let island =
        TokenRange::new(whole.start.max(sentence.start), whole.end.min(sentence.end).max(whole.start));
    let form = |t: u32| segmentation.form(text, t);
    let closes_here = quotation.closed && whole.end <= sentence.end;
    let last_inside = if closes_here { island.end.checked_sub(2) } else { island.end.checked_sub(1) };
    let ends_itself = last_inside.is_some_and(|t| {
        t >= island.start && matches!(form(t), "," | "." | "?" | "!" | "…" | "..." | "—" | "–" | "-" | "--")
    });
    let utterance = quotation.kind == QuotationKind::Utterance;
    let begins = island.start == sentence.start;
    let comma_after = island.end < sentence.end && form(island.end) == ",";
    let set_off = begins || (island.start > sentence.start && matches!(form(island.start - 1), "," | ":"));
    let runs_out = (island.end..sentence.end).all(|t| !is_word(form(t)));
    let is_island = if begins {
        ends_itself || (utterance && comma_after)
    } else {
        utterance && (ends_itself || runs_out)
    };
    let free = out.len() < MOST && out.last().is_none_or(|last| last.end <= island.start);
    if is_island && set_off && free && island.iter().any(|t| is_word(form(t))) {
        out.push(island);
    }
}

fn is_word(form: &str) -> bool {
    form.chars().any(char::is_alphanumeric)
}

/// The word of the frame that an island hangs on: the nearest verb that heads a clause of its own, on the side that
/// the comma points to; else the root. `arcs` are those of the frame, `None` for words of islands.
pub(crate) fn host(
    sentence: TokenRange,
    island: TokenRange,
    arcs: &[Option<Arc>],
    upos: impl Fn(u32) -> Upos,
) -> Option<u32> {
    let heads_clause = |i: u32| {
        let Some(Some((_, deprel))) = arcs.get(i as usize) else { return false };
        let modifies = [
            Deprel::Acl,
            Deprel::Amod,
            Deprel::Aux,
            Deprel::Cop,
            Deprel::Xcomp,
            Deprel::Case,
            Deprel::Compound,
        ];
        upos(i) == Upos::Verb && !modifies.iter().any(|&d| deprel.is(d))
    };
    let (start, end) = (island.start - sentence.start, island.end - sentence.start);
    let after = (end..sentence.len()).find(|&i| heads_clause(i));
    let before = (0..start).rev().find(|&i| heads_clause(i));
    let nearest = match (before, after) {
        (Some(b), Some(a)) if start == 0 || start - b > a - end => Some(a),
        (Some(b), _) => Some(b),
        (None, a) => a,
    };
    let root = || (0..sentence.len()).find(|&i| matches!(arcs.get(i as usize), Some(Some((None, _)))));
    nearest.or_else(root)
}

/// Turns the object of an inverted verb of saying into its subject: after a quotation, "said Olsen" has nobody else
/// to say it.
pub(crate) fn turn_inverted_subject(
    host: u32,
    island_end: u32,
    arcs: &mut [Option<Arc>],
    upos: impl Fn(u32) -> Upos,
) {
    let between_is_bare = (island_end..host).all(|i| matches!(upos(i), Upos::Punct | Upos::Aux | Upos::Adv));
    let of_host = |arc: &Option<Arc>| arc.filter(|(head, _)| *head == Some(host)).map(|(_, deprel)| deprel);
    let has_subject = arcs.iter().any(|a| of_host(a).is_some_and(|d| d.is(Deprel::Nsubj)));
    if !between_is_bare || has_subject {
        return;
    }
    let after = arcs.iter_mut().skip(host as usize + 1);
    let object = after
        .flatten()
        .find(|(head, deprel)| *head == Some(host) && (deprel.is(Deprel::Obj) || *deprel == Deprel::Xcomp));
    if let Some(arc) = object {
        arc.1 = Deprel::Nsubj;
    }
}
