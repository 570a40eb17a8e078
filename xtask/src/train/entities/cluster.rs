//! Word clusters from raw text, and how it writes words: the exchange algorithm for bigram classes (Martin,
//! Liermann and Ney 1998), from a fixed start and in a fixed order.

use std::collections::BTreeMap;

use newsgraph_entity::recognizer::WordHabit;

use super::corpus::Document;

/// Uses below which a word is not clustered.
const USES: u32 = 3;
/// Rounds over all words; later ones move few.
const ROUNDS: usize = 12;

/// Number of fine and of coarse clusters.
#[derive(Clone, Copy)]
pub struct Sizes {
    pub fine: usize,
    pub coarse: usize,
}

/// The habits of all words that the documents have often enough, by the word as it is hashed.
pub fn habits(documents: &[&Document], sizes: Sizes) -> Vec<(String, WordHabit)> {
    let mut habits: BTreeMap<String, WordHabit> = BTreeMap::new();
    for (word, case) in cases(documents) {
        habits.entry(word).or_default().case = case;
    }
    let text = Bigrams::count(documents);
    for (word, cluster) in text.words.iter().zip(text.exchange(sizes.fine)) {
        habits.entry(word.clone()).or_default().cluster = cluster as u16 + 1;
    }
    for (word, cluster) in text.words.iter().zip(text.exchange(sizes.coarse)) {
        habits.entry(word.clone()).or_default().coarse = cluster as u8 + 1;
    }
    habits.into_iter().filter(|(word, _)| !word.starts_with('<')).collect()
}

/// For each word in lower case how it is written inside sentences: see [`WordHabit::case`].
fn cases(documents: &[&Document]) -> Vec<(String, u8)> {
    // Times in lower case, times capitalised, the last document and the number of documents.
    let mut counts: BTreeMap<String, (u32, u32, usize, u32)> = BTreeMap::new();
    for (number, document) in documents.iter().enumerate() {
        for sentence in document.segmentation.sentences() {
            let forms: Vec<&str> =
                sentence.iter().map(|t| document.segmentation.form(&document.text, t)).collect();
            let capital = |f: &str| f.chars().next().is_some_and(char::is_uppercase);
            let words = forms.iter().filter(|f| f.chars().any(char::is_alphabetic)).count();
            let capitals = forms.iter().filter(|f| capital(f)).count();
            if capitals * 2 > words {
                continue;
            }
            for form in forms.iter().skip(1).filter(|f| f.chars().any(char::is_alphabetic)) {
                let count = counts.entry(form.to_lowercase()).or_insert((0, 0, usize::MAX, 0));
                if capital(form) {
                    count.1 += 1
                } else {
                    count.0 += 1
                }
                if count.2 != number {
                    (count.2, count.3) = (number, count.3 + 1);
                }
            }
        }
    }
    let habit = |lower: u32, capital: u32| match (lower, capital) {
        (_, 0) => 1,
        (0, _) => 5,
        (l, c) if l >= 4 * c => 2,
        (l, c) if c >= 4 * l => 4,
        _ => 3,
    };
    let known = counts.into_iter().filter(|(_, c)| c.0 + c.1 >= 2 && c.3 >= 2);
    known.map(|(word, c)| (word, habit(c.0, c.1))).collect()
}

/// Words by number, and how often each stands before each.
struct Bigrams {
    words: Vec<String>,
    /// For each word its followers and their counts, and its predecessors.
    after: Vec<Vec<(u32, f64)>>,
    before: Vec<Vec<(u32, f64)>>,
    /// Words by falling frequency.
    order: Vec<u32>,
}

impl Bigrams {
    fn count(documents: &[&Document]) -> Self {
        let mut uses: BTreeMap<String, u32> = BTreeMap::new();
        for form in documents.iter().copied().flat_map(forms) {
            *uses.entry(digitless(form)).or_insert(0) += 1;
        }
        uses.retain(|_, n| *n >= USES);
        for rare in ["<s>", "<Xx>", "<x>", "<X>", "<0>", "<.>"] {
            uses.insert(rare.to_string(), 0);
        }
        let words: Vec<String> = uses.keys().cloned().collect();
        let number = |word: &str| words.binary_search_by(|w| w.as_str().cmp(word)).ok();
        let mut pairs: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let mut totals = vec![0u32; words.len()];
        for document in documents {
            for sentence in document.segmentation.sentences() {
                let forms = sentence.iter().map(|t| document.segmentation.form(&document.text, t));
                let mut last = number("<s>").unwrap_or(0);
                for form in forms.map(Some).chain([None]) {
                    let word = form.map_or("<s>".to_string(), digitless);
                    let next = number(&word).or_else(|| number(rare(&word))).unwrap_or(0);
                    *pairs.entry((last as u32, next as u32)).or_insert(0) += 1;
                    totals[next] += 1;
                    last = next;
                }
            }
        }
        let mut after = vec![Vec::new(); words.len()];
        let mut before = vec![Vec::new(); words.len()];
        for (&(left, right), &n) in &pairs {
            after[left as usize].push((right, f64::from(n)));
            before[right as usize].push((left, f64::from(n)));
        }
        let mut order: Vec<u32> = (0..words.len() as u32).collect();
        order.sort_by_key(|&w| (std::cmp::Reverse(totals[w as usize]), w));
        Self { words, after, before, order }
    }

