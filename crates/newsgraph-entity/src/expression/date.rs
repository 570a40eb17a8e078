//! Dates that name a day, a month, a year; times of day.

use super::calendar::{Day, DayInterval};
use super::lexeme::{Lexeme, Period, Word};
use super::{Clause, Found};

/// Days after which a month or day without a year is rather the coming one than the past one.
const LONG_PAST: i64 = 275;

impl Clause<'_> {
    /// "1 July 2025", "September 2022", "2024-05-17", "early 2019", "the 1990s", "the first quarter of 2024".
    pub(super) fn absolute_date(&self, at: usize) -> Option<Found> {
        if matches!(self.at(at), Lexeme::Word(Word::Early | Word::Late | Word::Mid)) {
            let part = self.skip(at + 1, Word::Hyphen);
            return self.dated(part);
        }
        self.dated(at)
    }

    fn dated(&self, at: usize) -> Option<Found> {
        match self.at(at) {
            Lexeme::Month { number, sure } => self.month_first(at, number, sure),
            Lexeme::Digits { value, whole: true, .. } | Lexeme::Ordinal(value)
                if (1.0..32.0).contains(&value) =>
            {
                self.day_first(at, value as u32).or_else(|| self.quarter(at, value as u32))
            }
            Lexeme::Digits { value, year: true, .. } => self.year_first(at, value as i32),
            Lexeme::DecadeYears(first) => Found::date(at + 1, DayInterval::years(first, first + 9)),
            Lexeme::Period { period: Period::Season(season), .. } => {
                let (end, year) = self.year_after(at + 1)?;
                Found::date(end, season_of(year, season))
            }
            Lexeme::Weekday(_) => {
                let date = self.skip(at + 1, Word::Comma);
                let found = self
                    .dated(date)
                    .filter(|_| matches!(self.at(date), Lexeme::Month { .. } | Lexeme::Digits { .. }))?;
                let day = found.days.filter(|d| d.first == d.last);
                (day.is_some() || matches!(self.at(date), Lexeme::Month { .. })).then_some(found)
            }
            _ => None,
        }
    }

    /// "July 1, 2025", "July 2025", "July last year", "July".
    fn month_first(&self, at: usize, month: u32, sure: bool) -> Option<Found> {
        let day = match self.at(at + 1) {
            Lexeme::Digits { value, whole: true, year: false } | Lexeme::Ordinal(value)
                if (1.0..32.0).contains(&value) =>
            {
                Some(value as u32)
            }
            _ => None,
        };
        if let Some(day) = day {
            let (end, last) = self.last_day(at + 2, day);
            let (end, year) = self.year_after(end).map_or((end, None), |(end, year)| (end, Some(year)));
            return Found::date(end, self.days_of(year, month, day, last, at));
        }
        if let Some((end, year)) = self.year_after(at + 1) {
            return Found::date(end, DayInterval::month(year, month));
        }
        let introduced = matches!(
            self.before(at),
            Lexeme::Word(
                Word::Dating
                    | Word::Of
                    | Word::Early
                    | Word::Late
                    | Word::Mid
                    | Word::Last
                    | Word::This
                    | Word::Next
            )
        );
        if !sure && !introduced {
            return None;
        }
        let year = self.nearest_year(month, 1, at);
        Found::date(at + 1, year.and_then(|y| DayInterval::month(y, month)))
    }

    /// The last day of a range: "July 1-3".
    fn last_day(&self, at: usize, first: u32) -> (usize, u32) {
        if self.is(at, Word::Hyphen)
            && let Lexeme::Digits { value, whole: true, year: false } = self.at(at + 1)
            && value > f64::from(first)
            && value < 32.0
        {
            return (at + 2, value as u32);
        }
        (at, first)
    }

    /// "1 July", "1st of July 2025".
    fn day_first(&self, at: usize, day: u32) -> Option<Found> {
        let (after, last) = self.last_day(at + 1, day);
        let month_at = self.skip(after, Word::Of);
        let Lexeme::Month { number: month, .. } = self.at(month_at) else { return None };
        let end = month_at + 1;
        let (end, year) = self.year_after(end).map_or((end, None), |(end, year)| (end, Some(year)));
        Found::date(end, self.days_of(year, month, day, last, at))
    }

    /// "second quarter of 2024".
    fn quarter(&self, at: usize, number: u32) -> Option<Found> {
        let is_quarter = matches!(self.at(at + 1), Lexeme::Period { period: Period::Quarter, plural: false });
        if !is_quarter || !(1..=4).contains(&number) || !matches!(self.at(at), Lexeme::Ordinal(_)) {
            return None;
        }
        let (end, year) = match self.year_after(at + 2) {
            Some((end, year)) => (end, Some(year)),
            None => (at + 2, self.published.map(Day::year)),
        };
        Found::date(end, year.and_then(|y| DayInterval::months(y, number * 3 - 2, 3)))
    }

    /// A year, two years, or an ISO date in pieces.
    fn year_first(&self, at: usize, year: i32) -> Option<Found> {
        if let Some(found) = self.iso_date(at, year) {
            return Some(found);
        }
        if self.is(at + 1, Word::Hyphen) || self.is(at + 1, Word::To) {
            match self.at(at + 2) {
                Lexeme::Digits { value, year: true, .. } if (1000.0..2200.0).contains(&value) => {
                    return Found::date(at + 3, DayInterval::years(year, (value as i32).max(year)));
                }
                Lexeme::Digits { value, whole: true, year: false } if self.is(at + 1, Word::Hyphen) => {
                    let last = year - year % 100 + value as i32;
                    if last > year && last < year + 50 {
                        return Found::date(at + 3, DayInterval::years(year, last));
                    }
                }
                _ => {}
            }
        }
        let introduced = matches!(
            self.before(at),
            Lexeme::Word(Word::Dating | Word::Of | Word::Early | Word::Late | Word::Mid)
                | Lexeme::Period { .. }
        );
        let counts = match self.at(at + 1) {
            Lexeme::Other => self.form(at + 1).starts_with(char::is_lowercase),
            Lexeme::Word(
                Word::Hyphen | Word::Comma | Word::Dot | Word::And | Word::To | Word::Of | Word::Dating,
            ) => false,
            Lexeme::Word(_) => false,
            _ => true,
        };
        let plausible =
            if introduced { (1000..2100).contains(&year) } else { (1900..2050).contains(&year) && !counts };
        let money = matches!(self.before(at), Lexeme::Symbol);
        if !plausible || money { None } else { Found::date(at + 1, DayInterval::years(year, year)) }
    }

    /// "2025-07-01" as five tokens.
    fn iso_date(&self, at: usize, year: i32) -> Option<Found> {
        let number = |i: usize| match self.at(i) {
            Lexeme::Digits { value, whole: true, year: false } => Some(value as u32),
            _ => None,
        };
        let dashes = self.is(at + 1, Word::Hyphen) && self.is(at + 3, Word::Hyphen);
        let (month, day) = (number(at + 2)?, number(at + 4)?);
        let day = Day::new(year, month, day).filter(|_| dashes)?;
        Found::date(at + 5, Some(DayInterval::day(day)))
    }

    /// The year that follows a month or a season: "2025", ", 2025", "of 2025", "last year", "of this year".
    fn year_after(&self, at: usize) -> Option<(usize, i32)> {
        let next = if self.is(at, Word::Of) || self.is(at, Word::Comma) { at + 1 } else { at };
        if let Lexeme::Digits { value, year: true, .. } = self.at(next) {
            return (1000.0..2200.0).contains(&value).then_some((next + 1, value as i32));
        }
        let shift = match self.at(next) {
            Lexeme::Word(Word::Last) => -1,
            Lexeme::Word(Word::This) => 0,
            Lexeme::Word(Word::Next) => 1,
            _ => return None,
        };
        let of_year = matches!(self.at(next + 1), Lexeme::Period { period: Period::Year, plural: false });
        let year = self.published?.year() + shift;
        (of_year && !self.is(at, Word::Comma)).then_some((next + 2, year))
    }

    fn days_of(
        &self,
        year: Option<i32>,
        month: u32,
        first: u32,
        last: u32,
        at: usize,
    ) -> Option<DayInterval> {
        let year = year.or_else(|| self.nearest_year(month, first, at))?;
        Some(DayInterval { first: Day::new(year, month, first)?, last: Day::new(year, month, last)? })
    }

    /// The year that a date without one is in: the past one, unless the sentence looks ahead or it is long past.
    fn nearest_year(&self, month: u32, day: u32, at: usize) -> Option<i32> {
        let published = self.published?;
        let year = published.year();
        let here = Day::new(year, month, day).or_else(|| Day::new(year, month, 28))?;
        let days = here.days_to(published);
        let same_month = here.month() == published.month();
        match self.before(at) {
            Lexeme::Word(Word::Last) => return Some(if days > 0 && !same_month { year } else { year - 1 }),
            Lexeme::Word(Word::Next) => return Some(if days < 0 { year } else { year + 1 }),
            Lexeme::Word(Word::This) => return Some(year),
            _ => {}
        }
        let ahead = self.looks_ahead(at);
        Some(if same_month {
            year
        } else if days > 0 {
            if ahead || days > LONG_PAST { year + 1 } else { year }
        } else if ahead || days + 365 > LONG_PAST {
            year
        } else {
            year - 1
        })
    }

    /// "10:30 a.m.", "noon", "Tuesday night", "this morning", "0800 GMT".
    pub(super) fn time(&self, at: usize) -> Option<Found> {
        let zone = |end: usize| end + usize::from(matches!(self.at(end), Lexeme::Zone));
        match self.at(at) {
            Lexeme::Clock | Lexeme::Hour => {
                Found::time(zone(at + 1 + usize::from(matches!(self.at(at + 1), Lexeme::Meridiem))), None)
            }
            Lexeme::Word(Word::Noon) => Found::time(zone(at + 1), None),
            Lexeme::Word(Word::Tonight) => Found::time(at + 1, self.published.map(DayInterval::day)),
            Lexeme::Digits { value, .. } | Lexeme::Small(value) if value < 25.0 => match self.at(at + 1) {
                Lexeme::Meridiem => Found::time(zone(at + 2), None),
                Lexeme::Word(Word::OClock) => Found::time(zone(at + 2), None),
                Lexeme::Zone => Found::time(at + 2, None),
                _ => None,
            },
            Lexeme::Digits { value, year: true, .. }
                if value < 2400.0 && matches!(self.at(at + 1), Lexeme::Zone) =>
            {
                Found::time(at + 2, None)
            }
            Lexeme::Word(Word::This) if matches!(self.at(at + 1), Lexeme::DayPart) => {
                Found::time(at + 2, self.published.map(DayInterval::day))
            }
            Lexeme::Word(Word::Last) if matches!(self.at(at + 1), Lexeme::DayPart) => {
                Found::time(at + 2, self.published.and_then(|d| d.plus_days(-1)).map(DayInterval::day))
            }
            _ => {
                let day = self.relative_date(at)?;
                let part = matches!(self.at(day.end), Lexeme::DayPart);
                if part { Found::time(day.end + 1, day.days) } else { None }
            }
        }
    }
}

/// The days of a season of the northern half of the world; winter begins in December of the year.
pub(super) fn season_of(year: i32, season: u32) -> Option<DayInterval> {
    DayInterval::months(year, season * 3 + 3, 3)
}
