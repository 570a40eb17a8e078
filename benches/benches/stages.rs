//! Each stage alone, over the layers below it made beforehand. Every stage's answer is checked before it is timed.

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use newsgraph::entity::{Entities, EntityAnalyzer, NameHint, Recognizer};
use newsgraph::gazetteer::{Gazetteer, Scratch};
use newsgraph::relation::{EventExtractor, EventInput, Frames, Quote, extract_quotes};
use newsgraph::syntax::{Parser, Syntax};
use newsgraph::token::{Segmentation, Segmenter};
use newsgraph::{Document, Pipeline, RecordOptions};
use newsgraph_benches::{Corpus, read};

/// A document with the layers that later stages read.
struct Prepared {
    document: Document,
    segmentation: Segmentation,
    syntax: Syntax,
    entities: Entities,
    frames: Frames,
    quotes: Vec<Quote>,
}

impl Prepared {
    fn new(document: Document) -> Self {
        let text = &document.text;
        let (mut segmentation, mut syntax, mut frames) = Default::default();
        Segmenter::new().segment(text, &mut segmentation);
        Parser::new().parse(text, &segmentation, &mut syntax);
        let mut entities =
            EntityAnalyzer::new(Gazetteer::embedded()).analyze(text, &segmentation, &syntax, None);
        Frames::extract(text, &segmentation, &syntax, &mut frames);
        let quotes = extract_quotes(text, &segmentation, &syntax, &mut entities);
        Self { document, segmentation, syntax, entities, frames, quotes }
    }

    fn text(&self) -> &str {
        &self.document.text
    }
}

fn stages(criterion: &mut Criterion) {
    let seeds = Corpus::seeds();
    let bytes = seeds.text_bytes();
    let prepared: Vec<Prepared> = seeds.documents.iter().cloned().map(Prepared::new).collect();
    let mut group = criterion.benchmark_group("stages");
    group
        .throughput(Throughput::Bytes(bytes))
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3));

    assert_eq!(read(&seeds.json_lines), seeds.documents);
    group.bench_function("read", |bencher| bencher.iter(|| read(black_box(&seeds.json_lines)).len()));
    words(&mut group, &prepared);
    names(&mut group, &prepared);
    relations(&mut group, &prepared);
    records(&mut group, &seeds.documents);
    group.finish();
}

/// Tokens, sentences and trees.
fn words(group: &mut BenchmarkGroup<'_, WallTime>, prepared: &[Prepared]) {
    group.bench_function("segment", |bencher| {
        let (mut segmenter, mut out) = (Segmenter::new(), Segmentation::default());
        let mut run = || {
            sum(prepared, |p| {
                segmenter.segment(black_box(p.text()), &mut out);
                out.len()
            })
        };
        assert_eq!(run(), sum(prepared, |p| p.segmentation.len()));
        bencher.iter(run);
    });

    group.bench_function("tag", |bencher| {
        let (mut parser, mut out) = (Parser::new(), Syntax::default());
        let mut run = || {
            sum(prepared, |p| {
                parser.parse_some(black_box(p.text()), &p.segmentation, |_| false, &mut out);
                out.len()
            })
        };
        assert_eq!(run(), sum(prepared, |p| p.segmentation.len()));
        bencher.iter(run);
    });

    group.bench_function("parse", |bencher| {
        let (mut parser, mut out) = (Parser::new(), Syntax::default());
        let mut run = || {
            sum(prepared, |p| {
                parser.parse(black_box(p.text()), &p.segmentation, &mut out);
                out.len()
            })
        };
        assert_eq!(run(), sum(prepared, |p| p.segmentation.len()));
        bencher.iter(run);
    });
}

/// Known names and entities.
fn names(group: &mut BenchmarkGroup<'_, WallTime>, prepared: &[Prepared]) {
    group.bench_function("gazetteer", |bencher| {
        let (gazetteer, mut scratch, mut out) = (Gazetteer::embedded(), Scratch::default(), Vec::new());
        let mut run = || {
            sum(prepared, |p| {
                gazetteer.find(black_box(p.text()), &p.segmentation, &mut scratch, &mut out);
                out.len() as u32
            })
        };
        assert_between(run(), 300, 3000, "known names");
        bencher.iter(run);
    });

    recognizer(group, prepared);

    group.bench_function("entities", |bencher| {
        let mut analyzer = EntityAnalyzer::new(Gazetteer::embedded());
        let mut run = || {
            sum(prepared, |p| {
                analyzer.analyze(black_box(p.text()), &p.segmentation, &p.syntax, None).mentions().len()
                    as u32
            })
        };
        assert_between(run(), 500, 5000, "mentions");
        bencher.iter(run);
    });
}

