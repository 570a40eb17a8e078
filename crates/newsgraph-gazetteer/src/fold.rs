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

/// The ASCII letters that a Latin letter is written with where there are no diacritics.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'À'..='Å'
        | 'Ā'
        | 'Ă'
        | 'Ą'
        | 'Ǎ'
        | 'Ạ'
        | 'Ả'
        | 'Ấ'
        | 'Ầ'
        | 'Ẩ'
        | 'Ẫ'
        | 'Ậ'
        | 'Ắ'
        | 'Ằ'
        | 'Ẳ'
        | 'Ẵ'
        | 'Ặ'
        | 'Ə' => "A",
        'à'..='å'
        | 'ā'
        | 'ă'
        | 'ą'
        | 'ǎ'
        | 'ạ'
        | 'ả'
        | 'ấ'
        | 'ầ'
        | 'ẩ'
        | 'ẫ'
        | 'ậ'
        | 'ắ'
        | 'ằ'
        | 'ẳ'
        | 'ẵ'
        | 'ặ'
        | 'ə' => "a",
        'Æ' => "Ae",
        'æ' => "ae",
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => "C",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'Ð' | 'Ď' | 'Đ' | 'Ḑ' => "D",
        'ð' | 'ď' | 'đ' | 'ḑ' => "d",
        'È'..='Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' | 'Ẹ' | 'Ẻ' | 'Ẽ' | 'Ế' | 'Ề' | 'Ể' | 'Ễ' | 'Ệ' => {
            "E"
        }
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ' | 'ệ' => {
            "e"
        }
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' => "G",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'Ĥ' | 'Ħ' | 'Ḩ' | 'Ḥ' => "H",
        'ĥ' | 'ħ' | 'ḩ' | 'ḥ' => "h",
        'Ì'..='Ï' | 'Ĩ' | 'Ī' | 'Ĭ' | 'Į' | 'İ' | 'Ỉ' | 'Ị' => "I",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' => "i",
        'Ĵ' => "J",
        'ĵ' => "j",
        'Ķ' | 'Ḳ' => "K",
        'ķ' | 'ḳ' => "k",
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ł' => "L",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'Ñ' | 'Ń' | 'Ņ' | 'Ň' | 'Ṇ' => "N",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ṇ' => "n",
        'Ò'..='Ö'
        | 'Ø'
        | 'Ō'
        | 'Ŏ'
        | 'Ő'
        | 'Ǒ'
        | 'Ơ'
        | 'Ọ'
        | 'Ỏ'
        | 'Ố'
        | 'Ồ'
        | 'Ổ'
        | 'Ỗ'
        | 'Ộ'
        | 'Ớ'
        | 'Ờ'
        | 'Ở'
        | 'Ỡ'
        | 'Ợ' => "O",
        'ò'..='ö'
        | 'ø'
        | 'ō'
        | 'ŏ'
        | 'ő'
        | 'ǒ'
        | 'ơ'
        | 'ọ'
        | 'ỏ'
        | 'ố'
        | 'ồ'
        | 'ổ'
        | 'ỗ'
        | 'ộ'
        | 'ớ'
        | 'ờ'
        | 'ở'
        | 'ỡ'
        | 'ợ' => "o",
        'Œ' => "Oe",
        'œ' => "oe",
        'Ŕ' | 'Ř' | 'Ṛ' => "R",
        'ŕ' | 'ř' | 'ṛ' => "r",
        'Ś' | 'Ŝ' | 'Ş' | 'Š' | 'Ș' | 'Ṣ' => "S",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' => "s",
        'ß' => "ss",
        'Ţ' | 'Ť' | 'Ŧ' | 'Ț' | 'Ṭ' => "T",
        'ţ' | 'ť' | 'ŧ' | 'ț' | 'ṭ' => "t",
        'Þ' => "Th",
        'þ' => "th",
        'Ù'..='Ü'
        | 'Ũ'
        | 'Ū'
        | 'Ŭ'
        | 'Ů'
        | 'Ű'
        | 'Ų'
        | 'Ǔ'
        | 'Ư'
        | 'Ụ'
        | 'Ủ'
        | 'Ứ'
        | 'Ừ'
        | 'Ử'
        | 'Ữ'
        | 'Ự' => "U",
        'ù'..='ü'
        | 'ũ'
        | 'ū'
        | 'ŭ'
        | 'ů'
        | 'ű'
        | 'ų'
        | 'ǔ'
        | 'ư'
        | 'ụ'
        | 'ủ'
        | 'ứ'
        | 'ừ'
        | 'ử'
        | 'ữ'
        | 'ự' => "u",
        'Ŵ' => "W",
        'ŵ' => "w",
        'Ý' | 'Ŷ' | 'Ÿ' | 'Ỳ' | 'Ỹ' => "Y",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỹ' => "y",
        'Ź' | 'Ż' | 'Ž' | 'Ẓ' => "Z",
        'ź' | 'ż' | 'ž' | 'ẓ' => "z",
        _ => return None,
    })
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
