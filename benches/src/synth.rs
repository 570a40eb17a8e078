//! News that never happened, with the truth beside it: a corpus of any size whose answers are known.
//!
//! A seed decides everything. People, bodies, stories and articles are made from their numbers when they are asked
//! for, so that a corpus streams and any part of it can be made alone. A story has a place, a cast, acts and utterances; one to
//! eight articles tell it: the agency's, reprints of it, whole or cut, and tellings in other words. The grammar is
//! `benches/synth/grammar.txt`, the names are made from `benches/synth/names.txt`.
//!
//! What this is not: real news. Its sentences are short and clean, so figures on it compare versions of the program,
//! they do not say how good it is.

mod draft;
mod grammar;
mod random;
mod story;
mod world;

use story::Story;
pub use story::{Article, date};
use world::World;

/// A corpus, not yet written.
#[derive(Debug)]
pub struct Synth {
    world: World,
    documents: usize,
    a_day: usize,
}

impl Synth {
    /// The corpus of a seed and a size; a corpus of another size has other stories.
    pub fn new(seed: u64, documents: usize) -> Self {
        // Two articles a story, spread over two years.
        Self { world: World::new(seed, documents), documents, a_day: documents / 2 / 730 }
    }

    /// Its articles, story after story.
    pub fn articles(&self) -> impl Iterator<Item = Article> + '_ {
        let stories = (0..).map(|number| Story::new(&self.world, number, self.a_day));
        let articles = stories.flat_map(|story| {
            (0..story.articles()).map(|n| story.article(&self.world, n)).collect::<Vec<_>>()
        });
        articles.take(self.documents)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn words(text: &str, span: newsgraph::record::Span) -> String {
        text.chars().skip(span[0] as usize).take((span[1] - span[0]) as usize).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_corpus() {
        let lines = |seed| {
            let synth = Synth::new(seed, 50);
            synth.articles().map(|article| article.record.to_line()).collect::<Vec<_>>()
        };
        assert_eq!(lines(1), lines(1));
        assert_ne!(lines(1), lines(2));
    }

    #[test]
    fn ids_are_all_different() {
        let ids: BTreeSet<String> = Synth::new(3, 500).articles().map(|article| article.record.id).collect();
        assert_eq!(ids.len(), 500);
    }

    #[test]
    fn the_truth_is_in_the_text() {
        for article in Synth::new(7, 300).articles() {
            let record = &article.record;
            let text = &record.text;
            for entity in &record.entities {
                for mention in entity.mentions.iter().filter(|mention| mention.form == "name") {
                    let said = words(text, mention.span);
                    assert!(
                        entity.name.contains(&said),
                        "{said:?} is no name of {:?} in {text}",
                        entity.name
                    );
                }
            }
            for quote in &record.quotes {
                assert!(quote.speaker.is_some() && !quote.cue.is_empty());
                assert!(quote.content.iter().all(|&span| words(text, span).contains(' ')));
            }
            for event in &record.events {
                assert_eq!(words(text, event.trigger[0]).to_lowercase(), event.lemma.to_lowercase());
                assert!(event.actors.len() + event.recipients.len() == 2);
            }
            for (i, sentence) in record.sentences.iter().enumerate() {
                let said = words(text, *sentence);
                assert!(said.ends_with(['.', '”']), "sentence {i} is {said:?}");
            }
        }
    }
}
