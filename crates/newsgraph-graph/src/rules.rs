//! What a user says about who is who: it overrides every rule of merging.

/// Merges and splits that a user asks for.
///
/// One instruction a line, as CSV without header; empty lines and lines that begin with `#` are passed over:
///
/// - `merge,A,B`: A and B are one, and go by the name of A.
/// - `apart,A,B`: no rule may make A and B one.
/// - `split,A,DOCUMENT`: A in this document is somebody else.
///
/// A and B are an identifier of the gazetteer (`person/vladimir-putin`), an id of the graph (`n…`) or a full name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergeRules {
    pub(crate) merges: Vec<(String, String)>,
    pub(crate) apart: Vec<(String, String)>,
    pub(crate) splits: Vec<(String, String)>,
}

/// A line of a user's merge and split file that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// The line, counted from 1.
    pub line: u64,
    /// What is wrong.
    pub what: String,
}

impl std::fmt::Display for RuleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}; expected merge,A,B or apart,A,B or split,A,DOCUMENT", self.line, self.what)
    }
}

impl std::error::Error for RuleError {}

impl MergeRules {
    /// Reads the instructions of a file.
    ///
    /// # Errors
    /// When a line is no instruction.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut rules = Self::default();
        for row in reader.records() {
            let error = |line: u64, what: String| RuleError { line, what };
            let row = row.map_err(|e| error(e.position().map_or(0, csv::Position::line), e.to_string()))?;
            let line = row.position().map_or(0, csv::Position::line);
            let fields: Vec<&str> = row.iter().collect();
            let [action, one, other] = fields[..] else {
                return Err(error(line, format!("{} fields", fields.len())));
            };
            if one.is_empty() || other.is_empty() {
                return Err(error(line, "an empty field".to_owned()));
            }
            let pair = (one.to_owned(), other.to_owned());
            match action {
                "merge" => rules.merges.push(pair),
                "apart" => rules.apart.push(pair),
                "split" => rules.splits.push(pair),
                other => return Err(error(line, format!("unknown instruction {other:?}"))),
            }
        }
        Ok(rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_read_and_faults_are_named() {
        let rules = MergeRules::parse("# ours\nmerge,Ann Lee,\"Lee, Ann\"\n\nsplit,Jo Roe,b.txt\n").unwrap();
        assert_eq!(rules.merges, [("Ann Lee".to_owned(), "Lee, Ann".to_owned())]);
        assert_eq!(rules.splits.len(), 1);
        for (text, line) in [("merge,a\n", 1), ("merge,a,b\njoin,a,b\n", 2), ("apart,,b\n", 1)] {
            assert_eq!(MergeRules::parse(text).unwrap_err().line, line, "{text:?}");
        }
    }
}
