//! Which words may be cues, and what speaks for it.

use newsgraph_syntax::{Deprel, Upos};

use super::super::draft::Context;
use super::facts::{Facts, bucket, class_kind, feature, mark, pair, word};
use super::weights::Weights;

/// Hash of a word with its part of speech, as the list of possible cues has it.
pub(crate) fn candidate_key(lemma: &str, upos: Upos) -> u32 {
    pair(word(lemma), upos as u32)
}

/// Whether a word may be a cue at all.
pub(crate) fn may_be_cue(ctx: &Context<'_>, facts: &Facts, weights: &Weights, token: u32) -> bool {
    let fact = facts.of(token);
    // "had “ignored the warning”": an auxiliary that a quotation mark parts from its verb.
    let parted = facts.near(token, 1).mark == mark::OPENS && matches!(ctx.syntax.lemma(token), "have" | "be");
    if parted {
        return false;
    }
    (fact.class != 0 && ctx.syntax.upos(token) != Upos::Aux)
        || weights.is_candidate(pair(fact.lemma, u32::from(fact.upos)))
}

/// Hands the features of a possible cue to `sink`.
pub(crate) fn features(ctx: &Context<'_>, facts: &Facts, token: u32, sink: &mut impl FnMut(u64)) {
    let fact = facts.of(token);
    let view = View {
        lemma: fact.lemma,
        class: pair(u32::from(fact.class), u32::from(fact.upos)),
        deprel: u32::from(fact.deprel),
        sense: pair(fact.sense(), u32::from(fact.upos)),
        senses: pair(u32::from(fact.senses[0]) << 8 | u32::from(fact.senses[1]), u32::from(fact.upos)),
    };
    view.words(facts, token, sink);
    view.above(ctx, facts, token, sink);
    let frame = view.children(ctx, facts, token, sink);
    view.subject(ctx, facts, token, frame, sink);
    view.quotations(ctx, facts, token, sink);
    view.place(ctx, facts, token, sink);
}

struct View {
    lemma: u32,
    class: u32,
    deprel: u32,
    /// The first sense, and the first two, with the part of speech.
    sense: u32,
    senses: u32,
}

impl View {
    /// The same thing said of the lemma and of the class.
    fn both(&self, template: u32, value: u32, sink: &mut impl FnMut(u64)) {
        sink(feature(template, self.lemma, value));
        sink(feature(template + 1, self.class, value));
    }

    fn words(&self, facts: &Facts, token: u32, sink: &mut impl FnMut(u64)) {
        let fact = facts.of(token);
        let (before, after) = (facts.near(token, -1), facts.near(token, 1));
        let (before2, after2) = (facts.near(token, -2), facts.near(token, 2));
        self.both(0, u32::from(fact.xpos), sink);
        self.both(2, self.deprel, sink);
        self.both(4, before.lemma, sink);
        self.both(6, after.lemma, sink);
        self.both(8, pair(after.lemma, after2.lemma), sink);
        self.both(10, pair(before.lemma, before2.lemma), sink);
        self.both(12, pair(u32::from(before.upos), u32::from(after.upos)), sink);
        self.both(14, pair(u32::from(after.upos), u32::from(after2.upos)), sink);
        self.both(16, pair(u32::from(before.upos), u32::from(before2.upos)), sink);
        self.both(18, pair(u32::from(after.upos), after2.lemma), sink);
        sink(feature(20, before.lemma, after.lemma));
        sink(feature(21, u32::from(fact.xpos), pair(u32::from(before.mark), u32::from(after.mark))));
        sink(feature(22, self.lemma, 0));
        sink(feature(23, self.class, 0));
        sink(feature(24, self.sense, self.deprel));
        sink(feature(25, self.senses, 0));
        sink(feature(26, self.sense, u32::from(fact.xpos)));
        sink(feature(27, self.sense, after.lemma));
        sink(feature(28, self.sense, before.lemma));
    }

    fn above(&self, ctx: &Context<'_>, facts: &Facts, token: u32, sink: &mut impl FnMut(u64)) {
        let Some(head) = ctx.syntax.head(token) else {
            self.both(30, 0, sink);
            return;
        };
        let above = facts.of(head);
        let side = u32::from(head < token);
        self.both(32, above.lemma, sink);
        self.both(34, pair(self.deprel, pair(u32::from(above.upos), side)), sink);
        self.both(36, pair(self.deprel, u32::from(above.class)), sink);
        sink(feature(38, self.deprel, above.lemma));
        sink(feature(39, self.deprel, above.sense()));
        sink(feature(31, pair(self.deprel, above.sense()), self.sense));
        self.both(40, pair(self.deprel, u32::from(above.entity)), sink);
        let mut under = (0, 0, 0);
        for (distance, ancestor) in ctx.syntax.ancestors(token).take(6).enumerate() {
            let class = facts.of(ancestor).class;
            if class != 0 && ctx.syntax.upos(ancestor) != Upos::Aux {
                under = (distance as u32 + 1, class_kind(class), ancestor);
                break;
            }
        }
        self.both(42, pair(under.0.min(3), u32::from(under.1)), sink);
        if under.0 > 0 {
            let last = facts.of(under.2);
            sink(feature(44, last.lemma, pair(self.deprel, under.0)));
        }
    }

