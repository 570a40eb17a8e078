//! From the four classes of the model to the types of OntoNotes.

use newsgraph_text::{Span, TokenRange};
use newsgraph_token::{QuotationKind, Segmentation};

use super::hash;
use super::observe::{Observation, flag};
use super::tags::NameClass;
use super::words::{self, class};
use crate::EntityType;

/// Endings of words for peoples, creeds and convictions.
const BELONGING: &[&str] = &[
    "ian", "ians", "ean", "eans", "ese", "ish", "iot", "iots", "can", "cans", "ist", "ists", "crat", "crats",
    "cratic", "lim", "lims", "tian", "tians", "ite", "ites", "ic",
];

/// The type of a name of this class: a hint that agrees decides, then the words of the name.
///
/// Places are GPE unless a word says sea or street; a name of the class [`NameClass::Other`] that nothing
/// tells apart is a PRODUCT.
pub(super) fn refine(
    class: NameClass,
    name: TokenRange,
    text: &str,
    segmentation: &Segmentation,
    seen: &Observation,
) -> EntityType {
    let body = || name.len() > 1 && is_body(segmentation.form(text, name.end.saturating_sub(1)));
    match class {
        NameClass::Person | NameClass::Place | NameClass::Other if body() => EntityType::Org,
        NameClass::Person => EntityType::Person,
        NameClass::Organization => EntityType::Org,
        NameClass::Place => {
            hinted(name, seen, EntityType::is_place).unwrap_or_else(|| place(name, text, segmentation))
        }
        NameClass::Other => hinted(name, seen, |kind| NameClass::of(kind) == Some(NameClass::Other))
            .unwrap_or_else(|| other(name, text, segmentation, seen)),
    }
}

/// Last words that leave no doubt that a name of several is a body's.
const BODIES: &[&str] = &[
    "agency",
    "association",
    "club",
    "commission",
    "committee",
    "company",
    "consortium",
    "corp",
    "corp.",
    "corporation",
    "council",
    "department",
    "federation",
    "foundation",
    "inc",
    "inc.",
    "institute",
    "league",
    "llc",
    "ltd",
    "ltd.",
    "ministry",
    "party",
    "society",
    "university",
];

fn is_body(word: &str) -> bool {
    BODIES.iter().any(|body| body.eq_ignore_ascii_case(word))
}

/// The type that a hint over the whole name gives, if `fits` accepts it.
fn hinted(name: TokenRange, seen: &Observation, fits: impl Fn(EntityType) -> bool) -> Option<EntityType> {
    let tokens = seen.tokens.get(name.range())?;
    let (first, last) = (tokens.first()?, tokens.last()?);
    let whole = first.hints == last.hints
        && matches!(first.hint_position, 1 | 4)
        && matches!(last.hint_position, 3 | 4);
    EntityType::ALL.iter().copied().find(|&kind| whole && first.hints & 1 << kind as u32 != 0 && fits(kind))
}

/// Words of a place that has no government of its own, in lower case.
const NATURE: &[&str] = &[
    "river",
    "lake",
    "sea",
    "ocean",
    "bay",
    "gulf",
    "strait",
    "channel",
    "island",
    "islands",
    "isle",
    "isles",
    "peninsula",
    "cape",
    "mount",
    "mt",
    "mt.",
    "mountain",
    "mountains",
    "hill",
    "hills",
    "valley",
    "desert",
    "forest",
    "canyon",
    "creek",
    "falls",
    "glacier",
    "reef",
    "coast",
    "continent",
    "hemisphere",
    "basin",
    "delta",
    "plain",
    "plateau",
    "archipelago",
    "east",
    "west",
    "north",
    "south",
    "africa",
    "europe",
    "asia",
    "antarctica",
];

fn place(name: TokenRange, text: &str, segmentation: &Segmentation) -> EntityType {
    let facility = |word: &str| words::classes(hash::of_lower(word)) & class::FACILITY != 0;
    let nature = |word: &str| NATURE.iter().any(|n| n.eq_ignore_ascii_case(word));
    let last = segmentation.form(text, name.end.saturating_sub(1));
    let first = segmentation.form(text, name.start);
    if name.len() > 1 && facility(last) {
        EntityType::Fac
    } else if nature(last)
        || name.len() > 1 && nature(first) && first.len() > 5
        || matches!(first, "Mount" | "Mt" | "Mt." | "Lake" | "Cape")
    {
        EntityType::Loc
    } else {
        EntityType::Gpe
    }
}

fn other(name: TokenRange, text: &str, segmentation: &Segmentation, seen: &Observation) -> EntityType {
    let classes = |token: u32| words::classes(hash::of_lower(segmentation.form(text, token)));
    let any = |bits: u32| name.iter().any(|t| classes(t) & bits != 0);
    if any(class::LAW) && name.len() > 1 {
        return EntityType::Law;
    }
    if any(class::EVENT) {
        return EntityType::Event;
    }
    let span = segmentation.span(name);
    if titled(span, segmentation) || any(class::WORK) && name.len() > 1 {
        return EntityType::WorkOfArt;
    }
    let form = segmentation.form(text, name.end.saturating_sub(1));
    let digits = seen.tokens.get(name.range()).is_some_and(|tokens| tokens.iter().any(|t| t.is(flag::DIGIT)));
    let belongs = BELONGING.iter().any(|ending| form.len() > ending.len() + 1 && form.ends_with(ending));
    if belongs && !digits && name.len() <= 3 { EntityType::Norp } else { EntityType::Product }
}

/// Whether the name fills a stretch in quotation marks that is a title.
fn titled(name: Span, segmentation: &Segmentation) -> bool {
    let quotations = segmentation.quotations();
    let first = quotations.partition_point(|q| q.span.start < name.start.saturating_sub(4));
    quotations[first..].iter().take_while(|q| q.span.start <= name.start).any(|q| {
        q.kind != QuotationKind::Utterance && q.inner.contains(name) && q.inner.len() <= name.len() + 4
    })
}
