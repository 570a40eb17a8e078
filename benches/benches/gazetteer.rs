//! Finding names with lists of several sizes, and opening what was prepared of them.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use newsgraph::gazetteer::{EntityType, Gazetteer, GazetteerBuilder, Scratch, SourceEntry};
use newsgraph::token::{Segmentation, Segmenter};
use newsgraph_benches::Corpus;

/// Syllables that made names consist of.
const SYLLABLES: [&str; 20] = [
    "ka", "lo", "mir", "ta", "ven", "dor", "sha", "pel", "gu", "rin", "bos", "tel", "ma", "nuk", "fa", "zel",
    "hor", "vi", "cha", "dre",
];

/// The `n`th made name: a first name of two syllables and a surname of three.
fn name(n: usize) -> String {
    let mut state = n as u64;
    let mut word = |syllables: usize| {
        let mut word = String::new();
        for _ in 0..syllables {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            word.push_str(SYLLABLES[(state >> 33) as usize % SYLLABLES.len()]);
        }
        word[..1].to_uppercase() + &word[1..]
    };
    let first = word(2);
    format!("{first} {} {}", word(3), word(2))
}

/// The embedded lists and `count` made names.
fn gazetteer(count: usize) -> Gazetteer {
    let mut builder = GazetteerBuilder::on_top_of(Gazetteer::embedded());
    builder
        .add_list((0..count).map(|n| SourceEntry::new(&format!("made/{n}"), &name(n), EntityType::Person)));
    builder.build().expect("names that can be compiled")
}

fn sizes(criterion: &mut Criterion) {
    let corpus = Corpus::seeds().as_one("seeds", 10);
    let text = &corpus.documents[0].text;
    let mut tokens = Segmentation::default();
    Segmenter::new().segment(text, &mut tokens);
    let mut group = criterion.benchmark_group("gazetteer");
    group.sample_size(20).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    for (label, count) in
        [("embedded lists", 0), ("and 10 k", 10_000), ("and 100 k", 100_000), ("and 1 M", 1_000_000)]
    {
        let gazetteer = gazetteer(count);
        let (mut scratch, mut found) = (Scratch::default(), Vec::new());
        gazetteer.find(text, &tokens, &mut scratch, &mut found);
        assert!((3_000..30_000).contains(&found.len()), "{} names in the seeds", found.len());
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("find with {label}"), |bencher| {
            bencher.iter(|| {
                gazetteer.find(black_box(text), &tokens, &mut scratch, &mut found);
                found.len()
            });
        });
        let bytes = gazetteer.to_bytes();
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(format!("open {label}"), |bencher| {
            bencher.iter(|| Gazetteer::from_bytes(black_box(bytes).to_vec()).expect("prepared").len());
        });
    }
    group.finish();
}

criterion_group!(benches, sizes);
criterion_main!(benches);
