//! Which quotes are one utterance although their wording or length differs.
//!
//! Utterances are taken shortest first. Each joins the best of the leaders before it, or becomes a leader itself;
//! it is compared with leaders only, never with what joined them, so that likeness makes no chains. The result is a
//! function of the set of utterances.

use crate::date::Day;
use crate::facts::{CanonicalFacts, End, NONE, Sym};
use crate::fold::{each_word, name_key, words};
use crate::repeats::{Postings, Repeats};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

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

/// Words that say little about what is said, in order.
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

/// A word, by its number in [`Words`].
type Code = u32;

/// An utterance as it is compared. Its words and stems lie in [`Words`].
struct Item {
    node: Sym,
    documents: u32,
    words: Range<usize>,
    /// Content words, cut to their stems, in order.
    stems: Range<usize>,
    /// The same, sorted, each once.
    distinct: Range<usize>,
    speakers: Vec<Sym>,
    negated: bool,
    numbers: Vec<Code>,
    days: Option<(Day, Day)>,
}

/// The words of all utterances.
#[derive(Default)]
struct Words {
    codes: FxHashMap<Box<str>, Code>,
    known: Vec<Word>,
    running: Vec<Code>,
}

#[derive(Clone, Copy)]
struct Word {
    stem: Code,
    has_digit: bool,
    is_negation: bool,
    is_content: bool,
}

impl Words {
    /// The number of a word, which is also that of a stem of the same letters.
    fn code(&mut self, word: &str) -> Code {
        if let Some(&code) = self.codes.get(word) {
            return code;
        }
        let code = self.known.len() as Code;
        self.codes.insert(word.into(), code);
        let is_negation = NEGATIONS.binary_search(&word).is_ok();
        self.known.push(Word {
            stem: code,
            has_digit: word.bytes().any(|b| b.is_ascii_digit()),
            is_negation,
            is_content: !is_negation && FUNCTION_WORDS.binary_search(&word).is_err(),
        });
        let stem = stem(word);
        if stem != word {
            self.known[code as usize].stem = self.code(stem);
        }
        code
    }

    /// Adds a text and returns where its words lie.
    fn add(&mut self, text: &str) -> Range<usize> {
        let from = self.running.len();
        each_word(text, |word| {
            let code = self.code(word);
            self.running.push(code);
        });
        from..self.running.len()
    }

    fn of(&self, place: &Range<usize>) -> &[Code] {
        self.running.get(place.clone()).unwrap_or_default()
    }

    fn words(&self, place: &Range<usize>) -> impl Iterator<Item = (Code, Word)> + '_ {
        self.of(place).iter().map(|&code| (code, self.known[code as usize]))
    }

    fn item(&mut self, node: Sym, text: &str, speakers: Vec<Sym>, (documents, days): Publication) -> Item {
        let words = self.add(text);
        let content = self.words(&words).filter(|(_, word)| word.is_content).map(|(_, word)| word.stem);
        let content: Vec<Code> = content.collect();
        let mut numbers: Vec<Code> =
            self.words(&words).filter(|(_, word)| word.has_digit).map(|(code, _)| code).collect();
        numbers.sort_unstable();
        let negated = self.words(&words).any(|(_, word)| word.is_negation);
        let stems = words.end..words.end + content.len();
        self.running.extend(&content);
        let mut distinct = content;
        distinct.sort_unstable();
        distinct.dedup();
        self.running.extend(&distinct);
        let distinct = stems.end..self.running.len();
        Item { node, documents, words, stems, distinct, speakers, negated, numbers, days }
    }
}

/// In how many documents, and from when to when.
type Publication = (u32, Option<(Day, Day)>);

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
    let mut words = Words::default();
    let mut items = items(facts, &mut words);
    let nested = Nested::of(facts);
    items.sort_by_key(|item| (item.words.len(), std::cmp::Reverse(item.documents), item.node));
    let mut leaders = Leaders::new(&words, &items);
    let mut joined = Vec::new();
    for item in items {
        match leaders.find(&item, &nested) {
            Some((leader, how)) => joined.push(Joined { node: item.node, leader, how }),
            None => leaders.add(item),
        }
    }
    joined
}

/// Which utterances lie in which, as outer and inner ones.
#[derive(Default)]
struct Nested {
    all: FxHashSet<(Sym, Sym)>,
    outer: FxHashSet<Sym>,
    /// Those that have a speaker in common: a part that somebody sets off from the rest of his words is an utterance of its
    /// own.
    parts: FxHashSet<(Sym, Sym)>,
}

