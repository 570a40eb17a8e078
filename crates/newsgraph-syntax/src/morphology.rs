//! Morphological features from the tag, the word and, for voice, the tree.

use crate::features::{
    Case, Definite, Degree, Gender, Mood, NumType, Number, Person, Polarity, Poss, PronType, Reflex, Tense,
    VerbForm,
};
use crate::{Features, Upos, Xpos};

/// The features that tag and word alone decide. `lower` is the form in lower case with straight quotation marks.
pub(crate) fn features(upos: Upos, xpos: Xpos, lower: &str) -> Features {
    let none = Features::default();
    match upos {
        Upos::Verb | Upos::Aux => verb(xpos, lower),
        Upos::Noun | Upos::Propn => noun(xpos),
        Upos::Adj | Upos::Adv => degree(upos, xpos, lower),
        Upos::Pron | Upos::Det => pronoun(xpos, lower),
        Upos::Num => none.with_num_type(NumType::Card),
        Upos::Part if matches!(lower, "not" | "n't" | "nt" | "'t") => none.with_polarity(Polarity::Neg),
        Upos::Intj if matches!(lower, "no" | "nope" | "nah") => none.with_polarity(Polarity::Neg),
        Upos::Intj if matches!(lower, "yes" | "yeah" | "yep" | "yup") => none.with_polarity(Polarity::Pos),
        _ => none,
    }
}

fn verb(xpos: Xpos, lower: &str) -> Features {
    let none = Features::default();
    let finite = none.with_verb_form(VerbForm::Fin);
    let present = finite.with_mood(Mood::Ind).with_tense(Tense::Pres);
    match xpos {
        Xpos::Md => finite,
        Xpos::Vb => none.with_verb_form(VerbForm::Inf),
        Xpos::Vbd => {
            let past = finite.with_mood(Mood::Ind).with_tense(Tense::Past);
            if lower == "was" { past.with_number(Number::Sing) } else { past }
        }
        Xpos::Vbg => none.with_tense(Tense::Pres).with_verb_form(VerbForm::Part),
        Xpos::Vbn => none.with_tense(Tense::Past).with_verb_form(VerbForm::Part),
        Xpos::Vbp if matches!(lower, "am" | "'m") => {
            present.with_number(Number::Sing).with_person(Person::First)
        }
        Xpos::Vbp => present,
        Xpos::Vbz => present.with_number(Number::Sing).with_person(Person::Third),
        _ => none,
    }
}

fn noun(xpos: Xpos) -> Features {
    match xpos {
        Xpos::Nns | Xpos::Nnps => Features::default().with_number(Number::Plur),
        Xpos::Nn | Xpos::Nnp => Features::default().with_number(Number::Sing),
        _ => Features::default(),
    }
}

fn degree(upos: Upos, xpos: Xpos, lower: &str) -> Features {
    let none = Features::default();
    match (upos, xpos) {
        (Upos::Adv, _) if lower == "never" => none.with_polarity(Polarity::Neg),
        (Upos::Adv, _) if matches!(lower, "here" | "there" | "then" | "now") => {
            none.with_pron_type(PronType::Dem)
        }
        (Upos::Adv, Xpos::Wrb) => none.with_pron_type(PronType::Int),
        (_, Xpos::Jjr | Xpos::Rbr) => none.with_degree(Degree::Cmp),
        (_, Xpos::Jjs | Xpos::Rbs) => none.with_degree(Degree::Sup),
        (Upos::Adj, _) if is_ordinal(lower) => none.with_degree(Degree::Pos).with_num_type(NumType::Ord),
        (Upos::Adj, _) => none.with_degree(Degree::Pos),
        _ => none,
    }
}

fn is_ordinal(lower: &str) -> bool {
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ending = &lower[digits.len()..];
    let numeral =
        digits.ends_with(|c: char| c.is_ascii_digit()) && matches!(ending, "st" | "nd" | "rd" | "th");
    numeral
        || matches!(
            lower,
            "first"
                | "second"
                | "third"
                | "fourth"
                | "fifth"
                | "sixth"
                | "seventh"
                | "eighth"
                | "ninth"
                | "tenth"
        )
}

