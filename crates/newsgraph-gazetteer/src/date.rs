//! Calendar dates that may be known only to the month or the year.

use std::fmt;

/// A date of the Gregorian calendar: a year, a month of a year, or a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate(u32);

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; what follows a day (a time of day) is not looked at.
    /// `None` for anything else and for months and days that do not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map_or(Some(0), |m| number(m, 2).filter(|m| (1..=12).contains(m)))?;
        let day = match parts.next() {
            None => 0,
            Some(rest) => {
                let day = number(rest.get(..2)?, 2).filter(|&d| (1..=days_in(year, month)).contains(&d))?;
                if rest.as_bytes().get(2).is_some_and(u8::is_ascii_digit) {
                    return None;
                }
                day
            }
        };
        (year > 0).then_some(Self(year * 10_000 + month * 100 + day))
    }

    /// Year, 1 to 9999.
    pub fn year(self) -> u32 {
        self.0 / 10_000
    }

    /// Month, 1 to 12, where known.
    pub fn month(self) -> Option<u32> {
        Some(self.0 / 100 % 100).filter(|&m| m > 0)
    }

    /// Day of the month, 1 to 31, where known.
    pub fn day(self) -> Option<u32> {
        Some(self.0 % 100).filter(|&d| d > 0)
    }

    /// Whether every day of this date is before every day of `other`.
    pub fn is_before(self, other: Self) -> bool {
        self.last_day() < other.first_day()
    }

    /// Whether its first day is before that of `other`.
    pub(crate) fn starts_before(self, other: Self) -> bool {
        self.first_day() < other.first_day()
    }

    /// Whether its last day is before that of `other`.
    pub(crate) fn ends_before(self, other: Self) -> bool {
        self.last_day() < other.last_day()
    }

    /// The number that tables store; 0 stands for no date.
    pub(crate) fn packed(date: Option<Self>) -> u32 {
        date.map_or(0, |d| d.0)
    }

    /// Back from [`PartialDate::packed`].
    pub(crate) fn unpacked(number: u32) -> Option<Self> {
        (number > 0).then_some(Self(number))
    }

    fn first_day(self) -> u32 {
        self.year() * 10_000 + self.month().unwrap_or(1) * 100 + self.day().unwrap_or(1)
    }

    fn last_day(self) -> u32 {
        self.year() * 10_000 + self.month().unwrap_or(12) * 100 + self.day().unwrap_or(31)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year())?;
        self.month().map_or(Ok(()), |m| write!(f, "-{m:02}"))?;
        self.day().map_or(Ok(()), |d| write!(f, "-{d:02}"))
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Whether `date` can lie in the interval `from..to`, both inclusive, where an absent end is open.
pub(crate) fn covers(from: Option<PartialDate>, to: Option<PartialDate>, date: PartialDate) -> bool {
    !from.is_some_and(|from| date.is_before(from)) && !to.is_some_and(|to| to.is_before(date))
}

fn number(digits: &str, length: usize) -> Option<u32> {
    (digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_of_three_precisions_and_refuses_the_rest() {
        for (text, expected) in [
            ("2017", Some("2017")),
            ("2017-05", Some("2017-05")),
            ("2017-05-14", Some("2017-05-14")),
            ("2017-05-14T10:00:00Z", Some("2017-05-14")),
            ("2024-02-29", Some("2024-02-29")),
            ("2023-02-29", None),
            ("2017-13", None),
            ("2017-00", None),
            ("2017-05-140", None),
            ("17-05-14", None),
            ("", None),
            ("0000", None),
            ("2017-05-é", None),
        ] {
            assert_eq!(PartialDate::parse(text).map(|d| d.to_string()).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn an_interval_covers_what_may_lie_in_it() {
        let date = |text| PartialDate::parse(text);
        for (from, to, at, expected) in [
            ("2012-05-07", "", "2025-07-01", true),
            ("2012-05-07", "", "2012-05-06", false),
            ("2012-05-07", "", "2012-05", true),
            ("2012", "2014", "2014-12-31", true),
            ("2012", "2014", "2015-01-01", false),
            ("", "2014-03", "2014-04-01", false),
            ("", "", "1900", true),
        ] {
            let at = date(at).expect("a date");
            assert_eq!(covers(date(from), date(to), at), expected, "{from}..{to} at {at}");
        }
    }
}
