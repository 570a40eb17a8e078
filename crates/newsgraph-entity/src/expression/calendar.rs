//! Days of the proleptic Gregorian calendar.

use std::fmt;

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i32,
    month: u8,
    day: u8,
}

/// Days from the first to the last, both included; often a single one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayInterval {
    /// The first day.
    pub first: Day,
    /// The last day, not before the first.
    pub last: Day,
}

impl Day {
    /// The day with these numbers, month and day from 1; `None` where the calendar has no such day or the year is not
    /// of four digits.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let fits = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=length(year, month)).contains(&day);
        fits.then_some(Self { year, month: month as u8, day: day as u8 })
    }

    /// The day at the beginning of an ISO 8601 date or time ("2025-07-01T09:30:00Z").
    pub fn parse(text: &str) -> Option<Self> {
        let number = |range: std::ops::Range<usize>| {
            text.get(range)
                .filter(|t| t.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|t| t.parse::<u32>().ok())
        };
        let dashes = text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        let ends = text.as_bytes().get(10).is_none_or(|b| !b.is_ascii_alphanumeric() || *b == b'T');
        (dashes && ends).then(|| Self::new(number(0..4)? as i32, number(5..7)?, number(8..10)?)).flatten()
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> u32 {
        u32::from(self.month)
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u32 {
        u32::from(self.day)
    }

    /// Days since 1 January 1970 (algorithm `days_from_civil` of Howard Hinnant's "chrono-Compatible Low-Level Date
    /// Algorithms").
    fn number(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The inverse of [`Day::number`]; `None` outside the years 1 to 9999.
    fn from_number(number: i64) -> Option<Self> {
        let shifted = number + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(i32::try_from(year).ok()?, month as u32, day as u32)
    }

    /// The day so many days later, or earlier where negative.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_number(self.number().checked_add(days)?)
    }

    /// The same day of another month, or that month's last day.
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let month = (i64::from(self.year) * 12 + i64::from(self.month) - 1).checked_add(months)?;
        let year = i32::try_from(month.div_euclid(12)).ok()?;
        let month = month.rem_euclid(12) as u32 + 1;
        Self::new(year, month, u32::from(self.day).min(length(year, month)))
    }

    /// Days from `self` to `other`.
    pub fn days_to(self, other: Self) -> i64 {
        other.number() - self.number()
    }

    /// The day of the week, from 0 for Monday.
    pub fn weekday(self) -> u32 {
        (self.number() + 3).rem_euclid(7) as u32
    }
}

/// Days of a month.
fn length(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl DayInterval {
    /// One day.
    pub fn day(day: Day) -> Self {
        Self { first: day, last: day }
    }

    /// A whole month.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Self::months(year, month, 1)
    }

    /// Several whole months from one on.
    pub fn months(year: i32, month: u32, count: i64) -> Option<Self> {
        let first = Day::new(year, month, 1)?;
        Some(Self { first, last: first.plus_months(count)?.plus_days(-1)? })
    }

    /// Whole years, both included.
    pub fn years(first: i32, last: i32) -> Option<Self> {
        Some(Self { first: Day::new(first, 1, 1)?, last: Day::new(last, 12, 31)? })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// ISO 8601: a date, or two with a slash between.
impl fmt::Display for DayInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}/{}", self.first, self.last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_has_its_number_and_back() {
        let mut day = Day::new(1799, 12, 31).unwrap();
        for _ in 0..146_100 {
            let next = day.plus_days(1).unwrap();
            assert_eq!(day.days_to(next), 1);
            assert_eq!(next.weekday(), (day.weekday() + 1) % 7);
            assert!(next > day && Day::parse(&next.to_string()) == Some(next));
            day = next;
        }
    }

    #[test]
    fn days_are_read_and_months_added() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(day("1970-01-01").weekday(), 3);
        assert_eq!(day("2025-07-01T10:00:00Z").weekday(), 1);
        assert_eq!(day("2024-01-31").plus_months(1), Some(day("2024-02-29")));
        assert_eq!(day("2024-01-31").plus_months(-11), Some(day("2023-02-28")));
        for wrong in
            ["", "2025", "2025-7-1", "2025-02-29", "2025-13-01", "2025-07-011", "éé25-07-01", "+025-07-01"]
        {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
        assert_eq!(day("9999-12-31").plus_days(1), None);
        assert_eq!(DayInterval::month(2024, 2).unwrap().to_string(), "2024-02-01/2024-02-29");
    }
}
