//! Rules for what documents say: what they name exists, and nothing speaks of one machine.

use std::collections::BTreeSet;

use super::{File, Findings};

/// Paths, crates, commands and links in documents that lead nowhere.
pub(super) fn missing_paths(files: &[File]) -> Findings {
    let known = Known::new(files);
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.has_extension("md") && !in_tests(file)) {
        let text = file.text().unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            let missing = |named: &&str| !known.holds(file.folder(), named);
            for named in named_paths(line).filter(missing) {
                findings.push(format!("{}:{}: `{named}` does not exist", file.path, number + 1));
            }
        }
    }
    findings
}

/// Test files in Markdown hold texts, not descriptions of the repository.
fn in_tests(file: &File) -> bool {
    file.path.split('/').any(|part| part == "tests")
}

/// What a line names: the contents of backticks, and the targets of links.
fn named_paths(line: &str) -> impl Iterator<Item = &str> {
    let ticked = line.split('`').skip(1).step_by(2);
    let links = line.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next());
    ticked.chain(links.filter(|link| !link.contains("://") && !link.is_empty()))
}

/// Everything that documents may name.
struct Known {
    /// Files and folders.
    paths: BTreeSet<String>,
    /// File names without their folders.
    names: BTreeSet<String>,
    /// Files and folders at the root.
    tops: BTreeSet<String>,
}

impl Known {
    fn new(files: &[File]) -> Self {
        let mut known = Self { paths: BTreeSet::new(), names: BTreeSet::new(), tops: BTreeSet::new() };
        for file in files {
            known.names.insert(file.name().to_owned());
            known.tops.extend(file.path.split('/').next().map(str::to_owned));
            for (at, _) in file.path.match_indices('/') {
                known.paths.insert(file.path[..at].to_owned());
            }
            known.paths.insert(file.path.clone());
        }
        known
    }

    /// Whether what a document in `folder` names exists, or is nothing that this rule knows.
    fn holds(&self, folder: &str, named: &str) -> bool {
        let named = named.trim_end_matches('/').trim_start_matches("./");
        if let Some(command) = named.strip_prefix("cargo xtask ") {
            let command = command.split_whitespace().next().unwrap_or_default();
            return command.starts_with(['-', '<'])
                || self.paths.contains(&format!("xtask/src/{command}.rs"));
        }
        if named.contains(|c: char| c.is_whitespace() || "*<>{}()[]…$=\"'".contains(c))
            || named.contains("..")
        {
            return true;
        }
        if named.starts_with("newsgraph-") && !named.contains(['/', '.', ':']) {
            return self.paths.contains(&format!("crates/{named}"));
        }
        let here = if folder.is_empty() { named.to_owned() } else { format!("{folder}/{named}") };
        let exists = self.paths.contains(named) || self.paths.contains(&here);
        match named.split_once('/') {
            Some((top, _)) => exists || !self.tops.contains(top),
            None => exists || !is_source(named) || self.names.contains(named),
        }
    }
}

/// Whether a bare name can only be that of a file of the repository; outputs have other endings.
fn is_source(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(stem, ending)| !stem.is_empty() && ["rs", "md", "toml"].contains(&ending))
}

/// Paths of somebody's machine in any file.
pub(super) fn machine_paths(files: &[File]) -> Findings {
    // In pieces, so that this file does not hold what it looks for.
    let roots =
        [["/ho", "me/"], ["/ro", "ot/"], ["/Us", "ers/"], ["/wo", "rk/"], ["/tm", "p/"], ["C:\\", "Users"]];
    let roots = roots.map(|parts| parts.concat());
    let mut findings = Vec::new();
    for (file, text) in files.iter().filter_map(|file| Some((file, file.text()?))) {
        for (number, line) in text.lines().enumerate() {
            let begins =
                |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-/~*>}".contains(c));
            let found = roots.iter().find(|root| line.match_indices(root.as_str()).any(|(at, _)| begins(at)));
            if let Some(root) = found {
                findings.push(format!("{}:{}: a path of one machine ({root}…)", file.path, number + 1));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn documents_name_what_exists() {
        let rows = [
            ("a file", "see `crates/newsgraph-a/src/lib.rs`", 0),
            ("a folder", "see `crates/` and `data/gazetteer/`", 0),
            ("a missing file", "see `crates/newsgraph-a/src/gone.rs`", 1),
            ("a crate", "`newsgraph-a` and `newsgraph-b`", 1),
            ("a command", "`cargo xtask tidy` and `cargo xtask dance --hard`", 1),
            ("a command's form", "`cargo xtask <command>`, `cargo xtask --help`", 0),
            ("a link", "[a](docs/a.md) and [b](docs/b.md#top) and [c](https://example.org/d.md)", 1),
            ("an output", "`nodes.csv`, `out/nodes.csv`", 0),
            ("a bare source", "`lib.rs` and `gone.rs`", 1),
            ("a path of the user", "`../shared/x.md`, `DIR/corpora`, `crates/*`", 0),
            ("code", "`a / b`, `<T>::new()`, `x=1`", 0),
        ];
        for (name, text, count) in rows {
            let files = [
                file("README.md", text),
                file("docs/a.md", ""),
                file("crates/newsgraph-a/src/lib.rs", ""),
                file("data/gazetteer/x.csv", ""),
                file("xtask/src/tidy.rs", ""),
            ];
            let found = missing_paths(&files);
            assert_eq!(found.len(), count, "{name}: {found:?}");
        }
    }

    #[test]
    fn paths_beside_a_document_count() {
        let files = [file("data/a/README.md", "| `x.csv` | `sub/y.csv` |"), file("data/a/sub/y.csv", "")];
        assert_eq!(missing_paths(&files), [""; 0]);
    }

    #[test]
    fn machine_paths_are_found() {
        let home = ["/ho", "me/ann/x"].concat();
        let rows = [
            ("a path", home.clone(), 1),
            ("in quotes", format!("\"{home}\""), 1),
            ("an address", format!("https://example.org{home}"), 0),
        ];
        for (name, text, count) in rows {
            assert_eq!(machine_paths(&[file("a.txt", &text)]).len(), count, "{name}");
        }
    }
}
