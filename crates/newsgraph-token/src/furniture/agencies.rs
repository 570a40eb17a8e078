//! News agencies, as datelines and credits name them.

/// Names as written, in lower case, and the usual short name. Longer names stand before those that they begin with.
const AGENCIES: [(&str, &str); 47] = [
    ("associated press", "AP"),
    ("ap", "AP"),
    ("thomson reuters foundation", "Reuters"),
    ("thomson reuters", "Reuters"),
    ("reuters", "Reuters"),
    ("agence france-presse", "AFP"),
    ("agence france presse", "AFP"),
    ("afp", "AFP"),
    ("deutsche presse-agentur", "DPA"),
    ("dpa", "DPA"),
    ("united press international", "UPI"),
    ("upi", "UPI"),
    ("bloomberg news", "Bloomberg"),
    ("bloomberg", "Bloomberg"),
    ("canadian press", "CP"),
    ("cp", "CP"),
    ("press association", "PA"),
    ("pa media", "PA"),
    ("australian associated press", "AAP"),
    ("aap", "AAP"),
    ("press trust of india", "PTI"),
    ("pti", "PTI"),
    ("ani", "ANI"),
    ("ians", "IANS"),
    ("xinhua", "Xinhua"),
    ("kyodo news", "Kyodo"),
    ("kyodo", "Kyodo"),
    ("yonhap", "Yonhap"),
    ("tass", "TASS"),
    ("interfax-ukraine", "Interfax-Ukraine"),
    ("interfax", "Interfax"),
    ("ria novosti", "RIA Novosti"),
    ("ukrinform", "Ukrinform"),
    ("unian", "UNIAN"),
    ("anadolu agency", "Anadolu"),
    ("anadolu", "Anadolu"),
    ("efe", "EFE"),
    ("ansa", "ANSA"),
    ("lusa", "Lusa"),
    ("belga", "Belga"),
    ("epa", "EPA"),
    ("anp", "ANP"),
    ("apa", "APA"),
    ("bta", "BTA"),
    ("pap", "PAP"),
    ("irna", "IRNA"),
    ("bernama", "Bernama"),
];

/// Longest text in which agencies are looked for, in bytes.
const LONGEST: usize = 400;

/// Whether `agency` is the name of one.
pub(super) fn is_agency(name: &str) -> bool {
    AGENCIES.iter().any(|(known, _)| known.eq_ignore_ascii_case(name.trim()))
}

/// The agency that a text starts with, with the length of its name.
fn starts_with(text: &str) -> Option<(&'static str, usize)> {
    AGENCIES.iter().find_map(|(name, short)| {
        let start = text.get(..name.len())?;
        let whole = text[name.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '-');
        (whole && start.eq_ignore_ascii_case(name)).then_some((*short, name.len()))
    })
}

/// The agencies that a line names, in order. Names that are words too ("ap" is none, but who knows) must have a capital.
pub(super) fn agencies(line: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut at = 0;
    let line = &line[..line.floor_char_boundary(LONGEST)];
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let length = rest.chars().next().map_or(1, char::len_utf8);
        let fresh = !line[..at].ends_with(char::is_alphanumeric);
        match starts_with(rest)
            .filter(|_| fresh && (rest.starts_with(char::is_uppercase) || is_all_lower(line)))
        {
            Some((agency, length)) => {
                found.push(agency);
                at += length;
            }
            None => at += length,
        }
    }
    found
}

fn is_all_lower(line: &str) -> bool {
    !line.contains(char::is_uppercase)
}

/// Words that stand before, between and after the agencies of a credit line.
const JOINERS: [&str; 22] = [
    "with",
    "and",
    "by",
    "from",
    "the",
    "files",
    "material",
    "inputs",
    "agencies",
    "agency",
    "wires",
    "wire",
    "additional",
    "reporting",
    "report",
    "reports",
    "input",
    "news",
    "contributions",
    "copy",
    "source",
    "sources",
];

/// Whether a line says no more than that agencies helped: "– with DPA and AP", "Source: AFP".
pub(super) fn only_agencies(line: &str) -> bool {
    if line.len() > 90 || line.ends_with(['?', '!', ':']) {
        return false;
    }
    let (mut at, mut named) = (0, false);
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        if !rest.starts_with(char::is_alphanumeric) {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if let Some((_, length)) = starts_with(rest) {
            named |= rest.starts_with(char::is_uppercase);
            at += length;
            continue;
        }
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if !JOINERS.iter().any(|joiner| joiner.eq_ignore_ascii_case(&rest[..length])) {
            return false;
        }
        at += length;
    }
    named
}
