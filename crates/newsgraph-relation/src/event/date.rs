//! When: the day, month or year that a phrase of time names, as ISO 8601.
//!
//! Days of the week are counted from the day of publication, backwards, since news tells what was; for acts to come
//! forwards. The
//! calendar arithmetic counts days since 1 March of year 0, which puts the leap day at the end of each year.

use newsgraph_text::TokenRange;

use super::reading::Reading;
use crate::noun_phrase;

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

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Day {
    year: i64,
    month: i64,
    day: i64,
}

impl Day {
    fn parse(iso: &str) -> Option<Self> {
        let mut parts = iso.get(..10)?.split('-').map(str::parse::<i64>);
        let day = Self { year: parts.next()?.ok()?, month: parts.next()?.ok()?, day: parts.next()?.ok()? };
        ((1..=12).contains(&day.month) && (1..=31).contains(&day.day)).then_some(day)
    }

    /// Days since 1 March of year 0.
    fn number(self) -> i64 {
        let year = if self.month > 2 { self.year } else { self.year - 1 };
        let month = (self.month + 9) % 12;
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + self.day
            - 1
    }

    fn from_number(number: i64) -> Self {
        let era = number.div_euclid(146_097);
        let of_era = number.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        Self { year: year_of_era + 400 * era + i64::from(month <= 2), month, day }
    }

    /// 0 for Monday.
    fn weekday(self) -> i64 {
        (self.number() + 2).rem_euclid(7)
    }

    fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The date that the phrase headed by `head` names, if it names one.
pub(super) fn of_phrase(reading: &Reading<'_>, head: u32, ahead: bool) -> Option<String> {
    let phrase = noun_phrase(reading.syntax(), head);
    let words = TokenRange::new(phrase.start, phrase.end.min(phrase.start + 10));
    let forms = words.iter().map(|t| reading.input.segmentation.form(reading.input.text, t).to_lowercase());
    of_words(forms, reading.input.published.and_then(Day::parse), ahead)
}

fn of_words(words: impl Iterator<Item = String>, published: Option<Day>, ahead: bool) -> Option<String> {
    let (mut month, mut day, mut year) = (None, None, None);
    let mut relative = None;
    let mut before = String::new();
    for word in words {
        let abbreviated = word.trim_end_matches('.');
        if let Ok(number) = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse::<i64>() {
            match number {
                1..=31 if day.is_none() => day = Some(number),
                1500..=2100 => year = Some(number),
                _ => return None,
            }
        } else if let Some(i) =
            MONTHS.iter().position(|m| *m == word || (abbreviated.len() == 3 && m.starts_with(abbreviated)))
        {
            month = Some(i as i64 + 1);
        } else if let Some(i) = WEEKDAYS.iter().position(|d| *d == word) {
            relative = published.map(|p| {
                let back = (p.weekday() - i as i64).rem_euclid(7);
                let forward = (i as i64 - p.weekday()).rem_euclid(7);
                let shift = match before.as_str() {
                    "next" => {
                        if forward == 0 {
                            7
                        } else {
                            forward
                        }
                    }
                    "last" if back == 0 => -7,
                    _ if ahead => forward,
                    _ => -back,
                };
                Day::from_number(p.number() + shift).iso()
            });
        } else if let Some(shift) = day_shift(&word) {
            relative = published.map(|p| Day::from_number(p.number() + shift).iso());
        } else if word == "year" && matches!(before.as_str(), "last" | "this" | "next") {
            let shift = match before.as_str() {
                "last" => -1,
                "next" => 1,
                _ => 0,
            };
            relative = published.map(|p| format!("{:04}", p.year + shift));
        }
        before = word;
    }
    absolute(year, month, day, published).or(relative)
}

fn day_shift(word: &str) -> Option<i64> {
    match word {
        "today" | "tonight" => Some(0),
        "yesterday" => Some(-1),
        "tomorrow" => Some(1),
        _ => None,
    }
}

/// A month or day without year is the last one before publication.
fn absolute(
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    published: Option<Day>,
) -> Option<String> {
    let Some(month) = month else { return year.map(|y| format!("{y:04}")) };
    let year = year.or_else(|| {
        published.map(|p| {
            let later = (month, day.unwrap_or(1)) > (p.month, p.day);
            if later { p.year - 1 } else { p.year }
        })
    })?;
    Some(match day {
        Some(day) => Day { year, month, day }.iso(),
        None => format!("{year:04}-{month:02}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_of_time_become_iso_dates() {
        // Published on a Wednesday.
        let published = Day::parse("2025-07-02T08:00:00Z");
        let cases = [
            ("Tuesday", Some("2025-07-01")),
            ("Wednesday", Some("2025-07-02")),
            ("last Wednesday", Some("2025-06-25")),
            ("next Monday", Some("2025-07-07")),
            ("yesterday", Some("2025-07-01")),
            ("24 February 2022", Some("2022-02-24")),
            ("September 14 , 2015", Some("2015-09-14")),
            ("February 2022", Some("2022-02")),
            ("December", Some("2024-12")),
            ("July 1st", Some("2025-07-01")),
            ("2014", Some("2014")),
            ("last year", Some("2024")),
            ("the morning", None),
            ("two hours", None),
        ];
        for (phrase, expected) in cases {
            let words = phrase.split(' ').map(str::to_lowercase);
            assert_eq!(of_words(words, published, false).as_deref(), expected, "{phrase}");
        }
    }

    #[test]
    fn days_without_publication_stay_open() {
        assert_eq!(of_words(["tuesday".to_owned()].into_iter(), None, false), None);
        assert_eq!(
            of_words(["may".to_owned(), "2021".to_owned()].into_iter(), None, false).as_deref(),
            Some("2021-05")
        );
    }

    #[test]
    fn weekdays_of_plans_lie_ahead() {
        let published = Day::parse("2025-07-02");
        let monday = || ["monday".to_owned()].into_iter();
        assert_eq!(of_words(monday(), published, true).as_deref(), Some("2025-07-07"));
        assert_eq!(of_words(monday(), published, false).as_deref(), Some("2025-06-30"));
    }

    #[test]
    fn numbers_and_days_lead_back_to_each_other() {
        for number in (700_000..760_000).step_by(17) {
            assert_eq!(Day::from_number(number).number(), number);
        }
        assert_eq!(
            Day { year: 2000, month: 2, day: 29 }.number() + 1,
            Day { year: 2000, month: 3, day: 1 }.number()
        );
    }
}