    /// Features of what hangs on the word; gives back its frame, as a hash.
    fn children(&self, ctx: &Context<'_>, facts: &Facts, token: u32, sink: &mut impl FnMut(u64)) -> u32 {
        let mut set = 0u32;
        for child in ctx.syntax.children(token) {
            let fact = facts.of(child);
            let relation = pair(u32::from(fact.deprel), u32::from(child < token));
            let deprel = ctx.syntax.deprel(child);
            if fact.mark != mark::NONE {
                continue;
            }
            self.both(50, relation, sink);
            sink(feature(52, relation, fact.lemma));
            self.both(54, pair(relation, fact.lemma), sink);
            self.both(56, pair(relation, pair(u32::from(fact.upos), u32::from(fact.entity))), sink);
            self.both(58, pair(relation, u32::from(fact.quoted)), sink);
            let marker =
                ctx.syntax.children(child).take_while(|&c| c < child).find(|&c| {
                    ctx.syntax.deprel(c).is(Deprel::Case) || ctx.syntax.deprel(c).is(Deprel::Mark)
                });
            let marker = marker.map_or(0, |m| facts.of(m).lemma);
            self.both(60, pair(relation, marker), sink);
            sink(feature(110, relation, fact.sense()));
            sink(feature(111, pair(relation, fact.sense()), self.sense));
            sink(feature(112, pair(relation, fact.sense()), self.lemma));
            sink(feature(113, relation, self.senses));
            sink(feature(114, pair(relation, marker), self.senses));
            if argument(deprel) {
                let code = pair(u32::from(fact.deprel), pair(marker, u32::from(child < token)));
                set = set.wrapping_add(code.wrapping_mul(code | 1));
            }
        }
        self.both(62, set, sink);
        sink(feature(64, set, u32::from(facts.of(token).xpos)));
        sink(feature(65, set, self.deprel));
        sink(feature(66, set, self.senses));
        set
    }

    fn subject(&self, ctx: &Context<'_>, facts: &Facts, token: u32, frame: u32, sink: &mut impl FnMut(u64)) {
        let Some(subject) = ctx.syntax.subject(token) else {
            self.both(70, 0, sink);
            return;
        };
        let fact = facts.of(subject.token);
        let kind = subject.kind as u32;
        let sort = pair(u32::from(fact.upos), u32::from(fact.entity));
        self.both(70, pair(sort, kind), sink);
        self.both(72, fact.lemma, sink);
        sink(feature(115, sort, pair(kind, self.senses)));
        sink(feature(116, fact.sense(), self.senses));
        sink(feature(74, fact.lemma, kind));
        sink(feature(75, sort, pair(self.deprel, kind)));
        let passive = u32::from(ctx.syntax.is_passive(token));
        self.both(76, pair(sort, passive), sink);
        let object = ctx.syntax.child(token, Deprel::Obj).or_else(|| ctx.syntax.child(token, Deprel::Ccomp));
        let object = object.or_else(|| ctx.syntax.child(token, Deprel::Xcomp)).map_or(0, |o| {
            let fact = facts.of(o);
            pair(u32::from(fact.deprel), pair(u32::from(fact.upos), u32::from(fact.entity)))
        });
        self.both(78, pair(sort, object), sink);
        self.both(100, pair(sort, frame), sink);
        self.both(102, pair(u32::from(fact.said), sort), sink);
        self.both(104, pair(u32::from(fact.said), frame), sink);
        self.both(106, pair(fact.lemma, frame), sink);
    }

    fn quotations(&self, ctx: &Context<'_>, facts: &Facts, token: u32, sink: &mut impl FnMut(u64)) {
        let sentence = ctx.sentence_of(token);
        let own = facts.of(token).quoted;
        let before = (1..=4).find(|&d| matches!(facts.near(token, -d).mark, mark::CLOSES)).unwrap_or(0);
        let after = (1..=7).find(|&d| matches!(facts.near(token, d).mark, mark::OPENS)).unwrap_or(0);
        let colon = (1..=5).any(|d| facts.near(token, d).mark == mark::COLON);
        let far = (sentence.start.max(token.saturating_sub(40))..sentence.end.min(token + 40))
            .find(|&t| facts.of(t).mark == mark::OPENS);
        let far = far.map_or(0, |t| 1 + u32::from(t > token) + 2 * u32::from(facts.of(t).quotation));
        let kind = |d: i32| if d == 0 { 0 } else { u32::from(facts.near(token, d).quotation) };
        let around = u32::from(own) + 2 * before as u32 + 16 * after as u32;
        self.both(87, pair(kind(-before), kind(after)), sink);
        sink(feature(89, pair(kind(-before), around), kind(after)));
        self.both(80, around, sink);
        self.both(82, pair(u32::from(own), pair(far, u32::from(colon))), sink);
        sink(feature(84, around, far));
        let led = sentence.start.checked_sub(1).is_some_and(|t| facts.of(t).mark == mark::CLOSES);
        self.both(85, pair(u32::from(led), bucket(token - sentence.start)), sink);
    }

    fn place(&self, ctx: &Context<'_>, facts: &Facts, token: u32, sink: &mut impl FnMut(u64)) {
        let sentence = ctx.sentence_of(token);
        let index = ctx.segmentation.sentence_of(token) as u32;
        let (from_start, to_end) = (token - sentence.start, sentence.end - token);
        self.both(90, pair(index.min(2), u32::from(to_end < 4)), sink);
        sink(feature(92, bucket(from_start), bucket(to_end)));
        self.both(93, bucket(to_end), sink);
        let main = ctx.syntax.root(token);
        let main = facts.of(main);
        self.both(95, u32::from(main.class), sink);
        sink(feature(97, facts.of(sentence.start).lemma, self.class));
    }
}

/// Relations that tell the frame of a verb.
fn argument(deprel: Deprel) -> bool {
    [Deprel::Nsubj, Deprel::Obj, Deprel::Iobj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Obl, Deprel::Parataxis]
        .iter()
        .any(|&d| deprel.is(d))
        || deprel == Deprel::AuxPass
}
