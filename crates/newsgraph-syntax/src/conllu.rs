//! CoNLL-U: reading treebanks and writing our own analyses.
//!
//! The raw text can be rebuilt byte for byte from what [`write()`] makes: what stands between two tokens is in MISC,
//! `SpaceAfter=No` for nothing and `SpacesAfter=` for anything but one plain space (escaped as UDPipe does: `\s`,
//! `\t`, `\n`, `\r`, `\p` for the bar, `\\`), and what stands before the first token is `SpacesBefore=`.

mod read;
mod write;

pub use read::{ConlluError, ConlluProblem, Document, Documents, read};
pub use write::write;

/// White space and its escapes in `SpacesAfter` and `SpacesBefore`.
const ESCAPES: [(char, char); 6] =
    [(' ', 's'), ('\t', 't'), ('\n', 'n'), ('\r', 'r'), ('|', 'p'), ('\\', '\\')];

fn push_escaped(out: &mut String, space: &str) {
    for c in space.chars() {
        match ESCAPES.iter().find(|(raw, _)| *raw == c) {
            Some((_, letter)) => out.extend(['\\', *letter]),
            None => out.push(c),
        }
    }
}

fn push_unescaped(out: &mut String, escaped: &str) {
    let mut chars = escaped.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let Some(letter) = chars.next() else { return };
        match ESCAPES.iter().find(|(_, l)| *l == letter) {
            Some((raw, _)) => out.push(*raw),
            None => out.extend(['\\', letter]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Deprel, Features, Syntax, SyntaxBuilder, Upos, Word, Xpos};
    use newsgraph_text::Span;
    use newsgraph_token::Segmentation;
    use proptest::prelude::*;

    const SAMPLE: &str = "\
# newdoc id = one
# newpar
# sent_id = one-1
# text = They can't swim, he said.
1\tThey\tthey\tPRON\tPRP\tCase=Nom|Number=Plur|Person=3|PronType=Prs\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\tVerbForm=Fin\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\tPolarity=Neg\t4\tadvmod\t_\t_
4\tswim\tswim\tVERB\tVB\tVerbForm=Inf\t7\tccomp\t_\tSpaceAfter=No
5\t,\t,\tPUNCT\t,\t_\t4\tpunct\t_\t_
6\the\the\tPRON\tPRP\tCase=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs\t7\tnsubj\t_\t_
7\tsaid\tsay\tVERB\tVBD\tMood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t7\tpunct\t_\t_

# newpar
# sent_id = one-2
# text = No.
1\tNo\tno\tINTJ\tUH\tPolarity=Neg\t0\troot\t_\tSpaceAfter=No
1.1\tempty\tempty\tVERB\tVB\t_\t_\t_\t_\t_
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

# newdoc id = two
# sent_id = two-1
# text = Yes
1\tYes\tyes\tINTJ\tUH\tPolarity=Pos\t0\troot\t_\tSpaceAfter=No
";

    #[test]
    fn sample_becomes_text_segmentation_and_trees() {
        let documents: Vec<Document> = read(SAMPLE).collect::<Result<_, _>>().unwrap();
        assert_eq!(documents.len(), 2);
        let one = &documents[0];
        assert_eq!(one.id.as_deref(), Some("one"));
        assert_eq!(one.text, "They can't swim, he said.\n\nNo. ");
        let forms: Vec<&str> =
            (0..one.segmentation.len()).map(|t| one.segmentation.form(&one.text, t)).collect();
        assert_eq!(forms, ["They", "ca", "n't", "swim", ",", "he", "said", ".", "No", "."]);
        assert_eq!(one.segmentation.sentences().len(), 2);
        assert_eq!(one.syntax.head(3), Some(6));
        assert_eq!(one.syntax.head(9), Some(8));
        assert_eq!(one.syntax.deprel(3), Deprel::Ccomp);
        assert_eq!(one.syntax.lemma(2), "not");
        assert_eq!(documents[1].text, "Yes");
    }

    #[test]
    fn faults_are_named_with_their_line() {
        let row = |id: &str, head: &str| format!("{id}\tx\tx\tX\tFW\t_\t{head}\tdep\t_\t_\n");
        let table = [
            ("too few columns", "1\tx\tx\n\n".to_string(), 1, ConlluProblem::Columns(3)),
            ("an id out of order", row("2", "0"), 1, ConlluProblem::Id("2".into())),
            ("a head that is no number", row("1", "zero"), 1, ConlluProblem::Head("zero".into())),
            ("a head outside", row("1", "3"), 1, ConlluProblem::Head("3".into())),
            ("a cycle", row("1", "2") + &row("2", "1"), 2, ConlluProblem::NotATree),
            ("two roots", row("1", "0") + &row("2", "0"), 2, ConlluProblem::NotATree),
            ("an empty form", "1\t\tx\tX\tFW\t_\t0\tdep\t_\t_\n".into(), 1, ConlluProblem::EmptyForm),
        ];
        for (name, input, line, problem) in table {
            let fault = read(&input).find_map(Result::err);
            assert_eq!(fault, Some(ConlluError { line, problem }), "{name}");
        }
    }

    #[test]
    fn contractions_are_divided_among_their_words() {
        let range = |surface: &str, words: &[&str]| {
            let mut s = format!("1-{}\t{surface}\t_\t_\t_\t_\t_\t_\t_\t_\n", words.len());
            for (i, w) in words.iter().enumerate() {
                s += &format!("{}\t{w}\t{w}\tX\tFW\t_\t{i}\tdep\t_\t_\n", i + 1);
            }
            s
        };
        let table = [
            ("the words make up the surface", range("cannot", &["can", "not"]), vec!["can", "not"]),
            ("the first word fits", range("du", &["d", "le"]), vec!["d", "u"]),
            ("no word fits", range("auél", &["à", "le", "x"]), vec!["a", "ué", "l"]),
        ];
        for (name, input, expected) in table {
            let doc = read(&input).next().unwrap().unwrap();
            let forms: Vec<&str> = doc.segmentation.tokens().iter().map(|t| t.of(&doc.text)).collect();
            assert_eq!(forms, expected, "{name}");
        }
    }

    /// A text with a segmentation and trees, from a list of (gap before, form, head choice, ends a sentence).
    fn document(words: &[(String, String, usize, bool)], tail: &str) -> Document {
        let (mut text, mut segmentation) = (String::new(), Segmentation::default());
        let mut builder = SyntaxBuilder::new(Syntax::default());
        let mut start = 0u32;
        for (i, (gap, form, choice, ends)) in words.iter().enumerate() {
            // Words can only follow one another without a gap, never inside white space.
            text.push_str(gap);
            let from = text.len() as u32;
            text.push_str(form);
            segmentation.push_token(Span::new(from, text.len() as u32));
            let i = i as u32;
            let head = (i > start).then(|| start + *choice as u32 % (i - start));
            builder.push(Word {
                upos: Upos::ALL[choice % Upos::ALL.len()],
                xpos: Xpos::ALL[choice % Xpos::ALL.len()],
                lemma: form,
                head,
                deprel: if head.is_some() { Deprel::ALL[choice % 40] } else { Deprel::Root },
                feats: Features::from_conllu(if *ends { "Number=Sing" } else { "_" }).bits(),
            });
            if *ends {
                segmentation.end_sentence();
                start = i + 1;
            }
        }
        segmentation.end_sentence();
        text.push_str(tail);
        Document { id: Some("made".into()), text, segmentation, syntax: builder.finish() }
    }

    proptest! {
        /// What is written is read again as the same text, tokens, sentences and trees.
        #[test]
        fn what_is_written_is_read_again(
            words in prop::collection::vec(("[ \\t\\n\\r\u{a0}|\\\\]{0,3}", "[a-zé'#|.=\\\\-]{1,6}", 0usize..1000, any::<bool>()), 1..40),
            tail in "[ \\n]{0,2}",
        ) {
            let words: Vec<_> = words.into_iter().map(|(g, f, c, e)| (g.replace(['|', '\\'], " "), f, c, e)).collect();
            let doc = document(&words, &tail);
            let mut out = String::new();
            write(&mut out, "made", &doc.text, &doc.segmentation, &doc.syntax);
            let again: Vec<Document> = read(&out).collect::<Result<_, _>>().unwrap();
            prop_assert_eq!(again.len(), 1);
            prop_assert_eq!(&again[0], &doc);
        }

        /// Reading never panics, whatever stands in the file.
        #[test]
        fn reading_never_panics(input in "([0-9\\-.]{1,3}\t|[a-z_=|]{1,3}\t|\n|#| ){0,120}") {
            prop_assert!(read(&input).count() <= input.len());
        }
    }
}
