//! Which quotes are one utterance although their wording or length differs.
//!
//! Utterances are taken shortest first. Each joins the best of the leaders before it, or becomes a leader itself;
//! it is compared with leaders only, never with what joined them, so that likeness makes no chains. The result is a
//! function of the set of utterances.

use crate::date::Day;
use crate::facts::{CanonicalFacts, End, NONE, Sym};
use crate::fold::words;
use crate::id::hash;
use rustc_hash::{FxHashMap, FxHashSet};

/// So many words in a row, all of a leader's, are its utterance whoever says them.
const VERBATIM: usize = 8;
/// Content words that a paraphrase must share with its leader at least.
const SHARED: usize = 4;
/// Of the content words of the shorter one, how many in ten must be in the longer one.
const COVERED_TENTHS: usize = 7;
/// A paraphrase has at most so many times the content words of its leader.
const LONGER: usize = 3;
/// Days that the publications of paraphrases may lie apart.
const DAYS: Day = 7;
/// Leaders that are kept under one pair of words of one speaker.
const POSTINGS: usize = 32;

/// Words that say little about what is said.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "being",
    "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her",
    "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "may", "might", "more", "must", "of",
    "on", "or", "our", "over", "said", "says", "she", "should", "so", "some", "such", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "to", "very", "was", "we", "were",
    "what", "when", "where", "which", "who", "will", "with", "would", "you", "your",
];

const NEGATIONS: &[&str] =
    &["cannot", "cant", "didnt", "doesnt", "dont", "isnt", "never", "no", "none", "not", "wasnt", "wont"];

/// An utterance as it is compared.
struct Item {
    node: Sym,
    documents: usize,
    words: Vec<u64>,
    /// Content words, cut to their stems, in order.
    stems: Vec<u64>,
    speakers: Vec<Sym>,
    negated: bool,
    numbers: Vec<u64>,
    days: Option<(Day, Day)>,
}

/// Why an utterance belongs to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    Verbatim,
    Paraphrase,
}

/// An utterance with the leader that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Joined {
    pub(crate) node: Sym,
    pub(crate) leader: Sym,
    pub(crate) how: Likeness,
}

/// The utterances that join another one, in order.
pub(crate) fn join(facts: &CanonicalFacts) -> Vec<Joined> {
    let mut items = items(facts);
    let parts = parts(facts);
    items.sort_by_key(|item| (item.words.len(), std::cmp::Reverse(item.documents), item.node));
    let mut leaders = Leaders::default();
    let mut joined = Vec::new();
    for item in items {
        match leaders.find(&item, &parts) {
            Some((leader, how)) => joined.push(Joined { node: item.node, leader, how }),
            None => leaders.add(item),
        }
    }
    joined
}

/// Utterances with those that lie in them and have a speaker in common: a part that somebody sets off from the rest of
/// his words is an utterance of its own.
fn parts(facts: &CanonicalFacts) -> FxHashSet<(Sym, Sym)> {
    let mut said: FxHashSet<(Sym, Sym)> = FxHashSet::default();
    let mut nested: Vec<(Sym, Sym)> = Vec::new();
    let mut speakers: FxHashMap<Sym, Vec<Sym>> = FxHashMap::default();
    for link in &facts.links {
        let (End::Node(source), End::Node(target)) = (link.source, link.target) else { continue };
        match facts.text(link.kind) {
            "SAID" if said.insert((source, target)) => speakers.entry(target).or_default().push(source),
            "NESTED_IN" => nested.push((source, target)),
            _ => {}
        }
    }
    let one_voice = |(inner, outer): &(Sym, Sym)| {
        speakers.get(inner).into_iter().flatten().any(|&speaker| said.contains(&(speaker, *outer)))
    };
    nested.into_iter().filter(one_voice).map(|(inner, outer)| (outer, inner)).collect()
}

fn items(facts: &CanonicalFacts) -> Vec<Item> {
    let mut speakers: FxHashMap<Sym, Vec<Sym>> = FxHashMap::default();
    for link in facts.links.iter().filter(|link| facts.text(link.kind) == "SAID") {
        if let (End::Node(speaker), End::Node(quote)) = (link.source, link.target) {
            let known = speakers.entry(quote).or_default();
            if !known.contains(&speaker) {
                known.push(speaker);
            }
        }
    }
    let groups = facts.wordings.chunk_by(|a, b| a.node == b.node);
    groups
        .map(|wordings| {
            let node = wordings[0].node;
            let mut documents: Vec<u32> = wordings.iter().map(|w| w.document).collect();
            documents.sort_unstable();
            documents.dedup();
            let published = documents
                .iter()
                .filter_map(|&d| crate::date::day(facts.known(facts.documents[d as usize].published)?));
            let days = published.clone().min().zip(published.max());
            let speakers = speakers.remove(&node).unwrap_or_default();
            item(node, facts.text(wordings[0].text), documents.len(), speakers, days)
        })
        .collect()
}

