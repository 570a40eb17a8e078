//! Attributions whose cue is a verb: "said that", "…," said X, "urged X to", "accused X of", "was quoted as
//! saying".

use newsgraph_syntax::{Deprel, Upos};
use newsgraph_text::TokenRange;

use super::draft::{Attribution, Context};
use super::ranges;
use crate::cue::{AddresseeSlot, Cue, CueLexicon};
use crate::{Argument, Frame, Frames, Link, Relation, Voice};

/// What evidence ties the content to the cue: how much the attribution is to be trusted.
pub(crate) mod trust {
    pub(super) const QUOTED: f32 = 0.95;
    pub(crate) const CLAUSE: f32 = 0.9;
    pub(super) const INFINITIVE: f32 = 0.7;
    pub(super) const PREPOSITION: f32 = 0.65;
    pub(crate) const OBJECT: f32 = 0.5;
    /// Factor for cues that are cues in the smaller part of their uses.
    pub(super) const WEAK: f32 = 0.6;
}

/// Finds the attribution that a verb's frame makes, if its verb is a cue and content stands beside it.
pub(crate) fn attribution(ctx: &Context<'_>, lexicon: &CueLexicon, frame: &Frame) -> Option<Attribution> {
    let cue = cue_of(ctx, lexicon, frame)?;
    let mut found = Content::default();
    let subject = source_of(ctx, frame);
    found.gather(ctx, lexicon, cue, frame, subject.map(|s| s.head));
    if found.ranges.is_empty() || (cue.weak && found.confidence < trust::CLAUSE) {
        return None;
    }
    build(ctx, cue, frame, subject, found)
}

/// "'Who do they think they are?' Olsen asked.": the sentence of the cue begins after the quotation that ends the
/// sentence before. Only for a verb that governs nothing else.
pub(crate) fn after_quotation(
    ctx: &Context<'_>,
    lexicon: &CueLexicon,
    frame: &Frame,
    quotation: TokenRange,
) -> Option<Attribution> {
    let cue = cue_of(ctx, lexicon, frame).filter(|c| c.quote && !c.weak)?;
    let mut found = Content { quotes_words: true, ..Content::default() };
    found.add(quotation, trust::CLAUSE);
    build(ctx, cue, frame, source_of(ctx, frame), found)
}

fn build(
    ctx: &Context<'_>,
    cue: &Cue,
    frame: &Frame,
    subject: Option<Argument>,
    found: Content,
) -> Option<Attribution> {
    let cue_tokens = cue_span(ctx, frame, &found);
    let mut source_head = subject.map(|s| s.head);
    if source_head.is_none() && (found.quotes_words || found.set_into_clause) && frame.voice == Voice::Active
    {
        source_head = nearest_nominal(ctx, frame.head);
    }
    let source = match subject.and_then(|s| s.pronoun) {
        Some(pronoun) => Some(TokenRange::new(pronoun, pronoun + 1)),
        None => source_head.map(|head| ctx.source_phrase(head, frame.head)),
    };
    let mut content = found.ranges;
    if !found.quotes_words {
        // "said" inside the words of somebody else: stay inside them.
        clip_to_quotation(ctx, frame.head, &mut content);
    }
    ctx.widen_inside(frame.head, &mut content);
    cut_after_quotations(ctx, frame.head, &mut content);
    let mut holes = vec![cue_tokens];
    holes.extend(source);
    ranges::normalise(&mut holes);
    ranges::subtract(&mut content, &holes);
    ctx.trim(&mut content);
    if content.is_empty() {
        return None;
    }
    let confidence = if cue.weak { found.confidence * trust::WEAK } else { found.confidence };
    Some(Attribution {
        kind: cue.kind,
        cue_head: frame.head,
        cue: vec![cue_tokens],
        source,
        source_head,
        content,
        addressee_head: addressee(ctx, cue, frame),
        confidence,
        quotes_words: found.quotes_words,
    })
}

