//! Closed lists that decide how words split, written by hand after the guidelines of the English treebanks.

/// How an abbreviation treats the full stop after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Always takes it: the word is hardly ever the last of a sentence ("Mr.").
    Always,
    /// Takes it only before a number ("No. 5", "p. 12").
    BeforeNumber,
    /// Takes it only after a comma or before one ("Springfield, Ill.").
    AfterComma,
    /// Takes it unless the sentence ends here ("etc.").
    Inside,
}

/// Looks up a word without its full stop; capitals count, since "Gen." is a rank and "gen." is not.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if word.len() > 7 {
        return None;
    }
    Some(match word {
        // titles and ranks
        "Mr" | "Mrs" | "Ms" | "Mx" | "Dr" | "Drs" | "Prof" | "Messrs" | "Mlle" | "Mme" | "MR" | "MRS"
        | "DR" | "MS" | "Sr" | "Jr" | "Gen" | "Lt" | "Col" | "Capt" | "Cpt" | "Cmdr" | "Cdr" | "Adm"
        | "Maj" | "Sgt" | "Cpl" | "Pvt" | "Brig" | "Sen" | "Sens" | "Rep" | "Reps" | "Gov" | "Govs"
        | "Rev" | "Hon" | "Pres" | "Supt" | "Insp" | "Det" | "Fr" | "Msgr" | "Amb" | "Atty" | "Asst"
        | "Ass't" | "Esq" | "Ald" | "Treas" => Abbreviation::Always,
        // places and addresses
        "St" | "ST" | "FT" | "MT" | "Ste" | "Ft" | "Mt" | "Ave" | "Blvd" | "Rd" | "Apt" | "Bldg" | "Hwy"
        | "Pkwy" | "Sq" => Abbreviation::Always,
        // companies and organisations
        "Inc" | "Corp" | "Co" | "Ltd" | "Bros" | "Cos" | "Assn" | "Dept" | "Univ" | "Intl" | "Natl"
        | "Mfg" | "Plc" => Abbreviation::Always,
        // months and days
        "Jan" | "Feb" | "Apr" | "Aug" | "Sept" | "Sep" | "Oct" | "Nov" | "Dec" | "Mon" | "Tue" | "Tues"
        | "Thu" | "Thur" | "Thurs" | "Fri" => Abbreviation::Always,
        "Mar" | "Jun" | "Jul" | "Sun" | "Sat" | "Wed" => Abbreviation::BeforeNumber,
        // states that are no words
        "Ala" | "Ariz" | "Calif" | "Colo" | "Conn" | "CONN" | "Fla" | "Kan" | "Ky" | "Mich" | "Minn"
        | "Mont" | "Neb" | "Nev" | "Okla" | "Penn" | "Tenn" | "Tex" | "Va" | "Vt" | "Wis" | "Wyo" | "Ont"
        | "Que" => Abbreviation::Always,
        "Mass" | "Ill" | "Ind" | "Wash" | "Ore" | "Pa" | "La" | "Miss" | "Del" | "Md" | "Mo" | "Ga"
        | "Ark" | "Me" | "Cal" => Abbreviation::AfterComma,
        // scholarship and reference
        "vs" | "Vs" | "cf" | "approx" | "Approx" | "esp" | "viz" | "ca" | "Ph" | "al" | "Eng" | "Eds" => {
            Abbreviation::Always
        }
        "No" | "Nos" | "no" | "nos" | "Art" | "art" | "Fig" | "fig" | "Figs" | "Sec" | "sec" | "Vol"
        | "vol" | "vols" | "Ch" | "ch" | "p" | "pp" | "c" | "b" | "d" | "m" | "v" | "r" | "Ex" | "ed"
        | "Ed" | "Op" | "op" | "Tel" | "tel" | "ext" | "Ext" | "Fax" | "par" | "Para" | "eq" | "est"
        | "Pt" | "Rs" | "sq" | "Rm" => Abbreviation::BeforeNumber,
        "etc" | "Etc" | "incl" | "yr" | "yrs" | "hr" | "hrs" | "min" | "mins" | "lb" | "lbs" | "oz"
        | "tbsp" | "tsp" | "dept" | "govt" | "misc" | "max" | "temp" | "avg" | "Attn" | "eg" | "ie"
        | "jr" | "sr" | "dr" | "mr" | "mrs" | "ms" | "inc" | "corp" | "ft" | "st" | "Spec" | "ave"
        | "blvd" | "apt" | "mt" => Abbreviation::Inside,
        _ => return None,
    })
}

