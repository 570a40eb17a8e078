//! Texts for the benchmarks: the seed corpus, as it is and multiplied.
//!
//! The seeds are fifteen articles in the language of news, written for this repository; see `seeds/README.md`. They
//! fit into the processor's caches, so rates measured on them alone are upper bounds; [`Corpus::times`] makes corpora
//! that do not.

pub mod synth;

use std::fs;
use std::path::Path;

use newsgraph::{Document, Metadata};
use newsgraph_corpus::{Name, Piece, Reader};

/// Documents and what they are made of.
pub struct Corpus {
    /// For the names of benchmarks.
    pub name: &'static str,
    /// The documents as one input of JSON Lines.
    pub json_lines: String,
    /// The documents.
    pub documents: Vec<Document>,
}

impl Corpus {
    /// The seed corpus.
    ///
    /// # Panics
    /// When the files are not where the repository has them, or cannot be read.
    pub fn seeds() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds");
        let entries = fs::read_dir(folder).expect("the folder of seeds");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("a seed").path()).collect();
        paths.sort();
        paths.retain(|path| path.extension().is_some_and(|e| e == "jsonl"));
        let json_lines = paths.iter().map(|path| fs::read_to_string(path).expect("a seed")).collect();
        Self::new("seeds", json_lines)
    }

    /// Each document `times` times, under ids of their own.
    pub fn times(&self, name: &'static str, times: usize) -> Self {
        let copy = |i: usize| self.json_lines.replace("{\"id\": \"", &format!("{{\"id\": \"{i}-"));
        Self::new(name, (0..times).map(copy).collect())
    }

    /// All texts `times` times in one long document.
    pub fn as_one(&self, name: &'static str, times: usize) -> Self {
        let texts: Vec<&str> = self.documents.iter().map(|document| document.text.as_str()).collect();
        let text = (texts.join("\n\n") + "\n\n").repeat(times);
        let document = Document { id: name.to_owned(), text, ..Document::default() };
        Self { name, json_lines: String::new(), documents: vec![document] }
    }

    /// Synthetic articles, seed 1.
    pub fn synthetic(name: &'static str, documents: usize) -> Self {
        let articles = synth::Synth::new(1, documents);
        let articles = articles.articles().map(|article| {
            let record = article.record;
            let (published, title) = (record.published, record.title);
            let metadata = Metadata { published, title, ..Metadata::default() };
            Document { id: record.id, text: record.text, metadata }
        });
        Self { name, json_lines: String::new(), documents: articles.collect() }
    }

    fn new(name: &'static str, json_lines: String) -> Self {
        let documents = read(&json_lines);
        Self { name, json_lines, documents }
    }

    /// Bytes of all texts together.
    pub fn text_bytes(&self) -> u64 {
        self.documents.iter().map(|document| document.text.len() as u64).sum()
    }
}

/// Reads documents from JSON Lines.
///
/// # Panics
/// When a line is no document.
pub fn read(json_lines: &str) -> Vec<Document> {
    let document = |piece: Piece| piece.decode().expect("a document").item.into_document();
    let pieces = Reader::new(json_lines.as_bytes(), Name::new("bench"), None);
    pieces.map(|piece| document(piece.expect("a line"))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn corpora_are_what_they_say() {
        let seeds = Corpus::seeds();
        assert_eq!(seeds.documents.len(), 15);
        let twice = seeds.times("twice", 2);
        assert_eq!((twice.documents.len(), twice.text_bytes()), (30, 2 * seeds.text_bytes()));
        assert_eq!(twice.documents.iter().map(|d| &d.id).collect::<BTreeSet<_>>().len(), 30);
        assert_eq!(seeds.as_one("one", 3).text_bytes(), 3 * (seeds.text_bytes() + 2 * 15));
    }
}
