//! Which reports of the same act by the same participants tell the same occasion of it.

use crate::date::{Day, When, iso};

/// Reports without a date of their own belong together when their days of publication follow each other within
/// this many days, and to a dated occasion that lies at most so far back.
pub(crate) const WINDOW: Day = 7;

/// One occasion of an act, in a form that is part of its event's key and so of its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Occasion {
    /// That day.
    Day(Day),
    /// Within these days.
    Span(Day, Day),
    /// Undated reports of which the first was published in this week: days since 1970-01-01 divided by seven.
    Week(Day),
    /// Undated reports in documents without date of publication.
    Undated,
}

impl Occasion {
    /// The date or interval, as ISO 8601, where the texts say one.
    pub(crate) fn date(self) -> Option<String> {
        match self {
            Self::Day(day) => Some(iso(day)),
            Self::Span(first, last) => Some(format!("{}/{}", iso(first), iso(last))),
            Self::Week(_) | Self::Undated => None,
        }
    }

    /// The last part of the event's key.
    pub(crate) fn key(self) -> String {
        match self {
            Self::Day(day) => format!("day {day}"),
            Self::Span(first, last) => format!("span {first} {last}"),
            Self::Week(week) => format!("week {week}"),
            Self::Undated => "undated".to_owned(),
        }
    }
}

/// The occasion of each of the times at which one act was reported. `times` is sorted and without duplicates.
///
/// - A day named in the text is an occasion.
/// - A longer period is the one such day that lies in it, if exactly one does, else an occasion of its own.
/// - A report without date belongs to the latest named day from [`WINDOW`] days before its publication to the day
///   after (time zones). The other undated reports chain: a pause of more than [`WINDOW`] days of publication
///   begins a new occasion. Two of these never begin in the same week of the calendar, which names them.
/// - A report of which nothing is known belongs to the only occasion, if there is exactly one.
pub(crate) fn occasions(times: &[When]) -> Vec<Occasion> {
    let days: Vec<Day> =
        times.iter().filter_map(|t| if let When::Day(day) = t { Some(*day) } else { None }).collect();
    let mut chain: Option<(Day, Day)> = None;
    let mut found: Vec<Occasion> = Vec::with_capacity(times.len());
    for &time in times {
        let occasion = match time {
            When::Day(day) => Occasion::Day(day),
            When::Span(first, last) => match days_within(&days, first, last) {
                [day] => Occasion::Day(*day),
                _ => Occasion::Span(first, last),
            },
            When::Published(day) => match days_within(&days, day - WINDOW, day + 1) {
                [.., dated] => Occasion::Day(*dated),
                [] => {
                    let first = match chain {
                        Some((first, last)) if day - last <= WINDOW => first,
                        _ => day,
                    };
                    chain = Some((first, day));
                    Occasion::Week(first.div_euclid(7))
                }
            },
            When::Unknown => match found.first() {
                Some(&only) if found.iter().all(|&o| o == only) => only,
                _ => Occasion::Undated,
            },
        };
        found.push(occasion);
    }
    found
}

/// The days of a sorted list from `first` to `last`, both included.
fn days_within(days: &[Day], first: Day, last: Day) -> &[Day] {
    let from = days.partition_point(|&day| day < first);
    let to = days.partition_point(|&day| day <= last);
    &days[from..to.max(from)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use When::{Day as On, Published, Span, Unknown};
    use proptest::prelude::*;

    #[test]
    fn reports_meet_on_occasions() {
        let day = Occasion::Day;
        let rows: &[(&str, &[When], &[Occasion])] = &[
            ("the same act on two days is two events", &[On(100), On(101)], &[day(100), day(101)]),
            (
                "undated reports join the day before",
                &[On(100), Published(100), Published(107)],
                &[day(100); 3],
            ),
            ("time zones: published the day before", &[On(100), Published(99)], &[day(100); 2]),
            ("too late", &[On(100), Published(108)], &[day(100), Occasion::Week(15)]),
            ("too early", &[On(100), Published(98)], &[day(100), Occasion::Week(14)]),
            ("the latest of two days", &[On(100), On(103), Published(104)], &[day(100), day(103), day(103)]),
            (
                "undated reports chain",
                &[Published(70), Published(77), Published(84)],
                &[Occasion::Week(10); 3],
            ),
            (
                "a pause of eight days parts",
                &[Published(70), Published(78)],
                &[Occasion::Week(10), Occasion::Week(11)],
            ),
            ("a month with one known day is that day", &[On(100), Span(90, 120)], &[day(100); 2]),
            (
                "a month with two known days stays itself",
                &[On(100), On(110), Span(90, 120)],
                &[day(100), day(110), Occasion::Span(90, 120)],
            ),
            ("nothing known joins the only occasion", &[On(100), Unknown], &[day(100); 2]),
            (
                "nothing known, two to choose from",
                &[On(1), On(2), Unknown],
                &[day(1), day(2), Occasion::Undated],
            ),
            ("nothing known at all", &[Unknown], &[Occasion::Undated]),
        ];
        for (name, times, expected) in rows {
            assert_eq!(&occasions(times), expected, "{name}");
        }
    }

    proptest! {
        /// Two chains never share the week that names them: the second would lose its reports to the first.
        #[test]
        fn a_week_names_one_chain(mut days in proptest::collection::btree_set(0..400_i32, 0..40)) {
            let times: Vec<When> = std::mem::take(&mut days).into_iter().map(Published).collect();
            let found = occasions(&times);
            for i in 1..times.len() {
                let (Published(before), Published(after)) = (times[i - 1], times[i]) else { continue };
                prop_assert_eq!(found[i] == found[i - 1], after - before <= WINDOW);
            }
        }

        /// A named day keeps its event, and so its id, whatever else is reported.
        #[test]
        fn named_days_keep_their_occasion(mut times in proptest::collection::vec(0..60_i32, 0..20), day in 0..60_i32) {
            times.sort_unstable();
            times.dedup();
            let mut all: Vec<When> = times.into_iter().map(Published).chain([On(day), Unknown]).collect();
            all.sort_unstable();
            prop_assert_eq!(occasions(&all)[0], Occasion::Day(day));
        }
    }
}
