//! Documents with the antecedents of their pronouns: GUM's clusters and GAP's pairs of names.

use std::path::Path;

use anyhow::Context;
use newsgraph_entity::MentionForm;
use newsgraph_entity::coreference::{Choice, Coordination};
use newsgraph_syntax::{Parser, Syntax};
use newsgraph_text::{CharIndex, Span, TokenRange};
use newsgraph_token::{Segmentation, Segmenter};
use rustc_hash::FxHashMap;

use super::super::entities::corpus::{free_gum_documents, unzipped};

/// What a pronoun refers to.
pub enum Answer {
    /// The number of the entity in GUM.
    Entity(u32),
    /// GAP's two names, and whether each is the pronoun's.
    Names([(Span, bool); 2]),
}

/// A text with the answers for its pronouns, by token.
pub struct Document {
    pub text: String,
    pub segmentation: Segmentation,
    pub syntax: Syntax,
    pub answers: FxHashMap<u32, Answer>,
    /// The entity of each token that heads a mention in GUM, of the smallest if it heads several.
    entity_of: FxHashMap<u32, u32>,
    /// GUM's mentions of several words, and their entities.
    phrases: Vec<(TokenRange, u32)>,
    /// Of an entity of GUM that is several others, which these are, in order of their numbers.
    parts_of: FxHashMap<u32, Vec<u32>>,
}

impl Document {
    fn new(parser: &mut Parser, text: String) -> Self {
        let mut segmentation = Segmentation::default();
        Segmenter::new().segment(&text, &mut segmentation);
        let mut syntax = Syntax::default();
        parser.parse(&text, &segmentation, &mut syntax);
        Self {
            text,
            segmentation,
            syntax,
            answers: FxHashMap::default(),
            entity_of: FxHashMap::default(),
            phrases: Vec::new(),
            parts_of: FxHashMap::default(),
        }
    }

    /// Which candidates refer to the pronoun's entity, by GUM.
    pub fn right(&self, choice: &Choice<'_>) -> Vec<bool> {
        let Some(Answer::Entity(entity)) = self.answers.get(&choice.pronoun) else {
            return vec![false; choice.candidates.len()];
        };
        let is_its = |head: u32| head != choice.pronoun && self.entity_of.get(&head) == Some(entity);
        let candidates =
            choice.candidates.iter().map(|candidate| match (candidate.cluster, candidate.head) {
                (Some(id), _) => {
                    let mut groups = choice.coordinations.iter().filter(|c| c.cluster == id);
                    let mut mentions = choice.mentions.iter().filter(|m| m.cluster == id);
                    groups.any(|c| self.is_group(c, *entity))
                        || mentions.any(|m| m.tokens.iter().any(is_its) && is_its_own(m.tokens.len(), m.form))
                }
                (None, Some(head)) => is_its(head),
                (None, None) => false,
            });
        candidates.collect()
    }

    /// Whether a group is the entity, by GUM: a phrase that holds the whole coordination and little else, or those of
    /// whom the entity is made.
    fn is_group(&self, group: &Coordination, entity: u32) -> bool {
        let close = |a: u32, b: u32| a.abs_diff(b) <= 2;
        let phrase = |tokens: &TokenRange| {
            close(tokens.start, group.tokens.start) && close(tokens.end, group.tokens.end)
        };
        let mut phrases = self.phrases.iter().filter(|(tokens, _)| group.joined && phrase(tokens));
        let mut parts: Vec<u32> = group.heads.iter().filter_map(|h| self.entity_of.get(h).copied()).collect();
        parts.sort_unstable();
        phrases.any(|(_, e)| *e == entity) || self.parts_of.get(&entity) == Some(&parts)
    }

    /// Whether a candidate is named by `span`, as GAP's scorer asks: a mention that is the name, lies inside it,
    /// or is a longer name around it.
    pub fn is_named(&self, choice: &Choice<'_>, candidate: usize, span: Span) -> bool {
        let Some(id) = choice.candidates.get(candidate).and_then(|c| c.cluster) else { return false };
        choice.mentions.iter().filter(|m| m.cluster == id).any(|m| {
            let found = self.segmentation.span(m.tokens);
            let inside = span.start <= found.start && found.end <= span.end;
            let around = found.start <= span.start && span.end <= found.end && m.form == MentionForm::Name;
            inside || around
        })
    }

    /// The candidates that would be right, or `None` where the pronoun teaches nothing.
    pub fn lesson(&self, choice: &Choice<'_>) -> Option<Vec<bool>> {
        match self.answers.get(&choice.pronoun)? {
            Answer::Entity(_) => {
                let mut right = self.right(choice);
                if right.iter().any(|r| *r) {
                    return Some(right);
                }
                // That the antecedent of "he" was not found is no reason to prefer nobody.
                let form = self.segmentation.form(&self.text, choice.pronoun).to_lowercase();
                if form.starts_with(['h', 's']) {
                    return None;
                }
                right[0] = true;
                Some(right)
            }
            Answer::Names(names) => {
                let all = 0..choice.candidates.len();
                let named = |i: usize, same: bool| {
                    names.iter().any(|(span, s)| *s == same && self.is_named(choice, i, *span))
                };
                let right: Vec<bool> = if names.iter().any(|(_, same)| *same) {
                    all.map(|i| named(i, true)).collect()
                } else {
                    all.map(|i| !named(i, false)).collect()
                };
                right.iter().any(|r| *r).then_some(right)
            }
        }
    }
}

/// Whether a mention may be compared by any of its words: names may, descriptions hold other mentions.
fn is_its_own(words: u32, form: MentionForm) -> bool {
    form != MentionForm::Nominal || words <= 8
}

