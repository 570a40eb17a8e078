//! Words that tell what a stretch inside quotation marks is, written by hand.

/// Whether a small-letter word may stay small in a title.
pub(crate) fn is_small_in_titles(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "of"
            | "and"
            | "or"
            | "nor"
            | "but"
            | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "to"
            | "with"
            | "as"
            | "into"
            | "over"
            | "vs"
            | "de"
            | "la"
            | "le"
            | "du"
            | "des"
            | "di"
            | "da"
            | "del"
            | "el"
            | "von"
            | "van"
            | "der"
            | "und"
            | "et"
            | "y"
    )
}

/// Whether a pronoun stands only as a subject.
pub(crate) fn is_subject_pronoun(word: &str) -> bool {
    matches!(word, "I" | "we" | "We" | "he" | "He" | "she" | "She" | "they" | "They")
}

/// Whether a small-letter word is a finite auxiliary or a pronoun that stands only as a subject.
pub(crate) fn is_sign_of_clause(word: &str) -> bool {
    matches!(
        word,
        "am" | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "do"
            | "does"
            | "did"
            | "will"
            | "would"
            | "can"
            | "could"
            | "shall"
            | "should"
            | "may"
            | "might"
            | "must"
            | "wo"
            | "ca"
            | "ai"
    ) || is_subject_pronoun(word)
}

/// Whether a word by itself is an answer rather than a name.
pub(crate) fn is_bare_reply(word: &str) -> bool {
    matches!(
        word,
        "Yes"
            | "No"
            | "Yeah"
            | "Nope"
            | "Okay"
            | "OK"
            | "Never"
            | "Nothing"
            | "Absolutely"
            | "Maybe"
            | "Perhaps"
            | "Well"
            | "Oh"
            | "Sure"
            | "Why"
            | "What"
            | "How"
            | "Who"
            | "Where"
            | "When"
            | "Sorry"
            | "Thanks"
            | "Please"
            | "Hello"
            | "Hi"
            | "Goodbye"
            | "Stop"
            | "Enough"
    )
}

/// Forms of verbs that introduce speech; sorted.
static TELLING: &[&str] = &[
    "acknowledged",
    "added",
    "adding",
    "adds",
    "admits",
    "admitted",
    "announced",
    "announces",
    "answered",
    "answers",
    "argued",
    "argues",
    "asked",
    "asking",
    "asks",
    "chanted",
    "chanting",
    "claimed",
    "claims",
    "commented",
    "conceded",
    "concedes",
    "concluded",
    "concludes",
    "continued",
    "continues",
    "countered",
    "cried",
    "declared",
    "declares",
    "exclaimed",
    "explained",
    "explaining",
    "explains",
    "insisted",
    "insists",
    "joked",
    "muttered",
    "noted",
    "notes",
    "noting",
    "observed",
    "pleaded",
    "pledged",
    "posted",
    "predicted",
    "quipped",
    "read",
    "reads",
    "recalled",
    "recalls",
    "remarked",
    "remarks",
    "replied",
    "replies",
    "responded",
    "responds",
    "said",
    "say",
    "saying",
    "says",
    "screamed",
    "shouted",
    "shouts",
    "stated",
    "states",
    "stating",
    "stipulated",
    "stressed",
    "tell",
    "telling",
    "tells",
    "testified",
    "thought",
    "told",
    "tweeted",
    "tweets",
    "urged",
    "urges",
    "vowed",
    "vows",
    "warned",
    "warning",
    "warns",
    "whispered",
    "writes",
    "writing",
    "wrote",
    "yelled",
];

/// Whether a word is a form of a verb that introduces speech.
pub(crate) fn is_verb_of_telling(word: &str) -> bool {
    TELLING.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::TELLING;

    #[test]
    fn the_list_is_sorted_without_doubles() {
        assert!(TELLING.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
