//! Reading CoNLL-U.

use newsgraph_text::Span;
use newsgraph_token::Segmentation;
use thiserror::Error;

use super::push_unescaped;
use crate::{Deprel, Features, Syntax, SyntaxBuilder, Upos, Word, Xpos};

/// One document of a treebank: its text, made of the forms and the white space between them, and what was annotated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// What `# newdoc id =` says.
    pub id: Option<String>,
    /// The raw text; sentences of one paragraph are joined as `SpaceAfter` says, paragraphs by an empty line.
    pub text: String,
    /// Tokens and sentences (no quotations). A multiword token is given as its words.
    pub segmentation: Segmentation,
    /// Tags, lemmas and trees.
    pub syntax: Syntax,
}

/// What is wrong with a CoNLL-U file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct ConlluError {
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: ConlluProblem,
}

/// What is wrong with a line of CoNLL-U.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ConlluProblem {
    /// Columns are separated by tabs, and there are ten.
    #[error("{0} columns instead of ten; columns are separated by tabs")]
    Columns(usize),
    /// Words are numbered 1, 2, 3, …; a range names words that follow.
    #[error("the id {0:?} is not the next word, nor a range that starts there")]
    Id(String),
    /// HEAD is a word of the sentence, or 0.
    #[error("the head {0:?} is not a word of the sentence")]
    Head(String),
    /// A word needs a form.
    #[error("the form is empty")]
    EmptyForm,
    /// A multiword token must have at least one character for each of its words.
    #[error("the multiword token has fewer characters than words")]
    ShortMultiword,
    /// The heads of a sentence must make one tree with one root.
    #[error("the heads of the sentence that ends here are no tree with one root")]
    NotATree,
}

/// Reads a file, document by document; without `# newdoc` the whole is one. After an error nothing more is read.
///
/// Labels outside [`Upos`], [`Xpos`] and [`Deprel`] do not stop the reading: they become `X`, `FW`, and the relation
/// without its subtype, else `dep`. Empty nodes and enhanced graphs are skipped.
pub fn read(input: &str) -> Documents<'_> {
    Documents { lines: input.split('\n').enumerate().peekable(), pending_id: None, failed: false }
}

/// The documents of a file; see [`read`].
pub struct Documents<'i> {
    lines: std::iter::Peekable<std::iter::Enumerate<std::str::Split<'i, char>>>,
    pending_id: Option<String>,
    failed: bool,
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, ConlluError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let mut draft = Draft { id: self.pending_id.take(), ..Draft::default() };
        while let Some((number, line)) = self.lines.next() {
            let line = line.strip_suffix('\r').unwrap_or(line);
            if let Some(rest) = line.strip_prefix("# newdoc") {
                let id =
                    rest.trim_start().strip_prefix("id").map(|r| r.trim_start_matches([' ', '=']).trim_end());
                if !draft.words.is_empty() {
                    self.pending_id = id.map(str::to_string);
                    return Some(Ok(draft.finish()));
                }
                draft.id = id.map(str::to_string);
                continue;
            }
            let last = self.lines.peek().is_none();
            let mut outcome = draft.line(line);
            if outcome.is_ok() && (last || line.trim().is_empty()) {
                outcome = draft.end_sentence();
            }
            if let Err(problem) = outcome {
                self.failed = true;
                return Some(Err(ConlluError {
                    line: if last && line.is_empty() { number } else { number + 1 },
                    problem,
                }));
            }
        }
        (!draft.words.is_empty()).then(|| Ok(draft.finish()))
    }
}

/// A word read, its head still relative to the sentence.
struct Row {
    span: Span,
    lemma: String,
    upos: Upos,
    xpos: Xpos,
    feats: Features,
    head: usize,
    deprel: Deprel,
}

/// A multiword token whose words are being read.
struct Range {
    surface: Span,
    last_id: usize,
    /// Bytes of the surface given to words so far.
    used: u32,
}

#[derive(Default)]
struct Draft {
    id: Option<String>,
    text: String,
    segmentation: Segmentation,
    words: Vec<Row>,
    /// Index of the first word of the sentence being read.
    sentence: usize,
    range: Option<Range>,
    /// White space to put before the next token, and whether the file gave it literally.
    glue: String,
    literal_glue: bool,
}

impl Draft {
    fn line(&mut self, line: &str) -> Result<(), ConlluProblem> {
        if line.starts_with("# newpar") && !self.words.is_empty() && !self.literal_glue {
            self.glue.replace_range(.., "\n\n");
        }
        if line.starts_with('#') || line.trim().is_empty() {
            return Ok(());
        }
        let mut columns = [""; 10];
        let mut count = 0;
        for column in line.split('\t') {
            if let Some(slot) = columns.get_mut(count) {
                *slot = column;
            }
            count += 1;
        }
        if count != 10 {
            return Err(ConlluProblem::Columns(count));
        }
        let [id, form, .., misc] = columns;
        if id.contains('.') {
            return Ok(());
        }
        if form.is_empty() {
            return Err(ConlluProblem::EmptyForm);
        }
        let next = self.words.len() - self.sentence + 1;
        let wrong_id = || ConlluProblem::Id(id.to_string());
        if let Some((first, last)) = id.split_once('-') {
            let last_id: usize = last.parse().map_err(|_| wrong_id())?;
            if first.parse() != Ok(next) || last_id < next || self.range.is_some() {
                return Err(wrong_id());
            }
            let surface = self.push_surface(form, misc);
            self.range = Some(Range { surface, last_id, used: 0 });
            return Ok(());
        }
        if id.parse() != Ok(next) {
            return Err(wrong_id());
        }
        let span = match self.range.take() {
            None => self.push_surface(form, misc),
            Some(range) => self.part_of_range(range, form, next)?,
        };
        self.push_row(&columns, span)
    }

