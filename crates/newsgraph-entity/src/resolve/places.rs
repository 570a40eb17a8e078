//! Which of several entries a name stands for: by what the text says beside it, where the story plays, prominence,
//! and who was in office. Ambiguous stays open: there is an entry only where it is several times as likely as the
//! next.

use newsgraph_gazetteer::{Entry, EntryId, PartialDate};
use rustc_hash::FxHashMap;

use super::context::Context;
use super::names::Name;

/// How many times as likely as the next an entry must be.
const MARGIN: u64 = 3;

/// How much likelier a place is in the one country that a story speaks of than its inhabitants say.
const HOME: u64 = 20;

/// How much likelier the seat of a government is than its inhabitants say.
const CAPITAL: u64 = 5;

/// Inhabitants below which a place is hardly ever meant in a story that speaks of other countries only.
const LITTLE_KNOWN: u64 = 100_000;

/// Mentions of other countries from which on that is so.
const ELSEWHERE: u32 = 3;

/// The countries that a document speaks of.
#[derive(Default)]
pub(super) struct Story {
    /// Mentions by name, of the country, its people, regions and bodies, by ISO code.
    mentions: FxHashMap<String, u32>,
    all: u32,
}

impl Story {
    /// The countries of those names that leave no doubt, cities aside: they are what is to be decided.
    pub(super) fn new(ctx: &Context<'_>, names: &[Name]) -> Self {
        let mut story = Self::default();
        for name in names {
            let [entry] = name.entries.as_slice() else { continue };
            let Some(entry) = ctx.gazetteer.entry(*entry).filter(|entry| !entry.id().starts_with("city/"))
            else {
                continue;
            };
            if let Some(country) = entry.country() {
                *story.mentions.entry(country.to_owned()).or_default() += 1;
                story.all += 1;
            }
        }
        story
    }

    /// The entry that `names[at]` stands for, or none where that is not clear.
    pub(super) fn choose(&self, ctx: &Context<'_>, names: &[Name], at: usize) -> Option<EntryId> {
        let name = &names[at];
        let entries = name.entries.iter().filter_map(|&id| ctx.gazetteer.entry(id));
        if !name.kind.is_place() {
            return choose_other(ctx, entries, name);
        }
        let said = country_after(ctx, names, at);
        let mut fitting: Vec<Entry<'_>> =
            entries.filter(|&entry| said.is_none_or(|country| is_within(entry, country))).collect();
        keep_cities_or_regions(&mut fitting, || is_said_of_region(ctx, names, at));
        if let Some(country) = city_state(&fitting) {
            return Some(country.number());
        }
        let mut weighted: Vec<(u64, Entry<'_>)> =
            fitting.into_iter().map(|entry| (self.weight(entry), entry)).collect();
        weighted.sort_by_key(|(weight, entry)| (std::cmp::Reverse(*weight), entry.number()));
        let (weight, best) = *weighted.first()?;
        let rival = weighted.get(1).map_or(0, |(weight, _)| *weight);
        let clear = if weighted.len() == 1 {
            said.is_some() || !self.is_elsewhere(best)
        } else {
            weight > MARGIN * rival
        };
        clear.then(|| best.number())
    }

    /// Inhabitants, more for capitals and for places in the countries of the story.
    fn weight(&self, place: Entry<'_>) -> u64 {
        let capital = if place.stands_for().is_some() { CAPITAL } else { 1 };
        place
            .population()
            .unwrap_or(0)
            .saturating_mul(capital + HOME * u64::from(self.count(place)) / u64::from(self.all.max(1)))
    }

    fn count(&self, place: Entry<'_>) -> u32 {
        place.country().and_then(|country| self.mentions.get(country)).copied().unwrap_or(0)
    }

    /// Whether a place is little known and in a country that the story never names while it names others.
    fn is_elsewhere(&self, place: Entry<'_>) -> bool {
        let small = place.population().is_some_and(|inhabitants| inhabitants < LITTLE_KNOWN);
        small && place.stands_for().is_none() && self.count(place) == 0 && self.all >= ELSEWHERE
    }
}

/// The country named right after a place: "Alexandria, Va.", "Paris, France". Countries themselves stand in lists, and
/// so may a city before a country that it is not in: then the comma says nothing.
fn country_after<'a>(ctx: &Context<'a>, names: &[Name], at: usize) -> Option<&'a str> {
    let (name, next) = (&names[at], names.get(at + 1)?);
    let entry = |&id: &EntryId| ctx.gazetteer.entry(id);
    let is_country = |entry: Entry<'_>| entry.id().starts_with("country/");
    let joined = next.tokens.start == name.tokens.end + 1 && ctx.form(name.tokens.end) == ",";
    if !joined || name.entries.iter().filter_map(entry).any(is_country) {
        return None;
    }
    let is_region = |entry: Entry<'_>| entry.id().starts_with("region/");
    let larger = |entry: &Entry<'_>| is_country(*entry) || is_region(*entry);
    let after = next.entries.iter().filter_map(entry).find(larger)?;
    let country = after.country()?;
    let sure = next.entries.iter().filter_map(entry).all(is_region);
    let known = || name.entries.iter().filter_map(entry).any(|place| is_within(place, country));
    (sure || known()).then_some(country)
}

