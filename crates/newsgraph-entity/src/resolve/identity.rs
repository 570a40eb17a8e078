//! Which names are the same thing: full names first, then surnames, acronyms and variants, within one document.
//!
//! A single surname needs a bearer: the full name nearest before it, else the first after it (headlines come
//! first). Everything is looked up by key, so the cost is linear in the number of names.

use newsgraph_gazetteer::{EntryId, Gender, PartialDate, first_name, folded, title};
use newsgraph_text::TokenRange;
use rustc_hash::FxHashMap;

use super::context::Context;
use super::draft::{Cluster, ClusterId, Draft};
use super::names::Name;
use super::places::Story;
use crate::{EntityType, MentionForm};

/// Groups names into clusters and adds a mention for each.
pub(crate) fn cluster(ctx: &Context<'_>, names: &[Name], draft: &mut Draft) {
    let places = names.iter().map(|name| name.tokens).collect();
    let mut index = Index { chosen: chosen(ctx, names), places, ..Index::default() };
    let mut assigned: Vec<Option<ClusterId>> = vec![None; names.len()];
    // Full names and everything that is no person first: they are what short names refer to.
    for (i, name) in names.iter().enumerate() {
        if !is_short_person(name) {
            assigned[i] = Some(index.assign(ctx, name, i, draft));
        }
    }
    for (i, name) in names.iter().enumerate() {
        if assigned[i].is_none() {
            assigned[i] = Some(index.assign_short(ctx, name, i, draft));
        }
    }
    for (id, cluster) in draft.clusters.iter().enumerate() {
        let known = cluster.entry.and_then(|entry| ctx.gazetteer.entry(entry));
        if let Some(code) = known.and_then(|entry| entry.id().strip_prefix("country/")) {
            draft.states.entry(code.to_owned()).or_insert(id as ClusterId);
        }
    }
    for (name, cluster) in names.iter().zip(assigned) {
        let Some(cluster) = cluster else { continue };
        draft.add_mention(name.tokens, ctx.head_of(name.tokens), MentionForm::Name, cluster);
        if let Some((office, entry)) = office_of(ctx, name, draft.cluster(cluster)) {
            let tokens = TokenRange::new(name.tokens.start, office + 1);
            let body = index.of_entry(ctx, entry, ctx.words(tokens), draft);
            draft.add_mention(tokens, office, MentionForm::Nominal, body);
            draft.also_headed.insert(office, body);
        }
    }
}

/// The word "office" in "Macron's office", and the entry of the office that its holder has.
fn office_of(ctx: &Context<'_>, name: &Name, holder: &Cluster) -> Option<(u32, EntryId)> {
    let office = name.tokens.end + 1;
    let said = office < ctx.segmentation.len()
        && matches!(ctx.form(office - 1), "'s" | "’s" | "'" | "’")
        && ctx.form(office) == "office";
    let holder = ctx.gazetteer.entry(holder.entry.filter(|_| said)?)?;
    let published = ctx.published.and_then(PartialDate::parse);
    let mut terms = holder.roles().filter(|term| match published {
        Some(date) => term.is_dated() && term.covers(date),
        None => term.to.is_none(),
    });
    terms.find_map(|term| {
        let name = format!("office of the {} of {}", term.title, term.of?.name());
        let found = ctx.gazetteer.candidates(ctx.gazetteer.by_name(&name)?).next()?;
        Some((office, found.entry.number()))
    })
}

fn chosen(ctx: &Context<'_>, names: &[Name]) -> Vec<Option<EntryId>> {
    let story = Story::new(ctx, names);
    (0..names.len()).map(|at| story.choose(ctx, names, at)).collect()
}

fn is_short_person(name: &Name) -> bool {
    name.kind == EntityType::Person && name.tokens.len() == 1
}

/// Most bearers of a surname that a misspelt name is compared with.
const MOST_BEARERS: usize = 32;

/// What has been seen in the document, by key.
#[derive(Default)]
struct Index {
    /// The entry that each name stands for.
    chosen: Vec<Option<EntryId>>,
    by_entry: FxHashMap<EntryId, ClusterId>,
    by_name: FxHashMap<(String, u8), ClusterId>,
    /// Folded surname, and first name, of persons → (index of the name, cluster), in order of the text.
    by_part: FxHashMap<String, Vec<(usize, ClusterId)>>,
    /// Whom a surname or first name alone meant last.
    meant: FxHashMap<String, ClusterId>,
    /// Where each name stands.
    places: Vec<TokenRange>,
    /// Initials of names of bodies → cluster.
    by_initials: FxHashMap<String, ClusterId>,
}

