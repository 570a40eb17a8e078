//! Dates that are told from the day of publication.

use super::calendar::{Day, DayInterval};
use super::date::season_of;
use super::lexeme::{Lexeme, Period, Word};
use super::{Clause, Found};

impl Clause<'_> {
    /// "Tuesday", "yesterday", "last month", "three years ago", "the past two weeks", "earlier this year".
    pub(super) fn relative_date(&self, at: usize) -> Option<Found> {
        match self.at(at) {
            Lexeme::Word(Word::Today) => self.shifted_day(at, 0),
            Lexeme::Word(Word::Yesterday) => self.shifted_day(at, -1),
            Lexeme::Word(Word::Tomorrow) => self.shifted_day(at, 1),
            Lexeme::Weekday(day) => Found::date(at + 1, self.weekday(day, None, at)),
            Lexeme::Word(Word::Last | Word::Past | Word::Previous) => self.beside(at, -1),
            Lexeme::Word(Word::This) => self.beside(at, 0),
            Lexeme::Word(Word::Next | Word::Following) => self.beside(at, 1),
            Lexeme::Word(Word::Same | Word::Recent) => match self.at(at + 1) {
                Lexeme::Period { period, plural }
                    if plural == self.is(at, Word::Recent) && !period.is_short() =>
                {
                    Found::date(at + 2, None)
                }
                _ => None,
            },
            Lexeme::Word(Word::Earlier | Word::Later) => self.part_of_this(at),
            Lexeme::Word(Word::Early | Word::Late) => {
                let rest = self.relative_date(at + 1)?;
                matches!(self.at(at + 1), Lexeme::Word(Word::Last | Word::This | Word::Next)).then_some(rest)
            }
            _ => self.ago(at),
        }
    }

    fn shifted_day(&self, at: usize, days: i64) -> Option<Found> {
        Found::date(at + 1, self.published.and_then(|d| d.plus_days(days)).map(DayInterval::day))
    }

    /// The day of the week nearest to the publication: last, this or next where it is said, else the past one
    /// unless the sentence looks ahead.
    fn weekday(&self, day: u32, said: Option<i64>, at: usize) -> Option<DayInterval> {
        let published = self.published?;
        let back = (i64::from(published.weekday()) - i64::from(day)).rem_euclid(7);
        let shift = match said {
            Some(-1) => {
                if back == 0 {
                    -7
                } else {
                    -back
                }
            }
            Some(1) => 7 - back,
            _ if back == 0 => 0,
            _ if said.is_some() || self.looks_ahead(at) => 7 - back,
            _ => -back,
        };
        published.plus_days(shift).map(DayInterval::day)
    }

    /// "last Tuesday", "next month", "this summer", "the past three days".
    fn beside(&self, at: usize, shift: i64) -> Option<Found> {
        let past = self.is(at, Word::Past);
        match self.at(at + 1) {
            Lexeme::Weekday(day) if !past => Found::date(at + 2, self.weekday(day, Some(shift), at)),
            Lexeme::Month { .. } if !past => {
                let month = self.absolute_date(at + 1)?;
                Found::date(month.end, month.days)
            }
            Lexeme::Period { period, plural: false } if !period.is_short() => {
                // "The previous year" is told from a day that the text has named before.
                let anchored = !matches!(self.at(at), Lexeme::Word(Word::Previous | Word::Following));
                let published = self.published.filter(|_| anchored);
                let days = published
                    .and_then(|p| if past { span_back(p, period, 1.0) } else { beside(p, period, shift) });
                Found::date(at + 2, days)
            }
            Lexeme::Word(Word::Few | Word::Several) => {
                let found = self.duration(at + 1)?;
                Some(Found { days: None, ..found })
            }
            _ => {
                let found = self.duration(at + 1)?;
                let Lexeme::Period { period, .. } = self.at(found.end - 1) else { return None };
                let days = self.published.zip(found.value).and_then(|(p, n)| match shift {
                    -1 => span_back(p, period, n),
                    1 => span_ahead(p, period, n),
                    _ => None,
                });
                Some(Found { days, ..found })
            }
        }
    }

    /// "earlier this month", "later this year".
    fn part_of_this(&self, at: usize) -> Option<Found> {
        let whole = match self.at(at + 1) {
            Lexeme::Word(Word::This | Word::Next | Word::Last) => self.relative_date(at + 1)?,
            Lexeme::Word(Word::Today) => self.shifted_day(at + 1, 0)?,
            _ => return None,
        };
        let days = whole.days.zip(self.published).map(|(days, published)| {
            if published < days.first || published > days.last {
                days
            } else if self.is(at, Word::Earlier) {
                DayInterval { last: published, ..days }
            } else {
                DayInterval { first: published, ..days }
            }
        });
        Found::date(whole.end, days)
    }

    /// "three years ago", "a week earlier", "several months ago".
    fn ago(&self, at: usize) -> Option<Found> {
        let (end, period, count) = match (self.at(at), self.at(at + 1)) {
            (Lexeme::Word(Word::A), Lexeme::Period { period, plural: false }) => (at + 2, period, Some(1.0)),
            _ => {
                let found = self.duration(at)?;
                let Lexeme::Period { period, .. } = self.at(found.end - 1) else { return None };
                (found.end, period, found.value)
            }
        };
        let from_publication = match self.at(end) {
            Lexeme::Word(Word::Ago) => true,
            Lexeme::Word(Word::Earlier | Word::Later) => false,
            _ => return None,
        };
        if period.is_short() {
            return Found::time(end + 1, None);
        }
        let days =
            self.published.zip(count).filter(|_| from_publication).and_then(|(p, n)| before(p, period, n));
        Found::date(end + 1, days)
    }
}