    fn push_row(&mut self, columns: &[&str; 10], span: Span) -> Result<(), ConlluProblem> {
        let [_, _, lemma, upos, xpos, feats, head, deprel, ..] = *columns;
        let base = deprel.split(':').next().unwrap_or(deprel);
        self.words.push(Row {
            span,
            lemma: lemma.to_string(),
            upos: Upos::from_label(upos).unwrap_or(Upos::X),
            xpos: Xpos::from_label(xpos).unwrap_or(Xpos::Fw),
            feats: Features::from_conllu(feats),
            head: head.parse().map_err(|_| ConlluProblem::Head(head.to_string()))?,
            deprel: Deprel::from_label(deprel).or(Deprel::from_label(base)).unwrap_or(Deprel::Dep),
        });
        Ok(())
    }

    /// Adds a surface token to the text, after the white space that belongs before it.
    fn push_surface(&mut self, form: &str, misc: &str) -> Span {
        if self.text.is_empty() {
            push_unescaped(&mut self.text, misc_value(misc, "SpacesBefore").unwrap_or(""));
        }
        self.text.push_str(&self.glue);
        self.glue.clear();
        let start = self.text.len() as u32;
        self.text.push_str(form);
        let spaces = misc_value(misc, "SpacesAfter");
        self.literal_glue = spaces.is_some();
        match spaces {
            Some(escaped) => push_unescaped(&mut self.glue, escaped),
            None if misc_value(misc, "SpaceAfter") == Some("No") => {}
            None => self.glue.push(' '),
        }
        Span::new(start, self.text.len() as u32)
    }

    /// Gives a word of a multiword token its part of the surface: its own form where that is what stands there, else
    /// so many characters, leaving one for each word that follows.
    fn part_of_range(&mut self, mut range: Range, form: &str, id: usize) -> Result<Span, ConlluProblem> {
        let start = range.surface.start + range.used;
        let rest = Span::new(start, range.surface.end).of(&self.text);
        let left = range.last_id - id;
        let chars = rest.chars().count();
        if chars <= left {
            return Err(ConlluProblem::ShortMultiword);
        }
        let take = if left == 0 { chars } else { form.chars().count().min(chars - left) };
        let bytes: usize = rest.chars().take(take).map(char::len_utf8).sum();
        range.used += bytes as u32;
        if left > 0 {
            self.range = Some(range);
        }
        Ok(Span::new(start, start + bytes as u32))
    }

    fn end_sentence(&mut self) -> Result<(), ConlluProblem> {
        if let Some(range) = self.range.take() {
            return Err(ConlluProblem::Id(range.last_id.to_string()));
        }
        let rows = &self.words[self.sentence..];
        if rows.is_empty() {
            return Ok(());
        }
        if let Some(row) = rows.iter().find(|r| r.head > rows.len()) {
            return Err(ConlluProblem::Head(row.head.to_string()));
        }
        if !is_tree(rows) {
            return Err(ConlluProblem::NotATree);
        }
        for row in rows {
            self.segmentation.push_token(row.span);
        }
        self.segmentation.end_sentence();
        self.sentence = self.words.len();
        Ok(())
    }

    fn finish(mut self) -> Document {
        self.text.push_str(&self.glue);
        let mut builder = SyntaxBuilder::new(Syntax::default());
        for sentence in self.segmentation.sentences() {
            for row in &self.words[sentence.range()] {
                builder.push(Word {
                    upos: row.upos,
                    xpos: row.xpos,
                    lemma: &row.lemma,
                    head: row.head.checked_sub(1).map(|h| sentence.start + h as u32),
                    deprel: row.deprel,
                    feats: row.feats.bits(),
                });
            }
        }
        Document { id: self.id, text: self.text, segmentation: self.segmentation, syntax: builder.finish() }
    }
}

/// Whether the heads have one root and every word comes down to it. Words found good are not walked again.
fn is_tree(rows: &[Row]) -> bool {
    if rows.iter().filter(|r| r.head == 0).count() != 1 {
        return false;
    }
    let mut seen = vec![0usize; rows.len() + 1];
    for start in 1..=rows.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = rows[at - 1].head;
        }
        if at != 0 && seen[at] == start {
            return false;
        }
    }
    true
}

fn misc_value<'m>(misc: &'m str, key: &str) -> Option<&'m str> {
    misc.split('|').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}