impl Index {
    fn assign(&mut self, ctx: &Context<'_>, name: &Name, position: usize, draft: &mut Draft) -> ClusterId {
        let words = ctx.words(name.tokens);
        let entry = self.chosen.get(position).copied().flatten();
        let key = (folded(words), group(name.kind));
        let known = entry
            .and_then(|e| self.by_entry.get(&e).copied())
            .or_else(|| self.by_name.get(&key).copied().filter(|&id| same_entry(draft.cluster(id), entry)))
            .or_else(|| self.acronym(name, words))
            // "George H.W. Bush" and "George W. Bush" are two people whom the gazetteer tells apart.
            .or_else(|| self.variant(name, words, draft).filter(|&id| same_entry(draft.cluster(id), entry)));
        let cluster = known.unwrap_or_else(|| draft.add_cluster(Cluster::new(name.kind, words)));
        self.describe(ctx, draft.cluster_mut(cluster), name, entry, words);
        if let Some(entry) = entry {
            self.by_entry.entry(entry).or_insert(cluster);
        }
        self.by_name.entry(key).or_insert(cluster);
        if name.kind == EntityType::Person {
            for part in person_parts(words) {
                self.by_part.entry(part).or_default().push((position, cluster));
            }
        } else if let Some(initials) = initials(words) {
            self.by_initials.entry(initials).or_insert(cluster);
        }
        cluster
    }

    /// The cluster of an entry that is referred to by other words than its names.
    fn of_entry(&mut self, ctx: &Context<'_>, entry: EntryId, words: &str, draft: &mut Draft) -> ClusterId {
        *self.by_entry.entry(entry).or_insert_with(|| {
            let mut cluster = Cluster::new(EntityType::Org, words);
            (cluster.named, cluster.entry) = (true, Some(entry));
            link(ctx, &mut cluster, entry);
            draft.add_cluster(cluster)
        })
    }

    /// A person named by one word: the bearer nearest before, else the first after, else the gazetteer's.
    ///
    /// Whom the word has meant before it goes on to mean, unless another bearer is named in full in this sentence or
    /// the one before: in a story of Hillary Clinton that mentions Bill Clinton once, "Clinton" is still she.
    fn assign_short(
        &mut self,
        ctx: &Context<'_>,
        name: &Name,
        position: usize,
        draft: &mut Draft,
    ) -> ClusterId {
        let words = ctx.words(name.tokens);
        let part = fold_surname(words);
        let bearer = self.bearer(ctx, name, position, &part, draft);
        match bearer {
            Some(cluster) => {
                self.meant.insert(part, cluster);
                cluster
            }
            None => self.assign(ctx, name, position, draft),
        }
    }

    fn bearer(
        &self,
        ctx: &Context<'_>,
        name: &Name,
        position: usize,
        part: &str,
        draft: &Draft,
    ) -> Option<ClusterId> {
        let bearers = self.by_part.get(part)?;
        let before = name.tokens.start.checked_sub(1).and_then(|t| title(ctx.form(t))).and_then(|t| t.gender);
        // "Mrs. Clinton" is not Bill.
        let other = |gender: Gender| before.is_some_and(|said| said != gender && said != Gender::Either);
        let fits =
            |id: ClusterId| draft.cluster(id).gender.is_none_or(|own| own == Gender::Either || !other(own));
        let after = bearers.partition_point(|(at, _)| *at < position);
        let nearest = bearers[..after].iter().rev().chain(&bearers[after..]).find(|(_, id)| fits(*id));
        let &(at, nearest) = nearest.or(bearers.get(after.saturating_sub(1)))?;
        let meant = self.meant.get(part).copied().filter(|&id| id != nearest && fits(id));
        let sentence = |tokens: TokenRange| ctx.segmentation.sentence_of(tokens.start);
        let fresh = || self.places.get(at).is_some_and(|full| sentence(*full) + 1 >= sentence(name.tokens));
        Some(meant.filter(|_| !fresh()).unwrap_or(nearest))
    }

    fn acronym(&self, name: &Name, words: &str) -> Option<ClusterId> {
        let capitals = words.len() >= 2 && words.chars().all(|c| c.is_uppercase());
        if !capitals || name.kind == EntityType::Person {
            return None;
        }
        self.by_initials.get(words).copied()
    }

    /// A full name that differs from a known one in a letter or two of its first name: a typo, or another
    /// transliteration.
    fn variant(&self, name: &Name, words: &str, draft: &Draft) -> Option<ClusterId> {
        if name.kind != EntityType::Person {
            return None;
        }
        let (first, last) = first_and_last(words)?;
        let bearers = self.by_part.get(&fold_surname(last))?;
        bearers.iter().rev().take(MOST_BEARERS).map(|&(_, cluster)| cluster).find(|&cluster| {
            first_and_last(&draft.cluster(cluster).label).is_some_and(|(other_first, other_last)| {
                fold_surname(other_last) == fold_surname(last)
                    && similar_first_names(&folded(first), &folded(other_first))
            })
        })
    }

