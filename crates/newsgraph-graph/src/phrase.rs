//! Noun phrases without an entity of their own: which of the names inside them says whose or where they are.

/// Words that lead over from a phrase's head to its complements.
const PREPOSITIONS: &[&str] = &[
    "about", "above", "across", "after", "against", "along", "among", "around", "as", "at", "before",
    "behind", "below", "beneath", "beside", "between", "beyond", "by", "during", "for", "from", "in",
    "inside", "into", "like", "near", "of", "off", "on", "onto", "out", "outside", "over", "past", "since",
    "than", "through", "to", "toward", "towards", "under", "until", "upon", "via", "with", "within",
    "without",
];

/// Words that open a noun phrase and say nothing about which one it is.
const DETERMINERS: &[&str] =
    &["a", "an", "the", "this", "that", "these", "those", "some", "its", "their", "his", "her"];

/// The phrase without its article or other determiner.
pub(crate) fn without_determiner(phrase: &str) -> &str {
    let phrase = phrase.trim();
    match phrase.split_once(char::is_whitespace) {
        Some((first, rest)) if DETERMINERS.contains(&first.to_lowercase().as_str()) => rest.trim_start(),
        _ => phrase,
    }
}

/// Of the names inside a phrase, in order, each with its type and the text from the phrase's beginning to it,
/// the one that tells which thing the phrase means:
///
/// 1. a place right after "of" as the first preposition: the Russian city of *Izhevsk*;
/// 2. else the first name of a place, nation or body before any preposition: *Ukrainian* drones, *Hamas* fighters;
/// 3. else the first place after a preposition: a plant in *Izhevsk*, 1,000 km east of Moscow.
///
/// Persons never: Trump's lawyers are not Trump. Neither are bodies after a preposition: critics of Hamas.
pub(crate) fn choose<'t, N>(names: impl Iterator<Item = (N, &'t str, &'t str)>) -> Option<N> {
    let mut best: Option<(u8, N)> = None;
    for (name, kind, before) in names {
        let is_place = matches!(kind, "GPE" | "LOC" | "FAC");
        let is_group = matches!(kind, "NORP" | "ORG");
        let mut words = before.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
        words.pop_if(|word| word == "the");
        let prepositions = words.iter().filter(|word| PREPOSITIONS.contains(&word.as_str())).count();
        let rank = match words.last().map(String::as_str) {
            Some("of") if is_place && prepositions == 1 => 0,
            _ if prepositions == 0 && (is_place || is_group) => 1,
            _ if is_place => 2,
            _ => continue,
        };
        if best.as_ref().is_none_or(|(known, _)| rank < *known) {
            best = Some((rank, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The choice in a phrase whose names are marked `[GPE Izhevsk]`.
    fn chosen(marked: &str) -> Option<String> {
        let mut text = String::new();
        let mut names = Vec::new();
        for (i, part) in marked.split(['[', ']']).enumerate() {
            if i % 2 == 0 {
                text.push_str(part);
                continue;
            }
            let (kind, name) = part.split_once(' ').unwrap();
            names.push((name.to_owned(), kind, text.len()));
            text.push_str(name);
        }
        choose(names.iter().map(|(name, kind, at)| (name.clone(), *kind, &text[..*at])))
    }

    #[test]
    fn a_phrase_is_known_by_its_telling_name() {
        for (phrase, expected) in [
            ("the [NORP Russian] city of [GPE Izhevsk]", Some("Izhevsk")),
            ("an industrial plant in [GPE Izhevsk], about 1000km east of [GPE Moscow]", Some("Izhevsk")),
            ("a plant in [GPE Izhevsk]", Some("Izhevsk")),
            ("a [NORP Ukrainian] drone", Some("Ukrainian")),
            ("[NORP Russian] forces in [GPE Kherson]", Some("Russian")),
            ("[ORG Hamas] fighters", Some("Hamas")),
            ("critics of [ORG Hamas]", None),
            ("[PERSON Trump]'s lawyers", None),
            ("officials in [GPE Kyiv]", Some("Kyiv")),
            ("the town of the [GPE Hague]", Some("Hague")),
            ("three people", None),
        ] {
            assert_eq!(chosen(phrase).as_deref(), expected, "{phrase}");
        }
    }

    #[test]
    fn determiners_go() {
        assert_eq!(without_determiner("The Russian city"), "Russian city");
        assert_eq!(without_determiner("its"), "its");
        assert_eq!(without_determiner(" thesis defence"), "thesis defence");
    }
}
