//! Which stretches are names: the gazetteer's matches and the recogniser's finds, brought into one list.

use newsgraph_gazetteer::{Entry, EntryId, Gazetteer, Match, NameClass, first_name, folded};
use newsgraph_text::TokenRange;
use rustc_hash::FxHashSet;

use super::context::Context;
use super::finds;
use super::identity::similar_first_names;
use crate::expression::Expression;
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

/// Merges the two lists. Of overlapping names the longer wins, and of equally long ones the gazetteer's, unless the
/// recogniser reads a single ambiguous word otherwise ("Jordan said", "Paris Hilton").
pub(crate) fn collect(
    ctx: &Context<'_>,
    matches: &[Match],
    recognized: &[RecognizedName],
    expressions: &[Expression],
) -> Vec<Name> {
    let found = finds::names(ctx, matches, recognized, expressions);
    let owned = parts_of_persons(ctx, &found);
    let seen = |tokens: TokenRange| {
        let at = recognized.partition_point(|n| n.tokens.end <= tokens.start);
        recognized.get(at).is_some_and(|n| n.tokens.overlaps(tokens))
    };
    let mut candidates: Vec<(Name, bool)> = matches
        .iter()
        // A word that is also an ordinary one needs a second witness.
        .filter(|m| !ctx.gazetteer.is_ambiguous(m.name) || seen(m.tokens))
        .filter_map(|m| Some((listed_name(ctx, m)?, true)))
        .chain(found.iter().map(|n| (unlisted_name(ctx, n), false)))
        .collect();
    candidates.sort_by_key(|(n, listed)| (n.tokens.start, std::cmp::Reverse(n.tokens.end), !*listed));
    let mut names: Vec<(Name, bool)> = Vec::with_capacity(candidates.len());
    for (name, listed) in candidates {
        match names.last_mut() {
            Some((last, last_listed)) if last.tokens.overlaps(name.tokens) => {
                if last.tokens == name.tokens {
                    agree(ctx, last, &name, &owned);
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

/// Makes one body of two names of one word in no list with "&" between them: "Cushman & Wakefield".
fn join_partners(ctx: &Context<'_>, names: &mut Vec<Name>) {
    let partner = |name: &Name| {
        let kind = matches!(name.kind, EntityType::Person | EntityType::Org | EntityType::Gpe);
        kind && name.entries.is_empty() && name.tokens.len() == 1
    };
    names.dedup_by(|next, name| {
        let joined = next.tokens.start == name.tokens.end + 1 && ctx.form(name.tokens.end) == "&";
        let one = joined && partner(name) && partner(next) && !is_cited(ctx, next.tokens.end);
        if one {
            name.tokens.end = next.tokens.end;
            name.kind = EntityType::Org;
        }
        one
    });
}

/// Whether a year comes next, as after the authors of a paper: "(Miller & Robertson, 2012)".
fn is_cited(ctx: &Context<'_>, end: u32) -> bool {
    let form = |t: u32| if t < ctx.segmentation.len() { ctx.form(t) } else { "" };
    let next = if matches!(form(end), "," | "(") { end + 1 } else { end };
    form(next).starts_with(|c: char| c.is_ascii_digit())
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

/// The first and last words of the names of persons of several words.
fn parts_of_persons<'t>(ctx: &Context<'t>, recognized: &[RecognizedName]) -> FxHashSet<&'t str> {
    let persons = recognized.iter().filter(|n| n.kind == EntityType::Person && n.tokens.len() > 1);
    persons.flat_map(|n| [ctx.form(n.tokens.start), ctx.form(n.tokens.end - 1)]).collect()
}

/// A name that no list has, as far as the recogniser saw.
fn unlisted_name(ctx: &Context<'_>, name: &RecognizedName) -> Name {
    let entries = finds::without_initials(ctx, name);
    Name { tokens: name.tokens, kind: name.kind, entries, coder: None, doubtful: false }
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

fn kind_of(gazetteer: &Gazetteer, entry: EntryId) -> Option<EntityType> {
    gazetteer.entry(entry).and_then(|e| e.kind())
}

fn same_length(a: &Name, b: &Name) -> bool {
    a.tokens.len() == b.tokens.len()
}

/// Two finds of the same words: keeps those entries that fit the recogniser's type, or, when none fits and the name is one
/// word that is also a surname or first name, drops the link. States, regions and the seats of governments act and speak
/// like people: they are some only where a longer name of somebody has the word (`owned`).
fn agree(ctx: &Context<'_>, listed: &mut Name, recognized: &Name, owned: &FxHashSet<&str>) {
    let gazetteer = ctx.gazetteer;
    if listed.entries.iter().all(|&e| kind_of(gazetteer, e).is_none()) {
        listed.kind = recognized.kind;
        return;
    }
    let acts = |e: Entry<'_>| {
        e.id().starts_with("country/")
            || e.id().starts_with("region/")
            || (e.stands_for().is_some() && first_name(e.name()).is_none())
    };
    let person = recognized.kind == EntityType::Person;
    let owned = owned.contains(ctx.form(listed.tokens.start));
    let state = listed.entries.iter().any(|&e| gazetteer.entry(e).is_some_and(acts));
    if person && state && listed.kind.is_place() && listed.tokens.len() == 1 && !owned {
        listed.entries.retain(|&e| kind_of(gazetteer, e).is_some_and(EntityType::is_place));
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
    } else if listed.tokens.len() == 1 && person && listed.kind.is_place() && (owned || listed.doubtful) {
        listed.kind = EntityType::Person;
        listed.entries.clear();
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
