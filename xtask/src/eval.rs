//! `cargo xtask eval`: scores of the program on the development sets, held against the committed ones.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Options of the command.
#[derive(clap::Args)]
pub struct Args {
    /// Folder that holds `eval/` and `corpora/`
    #[arg(long, value_name = "DIR")]
    shared: Option<PathBuf>,

    /// Fail when a score is lower than the committed one by more than its noise
    #[arg(long)]
    check: bool,

    /// Write the scores to scores.csv
    #[arg(long, conflicts_with = "check")]
    write: bool,

    /// Program to score; built when not given
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,

    /// Only these groups: quotes, syntax, entities, coref, events
    #[arg(long, value_name = "GROUP,...", conflicts_with = "write")]
    only: Option<String>,

    /// Keep inputs, outputs, errors and details here
    #[arg(long, value_name = "DIR")]
    work: Option<PathBuf>,
}

/// The committed scores, at the repository root.
const SCORES: &str = "scores.csv";

/// By how many points a score of a set may fall before it counts: about what a handful of items moves.
const NOISE: &[(&str, f64)] = &[
    ("ewt-dev", 0.2),
    ("gum-dev", 0.2),
    ("gum-news-dev", 0.5),
    ("polnear-dev", 0.5),
    ("carb-dev", 0.5),
    ("gap-dev", 0.5),
    ("plover-dev", 1.5),
    ("ecbplus-dev", 1.0),
];

/// The noise of every other set.
const USUAL_NOISE: f64 = 1.0;

/// One line of the table.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Score {
    set: String,
    measure: String,
    /// Percent; empty where the set gave none.
    value: Option<f64>,
    /// By how much a value may fall, in points.
    noise: f64,
}

/// Runs the command.
pub fn run(args: Args) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let shared = match args.shared {
        Some(shared) if shared.join("eval/run.py").is_file() => shared,
        Some(shared) => return nothing(&format!("{} has no eval/run.py", shared.display())),
        None => return nothing("no data were given (--shared DIR)"),
    };
    if Command::new("python3").arg("--version").stdout(Stdio::null()).status().is_err() {
        return nothing("python3 is not installed");
    }
    let binary = match args.binary {
        Some(binary) => binary,
        None => build(&root)?,
    };
    let (values, problems) = measure(&shared, &binary, args.only.as_deref(), args.work.as_deref())?;
    let committed = read(&root.join(SCORES))?;
    let scores = scores(&values, &committed);
    print!("{}", table(&scores, &committed));
    for problem in &problems {
        println!("{problem}");
    }
    if args.write {
        if !problems.is_empty() {
            bail!("nothing written: some sets have no proper value");
        }
        return write(&root.join(SCORES), &scores);
    }
    if args.check {
        if committed.is_empty() {
            bail!("there is no {SCORES} to check against; make it with --write");
        }
        check(&scores, &committed, args.only.is_some())?;
        if !problems.is_empty() {
            bail!("some sets have no proper value");
        }
        println!("no score fell by more than its noise");
    }
    Ok(())
}

fn nothing(why: &str) -> Result<()> {
    println!("eval: nothing was scored and nothing checked: {why}");
    Ok(())
}

/// Builds the program; the profile changes its speed, not its answers.
fn build(root: &Path) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "build",
            "--quiet",
            "--profile",
            "tool",
            "--package",
            "newsgraph-cli",
            "--message-format",
            "json",
        ])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        bail!("the program does not build");
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let executable = |line: &str| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message.get("executable")?.as_str()?))
    };
    messages.lines().filter_map(executable).next_back().context("cargo does not say where the program is")
}

/// Values by set and measure, in the scorers' order.
type Values = Vec<(String, String, Option<f64>)>;

/// Runs the scorers; returns the values and the lines about what went wrong.
fn measure(
    shared: &Path,
    binary: &Path,
    only: Option<&str>,
    work: Option<&Path>,
) -> Result<(Values, Vec<String>)> {
    let folder = tempfile::tempdir()?;
    let json = folder.path().join("scores.json");
    let mut command = Command::new("python3");
    command.arg(shared.join("eval/run.py")).arg(binary).arg("--json").arg(&json);
    for (flag, value) in [("--only", only.map(OsStr::new)), ("--work", work.map(Path::as_os_str))] {
        if let Some(value) = value {
            command.arg(flag).arg(value);
        }
    }
    // The scorers' own bytecode shall not be written beside them.
    let output = command.env("PYTHONDONTWRITEBYTECODE", "1").stderr(Stdio::inherit()).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let problems: Vec<String> =
        said.lines().filter(|line| line.starts_with("PROBLEM")).map(str::to_owned).collect();
    if !output.status.success() && problems.is_empty() {
        bail!("the scorers failed:\n{said}");
    }
    let text = std::fs::read_to_string(&json).context("the scorers wrote no values")?;
    Ok((parse(&text)?, problems))
}

