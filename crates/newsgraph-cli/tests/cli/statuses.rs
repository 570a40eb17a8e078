//! Exit statuses, and what is left behind.

use crate::{ARTICLES, Folder, stderr};

#[test]
fn every_status_for_its_reason() {
    let folder = Folder::new();
    folder.write("good.jsonl", ARTICLES.join("\n"));
    folder.write("good.txt", "Peace came.");
    folder.write("broken.jsonl", format!("{}\nnonsense\n", ARTICLES[0]));
    folder.write("latin.txt", b"A caf\xE9 closed.");
    folder.write("empty.txt", "");
    folder.write("odd.jsonl", r#"{"text": "Peace.", "published": "some day"}"#);
    folder.write("others/table.xls", "a,b\n");
    folder.write("plain", "no folder");

    let rows: &[(&str, &[&str], i32, &str)] = &[
        ("all is well", &["extract", "good.jsonl", "good.txt"], 0, "0 inputs skipped, 0 damaged"),
        ("CoNLL-U too", &["parse", "good.jsonl", "--jobs", "2"], 0, "0 inputs skipped, 0 damaged"),
        ("help", &["--help"], 0, ""),
        ("version", &["--version"], 0, ""),
        (
            "a date not understood is no damage",
            &["extract", "odd.jsonl"],
            0,
            "odd.jsonl:1: field \"published\"",
        ),
        ("a broken line", &["extract", "broken.jsonl"], 1, "skipped: broken.jsonl:2: not JSON"),
        (
            "no UTF-8",
            &["extract", "latin.txt"],
            1,
            "damaged: latin.txt: not UTF-8 at byte 5; read as Windows-1252",
        ),
        ("an empty file", &["parse", "empty.txt", "good.txt"], 1, "skipped: empty.txt: is empty"),
        ("nothing typed", &[], 2, "Usage"),
        ("unknown command", &["dance"], 2, "dance"),
        ("no input", &["extract"], 2, "<INPUT>"),
        ("missing input", &["extract", "good.txt", "gone.txt"], 2, "no such input: gone.txt"),
        ("no threads", &["extract", "good.txt", "--jobs", "0"], 2, "--jobs"),
        ("unknown format", &["extract", "good.txt", "--format", "xml"], 2, "xml"),
        ("stdin twice", &["extract", "-", "-"], 2, "only once"),
        ("a folder with nothing to read", &["extract", "others"], 2, "no document in others"),
        (
            "output into a folder that is not there",
            &["extract", "good.txt", "-o", "gone/x"],
            2,
            "cannot write gone/x",
        ),
        (
            "output onto a folder",
            &["extract", "good.txt", "-o", "others"],
            2,
            "cannot write others: it is a folder",
        ),
        ("a graph into a file", &["graph", "good.txt", "-o", "plain"], 2, "cannot make the folder plain"),
        ("a graph into nowhere", &["graph", "good.txt"], 2, "--output"),
    ];
    let before = folder.names();
    for (name, args, status, said) in rows {
        let output = folder.run(args);
        let stderr = stderr(&output);
        assert_eq!(output.status.code(), Some(*status), "{name}: {stderr}");
        assert!(stderr.contains(said), "{name}: {stderr}");
        assert_eq!(output.stdout.is_empty(), *status == 2, "{name}");
        assert_eq!(folder.names(), before, "{name}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_a_failure() {
    let folder = Folder::new();
    folder.write("good.jsonl", ARTICLES.join("\n"));
    let output = folder.run(&["extract", "good.jsonl", "-o", "/dev/full"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("cannot write /dev/full"), "{}", stderr(&output));
}

#[test]
fn a_failed_run_leaves_the_old_output() {
    let folder = Folder::new();
    folder.write("others/table.xls", "");
    folder.write("out.jsonl", "old");
    assert_eq!(folder.run(&["extract", "others", "-o", "out.jsonl"]).status.code(), Some(2));
    assert_eq!((folder.read("out.jsonl").as_str(), folder.names().len()), ("old", 2));
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_behind() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    let commands: [&[&str]; 3] =
        [&["extract", "-", "-o", "out.jsonl"], &["graph", "-", "-o", "old"], &["graph", "-", "-o", "new"]];
    for args in commands {
        let folder = Folder::new();
        folder.write("old/keep", "");
        let mut child = folder
            .newsgraph(args)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // The output is begun before standard input is read to its end, which never comes.
        let begun = || folder.names().len() > 1 || crate::names(&folder.path("old")).len() > 1;
        let patience = Instant::now();
        while !begun() && patience.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(begun(), "{args:?}: no output begun");
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(130), "{args:?}");
        assert_eq!(folder.names(), ["old"], "{args:?}");
        assert_eq!(crate::names(&folder.path("old")), ["keep"], "{args:?}");
    }
}
