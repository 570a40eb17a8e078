//! Rules for data: every file says where it comes from and under which licence.

use super::{File, Findings};

/// Data files without a row in the README beside them, or above them, that tells origin and licence.
pub(super) fn unexplained_files(files: &[File]) -> Findings {
    let readme = |folder: &str| {
        files.iter().find(|file| file.folder() == folder && file.name() == "README.md").and_then(File::text)
    };
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| is_data(file)) {
        let explained = ancestors(file.folder()).any(|folder| {
            let path = file.path.strip_prefix(folder).map_or("", |path| path.trim_start_matches('/'));
            readme(folder).is_some_and(|text| explains(text, path))
        });
        if !explained {
            findings.push(format!("{}: no README row with its origin and licence", file.path));
        }
    }
    findings
}

/// Files in `data/` and in a `data` folder of a crate.
fn is_data(file: &File) -> bool {
    let in_data = file.folder().split('/').any(|part| part == "data");
    in_data && file.name() != "README.md" && !file.path.contains("/src/") && !file.has_extension("rs")
}

/// A folder and those above it, nearest first.
fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| folder.rsplit_once('/').map(|(above, _)| above))
}

/// Whether the README speaks of origin and licence and has a table row for the file, or for its folder.
fn explains(readme: &str, path: &str) -> bool {
    let lower = readme.to_lowercase();
    let names: Vec<String> = std::iter::once(path)
        .chain(ancestors(path).skip(1))
        .flat_map(|name| [format!("`{name}`"), format!("`{name}/`"), format!("({name})")])
        .collect();
    let row = |line: &str| {
        let cells = line.trim().trim_matches('|').split('|').filter(|cell| !cell.trim().is_empty()).count();
        line.trim_start().starts_with('|')
            && cells >= 3
            && names.iter().any(|name| line.contains(name.as_str()))
    };
    lower.contains("origin") && lower.contains("licen") && readme.lines().any(row)
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn data_files_need_a_row() {
        let head = "| file | origin | licence |\n| --- | --- | --- |\n";
        let rows = [
            ("no README", "data/a/x.csv", None, 1),
            ("a row", "data/a/x.csv", Some("| `x.csv` | ours | MIT |"), 0),
            ("a row without licence", "data/a/x.csv", Some("| `x.csv` | |"), 1),
            ("only mentioned", "data/a/x.csv", Some("`x.csv` is ours"), 1),
            ("a file in a folder", "data/a/b/x.csv", Some("| `b/x.csv` | ours | MIT |"), 0),
            ("a row for the folder", "data/a/b/x.csv", Some("| `b/` | ours | MIT |"), 0),
            ("another file", "data/a/x.csv", Some("| `y.csv` | ours | MIT |"), 1),
            ("no data", "src/x.csv", None, 0),
        ];
        for (name, path, row, count) in rows {
            let mut files = vec![file(path, "a,b\n")];
            files.extend(row.map(|row| file("data/a/README.md", &format!("{head}{row}\n"))));
            assert_eq!(unexplained_files(&files).len(), count, "{name}");
        }
    }
}