/// GAP's examples.
pub fn gap(shared: &Path, part: &str) -> anyhow::Result<Vec<Document>> {
    let path = shared.join(format!("corpora/gap/{part}.tsv.gz"));
    let table = unzipped(&path)?;
    let mut parser = Parser::new();
    table
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let broken = || format!("{}: a line without the columns of GAP", path.display());
            anyhow::ensure!(cells.len() >= 10, broken());
            let index = CharIndex::new(cells[1]);
            let span = |form: &str, offset: &str| -> anyhow::Result<Span> {
                let start: u32 = offset.parse().with_context(broken)?;
                let at = index.byte_offset(start);
                Ok(Span::new(at, at + form.len() as u32))
            };
            let pronoun = span(cells[2], cells[3])?;
            let names = [
                (span(cells[4], cells[5])?, cells[6] == "TRUE"),
                (span(cells[7], cells[8])?, cells[9] == "TRUE"),
            ];
            let mut document = Document::new(&mut parser, cells[1].to_owned());
            let token = document.segmentation.tokens_in(pronoun).start;
            document.answers.insert(token, Answer::Names(names));
            Ok(document)
        })
        .collect()
}

/// GUM's documents, of the training part those whose text is not marked non-commercial.
pub fn gum(shared: &Path, part: &str) -> anyhow::Result<Vec<Document>> {
    let free = free_gum_documents(shared)?;
    let table = unzipped(&shared.join(format!("corpora/ud-gum/{part}.conllu.gz")))?;
    let mut parser = Parser::new();
    let parts = table.split("# newdoc id = ").skip(1);
    let kept = parts.filter(|d| part != "train" || d.lines().next().is_some_and(|id| free.contains(id)));
    Ok(kept.map(|d| gum_document(&mut parser, d)).collect())
}

/// A mention of GUM while it is read: entity, first word, words of its head counted from there.
struct Open {
    entity: u32,
    start: usize,
    heads: Vec<usize>,
}

/// The text of a document of GUM, its words, and its mentions as (entity, first word, last word, heads).
fn gum_document(parser: &mut Parser, table: &str) -> Document {
    let (mut text, mut words) = (String::new(), Vec::<Span>::new());
    let mut mentions: Vec<(Open, usize)> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut parts_of: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let (mut fresh, mut at) = (false, 0);
    for line in table.lines() {
        if line.starts_with("# newpar") {
            fresh = true;
        } else if let Some(sentence) = line.strip_prefix("# text = ") {
            if !text.is_empty() {
                text.push_str(if fresh { "\n\n" } else { " " });
            }
            fresh = false;
            at = text.len();
            text.push_str(sentence);
        } else if line.starts_with(|c: char| c.is_ascii_digit()) {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() < 10 || !cells[0].bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            let found = text[at..].find(cells[1]).filter(|&gap| gap <= 2);
            let start = at + found.unwrap_or(0);
            let end = if found.is_some() { start + cells[1].len() } else { start };
            words.push(Span::new(start as u32, end as u32));
            at = end;
            let value = cells[9].split('|').find_map(|f| f.strip_prefix("Entity=")).unwrap_or("");
            brackets(value, words.len() - 1, &mut open, &mut mentions);
            let split = cells[9].split('|').find_map(|f| f.strip_prefix("SplitAnte=")).unwrap_or("");
            for (part, whole) in split.split(',').filter_map(|pair| pair.split_once('<')) {
                if let (Ok(part), Ok(whole)) = (part.parse(), whole.parse()) {
                    let parts = parts_of.entry(whole).or_default();
                    if let Err(at) = parts.binary_search(&part) {
                        parts.insert(at, part);
                    }
                }
            }
        }
    }
    let mut document = Document::new(parser, text);
    answer(&mut document, &words, mentions);
    document.parts_of = parts_of;
    document
}

/// Reads the brackets of one word: "(12-person-giv:act-…-1-coref" opens, "12)" closes.
fn brackets(value: &str, word: usize, open: &mut Vec<Open>, closed: &mut Vec<(Open, usize)>) {
    for piece in value.split_inclusive(')').flat_map(|p| p.split('(').enumerate()) {
        let (position, body) = (piece.0, piece.1);
        let closes = body.ends_with(')');
        let body = body.trim_end_matches(')');
        if position > 0 && !body.is_empty() {
            let fields: Vec<&str> = body.split('-').collect();
            let entity = fields[0].parse().unwrap_or(0);
            let heads = fields.get(5).unwrap_or(&"1").split(',').filter_map(|h| h.parse::<usize>().ok());
            open.push(Open { entity, start: word, heads: heads.collect() });
        }
        if closes {
            let entity: Option<u32> = body.split('-').next().and_then(|e| e.parse().ok());
            if let Some(at) = open.iter().rposition(|o| Some(o.entity) == entity) {
                closed.push((open.remove(at), word));
            }
        }
    }
}

fn answer(document: &mut Document, words: &[Span], mut mentions: Vec<(Open, usize)>) {
    // Larger ones first, so that the smallest mention of a head stays.
    mentions.sort_by_key(|(open, end)| std::cmp::Reverse(end - open.start));
    for (mention, end) in &mentions {
        if let (Some(first), Some(last)) = (words.get(mention.start), words.get(*end))
            && mention.start < *end
        {
            let tokens = document.segmentation.tokens_in(Span::new(first.start, last.end));
            document.phrases.push((tokens, mention.entity));
        }
        let heads = mention.heads.iter().map(|h| mention.start + h - 1).filter(|h| h <= end);
        for head in heads {
            let Some(span) = words.get(head).filter(|s| s.start < s.end) else { continue };
            let tokens = document.segmentation.tokens_in(*span);
            document.entity_of.insert(tokens.start, mention.entity);
            if mention.start == *end {
                document.answers.insert(tokens.start, Answer::Entity(mention.entity));
            }
        }
    }
}
