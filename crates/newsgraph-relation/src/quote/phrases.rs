//! Attributions whose cue is no verb: "according to X", "X's claim that …", "Macron: …".

use newsgraph_syntax::{Deprel, Upos};
use newsgraph_text::TokenRange;

use super::draft::{Attribution, Context};
use super::ranges;
use crate::QuoteKind;
use crate::cue::CueLexicon;

/// "According to X, …" and "…, according to X".
pub(crate) fn according_to(ctx: &Context<'_>, token: u32) -> Option<Attribution> {
    let next = token + 1;
    let is_phrase = ctx.form(token).eq_ignore_ascii_case("according")
        && next < ctx.syntax.len()
        && ctx.form(next).eq_ignore_ascii_case("to");
    if !is_phrase {
        return None;
    }
    // Taggers differ on "according": a case marker of the noun, or a verb with the noun below it.
    let marked = ctx.syntax.head(token).filter(|&h| h > next && ctx.syntax.deprel(token).is(Deprel::Case));
    let below = || {
        let noun =
            |c: &u32| *c > next && matches!(ctx.syntax.upos(*c), Upos::Noun | Upos::Propn | Upos::Pron);
        ctx.syntax.children(token).find(noun)
    };
    let noun = marked.or_else(below)?;
    let phrase = ctx.syntax.subtree(noun);
    let mut source = TokenRange::new((next + 1).min(noun), phrase.end.max(noun + 1));
    source.end = source.end.min(clause_end(ctx, noun, source));
    while source.end > noun + 1
        && ctx.is_punctuation(source.end - 1)
        && !matches!(ctx.form(source.end - 1), ")" | "]")
    {
        source.end -= 1;
    }
    let host = ctx.syntax.head(if marked.is_some() { noun } else { token });
    let found = Phrase {
        kind: QuoteKind::Statement,
        whole: TokenRange::new(token, source.end),
        source,
        source_head: noun,
        host,
    };
    found.attribution(ctx, TokenRange::new(token, next + 1), 0.85)
}

/// "In Olsen's view, …", "in the words of the minister, …".
pub(crate) fn set_phrase(ctx: &Context<'_>, lexicon: &CueLexicon, token: u32) -> Option<Attribution> {
    let syntax = ctx.syntax;
    if syntax.upos(token) != Upos::Noun {
        return None;
    }
    let case = syntax.child(token, Deprel::Case).filter(|&c| c < token)?;
    let (preposition, noun) = (ctx.form(case).to_lowercase(), syntax.lemma(token));
    let possessor = syntax.child(token, Deprel::NmodPoss);
    let (source_head, cue) = match possessor {
        Some(head) => (head, lexicon.phrase(&format!("{preposition} one's {noun}"))?),
        None => {
            let of =
                |c: &u32| *c > token && syntax.child(*c, Deprel::Case).is_some_and(|m| ctx.form(m) == "of");
            let head = syntax.children(token).find(of)?;
            let plural = ctx.form(token).to_lowercase();
            let phrase = |n: &str| lexicon.phrase(&format!("{preposition} the {n} of"));
            (head, phrase(noun).or_else(|| phrase(&plural))?)
        }
    };
    if cue.weak {
        return None;
    }
    let mut source = ctx.source_phrase(source_head, token);
    if source.len() > 1 && matches!(ctx.form(source.end - 1), "'s" | "’s" | "'" | "’") {
        source.end -= 1;
    }
    let whole = syntax.subtree(token);
    let found = Phrase { kind: cue.kind, whole, source, source_head, host: syntax.head(token) };
    found.attribution(ctx, TokenRange::new(token, token + 1), 0.75)
}

/// A phrase that attributes the clause it is set into.
struct Phrase {
    kind: QuoteKind,
    whole: TokenRange,
    source: TokenRange,
    source_head: u32,
    /// The word that the phrase hangs on.
    host: Option<u32>,
}

impl Phrase {
    fn attribution(self, ctx: &Context<'_>, cue: TokenRange, confidence: f32) -> Option<Attribution> {
        let sentence = ctx.sentence_of(cue.start);
        let mut content = vec![self.host.map_or(sentence, |h| host_range(ctx, h, sentence))];
        ranges::subtract(&mut content, &[self.whole]);
        ctx.widen_inside(cue.start, &mut content);
        ranges::subtract(&mut content, &[self.whole]);
        ctx.trim(&mut content);
        (!content.is_empty()).then(|| Attribution {
            kind: self.kind,
            cue_head: cue.start,
            cue: vec![cue],
            source: Some(self.source),
            source_head: Some(self.source_head),
            content,
            addressee_head: None,
            confidence,
            quotes_words: false,
        })
    }
}

