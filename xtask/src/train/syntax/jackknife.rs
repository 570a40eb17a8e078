//! Tags for training the parser: of every sentence by a tagger that has not seen its document.

use anyhow::{Context, Result, anyhow};
use newsgraph_syntax::training::model::{AlignedBytes, SectionWriter};

use super::corpus::Sentence;
use super::tagger::{self, Tags};

const FOLDS: usize = 5;
const THREADS: usize = 2;

/// The tags of all sentences, each tagged by a model of the other folds.
pub(super) fn tags(tags: &Tags, sentences: &[Sentence]) -> Result<Vec<Vec<u8>>> {
    let in_fold = |fold: usize, s: &Sentence| s.document % FOLDS == fold;
    let one_fold = |fold: usize| -> Result<Vec<Vec<u8>>> {
        let (part, rest): (Vec<_>, Vec<_>) = sentences.iter().cloned().partition(|s| in_fold(fold, s));
        let mut out = SectionWriter::default();
        tagger::write_lexicon(tags, &rest, &mut out);
        tagger::write_tagger(tags, &rest, &mut out)?;
        tagger::tag_all(AlignedBytes::copy(&out.finish()).bytes(), &part)
    };
    let work = |lane: usize| -> Result<Vec<_>> {
        (lane..FOLDS).step_by(THREADS).map(|fold| Ok((fold, one_fold(fold)?))).collect()
    };
    let work = &work;
    let mut folds: Vec<std::vec::IntoIter<Vec<u8>>> = std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..THREADS).map(|lane| scope.spawn(move || work(lane))).collect();
        let mut all = Vec::new();
        for lane in lanes {
            all.extend(lane.join().map_err(|_| anyhow!("a thread that trained a tagger broke off"))??);
        }
        all.sort_by_key(|(fold, _)| *fold);
        anyhow::Ok(all.into_iter().map(|(_, tags)| tags.into_iter()).collect())
    })?;
    sentences
        .iter()
        .map(|s| folds[s.document % FOLDS].next().context("a fold has fewer sentences than it was given"))
        .collect()
}