impl Nested {
    fn of(facts: &CanonicalFacts) -> Self {
        let (is_said, is_nested) = (facts.number("SAID"), facts.number("NESTED_IN"));
        let mut said: FxHashSet<(Sym, Sym)> = FxHashSet::default();
        let mut nested: Vec<(Sym, Sym)> = Vec::new();
        let mut speakers: FxHashMap<Sym, Vec<Sym>> = FxHashMap::default();
        for link in &facts.links {
            let (End::Node(source), End::Node(target)) = (link.source, link.target) else { continue };
            if Some(link.kind) == is_said && said.insert((source, target)) {
                speakers.entry(target).or_default().push(source);
            } else if Some(link.kind) == is_nested {
                nested.push((target, source));
            }
        }
        let one_voice = |(outer, inner): &(Sym, Sym)| {
            speakers.get(inner).into_iter().flatten().any(|&speaker| said.contains(&(speaker, *outer)))
        };
        Self {
            parts: nested.iter().copied().filter(one_voice).collect(),
            outer: nested.iter().map(|(outer, _)| *outer).collect(),
            all: nested.into_iter().collect(),
        }
    }
}

/// What bodies call those that speak for them.
const OFFICES: [[&str; 2]; 4] =
    [["press", "service"], ["press", "office"], ["media", "office"], ["press", "department"]];

/// Nodes that speak for another one by their name: the Kremlin press service, with the one known body of the name.
fn voices(facts: &CanonicalFacts) -> FxHashMap<Sym, Sym> {
    let spoken_for = |name: Sym| {
        let words = words(facts.text(name));
        let (body, office) = words.split_at_checked(words.len().checked_sub(2)?)?;
        OFFICES
            .iter()
            .any(|known| office == known)
            .then(|| name_key(&body.join(" ")))
            .filter(|key| !key.is_empty())
    };
    let offices = facts.namings.iter().filter(|naming| naming.kb == NONE);
    let offices: Vec<(Sym, String)> =
        offices.filter_map(|naming| Some((naming.node, spoken_for(naming.name)?))).collect();
    if offices.is_empty() {
        return FxHashMap::default();
    }
    let mut bodies: FxHashMap<String, Vec<Sym>> = FxHashMap::default();
    for naming in facts.namings.iter().filter(|naming| naming.kb != NONE) {
        let nodes = bodies.entry(name_key(facts.text(naming.name))).or_default();
        if !nodes.contains(&naming.node) {
            nodes.push(naming.node);
        }
    }
    let only = |key: &String| bodies.get(key).filter(|nodes| nodes.len() == 1).map(|nodes| nodes[0]);
    offices.into_iter().filter_map(|(office, key)| Some((office, only(&key)?))).collect()
}

fn items(facts: &CanonicalFacts, words: &mut Words) -> Vec<Item> {
    let mut speakers: FxHashMap<Sym, Vec<Sym>> = FxHashMap::default();
    let voices = voices(facts);
    let kinds = [facts.number("SAID"), facts.number("RELAYED")];
    for link in facts.links.iter().filter(|link| kinds.contains(&Some(link.kind))) {
        if let (End::Node(speaker), End::Node(quote)) = (link.source, link.target) {
            let speaker = voices.get(&speaker).copied().unwrap_or(speaker);
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
            words.item(node, facts.text(wordings[0].text), speakers, (documents.len() as u32, days))
        })
        .collect()
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

struct Leaders<'w> {
    words: &'w Words,
    items: Vec<Item>,
    /// The first words of all utterances, and all pairs of content words of one speaker: nothing else is looked for.
    first_words: Repeats,
    all_pairs: Repeats,
    /// Leaders by the hash of their first words; also by speaker and these, as many say "it is too early to speak of …".
    openings: Postings,
    /// Leaders by a speaker and two content words in a row.
    pairs: Postings,
}

impl<'w> Leaders<'w> {
    /// No leaders yet, of these utterances.
    fn new(words: &'w Words, items: &[Item]) -> Self {
        let mut first_words = Repeats::new(items.len());
        let mut all_pairs =
            Repeats::new(items.iter().map(|item| item.stems.len() * item.speakers.len()).sum());
        for item in items {
            if let Some(opening) = words.of(&item.words).first_chunk::<VERBATIM>() {
                first_words.add(run(NONE, opening));
            }
            for &speaker in &item.speakers {
                for pair in words.of(&item.stems).windows(2) {
                    all_pairs.add(run(speaker, pair));
                }
            }
        }
        let (openings, pairs) = (Postings::default(), Postings::default());
        Self { words, items: Vec::new(), first_words, all_pairs, openings, pairs }
    }

    fn add(&mut self, item: Item) {
        let number = self.items.len() as u32;
        if let Some(opening) = self.words.of(&item.words).first_chunk::<VERBATIM>() {
            for &speaker in item.speakers.iter().chain(&[NONE]) {
                self.openings.add(run(speaker, opening), number, POSTINGS);
            }
        }
        let stems = self.words.of(&item.stems);
        if stems.len() >= SHARED {
            for &speaker in &item.speakers {
                for pair in stems.windows(2).map(|pair| run(speaker, pair)) {
                    if self.all_pairs.is_repeated(pair) {
                        self.pairs.add(pair, number, POSTINGS);
                    }
                }
            }
        }
        self.items.push(item);
    }

