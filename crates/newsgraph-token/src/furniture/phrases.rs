//! Lines that are furniture by the words that they begin or end with.

use super::FurnitureKind::{self, Caption, Credit, Note, Teaser};

/// Lines that begin so are furniture when they have no more words than this.
type Rule = (&'static str, FurnitureKind, usize);

/// Beginnings, in lower case, with straight apostrophes and single blanks. Each ends at the end of a word.
const BEGINNINGS: [Rule; 105] = [
    // credits
    ("additional reporting by", Credit, 60),
    ("compiled by", Credit, 20),
    ("contributing:", Credit, 40),
    ("contributors:", Credit, 40),
    ("copyright", Credit, 30),
    ("©", Credit, 30),
    ("editing by", Credit, 30),
    ("edited by", Credit, 12),
    ("h/t", Credit, 8),
    ("produced by", Credit, 12),
    ("reporting by", Credit, 60),
    ("with files from", Credit, 20),
    ("with reporting by", Credit, 30),
    ("with additional reporting", Credit, 30),
    ("writing by", Credit, 30),
    ("written by", Credit, 12),
    // captions
    ("caption:", Caption, 60),
    ("file -", Caption, 70),
    ("file –", Caption, 70),
    ("file —", Caption, 70),
    ("file photo", Caption, 70),
    ("image credit", Caption, 20),
    ("image source", Caption, 20),
    ("image:", Caption, 40),
    ("photo by", Caption, 20),
    ("photo credit", Caption, 20),
    ("photo:", Caption, 40),
    ("photograph by", Caption, 20),
    ("photograph:", Caption, 40),
    ("photos by", Caption, 20),
    ("picture by", Caption, 20),
    ("picture:", Caption, 40),
    // what else to read, watch and follow
    ("advertisement", Teaser, 4),
    ("also on", Teaser, 4),
    ("also read", Teaser, 25),
    ("article continues", Teaser, 8),
    ("click here", Teaser, 25),
    ("continue reading", Teaser, 12),
    ("don't miss out", Teaser, 30),
    ("don't miss:", Teaser, 25),
    ("follow our", Teaser, 20),
    ("follow updates", Teaser, 4),
    ("follow us", Teaser, 20),
    ("full text", Teaser, 2),
    ("get our", Teaser, 25),
    ("get the latest news", Teaser, 25),
    ("join our", Teaser, 20),
    ("join the conversation", Teaser, 12),
    ("like us on", Teaser, 15),
    ("listen to this article", Teaser, 15),
    ("more coverage", Teaser, 3),
    ("more from", Teaser, 6),
    ("more news", Teaser, 4),
    ("more on this", Teaser, 6),
    ("more stories", Teaser, 6),
    ("more:", Teaser, 25),
    ("most read", Teaser, 5),
    ("most popular", Teaser, 3),
    ("read also", Teaser, 25),
    ("read it all here", Teaser, 5),
    ("read live updates", Teaser, 15),
    ("read more", Teaser, 25),
    ("read next", Teaser, 20),
    ("read our", Teaser, 15),
    ("read the full", Teaser, 15),
    ("read the latest", Teaser, 15),
    ("read the rest", Teaser, 15),
    ("read:", Teaser, 25),
    ("recommended stories", Teaser, 4),
    ("recommended for you", Teaser, 4),
    ("related articles", Teaser, 3),
    ("related content", Teaser, 3),
    ("related coverage", Teaser, 3),
    ("related news", Teaser, 3),
    ("related stories", Teaser, 3),
    ("related topics", Teaser, 15),
    ("related:", Teaser, 25),
    ("scroll down", Teaser, 10),
    ("see also", Teaser, 25),
    ("share on", Teaser, 5),
    ("share this", Teaser, 6),
    ("sign up", Teaser, 25),
    ("story continues", Teaser, 6),
    ("subscribe", Teaser, 25),
    ("support our journalism", Teaser, 20),
    ("trending", Teaser, 2),
    ("twitter: @", Teaser, 4),
    ("watch live", Teaser, 12),
    ("watch now", Teaser, 12),
    ("watch:", Teaser, 25),
    // what editors say
    ("a previous version of this", Note, 60),
    ("a version of this article", Note, 60),
    ("an earlier version of this", Note, 60),
    ("as published in", Note, 10),
    ("clarification:", Note, 80),
    ("correction appended", Note, 4),
    ("correction:", Note, 80),
    ("editor's note", Note, 90),
    ("editors' note", Note, 90),
    ("originally published", Note, 25),
    ("this article first appeared", Note, 25),
    ("this article originally appeared", Note, 25),
    ("this article was originally published", Note, 30),
    ("this story was originally published", Note, 30),
    ("this is a developing story", Note, 15),
];

/// Subjects of notes, and what is said of them.
const ARTICLES: [&str; 4] = ["this article", "this story", "this post", "this report"];
const CHANGES: [&str; 8] = [
    "has been updated",
    "was updated",
    "has been corrected",
    "was corrected",
    "will be updated",
    "has been amended",
    "was amended",
    "has been revised",
];

/// Lines in which any of these stands are credits, up to as many words.
const CONTRIBUTIONS: [&str; 5] = [
    "contributed to this report",
    "contributed to this story",
    "contributed to this article",
    "contributed reporting",
    "all rights reserved",
];
const LONGEST_CONTRIBUTION: usize = 45;

/// The names of picture agencies as they stand at the end of a caption, as written.
const PICTURES: [&str; 12] = [
    "AP Photo",
    "Getty Images",
    "REUTERS/",
    "/Reuters",
    "/REUTERS",
    "AFP/",
    "/AFP",
    "EPA/",
    "/EPA",
    "Shutterstock",
    "AFP via Getty",
    "Alamy",
];
/// Words of the longest caption.
const LONGEST_CAPTION: usize = 80;
/// How far from its end a caption names an agency, in bytes.
const PICTURE_WITHIN: usize = 70;

/// Networks on which writers ask to be followed.
const NETWORKS: [&str; 6] = ["twitter", "facebook", "instagram", "on x", "bluesky", "threads"];

/// Compares lines with the phrases; owns the space that this takes.
#[derive(Default)]
pub(super) struct Phrases {
    folded: String,
}

impl Phrases {
    /// What a line is by its words.
    pub(super) fn kind(&mut self, line: &str) -> Option<FurnitureKind> {
        let words = line.split_whitespace().count();
        if words <= LONGEST_CAPTION && is_caption(line, words) {
            return Some(Caption);
        }
        self.fold(line);
        let folded = self.folded.as_str();
        let quotes = line.contains(['"', '“', '«', '„']);
        let starts = |phrase: &str| folded.strip_prefix(phrase).is_some_and(|rest| ends_word(phrase, rest));
        let rule = BEGINNINGS.iter().find(|(phrase, _, longest)| words <= *longest && starts(phrase));
        if let Some((_, kind, _)) = rule.filter(|(_, kind, _)| !quotes || matches!(kind, Note | Caption)) {
            return Some(*kind);
        }
        if words <= LONGEST_CONTRIBUTION
            && !quotes
            && CONTRIBUTIONS.iter().any(|phrase| folded.contains(phrase))
        {
            return Some(Credit);
        }
        let changed = |subject: &str| {
            let rest = folded.strip_prefix(subject).map(str::trim_start);
            rest.is_some_and(|rest| CHANGES.iter().any(|change| rest.starts_with(change)))
        };
        if ARTICLES.iter().any(|subject| changed(subject)) {
            return Some(Note);
        }
        (!quotes && is_invitation(folded, words)).then_some(Teaser)
    }

    /// Lower case, straight apostrophes, single blanks, and no bullets and brackets in front.
    fn fold(&mut self, line: &str) {
        self.folded.clear();
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"@©".contains(c));
        for c in line.chars() {
            match c {
                '’' => self.folded.push('\''),
                c if c.is_whitespace() => {
                    if !self.folded.ends_with(' ') {
                        self.folded.push(' ');
                    }
                }
                c => self.folded.extend(c.to_lowercase()),
            }
        }
    }
}