/// Where the tree gives a verb beside quoted words no subject: the noun phrase that ends before it, else the one
/// that begins after it.
fn nearest_nominal(ctx: &Context<'_>, verb: u32) -> Option<u32> {
    /// How far the head of a subject with an apposition may lie from its verb, in tokens.
    const REACH: u32 = 16;
    let sentence = ctx.sentence_of(verb);
    let outside = |t: &u32| ctx.quoted[*t as usize] == u32::MAX;
    let nominal = |t: &u32| matches!(ctx.syntax.upos(*t), Upos::Noun | Upos::Propn | Upos::Pron);
    let start = sentence.start.max(verb.saturating_sub(REACH));
    let before = (start..verb).rev().take_while(outside).find(nominal);
    let after = || (verb + 1..sentence.end.min(verb + 5)).take_while(outside).find(nominal);
    let mut head = before.or_else(after)?;
    while let Some(up) =
        ctx.syntax.head(head).filter(|&h| nominal(&h) && outside(&h) && (h < verb) == (head < verb))
    {
        head = up;
    }
    Some(head)
}

/// A stretch that opens with a quotation which closes its own sentence ends with it, and what else the tree hung on
/// the verb is not said: "'…,' he said after a lawyer read the summary".
fn cut_after_quotations(ctx: &Context<'_>, cue_head: u32, content: &mut Vec<TokenRange>) {
    if ctx.quoted[cue_head as usize] != u32::MAX {
        return;
    }
    let mut cut = false;
    for range in content.iter_mut() {
        let Some(quotation) = ctx.quotation_at(range.start) else { continue };
        let whole = ctx.with_marks(quotation);
        let ends_itself = whole.len() > 2
            && quotation.closed
            && matches!(ctx.form(whole.end - 2), "," | "." | "?" | "!" | "…" | "..." | "—" | "-");
        if whole.start == range.start && whole.end < range.end && ends_itself {
            let next = ctx.quotations_in(TokenRange::new(whole.end, range.end));
            let follows_at_once = next.first().is_some_and(|q| ctx.with_marks(q).start == whole.end);
            if !follows_at_once {
                range.end = whole.end;
            }
        }
        cut |= whole.start == range.start && ends_itself;
    }
    if cut {
        content.retain(|range| ctx.quotation_at(range.start).is_some());
    }
}

fn cue_of<'l>(ctx: &Context<'_>, lexicon: &'l CueLexicon, frame: &Frame) -> Option<&'l Cue> {
    if frame.copula.is_some() {
        return lexicon.adjective(ctx.syntax.lemma(frame.head));
    }
    let lemma = ctx.syntax.lemma(frame.head).to_lowercase();
    if let Some(particle) = frame.particle {
        let with_particle = format!("{lemma} {}", ctx.syntax.lemma(particle).to_lowercase());
        if let Some(cue) = lexicon.verb(&with_particle) {
            return Some(cue);
        }
    }
    lexicon.verb(&lemma).filter(|_| matches!(ctx.syntax.upos(frame.head), Upos::Verb | Upos::Aux))
}

/// Who says it: the subject, voice normalised; the nearest to the verb of several.
fn source_of(ctx: &Context<'_>, frame: &Frame) -> Option<Argument> {
    let subjects: Vec<&Argument> = ctx.frames.subjects(frame).collect();
    // Conjuncts stand together and are one source; the first one's subtree holds the others.
    let own = subjects.iter().find(|s| !s.shared).or_else(|| subjects.first());
    own.map(|s| **s).filter(|s| !(ctx.syntax.deprel(s.head).is(Deprel::Csubj)))
}

/// What was found beside a cue.
#[derive(Default)]
struct Content {
    ranges: Vec<TokenRange>,
    confidence: f32,
    quotes_words: bool,
    /// Whether the content is the clause that the cue is set into.
    set_into_clause: bool,
    /// The preposition that belongs to the cue: "called *for*".
    preposition: Option<u32>,
}

impl Content {
    fn add(&mut self, range: TokenRange, confidence: f32) {
        self.ranges.push(range);
        self.confidence = self.confidence.max(confidence);
    }

