//! Tokens and sentences, as tables of text and expected split.

use newsgraph_token::{Segmentation, Segmenter};

fn segment(text: &str) -> Segmentation {
    let mut layers = Segmentation::default();
    Segmenter::new().segment(text, &mut layers);
    layers
}

#[test]
fn words_split_as_in_the_treebanks() {
    for (name, text, expected) in [
        ("negation", "They don't, can't and won't.", "They|do|n't|,|ca|n't|and|wo|n't|."),
        ("curly apostrophes", "She’s sure they’ll say it isn’t.", "She|’s|sure|they|’ll|say|it|is|n’t|."),
        ("possessives", "Ito's plan and the voters' choice", "Ito|'s|plan|and|the|voters|'|choice"),
        ("fused words", "You cannot, I'm gonna.", "You|can|not|,|I|'m|gon|na|."),
        ("compounds", "a US-based, state-of-the-art plant", "a|US|-|based|,|state|-|of|-|the|-|art|plant"),
        ("prefixes", "the co-founder re-elected by e-mail", "the|co-founder|re-elected|by|e-mail"),
        ("initials", "J. K. Rowling met W. Adeyemi.", "J.|K.|Rowling|met|W.|Adeyemi|."),
        ("acronyms", "the U.S. and U.N. envoys", "the|U.S.|and|U.N.|envoys"),
        ("titles", "Mr. Ito, Gen. Moreno and Dr. Lee", "Mr.|Ito|,|Gen.|Moreno|and|Dr.|Lee"),
        ("number signs", "No. 5 but not the answer No.", "No.|5|but|not|the|answer|No|."),
        ("currency", "$1.5m, US$3 and €20", "$|1.5|m|,|US$|3|and|€|20"),
        (
            "numbers and units",
            "5km at 7pm, the 7th of 30 men, 12%",
            "5|km|at|7|pm|,|the|7th|of|30|men|,|12|%",
        ),
        ("times and dates", "7:30pm on 9/11 or 2016-05-01", "7:30|pm|on|9/11|or|2016-05-01"),
        ("ranges", "10-12 people, 2003–2007", "10|-|12|people|,|2003|–|2007"),
        (
            "addresses",
            "See www.example.org/a, ask jane@example.org.",
            "See|www.example.org/a|,|ask|jane@example.org|.",
        ),
        ("handles", "@newsroom wrote #budget24 today", "@newsroom|wrote|#budget24|today"),
        ("slashes", "and/or the I/O unit", "and|/|or|the|I/O|unit"),
        ("ampersands", "AT&T, R&D and fish & chips", "AT&T|,|R&D|and|fish|&|chips"),
        ("ellipses and dashes", "Well... maybe -- or not…", "Well|...|maybe|--|or|not|…"),
        ("marks", "``No,'' she said. “Yes.”", "``|No|,|''|she|said|.|“|Yes|.|”"),
        ("decades", "the '90s, the 1980s and the ’60s", "the|'90s|,|the|1980s|and|the|’60s"),
        ("missing spaces", "It ended.Then it rained", "It|ended|.|Then|it|rained"),
        ("pictures", "Thanks 🇫🇷👩\u{200d}🚀 :)", "Thanks|🇫🇷|👩\u{200d}🚀|:)"),
        ("other scripts", "Łódź and Évariste, 東京", "Łódź|and|Évariste|,|東京"),
        ("marks on letters", "Cafe\u{301} society", "Cafe\u{301}|society"),
    ] {
        let layers = segment(text);
        let words: Vec<&str> = (0..layers.len()).map(|token| layers.form(text, token)).collect();
        assert_eq!(words.join("|"), expected, "{name}");
    }
}

#[test]
fn sentences_end_where_a_reader_ends_them() {
    for (name, text, expected) in [
        ("full stops", "It rained. Nobody came.", "It rained.|Nobody came."),
        (
            "titles",
            "Mr. Ito spoke to Gen. Moreno on Monday. He left.",
            "Mr. Ito spoke to Gen. Moreno on Monday.|He left.",
        ),
        (
            "initials",
            "The book by J. K. Rowling sold well. It was long.",
            "The book by J. K. Rowling sold well.|It was long.",
        ),
        ("acronym before a name", "The U.S. Senate voted. It failed.", "The U.S. Senate voted.|It failed."),
        ("decimals", "Prices rose 3.5 percent. Wages fell.", "Prices rose 3.5 percent.|Wages fell."),
        ("speech before its speaker", "“We won,” she said. He wept.", "“We won,” she said.|He wept."),
        (
            "question before its speaker",
            "“Did we win?” he asked. She nodded.",
            "“Did we win?” he asked.|She nodded.",
        ),
        ("end inside marks", "She said, “We won.” He wept.", "She said, “We won.”|He wept."),
        ("one quotation after another", "“We won.” “You did not.”", "“We won.”|“You did not.”"),
        ("straight marks", "\"We won.\" \"You did not.\"", "\"We won.\"|\"You did not.\""),
        (
            "closing bracket",
            "They left. (Nobody saw them.) It rained.",
            "They left.|(Nobody saw them.)|It rained.",
        ),
        (
            "dateline",
            "PARIS (AP) — The president called on Tuesday.",
            "PARIS (AP) —|The president called on Tuesday.",
        ),
        (
            "headline line",
            "Mayor resigns after vote\nThe mayor of Lindham resigned.",
            "Mayor resigns after vote|The mayor of Lindham resigned.",
        ),
        (
            "empty lines",
            "Mayor resigns\n\nBy Ana Ruiz\n\nThe mayor left.",
            "Mayor resigns|By Ana Ruiz|The mayor left.",
        ),
        (
            "lines broken to a width",
            "The mayor of Lindham resigned on Monday after a vote of the\ncouncil over the new bridge, which has cost the town more than\ntwice what was planned, and left the hall without a word to the\nreporters who had waited.",
            "The mayor of Lindham resigned on Monday after a vote of the\ncouncil over the new bridge, which has cost the town more than\ntwice what was planned, and left the hall without a word to the\nreporters who had waited.",
        ),
    ] {
        let layers = segment(text);
        let sentences: Vec<&str> =
            layers.sentences().iter().map(|&range| layers.span(range).of(text)).collect();
        assert_eq!(sentences.join("|"), expected, "{name}");
    }
}

#[test]
fn a_shorter_text_after_a_longer_one_needs_no_memory() {
    let long = "“We won,” she said. It rained. ".repeat(50);
    let mut segmenter = Segmenter::new();
    let mut layers = Segmentation::default();
    segmenter.segment(&long, &mut layers);
    let places = |layers: &Segmentation| {
        (layers.tokens().as_ptr(), layers.sentences().as_ptr(), layers.quotations().as_ptr())
    };
    let before = places(&layers);
    segmenter.segment(&long[..long.len() / 2], &mut layers);
    assert_eq!(before, places(&layers), "arrays moved");
}