    /// The class of each word, in `classes` classes, that a bigram model of classes likes best.
    fn exchange(&self, classes: usize) -> Vec<usize> {
        let mut class_of = vec![0; self.words.len()];
        for (rank, &word) in self.order.iter().enumerate() {
            class_of[word as usize] = rank % classes;
        }
        let mut grid = vec![0.0; classes * classes];
        for (word, followers) in self.after.iter().enumerate() {
            for &(next, n) in followers {
                grid[class_of[word] * classes + class_of[next as usize]] += n;
            }
        }
        let rows = grid.chunks(classes).map(|row| row.iter().sum()).collect();
        let columns = (0..classes).map(|b| (0..classes).map(|a| grid[a * classes + b]).sum()).collect();
        let mut state = Exchange { classes, grid, rows, columns, class_of };
        for _ in 0..ROUNDS {
            let moved = self.order.iter().filter(|&&w| state.improve(w, self)).count();
            if moved * 500 < self.words.len() {
                break;
            }
        }
        state.class_of
    }
}

struct Exchange {
    classes: usize,
    /// Bigram counts of classes, row before column.
    grid: Vec<f64>,
    rows: Vec<f64>,
    columns: Vec<f64>,
    class_of: Vec<usize>,
}

impl Exchange {
    /// Moves a word to the class where the likelihood is highest; whether it moved.
    fn improve(&mut self, word: u32, text: &Bigrams) -> bool {
        let home = self.class_of[word as usize];
        let (mut left, mut right) = (BTreeMap::new(), BTreeMap::new());
        let mut own = 0.0;
        for &(next, n) in &text.after[word as usize] {
            if next == word {
                own = n;
            } else {
                *right.entry(self.class_of[next as usize]).or_insert(0.0) += n;
            }
        }
        for &(last, n) in text.before[word as usize].iter().filter(|(last, _)| *last != word) {
            *left.entry(self.class_of[last as usize]).or_insert(0.0) += n;
        }
        let uses_left: f64 = left.values().sum::<f64>() + own;
        let uses_right: f64 = right.values().sum::<f64>() + own;
        self.shift(home, &left, &right, own, -1.0);
        let mut best = (f64::MIN, home);
        for class in 0..self.classes {
            let mut gain = 0.0;
            for (&c, &n) in &left {
                let extra = if c == class { right.get(&class).copied().unwrap_or(0.0) + own } else { 0.0 };
                let cell = self.grid[c * self.classes + class];
                gain += grown(cell, n + extra);
            }
            for (&c, &n) in right.iter().filter(|(c, _)| **c != class || !left.contains_key(c)) {
                let extra = if c == class { own } else { 0.0 };
                gain += grown(self.grid[class * self.classes + c], n + extra);
            }
            gain -= grown(self.rows[class], uses_right) + grown(self.columns[class], uses_left);
            if gain > best.0 + 1e-9 {
                best = (gain, class);
            }
        }
        self.shift(best.1, &left, &right, own, 1.0);
        self.class_of[word as usize] = best.1;
        best.1 != home
    }

    fn shift(
        &mut self,
        class: usize,
        left: &BTreeMap<usize, f64>,
        right: &BTreeMap<usize, f64>,
        own: f64,
        sign: f64,
    ) {
        for (&c, &n) in left {
            self.grid[c * self.classes + class] += sign * n;
            self.rows[c] += sign * n;
            self.columns[class] += sign * n;
        }
        for (&c, &n) in right {
            self.grid[class * self.classes + c] += sign * n;
            self.rows[class] += sign * n;
            self.columns[c] += sign * n;
        }
        self.grid[class * self.classes + class] += sign * own;
        self.rows[class] += sign * own;
        self.columns[class] += sign * own;
    }
}

/// How much `x log x` grows when `n` is added to `x`.
fn grown(x: f64, n: f64) -> f64 {
    let entropy = |x: f64| if x > 0.0 { x * x.ln() } else { 0.0 };
    entropy(x + n) - entropy(x)
}

fn forms(document: &Document) -> impl Iterator<Item = &str> {
    (0..document.segmentation.len()).map(|t| document.segmentation.form(&document.text, t))
}

fn digitless(form: &str) -> String {
    form.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// The stand-in for a word too rare for a cluster.
fn rare(word: &str) -> &'static str {
    let mut chars = word.chars();
    let first = chars.next().unwrap_or('.');
    if word.chars().any(|c| c.is_ascii_digit()) {
        "<0>"
    } else if !first.is_alphabetic() {
        "<.>"
    } else if first.is_lowercase() {
        "<x>"
    } else if chars.any(char::is_lowercase) {
        "<Xx>"
    } else {
        "<X>"
    }
}