/// Whether an element before a hyphen is a prefix that stays in one word with what follows ("non-violent").
pub(crate) fn is_prefix(element: &str) -> bool {
    if element.len() > 7 {
        return false;
    }
    let mut buffer = [0u8; 8];
    matches!(
        lowercase(element, &mut buffer),
        b"e" | b"non"
            | b"re"
            | b"mid"
            | b"anti"
            | b"co"
            | b"pre"
            | b"pro"
            | b"cross"
            | b"post"
            | b"semi"
            | b"over"
            | b"sub"
            | b"counter"
            | b"multi"
            | b"ex"
            | b"mini"
            | b"socio"
            | b"psycho"
            | b"neo"
            | b"inter"
            | b"intra"
            | b"un"
            | b"micro"
            | b"super"
            | b"arch"
            | b"proto"
            | b"de"
            | b"dis"
            | b"mis"
            | b"hyper"
            | b"ultra"
            | b"mega"
            | b"meta"
            | b"pseudo"
            | b"bi"
            | b"tri"
            | b"trans"
            | b"under"
            | b"uni"
            | b"extra"
            | b"macro"
            | b"para"
            | b"infra"
            | b"peri"
    )
}

/// Whether an element after a hyphen is a suffix that stays in one word with what stands before it.
pub(crate) fn is_suffix(element: &[u8]) -> bool {
    matches!(element, b"esque" | b"wise" | b"e")
}

/// Whether a hyphenated pair is one interjection ("uh-huh").
pub(crate) fn is_interjection(first: &str, second: &[u8]) -> bool {
    let mut buffer = [0u8; 8];
    if first.len() > 4 {
        return false;
    }
    let sound = |w: &[u8]| {
        matches!(
            w,
            b"uh"
                | b"oh"
                | b"hm"
                | b"mm"
                | b"m"
                | b"mhm"
                | b"hmm"
                | b"huh"
                | b"ho"
                | b"ah"
                | b"hoo"
                | b"whoo"
                | b"ha"
        )
    };
    sound(lowercase(first, &mut buffer)) && sound(second)
}

/// Where a word written without apostrophe splits in two ("cannot", "gonna", "dont"): bytes of the first part.
pub(crate) fn fused(word: &[u8]) -> Option<usize> {
    if !(2..=7).contains(&word.len()) {
        return None;
    }
    let mut buffer = [0u8; 8];
    for (to, from) in buffer.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    Some(match &buffer[..word.len()] {
        b"cannot" | b"gonna" | b"gotta" | b"wanna" | b"lemme" | b"gimme" | b"lotta" | b"outta" => 3,
        b"dont" | b"cant" | b"wont" | b"aint" => 2,
        b"didnt" | b"isnt" | b"wasnt" | b"hasnt" | b"hadnt" | b"arent" => word.len() - 2,
        b"doesnt" | b"werent" | b"havent" => 4,
        b"couldnt" | b"wouldnt" => 5,
        // in capitals they are other words
        b"im" if word != b"IM" => 1,
        b"ive" if word != b"IVE" => 1,
        b"thats" | b"whats" => 4,
        b"youre" => 3,
        b"theres" => 5,
        b"hes" => 2,
        _ => return None,
    })
}

/// Units that are written right after numbers; sorted.
static UNITS: &[&str] = &[
    "AM", "B", "Bn", "GB", "GHz", "GW", "Hz", "K", "KB", "M", "MB", "MHz", "MM", "MW", "PM", "TB", "am", "b",
    "billion", "bn", "cm", "ft", "g", "gb", "hh", "hr", "hrs", "hz", "in", "k", "kHz", "kW", "kWh", "kb",
    "kg", "km", "kph", "l", "lb", "lbs", "m", "mb", "mg", "million", "min", "mins", "ml", "mln", "mm", "mph",
    "oz", "pc", "percent", "persons", "pm", "sec", "t", "tn", "trn", "x", "yd",
];

/// Whether letters right after a number are a unit of their own ("7 pm", "35 mm"), and not part of it ("7th", "3G").
pub(crate) fn is_unit(letters: &[u8]) -> bool {
    UNITS.binary_search_by(|unit| unit.as_bytes().cmp(letters)).is_ok()
}

