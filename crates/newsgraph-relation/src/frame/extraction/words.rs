//! Words that the rules of clauses know by name.

use newsgraph_syntax::{Syntax, Xpos};

/// "cut *by two years*", "spoke *by telephone*": units and means do nothing.
pub(in crate::frame) fn is_measure(syntax: &Syntax, head: u32) -> bool {
    let unit = matches!(
        syntax.lemma(head),
        "year"
            | "month"
            | "week"
            | "day"
            | "hour"
            | "minute"
            | "percent"
            | "%"
            | "point"
            | "dollar"
            | "euro"
            | "half"
            | "third"
            | "quarter"
            | "margin"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "end"
            | "means"
            | "telephone"
            | "phone"
            | "email"
            | "mail"
            | "letter"
            | "video"
            | "way"
            | "force"
            | "hand"
            | "air"
            | "sea"
            | "land"
            | "road"
            | "rail"
            | "train"
            | "boat"
            | "ship"
            | "car"
            | "bus"
            | "plane"
            | "law"
            | "chance"
            | "mistake"
            | "virtue"
            | "night"
    );
    unit || syntax.xpos(head) == Xpos::Cd
}

/// Adverbs that stand in the place of an argument.
pub(super) fn is_pro_adverb(lemma: &str) -> bool {
    matches!(
        lemma,
        "here"
            | "there"
            | "abroad"
            | "home"
            | "today"
            | "yesterday"
            | "tomorrow"
            | "tonight"
            | "overseas"
            | "elsewhere"
            | "nearby"
            | "downtown"
            | "overnight"
            | "ago"
            | "earlier"
            | "later"
            | "now"
            | "then"
            | "recently"
    )
}

/// "published *Tuesday*", "said last *week*": what the tree takes for an object says when.
pub(in crate::frame) fn is_calendar(lemma: &str) -> bool {
    const WORDS: [&str; 17] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "week",
        "month",
        "year",
        "night",
        "morning",
        "afternoon",
    ];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(lemma))
}
