//! Exact F1 of typed names, as the acceptance measures it.

use std::collections::BTreeSet;

use newsgraph_entity::recognizer::{NameClass, NameHint, Recognizer};
use newsgraph_text::TokenRange;

use super::corpus::{Document, Name};

/// Right, predicted and gold names.
#[derive(Clone, Copy, Default)]
pub struct Count {
    pub right: usize,
    pub predicted: usize,
    pub gold: usize,
}

impl Count {
    pub fn precision(self) -> f64 {
        100.0 * self.right as f64 / self.predicted.max(1) as f64
    }

    pub fn recall(self) -> f64 {
        100.0 * self.right as f64 / self.gold.max(1) as f64
    }

    /// The harmonic mean of precision and recall, in percent.
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.predicted + self.gold).max(1) as f64
    }
}

/// The names of one class that are scored, articles and possessives aside.
fn scored(document: &Document, names: &[Name]) -> BTreeSet<Name> {
    let form = |t: u32| document.segmentation.form(&document.text, t);
    let mut out = BTreeSet::new();
    for name in names.iter().filter(|n| n.class != NameClass::Other) {
        let mut name = *name;
        if name.end - name.start > 1 && ["the", "a", "an"].contains(&form(name.start).to_lowercase().as_str())
        {
            name.start += 1;
        }
        if name.end - name.start > 1 && ["'s", "’s", "'", "’"].contains(&form(name.end - 1)) {
            name.end -= 1;
        }
        out.insert(name);
    }
    out
}

/// Scores a recogniser: all three classes together, each of them, and spans whatever their class.
pub fn score(recognizer: &mut Recognizer<'_>, documents: &[Document], hints: &[Vec<NameHint>]) -> [Count; 5] {
    let mut counts = [Count::default(); 5];
    let mut found = Vec::new();
    for (document, hints) in documents.iter().zip(hints) {
        recognizer.recognize(&document.text, &document.segmentation, hints, &mut found);
        let predicted: Vec<Name> = found
            .iter()
            .filter_map(|n| {
                NameClass::of(n.kind).map(|class| Name { start: n.tokens.start, end: n.tokens.end, class })
            })
            .collect();
        let gold = scored(document, &document.names);
        let spans: BTreeSet<(u32, u32)> = gold.iter().map(|n| (n.start, n.end)).collect();
        let mut predicted = scored(document, &predicted);
        predicted.retain(|n| {
            spans.contains(&(n.start, n.end))
                || !TokenRange::new(n.start, n.end).iter().any(|t| document.uncertain[t as usize])
        });
        for class in [None, Some(NameClass::Person), Some(NameClass::Organization), Some(NameClass::Place)] {
            let of_class = |n: &&Name| class.is_none_or(|c| n.class == c);
            let count = &mut counts[class.map_or(0, |c| 1 + c as usize)];
            count.right += gold.intersection(&predicted).filter(of_class).count();
            count.predicted += predicted.iter().filter(of_class).count();
            count.gold += gold.iter().filter(of_class).count();
        }
        let predicted_spans: BTreeSet<(u32, u32)> = predicted.iter().map(|n| (n.start, n.end)).collect();
        counts[4].right += spans.intersection(&predicted_spans).count();
        counts[4].predicted += predicted_spans.len();
        counts[4].gold += spans.len();
    }
    counts
}

/// One line for a table.
pub fn line(name: &str, counts: &[Count; 5]) -> String {
    let all = counts[0];
    format!(
        "{name:<10} F1 {:5.2}  P {:5.2}  R {:5.2}  PER {:5.2}  ORG {:5.2}  LOC {:5.2}  spans {:5.2}",
        all.f1(),
        all.precision(),
        all.recall(),
        counts[1].f1(),
        counts[2].f1(),
        counts[3].f1(),
        counts[4].f1(),
    )
}
