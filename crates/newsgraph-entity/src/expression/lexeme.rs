//! The words that expressions of time and number are made of.

/// A stretch of time that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    /// From spring, 0, to winter, 3.
    Season(u32),
    Year,
    Decade,
    Century,
}

impl Period {
    /// Whether it is shorter than a day, so that counts of it are TIME and not DATE.
    pub(super) fn is_short(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }
}

/// What a token can be in an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lexeme {
    /// Nothing of interest.
    Other,
    /// Digits; `year` where they are four and nothing else, as years are; `whole` without point, comma or letter.
    Digits {
        value: f64,
        year: bool,
        whole: bool,
    },
    /// One to nineteen.
    Small(f64),
    /// Twenty to ninety.
    Tens(f64),
    /// Hundred to trillion.
    Scale(f64),
    Dozen,
    Half,
    /// First, 21st.
    Ordinal(f64),
    /// From 1; `sure` where the word is never anything else.
    Month {
        number: u32,
        sure: bool,
    },
    /// From 0 for Monday.
    Weekday(u32),
    Period {
        period: Period,
        plural: bool,
    },
    DayPart,
    /// The tens of a decade: "1990s" (and "90s", as 1990).
    DecadeYears(i32),
    /// 10:30
    Clock,
    /// a.m., pm
    Meridiem,
    Zone,
    /// 5pm
    Hour,
    /// $, £, US$
    Symbol,
    /// dollars
    Currency,
    Percent,
    /// kilometres, tonnes
    Measure,
    /// A word that matters as itself.
    Word(Word),
}

