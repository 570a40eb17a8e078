//! Figures: "killing three people", "35 injured", "31 drones".

use newsgraph_syntax::{Deprel, Upos};

use super::Quantity;
use super::reading::Reading;

/// What the act whose trigger is `trigger` does to those who undergo it: "killed", also for "left … dead".
pub(super) fn harm(reading: &Reading<'_>, trigger: &[u32]) -> Option<String> {
    trigger.iter().find_map(|&token| {
        let classes = reading.lexicon.classes(reading.word(token));
        match reading.lemma(token) {
            "dead" => Some("killed".to_owned()),
            lemma @ ("wounded" | "injured") => Some(lemma.to_owned()),
            _ if classes & reading.classes.casualty_verb != 0 => Some(participle(reading.verb_lemma(token))),
            _ => None,
        }
    })
}

/// The figure that the phrase headed by `head` gives. Those who undergo the act are counted by the name of the
/// `harm`, others by their noun.
pub(super) fn of_phrase(reading: &Reading<'_>, head: u32, harm: Option<&str>) -> Option<Quantity> {
    let syntax = reading.syntax();
    if reading.is_time(head) || is_one_of(reading, head) {
        return None;
    }
    let number = if syntax.upos(head) == Upos::Num {
        head
    } else {
        syntax.children(head).find(|&c| syntax.deprel(c) == Deprel::Nummod && syntax.upos(c) == Upos::Num)?
    };
    let mut value = value_of(reading.input.segmentation.form(reading.input.text, number))?;
    let mut span = reading.input.segmentation.token(number);
    // "two hundred", "3.5 million": the parts of a number hang on its last word.
    for part in syntax.children(number).filter(|&c| c < number && syntax.upos(c) == Upos::Num) {
        if let Some(factor) = value_of(reading.input.segmentation.form(reading.input.text, part))
            && value >= 100.0
            && factor < value
        {
            value *= factor;
            span = span.cover(reading.input.segmentation.token(part));
        }
    }
    let date = number.checked_sub(1).is_some_and(|before| reading.is_time(before));
    if date && number != head {
        return None; // "the June 2 talks"
    }
    let unit = reading.lexicon.classes(reading.word(head)) & reading.classes.unit != 0;
    let harm = harm.filter(|_| !unit);
    let what = harm.map_or_else(|| reading.lemma(head).to_lowercase(), str::to_owned);
    Some(Quantity { what, value, span })
}

/// "*one* of the deepest strikes" counts nothing.
fn is_one_of(reading: &Reading<'_>, head: u32) -> bool {
    reading.lemma(head) == "one" && reading.content_head(head) != head
}

/// The regular participle: the verbs of harm that are counted ("killed", "injured", "wounded") form it so, but
/// for "hurt".
fn participle(lemma: &str) -> String {
    match lemma {
        "hurt" => lemma.to_owned(),
        _ if lemma.ends_with('e') => format!("{lemma}d"),
        _ => format!("{lemma}ed"),
    }
}

/// The value of a number in digits or as one word.
fn value_of(form: &str) -> Option<f64> {
    const WORDS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let lower = form.to_lowercase();
    if lower.bytes().next()?.is_ascii_digit() {
        let plain: String = lower.chars().filter(|&c| c != ',').collect();
        return plain.parse().ok().filter(|v: &f64| v.is_finite());
    }
    if let Some(i) = WORDS.iter().position(|w| *w == lower) {
        return Some(i as f64);
    }
    if let Some(i) = TENS.iter().position(|w| *w == lower) {
        return Some((i as f64 + 2.0) * 10.0);
    }
    match lower.as_str() {
        "dozen" => Some(12.0),
        "hundred" => Some(100.0),
        "thousand" => Some(1e3),
        "million" => Some(1e6),
        "billion" => Some(1e9),
        "trillion" => Some(1e12),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_digits_and_words() {
        let cases = [
            ("three", Some(3.0)),
            ("1,000", Some(1000.0)),
            ("3.5", Some(3.5)),
            ("Forty", Some(40.0)),
            ("million", Some(1e6)),
            ("several", None),
            ("", None),
            ("1000km", None),
        ];
        for (form, expected) in cases {
            assert_eq!(value_of(form), expected, "{form:?}");
        }
    }
}
