//! From cues to the attributions of a document: settling conflicts, continuing, nesting, naming the speakers.

use newsgraph_entity::{Entities, EntityId};
use newsgraph_syntax::{Deprel, Syntax, Upos};
use newsgraph_text::{Span, TokenRange};
use newsgraph_token::{QuotationKind, Segmentation};

use super::draft::{Attribution, Context};
use super::learned::{Decision, Facts, Judge, Weights};
use super::speakers::{first_person, speaker};
use super::{Quote, QuoteForm, QuoteKind, ranges};
use crate::cue::{AddresseeSlot, Cue, CueLexicon};

/// Attributions that are less sure than this are not looked at, unless as another reading of a surer one.
const FAINTEST: f32 = 0.1;

/// Attributions that are less sure than this are none: chosen for the best F1 on PolNeAR train, by models that had not seen
/// the document.
const LEAST: f32 = 0.32;

/// The same inside the content of another: no annotation says what is right there, so that the models know less.
const LEAST_INSIDE: f32 = 0.5;

/// Finds who said what. A sentence at a time, then once over the list: linear in the length of the document.
///
/// Entities are added for speakers that no step below took for participants ("two people familiar with the
/// matter"), and the first person inside quotation marks becomes a mention of the speaker.
pub fn extract_quotes(
    text: &str,
    segmentation: &Segmentation,
    syntax: &Syntax,
    entities: &mut Entities,
) -> Vec<Quote> {
    extract_quotes_with(Weights::embedded(), text, segmentation, syntax, entities)
}

/// The same with given models.
pub fn extract_quotes_with(
    weights: &Weights,
    text: &str,
    segmentation: &Segmentation,
    syntax: &Syntax,
    entities: &mut Entities,
) -> Vec<Quote> {
    let ctx = Context::new(text, segmentation, syntax);
    let mut found = find(&ctx, entities, weights);
    settle(&mut found);
    found.retain(|a| a.confidence >= LEAST);
    drop_doubtful_inside(&mut found);
    continue_quotations(&ctx, &mut found);
    found.sort_by_key(|a| (a.content.first().map_or(0, |r| r.start).min(a.cue_head), a.cue_head));
    let speakers: Vec<Option<EntityId>> = found.iter().map(|a| speaker(&ctx, a, entities)).collect();
    let parents = nesting(&found);
    let quotes: Vec<Quote> = found
        .iter()
        .zip(&speakers)
        .zip(parents)
        .map(|((a, &speaker), nested_in)| finish(&ctx, a, speaker, nested_in, entities))
        .collect();
    first_person(&ctx, &found, &speakers, entities);
    quotes
}

/// The attributions of single cues that are sure enough.
fn find(ctx: &Context<'_>, entities: &Entities, weights: &Weights) -> Vec<Attribution> {
    let lexicon = CueLexicon::embedded();
    let facts = Facts::new(ctx, entities, lexicon);
    let judge = Judge { ctx, facts: &facts, weights };
    let decisions = judge.decisions();
    let confidences = judge.confidences(&decisions);
    let sure = confidences.into_iter().zip(decisions).filter(|(c, _)| *c >= FAINTEST);
    let words = |d: &Decision| !matches!(d.content.as_slice(), [only] if is_title(ctx, *only));
    sure.filter(|(_, d)| words(d))
        .map(|(confidence, decision)| attribution(ctx, lexicon, &decision, confidence))
        .collect()
}

/// Whether a stretch is a title in quotation marks and no more: nobody's words.
fn is_title(ctx: &Context<'_>, range: TokenRange) -> bool {
    ctx.quotation_at(range.start)
        .is_some_and(|q| q.kind == QuotationKind::Title && ctx.with_marks(q).covers(range))
}

fn attribution(ctx: &Context<'_>, lexicon: &CueLexicon, decision: &Decision, confidence: f32) -> Attribution {
    let cue = listed(ctx, lexicon, decision);
    let mut content = decision.content.clone();
    let mut holes = vec![decision.cue];
    holes.extend(decision.source.map(|s| s.range));
    ranges::normalise(&mut holes);
    ranges::subtract(&mut content, &holes);
    if content.is_empty() {
        content.clone_from(&decision.content);
    }
    ranges::normalise(&mut content);
    let quotes_words = content
        .iter()
        .any(|r| ctx.quotations_in(*r).iter().any(|q| ctx.is_utterance(q) && r.covers(ctx.with_marks(q))));
    let kind = cue.map_or(if quotes_words { QuoteKind::Statement } else { QuoteKind::Attitude }, |c| c.kind);
    Attribution {
        kind,
        cue_head: decision.head,
        cue: vec![decision.cue],
        source: decision.source.map(|s| s.range),
        source_head: decision.source.map(|s| s.head),
        content,
        addressee_head: cue.and_then(|c| addressee(ctx, c, decision)),
        confidence,
        quotes_words,
    }
}