    fn gather(
        &mut self,
        ctx: &Context<'_>,
        lexicon: &CueLexicon,
        cue: &Cue,
        frame: &Frame,
        source: Option<u32>,
    ) {
        self.clauses(ctx, cue, frame);
        let relative = frame.link == Link::Relative;
        if self.ranges.is_empty() && cue.that && relative {
            self.relative_clause(ctx, frame);
        }
        if self.ranges.is_empty() && (cue.that || cue.quote) {
            self.host_clause(ctx, frame);
        }
        if cue.quote && (self.ranges.is_empty() || !relative) {
            self.quoted_words(ctx, lexicon, frame, source);
        }
        if self.ranges.is_empty() {
            self.phrases(ctx, cue, frame);
        }
        ranges::normalise(&mut self.ranges);
    }

    /// Clauses that the cue governs.
    fn clauses(&mut self, ctx: &Context<'_>, cue: &Cue, frame: &Frame) {
        for argument in ctx.frames.arguments(frame).iter().filter(|a| !a.shared) {
            let marker = argument.marker.map(|m| ctx.form(m).to_lowercase());
            let range = ctx.syntax.subtree(argument.head);
            match argument.relation {
                Relation::Complement if cue.that || cue.quote || cue.wh => {
                    self.add(range, trust::CLAUSE);
                }
                // "saw prices rise", "found it empty": a bare verb or adjective below is what happens, not what is said.
                Relation::OpenComplement if (cue.to || cue.that) && marker.as_deref() == Some("to") => {
                    let mut range = range;
                    if let Some(object) = object_of(ctx.frames, frame).filter(|_| keeps_object(cue)) {
                        range = join(ctx.syntax.subtree(object), range);
                    }
                    self.add(range, trust::INFINITIVE);
                }
                _ => {}
            }
        }
    }

    /// "the West, which he said *had ignored Russia*": the rest of the relative clause that the cue is set into.
    fn relative_clause(&mut self, ctx: &Context<'_>, frame: &Frame) {
        let next = frame.head + 1;
        let clause = ctx.frames.around(next.min(ctx.syntax.len() - 1)).filter(|f| f.head >= next);
        if let Some(clause) =
            clause.filter(|f| matches!(ctx.syntax.upos(f.head), Upos::Verb | Upos::Aux) || f.copula.is_some())
        {
            let end = ctx.syntax.subtree(clause.head).end;
            self.add(TokenRange::new(next, end.max(next)), trust::CLAUSE);
        }
    }

    /// The clause that the cue is set into: "The talks, he said, went well", "as Putin said, …".
    fn host_clause(&mut self, ctx: &Context<'_>, frame: &Frame) {
        let as_clause = frame.link == Link::Adverbial
            && ctx
                .syntax
                .children(frame.head)
                .any(|c| ctx.syntax.deprel(c).is(Deprel::Mark) && ctx.form(c).eq_ignore_ascii_case("as"));
        let deprel = ctx.syntax.deprel(frame.head);
        // After a comma and without conjunction a verb of saying is set beside its clause, whatever the tree says.
        let comma = frame.head > 0 && ctx.form(frame.head - 1) == ",";
        let loose = [Deprel::Conj, Deprel::Dep, Deprel::Appos, Deprel::List].iter().any(|&d| deprel.is(d));
        let inverted = loose && comma && ctx.syntax.child(frame.head, Deprel::Cc).is_none();
        let beside = deprel.is(Deprel::Parataxis) || inverted;
        let Some(host) = ctx.syntax.head(frame.head).filter(|_| as_clause || beside) else { return };
        let own = ctx.syntax.subtree(frame.head);
        let mut ranges = vec![ctx.syntax.subtree(host)];
        if ctx.syntax.head(host).is_none() {
            ranges[0] = ctx.sentence_of(host);
        }
        ranges::subtract(&mut ranges, &[own]);
        for range in ranges {
            self.add(range, trust::CLAUSE);
        }
        self.set_into_clause = beside;
    }

