//! The extent of a noun phrase in a tree.

use newsgraph_syntax::{Deprel, Syntax, Upos, Xpos};
use newsgraph_text::TokenRange;

/// Words after its head that a noun phrase has at most: bounds the work on monstrous sentences.
const LONGEST: u32 = 256;

/// See [`super::noun_phrase`].
pub(super) fn noun_phrase(syntax: &Syntax, head: u32) -> TokenRange {
    let whole = syntax.subtree(head);
    let mut start = whole.start;
    let farthest = whole.end.min(head + 1 + LONGEST);
    let mut end = farthest;
    for child in syntax.children(head).filter(|&child| child < head) {
        // Adverbs that bear on the clause or focus the phrase are not part of its name.
        let adverb = syntax.deprel(child) == Deprel::Advmod
            && start == syntax.subtree(child).start
            && !quantifies(syntax, child);
        if adverb || stands_before(syntax.deprel(child)) {
            start = start.max(syntax.subtree(child).end.min(head));
        }
    }
    for token in head + 1..farthest {
        if is_cut(syntax, head, token) {
            // What introduces the cut phrase ("and", a comma) goes with it.
            let from = syntax.subtree(token).start;
            end = end.min(if from > head { from } else { token });
        }
    }
    while start < head && syntax.upos(start) == Upos::Punct {
        start += 1;
    }
    while end > head + 1 && matches!(syntax.upos(end - 1), Upos::Punct | Upos::Cconj) {
        end -= 1;
    }
    // "Russia's": the possessive is no part of the name.
    if end > head + 1 && syntax.xpos(end - 1) == Xpos::Pos {
        end -= 1;
    }
    TokenRange::new(start, end.max(head + 1))
}

/// Whether what stands before a head with this relation is not part of its phrase.
fn stands_before(deprel: Deprel) -> bool {
    use Deprel as D;
    deprel.is(D::Nsubj)
        || deprel.is(D::Csubj)
        || matches!(
            deprel,
            D::Case
                | D::Mark
                | D::Cc
                | D::CcPreconj
                | D::Cop
                | D::Aux
                | D::AuxPass
                | D::Expl
                | D::Advcl
                | D::Acl
                | D::AclRelcl
                | D::Obl
                | D::OblUnmarked
                | D::Parataxis
                | D::Discourse
                | D::Vocative
                | D::Dislocated
                | D::Ccomp
                | D::Conj
                | D::Appos
                | D::Dep
        )
}

/// Whether the phrase of `head` ends before what hangs on `token`.
fn is_cut(syntax: &Syntax, head: u32, token: u32) -> bool {
    use Deprel as D;
    let deprel = syntax.deprel(token);
    let above = syntax.head(token);
    let of_name = above.is_some_and(|a| syntax.deprel(a) == D::Flat && syntax.head(a) == Some(head));
    let of_head = above == Some(head) || of_name;
    deprel.is(D::Acl)
            || matches!(
                deprel,
                D::Advcl
                    | D::AdvclRelcl
                    | D::Ccomp
                    | D::Appos
                    | D::Parataxis
                    | D::Dep
                    | D::List
                    | D::Dislocated
            )
            || (of_head
                && matches!(
                    deprel,
                    D::Conj
                        | D::Cc
                        | D::Xcomp
                        | D::Obl
                        | D::OblUnmarked
                        | D::OblAgent
                        | D::Nsubj
                        | D::Cop
                        | D::Mark
                        | D::Csubj
                        | D::Discourse
                        | D::Vocative
                        | D::Aux
                        | D::Orphan
                ))
            // "urging a truce in Sudan *but* the army": a contrast belongs to another clause
            || (deprel == D::Conj && syntax.child(token, D::Cc).is_some_and(|c| syntax.lemma(c) == "but"))
            // "Macron *on Tuesday* said": a day belongs to the clause
            || (of_head && deprel == D::Nmod && is_day(syntax.lemma(token)))
}

fn is_day(lemma: &str) -> bool {
    matches!(lemma, "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday")
}

/// "*about* 1,000", "*nearly* all"
fn quantifies(syntax: &Syntax, adverb: u32) -> bool {
    syntax.head(adverb).is_some_and(|h| syntax.upos(h) == Upos::Num)
        || matches!(
            syntax.lemma(adverb),
            "about" | "around" | "nearly" | "almost" | "over" | "roughly" | "some" | "more"
        )
}