fn item(node: Sym, text: &str, documents: usize, speakers: Vec<Sym>, days: Option<(Day, Day)>) -> Item {
    let words = words(text);
    let content = words.iter().filter(|word| !FUNCTION_WORDS.contains(&word.as_str()));
    let stems = content.filter(|word| !NEGATIONS.contains(&word.as_str())).map(|word| code(stem(word)));
    let mut numbers: Vec<u64> =
        words.iter().filter(|w| w.bytes().any(|b| b.is_ascii_digit())).map(|w| code(w)).collect();
    numbers.sort_unstable();
    Item {
        node,
        documents,
        stems: stems.collect(),
        negated: words.iter().any(|word| NEGATIONS.contains(&word.as_str())),
        numbers,
        words: words.iter().map(|word| code(word)).collect(),
        speakers,
        days,
    }
}

fn code(word: &str) -> u64 {
    hash(word.as_bytes())
}

/// A word without the endings that wordings of one thought differ in: Ukrain(e|ian), West(ern|'s), polic(y|ies).
fn stem(word: &str) -> &str {
    let mut stem = word;
    for end in ["s", "ern", "ian", "ia", "ing", "ed", "e"] {
        if let Some(rest) = stem.strip_suffix(end).filter(|rest| rest.chars().nth(3).is_some()) {
            stem = rest;
        }
    }
    match stem.char_indices().nth(6) {
        Some((at, _)) => &stem[..at],
        None => stem,
    }
}

#[derive(Default)]
struct Leaders {
    items: Vec<Item>,
    /// Leaders by the hash of their first words; also by speaker and these, as many say "it is too early to speak of …".
    openings: FxHashMap<(Sym, u64), Vec<usize>>,
    /// Leaders by a speaker and two content words in a row.
    pairs: FxHashMap<(Sym, u64), Vec<usize>>,
}

impl Leaders {
    fn add(&mut self, item: Item) {
        let number = self.items.len();
        if let Some(opening) = item.words.first_chunk::<VERBATIM>() {
            for speaker in item.speakers.iter().copied().chain([NONE]) {
                let leaders = self.openings.entry((speaker, run(opening))).or_default();
                if leaders.len() < POSTINGS {
                    leaders.push(number);
                }
            }
        }
        if item.stems.len() >= SHARED {
            for &speaker in &item.speakers {
                for pair in item.stems.windows(2) {
                    let leaders = self.pairs.entry((speaker, run(pair))).or_default();
                    if leaders.len() < POSTINGS && leaders.last() != Some(&number) {
                        leaders.push(number);
                    }
                }
            }
        }
        self.items.push(item);
    }

    fn find(&self, item: &Item, parts: &FxHashSet<(Sym, Sym)>) -> Option<(Sym, Likeness)> {
        let may = |leader: usize| !parts.contains(&(item.node, self.items[leader].node));
        self.quoted_in(item, may)
            .map(|leader| (leader, Likeness::Verbatim))
            .or_else(|| self.paraphrased_by(item, may).map(|leader| (leader, Likeness::Paraphrase)))
    }

    /// The longest leader whose words stand in the item in one run, or which begins as it does in the same mouth: outlets
    /// cut what is said at different places. By another speaker they are the same only when published at the same time.
    fn quoted_in(&self, item: &Item, may: impl Fn(usize) -> bool) -> Option<Sym> {
        let starts = item.words.windows(VERBATIM).enumerate();
        let same = |at: usize, leader: &Item| {
            let (one_voice, near) = (share(&leader.speakers, &item.speakers), are_near(leader, item));
            let holds = (one_voice || near) && item.words[at..].starts_with(&leader.words);
            holds || (at == 0 && one_voice && near && begin_alike(&leader.words, &item.words))
        };
        let quoted = starts.filter_map(|(at, words)| {
            let voices = item.speakers.iter().copied().chain([NONE]);
            let leaders = voices.filter_map(|voice| self.openings.get(&(voice, run(words)))).flatten();
            leaders
                .filter(|&&leader| may(leader) && same(at, &self.items[leader]))
                .max_by_key(|&&leader| (self.items[leader].words.len(), std::cmp::Reverse(leader)))
        });
        let best =
            quoted.max_by_key(|&&leader| (self.items[leader].words.len(), std::cmp::Reverse(leader)))?;
        Some(self.items[*best].node)
    }

    /// The leader of a speaker of the item that shares the largest part of its content words.
    fn paraphrased_by(&self, item: &Item, may: impl Fn(usize) -> bool) -> Option<Sym> {
        let mut best: Option<(usize, std::cmp::Reverse<usize>)> = None;
        let mut tried: FxHashSet<usize> = FxHashSet::default();
        for &speaker in &item.speakers {
            for pair in item.stems.windows(2) {
                for &leader in self.pairs.get(&(speaker, run(pair))).into_iter().flatten() {
                    if tried.insert(leader) && may(leader) {
                        let likeness = likeness(&self.items[leader], item);
                        best = best.max(likeness.map(|likeness| (likeness, std::cmp::Reverse(leader))));
                    }
                }
            }
        }
        best.map(|(_, leader)| self.items[leader.0].node)
    }
}

