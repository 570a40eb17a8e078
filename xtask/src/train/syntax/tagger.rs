//! Training the tagger: the lexicon, and an averaged perceptron with a margin.

use std::collections::BTreeMap;

use anyhow::Result;
use newsgraph_syntax::training::lexicon::{Lexemes, Lexicon, UNKNOWN, table};
use newsgraph_syntax::training::model::{AlignedBytes, Section, SectionWriter, Sections};
use newsgraph_syntax::training::tagger::{
    BLOCK, CLASSES, FEATURES, Tagger, best_of, candidates, extract, place,
};
use newsgraph_syntax::{Upos, Xpos};

use super::corpus::{Dice, Sentence};

/// Hashed features, a power of two.
const ROWS: usize = 1 << 16;
const EPOCHS: usize = 8;
/// Occurrences from which a word may only get tags it was seen with.
const RESTRICT_FROM: u32 = 60;
/// Lead that the right tag must have.
const MARGIN: f32 = 8.0;

/// The joint tags, most frequent first.
pub(super) struct Tags {
    pub(super) list: Vec<(Upos, Xpos)>,
}

impl Tags {
    pub(super) fn collect(sentences: &[Sentence]) -> Self {
        let mut counts: BTreeMap<(Upos, Xpos), usize> = BTreeMap::new();
        for tag in sentences.iter().flat_map(|s| &s.tags) {
            *counts.entry(*tag).or_default() += 1;
        }
        let mut list: Vec<_> = counts.into_iter().collect();
        list.sort_by_key(|&(tag, count)| (std::cmp::Reverse(count), tag));
        list.truncate(CLASSES);
        Self { list: list.into_iter().map(|(tag, _)| tag).collect() }
    }

    /// The number of a tag; for a rare one, of the most frequent with the same XPOS, else UPOS.
    pub(super) fn number(&self, tag: (Upos, Xpos)) -> u8 {
        let find = |test: &dyn Fn(&(Upos, Xpos)) -> bool| self.list.iter().position(test);
        let number = find(&|t| *t == tag).or(find(&|t| t.1 == tag.1)).or(find(&|t| t.0 == tag.0));
        number.unwrap_or(0) as u8
    }
}

/// Adds the lexicon to a file: words seen at least twice, and the tags seen with them.
pub(super) fn write_lexicon(tags: &Tags, sentences: &[Sentence], out: &mut SectionWriter) {
    let mut counts: BTreeMap<u32, BTreeMap<u8, u32>> = BTreeMap::new();
    let mut lexemes = Lexemes::default();
    for sentence in sentences {
        lexemes.fill_from(None, sentence.forms());
        for (lexeme, tag) in lexemes.iter().zip(&sentence.tags) {
            *counts.entry(lexeme.word).or_default().entry(tags.number(*tag)).or_default() += 1;
        }
    }
    let (mut keys, mut seen, mut allowed) = (Vec::new(), Vec::new(), Vec::new());
    for (word, with) in &counts {
        let total: u32 = with.values().sum();
        if total < 2 {
            continue;
        }
        keys.push(*word);
        let bits = |least: u32| with.iter().filter(|(_, n)| **n >= least).fold(0u64, |m, (t, _)| m | 1 << t);
        seen.push(bits((total / 200).max(1)));
        allowed.push(if total >= RESTRICT_FROM { bits((total / 1000).max(2)) } else { u64::MAX });
    }
    let (keys, ids) = table(keys.into_iter().zip(0..));
    out.add(Section::WordKeys, &keys);
    out.add(Section::WordIds, &ids);
    out.add(Section::WordSeen, &seen);
    out.add(Section::WordAllowed, &allowed);
}

/// Adds the tags and the weights to a file that so far holds the lexicon.
pub(super) fn write_tagger(tags: &Tags, sentences: &[Sentence], out: &mut SectionWriter) -> Result<()> {
    let pairs: Vec<[u8; 2]> = tags.list.iter().map(|&(u, x)| [u as u8, x as u8]).collect();
    out.add(Section::Tags, &pairs);
    let file = AlignedBytes::copy(&out.clone().finish());
    let lexicon = Lexicon::read(&Sections::read(file.bytes())?)?;
    let weights = Perceptron::train(tags, &lexicon, sentences);
    out.add(Section::TagWeights, &weights);
    Ok(())
}

struct Perceptron {
    weights: Vec<[f32; CLASSES]>,
    /// Sum of all updates, each times the step it was made at.
    weighted: Vec<[f32; CLASSES]>,
    step: f32,
}

