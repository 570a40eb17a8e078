//! What the recogniser found, set right by lists and by the words beside: dates, titles and labels are no names, and what
//! lists name piece by piece is no name of its own.

use newsgraph_gazetteer::{Entry, EntryId, Match, title};
use newsgraph_syntax::Upos;
use newsgraph_text::TokenRange;

use super::context::Context;
use crate::expression::Expression;
use crate::nouns::noun_class;
use crate::{EntityType, RecognizedName};

/// The names among the recogniser's finds.
pub(super) fn names(
    ctx: &Context<'_>,
    matches: &[Match],
    recognized: &[RecognizedName],
    expressions: &[Expression],
) -> Vec<RecognizedName> {
    let is_name = |name: &&RecognizedName| {
        !is_dated(ctx, name, expressions)
            && !is_label(ctx, name.tokens)
            && !ends_title(ctx, name.tokens)
            && !is_listed_in_pieces(ctx, name.tokens, matches)
    };
    recognized.iter().filter(is_name).map(|name| without_titles(ctx, *name)).collect()
}

/// Whether a name lies within an expression of time: "Oct." in "Oct. 23". A month that is written out and stands alone
/// may be somebody: "April said".
fn is_dated(ctx: &Context<'_>, name: &RecognizedName, expressions: &[Expression]) -> bool {
    let at = expressions.partition_point(|e| e.tokens.end <= name.tokens.start);
    expressions.get(at).is_some_and(|e| {
        matches!(e.kind, EntityType::Date | EntityType::Time)
            && e.tokens.start <= name.tokens.start
            && name.tokens.end <= e.tokens.end
            && (e.tokens.len() > 1
                || name.kind != EntityType::Person
                || ctx.form(name.tokens.start).ends_with('.'))
    })
}

/// Whether it says party and state of a member of parliament: "(R-Fla.)". The state is a name, and in a list.
fn is_label(ctx: &Context<'_>, name: TokenRange) -> bool {
    let party = ctx.form(name.start);
    let letter = party.split_once('-').map_or(party, |(letter, _)| letter);
    matches!(letter, "R" | "D" | "I")
        && (letter != party || name.len() > 1 && ctx.form(name.start + 1) == "-")
}

/// Whether the word is the last of a title of several: "Secretary of State".
fn ends_title(ctx: &Context<'_>, name: TokenRange) -> bool {
    name.len() == 1 && title_through(ctx, name.start)
}

/// Words of a title that may stand before a name's first.
const LONGEST_TITLE: u32 = 3;

/// Whether a title of several words ends with this one.
fn title_through(ctx: &Context<'_>, last: u32) -> bool {
    // Before the last word of such a title stands another of its words, or "of", or "the".
    let before = last.checked_sub(1).map_or("", |t| ctx.form(t));
    if !before.starts_with(char::is_uppercase) && !matches!(before, "of" | "the") {
        return false;
    }
    let mut starts = last.saturating_sub(LONGEST_TITLE)..last;
    let begins =
        |from: u32| title(ctx.words(TokenRange::new(from, last + 1))).is_some_and(|title| title.before_name);
    starts.any(begins)
}

/// Whether lists name it piece by piece: a place and a party or people ("Florida Republican"), or somebody and a seat
/// ("Obama White House").
fn is_listed_in_pieces(ctx: &Context<'_>, name: TokenRange, matches: &[Match]) -> bool {
    let first = matches.partition_point(|m| m.tokens.end <= name.start);
    let pieces: Vec<&Match> = matches[first..].iter().take_while(|m| m.tokens.start < name.end).collect();
    let [before, last] = pieces.as_slice() else { return false };
    let whole = before.tokens.start == name.start
        && before.tokens.end == last.tokens.start
        && last.tokens.end == name.end;
    let any = |found: &Match, fits: &dyn Fn(Entry<'_>) -> bool| {
        ctx.gazetteer.candidates(found.name).any(|candidate| fits(candidate.entry))
    };
    let place = |e: Entry<'_>| e.kind().is_some_and(EntityType::is_place);
    let person = |e: Entry<'_>| e.kind() == Some(EntityType::Person);
    let group = |e: Entry<'_>| e.kind() == Some(EntityType::Norp);
    let seat = |e: Entry<'_>| e.kind() == Some(EntityType::Org) && e.stands_for().is_some();
    whole && (any(before, &place) && any(last, &group) || any(before, &person) && any(last, &seat))
}

/// The name without the words before it that say what somebody is or does, and those after it that say where or begin
/// another's: "US President Donald Trump", "South Carolina Gov. Nikki Haley".
fn without_titles(ctx: &Context<'_>, name: RecognizedName) -> RecognizedName {
    let (mut tokens, mut kind) = (name.tokens, name.kind);
    // "Secretary of State Clinton".
    if name.tokens.len() > 1 && title_through(ctx, tokens.start) {
        (tokens.start, kind) = (tokens.start + 1, EntityType::Person);
    }
    let last = tokens.end.saturating_sub(1);
    let abbreviated =
        |t: u32| ctx.form(t).ends_with('.') && title(ctx.form(t)).is_some_and(|t| t.before_name);
    // "Jay in Kyiv", "the Olympic Games in Paris": where somebody or something is, is no part of the name.
    let is_place_word = |t: &u32| matches!(ctx.form(*t), "in" | "at" | "from");
    let place = |tokens: TokenRange| (tokens.start + 1..tokens.end).find(is_place_word);
    if kind != EntityType::Person {
        if tokens.len() > 1 && abbreviated(last) {
            tokens.end = last;
        } else if kind == EntityType::Event {
            tokens.end = place(tokens).unwrap_or(tokens.end);
        }
        return RecognizedName { tokens, kind, ..name };
    }
    let is_before_name = |t: u32| {
        let lower = ctx.form(t).to_lowercase();
        matches!(ctx.syntax.upos(t), Upos::Verb | Upos::Aux)
            || title(ctx.form(t)).is_some_and(|t| t.before_name)
            || noun_class(&lower).is_some_and(|c| matches!(c.kind, EntityType::Person | EntityType::Org))
    };
    if let Some(last) = (tokens.start..last).rev().find(|&t| is_before_name(t)) {
        tokens.start = last + 1;
    }
    tokens.end = place(tokens).unwrap_or(tokens.end);
    RecognizedName { tokens, kind, ..name }
}

/// The people whom a list has without the initials between first name and surname: "Harry M. Reid".
pub(super) fn without_initials(ctx: &Context<'_>, name: &RecognizedName) -> Vec<EntryId> {
    let tokens = name.tokens;
    let is_initial = |t: u32| {
        let letters = ctx.form(t).trim_end_matches('.');
        letters.chars().count() == 1 && letters.chars().all(char::is_uppercase)
    };
    let inner = tokens.start + 1..tokens.end.saturating_sub(1);
    if name.kind != EntityType::Person || inner.is_empty() || !inner.clone().all(is_initial) {
        return Vec::new();
    }
    let words = format!("{} {}", ctx.form(tokens.start), ctx.form(tokens.end - 1));
    let Some(found) = ctx.gazetteer.by_name(&words) else { return Vec::new() };
    let people = ctx.gazetteer.candidates(found).map(|candidate| candidate.entry);
    people.filter(|entry| entry.kind() == Some(EntityType::Person)).map(Entry::number).collect()
}