/// Names in no list, over the names of lists as hints; counted in tokens.
fn recognizer(group: &mut BenchmarkGroup<'_, WallTime>, prepared: &[Prepared]) {
    let gazetteer = Gazetteer::embedded();
    let (mut scratch, mut found) = (Scratch::default(), Vec::new());
    let hints: Vec<Vec<NameHint>> = prepared
        .iter()
        .map(|p| {
            let mut hints = Vec::new();
            gazetteer.find(p.text(), &p.segmentation, &mut scratch, &mut found);
            NameHint::of_matches(gazetteer, &found, &mut hints);
            hints
        })
        .collect();
    let bytes: u64 = prepared.iter().map(|p| p.text().len() as u64).sum();
    group.throughput(Throughput::Elements(u64::from(sum(prepared, |p| p.segmentation.len()))));
    group.bench_function("recognise, in tokens", |bencher| {
        let (mut recognizer, mut out) = (Recognizer::new(), Vec::new());
        let mut run = || {
            prepared
                .iter()
                .zip(&hints)
                .map(|(p, hints)| {
                    recognizer.recognize(black_box(p.text()), &p.segmentation, hints, &mut out);
                    out.len() as u32
                })
                .sum::<u32>()
        };
        assert_between(run(), 300, 3000, "recognised names");
        bencher.iter(run);
    });
    group.throughput(Throughput::Bytes(bytes));
}

/// Quotes and events.
fn relations(group: &mut BenchmarkGroup<'_, WallTime>, prepared: &[Prepared]) {
    group.bench_function("quotes", |bencher| {
        let run = || {
            sum(prepared, |p| {
                // Quotes may add speakers to the entities, so each run has its own.
                let mut entities = p.entities.clone();
                extract_quotes(black_box(p.text()), &p.segmentation, &p.syntax, &mut entities).len() as u32
            })
        };
        assert_between(run(), 60, 600, "quotes");
        bencher.iter(run);
    });

    group.bench_function("events", |bencher| {
        let (mut extractor, mut out) = (EventExtractor::default(), Vec::new());
        let mut run = || {
            sum(prepared, |p| {
                let Prepared { segmentation, syntax, entities, frames, quotes, .. } = p;
                let text = black_box(p.text());
                extractor.extract(
                    &EventInput { text, segmentation, syntax, frames, entities, quotes, published: None },
                    &mut out,
                );
                out.len() as u32
            })
        };
        assert_between(run(), 150, 3000, "events");
        bencher.iter(run);
    });
}

/// Records as lines.
fn records(group: &mut BenchmarkGroup<'_, WallTime>, documents: &[Document]) {
    let pipeline = Pipeline::new();
    let mut worker = pipeline.worker();
    let record = |document: &Document| {
        worker.record(document.clone(), RecordOptions { tokens: true, ..RecordOptions::default() })
    };
    let records: Vec<_> = documents.iter().map(record).collect();
    group.bench_function("write records", |bencher| {
        for record in &records {
            assert_eq!(newsgraph::Record::from_line(&record.to_line()).expect("a record"), *record);
        }
        bencher.iter(|| records.iter().map(|record| black_box(record).to_line().len()).sum::<usize>());
    });
}

/// Adds up what a stage counts over the documents.
fn sum(prepared: &[Prepared], stage: impl FnMut(&Prepared) -> u32) -> u32 {
    prepared.iter().map(stage).sum()
}

/// A stage that finds nearly nothing, or nearly everything, is fast and wrong.
fn assert_between(found: u32, least: u32, most: u32, what: &str) {
    assert!((least..=most).contains(&found), "{found} {what} in the seeds, {least} to {most} expected");
}

criterion_group!(benches, stages);
criterion_main!(benches);