/// Reads `{"set.measure": value}`.
fn parse(json: &str) -> Result<Values> {
    let values: BTreeMap<String, Option<f64>> = serde_json::from_str(json).context("the scorers' values")?;
    // A map of serde_json is sorted; the text keeps the order in which the scorers print.
    let mut values: Vec<_> =
        values.into_iter().map(|(key, value)| (json.find(&format!("\"{key}\"")), key, value)).collect();
    values.sort_by_key(|(place, ..)| *place);
    let split = |(_, key, value): (_, String, _)| {
        let (set, measure) = key.split_once('.').with_context(|| format!("value without a set: {key}"))?;
        Ok((set.to_owned(), measure.to_owned(), value))
    };
    values.into_iter().map(split).collect()
}

fn find<'s>(scores: &'s [Score], set: &str, measure: &str) -> Option<&'s Score> {
    scores.iter().find(|score| score.set == set && score.measure == measure)
}

/// The values with the noise that is committed, or else usual for their set.
fn scores(values: &Values, committed: &[Score]) -> Vec<Score> {
    let score = |(set, measure, value): &(String, String, Option<f64>)| {
        let usual = || NOISE.iter().find(|(name, _)| name == set).map_or(USUAL_NOISE, |(_, noise)| *noise);
        let noise = find(committed, set, measure).map_or_else(usual, |score| score.noise);
        Score { set: set.clone(), measure: measure.clone(), value: *value, noise }
    };
    values.iter().map(score).collect()
}

fn table(scores: &[Score], committed: &[Score]) -> String {
    let number = |value: Option<f64>| value.map_or("-".to_owned(), |v| format!("{v:.2}"));
    let mut out = format!(
        "{:<14} {:<16} {:>7} {:>9} {:>7} {:>6}\n",
        "set", "measure", "value", "committed", "change", "noise"
    );
    for score in scores {
        let before = find(committed, &score.set, &score.measure).and_then(|score| score.value);
        let change =
            score.value.zip(before).map_or(String::new(), |(now, before)| format!("{:+.2}", now - before));
        let (now, before) = (number(score.value), number(before));
        out += &format!(
            "{:<14} {:<16} {now:>7} {before:>9} {change:>7} {:>6}\n",
            score.set, score.measure, score.noise
        );
    }
    out
}

/// Compares with what is committed; of a partial run only what it measured.
fn check(scores: &[Score], committed: &[Score], partial: bool) -> Result<()> {
    let mut fallen = Vec::new();
    for before in committed {
        let now = find(scores, &before.set, &before.measure);
        if now.is_none() && partial {
            continue;
        }
        let name = format!("{}.{}", before.set, before.measure);
        match (now.and_then(|score| score.value), before.value) {
            // Half of the last digit that is written, so that a fall of exactly the noise passes.
            (Some(now), Some(value)) if now + before.noise + 0.005 < value => {
                fallen.push(format!("{name} fell from {value:.2} to {now:.2}, noise {}", before.noise));
            }
            (None, Some(value)) => fallen.push(format!("{name} was {value:.2} and has no value now")),
            _ => {}
        }
    }
    if !fallen.is_empty() {
        bail!("scores fell:\n  {}", fallen.join("\n  "));
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Score>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let mut reader = csv::Reader::from_path(path)?;
    reader.deserialize().collect::<Result<_, _>>().with_context(|| format!("{} is damaged", path.display()))
}

fn write(path: &Path, scores: &[Score]) -> Result<()> {
    let mut writer = csv::Writer::from_path(path)?;
    for score in scores {
        writer.serialize(score)?;
    }
    writer.flush()?;
    println!("wrote {SCORES}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(set: &str, measure: &str, value: Option<f64>, noise: f64) -> Score {
        Score { set: set.into(), measure: measure.into(), value, noise }
    }

    #[test]
    fn values_keep_the_scorers_order() {
        let values = parse(r#"{"b.f1": 50.0, "a.top_f1": null, "a.f1": 1}"#).unwrap();
        let names: Vec<_> = values.iter().map(|(set, measure, value)| (&**set, &**measure, *value)).collect();
        assert_eq!(names, [("b", "f1", Some(50.0)), ("a", "top_f1", None), ("a", "f1", Some(1.0))]);
    }

    #[test]
    fn only_falls_beyond_the_noise_count() {
        let committed = [score("a", "f1", Some(50.0), 0.5)];
        let rows = [
            ("the same", Some(50.0), true),
            ("a rise", Some(60.0), true),
            ("a fall of the noise", Some(49.5), true),
            ("a fall beyond it", Some(49.4), false),
            ("no value", None, false),
        ];
        for (name, value, passes) in rows {
            assert_eq!(check(&[score("a", "f1", value, 0.5)], &committed, false).is_ok(), passes, "{name}");
        }
        assert!(check(&[], &committed, false).is_err());
        assert!(check(&[], &committed, true).is_ok());
    }

    #[test]
    fn committed_noise_stays() {
        let values = parse(r#"{"ewt-dev.las": 80.0, "other.f1": 1}"#).unwrap();
        let noises =
            |committed: &[Score]| scores(&values, committed).iter().map(|s| s.noise).collect::<Vec<_>>();
        assert_eq!(noises(&[]), [0.2, 1.0]);
        assert_eq!(noises(&[score("other", "f1", None, 3.0)]), [0.2, 3.0]);
    }
}