fn pronoun(xpos: Xpos, lower: &str) -> Features {
    use {
        Case::{Acc, Gen, Nom},
        Gender::{Fem, Masc, Neut},
        Number::{Plur, Sing},
        Person::{First, Second, Third},
    };
    let none = Features::default();
    let kind = |k| none.with_pron_type(k);
    let personal = |p, n| kind(PronType::Prs).with_person(p).with_number(n);
    let third = |g| personal(Third, Sing).with_gender(g);
    match lower {
        "i" => personal(First, Sing).with_case(Nom),
        "me" => personal(First, Sing).with_case(Acc),
        "my" | "mine" => personal(First, Sing).with_case(Gen).with_poss(Poss::Yes),
        "we" => personal(First, Plur).with_case(Nom),
        "us" | "'s" if xpos == Xpos::Prp => personal(First, Plur).with_case(Acc),
        "our" | "ours" => personal(First, Plur).with_case(Gen).with_poss(Poss::Yes),
        "you" | "ya" => kind(PronType::Prs).with_person(Second).with_case(Nom),
        "your" | "yours" => kind(PronType::Prs).with_person(Second).with_case(Gen).with_poss(Poss::Yes),
        "he" => third(Masc).with_case(Nom),
        "him" => third(Masc).with_case(Acc),
        "his" => third(Masc).with_case(Gen).with_poss(Poss::Yes),
        "she" => third(Fem).with_case(Nom),
        "her" if xpos == Xpos::Prp => third(Fem).with_case(Acc),
        "her" | "hers" => third(Fem).with_case(Gen).with_poss(Poss::Yes),
        "it" => third(Neut),
        "its" => third(Neut).with_case(Gen).with_poss(Poss::Yes),
        "they" => personal(Third, Plur).with_case(Nom),
        "them" | "'em" => personal(Third, Plur).with_case(Acc),
        "their" | "theirs" => personal(Third, Plur).with_case(Gen).with_poss(Poss::Yes),
        "myself" => personal(First, Sing).with_reflex(Reflex::Yes),
        "ourselves" => personal(First, Plur).with_reflex(Reflex::Yes),
        "yourself" => personal(Second, Sing).with_reflex(Reflex::Yes),
        "yourselves" => personal(Second, Plur).with_reflex(Reflex::Yes),
        "himself" => third(Masc).with_reflex(Reflex::Yes),
        "herself" => third(Fem).with_reflex(Reflex::Yes),
        "itself" => third(Neut).with_reflex(Reflex::Yes),
        "themselves" => personal(Third, Plur).with_reflex(Reflex::Yes),
        "the" => kind(PronType::Art).with_definite(Definite::Def),
        "a" | "an" => kind(PronType::Art).with_definite(Definite::Ind),
        "this" => kind(PronType::Dem).with_number(Sing),
        "that" if matches!(xpos, Xpos::Wdt) => kind(PronType::Rel),
        "that" => kind(PronType::Dem).with_number(Sing),
        "these" | "those" => kind(PronType::Dem).with_number(Plur),
        "there" => kind(PronType::Dem),
        "such" => kind(PronType::Dem),
        "no" | "none" | "neither" => kind(PronType::Neg),
        "nobody" | "nothing" | "no-one" => kind(PronType::Neg).with_number(Sing),
        "all" | "every" | "each" | "both" => kind(PronType::Tot),
        "everyone" | "everything" | "everybody" => kind(PronType::Tot).with_number(Sing),
        "some" | "any" | "either" | "another" => kind(PronType::Ind),
        "someone" | "something" | "somebody" | "anyone" | "anything" | "anybody" => {
            kind(PronType::Ind).with_number(Sing)
        }
        "who" | "whom" | "which" | "whose" if xpos == Xpos::Wdt => kind(PronType::Rel),
        "who" | "whom" | "what" | "which" | "whose" | "whoever" | "whatever" => kind(PronType::Int),
        _ => none,
    }
}