impl Perceptron {
    fn train(tags: &Tags, lexicon: &Lexicon<'_>, sentences: &[Sentence]) -> Vec<[i8; CLASSES]> {
        let zero = vec![[0f32; CLASSES]; ROWS];
        let mut perceptron = Self { weights: zero.clone(), weighted: zero, step: 1.0 };
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        let mut dice = Dice(1);
        let (mut lexemes, mut predicted) = (Lexemes::default(), Vec::new());
        for _ in 0..EPOCHS {
            dice.shuffle(&mut order);
            for &i in &order {
                lexemes.fill_from(Some(lexicon), sentences[i].forms());
                let gold: Vec<u8> = sentences[i].tags.iter().map(|t| tags.number(*t)).collect();
                perceptron.learn(lexicon, &lexemes, &gold, tags.list.len(), &mut predicted);
            }
        }
        perceptron.quantized()
    }

    fn learn(
        &mut self,
        lexicon: &Lexicon<'_>,
        lexemes: &Lexemes,
        gold: &[u8],
        classes: usize,
        out: &mut Vec<u8>,
    ) {
        out.clear();
        let all = u64::MAX >> (64 - classes);
        let mut features = [0u32; FEATURES];
        for i in 0..lexemes.len() {
            let allowed = candidates(lexicon, &lexemes[i]) & all;
            if allowed.is_power_of_two() {
                out.push(allowed.trailing_zeros() as u8);
                continue;
            }
            extract(lexicon, lexemes, out, i, &mut features);
            let mut scores = [0f32; CLASSES];
            for &f in &features {
                let (row, turn) = place(f, ROWS - 1);
                for (b, block) in scores.chunks_exact_mut(BLOCK).enumerate() {
                    let weights = &self.weights[row][(b ^ turn) * BLOCK..];
                    block.iter_mut().zip(weights).for_each(|(s, w)| *s += w);
                }
            }
            let best = best_of(&scores, allowed);
            out.push(best);
            let right = gold[i];
            if allowed >> right & 1 == 0 {
                continue;
            }
            let rival = best_of(&scores, allowed & !(1 << right));
            if scores[right as usize] < scores[rival as usize] + MARGIN {
                for &f in &features {
                    let (row, turn) = place(f, ROWS - 1);
                    for (class, by) in [(right as usize, 1.0), (rival as usize, -1.0)] {
                        let class = class ^ (turn * BLOCK);
                        self.weights[row][class] += by;
                        self.weighted[row][class] += by * self.step;
                    }
                }
            }
            self.step += 1.0;
        }
    }

    /// Averaged weights in a byte each: the scale leaves one weight in two thousand to be cut off.
    fn quantized(self) -> Vec<[i8; CLASSES]> {
        let step = self.step;
        let mut average = self.weights;
        for (row, weighted) in average.iter_mut().zip(&self.weighted) {
            row.iter_mut().zip(weighted).for_each(|(w, sum)| *w -= sum / step);
        }
        let mut sizes: Vec<f32> = average.iter().flatten().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len() - sizes.len() / 2000 - 1).copied().unwrap_or(1.0);
        let byte = |w: f32| (w / top * 127.0).round().clamp(-127.0, 127.0) as i8;
        average.iter().map(|row| row.map(byte)).collect()
    }
}

/// Tags sentences with the tagger of a model.
pub(super) fn tag_all(file: &[u8], sentences: &[Sentence]) -> Result<Vec<Vec<u8>>> {
    let sections = Sections::read(file)?;
    let (lexicon, tagger) = (Lexicon::read(&sections)?, Tagger::read(&sections)?);
    let mut lexemes = Lexemes::default();
    let tagged = sentences
        .iter()
        .map(|s| {
            let mut out = Vec::new();
            lexemes.fill_from(Some(&lexicon), s.forms());
            tagger.tag_sentence(&lexicon, &lexemes, &mut out);
            out
        })
        .collect();
    Ok(tagged)
}

/// How often each word of the lexicon occurs; words outside are counted nowhere.
pub(super) fn frequencies(lexicon: &Lexicon<'_>, sentences: &[Sentence]) -> Vec<u32> {
    let mut counts = vec![0; lexicon.len()];
    let mut lexemes = Lexemes::default();
    for sentence in sentences {
        lexemes.fill_from(Some(lexicon), sentence.forms());
        for lexeme in lexemes.iter().filter(|l| l.id != UNKNOWN) {
            counts[lexeme.id as usize] += 1;
        }
    }
    counts
}
