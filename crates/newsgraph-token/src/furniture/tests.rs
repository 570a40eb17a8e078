use proptest::prelude::*;

use super::*;

/// The kind of each line of a text, "story" for the others.
fn kinds(text: &str) -> Vec<&'static str> {
    let furniture = Furniture::find(text);
    let line = |(start, line): (usize, &str)| {
        let piece = furniture.pieces().iter().find(|p| p.span.start as usize == start);
        let whole =
            piece.is_some_and(|p| p.span.len() as usize == line.len() || p.kind == FurnitureKind::Dateline);
        piece.filter(|_| whole).map_or("story", |p| p.kind.as_str())
    };
    let mut at = 0;
    let lines = text.split('\n').map(|l| {
        let start = at;
        at += l.len() + 1;
        (start, l)
    });
    lines.filter(|(_, l)| !l.is_empty()).map(line).collect()
}

#[test]
fn knows_furniture_from_story() {
    let rows = [
        ("byline", "By Ann Lee"),
        ("byline", "BY ANN LEE AND BO EK"),
        ("byline", "By Ann van der Lee, Associated Press"),
        ("byline", "A.Lee--NG"),
        ("story", "By Friday the harbour was empty."),
        ("story", "By Ann Lee's own account, the vote was lost before it began."),
        ("story", "By all accounts"),
        ("credit", "with DPA and AP"),
        ("credit", "– with AFP"),
        ("credit", "- Reuters."),
        ("credit", "ASSOCIATED PRESS."),
        ("credit", "(Reporting by Ann Lee in Paris; Editing by Bo Ek)"),
        ("credit", "(Additional reporting by Cy Orr; Editing by Bo Ek.)"),
        ("credit", "Associated Press writer Ann Lee in Paris contributed to this report."),
        ("credit", "Contributing: Ann Lee, Bo Ek."),
        ("story", "Lee reported from Paris that the vote was lost."),
        ("story", "Reuters reported that the vote was lost."),
        ("story", "With AP and Reuters gone, nobody reported on the vote."),
        ("caption", "Photo: Ann Lee"),
        ("caption", "The mayor speaks on the old bridge. (AP Photo/Bo Ek)"),
        ("caption", "Protesters at the gate on Friday. Bo Ek/Getty Images"),
        ("caption", "FILE - The mayor speaks in the town hall in May."),
        ("story", "A Reuters/Ipsos poll found that most want the bridge."),
        ("teaser", "Read more: Bridge may close"),
        ("teaser", "READ MORE"),
        ("teaser", "• Sign up for our newsletter"),
        ("teaser", "Follow Ann Lee on Twitter @annlee."),
        ("teaser", "Watch the full interview below:"),
        (
            "teaser",
            "Don’t miss out on the headlines from Europe. Followed categories will be added to My News.",
        ),
        ("teaser", "More Coverage"),
        ("story", "Read more than one report, the mayor said, before you vote."),
        ("story", "Subscribers left the paper in May."),
        ("story", "More from the same fund went to the harbour, and the mayor said that it was too late."),
        ("story", "“Sign up now,” the mayor said."),
        ("story", "Follow the money, he said."),
        ("note", "Editor’s note: The mayor has denied this."),
        ("note", "This story has been updated to add comments."),
        ("note", "Originally published as Old bridge stays open"),
        ("story", "This story has a long history."),
    ];
    for (kind, line) in rows {
        let text = format!("Old bridge stays open\n{line}\nThe council voted on Tuesday.");
        assert_eq!(kinds(&text)[1], kind, "{line}");
    }
}

#[test]
fn reads_datelines() {
    let story = "The council of the town voted on Tuesday to keep its bridge.";
    let rows = [
        ("PARIS (AP) — ", Some("PARIS")),
        ("Cleveland (AFP) – ", Some("Cleveland")),
        ("NEW YORK, June 10 (UPI) — ", Some("NEW YORK")),
        ("STATE COLLEGE, Pa. - ", Some("STATE COLLEGE")),
        ("ST. PAUL, Minn. -- ", Some("ST. PAUL")),
        ("WASHINGTON—", Some("WASHINGTON")),
        ("(Reuters) - ", Some("")),
        ("KUWAIT CITY (KUNA) -- ", Some("KUWAIT CITY")),
        ("EXCLUSIVE – ", None),
        ("Paris — ", None),
        ("Ann Lee (mayor) — ", None),
        ("TAPPER: ", None),
        ("TAPPER-- ", None),
        ("All of it — ", None),
    ];
    for (dateline, place) in rows {
        let text = format!("{dateline}{story}");
        let furniture = Furniture::find(&text);
        let found = furniture.pieces().first().map(|_| furniture.place().map_or("", |span| span.of(&text)));
        assert_eq!(found, place, "{dateline}");
    }
    assert_eq!(Furniture::find("ROME (AFP) — And\n").pieces(), []);
}

#[test]
fn says_who_wrote_it_and_with_whose_help() {
    let text = "By Ann Lee, Bo Ek and Cy Orr, Reuters\nROME (AP/AFP) — The council of the town voted on Tuesday to keep it.\n\
        with dpa";
    let furniture = Furniture::find(text);
    assert_eq!(furniture.byline().map(|span| span.of(text)), Some("Ann Lee, Bo Ek and Cy Orr"));
    assert_eq!(furniture.agencies(), ["AP", "AFP"]);
    assert_eq!(kinds("Ships sailed.\nAnn Lee reported from Paris."), ["story", "credit"]);
    assert!(furniture.overlaps(Span::new(0, 2)));
    let council = text.find("council").unwrap_or_default() as u32;
    assert!(!furniture.overlaps(Span::new(council, council + 3)));
}

proptest! {
    /// Whatever the text, what is found lies in order inside it and on character boundaries.
    #[test]
    fn spans_are_sound(text in "(?s)(By |PARIS \\(AP\\) — |with |Read more|[A-Za-z“”’ .\n\r—-]|.){0,60}") {
        let mut end = 0;
        for piece in Furniture::find(&text).pieces() {
            prop_assert!(piece.span.start >= end && !piece.span.is_empty());
            prop_assert!(text.get(piece.span.range()).is_some());
            end = piece.span.end;
        }
    }
}
