//! What users read: the help and a record. Reviewed in the diff, renewed with `cargo insta review`.

use crate::Folder;

/// Two sentences with a quote, a title and a name that comes back.
const TEXT: &str = "French President Emmanuel Macron met Volodymyr Zelensky in Paris on Tuesday.\n\n\
    “We will not give up,” Macron said.\n";

fn stdout(folder: &Folder, args: &[&str]) -> String {
    let output = folder.newsgraph(args).env_remove("COLUMNS").output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn help() {
    let folder = Folder::new();
    for command in ["", "graph", "merge", "query", "extract", "parse"] {
        let args: Vec<&str> = [command, "--help"].into_iter().filter(|arg| !arg.is_empty()).collect();
        let name = if command.is_empty() { "help".to_owned() } else { format!("help_{command}") };
        insta::assert_snapshot!(name, stdout(&folder, &args));
    }
}

#[test]
fn record() {
    let folder = Folder::new();
    folder.write("meeting.txt", TEXT);
    let line = stdout(&folder, &["extract", "meeting.txt"]);
    let record: serde_json::Value = serde_json::from_str(&line).unwrap();
    insta::assert_snapshot!(compact(&serde_json::to_string_pretty(&record).unwrap()));
}

/// Puts spans on one line: `[3, 9]`.
fn compact(json: &str) -> String {
    let mut out = String::new();
    let mut lines = json.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        let number = |line: &str| line.trim().trim_end_matches(',').parse::<u32>().is_ok();
        if line.ends_with('[') && lines.peek().is_some_and(|next| number(next)) {
            while let Some(inner) = lines.next_if(|next| number(next)) {
                out.push_str(inner.trim());
                out.push_str(if inner.ends_with(',') { " " } else { "" });
            }
            out.push_str(lines.next().unwrap_or_default().trim());
        }
        out.push('\n');
    }
    out
}
