//! Letters without their diacritics.

/// Appends `c` to `out` as UTF-8: a Latin letter without its diacritics and ligatures, in the case it has; a
/// letter of another script in lower case; a combining mark not at all.
pub(crate) fn fold(c: char, out: &mut Vec<u8>) {
    if c.is_ascii() {
        out.push(c as u8);
        return;
    }
    if let Some(ascii) = latin(c) {
        out.extend_from_slice(ascii.as_bytes());
        return;
    }
    if ('\u{300}'..='\u{36f}').contains(&c) {
        return;
    }
    let c = match c {
        '’' | '‘' => '\'',
        c => c,
    };
    let mut buffer = [0; 4];
    for lower in c.to_lowercase() {
        out.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
    }
}

/// Latin letters, and the ASCII letters that they are written with where there are no diacritics.
const LATIN: &[(&str, &str)] = &[
    ("ÀÁÂÃÄÅĀĂĄǍẠẢẤẦẨẪẬẮẰẲẴẶƏ", "A"),
    ("àáâãäåāăąǎạảấầẩẫậắằẳẵặə", "a"),
    ("Æ", "Ae"),
    ("æ", "ae"),
    ("ÇĆĈĊČ", "C"),
    ("çćĉċč", "c"),
    ("ÐĎĐḐ", "D"),
    ("ðďđḑ", "d"),
    ("ÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆ", "E"),
    ("èéêëēĕėęěẹẻẽếềểễệ", "e"),
    ("ĜĞĠĢ", "G"),
    ("ĝğġģ", "g"),
    ("ĤĦḨḤ", "H"),
    ("ĥħḩḥ", "h"),
    ("ÌÍÎÏĨĪĬĮİỈỊ", "I"),
    ("ìíîïĩīĭįıỉị", "i"),
    ("Ĵ", "J"),
    ("ĵ", "j"),
    ("ĶḲ", "K"),
    ("ķḳ", "k"),
    ("ĹĻĽŁ", "L"),
    ("ĺļľł", "l"),
    ("ÑŃŅŇṆ", "N"),
    ("ñńņňṇ", "n"),
    ("ÒÓÔÕÖØŌŎŐǑƠỌỎỐỒỔỖỘỚỜỞỠỢ", "O"),
    ("òóôõöøōŏőǒơọỏốồổỗộớờởỡợ", "o"),
    ("Œ", "Oe"),
    ("œ", "oe"),
    ("ŔŘṚ", "R"),
    ("ŕřṛ", "r"),
    ("ŚŜŞŠȘṢ", "S"),
    ("śŝşšșṣ", "s"),
    ("ß", "ss"),
    ("ŢŤŦȚṬ", "T"),
    ("ţťŧțṭ", "t"),
    ("Þ", "Th"),
    ("þ", "th"),
    ("ÙÚÛÜŨŪŬŮŰŲǓƯỤỦỨỪỬỮỰ", "U"),
    ("ùúûüũūŭůűųǔưụủứừửữự", "u"),
    ("Ŵ", "W"),
    ("ŵ", "w"),
    ("ÝŶŸỲỸ", "Y"),
    ("ýÿŷỳỹ", "y"),
    ("ŹŻŽẒ", "Z"),
    ("źżžẓ", "z"),
];

fn latin(c: char) -> Option<&'static str> {
    // Quotation marks and dashes, by far the most frequent of what is not ASCII, lie beyond.
    if !('À'..='ỹ').contains(&c) {
        return None;
    }
    LATIN.iter().find(|(letters, _)| letters.contains(c)).map(|(_, ascii)| *ascii)
}

/// A text folded letter by letter, in lower case: the key by which surnames and first names are looked up.
pub(crate) fn fold_text(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars().filter(|c| !matches!(c, '.' | '\'' | '’' | '‘' | 'ʼ')) {
        fold(if c == '-' { ' ' } else { c }, &mut bytes);
    }
    bytes.make_ascii_lowercase();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A text in lower case and without diacritics, with single spaces: what two spellings of a name are compared by.
///
/// ```
/// assert_eq!(newsgraph_gazetteer::folded("Sébastien\nLECORNU"), "sebastien lecornu");
/// ```
pub fn folded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !bytes.is_empty() {
            bytes.push(b' ');
        }
        for c in word.chars() {
            fold(c, &mut bytes);
        }
    }
    bytes.make_ascii_lowercase();
    String::from_utf8(bytes).unwrap_or_default()
}
