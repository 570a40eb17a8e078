//! After it has seen the longest text, a segmenter takes no more memory. The only test of its binary: the counters are the
//! program's.

use newsgraph_token::{Segmentation, Segmenter};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

#[test]
fn no_allocation_once_warm() {
    let text = concat!(
        "PARIS (AP) — \u{201C}We won't wait,\u{201D} the U.S. envoy, J. K. Smith, said on Tuesday at 10:30 a.m. \"It's over…\" she wrote on ",
        "https://example.org/a?b=c #peace @envoy 😀 for $3.5m.\n\nTHE STORY SO FAR\n\n\u{2018}He said \u{201C}no\u{201D}, twice,\u{2019} they added (see p. 3). ",
        "Fewer than 1,000 non-combatants left. \u{201E}Nein.\u{201C} \u{AB}\u{A0}Non\u{A0}\u{BB} -- and so on",
    );
    let long = text.repeat(50);
    let texts: Vec<&str> =
        (0..500).map(|n| &long[..long.floor_char_boundary(long.len() * (n % 50 + 1) / 50)]).collect();
    let (mut segmenter, mut layers) = (Segmenter::new(), Segmentation::default());
    segmenter.segment(&long, &mut layers);
    assert!(layers.quotations().len() > 100 && layers.sentences().len() > 100);

    let _profiler = dhat::Profiler::builder().testing().build();
    for text in texts {
        segmenter.segment(text, &mut layers);
    }
    assert_eq!(dhat::HeapStats::get().total_blocks, 0);
}
