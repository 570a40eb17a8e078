//! From cues to the attributions of a document: finding, settling conflicts, continuing, nesting, naming the
//! speakers.

use newsgraph_entity::{Entities, EntityId, EntityType, noun_class};
use newsgraph_syntax::{Syntax, Upos};
use newsgraph_text::{Span, TokenRange};
use newsgraph_token::Segmentation;

use super::draft::{Attribution, Context};
use super::{Quote, QuoteForm, QuoteKind, phrases, ranges, verbs};
use crate::cue::CueLexicon;
use crate::{Frames, Link};

/// Finds who said what. A sentence at a time, then once over the list: linear in the length of the document.
///
/// Entities are added for speakers that no step below took for participants ("two people familiar with the
/// matter"), and the first person inside quotation marks becomes a mention of the speaker.
pub fn extract_quotes(
    text: &str,
    segmentation: &Segmentation,
    syntax: &Syntax,
    frames: &Frames,
    entities: &mut Entities,
) -> Vec<Quote> {
    let ctx = Context::new(text, segmentation, syntax, frames);
    let lexicon = CueLexicon::embedded();
    let mut found = find(&ctx, lexicon, entities);
    adopt_quotations(&ctx, lexicon, &mut found);
    name_participles(&ctx, &mut found, entities);
    settle(&mut found);
    found.retain(|a| can_speak(&ctx, a, entities));
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

fn find(ctx: &Context<'_>, lexicon: &CueLexicon, entities: &Entities) -> Vec<Attribution> {
    let mut found: Vec<Attribution> =
        ctx.frames.iter().filter_map(|frame| verbs::attribution(ctx, lexicon, frame)).collect();
    for token in 0..ctx.syntax.len() {
        found.extend(phrases::according_to(ctx, token));
        found.extend(phrases::set_phrase(ctx, lexicon, token));
        found.extend(phrases::noun_cue(ctx, lexicon, token));
    }
    let mut with_cue = vec![false; ctx.segmentation.sentences().len()];
    for attribution in &found {
        if let Some(slot) = with_cue.get_mut(ctx.segmentation.sentence_of(attribution.cue_head)) {
            *slot = true;
        }
    }
    let is_person =
        |t: u32| entities.entity_headed_by(t).is_some_and(|e| entities.entity(e).kind == EntityType::Person);
    for (&sentence, taken) in ctx.segmentation.sentences().iter().zip(with_cue) {
        if !taken {
            found.extend(phrases::colon(ctx, sentence, is_person));
        }
    }
    found
}

/// "The strike wounded 14, Olsen said, adding that …": a participle of saying whose subject cannot speak is said by
/// the source of the verb of saying before it.
fn name_participles(ctx: &Context<'_>, found: &mut [Attribution], entities: &Entities) {
    for i in 0..found.len() {
        let participle = ctx.frames.headed_by(found[i].cue_head).is_some_and(|f| f.link == Link::Adverbial);
        let mute = found[i].source_head.is_none_or(|h| !is_participant(ctx, entities, h));
        if !participle || !mute {
            continue;
        }
        let sentence = ctx.sentence_of(found[i].cue_head);
        let speaks = |a: &&Attribution| {
            sentence.contains(a.cue_head)
                && a.cue_head < found[i].cue_head
                && a.kind == QuoteKind::Statement
                && a.source_head.is_some_and(|h| is_participant(ctx, entities, h))
        };
        // Attributions of verbs come in order of the text, so those of the sentence are near.
        let from = i.saturating_sub(8);
        let before = found[from..i].iter().rev().find(speaks).map(|a| (a.source, a.source_head));
        if let Some((source, source_head)) = before {
            found[i].source = source;
            found[i].source_head = source_head;
        }
    }
}

/// Whether a noun phrase stands for somebody or some body that can speak.
fn is_participant(ctx: &Context<'_>, entities: &Entities, head: u32) -> bool {
    let number = |e: EntityId| {
        use EntityType::{Cardinal, Date, Money, Ordinal, Percent, Quantity, Time};
        matches!(entities.entity(e).kind, Cardinal | Date | Money | Ordinal | Percent | Quantity | Time)
    };
    entities.entity_headed_by(head).is_some_and(|e| !number(e))
        || participant_kind(ctx, head).is_some()
        || owner_of_text(ctx, entities, head).is_some()
        || matches!(ctx.syntax.upos(head), Upos::Pron | Upos::Det)
}

/// Gives a quotation that ends a sentence, and that nobody claims, to the verb of saying that opens the next one.
fn adopt_quotations(ctx: &Context<'_>, lexicon: &CueLexicon, found: &mut Vec<Attribution>) {
    /// How far into its sentence such a verb may stand, in tokens: after a subject with an apposition.
    const REACH: u32 = 14;
    let owners = owners(ctx, found);
    let mut cues: Vec<u32> = found.iter().map(|a| a.cue_head).collect();
    cues.sort_unstable();
    let mut adopted = Vec::new();
    for sentence in ctx.segmentation.sentences() {
        let Some(last) = sentence.start.checked_sub(1) else { continue };
        let Some(quotation) = ctx.quotation_at(last).filter(|q| q.closed && ctx.is_utterance(q)) else {
            continue;
        };
        let range = ctx.with_marks(quotation);
        let gap = Span::new(ctx.segmentation.token(last).end, ctx.segmentation.token(sentence.start).start);
        let free = owners[ctx.quoted[last as usize] as usize].is_none();
        if range.end != sentence.start || !free || gap.of(ctx.text).contains('\n') {
            continue;
        }
        let limit = sentence.end.min(sentence.start + REACH);
        let frame = (sentence.start..limit).find_map(|t| ctx.frames.headed_by(t));
        let Some(frame) = frame else { continue };
        if cues.binary_search(&frame.head).is_err() {
            adopted.extend(verbs::after_quotation(ctx, lexicon, frame, range));
        }
    }
    found.extend(adopted);
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

/// Of two attributions with the same content the better founded stays; a weaker one also gives way where it
/// claims the same quoted words.
fn settle(found: &mut Vec<Attribution>) {
    found.sort_by_key(|a| (a.content.first().map_or(0, |r| r.start), a.cue_head));
    let mut dropped = vec![false; found.len()];
    for i in 0..found.len() {
        // Rivals start at the same place or soon after: a bounded window keeps this linear.
        for j in i + 1..found.len().min(i + 12) {
            if dropped[i] || dropped[j] || found[i].content != found[j].content {
                continue;
            }
            let better = |a: &Attribution| (a.source.is_some(), (a.confidence * 1000.0) as i32, a.cue_head);
            let (loser, _) = if better(&found[i]) < better(&found[j]) { (i, j) } else { (j, i) };
            dropped[loser] = true;
        }
    }
    let mut keep = dropped.iter().map(|d| !d);
    found.retain(|_| keep.next().unwrap_or(true));
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
        let cue = TokenRange::new(inner.cue_head, inner.cue_head + 1);
        let mut best: Option<(u32, usize)> = None;
        let from = i.saturating_sub(40);
        for (j, outer) in found.iter().enumerate().take((i + 40).min(found.len())).skip(from) {
            let holds = j != i
                && ranges::covers(&outer.content, &[cue])
                && ranges::covers(&outer.content, &inner.content);
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

/// Whether the source of an attribution that rests on a phrase alone is one that speaks or wants: "drones attacked
/// the city" is none, though "attack" is a cue of critics.
fn can_speak(ctx: &Context<'_>, attribution: &Attribution, entities: &Entities) -> bool {
    if attribution.confidence >= verbs::trust::CLAUSE || attribution.quotes_words {
        return true;
    }
    // A phrase without a source is an order, a heading or a comparison: "compared with four years ago".
    let Some(head) = attribution.source_head else { return false };
    let of_evidence = attribution.kind == QuoteKind::Evidence;
    (of_evidence && attribution.confidence > verbs::trust::OBJECT) || is_participant(ctx, entities, head)
}

/// The entity behind a source. One is made where the layers below saw no participant.
fn speaker(ctx: &Context<'_>, attribution: &Attribution, entities: &mut Entities) -> Option<EntityId> {
    let head = attribution.source_head?;
    let source = attribution.source?;
    if let Some(known) = entities.entity_headed_by(head) {
        return Some(known);
    }
    if let Some(named) = source.iter().find_map(|t| name_inside(ctx, entities, head, t)) {
        return Some(named);
    }
    if let Some(owner) = owner_of_text(ctx, entities, head) {
        return Some(owner);
    }
    let kind = participant_kind(ctx, head)?;
    let span = ctx.segmentation.span(source);
    Some(entities.add_described(kind, span.of(ctx.text), source, head, span))
}

/// A name that hangs directly on the head of the source: "construction worker Casey Gadaleta".
fn name_inside(ctx: &Context<'_>, entities: &Entities, head: u32, token: u32) -> Option<EntityId> {
    use newsgraph_syntax::Deprel;
    let deprel = ctx.syntax.deprel(token);
    let tied = ctx.syntax.head(token) == Some(head) && (deprel.is(Deprel::Flat) || deprel.is(Deprel::Appos));
    let person = |e: &EntityId| matches!(entities.entity(*e).kind, EntityType::Person | EntityType::Org);
    tied.then(|| entities.entity_headed_by(token)).flatten().filter(person)
}

/// Who speaks in "a Kremlin statement", "Olsen's letter", "an AFP analysis": the body or person that the text is of.
fn owner_of_text(ctx: &Context<'_>, entities: &Entities, head: u32) -> Option<EntityId> {
    use newsgraph_syntax::Deprel;
    if participant_kind(ctx, head).is_some() {
        return None;
    }
    let modifies = |t: &u32| {
        let deprel = ctx.syntax.deprel(*t);
        let by = deprel.is(Deprel::Nmod)
            && ctx.syntax.child(*t, Deprel::Case).is_some_and(|c| matches!(ctx.form(c), "by" | "from"));
        by || deprel == Deprel::NmodPoss || deprel.is(Deprel::Compound) || deprel.is(Deprel::Amod)
    };
    let speaks = |e: &EntityId| {
        matches!(entities.entity(*e).kind, EntityType::Person | EntityType::Org | EntityType::Gpe)
    };
    ctx.syntax.children(head).filter(modifies).filter_map(|t| entities.entity_headed_by(t)).find(speaks)
}

/// What kind of speaker an unknown head noun is; `None` for pronouns and for things that do not speak.
fn participant_kind(ctx: &Context<'_>, head: u32) -> Option<EntityType> {
    let upos = ctx.syntax.upos(head);
    match upos {
        Upos::Propn => Some(EntityType::Person),
        Upos::Noun | Upos::Adj | Upos::Num | Upos::Verb => {
            let known = noun_class(&ctx.syntax.lemma(head).to_lowercase()).map(|c| c.kind);
            known.or((upos != Upos::Noun).then_some(EntityType::Person))
        }
        _ => None,
    }
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

/// Makes "I", "me", "my" inside quotation marks mentions of the speaker.
fn first_person(
    ctx: &Context<'_>,
    found: &[Attribution],
    speakers: &[Option<EntityId>],
    entities: &mut Entities,
) {
    let mut owner: Vec<Option<EntityId>> = vec![None; ctx.segmentation.len() as usize];
    // Outer attributions first, so that the innermost speaker of a word wins.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(ranges::size(&found[i].content)));
    for i in order {
        for token in found[i].content.iter().flat_map(|r| r.iter()) {
            if ctx.quoted[token as usize] != u32::MAX {
                owner[token as usize] = speakers[i];
            }
        }
    }
    for token in 0..ctx.syntax.len() {
        let Some(speaker) = owner[token as usize] else { continue };
        let form = ctx.form(token);
        let first = matches!(form, "I" | "me" | "Me" | "my" | "My" | "mine" | "myself");
        if first
            && ctx.syntax.upos(token) == Upos::Pron
            && entities.entity(speaker).kind == EntityType::Person
        {
            entities.add_pronoun(token, ctx.segmentation.token(token), speaker);
        }
    }
}