    /// Utterances in quotation marks in the cue's sentence that no other verb stands nearer to.
    fn quoted_words(&mut self, ctx: &Context<'_>, lexicon: &CueLexicon, frame: &Frame, source: Option<u32>) {
        if ctx.quoted[frame.head as usize] != u32::MAX {
            return;
        }
        let indirect = |r: &TokenRange| ctx.quotation_at(r.start).is_none_or(|q| !ctx.is_utterance(q));
        let elsewhere = !self.ranges.is_empty() && self.ranges.iter().all(indirect);
        let sentence = ctx.sentence_of(frame.head);
        let source = source.map(|s| ctx.source_phrase(s, frame.head)).unwrap_or_default();
        for quotation in ctx.quotations_in(sentence) {
            let range = ctx.with_marks(quotation);
            let taken = self.ranges.iter().any(|r| r.overlaps(range));
            if taken {
                self.quotes_words |= ctx.is_utterance(quotation) && covers_most(&self.ranges, range);
                self.confidence = self.confidence.max(trust::QUOTED);
                continue;
            }
            let ours = !elsewhere
                && ctx.is_utterance(quotation)
                && !source.overlaps(range)
                && belongs(ctx, lexicon, frame, range);
            if ours {
                self.add(range, trust::QUOTED);
                self.quotes_words = true;
            }
        }
    }

    /// Noun phrases and prepositional phrases as content: "denied the allegations", "called for a ceasefire".
    fn phrases(&mut self, ctx: &Context<'_>, cue: &Cue, frame: &Frame) {
        let arguments = ctx.frames.arguments(frame);
        for argument in arguments.iter().filter(|a| !a.shared && a.relation == Relation::Oblique) {
            let Some(marker) = argument.marker else { continue };
            let preposition = ctx.form(marker).to_lowercase();
            let listed = cue.prepositions.iter().any(|p| *p == preposition);
            // "spoke on condition of anonymity", "on behalf of": how, not what.
            let manner = matches!(ctx.syntax.lemma(argument.head), "condition" | "behalf");
            if !listed || manner || (preposition == "to" && cue.addressee == AddresseeSlot::To) {
                continue;
            }
            let full = ctx.syntax.subtree(argument.head);
            let mut range = TokenRange::new((marker + 1).max(full.start).min(full.end), full.end);
            self.preposition = Some(marker);
            if let Some(object) = object_of(ctx.frames, frame).filter(|_| keeps_object(cue)) {
                range = join(ctx.syntax.subtree(object), range);
                self.preposition = None;
            }
            self.add(range, trust::PREPOSITION);
            break;
        }
        // "without giving numbers": what is not said.
        let without = ctx
            .syntax
            .children(frame.head)
            .any(|c| c < frame.head && ctx.form(c).eq_ignore_ascii_case("without"));
        if self.ranges.is_empty() && cue.object && frame.voice == Voice::Active && !without {
            for argument in arguments.iter().filter(|a| !a.shared && a.relation == Relation::Object) {
                let object = ctx.syntax.subtree(argument.head);
                self.add(with_following_phrase(ctx, frame, object), trust::OBJECT);
            }
        }
    }
}

/// An object with the phrase that follows it at once, where the tree hung that on the verb: "rejected calls *for a
/// ceasefire*". Phrases of time and place stay outside.
fn with_following_phrase(ctx: &Context<'_>, frame: &Frame, object: TokenRange) -> TokenRange {
    let follows = ctx.frames.with_relation(frame, Relation::Oblique).filter(|a| !a.shared).find(|a| {
        let preposition = a.marker.map_or("", |m| ctx.form(m));
        ctx.syntax.subtree(a.head).start == object.end
            && matches!(
                preposition,
                "for" | "of" | "to" | "against" | "about" | "over" | "from" | "with" | "as" | "between"
            )
    });
    follows.map_or(object, |a| join(object, ctx.syntax.subtree(a.head)))
}

/// Whether most of a stretch is covered.
fn covers_most(ranges: &[TokenRange], stretch: TokenRange) -> bool {
    let shared: u32 =
        ranges.iter().map(|r| r.end.min(stretch.end).saturating_sub(r.start.max(stretch.start))).sum();
    shared * 2 > stretch.len()
}

