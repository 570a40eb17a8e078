//! Writing CoNLL-U.

use std::fmt::Write;

use newsgraph_text::{Span, TokenRange};
use newsgraph_token::Segmentation;

use super::push_escaped;
use crate::{Features, Syntax};

/// Adds one document to `out` in CoNLL-U: `# newdoc id`, then each sentence with `# sent_id` and `# text`; `# newpar`
/// where a blank line stands before the sentence. A text without tokens adds nothing.
pub fn write(out: &mut String, id: &str, text: &str, segmentation: &Segmentation, syntax: &Syntax) {
    let id = one_line(id);
    for (number, sentence) in segmentation.sentences().iter().enumerate() {
        let before = gap(text, segmentation, sentence.start);
        if number == 0 {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "# newdoc id = {id}");
        }
        if number == 0 || before.matches('\n').count() > 1 {
            out.push_str("# newpar\n");
        }
        let _ = writeln!(out, "# sent_id = {id}-{}", number + 1);
        push_text_line(out, text, segmentation, *sentence);
        for token in *sentence {
            push_word(out, text, segmentation, syntax, *sentence, token);
        }
        out.push('\n');
    }
}

fn one_line(id: &str) -> String {
    id.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands before `token`, from the end of the token before it; for one past the last token, the tail.
fn gap<'t>(text: &'t str, segmentation: &Segmentation, token: u32) -> &'t str {
    let start = if token == 0 { 0 } else { segmentation.token(token - 1).end };
    let end = if token < segmentation.len() { segmentation.token(token).start } else { text.len() as u32 };
    Span::new(start, end.max(start)).of(text)
}

fn push_text_line(out: &mut String, text: &str, segmentation: &Segmentation, sentence: TokenRange) {
    out.push_str("# text = ");
    for token in sentence {
        if token > sentence.start && !gap(text, segmentation, token).is_empty() {
            out.push(' ');
        }
        out.push_str(segmentation.form(text, token));
    }
    out.push('\n');
}

fn push_word(
    out: &mut String,
    text: &str,
    segmentation: &Segmentation,
    syntax: &Syntax,
    sentence: TokenRange,
    token: u32,
) {
    let lemma = syntax.lemma(token);
    let _ = write!(
        out,
        "{}\t{}\t{}\t{}\t{}\t",
        token - sentence.start + 1,
        segmentation.form(text, token),
        if lemma.is_empty() { "_" } else { lemma },
        syntax.upos(token),
        syntax.xpos(token),
    );
    Features::from_bits(syntax.feats(token)).push_conllu(out);
    let head = syntax.head(token).map_or(0, |h| h.saturating_sub(sentence.start) + 1);
    let _ = write!(out, "\t{head}\t{}\t_\t", syntax.deprel(token));
    push_misc(out, text, segmentation, token);
    out.push('\n');
}

fn push_misc(out: &mut String, text: &str, segmentation: &Segmentation, token: u32) {
    let start = out.len();
    match gap(text, segmentation, token + 1) {
        " " => {}
        "" => out.push_str("SpaceAfter=No"),
        space => {
            out.push_str("SpacesAfter=");
            push_escaped(out, space);
        }
    }
    if token == 0 && segmentation.token(0).start > 0 {
        if out.len() > start {
            out.push('|');
        }
        out.push_str("SpacesBefore=");
        push_escaped(out, gap(text, segmentation, 0));
    }
    if out.len() == start {
        out.push('_');
    }
}