/// Whether a word right before `$` names the dollar ("US$").
pub(crate) fn is_dollar_country(word: &[u8]) -> bool {
    matches!(word, b"US" | b"U" | b"A" | b"AU" | b"C" | b"CA" | b"CAN" | b"HK" | b"NZ" | b"S" | b"NT" | b"R")
}

/// Whether `word` (after an apostrophe that starts it) is a word that lost its beginning: "'em", "'til".
pub(crate) fn is_clipped(word: &[u8]) -> bool {
    if word.len() > 6 {
        return false;
    }
    let mut buffer = [0u8; 8];
    for (to, from) in buffer.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    matches!(
        &buffer[..word.len()],
        b"em"
            | b"til"
            | b"till"
            | b"tis"
            | b"twas"
            | b"cause"
            | b"cuz"
            | b"coz"
            | b"bout"
            | b"nuff"
            | b"n"
            | b"tude"
            | b"twere"
            | b"twill"
    )
}

/// Top-level domains and file endings; sorted.
static ENDINGS: &[&str] = &[
    "ai", "app", "asp", "aspx", "at", "au", "avi", "be", "biz", "blog", "br", "ca", "ch", "cn", "co", "com",
    "csv", "cz", "de", "dev", "dk", "doc", "docx", "edu", "es", "eu", "exe", "fi", "fm", "fr", "gif", "gl",
    "gov", "gr", "hk", "htm", "html", "hu", "ie", "il", "in", "info", "int", "io", "it", "jp", "jpeg", "jpg",
    "js", "kr", "ly", "me", "mil", "mp3", "mp4", "mx", "name", "net", "news", "nl", "no", "nz", "online",
    "org", "pdf", "php", "pl", "png", "ppt", "pptx", "pt", "py", "ru", "se", "sg", "site", "tr", "tv", "tw",
    "txt", "ua", "uk", "url", "us", "xls", "xlsx", "xml", "za", "zip",
];

/// Whether a label is a top-level domain or file ending that makes "name.ending" one token.
pub(crate) fn is_domain_ending(label: &[u8]) -> bool {
    if label.len() < 2 || label.len() > 6 {
        return false;
    }
    let mut buffer = [0u8; 8];
    for (to, from) in buffer.iter_mut().zip(label) {
        *to = from.to_ascii_lowercase();
    }
    ENDINGS.binary_search_by(|ending| ending.as_bytes().cmp(&buffer[..label.len()])).is_ok()
}

/// Whether such an ending is an English word too, so that "home.in" may be a missing space.
pub(crate) fn is_doubtful_ending(label: &[u8]) -> bool {
    matches!(
        label,
        b"me"
            | b"us"
            | b"in"
            | b"it"
            | b"be"
            | b"at"
            | b"no"
            | b"is"
            | b"so"
            | b"my"
            | b"to"
            | b"name"
            | b"news"
            | b"site"
            | b"de"
    )
}

/// Writes `word` in small letters (ASCII) into `buffer`, cut to its length.
pub(crate) fn lowercase<'b>(word: &str, buffer: &'b mut [u8; 8]) -> &'b [u8] {
    let len = word.len().min(8);
    for (to, from) in buffer.iter_mut().zip(word.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    &buffer[..len]
}

/// Whether a small-letter word hardly ever stands last in a sentence, with a stop or without.
pub(crate) fn hardly_ends(word: &[u8]) -> bool {
    match word.len() {
        1 => word == b"a",
        2 => matches!(
            word,
            b"of"
                | b"to"
                | b"in"
                | b"on"
                | b"at"
                | b"by"
                | b"an"
                | b"as"
                | b"or"
                | b"if"
                | b"is"
                | b"be"
                | b"my"
        ),
        3 => matches!(
            word,
            b"the" | b"and" | b"for" | b"but" | b"his" | b"its" | b"was" | b"are" | b"our" | b"who" | b"nor"
        ),
        4 => matches!(
            word,
            b"that"
                | b"with"
                | b"from"
                | b"than"
                | b"when"
                | b"said"
                | b"told"
                | b"into"
                | b"were"
                | b"your"
                | b"what"
        ),
        5 => matches!(
            word,
            b"their" | b"which" | b"while" | b"where" | b"after" | b"about" | b"whose" | b"every"
        ),
        6 => matches!(word, b"former" | b"during" | b"before"),
        7 => matches!(word, b"against" | b"between" | b"whether" | b"because"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{ENDINGS, UNITS};

    #[test]
    fn lists_are_sorted_without_doubles() {
        for list in [UNITS, ENDINGS] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
