use newsgraph_token::Segmenter;
use proptest::prelude::*;

use super::*;

/// A Thursday.
const PUBLISHED: Option<&str> = Some("2025-07-03T08:00:00Z");

/// The expressions of a text as "words TYPE days value", parts that are not there left out.
fn read(text: &str, published: Option<&str>) -> Vec<String> {
    let mut segmentation = Segmentation::default();
    Segmenter::new().segment(text, &mut segmentation);
    let mut out = Vec::new();
    ExpressionReader::new().read(text, &segmentation, published, &mut out);
    let line = |e: &Expression| {
        let words = segmentation.span(e.tokens).of(text);
        let days = e.days.map_or(String::new(), |d| format!(" {d}"));
        let value = e.value.map_or(String::new(), |v| format!(" {v}"));
        format!("{words} {}{days}{value}", e.kind)
    };
    out.iter().map(line).collect()
}

/// Checks (text, expressions).
fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(read(text, PUBLISHED), *expected, "{text}");
    }
}

#[test]
fn numbers_and_what_they_count() {
    check(&[
        ("About 35 people and 1,200 sheep were moved.", &["35 CARDINAL 35", "1,200 CARDINAL 1200"]),
        ("The plan costs $172 billion.", &["$172 billion MONEY 172000000000"]),
        ("It lost €5.5m and 300,000 pounds.", &["€5.5m MONEY 5500000", "300,000 pounds MONEY 300000"]),
        ("Tickets cost $5 to $10 each.", &["$5 to $10 MONEY"]),
        ("It paid two million US dollars.", &["two million US dollars MONEY 2000000"]),
        ("Prices rose 6.3 per cent, not 40%.", &["6.3 per cent PERCENT 6.3", "40% PERCENT 40"]),
        ("Support fell by two percentage points.", &["two percentage points PERCENT 2"]),
        ("Between 10 and 15 percent left.", &["10 CARDINAL 10", "15 percent PERCENT 15"]),
        ("Some 10-15 percent left.", &["10-15 percent PERCENT"]),
        ("The front is 1,000 kilometres long.", &["1,000 kilometres QUANTITY 1000"]),
        ("A 100-mile convoy left.", &["100-mile QUANTITY 100"]),
        ("It was 30 degrees Celsius.", &["30 degrees Celsius QUANTITY 30"]),
        ("Two hundred and fifty soldiers fell.", &["Two hundred and fifty CARDINAL 250"]),
        ("Twenty-five of them stayed.", &["Twenty-five CARDINAL 25"]),
        (
            "Half a million people, a dozen cars, a hundred boats.",
            &["Half a million CARDINAL 500000", "a dozen CARDINAL 12", "a hundred CARDINAL 100"],
        ),
        ("He came first and she 21st.", &["first ORDINAL 1", "21st ORDINAL 21"]),
        ("No one saw this one; one man did.", &["one CARDINAL 1"]),
        ("An F-16 and COVID-19 are no numbers.", &[]),
        ("Nothing is counted here.", &[]),
        ("", &[]),
    ]);
}

#[test]
fn dates_that_say_the_year() {
    check(&[
        ("It began on 1 July 2025.", &["1 July 2025 DATE 2025-07-01"]),
        ("It began on July 1, 2025, in the east.", &["July 1, 2025 DATE 2025-07-01"]),
        ("In September 2022 it ended.", &["September 2022 DATE 2022-09-01/2022-09-30"]),
        ("It has run since 2014.", &["2014 DATE 2014-01-01/2014-12-31"]),
        ("From 2019 to 2021 it rained.", &["2019 to 2021 DATE 2019-01-01/2021-12-31"]),
        ("The winter of 2023 was cold.", &["winter of 2023 DATE 2023-12-01/2024-02-29"]),
        ("In the 1990s few did.", &["1990s DATE 1990-01-01/1999-12-31"]),
        ("In early 2019 it closed.", &["early 2019 DATE 2019-01-01/2019-12-31"]),
        ("In the first quarter of 2024 sales fell.", &["first quarter of 2024 DATE 2024-01-01/2024-03-31"]),
        ("They counted 2000 people.", &["2000 CARDINAL 2000"]),
        ("On 30 February 2024 nothing happened.", &["30 February 2024 DATE"]),
    ]);
}

