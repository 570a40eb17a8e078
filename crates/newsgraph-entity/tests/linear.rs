//! Entities and coreference take time linear in the length of a document.

use std::time::{Duration, Instant};

use newsgraph_entity::EntityAnalyzer;
use newsgraph_gazetteer::Gazetteer;
use newsgraph_syntax::{Parser, Syntax};
use newsgraph_token::{Segmentation, Segmenter};

const STORY: &str = "President Marta Olsen told reporters in Oslo that her government would not resign. She said the \
    opposition had lost its nerve. “I will not go,” Olsen said. Peter Hale, head of the coast guard, met her on Tuesday, \
    and both leaders praised their allies. The plant was closed when its owners left the country they had served.\n\n";

/// The fastest of three analyses of a document of at least `tokens` tokens, and how many it has.
fn fastest(tokens: u32) -> (Duration, u32) {
    let mut text = String::new();
    let mut segmentation = Segmentation::default();
    Segmenter::new().segment(STORY, &mut segmentation);
    for _ in 0..tokens.div_ceil(segmentation.len()) {
        text.push_str(STORY);
    }
    Segmenter::new().segment(&text, &mut segmentation);
    let mut syntax = Syntax::default();
    Parser::new().parse(&text, &segmentation, &mut syntax);
    let mut analyzer = EntityAnalyzer::new(Gazetteer::embedded());
    let mut time = || {
        let start = Instant::now();
        let entities = analyzer.analyze(&text, &segmentation, &syntax, None);
        assert!(entities.mentions().len() as u32 > segmentation.len() / 20);
        start.elapsed()
    };
    (time().min(time()).min(time()), segmentation.len())
}

#[test]
fn time_grows_with_length() {
    let (short, few) = fastest(10_000);
    let (long, many) = fastest(100_000);
    // Some growth leaves room for caches and other programs; quadratic work would show as ten times.
    let per_token = |time: Duration, tokens: u32| time.as_secs_f64() / f64::from(tokens);
    let growth = per_token(long, many) / per_token(short, few);
    assert!(growth < 4.0, "{growth:.1} times as long a token: {short:?} for {few}, {long:?} for {many}");
    if cfg!(not(debug_assertions)) {
        assert!(long < Duration::from_secs(1), "{many} tokens took {long:?}");
    }
}