/// What the lexicon says of a cue.
fn listed<'l>(ctx: &Context<'_>, lexicon: &'l CueLexicon, decision: &Decision) -> Option<&'l Cue> {
    let lemma = ctx.syntax.lemma(decision.head).to_lowercase();
    if let Some(particle) = ctx.syntax.child(decision.head, Deprel::CompoundPrt) {
        let with_particle = format!("{lemma} {}", ctx.syntax.lemma(particle).to_lowercase());
        if let Some(cue) = lexicon.verb(&with_particle) {
            return Some(cue);
        }
    }
    // The tagger may take the first word of a phrase for a verb.
    if decision.head + 1 < ctx.syntax.len() {
        let phrase = format!("{} {}", ctx.form(decision.head), ctx.form(decision.head + 1)).to_lowercase();
        if let Some(cue) = lexicon.phrase(&phrase) {
            return Some(cue);
        }
    }
    match ctx.syntax.upos(decision.head) {
        Upos::Verb | Upos::Aux => lexicon.verb(&lemma),
        Upos::Noun => lexicon.noun(&lemma).or_else(|| lexicon.verb(&lemma)),
        Upos::Adj => lexicon.adjective(&lemma),
        Upos::Adp | Upos::Sconj => lexicon.phrase("according to"),
        _ => None,
    }
}

/// Whom the source speaks to, as the grammar of the cue shows it.
fn addressee(ctx: &Context<'_>, cue: &Cue, decision: &Decision) -> Option<u32> {
    let syntax = ctx.syntax;
    let outside = |t: &u32| {
        !decision.content.iter().any(|r| r.contains(*t)) && decision.source.is_none_or(|s| s.head != *t)
    };
    let object = || {
        let mut children = syntax.children(decision.head).filter(|&c| c > decision.head);
        children.find(|&c| syntax.deprel(c).is(Deprel::Iobj) || syntax.deprel(c).is(Deprel::Obj))
    };
    let passive = || syntax.child(decision.head, Deprel::NsubjPass);
    let to = || {
        syntax.children(decision.head).find(|&c| {
            syntax.deprel(c).is(Deprel::Obl)
                && syntax.child(c, Deprel::Case).is_some_and(|m| matches!(ctx.form(m), "to" | "with"))
        })
    };
    match cue.addressee {
        AddresseeSlot::None => None,
        AddresseeSlot::Object => object().or_else(passive).or_else(to),
        AddresseeSlot::To => to(),
    }
    .filter(outside)
}

/// Of two attributions that cannot both be the surer stays; where they tell the same by different cues, it is as sure as
/// both together, since the models were taught that one of them counts.
fn settle(found: &mut Vec<Attribution>) {
    found.sort_by_key(|a| (a.content.first().map_or(0, |r| r.start), a.cue_head));
    let mut dropped = vec![false; found.len()];
    for i in 0..found.len() {
        // Rivals start at the same place or soon after: a bounded window keeps this linear.
        for j in i + 1..found.len().min(i + 12) {
            if dropped[i] || dropped[j] || !rivals(&found[i], &found[j]) {
                continue;
            }
            let sure = |a: &Attribution| ((a.confidence * 1000.0) as i32, std::cmp::Reverse(a.cue_head));
            let (loser, winner) = if sure(&found[i]) < sure(&found[j]) { (i, j) } else { (j, i) };
            if alike(&found[i], &found[j]) {
                found[winner].confidence = (found[i].confidence + found[j].confidence).min(1.0);
            }
            dropped[loser] = true;
        }
    }
    let mut keep = dropped.iter().map(|d| !d);
    found.retain(|_| keep.next().unwrap_or(true));
}

/// Whether two attributions tell the same: mostly the same words of the same source.
fn alike(a: &Attribution, b: &Attribution) -> bool {
    let source = match (a.source, b.source) {
        (Some(a), Some(b)) => a.overlaps(b),
        (None, None) => true,
        _ => false,
    };
    source && 2 * ranges::common(&a.content, &b.content) >= ranges::union(&a.content, &b.content)
}

/// Drops doubtful attributions that lie inside another.
fn drop_doubtful_inside(found: &mut Vec<Attribution>) {
    let mut parents = nesting(found).into_iter();
    found.retain(|a| parents.next().flatten().is_none() || a.confidence >= LEAST_INSIDE);
}

/// Whether two attributions cannot both be: contents that overlap, and neither lies in the other with its cue.
fn rivals(a: &Attribution, b: &Attribution) -> bool {
    let within = |outer: &Attribution, inner: &Attribution| {
        ranges::holds(&outer.content, inner.cue_head, &inner.content)
    };
    let overlap = a.content.iter().any(|x| b.content.iter().any(|y| x.overlaps(*y)));
    overlap && !within(a, b) && !within(b, a)
}