fn run(words: &[u64]) -> u64 {
    words.iter().fold(0, |h: u64, word| (h.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Whether the first eight words or more, and two thirds of the shorter one, are the same.
fn begin_alike(one: &[u64], other: &[u64]) -> bool {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    same >= VERBATIM && 3 * same >= 2 * one.len().min(other.len())
}

fn share(one: &[Sym], other: &[Sym]) -> bool {
    one.iter().any(|speaker| other.contains(speaker))
}

/// Whether the publications lie so close together that one report can have the other from the same source.
fn are_near(one: &Item, other: &Item) -> bool {
    match (one.days, other.days) {
        (Some((a, b)), Some((c, d))) => c - b <= DAYS && a - d <= DAYS,
        _ => true,
    }
}

/// How much a longer item says what a leader says, in thousandths; `None` when it does not.
fn likeness(leader: &Item, item: &Item) -> Option<usize> {
    let numbers = leader.numbers.is_empty() || item.numbers.is_empty() || leader.numbers == item.numbers;
    if !are_near(leader, item) || !numbers || leader.negated != item.negated {
        return None;
    }
    let (one, other) = (distinct(&leader.stems), distinct(&item.stems));
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    let shared = one.iter().filter(|stem| other.binary_search(stem).is_ok()).count();
    let enough = shared >= SHARED && shared * 10 >= shorter * COVERED_TENTHS && longer <= shorter * LONGER;
    enough.then(|| shared * 1000 / shorter)
}

fn distinct(stems: &[u64]) -> Vec<u64> {
    let mut stems = stems.to_vec();
    stems.sort_unstable();
    stems.dedup();
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joins(one: (&str, Sym, Option<Day>), other: (&str, Sym, Option<Day>)) -> bool {
        let item = |node, (text, speaker, day): (&str, Sym, Option<Day>)| {
            item(node, text, 1, vec![speaker], day.map(|d| (d, d)))
        };
        let mut leaders = Leaders::default();
        leaders.add(item(1, one));
        leaders.find(&item(2, other), &FxHashSet::default()).is_some()
    }

    #[test]
    fn wordings_and_lengths_of_one_utterance_join() {
        let said = "the harbour dispute is a direct consequence of the policy of Northern states";
        for (name, longer, speaker) in [
            (
                "a paraphrase",
                "the dispute over the harbour was a direct consequence of the North's policy, he said",
                1,
            ),
            (
                "in other order",
                "a direct consequence of Northern policy is the harbour dispute between states",
                1,
            ),
            (
                "one word translated otherwise",
                "the harbour quarrel is a direct consequence of the policy of Northern states",
                1,
            ),
            (
                "cut at another place",
                "the harbour dispute is a direct consequence of the policy of our neighbours, as long as it lasts",
                1,
            ),
            (
                "reported by another, word for word",
                "Lee told Roe that the harbour dispute is a direct consequence of the policy of Northern states",
                2,
            ),
        ] {
            assert!(joins((said, 1, None), (longer, speaker, None)), "{name}");
        }
    }

    #[test]
    fn other_utterances_stay_apart() {
        let said = "the harbour dispute is a direct consequence of the policy of Northern states";
        for (name, other, speaker, day) in [
            (
                "another speaker's paraphrase",
                "the dispute over the harbour was a direct consequence of the North's policy",
                2,
                0,
            ),
            (
                "a denial",
                "the harbour dispute is not a direct consequence of the policy of Northern states",
                1,
                0,
            ),
            (
                "weeks later",
                "the dispute over the harbour was a direct consequence of the North's policy",
                1,
                8,
            ),
            (
                "another speaker's same words, weeks later",
                "Roe said that the harbour dispute is a direct consequence of the policy of Northern states",
                2,
                8,
            ),
            (
                "the same beginning of something else",
                "the harbour dispute is a direct consequence of years of neglect, of bad luck and of a storm in May",
                1,
                0,
            ),
            (
                "another thought on the same matter",
                "the harbour dispute needs a quick answer from Northern states today",
                1,
                0,
            ),
        ] {
            assert!(!joins((said, 1, Some(0)), (other, speaker, Some(day))), "{name}");
        }
        let deal = ("we will pay 20 million for the old ferry terminal", 1, None);
        assert!(
            !joins(deal, ("we will pay 30 million for the old ferry terminal at the pier", 1, None)),
            "figures differ"
        );
        assert!(!joins(("a fair deal", 1, None), ("it is a fair deal for all", 1, None)), "too few words");
    }
}
