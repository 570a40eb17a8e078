//! Dates of publication, from the many ways in which they are written to ISO 8601.

/// A day of the Gregorian calendar.
#[derive(Clone, Copy)]
struct Day {
    year: u32,
    month: u32,
    day: u32,
}

/// What was gathered of a date, part by part.
#[derive(Default)]
struct Parts {
    year: Option<u32>,
    month: Option<u32>,
    day: Option<u32>,
    time: Option<String>,
    zone: String,
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

/// Time zones by the names of RFC 2822, section 4.3. All others are ambiguous and left out.
const ZONES: [(&str, &str); 11] = [
    ("z", "Z"),
    ("utc", "Z"),
    ("gmt", "Z"),
    ("est", "-05:00"),
    ("edt", "-04:00"),
    ("cst", "-06:00"),
    ("cdt", "-05:00"),
    ("mst", "-07:00"),
    ("mdt", "-06:00"),
    ("pst", "-08:00"),
    ("pdt", "-07:00"),
];

/// A date, with a time of day where there is one, as ISO 8601: `2025-07-01`, `2025-07-01T09:30:00+02:00`, `2025-07`.
///
/// Understands ISO 8601, RFC 2822, the usual English forms ("July 1, 2025", "1 Jul 2025 3:00 PM EST"), digits alone
/// (`20250701`, `20250701093000`), and days with slashes where they can be read one way only. `None` for whatever
/// else, and for days that no calendar has.
///
/// ```
/// use newsgraph_corpus::normalise_date;
///
/// assert_eq!(normalise_date("Tue, 01 Jul 2025 09:30:00 GMT").as_deref(), Some("2025-07-01T09:30:00Z"));
/// assert_eq!(normalise_date("07/04/2025"), None); // July or April?
/// ```
pub fn normalise_date(written: &str) -> Option<String> {
    let written = written.trim();
    // No date is longer; what is may be a text that went astray.
    if written.len() > 64 || !written.is_ascii() {
        return None;
    }
    if written.bytes().all(|b| b.is_ascii_digit()) {
        return from_digits(written);
    }
    let mut parts = Parts::default();
    // A "T" between date and time, and commas anywhere, only separate.
    let spaced = separate_time(written).replace(',', " ");
    spaced.split_whitespace().try_for_each(|word| parts.take(word))?;
    parts.finish()
}

/// A moment in seconds, or milliseconds, since 1970 as ISO 8601; `None` before 1973 and after 2096, where the number
/// more likely counts something else.
pub(crate) fn date_of_timestamp(number: f64) -> Option<String> {
    let seconds = if number >= 1e11 { number / 1e3 } else { number };
    if !(1e8..4e9).contains(&seconds) {
        return None;
    }
    let seconds = seconds as u64;
    let Day { year, month, day } = day_since_1970(seconds / 86_400);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

/// Days to a date by shifting the year's start to March (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn day_since_1970(days: u64) -> Day {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = (of_year - (153 * shifted + 2) / 5 + 1) as u32;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 } as u32;
    Day { year: (era * 400 + year) as u32 + u32::from(month <= 2), month, day }
}

/// `YYYYMMDD`, `YYYYMMDDhhmmss`, `YYYYMM` is left out (a number like any other), `YYYY`, or a timestamp.
fn from_digits(digits: &str) -> Option<String> {
    let mut parts = Parts::default();
    match digits.len() {
        4 => parts.year = digits.parse().ok(),
        8 | 14 => {
            parts.year = digits[..4].parse().ok();
            parts.month = digits[4..6].parse().ok();
            parts.day = digits[6..8].parse().ok();
            if digits.len() == 14 {
                parts.time = time(&format!("{}:{}:{}", &digits[8..10], &digits[10..12], &digits[12..]));
                parts.time.as_ref()?;
            }
        }
        9 | 10 | 12 | 13 => return date_of_timestamp(digits.parse().ok()?),
        _ => return None,
    }
    parts.finish()
}

/// Puts spaces around the "T" of ISO 8601 and before the zone that follows a time.
fn separate_time(written: &str) -> String {
    let mut spaced = String::with_capacity(written.len() + 2);
    let mut seen_colon = false;
    let bytes = written.as_bytes();
    for (i, c) in written.char_indices() {
        seen_colon |= c == ':';
        let after_digit = i > 0 && bytes[i - 1].is_ascii_digit();
        let before_digit = bytes.get(i + 1).is_some_and(u8::is_ascii_digit);
        match c {
            'T' | 't' if after_digit && before_digit => spaced.push(' '),
            '+' | '-' | 'Z' | 'z' | 'a' | 'A' | 'p' | 'P' if seen_colon && after_digit => {
                spaced.push(' ');
                spaced.push(c);
            }
            _ => spaced.push(c),
        }
    }
    spaced
}

impl Parts {
    /// Takes one word; `None` where it makes no sense or contradicts another.
    fn take(&mut self, word: &str) -> Option<()> {
        let lower = word.trim_end_matches('.').to_ascii_lowercase();
        if let Some(zone) = numeric_zone(word).filter(|_| self.time.is_some()) {
            self.zone = zone;
        } else if lower.contains(':') {
            put(&mut self.time, time(&lower)?)?;
        } else if lower == "am" || lower == "pm" || lower == "a.m" || lower == "p.m" {
            self.time = Some(twelve_hours(self.time.as_deref()?, lower.starts_with('p'))?);
        } else if let Some((_, zone)) = ZONES.iter().find(|(name, _)| *name == lower) {
            self.zone = (*zone).to_owned();
        } else if let Some(month) = named(&MONTHS, &lower) {
            put(&mut self.month, month + 1)?;
        } else if named(&WEEKDAYS, &lower).is_some() || lower == "at" || lower == "on" || lower == "of" {
            // says nothing new
        } else if lower.contains(['-', '/', '.']) {
            self.take_numbers(&lower)?;
        } else {
            self.take_number(&lower)?;
        }
        Some(())
    }

