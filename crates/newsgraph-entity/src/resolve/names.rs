//! Which stretches are names: the gazetteer's matches and the recogniser's finds, brought into one list.

use newsgraph_gazetteer::{Entry, EntryId, Gazetteer, Match, NameClass, first_name, folded, title};
use newsgraph_text::TokenRange;
use rustc_hash::FxHashSet;

use super::context::Context;
use super::identity::similar_first_names;
use crate::expression::Expression;
use crate::nouns::noun_class;
use crate::{EntityType, RecognizedName};

/// A name in the text that is not yet anybody's.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) tokens: TokenRange,
    pub(crate) kind: EntityType,
    /// The gazetteer entries it may stand for; empty for a name that no list has.
    pub(crate) entries: Vec<EntryId>,
    /// The one entry of a user's list that has it, whoever it is taken for.
    pub(crate) coder: Option<EntryId>,
    /// Whether a list says that it is an ordinary word or a personal name as well.
    doubtful: bool,
}

/// Merges the two lists, what the recogniser took for a name but is a date aside. Of overlapping names the longer wins, and of equally long ones the gazetteer's, unless
/// the recogniser reads a single ambiguous word otherwise ("Jordan said", "Paris Hilton").
pub(crate) fn collect(
    ctx: &Context<'_>,
    matches: &[Match],
    recognized: &[RecognizedName],
    expressions: &[Expression],
) -> Vec<Name> {
    let recognized: Vec<RecognizedName> =
        recognized.iter().copied().filter(|name| !is_dated(ctx, name, expressions)).collect();
    let seen = |tokens: TokenRange| {
        let at = recognized.partition_point(|n| n.tokens.end <= tokens.start);
        recognized.get(at).is_some_and(|n| n.tokens.overlaps(tokens))
    };
    let mut candidates: Vec<(Name, bool)> = matches
        .iter()
        // A word that is also an ordinary one needs a second witness.
        .filter(|m| !ctx.gazetteer.is_ambiguous(m.name) || seen(m.tokens))
        .filter_map(|m| Some((listed_name(ctx, m)?, true)))
        .chain(recognized.iter().map(|n| (unlisted_name(ctx, n), false)))
        .collect();
    candidates.sort_by_key(|(n, listed)| (n.tokens.start, std::cmp::Reverse(n.tokens.end), !*listed));
    let mut names: Vec<(Name, bool)> = Vec::with_capacity(candidates.len());
    for (name, listed) in candidates {
        match names.last_mut() {
            Some((last, last_listed)) if last.tokens.overlaps(name.tokens) => {
                if last.tokens == name.tokens {
                    agree(ctx.gazetteer, last, &name);
                } else if name.tokens.len() > last.tokens.len()
                    || (listed && !*last_listed && same_length(last, &name))
                {
                    *last = name;
                    *last_listed = listed;
                } else if listed && last.kind == EntityType::Person && last.entries.is_empty() {
                    // "Emmanuelle Macron": the surname's entries are candidates for the whole name.
                    inherit_surname(ctx, last, &name);
                }
            }
            _ => names.push((name, listed)),
        }
    }
    let mut names: Vec<Name> = names.into_iter().map(|(name, _)| name).collect();
    join_partners(ctx, &mut names);
    name_families(ctx, &mut names);
    names
}

/// Makes one body of two names in no list with "&" between them: "Cushman & Wakefield".
fn join_partners(ctx: &Context<'_>, names: &mut Vec<Name>) {
    let partner = |name: &Name| {
        name.entries.is_empty() && matches!(name.kind, EntityType::Person | EntityType::Org | EntityType::Gpe)
    };
    names.dedup_by(|next, name| {
        let joined = next.tokens.start == name.tokens.end + 1 && ctx.form(name.tokens.end) == "&";
        let one = joined && partner(name) && partner(next);
        if one {
            name.tokens.end = next.tokens.end;
            name.kind = EntityType::Org;
        }
        one
    });
}