#[test]
fn dates_told_from_the_day_of_publication() {
    check(&[
        ("He spoke on Tuesday.", &["Tuesday DATE 2025-07-01"]),
        ("He spoke on Thursday.", &["Thursday DATE 2025-07-03"]),
        ("They will meet on Tuesday.", &["Tuesday DATE 2025-07-08"]),
        ("They met last Thursday.", &["last Thursday DATE 2025-06-26"]),
        (
            "They left yesterday and return tomorrow.",
            &["yesterday DATE 2025-07-02", "tomorrow DATE 2025-07-04"],
        ),
        ("It opened in April.", &["April DATE 2025-04-01/2025-04-30"]),
        ("It opened in November.", &["November DATE 2024-11-01/2024-11-30"]),
        ("It opens in September.", &["September DATE 2025-09-01/2025-09-30"]),
        ("It happened in May, and it may happen again.", &["May DATE 2025-05-01/2025-05-31"]),
        ("It sank on June 14.", &["June 14 DATE 2025-06-14"]),
        ("Prices fell last month.", &["last month DATE 2025-06-01/2025-06-30"]),
        (
            "Prices fell last year and this week.",
            &["last year DATE 2024-01-01/2024-12-31", "this week DATE 2025-06-30/2025-07-06"],
        ),
        ("It was built three years ago.", &["three years ago DATE 2022-01-01/2022-12-31"]),
        ("He died a week ago.", &["a week ago DATE 2025-06-26"]),
        ("In the past two weeks it rained.", &["past two weeks DATE 2025-06-19/2025-07-03 2"]),
        ("It grew earlier this year.", &["earlier this year DATE 2025-01-01/2025-07-03"]),
        ("It was hot last summer.", &["last summer DATE 2024-06-01/2024-08-31"]),
        ("The previous year was better.", &["previous year DATE"]),
    ]);
}

#[test]
fn periods_and_times_of_day() {
    check(&[
        ("A 12-day war followed.", &["12-day DATE 12"]),
        ("They talked for two hours.", &["two hours TIME 2"]),
        ("Several weeks passed.", &["Several weeks DATE"]),
        ("A 35-year-old man was held.", &["35-year-old DATE 35"]),
        ("It struck at 10:30 a.m. on Monday.", &["10:30 a.m. TIME", "Monday DATE 2025-06-30"]),
        ("It struck at noon.", &["noon TIME"]),
        ("It struck on Tuesday night.", &["Tuesday night TIME 2025-07-01"]),
        ("It struck last night.", &["last night TIME 2025-07-02"]),
    ]);
}

#[test]
fn without_a_date_of_publication_relative_dates_have_no_days() {
    let cases = [
        ("He spoke on Tuesday.", None, "Tuesday DATE"),
        ("He spoke on Tuesday.", Some("July"), "Tuesday DATE"),
        ("He spoke on 1 July 2025.", None, "1 July 2025 DATE 2025-07-01"),
        ("He spoke last month.", Some("2025-01-31"), "last month DATE 2024-12-01/2024-12-31"),
    ];
    for (text, published, expected) in cases {
        assert_eq!(read(text, published), [expected], "{text} {published:?}");
    }
}

proptest! {
    /// Whatever the text: expressions lie inside the document, in order, none overlapping another, and days run forward.
    #[test]
    fn expressions_are_in_bounds_and_in_order(
        text in "(last|next|the|past|two|twenty|hundred|and|May|July|Tuesday|[0-9]{1,5}|[0-9]{1,2}:[0-9]{2}|\\$|%|-|years?|ago|of|million|half|a|dozen|to|earlier|this|first|quarter|[0-9,.]{1,7}|\\PC{1,3}| ){0,50}",
        published in "(2025-07-03|0001-01-01|9999-12-31|\\PC{0,11})",
    ) {
        let mut segmentation = Segmentation::default();
        Segmenter::new().segment(&text, &mut segmentation);
        let mut out = Vec::new();
        ExpressionReader::new().read(&text, &segmentation, Some(&published), &mut out);
        let mut end = 0;
        for found in &out {
            prop_assert!(!found.tokens.is_empty() && found.tokens.start >= end && found.tokens.end <= segmentation.len());
            prop_assert!(found.days.is_none_or(|d| d.first <= d.last));
            end = found.tokens.end;
        }
    }
}
