//! From text to records and from records to the graph, over corpora of several sizes: a rate that falls with the
//! size shows time that is not linear.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use newsgraph::graph::{Dialect, Graph, GraphBuilder};
use newsgraph::{Pipeline, Record, RecordOptions};
use newsgraph_benches::Corpus;

fn records(corpus: &Corpus) -> Vec<Record> {
    let pipeline = Pipeline::new();
    let mut worker = pipeline.worker();
    let record = |document: &newsgraph::Document| worker.record(document.clone(), RecordOptions::default());
    corpus.documents.iter().map(record).collect()
}

fn fold(records: &[Record]) -> Graph {
    records.iter().collect::<GraphBuilder>().finish()
}

fn pipeline(criterion: &mut Criterion) {
    let seeds = Corpus::seeds();
    let corpora = [
        seeds.as_one("one document of 0.4 MB", 10),
        seeds.as_one("one document of 1.6 MB", 40),
        seeds,
        Corpus::synthetic("200 synthetic articles", 200),
        Corpus::synthetic("1000 synthetic articles", 1000),
    ];
    let mut group = criterion.benchmark_group("pipeline");
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5));
    for corpus in &corpora {
        let pipeline = Pipeline::new();
        let mut worker = pipeline.worker();
        group.throughput(Throughput::Bytes(corpus.text_bytes()));
        group.bench_function(corpus.name, |bencher| {
            bencher.iter(|| {
                let record = |document: &newsgraph::Document| {
                    worker.record(black_box(document.clone()), RecordOptions::default()).to_line().len()
                };
                corpus.documents.iter().map(record).sum::<usize>()
            });
        });
    }
    group.finish();
}

fn graph(criterion: &mut Criterion) {
    let seeds = Corpus::seeds();
    let corpora = [seeds.times("1500 records", 100), seeds];
    let mut group = criterion.benchmark_group("graph");
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5));
    for corpus in &corpora {
        let records = records(corpus);
        let graph = fold(&records);
        check(&graph, corpus.documents.len());
        group.throughput(Throughput::Bytes(corpus.text_bytes()));
        group.bench_function(format!("fold {}", corpus.name), |bencher| {
            bencher.iter(|| fold(black_box(&records)).edge_count());
        });
        group.bench_function(format!("export {}", corpus.name), |bencher| {
            bencher.iter(|| export(black_box(&graph)));
        });
    }
    group.finish();
}

/// The story of the seeds is in the graph, once, however often it is told.
fn check(graph: &Graph, documents: usize) {
    assert_eq!(graph.document_count(), documents);
    for name in ["Vladimir Putin", "Emmanuel Macron"] {
        assert_eq!(graph.nodes().filter(|node| *node.label == *name).count(), 1, "{name}");
    }
    assert!(graph.edge_count() > 100, "{} edges", graph.edge_count());
}

fn export(graph: &Graph) -> usize {
    let mut out = Vec::new();
    let written = [
        graph.write_nodes_csv(&mut out, Dialect::Plain),
        graph.write_edges_csv(&mut out, Dialect::Plain),
        graph.write_evidence_csv(&mut out, Dialect::Plain),
        graph.write_mentions_csv(&mut out, Dialect::Plain),
    ];
    assert!(written.iter().all(Result::is_ok));
    out.len()
}

criterion_group!(benches, pipeline, graph);
criterion_main!(benches);