/// Makes persons of plurals of surnames that the document has: "the Clintons".
fn name_families(ctx: &Context<'_>, names: &mut [Name]) {
    let last = |name: &Name| ctx.form(name.tokens.end.saturating_sub(1));
    let surnames: FxHashSet<&str> = names.iter().filter(|n| n.kind == EntityType::Person).map(last).collect();
    for name in names.iter_mut().filter(|name| name.entries.is_empty() && name.tokens.len() == 1) {
        let article =
            name.tokens.start.checked_sub(1).is_some_and(|t| ctx.form(t).eq_ignore_ascii_case("the"));
        let form = ctx.form(name.tokens.start);
        let stem = form.strip_suffix("es").filter(|stem| surnames.contains(stem)).or(form.strip_suffix('s'));
        if article && stem.is_some_and(|stem| surnames.contains(stem)) {
            name.kind = EntityType::Person;
        }
    }
}

/// Whether a name lies within an expression of time: "Oct." in "Oct. 23". A month that is written out and stands alone may
/// be somebody: "April said".
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

/// A name that no list has, as far as the recogniser saw.
fn unlisted_name(ctx: &Context<'_>, name: &RecognizedName) -> Name {
    let (tokens, kind) = without_titles(ctx, name);
    Name { tokens, kind, entries: Vec::new(), coder: None, doubtful: false }
}

/// A name of the gazetteer. Entries of a user's list go before those that newsgraph brings along; those without a
/// type only where there are no others, since they tell a code but not who it is. `None` for words for what
/// somebody is, which name nobody.
fn listed_name(ctx: &Context<'_>, found: &Match) -> Option<Name> {
    let candidates = ctx.gazetteer.candidates(found.name).map(|candidate| candidate.entry);
    let mut entries: Vec<Entry<'_>> = candidates.filter(|entry| entry.agent_code().is_none()).collect();
    let added: Vec<Entry<'_>> = entries.iter().copied().filter(|entry| entry.is_added()).collect();
    if added.iter().any(|entry| entry.kind().is_some()) {
        entries.retain(|entry| entry.is_added() && entry.kind().is_some());
    } else if added.len() < entries.len() {
        entries.retain(|entry| !entry.is_added());
    }
    let kind = entries.iter().find_map(|entry| entry.kind()).unwrap_or_else(|| likely_kind(ctx, found));
    let coder = if let [one] = added.as_slice() { Some(one.number()) } else { None };
    let entries: Vec<EntryId> = entries.iter().map(|entry| entry.number()).collect();
    let doubtful = ctx.gazetteer.is_ambiguous(found.name);
    (!entries.is_empty()).then_some(Name { tokens: found.tokens, kind, entries, coder, doubtful })
}

/// What a name is whose list does not say, if the recogniser knows no better.
fn likely_kind(ctx: &Context<'_>, found: &Match) -> EntityType {
    let person = found.tokens.len() > 1 && first_name(ctx.form(found.tokens.start)).is_some();
    if person { EntityType::Person } else { EntityType::Org }
}

/// The name without the words before it that say what somebody is, and those after it that say where or begin
/// another's: "US President Donald Trump", "South Carolina Gov. Nikki Haley".
fn without_titles(ctx: &Context<'_>, name: &RecognizedName) -> (TokenRange, EntityType) {
    let (mut tokens, mut kind) = (name.tokens, name.kind);
    if let Some(start) = end_of_title(ctx, tokens) {
        (tokens.start, kind) = (start, EntityType::Person);
    }
    let last = tokens.end.saturating_sub(1);
    let abbreviated =
        |t: u32| ctx.form(t).ends_with('.') && title(ctx.form(t)).is_some_and(|t| t.before_name);
    if kind != EntityType::Person {
        if tokens.len() > 1 && abbreviated(last) {
            tokens.end = last;
        }
        return (tokens, kind);
    }
    let is_title = |t: u32| {
        let lower = ctx.form(t).to_lowercase();
        title(ctx.form(t)).is_some_and(|t| t.before_name)
            || noun_class(&lower).is_some_and(|c| matches!(c.kind, EntityType::Person | EntityType::Org))
    };
    if let Some(last) = (tokens.start..tokens.end.saturating_sub(1)).rev().find(|&t| is_title(t)) {
        tokens.start = last + 1;
    }
    // "Jay in Kyiv": where somebody is, is no part of his name.
    let is_place_word = |t: &u32| matches!(ctx.form(*t), "in" | "at" | "from");
    if let Some(place) = (tokens.start + 1..tokens.end).find(is_place_word) {
        tokens.end = place;
    }
    (tokens, kind)
}