/// Whether a phrase ends where a word does, given what follows it; "read more than" is another phrase.
fn ends_word(phrase: &str, rest: &str) -> bool {
    let within = phrase.ends_with(char::is_alphanumeric)
        && rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'');
    !within && !rest.starts_with(" than ")
}

/// Whether a line ends as captions do, with the picture's agency, or holds nothing else.
fn is_caption(line: &str, words: usize) -> bool {
    let end = &line[line.ceil_char_boundary(line.len().saturating_sub(PICTURE_WITHIN))..];
    let credited = PICTURES.iter().any(|name| end.contains(name));
    // In the story these names stand in the middle of sentences: "told Reuters/Ipsos that ...".
    let closes = line.trim_end_matches('.').ends_with(|c: char| c.is_uppercase() || c == ')' || c == ']')
        || PICTURES.iter().any(|name| line.trim_end_matches('.').ends_with(name))
        || end.rfind('/').is_some_and(|at| end[at + 1..].split_whitespace().count() <= 4);
    credited && closes
        || words <= 2 && matches!(line.trim_end_matches('.'), "Getty" | "Getty Images" | "AP Photo")
}

/// "Follow Ann Lee on Twitter", "Watch the video above", "Delegate tracker: https://example.org/t".
fn is_invitation(folded: &str, words: usize) -> bool {
    let follow = (folded.starts_with("follow ") || folded.starts_with("email "))
        && words <= 30
        && (NETWORKS.iter().any(|network| folded.contains(network)) || folded.contains(" @"));
    let place = folded.trim_end_matches(['.', ':', '!', ')']);
    let watch = ["watch ", "see ", "listen ", "read "].iter().any(|verb| folded.starts_with(verb))
        && words <= 15
        && [" above", " below", " here"].iter().any(|end| place.ends_with(end));
    let last = folded.rsplit(' ').next().unwrap_or_default();
    let link = words <= 8 && last.starts_with("http") && folded.contains(": ");
    follow || watch || link
}
