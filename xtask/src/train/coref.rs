//! `cargo xtask train coref`: the ranker of pronouns' antecedents.

mod corpus;
mod learner;

use std::path::Path;

use newsgraph_entity::EntityAnalyzer;
use newsgraph_entity::coreference::{Choice, Judge, Weights};
use newsgraph_gazetteer::Gazetteer;

use corpus::{Answer, Document};
use learner::Learner;

/// Rounds over the training documents.
const EPOCHS: u32 = 10;
/// Weight units per nat.
const SCALE: f64 = 100.0;

const HEAD: &str = "\
# Weights of the ranker of pronouns' antecedents: number of a feature in hexadecimal digits, weight in hundredths of a nat.
# Made by `cargo xtask train coref`; see the README beside. The features: newsgraph-entity/src/resolve/pronouns/features.rs
";

/// Runs the command.
pub fn run(options: super::Options) -> anyhow::Result<()> {
    let shared = &options.shared;
    let mut training = corpus::gum(shared, "train")?;
    training.extend(corpus::gap(shared, "validation")?);
    let mut learner = Learner::default();
    for epoch in 0..EPOCHS {
        learner.start_epoch(epoch);
        each(&training, &mut learner);
        eprintln!("epoch {epoch}: {}", learner.summary());
    }
    let mut table = HEAD.to_owned();
    for (feature, weight) in learner.averaged() {
        let weight = (weight * SCALE).round();
        if weight != 0.0 {
            table.push_str(&format!("{feature:x}\t{weight}\n"));
        }
    }
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/entity/pronouns.tsv");
    std::fs::write(&out, &table)?;
    println!("{} features to {}", table.lines().count() - 2, out.display());
    let weights = Weights::read(&table);
    report("GUM dev", &corpus::gum(shared, "dev")?, &weights);
    report("GAP validation (trained on)", &corpus::gap(shared, "validation")?, &weights);
    report("GAP development", &corpus::gap(shared, "development")?, &weights);
    Ok(())
}

/// Lets a judge that knows the answers decide on every pronoun of the documents.
fn each(documents: &[Document], judge: &mut impl Taught) {
    let mut analyzer = EntityAnalyzer::new(Gazetteer::embedded());
    for document in documents {
        let mut desk = Desk { document, judge };
        let Document { text, segmentation, syntax, .. } = document;
        analyzer.analyze_with(text, segmentation, syntax, None, &mut desk);
    }
}

/// A judge that is told the answer, where there is one.
trait Taught {
    fn choose(&mut self, document: &Document, choice: &Choice<'_>) -> usize;
}

/// Brings a judge and the answers of one document together.
struct Desk<'a, T> {
    document: &'a Document,
    judge: &'a mut T,
}

impl<T: Taught> Judge for Desk<'_, T> {
    fn choose(&mut self, choice: &Choice<'_>) -> usize {
        self.judge.choose(self.document, choice)
    }
}

/// Counts what the weights get right.
struct Examiner<'w> {
    weights: &'w Weights,
    /// Pronouns of GUM: right, all, by what they ask for: persons, things, plurals.
    clusters: [[u32; 2]; 3],
    /// Names of GAP: right, predicted, gold.
    names: [u32; 3],
}

impl Taught for Examiner<'_> {
    fn choose(&mut self, document: &Document, choice: &Choice<'_>) -> usize {
        let mut weights = self.weights;
        let chosen = weights.choose(choice);
        match document.answers.get(&choice.pronoun) {
            Some(Answer::Entity(_)) => {
                let right = document.right(choice);
                let hit = if right.iter().any(|r| *r) { right[chosen] } else { chosen == 0 };
                let first = document.segmentation.form(&document.text, choice.pronoun).to_lowercase();
                let kind = match first.as_bytes() {
                    [b'i', ..] => 1,
                    [b't', ..] => 2,
                    _ => 0,
                };
                self.clusters[kind][0] += u32::from(hit);
                self.clusters[kind][1] += 1;
            }
            Some(Answer::Names(names)) => {
                for (span, same) in names {
                    let said = document.is_named(choice, chosen, *span);
                    self.names[0] += u32::from(said && *same);
                    self.names[1] += u32::from(said);
                    self.names[2] += u32::from(*same);
                }
            }
            None => {}
        }
        chosen
    }
}

fn report(name: &str, documents: &[Document], weights: &Weights) {
    let mut examiner = Examiner { weights, clusters: [[0; 2]; 3], names: [0; 3] };
    each(documents, &mut examiner);
    let percent = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
    println!("{name}");
    for (kind, [right, all]) in ["he, she", "it", "they"].iter().zip(examiner.clusters) {
        if all > 0 {
            println!("  {kind}: {:.1} % of {all} right", percent(right, all));
        }
    }
    let [right, said, gold] = examiner.names;
    if gold > 0 {
        let (precision, recall) = (percent(right, said), percent(right, gold));
        let f1 = percent(2 * right, said + gold);
        println!("  names: F1 {f1:.2}, precision {precision:.2}, recall {recall:.2}");
    }
}
