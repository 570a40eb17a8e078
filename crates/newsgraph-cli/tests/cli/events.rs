//! `newsgraph events`, and lexicons that a user brings along.

use crate::{Folder, stderr};

fn stdout(output: &std::process::Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn explains_rule_and_roles() {
    let folder = Folder::new();
    let output = folder.run(&["events", "explain", "Poland expelled three Russian diplomats on Friday."]);
    assert_eq!(output.status.code(), Some(0));
    let told = stdout(&output);
    assert!(told.contains("frame expelled: active, main clause, positive, actual"), "{told}");
    assert!(told.contains("event SANCTION expel: expelled"), "{told}");
    assert!(told.contains("rule             events-verbs.txt:"), "{told}");
    assert!(told.contains("quad class       4, score -6.0"), "{told}");
    assert!(told.contains("actor            Poland"), "{told}");
    assert!(told.contains("recipient        three Russian diplomats"), "{told}");
}

#[test]
fn explains_what_has_no_event() {
    let output = Folder::new().run(&["events", "explain", "Yes."]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), "  no event\n"));
}

#[test]
fn check_names_every_fault_with_its_line() {
    let folder = Folder::new();
    folder
        .write("mine.txt", "verb AID: feed\nverb HELP: tend\nclass rite: mass\nverb AID object=rit: hold\n");
    let output = folder.run(&["events", "check", "mine.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stdout(&output),
        "mine.txt:2: unknown type HELP; use one of the 16 PLOVER types or -\n\
         mine.txt:4: unknown class rit; define it above with `class rit: …`\n"
    );
    assert_eq!(stderr(&output), "newsgraph: 2 faults in 1 file");
}

#[test]
fn check_counts_what_is_sound() {
    let folder = Folder::new();
    folder.write("mine.txt", "verb AID: feed feed_up\nnoun AID: feast\n");
    let output = folder.run(&["events", "check", "mine.txt"]);
    assert_eq!(
        (output.status.code(), stdout(&output).as_str()),
        (Some(0), "no faults; 2 verbs and 1 noun\n")
    );
}

#[test]
fn a_lexicon_adds_to_ours_or_takes_its_place() {
    let folder = Folder::new();
    folder.write("mine.txt", "verb PROTEST demo recipient=against: chalk\n");
    let sentence = "Students chalked against the mayor. Poland attacked Sweden.";
    let explain = |flags: &[&str]| {
        let mut all = vec!["events", "explain", sentence, "--event-lexicon", "mine.txt"];
        all.extend(flags);
        stdout(&folder.run(&all))
    };
    let both = explain(&[]);
    assert!(
        both.contains("event PROTEST demo: chalked") && both.contains("event ASSAULT: attacked"),
        "{both}"
    );
    let only = explain(&["--only-event-lexicon"]);
    assert!(only.contains("event PROTEST demo: chalked"), "{only}");
    assert!(only.contains("event without type: attacked"), "{only}");
}

#[test]
fn a_faulty_lexicon_stops_extract_with_line_and_remedy() {
    let folder = Folder::new();
    folder.write("mine.txt", "\nverb AID feed\n");
    folder.write("a.txt", "He left.");
    let output = folder.run(&["extract", "a.txt", "--event-lexicon", "mine.txt"]);
    assert_eq!(output.status.code(), Some(2));
    let told = stderr(&output);
    assert!(told.contains("mine.txt:2: no colon; write `verb TYPE …: word word`"), "{told}");
    assert!(told.contains("newsgraph events check"), "{told}");
}

#[test]
fn a_missing_lexicon_is_named() {
    let folder = Folder::new();
    folder.write("a.txt", "He left.");
    let output = folder.run(&["graph", "a.txt", "-o", "out", "--event-lexicon", "none.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cannot read none.txt"), "{}", stderr(&output));
}

#[test]
fn coverage_lists_unknown_verbs_by_frequency() {
    let folder = Folder::new();
    folder.write("a.txt", "They blorfed it. He blorfed him. She zwicked the dog. He attacked it.");
    folder.write("mine.txt", "verb -: zwick\n");
    let output = folder.run(&["events", "coverage", "a.txt", "--event-lexicon", "mine.txt"]);
    assert_eq!(output.status.code(), Some(0));
    let told = stdout(&output);
    assert!(told.starts_with("verb\tcount\tknown\nblorf\t2\tunknown\n"), "{told}");
    assert!(!told.contains("attack") && !told.contains("zwick"), "{told}");
    assert!(stderr(&output).contains("are in the lexicon"), "{}", stderr(&output));
    let all = stdout(&folder.run(&["events", "coverage", "a.txt", "--all"]));
    assert!(all.contains("attack\t1\ttyped"), "{all}");
}