/// Words that tie expressions together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    A,
    The,
    Of,
    And,
    To,
    Hyphen,
    Comma,
    Dot,
    Per,
    Cent,
    Percentage,
    Points,
    Square,
    Old,
    Last,
    This,
    Next,
    Past,
    Previous,
    Following,
    Same,
    Recent,
    Ago,
    Earlier,
    Later,
    Early,
    Late,
    Mid,
    Today,
    Yesterday,
    Tomorrow,
    Tonight,
    Noon,
    OClock,
    Few,
    Several,
    /// Prepositions that a date often follows.
    Dating,
    /// The pronoun's company: "no one", "the one".
    Determiner,
    /// Signs that something is to come.
    Ahead,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const SMALL: [&str; 20] = [
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
const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
/// Longer words are none of these.
pub(super) const LONGEST: usize = 24;

impl Lexeme {
    /// What a token is; a sign of its own or a word in any case, except that months and days need their capital.
    pub(super) fn of(form: &str) -> Self {
        let first = form.chars().next().unwrap_or(' ');
        if form.len() > LONGEST {
            return Self::Other;
        }
        if first.is_ascii_digit() || first == '.' && form.len() > 1 || matches!(first, '\'' | '’') {
            return digits(form);
        }
        let lower = form.to_lowercase();
        if first.is_uppercase()
            && let Some(found) = capitalised(&lower)
        {
            return found;
        }
        counting(&lower)
            .or_else(|| timing(&lower))
            .or_else(|| measuring(form, &lower))
            .or_else(|| tying(&lower))
            .unwrap_or(Self::Other)
    }
}

fn position(list: &[&str], word: &str) -> Option<usize> {
    list.iter().position(|w| *w == word)
}

fn capitalised(lower: &str) -> Option<Lexeme> {
    if let Some(number) = position(&MONTHS, lower) {
        return Some(Lexeme::Month {
            number: number as u32 + 1,
            sure: !matches!(lower, "may" | "march" | "august"),
        });
    }
    if let Some(day) = position(&WEEKDAYS, lower) {
        return Some(Lexeme::Weekday(day as u32));
    }
    let stem = lower.strip_suffix('.').unwrap_or(lower);
    let short = match stem {
        "sept" => Some(8),
        "mar" | "jun" | "jul" if lower.len() == stem.len() => None,
        _ if stem.len() == 3 && stem != "may" => MONTHS.iter().position(|m| m.starts_with(stem)),
        _ => None,
    };
    short.map(|number| Lexeme::Month { number: number as u32 + 1, sure: stem != "dec" || lower.len() > 3 })
}

fn counting(lower: &str) -> Option<Lexeme> {
    if let Some(value) = position(&SMALL, lower) {
        return Some(Lexeme::Small(value as f64));
    }
    if let Some(tens) = position(&TENS, lower) {
        return Some(Lexeme::Tens(20.0 + 10.0 * tens as f64));
    }
    if let Some(value) = position(&ORDINALS, lower) {
        return Some(Lexeme::Ordinal(value as f64));
    }
    Some(match lower {
        "hundred" => Lexeme::Scale(1e2),
        "thousand" => Lexeme::Scale(1e3),
        "million" | "mn" | "mln" => Lexeme::Scale(1e6),
        "billion" | "bn" | "bln" => Lexeme::Scale(1e9),
        "trillion" | "tn" | "trn" => Lexeme::Scale(1e12),
        "dozen" => Lexeme::Dozen,
        "half" => Lexeme::Half,
        "twentieth" => Lexeme::Ordinal(20.0),
        "thirtieth" => Lexeme::Ordinal(30.0),
        "fiftieth" => Lexeme::Ordinal(50.0),
        "hundredth" => Lexeme::Ordinal(100.0),
        _ => return None,
    })
}

fn timing(lower: &str) -> Option<Lexeme> {
    let period = |period| Some(Lexeme::Period { period, plural: false });
    let periods = |period| Some(Lexeme::Period { period, plural: true });
    match lower {
        "hour" => period(Period::Hour),
        "minute" => period(Period::Minute),
        "day" => period(Period::Day),
        "weekend" => period(Period::Weekend),
        "week" => period(Period::Week),
        "fortnight" => period(Period::Fortnight),
        "month" => period(Period::Month),
        "quarter" => period(Period::Quarter),
        "year" => period(Period::Year),
        "decade" => period(Period::Decade),
        "century" => period(Period::Century),
        "spring" => period(Period::Season(0)),
        "summer" => period(Period::Season(1)),
        "autumn" | "fall" => period(Period::Season(2)),
        "winter" => period(Period::Season(3)),
        "seconds" => periods(Period::Second),
        "minutes" | "mins" => periods(Period::Minute),
        "hours" | "hrs" => periods(Period::Hour),
        "days" => periods(Period::Day),
        "weeks" => periods(Period::Week),
        "weekends" => periods(Period::Weekend),
        "months" => periods(Period::Month),
        "quarters" => periods(Period::Quarter),
        "years" | "yrs" => periods(Period::Year),
        "decades" => periods(Period::Decade),
        "centuries" => periods(Period::Century),
        "morning" | "afternoon" | "evening" | "night" => Some(Lexeme::DayPart),
        "a.m." | "p.m." | "am" | "pm" | "a.m" | "p.m" => Some(Lexeme::Meridiem),
        "gmt" | "utc" | "bst" | "cet" | "cest" | "edt" | "est" | "pst" | "pdt" | "et" => Some(Lexeme::Zone),
        _ => None,
    }
}

/// Signs before sums.
const SYMBOLS: &[&str] =
    &["$", "£", "€", "¥", "₹", "₽", "₴", "₩", "₺", "us$", "a$", "c$", "hk$", "nz$", "s$", "r$"];
/// Codes of currencies, which stand before sums in capitals.
const CODES: &[&str] = &["usd", "eur", "gbp", "rmb", "chf"];
const CURRENCIES: &[&str] = &[
    "dollar",
    "dollars",
    "euro",
    "euros",
    "pound",
    "pounds",
    "sterling",
    "yen",
    "yuan",
    "renminbi",
    "ruble",
    "rubles",
    "rouble",
    "roubles",
    "rupee",
    "rupees",
    "franc",
    "francs",
    "peso",
    "pesos",
    "reais",
    "cents",
    "pence",
    "lira",
    "liras",
    "hryvnia",
    "hryvnias",
    "zloty",
    "zlotys",
    "krona",
    "kronor",
    "krone",
    "kroner",
    "rand",
    "riyal",
    "riyals",
    "dirham",
    "dirhams",
    "shekel",
    "shekels",
    "dinar",
    "dinars",
    "naira",
    "shillings",
    "bitcoin",
    "bitcoins",
];
const MEASURES: &[&str] = &[
    "km",
    "m",
    "kilometre",
    "kilometres",
    "kilometer",
    "kilometers",
    "mile",
    "miles",
    "metre",
    "metres",
    "meter",
    "meters",
    "centimetre",
    "centimetres",
    "centimeter",
    "centimeters",
    "cm",
    "mm",
    "millimetres",
    "millimeters",
    "inch",
    "inches",
    "foot",
    "feet",
    "ft",
    "yard",
    "yards",
    "acre",
    "acres",
    "hectare",
    "hectares",
    "tonne",
    "tonnes",
    "ton",
    "tons",
    "kg",
    "kilogram",
    "kilograms",
    "kilo",
    "kilos",
    "gram",
    "grams",
    "ounce",
    "ounces",
    "lb",
    "lbs",
    "litre",
    "litres",
    "liter",
    "liters",
    "gallon",
    "gallons",
    "barrel",
    "barrels",
    "bushels",
    "degree",
    "degrees",
    "celsius",
    "fahrenheit",
    "mph",
    "kph",
    "km/h",
    "knots",
    "watt",
    "watts",
    "kilowatt",
    "kilowatts",
    "megawatt",
    "megawatts",
    "gigawatt",
    "gigawatts",
    "mw",
    "gw",
    "kwh",
    "kilotons",
    "megatons",
    "carat",
    "carats",
    "bytes",
    "megabytes",
    "gigabytes",
    "terabytes",
    "°c",
    "°f",
    "sq",
    "basis",
];

fn measuring(form: &str, lower: &str) -> Option<Lexeme> {
    if SYMBOLS.contains(&lower) || CODES.contains(&lower) && form != lower {
        Some(Lexeme::Symbol)
    } else if CURRENCIES.contains(&lower) {
        Some(Lexeme::Currency)
    } else if matches!(lower, "%" | "percent" | "pct") {
        Some(Lexeme::Percent)
    } else {
        MEASURES.contains(&lower).then_some(Lexeme::Measure)
    }
}

fn tying(lower: &str) -> Option<Lexeme> {
    let word = match lower {
        "a" | "an" => Word::A,
        "the" => Word::The,
        "of" => Word::Of,
        "and" => Word::And,
        "to" => Word::To,
        "-" | "–" | "‑" => Word::Hyphen,
        "," => Word::Comma,
        "." => Word::Dot,
        "per" => Word::Per,
        "cent" => Word::Cent,
        "percentage" => Word::Percentage,
        "point" | "points" => Word::Points,
        "square" | "cubic" | "nautical" => Word::Square,
        "old" => Word::Old,
        "last" => Word::Last,
        "this" => Word::This,
        "next" | "coming" => Word::Next,
        "past" => Word::Past,
        "previous" | "preceding" => Word::Previous,
        "following" => Word::Following,
        "same" => Word::Same,
        "recent" => Word::Recent,
        "ago" => Word::Ago,
        "earlier" => Word::Earlier,
        "later" => Word::Later,
        "early" => Word::Early,
        "late" => Word::Late,
        "mid" => Word::Mid,
        "today" => Word::Today,
        "yesterday" => Word::Yesterday,
        "tomorrow" => Word::Tomorrow,
        "tonight" => Word::Tonight,
        "noon" | "midnight" | "midday" => Word::Noon,
        "o'clock" | "o’clock" => Word::OClock,
        "few" => Word::Few,
        "several" | "many" => Word::Several,
        "in" | "since" | "by" | "until" | "till" | "from" | "during" | "before" | "after" | "between"
        | "through" | "throughout" | "circa" | "on" | "fiscal" => Word::Dating,
        "no" | "that" | "each" | "every" | "any" | "which" | "another" | "some" | "only" => Word::Determiner,
        "will" | "'ll" | "’ll" | "would" | "scheduled" | "due" | "expected" | "planned" | "plans"
        | "upcoming" | "shall" | "set" | "likely" | "must" | "should" => Word::Ahead,
        _ => return None,
    };
    Some(Lexeme::Word(word))
}

/// A token that begins with a digit, a decimal point or an apostrophe.
fn digits(form: &str) -> Lexeme {
    let bare = form.trim_start_matches(['\'', '’']);
    let end = bare.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.' | b':')).count();
    let (number, rest) = bare.split_at(end);
    let number = number.trim_end_matches([',', '.', ':']);
    if let Some(clock) = clock(number, rest) {
        return clock;
    }
    let plain: String = number.chars().filter(|c| *c != ',').collect();
    let grouped =
        number.split('.').next().is_some_and(|whole| whole.split(',').skip(1).all(|group| group.len() == 3));
    let Some(value) = plain.parse::<f64>().ok().filter(|_| grouped || !number.contains(',')) else {
        return Lexeme::Other;
    };
    let whole = plain.bytes().all(|b| b.is_ascii_digit());
    let year = whole && number.len() == 4 && bare.len() == form.len();
    match rest.to_lowercase().as_str() {
        "" if bare.len() == form.len() => Lexeme::Digits { value, year, whole },
        "s" | "'s" | "’s" if whole && value % 10.0 == 0.0 => match number.len() {
            4 => Lexeme::DecadeYears(value as i32),
            2 if value >= 20.0 => Lexeme::DecadeYears(1900 + value as i32),
            _ => Lexeme::Other,
        },
        "st" | "nd" | "rd" | "th" if whole => Lexeme::Ordinal(value),
        "k" => Lexeme::Digits { value: value * 1e3, year: false, whole: false },
        "m" | "mn" => Lexeme::Digits { value: value * 1e6, year: false, whole: false },
        "bn" | "b" => Lexeme::Digits { value: value * 1e9, year: false, whole: false },
        "tn" | "trn" => Lexeme::Digits { value: value * 1e12, year: false, whole: false },
        "am" | "pm" | "a.m." | "p.m." | "a.m" | "p.m" if value < 25.0 => Lexeme::Hour,
        _ => Lexeme::Other,
    }
}

/// 10:30, 10.30pm
fn clock(number: &str, rest: &str) -> Option<Lexeme> {
    let meridiem = matches!(rest.to_lowercase().as_str(), "am" | "pm" | "a.m." | "p.m.");
    let (hour, minute) = number.split_once(':').or_else(|| number.split_once('.').filter(|_| meridiem))?;
    let (hour, minute) = (hour.parse::<u32>().ok()?, minute.get(..2)?.parse::<u32>().ok()?);
    (hour < 25 && minute < 60 && (rest.is_empty() || meridiem)).then_some(Lexeme::Clock)
}