/// Where a source that runs on into a clause ends: before a quotation, or at its subtree's end.
fn clause_end(ctx: &Context<'_>, noun: u32, source: TokenRange) -> u32 {
    source
        .iter()
        .find(|&t| {
            t > noun
                && ctx
                    .quotation_at(t)
                    .is_some_and(|q| ctx.is_utterance(q) && !ctx.with_marks(q).contains(noun))
        })
        .unwrap_or(source.end)
}

/// The clause that a phrase speaks of: the nearest predicate above that is no modifier of a noun or of another
/// clause, or the whole sentence for the main one.
fn host_range(ctx: &Context<'_>, host: u32, sentence: TokenRange) -> TokenRange {
    let mut at = host;
    let modifies = |t: u32| {
        let deprel = ctx.syntax.deprel(t);
        [Deprel::Acl, Deprel::Advcl, Deprel::Xcomp, Deprel::Parataxis].iter().any(|&d| deprel.is(d))
    };
    while ctx.frames.headed_by(at).is_none() || modifies(at) {
        match ctx.syntax.head(at) {
            Some(head) => at = head,
            None => return sentence,
        }
    }
    if ctx.syntax.head(at).is_none() { sentence } else { ctx.syntax.subtree(at) }
}

/// "Macron's warning that …", "a statement by the ministry that …", "the claim that …".
pub(crate) fn noun_cue(ctx: &Context<'_>, lexicon: &CueLexicon, token: u32) -> Option<Attribution> {
    let syntax = ctx.syntax;
    if syntax.upos(token) != Upos::Noun {
        return None;
    }
    let cue = lexicon.noun(syntax.lemma(token))?;
    let content = syntax.children(token).find_map(|c| {
        let deprel = syntax.deprel(c);
        let clause = (deprel.is(Deprel::Acl) && deprel != Deprel::AclRelcl) || deprel.is(Deprel::Ccomp);
        let marker = syntax.children(c).find(|&m| syntax.deprel(m).is(Deprel::Mark)).map(|m| ctx.form(m));
        let fits = match marker {
            Some("that") => cue.that,
            Some("to") => cue.to,
            Some("whether" | "if") => cue.wh,
            _ => false,
        };
        (clause && fits && c > token).then(|| (syntax.subtree(c), marker == Some("that")))
    });
    let source_head = syntax.child(token, Deprel::NmodPoss).or_else(|| {
        syntax.children(token).find(|&c| {
            syntax.deprel(c).is(Deprel::Nmod)
                && syntax.child(c, Deprel::Case).is_some_and(|m| matches!(ctx.form(m), "by" | "from"))
        })
    })?;
    let (range, that_clause) = content?;
    let mut source = ctx.source_phrase(source_head, token);
    if source.len() > 1 && matches!(ctx.form(source.end - 1), "'s" | "’s" | "'" | "’") {
        source.end -= 1;
    }
    let mut content = vec![range];
    ctx.widen_inside(token, &mut content);
    ranges::subtract(&mut content, &[source, TokenRange::new(token, token + 1)]);
    ctx.trim(&mut content);
    (!content.is_empty()).then(|| Attribution {
        kind: cue.kind,
        cue_head: token,
        cue: vec![TokenRange::new(token, token + 1)],
        source: Some(source),
        source_head: Some(source_head),
        content,
        addressee_head: None,
        confidence: if that_clause { 0.7 } else { 0.45 },
        quotes_words: false,
    })
}

/// "Macron: …": a line that opens with a short name and a colon, as transcripts and headlines have it.
pub(crate) fn colon(
    ctx: &Context<'_>,
    sentence: TokenRange,
    is_name: impl Fn(u32) -> bool,
) -> Option<Attribution> {
    /// Longest name before the colon, in tokens.
    const LONGEST: u32 = 6;
    let limit = sentence.end.min(sentence.start + LONGEST + 1);
    let colon = (sentence.start..limit).find(|&t| ctx.form(t) == ":")?;
    let source = TokenRange::new(sentence.start, colon);
    let named = !source.is_empty()
        && is_name(colon - 1)
        && !source.iter().any(|t| ctx.is_punctuation(t) && ctx.form(t) != ".");
    let mut content = vec![TokenRange::new(colon + 1, sentence.end)];
    ctx.widen_inside(colon, &mut content);
    ctx.trim(&mut content);
    (named && !content.is_empty()).then(|| Attribution {
        kind: QuoteKind::Statement,
        cue_head: colon,
        cue: vec![TokenRange::new(colon, colon + 1)],
        source: Some(source),
        source_head: Some(colon - 1),
        content,
        addressee_head: None,
        confidence: 0.7,
        quotes_words: true,
    })
}
