//! Just enough of ISO 8601 to compare days.

/// A day, counted from 1970-01-01.
pub(crate) type Day = i32;

/// When an act happened, as far as its document tells. Ordered so that equal values lie together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum When {
    /// On this day, says the text.
    Day(Day),
    /// Between these two days, says the text: a month, a year, an interval.
    Span(Day, Day),
    /// The text does not say; published on this day.
    Published(Day),
    /// Nothing is known.
    Unknown,
}

impl When {
    /// What an event's own `date` says, else the day of publication.
    pub(crate) fn new(date: Option<&str>, published: Option<&str>) -> Self {
        match date.and_then(period) {
            Some((first, last)) if first == last => Self::Day(first),
            Some((first, last)) => Self::Span(first, last),
            None => published.and_then(period).map_or(Self::Unknown, |(first, last)| {
                if first == last { Self::Published(first) } else { Self::Unknown }
            }),
        }
    }
}

/// The day of a date that names one.
pub(crate) fn day(text: &str) -> Option<Day> {
    period(text).filter(|(first, last)| first == last).map(|(first, _)| first)
}

/// First and last day of `2025-07-01`, `2025-07-01T12:00:00Z`, `2025-07`, `2025` or an interval `A/B` of these.
pub(crate) fn period(text: &str) -> Option<(Day, Day)> {
    let text = text.trim();
    if let Some((from, to)) = text.split_once('/') {
        let (first, _) = single(from)?;
        let (_, last) = single(to)?;
        return (first <= last).then_some((first, last));
    }
    single(text)
}

fn single(text: &str) -> Option<(Day, Day)> {
    let year = number(text, 0, 4)?;
    if text.len() == 4 {
        return Some((day_number(year, 1, 1), day_number(year, 12, 31)));
    }
    let month = separated(text, 4)?;
    if !(1..=12).contains(&month) {
        return None;
    }
    let length = month_length(year, month);
    if text.len() == 7 {
        return Some((day_number(year, month, 1), day_number(year, month, length)));
    }
    let day = separated(text, 7)?;
    let ends = text.as_bytes().get(10).is_none_or(|&b| b == b'T' || b == b' ');
    (ends && (1..=length).contains(&day)).then(|| {
        let day = day_number(year, month, day);
        (day, day)
    })
}

/// Two digits after a hyphen at byte `at`.
fn separated(text: &str, at: usize) -> Option<i32> {
    (*text.as_bytes().get(at)? == b'-').then_some(())?;
    number(text, at + 1, at + 3)
}

fn number(text: &str, from: usize, to: usize) -> Option<i32> {
    let digits = text.as_bytes().get(from..to)?;
    digits.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i32::from(b - b'0')))
}

fn month_length(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar: years begin in March, so that the leap day is
/// the last of its year; 400 years have 146,097 days.
fn day_number(year: i32, month: i32, day: i32) -> Day {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The day as `2025-07-01`: the inverse of [`period`] for single days.
pub(crate) fn iso(day: Day) -> String {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = era * 400 + year_of_era + i32::from(month <= 2);
    format!("{year:04}-{month:02}-{date:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_records_write() {
        let day = |text| period(text).map(|(a, b)| (iso(a), iso(b)));
        let rows = [
            ("2025-07-01", Some(("2025-07-01", "2025-07-01"))),
            ("2025-07-01T23:59:00+02:00", Some(("2025-07-01", "2025-07-01"))),
            ("2024-02", Some(("2024-02-01", "2024-02-29"))),
            ("2022", Some(("2022-01-01", "2022-12-31"))),
            ("2022-02-24/2025-07", Some(("2022-02-24", "2025-07-31"))),
            ("1969-12-31", Some(("1969-12-31", "1969-12-31"))),
            ("2025-13-01", None),
            ("2025-02-29", None),
            ("2025-07-01/2025-06-01", None),
            ("Tuesday", None),
            ("2025-07-0é", None),
            ("20250701", None),
            ("", None),
        ];
        for (text, expected) in rows {
            let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
            assert_eq!(day(text), expected, "{text:?}");
        }
        assert_eq!(period("1970-01-01"), Some((0, 0)));
    }

    #[test]
    fn days_and_dates_are_inverse() {
        for day in (-700_000..700_000).step_by(97) {
            assert_eq!(period(&iso(day)), Some((day, day)));
        }
    }
}