/// Whether quoted words belong to this cue: nothing but its own clause, or punctuation, stands between them.
fn belongs(ctx: &Context<'_>, lexicon: &CueLexicon, frame: &Frame, words: TokenRange) -> bool {
    let clause = ctx.syntax.subtree(frame.head);
    let between = if words.end <= frame.head {
        TokenRange::new(words.end, frame.head)
    } else {
        TokenRange::new(frame.head + 1, words.start.max(frame.head + 1))
    };
    let other_verb = between.iter().any(|t| {
        let Some(other) = ctx.frames.headed_by(t) else { return false };
        let of_source = ctx.frames.subjects(frame).any(|s| ctx.syntax.subtree(s.head).contains(t));
        // "…, adding: '…'": the nearer cue has the better claim, though it hangs on this one.
        let nearer_cue = || cue_of(ctx, lexicon, other).is_some_and(|c| c.quote && !c.weak);
        t != frame.head && !of_source && (!clause.contains(t) || nearer_cue())
    });
    !other_verb
}

/// Whether the object is part of the content: "urged *Iran to ease tensions*", but not "told *reporters* that".
fn keeps_object(cue: &Cue) -> bool {
    cue.addressee != AddresseeSlot::Object || cue.to
}

fn object_of(frames: &Frames, frame: &Frame) -> Option<u32> {
    frames
        .arguments(frame)
        .iter()
        .find(|a| !a.shared && matches!(a.relation, Relation::Object | Relation::IndirectObject))
        .map(|a| a.head)
}

fn join(a: TokenRange, b: TokenRange) -> TokenRange {
    TokenRange::new(a.start.min(b.start), a.end.max(b.end))
}

/// The verb with its auxiliaries, negation, adverbs between them, particle and preposition.
fn cue_span(ctx: &Context<'_>, frame: &Frame, found: &Content) -> TokenRange {
    let mut range = TokenRange::new(frame.head, frame.head + 1);
    if let Some(copula) = frame.copula.filter(|&c| c < frame.head) {
        range.start = copula;
    }
    let own = |t: u32| {
        let deprel = ctx.syntax.deprel(t);
        ctx.syntax.head(t) == Some(frame.head)
            && ctx.quoted[t as usize] == ctx.quoted[frame.head as usize]
            && (deprel.is(Deprel::Aux)
                || deprel.is(Deprel::Cop)
                || (deprel.is(Deprel::Advmod) && ctx.syntax.upos(t) != Upos::Sconj))
    };
    while range.start > 0 && own(range.start - 1) {
        range.start -= 1;
    }
    for extra in [frame.particle, found.preposition].into_iter().flatten() {
        let inside = found.ranges.iter().any(|r| r.contains(extra));
        if extra == range.end && !inside {
            range.end = extra + 1;
        }
    }
    range
}

/// A clause inside quotation marks governs nothing outside of them.
fn clip_to_quotation(ctx: &Context<'_>, cue_head: u32, content: &mut Vec<TokenRange>) {
    if let Some(quotation) = ctx.quotation_at(cue_head) {
        let inside = quotation.tokens;
        for range in content.iter_mut() {
            range.start = range.start.max(inside.start);
            range.end = range.end.min(inside.end).max(range.start);
        }
        ranges::normalise(content);
    }
}

fn addressee(ctx: &Context<'_>, cue: &Cue, frame: &Frame) -> Option<u32> {
    let arguments = ctx.frames.arguments(frame);
    let indirect = arguments.iter().find(|a| a.relation == Relation::IndirectObject);
    let named = match cue.addressee {
        AddresseeSlot::None => None,
        AddresseeSlot::Object => {
            indirect.or_else(|| arguments.iter().find(|a| a.relation == Relation::Object))
        }
        AddresseeSlot::To => arguments.iter().find(|a| {
            a.relation == Relation::Oblique
                && a.marker.is_some_and(|m| ctx.form(m).eq_ignore_ascii_case("to"))
        }),
    };
    named.map(|a| a.head)
}
