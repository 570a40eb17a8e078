//! How fast document records become a graph, phase by phase:
//! `cargo run --profile tool -p newsgraph-store --example merging_speed RECORDS.jsonl DATABASE`.

#![expect(clippy::print_stdout, reason = "what it is for")]

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use newsgraph_graph::{Dialect, GraphBuilder};
use newsgraph_record::Record;
use newsgraph_store::Store;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(records), Some(database)) = (arguments.next(), arguments.next()) else {
        return Err("usage: merging_speed RECORDS.jsonl DATABASE".into());
    };
    let mut store = Store::create(Path::new(&database))?;
    let mut builder = GraphBuilder::new();
    let (mut read, mut keep, mut add) = (0.0, 0.0, 0.0);
    let mut count = 0_u32;
    let mut input = BufReader::new(File::open(records)?);
    let mut line = String::new();
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 {
            break;
        }
        let begin = Instant::now();
        let record = Record::from_line(line.trim_end())?;
        read += begin.elapsed().as_secs_f64();
        let begin = Instant::now();
        builder.add(&record);
        add += begin.elapsed().as_secs_f64();
        let begin = Instant::now();
        store.add(line.trim_end())?;
        keep += begin.elapsed().as_secs_f64();
        count += 1;
    }
    let tell = |what: &str, seconds: f64| {
        println!("{what:<28} {seconds:8.2} s {:10.0} records/s", f64::from(count) / seconds);
    };
    tell("reading JSON", read);
    tell("keeping records in the db", keep);
    tell("folding", add);
    let begin = Instant::now();
    let graph = builder.finish();
    tell("merging", begin.elapsed().as_secs_f64());
    let begin = Instant::now();
    let plain = Dialect::Plain;
    graph.write_nodes_csv(std::io::sink(), plain)?;
    graph.write_edges_csv(std::io::sink(), plain)?;
    graph.write_evidence_csv(std::io::sink(), plain)?;
    graph.write_mentions_csv(std::io::sink(), plain)?;
    tell("writing CSV", begin.elapsed().as_secs_f64());
    let begin = Instant::now();
    store.write_graph(&graph)?;
    tell("writing the graph to the db", begin.elapsed().as_secs_f64());
    store.finish()?;
    println!("{} nodes, {} edges", graph.node_count(), graph.edge_count());
    Ok(())
}