fn whole(count: f64) -> Option<i64> {
    (count.fract() == 0.0 && (0.0..1e5).contains(&count)).then_some(count as i64)
}

/// The day, month or year so long before a day, as exact as the unit.
fn before(day: Day, period: Period, count: f64) -> Option<DayInterval> {
    let n = whole(count)?;
    match period {
        Period::Day => day.plus_days(-n).map(DayInterval::day),
        Period::Week => day.plus_days(-7 * n).map(DayInterval::day),
        Period::Fortnight => day.plus_days(-14 * n).map(DayInterval::day),
        Period::Month => day.plus_months(-n).and_then(|d| DayInterval::month(d.year(), d.month())),
        Period::Year => years_back(day, n),
        Period::Decade => years_back(day, 10 * n),
        Period::Century => years_back(day, 100 * n),
        _ => None,
    }
}

fn years_back(day: Day, years: i64) -> Option<DayInterval> {
    let year = day.plus_months(-12 * years)?.year();
    DayInterval::years(year, year)
}

/// The days of so many periods that end with a day.
fn span_back(day: Day, period: Period, count: f64) -> Option<DayInterval> {
    let n = whole(count)?;
    Some(DayInterval { first: moved(day, period, -n)?, last: day })
}

/// The days of so many periods that begin with a day.
fn span_ahead(day: Day, period: Period, count: f64) -> Option<DayInterval> {
    let n = whole(count)?;
    Some(DayInterval { first: day, last: moved(day, period, n)? })
}

fn moved(day: Day, period: Period, n: i64) -> Option<Day> {
    match period {
        Period::Day => day.plus_days(n),
        Period::Week | Period::Weekend => day.plus_days(7 * n),
        Period::Fortnight => day.plus_days(14 * n),
        Period::Month => day.plus_months(n),
        Period::Quarter => day.plus_months(3 * n),
        Period::Year => day.plus_months(12 * n),
        Period::Decade => day.plus_months(120 * n),
        Period::Century => day.plus_months(1200 * n),
        _ => None,
    }
}

/// The period of the calendar that a day is in, or the one before or after it.
fn beside(day: Day, period: Period, shift: i64) -> Option<DayInterval> {
    let monday = day.plus_days(7 * shift - i64::from(day.weekday()))?;
    match period {
        Period::Day => day.plus_days(shift).map(DayInterval::day),
        Period::Week => Some(DayInterval { first: monday, last: monday.plus_days(6)? }),
        Period::Weekend => Some(DayInterval { first: monday.plus_days(5)?, last: monday.plus_days(6)? }),
        Period::Month => day.plus_months(shift).and_then(|d| DayInterval::month(d.year(), d.month())),
        Period::Quarter => {
            let there = day.plus_months(3 * shift)?;
            DayInterval::months(there.year(), (there.month() - 1) / 3 * 3 + 1, 3)
        }
        Period::Year => {
            let year = day.year() + shift as i32;
            DayInterval::years(year, year)
        }
        Period::Decade => {
            let first = day.year() - day.year().rem_euclid(10) + 10 * shift as i32;
            DayInterval::years(first, first + 9)
        }
        Period::Century => {
            let first = day.year() - (day.year() - 1).rem_euclid(100) + 100 * shift as i32;
            DayInterval::years(first, first + 99)
        }
        Period::Season(season) => season_beside(day, season, shift),
        _ => None,
    }
}

/// The season of this year; the last one that is over; the next one that has not begun.
fn season_beside(day: Day, season: u32, shift: i64) -> Option<DayInterval> {
    let years = (day.year() - 2)..=(day.year() + 2);
    let mut seasons = years.filter_map(|year| season_of(year, season));
    match shift {
        -1 => seasons.rfind(|s| s.last < day),
        1 => seasons.find(|s| s.first > day),
        _ => seasons.find(|s| s.last >= day),
    }
}
