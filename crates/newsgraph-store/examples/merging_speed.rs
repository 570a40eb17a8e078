//! How fast document records become a graph, phase by phase, in seconds of one core:
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
    let clock = Instant::now();
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
        let begin = seconds(&clock);
        let record = Record::from_line(line.trim_end())?;
        read += seconds(&clock) - begin;
        let begin = seconds(&clock);
        builder.add(&record);
        add += seconds(&clock) - begin;
        let begin = seconds(&clock);
        store.add(line.trim_end())?;
        keep += seconds(&clock) - begin;
        count += 1;
    }
    let tell = |what: &str, seconds: f64| {
        println!("{what:<28} {seconds:8.2} s {:10.0} records/s", f64::from(count) / seconds);
    };
    tell("reading JSON", read);
    tell("keeping records in the db", keep);
    tell("folding", add);
    let begin = seconds(&clock);
    let graph = builder.finish();
    tell("merging", seconds(&clock) - begin);
    let begin = seconds(&clock);
    let plain = Dialect::Plain;
    graph.write_nodes_csv(std::io::sink(), plain)?;
    graph.write_edges_csv(std::io::sink(), plain)?;
    graph.write_evidence_csv(std::io::sink(), plain)?;
    graph.write_mentions_csv(std::io::sink(), plain)?;
    tell("writing CSV", seconds(&clock) - begin);
    let begin = seconds(&clock);
    store.write_graph(&graph)?;
    tell("writing the graph to the db", seconds(&clock) - begin);
    store.finish()?;
    println!("{} nodes, {} edges", graph.node_count(), graph.edge_count());
    Ok(())
}

/// Seconds that this thread has worked, where the system tells, so that other work on the machine disturbs little; else
/// seconds that have passed.
fn seconds(clock: &Instant) -> f64 {
    let worked = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = worked.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| clock.elapsed().as_secs_f64(), |n| n / 1e9)
}