    /// What others say tells more than what an utterance itself holds: that comes last.
    fn find(&self, item: &Item, nested: &Nested) -> Option<(Sym, Likeness)> {
        let pair = |leader: u32| (item.node, self.items[leader as usize].node);
        let may = |leader: u32| !nested.parts.contains(&pair(leader));
        let other = |leader: u32| !nested.all.contains(&pair(leader));
        let verbatim = |leader| (leader, Likeness::Verbatim);
        let paraphrase = |leader| (leader, Likeness::Paraphrase);
        let found = self.quoted_in(item, other).map(verbatim);
        let found = found.or_else(|| self.paraphrased_by(item, other).map(paraphrase));
        if found.is_some() || !nested.outer.contains(&item.node) {
            return found;
        }
        let found = self.quoted_in(item, may).map(verbatim);
        found.or_else(|| self.paraphrased_by(item, may).map(paraphrase))
    }

    /// The longest leader whose words stand in the item in one run, or which begins as it does in the same mouth: outlets
    /// cut what is said at different places. By another speaker they are the same only when published at the same time.
    fn quoted_in(&self, item: &Item, may: impl Fn(u32) -> bool) -> Option<Sym> {
        let words = self.words.of(&item.words);
        let same = |at: usize, leader: &Item| {
            let begin = self.words.of(&leader.words);
            let (one_voice, near) = (share(&leader.speakers, &item.speakers), are_near(leader, item));
            let holds = (one_voice || near) && words[at..].starts_with(begin);
            holds || (at == 0 && one_voice && near && begin_alike(begin, words))
        };
        let length = |leader: u32| self.items[leader as usize].words.len();
        let mut best: Option<(usize, std::cmp::Reverse<u32>)> = None;
        for (at, opening) in words.windows(VERBATIM).enumerate() {
            // The item's own first words are counted too.
            let opens = run(NONE, opening);
            let first_words = &self.first_words;
            if !(if at == 0 { first_words.is_repeated(opens) } else { first_words.is_known(opens) }) {
                continue;
            }
            let voices = item.speakers.iter().map(|&voice| run(voice, opening)).chain([opens]);
            let leaders = voices.flat_map(|voice| self.openings.of(voice));
            let leaders = leaders.filter(|&leader| may(leader) && same(at, &self.items[leader as usize]));
            best = best.max(leaders.map(|leader| (length(leader), std::cmp::Reverse(leader))).max());
        }
        best.map(|(_, leader)| self.items[leader.0 as usize].node)
    }

    /// The leader of a speaker of the item that shares the largest part of its content words.
    fn paraphrased_by(&self, item: &Item, may: impl Fn(u32) -> bool) -> Option<Sym> {
        let stems = self.words.of(&item.stems);
        let pairs =
            item.speakers.iter().flat_map(|&voice| stems.windows(2).map(move |pair| run(voice, pair)));
        let pairs = pairs.filter(|&pair| self.all_pairs.is_repeated(pair));
        let mut leaders: Vec<u32> = pairs.flat_map(|pair| self.pairs.of(pair)).collect();
        leaders.sort_unstable();
        leaders.dedup();
        let like = leaders.into_iter().filter_map(|leader| {
            let likeness = likeness(self.words, &self.items[leader as usize], item)?;
            may(leader).then_some((likeness, std::cmp::Reverse(leader)))
        });
        let best = like.max();
        best.map(|(_, leader)| self.items[leader.0 as usize].node)
    }
}

/// The hash of words in a row in somebody's mouth.
fn run(speaker: Sym, words: &[Code]) -> u64 {
    words.iter().fold(u64::from(speaker).wrapping_mul(0xff51_afd7_ed55_8ccd), |h: u64, &word| {
        (h.rotate_left(23) ^ u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

/// Whether the first eight words or more, and two thirds of the shorter one, are the same.
fn begin_alike(one: &[Code], other: &[Code]) -> bool {
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
fn likeness(words: &Words, leader: &Item, item: &Item) -> Option<usize> {
    let numbers = leader.numbers.is_empty() || item.numbers.is_empty() || leader.numbers == item.numbers;
    if !are_near(leader, item) || !numbers || leader.negated != item.negated {
        return None;
    }
    let (one, other) = (words.of(&leader.distinct), words.of(&item.distinct));
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    if longer > shorter * LONGER {
        return None;
    }
    let shared = one.iter().filter(|stem| other.binary_search(stem).is_ok()).count();
    let enough = shared >= SHARED && shared * 10 >= shorter * COVERED_TENTHS;
    enough.then(|| shared * 1000 / shorter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joins(one: (&str, Sym, Option<Day>), other: (&str, Sym, Option<Day>)) -> bool {
        let mut words = Words::default();
        let mut item = |node, (text, speaker, day): (&str, Sym, Option<Day>)| {
            words.item(node, text, vec![speaker], (1, day.map(|d| (d, d))))
        };
        let items = [item(1, one), item(2, other)];
        let mut leaders = Leaders::new(&words, &items);
        let [one, other] = items;
        leaders.add(one);
        leaders.find(&other, &Nested::default()).is_some()
    }

    #[test]
    fn lists_of_words_are_in_order() {
        assert!(FUNCTION_WORDS.is_sorted() && NEGATIONS.is_sorted());
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