/// Words of a title that may stand before a name's first.
const LONGEST_TITLE: u32 = 3;

/// Where the name of a person begins whose title of several words reaches into what was taken for a name:
/// "Secretary of [State Clinton]".
fn end_of_title(ctx: &Context<'_>, name: TokenRange) -> Option<u32> {
    let words = |from: u32| ctx.words(TokenRange::new(from, name.start + 1));
    let mut starts = name.start.saturating_sub(LONGEST_TITLE)..name.start;
    let begins = |from: u32| title(words(from)).is_some_and(|title| title.before_name);
    (name.len() > 1 && starts.any(begins)).then_some(name.start + 1)
}

fn kind_of(gazetteer: &Gazetteer, entry: EntryId) -> Option<EntityType> {
    gazetteer.entry(entry).and_then(|e| e.kind())
}

fn same_length(a: &Name, b: &Name) -> bool {
    a.tokens.len() == b.tokens.len()
}

/// Two finds of the same words: keeps those entries that fit the recogniser's type, or, when none fits and the
/// name is one word that is also a surname or first name, drops the link.
fn agree(gazetteer: &Gazetteer, listed: &mut Name, recognized: &Name) {
    if listed.entries.iter().all(|&e| kind_of(gazetteer, e).is_none()) {
        listed.kind = recognized.kind;
        return;
    }
    let fitting: Vec<EntryId> = listed
        .entries
        .iter()
        .copied()
        .filter(|&e| kind_of(gazetteer, e).is_some_and(|k| compatible(k, recognized.kind)))
        .collect();
    if !fitting.is_empty() {
        listed.kind = kind_of(gazetteer, fitting[0]).unwrap_or(listed.kind);
        listed.entries = fitting;
    } else if listed.tokens.len() == 1 && recognized.kind == EntityType::Person && listed.kind.is_place() {
        // Countries, and the seats of governments that are nobody's first name, act and speak like people.
        let acts = |e: Entry<'_>| {
            e.id().starts_with("country/") || (e.stands_for().is_some() && first_name(e.name()).is_none())
        };
        let state = listed.entries.iter().any(|&e| gazetteer.entry(e).is_some_and(acts));
        if !state && listed.doubtful {
            listed.kind = EntityType::Person;
            listed.entries.clear();
        }
    }
}

/// Whether two types may be one thing seen differently: places among themselves, bodies and places that act.
fn compatible(a: EntityType, b: EntityType) -> bool {
    use EntityType::{Event, Law, Norp, Org, Product, WorkOfArt};
    let things = |t| matches!(t, Event | Law | Product | WorkOfArt | Norp);
    a == b || (a.is_place() && b.is_place()) || (things(a) && things(b)) || (a == Org && b.is_place())
}

/// The entries of a name at the end of a person's are the person's too, unless the first name is another: Jay Nixon is
/// not Richard.
fn inherit_surname(ctx: &Context<'_>, person: &mut Name, surname: &Name) {
    if surname.tokens.end != person.tokens.end {
        return;
    }
    let first = folded(ctx.form(person.tokens.start));
    let called = |entry: Entry<'_>| {
        let mut firsts = entry.names().filter(|n| n.class != NameClass::Surname);
        firsts.any(|n| n.text.split(' ').next().is_some_and(|own| similar_first_names(&first, &folded(own))))
    };
    let entries = surname.entries.iter().copied().filter(|&id| {
        let person = ctx.gazetteer.entry(id).filter(|entry| entry.kind() == Some(EntityType::Person));
        person.is_some_and(|entry| surname.tokens.len() > 1 || called(entry))
    });
    person.entries = entries.collect();
}
