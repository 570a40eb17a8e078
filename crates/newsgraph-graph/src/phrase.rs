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

/// What "of" leads over from to the thing's own name.
const KINDS_OF_PLACE: &[&str] = &[
    "area",
    "borough",
    "canton",
    "capital",
    "city",
    "country",
    "county",
    "district",
    "emirate",
    "enclave",
    "exclave",
    "governorate",
    "hamlet",
    "island",
    "kingdom",
    "municipality",
    "nation",
    "neighborhood",
    "neighbourhood",
    "oblast",
    "peninsula",
    "port",
    "prefecture",
    "province",
    "region",
    "republic",
    "resort",
    "settlement",
    "state",
    "suburb",
    "territory",
    "town",
    "township",
    "village",
];

/// How a name inside a phrase tells which thing the phrase means, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Telling {
    /// It is the thing: the Russian city of *Izhevsk*.
    Itself,
    /// A place after "of", or a place, nation or body before the head: *Ukrainian* drones, *Hamas* fighters.
    Whose,
    /// A place after another preposition: a plant in *Izhevsk*, 1,000 km east of Moscow.
    Where,
}

/// Of the names inside a phrase, in order, each with its type and the text from the phrase's beginning to it, the
/// first of those that tell most.
///
/// Persons tell nothing: Trump's lawyers are not Trump. Neither do bodies after a preposition: critics of Hamas.
pub(crate) fn choose<'t, N>(names: impl Iterator<Item = (N, &'t str, &'t str)>) -> Option<(Telling, N)> {
    let mut best: Option<(Telling, N)> = None;
    for (name, kind, before) in names {
        let Some(telling) = telling(kind, before) else { continue };
        if best.as_ref().is_none_or(|(known, _)| telling < *known) {
            best = Some((telling, name));
        }
    }
    best
}

fn telling(kind: &str, before: &str) -> Option<Telling> {
    let is_place = matches!(kind, "GPE" | "LOC" | "FAC");
    let is_group = matches!(kind, "NORP" | "ORG");
    let mut words: Vec<String> = before.split_whitespace().map(str::to_lowercase).collect();
    words.pop_if(|word| word == "the");
    let prepositions = words.iter().filter(|word| PREPOSITIONS.contains(&word.as_str())).count();
    match &words[..] {
        [.., head, of] if is_place && of == "of" && prepositions == 1 => {
            let is_itself = KINDS_OF_PLACE.contains(&head.as_str());
            Some(if is_itself { Telling::Itself } else { Telling::Whose })
        }
        _ if prepositions == 0 && (is_place || is_group) => Some(Telling::Whose),
        _ => is_place.then_some(Telling::Where),
    }
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
        let names = names.iter().map(|(name, kind, at)| (name.clone(), *kind, &text[..*at]));
        choose(names).map(|(telling, name)| format!("{telling:?} {name}"))
    }

    #[test]
    fn a_phrase_is_known_by_its_telling_name() {
        for (phrase, expected) in [
            ("the [NORP Russian] city of [GPE Izhevsk]", Some("Itself Izhevsk")),
            (
                "an industrial plant in [GPE Izhevsk], about 1000km east of [GPE Moscow]",
                Some("Where Izhevsk"),
            ),
            ("a plant in [GPE Izhevsk]", Some("Where Izhevsk")),
            ("a [NORP Ukrainian] drone", Some("Whose Ukrainian")),
            ("[NORP Russian] forces in [GPE Kherson]", Some("Whose Russian")),
            ("[ORG Hamas] fighters", Some("Whose Hamas")),
            ("critics of [ORG Hamas]", None),
            ("[PERSON Trump]'s lawyers", None),
            ("officials in [GPE Kyiv]", Some("Where Kyiv")),
            ("the town of the [GPE Hague]", Some("Itself Hague")),
            ("the [NORP Russian] invasion of [GPE Ukraine]", Some("Whose Russian")),
            ("the mayor of the city of [GPE Izhevsk]", Some("Where Izhevsk")),
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
