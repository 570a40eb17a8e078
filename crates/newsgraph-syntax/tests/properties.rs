//! What must hold whatever the text: one tree a sentence, in linear time, and damaged models are errors.

use std::time::Instant;

use newsgraph_syntax::{AlignedBytes, Deprel, Model, ModelError, Parser, Syntax, conllu};
use newsgraph_text::Span;
use newsgraph_token::Segmentation;
use proptest::prelude::*;

/// A text of the given words, one space between them, with a sentence end after every `every`-th word.
fn document<'w>(words: impl IntoIterator<Item = &'w str>, every: usize) -> (String, Segmentation) {
    let (mut text, mut segmentation) = (String::new(), Segmentation::default());
    for (i, word) in words.into_iter().enumerate() {
        if i > 0 {
            text.push(' ');
            if i % every.max(1) == 0 {
                segmentation.end_sentence();
            }
        }
        let start = text.len() as u32;
        text.push_str(word);
        segmentation.push_token(Span::new(start, text.len() as u32));
    }
    segmentation.end_sentence();
    (text, segmentation)
}

/// Every sentence has one root, called `root`, and every word comes to it by its heads.
fn assert_trees(segmentation: &Segmentation, syntax: &Syntax) {
    assert_eq!(syntax.len(), segmentation.len());
    for sentence in segmentation.sentences() {
        let roots: Vec<u32> = sentence.iter().filter(|&t| syntax.head(t).is_none()).collect();
        assert_eq!(roots.len(), 1, "one root in {sentence:?}");
        for token in *sentence {
            assert_eq!(syntax.deprel(token) == Deprel::Root, token == roots[0]);
            let steps = syntax.ancestors(token).take(sentence.len() as usize + 1).count();
            assert!(steps < sentence.len() as usize, "no cycle above {token}");
            assert!(syntax.ancestors(token).all(|t| sentence.contains(t)));
        }
    }
}

proptest! {
    /// Any sequence of tokens gives trees, and what is written of them is read again.
    #[test]
    fn any_tokens_give_trees(
        words in prop::collection::vec("[a-zA-Z.,“”\"'’—$%0-9éÉß\u{4e2d}-]{1,9}|said|the|SENATE|,|that|not", 1..60),
        every in 1usize..40,
    ) {
        let (text, segmentation) = document(words.iter().map(String::as_str), every);
        let mut syntax = Syntax::default();
        Parser::new().parse(&text, &segmentation, &mut syntax);
        assert_trees(&segmentation, &syntax);
        let mut file = String::new();
        conllu::write(&mut file, "x", &text, &segmentation, &syntax);
        let again = conllu::read(&file).next().map(|d| d.map(|d| (d.text, d.syntax)));
        prop_assert_eq!(again, Some(Ok((text, syntax))));
    }

    /// A model of which a byte was changed or bytes were cut is an error.
    #[test]
    fn damaged_models_are_errors(at in any::<prop::sample::Index>(), flip in 1u8..=255, cut in any::<bool>()) {
        let mut bytes = newsgraph_data::syntax::model().to_vec();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] ^= flip }
        prop_assert!(Model::read(AlignedBytes::copy(&bytes).bytes()).is_err());
    }
}

/// The faults are told apart.
#[test]
fn faults_of_models_are_named() {
    let whole = newsgraph_data::syntax::model();
    let changed = |at: usize| {
        let mut bytes = whole.to_vec();
        bytes[at] ^= 1;
        Model::read(AlignedBytes::copy(&bytes).bytes()).err()
    };
    assert_eq!(Model::read(&[]).err(), Some(ModelError::Magic));
    assert_eq!(changed(0), Some(ModelError::Magic));
    assert!(matches!(changed(8), Some(ModelError::Format { .. })));
    assert!(matches!(changed(16), Some(ModelError::Length { .. })));
    assert_eq!(changed(whole.len() - 1), Some(ModelError::Checksum));
    assert!(Model::embedded().is_ok());
}

/// A sentence of 10,000 tokens is a tree, and takes no more time a token than ten of 1,000.
#[test]
fn long_sentences_take_linear_time() {
    let words = ["the", "minister", "of", "trade", "said", "that", "prices", ",", "which", "rose", "and"];
    let words: Vec<&str> = words.into_iter().cycle().take(10_000).collect();
    let mut parser = Parser::new();
    let mut time = |every: usize| {
        let (text, segmentation) = document(words.iter().copied(), every);
        let mut syntax = Syntax::default();
        let start = Instant::now();
        parser.parse(&text, &segmentation, &mut syntax);
        let elapsed = start.elapsed();
        assert_trees(&segmentation, &syntax);
        elapsed
    };
    // The best of several, in turns: other programs may be running.
    let turns: Vec<_> = (0..5).map(|_| (time(1_000), time(10_000))).collect();
    let short = turns.iter().map(|t| t.0).min().unwrap();
    let long = turns.iter().map(|t| t.1).min().unwrap();
    assert!(long < short * 8, "{long:?} for one sentence, {short:?} for ten");
}

/// A parser that has been used gives the same trees as a fresh one, and no text gives no words.
#[test]
fn parsers_keep_no_memory_of_what_they_read() {
    let (text, segmentation) = document("Prices fell , the bank said .".split(' '), 100);
    let (mut fresh, mut used) = (Syntax::default(), Syntax::default());
    Parser::new().parse(&text, &segmentation, &mut fresh);
    let mut parser = Parser::new();
    let (other, others) = document("HE LEFT BECAUSE SHE STAYED AWAY".split(' '), 2);
    parser.parse(&other, &others, &mut used);
    parser.parse(&text, &segmentation, &mut used);
    assert_eq!(fresh, used);
    parser.parse("", &Segmentation::default(), &mut used);
    assert!(used.is_empty());
}
