//! A folder with everything wrong that a folder can have: each problem is named, all else is read.

use crate::{ARTICLES, Folder, ids, stderr};

#[cfg(unix)]
#[test]
fn a_damaged_folder_costs_only_what_is_damaged() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new();
    folder.write("in/a good.txt", "Peace came to Paris.");
    // Permissions do not keep a superuser out, and tests may run as one; a link to nowhere keeps out everybody.
    symlink("nowhere.txt", folder.path("in/b unreadable.txt")).unwrap();
    folder.write("in/c empty.txt", "");
    folder.write("in/d broken.jsonl", [ARTICLES[0], "{\"text\": ", ARTICLES[1], ARTICLES[2]].join("\n"));
    folder.write("in/e latin.txt", b"The caf\xE9 closed, said Andr\xE9.");
    let long = format!("{{\"text\": \"War ended.{}Peace began.\"}}\n", " ".repeat(20 << 20));
    folder.write("in/f long.jsonl", long);
    symlink(".", folder.path("in/g loop")).unwrap();
    folder.write("in/h/deep.txt", "Ships sailed.");
    folder.write("in/.hidden.txt", "Nobody reads this.");
    folder.write("in/table.xls", "a,b\n");

    let output = folder.run(&["extract", "in", "-o", "out.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    let records = folder.read("out.jsonl");
    let expected =
        ["a good.txt", "call", "port", "d broken.jsonl#4", "e latin.txt", "f long.jsonl#1", "h/deep.txt"];
    assert_eq!(ids(&records), expected);
    assert!(records.contains("The café closed, said André."));

    let said = stderr(&output);
    let said: Vec<&str> = said.lines().map(|line| line.trim_start_matches("newsgraph: ")).collect();
    assert!(
        said[0].starts_with("skipped: in/b unreadable.txt: ") && said[0].contains("No such file"),
        "{said:?}"
    );
    assert_eq!(said[1], "skipped: in/c empty.txt: is empty");
    assert_eq!(said[2], "skipped: in/d broken.jsonl:2: not JSON: EOF while parsing a value (column 8)");
    assert_eq!(said[3], "damaged: in/e latin.txt: not UTF-8 at byte 7; read as Windows-1252");
    assert_eq!(said[4], "skipped: in/g loop: leads back to in");
    assert_eq!(said[5], "note: 1 file left aside: of no form that is read");
    assert!(
        said[6].starts_with("7 documents, ") && said[6].ends_with(", 4 inputs skipped, 1 damaged"),
        "{said:?}"
    );
    assert_eq!(said.len(), 7, "{said:?}");
}

#[test]
fn records_made_earlier_are_checked() {
    let folder = Folder::new();
    folder.write("in.jsonl", ARTICLES.join("\n"));
    let records = String::from_utf8(folder.run(&["extract", "in.jsonl"]).stdout).unwrap();
    let damaged = records.replacen("[[0,", "[[999,", 1);
    folder.write("damaged.jsonl", damaged);
    let output = folder.run(&["extract", "damaged.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    let message = "skipped: damaged.jsonl:1: damaged document record: sentences[0]: span outside the text";
    assert!(said.contains(message), "{said}");
    assert_eq!(ids(&String::from_utf8(output.stdout).unwrap()), ["port", "in.jsonl#3"]);
}
