//! Prints the events of CoNLL-U trees, without entities and quotes:
//! `cargo run -p newsgraph-relation --example events < TREES.conllu`
#![allow(clippy::print_stdout)] // an example prints

use std::io::Read;

use newsgraph_entity::Entities;
use newsgraph_relation::{Event, EventExtractor, EventInput, Frames, Role};
use newsgraph_syntax::conllu;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let mut frames = Frames::default();
    let mut extractor = EventExtractor::default();
    let mut events = Vec::new();
    for document in conllu::read(&input) {
        let document = document?;
        let (text, segmentation, syntax) = (&document.text, &document.segmentation, &document.syntax);
        Frames::extract(text, segmentation, syntax, &mut frames);
        let entities = Entities::default();
        let input = EventInput {
            text,
            segmentation,
            syntax,
            frames: &frames,
            entities: &entities,
            quotes: &[],
            published: None,
        };
        extractor.extract(&input, &mut events);
        for sentence in segmentation.sentences() {
            println!("# {}", segmentation.span(*sentence).of(text).replace('\n', " "));
            for event in events.iter().filter(|e| sentence.contains(e.head)) {
                println!("  {}", describe(text, event));
            }
        }
    }
    Ok(())
}

fn describe(text: &str, event: &Event) -> String {
    let words = |roles: &mut dyn Iterator<Item = &Role>| {
        roles.map(|r| r.span.of(text).replace('\n', " ")).collect::<Vec<_>>().join(" & ")
    };
    let trigger: Vec<&str> = event.trigger.iter().map(|s| s.of(text)).collect();
    let modes: Vec<&str> = event.modes.iter().map(|m| m.as_str()).collect();
    let mut out = format!(
        "{} {} <{}> {} {}",
        event.kind.map_or("-", |k| k.as_str()),
        modes.join("+"),
        trigger.join(" … "),
        event.polarity.as_str(),
        event.modality.as_str(),
    );
    out += &format!(" | {} -> {}", words(&mut event.actors.iter()), words(&mut event.recipients.iter()));
    for argument in &event.arguments {
        out += &format!(" | {}: {}", argument.name, words(&mut [&argument.role].into_iter()));
    }
    for quantity in &event.quantities {
        out += &format!(" | {} {}", quantity.what, quantity.value);
    }
    out
}
