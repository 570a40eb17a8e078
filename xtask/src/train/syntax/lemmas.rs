//! Learning the lemmatiser: the most frequent script of every ending, and the words that go their own way.

use std::collections::BTreeMap;

use newsgraph_syntax::training::lemmatizer::{LONGEST_ENDING, Script, WHOLE, context, key};
use newsgraph_syntax::training::lexicon::{Lexemes, Shape, table};
use newsgraph_syntax::training::model::{Section, SectionWriter};

use super::corpus::Sentence;
use super::tagger::Tags;
use newsgraph_syntax::Upos;

/// What to do to a form: keep its case, strip so many bytes, append this.
type Edit = (bool, usize, String);

/// Counts of scripts by context and ending.
type Counts = BTreeMap<(u32, usize, Vec<u8>), BTreeMap<Edit, u32>>;

/// Adds the lemmatiser to a file.
pub(super) fn write(tags: &Tags, sentences: &[Sentence], out: &mut SectionWriter) {
    let mut counts = Counts::new();
    let mut lexemes = Lexemes::default();
    for sentence in sentences {
        lexemes.fill_from(None, sentence.forms());
        for (i, form) in sentence.forms.iter().enumerate() {
            let (lemma, shape) = (&sentence.lemmas[i], lexemes[i].shape);
            if lemma == "_" || shape == Shape::Digits {
                continue;
            }
            let lower = lexemes.lower(i);
            let edit = edit(form, lower, lemma, sentence.tags[i].0 == Upos::Propn);
            let context = context(shape, tags.number(sentence.tags[i]));
            let bytes = lower.as_bytes();
            let lengths = (0..=LONGEST_ENDING.min(bytes.len())).chain([WHOLE]);
            for len in lengths {
                if len != WHOLE && !is_regular(&edit) {
                    continue;
                }
                let ending = if len == WHOLE { bytes } else { &bytes[bytes.len() - len..] };
                *counts
                    .entry((context, len, ending.to_vec()))
                    .or_default()
                    .entry(edit.clone())
                    .or_default() += 1;
            }
        }
    }
    let chosen = prune(&counts);
    let mut scripts: Vec<Script> = Vec::new();
    let mut endings = String::new();
    let mut numbers: BTreeMap<&Edit, u32> = BTreeMap::new();
    let mut entries = Vec::new();
    for ((context, len, ending), edit) in &chosen {
        let number = *numbers.entry(edit).or_insert_with(|| {
            let at = endings.find(&edit.2).unwrap_or_else(|| {
                endings.push_str(&edit.2);
                endings.len() - edit.2.len()
            });
            scripts.push([u16::from(edit.0), edit.1 as u16, at as u16, edit.2.len() as u16]);
            scripts.len() as u32 - 1
        });
        entries.push((key(*context, *len, ending), number));
    }
    let (keys, values) = table(entries);
    out.add(Section::LemmaKeys, &keys);
    out.add(Section::LemmaScripts, &values);
    out.add(Section::Scripts, &scripts);
    out.add(Section::Endings, endings.as_bytes());
}

/// Whether an edit can be a rule for other words too: misspellings and irregular forms change too much.
fn is_regular((_, strip, append): &Edit) -> bool {
    (*strip <= 3 && append.len() <= 3) || (*strip <= 4 && append.is_empty())
}

/// The script that changes least; where case does not matter, the one usual for names or for other words.
fn edit(form: &str, lower: &str, lemma: &str, name: bool) -> Edit {
    let by = |base: &str| {
        let common: usize =
            base.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        (base.len() - common, lemma[common..].to_string())
    };
    let (kept, lowered) = (by(form), by(lower));
    let cost = |e: &(usize, String)| e.0 + e.1.len();
    let keep = if cost(&kept) == cost(&lowered) { name } else { cost(&kept) < cost(&lowered) };
    let (strip, append) = if keep { kept } else { lowered };
    (keep, strip, append)
}

/// The best script of each ending that does not follow from a shorter one.
fn prune(counts: &Counts) -> BTreeMap<(u32, usize, Vec<u8>), Edit> {
    let best = |edits: &BTreeMap<Edit, u32>| {
        edits
            .iter()
            .max_by_key(|&(edit, count)| (*count, std::cmp::Reverse(edit.clone())))
            .map(|(e, _)| e.clone())
    };
    let mut chosen: BTreeMap<(u32, usize, Vec<u8>), Edit> = BTreeMap::new();
    let mut keys: Vec<_> = counts.keys().collect();
    keys.sort_by_key(|k| k.1); // short endings first, whole words last
    for key in keys {
        let (context, len, ending) = key;
        let Some(edit) = best(&counts[key]) else { continue };
        let longest = LONGEST_ENDING.min(if *len == WHOLE { ending.len() } else { len.saturating_sub(1) });
        let shorter = (0..=longest)
            .rev()
            .filter(|_| *len > 0)
            .find_map(|n| chosen.get(&(*context, n, ending[ending.len() - n..].to_vec())));
        if shorter != Some(&edit) {
            chosen.insert(key.clone(), edit);
        }
    }
    chosen
}