/// Of a city and the region that it heads, which bear one name, the city, unless the text speaks of regions.
fn keep_cities_or_regions(places: &mut Vec<Entry<'_>>, region_said: impl Fn() -> bool) {
    let is = |entry: &Entry<'_>, kind: &str| entry.id().starts_with(kind);
    let both = places.iter().any(|e| is(e, "city/")) && places.iter().any(|e| is(e, "region/"));
    if both {
        let other = if region_said() { "city/" } else { "region/" };
        places.retain(|entry| !is(entry, other));
    }
}

/// Whether the words around a place, or around the list that it stands in, speak of a region: "the provinces of Luhansk and
/// Donetsk", "Odesa Governor", "Kherson's governor", "New York state".
fn is_said_of_region(ctx: &Context<'_>, names: &[Name], at: usize) -> bool {
    let listed = |left: usize| {
        let (Some(a), Some(b)) = (names.get(left), names.get(left + 1)) else { return false };
        let between = a.tokens.end..b.tokens.start;
        b.kind.is_place()
            && (1..=2).contains(&between.len())
            && between.clone().all(|t| matches!(ctx.form(t), "," | "and" | "or"))
    };
    let (mut first, mut last) = (at, at);
    while first > 0 && names[first - 1].kind.is_place() && listed(first - 1) {
        first -= 1;
    }
    while listed(last) {
        last += 1;
    }
    speaks_of_region_after(ctx, names[last].tokens.end)
        || speaks_of_region_before(ctx, names[first].tokens.start)
}

fn speaks_of_region_after(ctx: &Context<'_>, end: u32) -> bool {
    let form = |t: u32| if t < ctx.segmentation.len() { ctx.form(t) } else { "" };
    if matches!(form(end), "'s" | "’s") {
        return is_governor(form(end + 1)) || form(end + 1) == "regional";
    }
    let senator = matches!(form(end), "Sen." | "Senator" | "Sens." | "senator");
    is_region_noun(form(end)) || is_governor(form(end)) || senator || form(end) == "regional"
}

fn speaks_of_region_before(ctx: &Context<'_>, start: u32) -> bool {
    let form = |back: u32| start.checked_sub(back).map_or("", |t| ctx.form(t));
    match form(1) {
        "of" => is_region_noun(form(2)) || is_governor(form(2)),
        "—" | "–" | "-" | ":" | "(" | "including" => is_region_noun(form(2)),
        "as" => form(2) == "such" && is_region_noun(form(3)),
        _ => false,
    }
}

fn is_region_noun(word: &str) -> bool {
    const NOUNS: [&str; 11] = [
        "region",
        "regions",
        "province",
        "provinces",
        "oblast",
        "oblasts",
        "governorate",
        "governorates",
        "prefecture",
        "prefectures",
        "state",
    ];
    NOUNS.iter().any(|noun| noun.eq_ignore_ascii_case(word))
}

fn is_governor(word: &str) -> bool {
    matches!(word, "governor" | "Governor" | "Gov." | "Gov" | "governors" | "governorship" | "gubernatorial")
}

/// The country among places that all lie in it: Singapore, Luxembourg.
fn city_state<'a>(places: &[Entry<'a>]) -> Option<Entry<'a>> {
    let country = places.iter().find(|place| place.id().starts_with("country/"))?;
    places.iter().all(|place| place.country() == country.country()).then_some(*country)
}

fn is_within(place: Entry<'_>, country: &str) -> bool {
    place.country().is_none_or(|own| own == country)
}

/// Of people and bodies the only one, else the only one that held an office on the day of the document.
fn choose_other<'a>(
    ctx: &Context<'a>,
    entries: impl Iterator<Item = Entry<'a>>,
    name: &Name,
) -> Option<EntryId> {
    if let [one] = name.entries.as_slice() {
        return Some(*one);
    }
    let date = ctx.published.and_then(PartialDate::parse)?;
    let mut serving = entries.filter(|entry| entry.roles_on(date).next().is_some());
    let only = serving.next()?;
    serving.next().is_none().then(|| only.number())
}