/// For each quotation the attribution that claims it, if any.
fn owners(ctx: &Context<'_>, found: &[Attribution]) -> Vec<Option<usize>> {
    let mut owner_of: Vec<Option<usize>> = vec![None; ctx.segmentation.quotations().len()];
    for (i, attribution) in found.iter().enumerate() {
        if ctx.quoted[attribution.cue_head as usize] != u32::MAX {
            continue;
        }
        for token in attribution.content.iter().flat_map(|r| r.iter()) {
            let quotation = ctx.quoted[token as usize];
            if quotation != u32::MAX {
                owner_of[quotation as usize].get_or_insert(i);
            }
        }
    }
    owner_of
}

/// Hands sentences that stand wholly in quotation marks, and that no cue claims, to the speaker of the quoted
/// words before them: "…," she said. "…" and the paragraphs that follow.
fn continue_quotations(ctx: &Context<'_>, found: &mut [Attribution]) {
    let mut owner_of = owners(ctx, found);
    let mut claims: Vec<(u32, usize)> = Vec::new();
    for (i, attribution) in found.iter().enumerate() {
        let outside = ctx.quoted[attribution.cue_head as usize] == u32::MAX;
        if attribution.quotes_words && outside {
            let last = attribution.content.last().map_or(0, |r| r.end).max(attribution.cue_head + 1);
            claims.push((last, i));
        }
    }
    claims.sort_unstable();
    let mut additions: Vec<(usize, TokenRange)> = Vec::new();
    for &(last, owner) in &claims {
        let mut at = ctx.sentence_of(last.saturating_sub(1)).end;
        while let Some(quotation) = (at < ctx.segmentation.len()).then(|| ctx.quotation_at(at)).flatten() {
            let range = ctx.with_marks(quotation);
            let index = ctx.quoted[at as usize] as usize;
            let whole = range.start == at && fills_sentences(ctx, range) && ctx.is_utterance(quotation);
            if !whole || owner_of[index].is_some() {
                break;
            }
            owner_of[index] = Some(owner);
            additions.push((owner, range));
            at = range.end;
        }
    }
    for (owner, range) in additions {
        found[owner].content.push(range);
        ranges::normalise(&mut found[owner].content);
    }
}

/// Whether a stretch begins and ends where sentences do.
fn fills_sentences(ctx: &Context<'_>, range: TokenRange) -> bool {
    let first = ctx.sentence_of(range.start);
    let last = ctx.sentence_of(range.end.saturating_sub(1));
    let rest_is_punctuation = (range.end..last.end).all(|t| ctx.is_punctuation(t));
    first.start == range.start && rest_is_punctuation
}

/// For each attribution the innermost other one whose content holds its cue and content.
fn nesting(found: &[Attribution]) -> Vec<Option<u32>> {
    let mut parents = vec![None; found.len()];
    for (i, inner) in found.iter().enumerate() {
        let mut best: Option<(u32, usize)> = None;
        let from = i.saturating_sub(40);
        for (j, outer) in found.iter().enumerate().take((i + 40).min(found.len())).skip(from) {
            let holds = j != i && ranges::holds(&outer.content, inner.cue_head, &inner.content);
            if holds && inner.content != outer.content {
                let size = ranges::size(&outer.content);
                if best.is_none_or(|(smallest, _)| size < smallest) {
                    best = Some((size, j));
                }
            }
        }
        parents[i] = best.map(|(_, j)| j as u32);
    }
    parents
}

fn finish(
    ctx: &Context<'_>,
    attribution: &Attribution,
    speaker: Option<EntityId>,
    nested_in: Option<u32>,
    entities: &Entities,
) -> Quote {
    let spans =
        |ranges: &[TokenRange]| -> Vec<Span> { ranges.iter().map(|&r| ctx.segmentation.span(r)).collect() };
    Quote {
        form: form(ctx, &attribution.content),
        kind: attribution.kind,
        source: attribution.source.map(|s| ctx.segmentation.span(s)).into_iter().collect(),
        cue: spans(&attribution.cue),
        content: spans(&attribution.content),
        speaker,
        addressee: attribution
            .addressee_head
            .and_then(|h| entities.entity_headed_by(h))
            .filter(|a| Some(*a) != speaker),
        nested_in,
        confidence: attribution.confidence,
    }
}

/// Direct when every word of the content stands in quotation marks, mixed when some do.
fn form(ctx: &Context<'_>, content: &[TokenRange]) -> QuoteForm {
    let words = content.iter().flat_map(|r| r.iter()).filter(|&t| !ctx.is_punctuation(t));
    let (mut inside, mut all) = (0u32, 0u32);
    for token in words {
        all += 1;
        inside += u32::from(ctx.quoted[token as usize] != u32::MAX);
    }
    match inside {
        0 => QuoteForm::Indirect,
        n if n == all => QuoteForm::Direct,
        _ => QuoteForm::Mixed,
    }
}