    /// A day or a year: "1", "1st", "2025".
    fn take_number(&mut self, word: &str) -> Option<()> {
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
        let digits = ordinal.unwrap_or(word);
        match digits.len() {
            1 | 2 => put(&mut self.day, number(digits)?),
            4 if ordinal.is_none() => put(&mut self.year, number(digits)?),
            _ => None,
        }
    }

    /// Numbers or a month's name between dashes, slashes or full stops: "2025-07-01", "1-Jul-2025", "01.07.2025".
    fn take_numbers(&mut self, word: &str) -> Option<()> {
        let separator = word.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
        let fields: Vec<&str> = word.split(separator).collect();
        let (year, month, day) = match fields[..] {
            [year, month] if year.len() == 4 => (year, month, None),
            [year, month, day] if year.len() == 4 => (year, month, Some(day)),
            [first, second, year] if year.len() == 4 => {
                let (month, day) = month_and_day(first, second, separator)?;
                (year, month, Some(day))
            }
            _ => return None,
        };
        put(&mut self.year, number(year)?)?;
        put(&mut self.month, named(&MONTHS, month).map_or_else(|| number(month), |m| Some(m + 1))?)?;
        day.map_or(Some(()), |day| put(&mut self.day, number(day)?))
    }

    fn finish(self) -> Option<String> {
        let year = self.year.filter(|year| (1000..=9999).contains(year))?;
        let Some(month) = self.month else {
            return (self.day.is_none() && self.time.is_none()).then(|| format!("{year:04}"));
        };
        if !(1..=12).contains(&month) {
            return None;
        }
        let Some(day) = self.day else {
            return self.time.is_none().then(|| format!("{year:04}-{month:02}"));
        };
        if day < 1 || day > days_in(year, month) {
            return None;
        }
        Some(match self.time {
            Some(time) => format!("{year:04}-{month:02}-{day:02}T{time}{}", self.zone),
            None => format!("{year:04}-{month:02}-{day:02}"),
        })
    }
}

/// Which of two numbers before a year is the month: the one that can be, where only one can. Full stops are
/// written where the day comes first.
fn month_and_day<'w>(first: &'w str, second: &'w str, separator: char) -> Option<(&'w str, &'w str)> {
    if separator == '.' || named(&MONTHS, second).is_some() {
        return Some((second, first));
    }
    if named(&MONTHS, first).is_some() {
        return Some((first, second));
    }
    match (number(first)?, number(second)?) {
        (a, b) if a == b => Some((first, second)),
        (a, 1..=12) if a > 12 => Some((second, first)),
        (1..=12, b) if b > 12 => Some((first, second)),
        _ => None,
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Sets a part once.
fn put<T>(part: &mut Option<T>, value: T) -> Option<()> {
    part.replace(value).is_none().then_some(())
}

fn number(digits: &str) -> Option<u32> {
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// The position of a name in the list, in full or by three letters or more.
fn named(names: &[&str], word: &str) -> Option<u32> {
    names.iter().position(|name| word.len() >= 3 && name.starts_with(word)).map(|at| at as u32)
}

/// `hh:mm`, `hh:mm:ss` or with a fraction, as `hh:mm:ss` with the fraction.
fn time(word: &str) -> Option<String> {
    let mut fields = word.split(':');
    let (hour, minute) = (number(fields.next()?)?, number(fields.next()?)?);
    let (second, fraction) = fields.next().map_or(("0", None), |second| match second.split_once(['.']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (second, None),
    });
    let second = number(second)?;
    if hour > 23 || minute > 59 || second > 60 || fields.next().is_some() {
        return None;
    }
    let fraction = match fraction {
        Some(digits) if !digits.is_empty() && number(digits.get(..digits.len().min(9))?).is_some() => {
            format!(".{digits}")
        }
        Some(_) => return None,
        None => String::new(),
    };
    Some(format!("{hour:02}:{minute:02}:{second:02}{fraction}"))
}

/// A time of the twelve-hour clock on the clock of 24.
fn twelve_hours(time: &str, afternoon: bool) -> Option<String> {
    let (hour, rest) = time.split_at_checked(2)?;
    let hour = number(hour).filter(|hour| (1..=12).contains(hour))? % 12;
    Some(format!("{:02}{rest}", hour + if afternoon { 12 } else { 0 }))
}

/// `+0200` or `+02:00` or `+02`, as `+02:00`.
fn numeric_zone(word: &str) -> Option<String> {
    let sign = word.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits = word[1..].replacen(':', "", 1);
    let (hour, minute) = match digits.len() {
        2 => (number(&digits)?, 0),
        4 => (number(&digits[..2])?, number(&digits[2..])?),
        _ => return None,
    };
    (hour <= 14 && minute <= 59).then(|| format!("{sign}{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn understands_the_usual_forms() {
        let rows = [
            ("2025-07-01", "2025-07-01"),
            ("2025-7-1", "2025-07-01"),
            (" 2025-07 ", "2025-07"),
            ("2025", "2025"),
            ("2025-07-01T09:30:00Z", "2025-07-01T09:30:00Z"),
            ("2025-07-01T09:30:00.123+02:00", "2025-07-01T09:30:00.123+02:00"),
            ("2025-07-01 09:30", "2025-07-01T09:30:00"),
            ("2025-07-01T09:30:00-0400", "2025-07-01T09:30:00-04:00"),
            ("2025-07-01 09:30:00 +0000 UTC", "2025-07-01T09:30:00Z"),
            ("20250701", "2025-07-01"),
            ("20250701093000", "2025-07-01T09:30:00"),
            ("2025/07/01", "2025-07-01"),
            ("Tue, 01 Jul 2025 09:30:00 GMT", "2025-07-01T09:30:00Z"),
            ("Tue, 1 Jul 2025 09:30:00 +0200", "2025-07-01T09:30:00+02:00"),
            ("July 1, 2025", "2025-07-01"),
            ("1 July 2025", "2025-07-01"),
            ("Sept. 3rd, 2022", "2022-09-03"),
            ("Jul 1, 2025 3:05 PM EDT", "2025-07-01T15:05:00-04:00"),
            ("July 1, 2025 at 12:05am", "2025-07-01T00:05:00"),
            ("1-Jul-2025", "2025-07-01"),
            ("31/12/2024", "2024-12-31"),
            ("12/31/2024", "2024-12-31"),
            ("01.07.2025", "2025-07-01"),
            ("1751362200", "2025-07-01T09:30:00Z"),
            ("1751362200000", "2025-07-01T09:30:00Z"),
            ("2024-02-29", "2024-02-29"),
        ];
        for (written, expected) in rows {
            assert_eq!(normalise_date(written).as_deref(), Some(expected), "{written:?}");
        }
    }

    #[test]
    fn leaves_out_what_it_cannot_tell() {
        let rows = [
            "",
            "yesterday",
            "07/04/2025",
            "2025-02-29",
            "2025-13-01",
            "2025-07-00",
            "31 June 2025",
            "July 2025 2024",
            "202507",
            "25:00",
            "2025-07-01T25:00",
            "1 July",
            "12",
            "7/1/25",
            "2025-07-01T",
            "९ July 2025",
            "1::2",
        ];
        for written in rows {
            assert_eq!(normalise_date(written), None, "{written:?}");
        }
    }

    proptest! {
        /// Whatever the text, there is no panic, and what is normal stays as it is.
        #[test]
        fn is_idempotent(written in "\\PC{0,30}|[0-9]{1,4}[-/. ][0-9A-Za-z]{1,5}[-/., ][0-9]{1,4}([T ][0-9:.+zZpm -]{1,14})?") {
            if let Some(date) = normalise_date(&written) {
                prop_assert_eq!(normalise_date(&date), Some(date.clone()));
            }
        }

        /// Days since 1970 agree with counting.
        #[test]
        fn counts_days(days in 0u64..40_000) {
            let (mut year, mut left) = (1970, days as u32);
            let length = |year| (1..=12).map(|m| days_in(year, m)).sum::<u32>();
            while left >= length(year) {
                left -= length(year);
                year += 1;
            }
            let mut month = 1;
            while left >= days_in(year, month) {
                left -= days_in(year, month);
                month += 1;
            }
            let day = day_since_1970(days);
            prop_assert_eq!((day.year, day.month, day.day), (year, month, left + 1));
        }
    }
}
