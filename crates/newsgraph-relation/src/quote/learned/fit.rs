//! Contents that were chosen each for itself are made to fit each other: one ends where its speaker goes on with another
//! cue, and quoted words that go on after the cue are taken in.

use newsgraph_syntax::Xpos;
use newsgraph_text::TokenRange;

use super::super::draft::Context;
use super::super::ranges;
use super::decide::Decision;
use super::facts::{Facts, mark};

/// Decisions after one that may lie in its content: keeps time linear.
const NEAR: usize = 8;

/// Fits the contents of a document; the decisions are in order of their cues.
pub(super) fn fit(ctx: &Context<'_>, facts: &Facts, decisions: &mut [Decision]) {
    for i in 0..decisions.len() {
        let (before, rest) = decisions.split_at_mut(i);
        let Some((own, after)) = rest.split_first_mut() else { continue };
        for other in after.iter().take(NEAR) {
            if let Some(end) = goes_on(ctx, facts, own, other) {
                cut(own, end);
            }
            if let Some(start) = said_as(ctx, own, other) {
                own.content =
                    vec![TokenRange::new(start, own.content.last().map_or(start, |r| r.end).max(start + 1))];
            }
        }
        resume(ctx, facts, own, after.iter().take(NEAR).chain(before.iter().rev().take(NEAR)));
    }
}

/// Where the content of `own` ends because its speaker goes on with another cue: "Olsen said it was late, *adding that*
/// …", "Olsen says it is late *and tells* the crowd …".
fn goes_on(ctx: &Context<'_>, facts: &Facts, own: &Decision, other: &Decision) -> Option<u32> {
    let cue = other.cue.start;
    let last = own.content.last()?;
    let sure = other.score >= 0 && own.head < other.head && last.contains(other.head);
    let outside = other.source.is_none_or(|s| !own.content.iter().any(|r| r.contains(s.head)));
    if !sure || !outside || facts.of(other.head).quoted {
        return None;
    }
    let before = facts.near(cue, -1);
    let joined = ctx.syntax.head(other.head) == Some(own.head);
    let participle = ctx.syntax.xpos(other.head) == Xpos::Vbg;
    if before.mark == mark::COMMA && (participle || joined) {
        return Some(cue - 1);
    }
    if participle && before.mark == mark::CLOSES {
        return Some(cue);
    }
    let and = cue > 0 && matches!(ctx.form(cue - 1), "and" | "but");
    (and && joined).then(|| cue - 1 - u32::from(facts.near(cue, -2).mark == mark::COMMA))
}

/// Drops what lies from `end` on.
fn cut(own: &mut Decision, end: u32) {
    let mut kept = own.content.clone();
    ranges::subtract(&mut kept, &[TokenRange::new(end, u32::MAX)]);
    if !kept.is_empty() {
        own.content = kept;
    }
}

/// Where the words begin in "quoted Olsen as saying that …": the content of the inner cue is that of the outer.
fn said_as(ctx: &Context<'_>, own: &Decision, other: &Decision) -> Option<u32> {
    let first = own.content.first()?;
    let words = other.content.first()?.start;
    let inside = first.contains(other.head) && other.head > own.head && words > other.head;
    let after_as = other.cue.start > 0
        && ctx.form(other.cue.start - 1) == "as"
        && ctx.syntax.xpos(other.head) == Xpos::Vbg;
    (inside && after_as && own.content.len() == 1 && words < first.end).then_some(words)
}

/// Takes in the second part of quoted words that the cue interrupts: "…," Olsen said on Friday, "…".
fn resume<'d>(
    ctx: &Context<'_>,
    facts: &Facts,
    own: &mut Decision,
    mut others: impl Iterator<Item = &'d Decision>,
) {
    /// Furthest way from the cue to the second part, in tokens.
    const FAR: u32 = 24;
    let Some(last) = own.content.last().copied() else { return };
    let quotes =
        facts.of(last.end.saturating_sub(1)).mark == mark::CLOSES || facts.of(last.end).mark == mark::CLOSES;
    if !quotes || last.end > own.head || facts.of(own.head).quoted {
        return;
    }
    let sentence = ctx.sentence_of(own.head);
    let from = own.cue.end.max(own.source.map_or(0, |s| s.range.end));
    let opens = |t: &u32| facts.of(*t).mark == mark::OPENS;
    let Some(at) = (from..sentence.end.min(from + FAR)).find(opens) else { return };
    let Some(quotation) = ctx.quotation_at(at) else { return };
    let comma = matches!(facts.near(at, -1).mark, mark::COMMA | mark::DASH | mark::COLON);
    let claimed = |d: &Decision| d.score >= 0 && (from..at).contains(&d.head);
    if !comma || !ctx.is_utterance(quotation) || others.any(claimed) {
        return;
    }
    own.content.push(ctx.with_marks(quotation));
    ranges::normalise(&mut own.content);
}