    fn describe(
        &self,
        ctx: &Context<'_>,
        cluster: &mut Cluster,
        name: &Name,
        entry: Option<EntryId>,
        words: &str,
    ) {
        cluster.named = true;
        cluster.listed |= !name.entries.is_empty();
        cluster.coder = cluster.coder.or(name.coder);
        let longer = name.tokens.len() > 1 && words.len() > cluster.label.len();
        if longer && cluster.entry.is_none() {
            cluster.label = words.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        if let (Some(id), None) = (entry, cluster.entry) {
            cluster.entry = Some(id);
            link(ctx, cluster, id);
        }
        if cluster.kind == EntityType::Person && cluster.gender.is_none() {
            cluster.gender = first_name(ctx.form(name.tokens.start));
        }
    }
}

/// Takes over what the gazetteer knows: type, gender, country and the offices held when the document appeared.
fn link(ctx: &Context<'_>, cluster: &mut Cluster, id: EntryId) {
    let Some(known) = ctx.gazetteer.entry(id) else { return };
    cluster.kind = known.kind().unwrap_or(cluster.kind);
    cluster.gender = known.gender();
    if let Some(country) = known.country() {
        cluster.add_country(country);
    }
    let published = ctx.published.and_then(PartialDate::parse);
    for term in known.roles() {
        if published.is_none_or(|date| term.covers(date)) {
            cluster.add_role(term.to_string());
        }
    }
}

/// Whether a name that stands for this entry may be a cluster's.
fn same_entry(cluster: &Cluster, entry: Option<EntryId>) -> bool {
    entry.is_none() || cluster.entry.is_none() || cluster.entry == entry
}

/// Names of different groups are never the same thing, however they are spelled.
fn group(kind: EntityType) -> u8 {
    match kind {
        EntityType::Person => 0,
        EntityType::Gpe | EntityType::Loc | EntityType::Fac => 1,
        EntityType::Norp => 2,
        _ => 3,
    }
}

fn first_and_last(words: &str) -> Option<(&str, &str)> {
    let first = words.split_whitespace().next()?;
    let last = words.split_whitespace().next_back()?;
    (words.split_whitespace().count() > 1).then_some((first, last))
}

/// The parts by which a person is named alone: the surname first, then the first name.
fn person_parts(words: &str) -> Vec<String> {
    let mut parts = Vec::with_capacity(2);
    let mut names =
        words.split_whitespace().filter(|w| !matches!(*w, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III"));
    let first = names.next();
    if let Some(last) = names.next_back() {
        parts.push(fold_surname(last));
    }
    if let Some(first) = first {
        parts.push(fold_surname(first));
    }
    parts
}

/// A surname without the spellings of its ending that transliteration varies: -iy, -yy, -ii, -ij, -y, -i.
fn fold_surname(surname: &str) -> String {
    let mut folded = folded(surname);
    for ending in ["iy", "yy", "ii", "ij", "yi", "y", "i"] {
        if folded.len() > ending.len() + 3 && folded.ends_with(ending) {
            folded.truncate(folded.len() - ending.len());
            folded.push('i');
            break;
        }
    }
    folded
}

/// Whether two folded first names are spellings of one: equal, or long with a long common beginning.
pub(super) fn similar_first_names(a: &str, b: &str) -> bool {
    let common = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    a == b || (common >= 5 && a.len().abs_diff(b.len()) <= 2 && common + 2 >= a.len().max(b.len()))
}

/// The initials of a name of several words, small words left out: "Institute for the Study of War" gives "ISW".
fn initials(words: &str) -> Option<String> {
    let letters: String = words
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|w| w.chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    (letters.chars().count() >= 2).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surname_spellings_fold_together() {
        for (a, b) in [("Zelenskiy", "Zelensky"), ("Zelenskyy", "Zelensky"), ("Medvedchuk", "Medvedchuk")] {
            assert_eq!(fold_surname(a), fold_surname(b), "{a} / {b}");
        }
        assert_ne!(fold_surname("Ali"), fold_surname("Al"));
    }

    #[test]
    fn first_names_of_one_person() {
        for (a, b, same) in [
            ("emmanuel", "emmanuelle", true),
            ("volodymyr", "volodymir", true),
            ("john", "joan", false),
            ("hillary", "bill", false),
            ("george", "georgina", false),
        ] {
            assert_eq!(similar_first_names(a, b), same, "{a} / {b}");
        }
    }
}
