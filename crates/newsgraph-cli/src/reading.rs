//! The arguments that say how inputs are to be read.

use clap::ValueEnum;
use newsgraph_corpus::{FieldNames, Format, ReadOptions};

/// How inputs are read; the same for every command.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "How inputs are read")]
pub struct ReadArgs {
    /// Form of the inputs, for those whose names do not tell
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,

    /// Field or column with the text [default: text, content, body, maintext, article and other names in use]
    #[arg(long, value_name = "NAME")]
    pub text_field: Option<String>,

    /// Field or column with the id
    #[arg(long, value_name = "NAME")]
    pub id_field: Option<String>,

    /// Field or column with the headline
    #[arg(long, value_name = "NAME")]
    pub title_field: Option<String>,

    /// Field or column with the outlet
    #[arg(long, value_name = "NAME")]
    pub source_field: Option<String>,

    /// Field or column with the date of publication
    #[arg(long, value_name = "NAME")]
    pub published_field: Option<String>,

    /// Field or column with the address
    #[arg(long, value_name = "NAME")]
    pub url_field: Option<String>,

    /// Read documents in other languages than English too, as if they were English
    #[arg(long)]
    pub any_language: bool,
}

/// Forms of inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// Plain text, one document
    Text,
    /// JSON Lines, one document a line
    Jsonl,
    /// JSON objects over any number of lines, in an array or one after the other
    Json,
    /// A table with a header line, one document a row
    Csv,
    /// The same with tabs between the columns
    Tsv,
    /// A page
    Html,
    /// What a crawler wrote
    Warc,
}

impl From<InputFormat> for Format {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Text => Self::Text,
            InputFormat::Jsonl => Self::JsonLines,
            InputFormat::Json => Self::Json,
            InputFormat::Csv => Self::Csv,
            InputFormat::Tsv => Self::Tsv,
            InputFormat::Html => Self::Html,
            InputFormat::Warc => Self::Warc,
        }
    }
}

impl ReadArgs {
    /// What the readers need to know of them.
    pub(crate) fn options(&self) -> ReadOptions {
        ReadOptions {
            fields: FieldNames {
                text: self.text_field.clone(),
                id: self.id_field.clone(),
                title: self.title_field.clone(),
                source: self.source_field.clone(),
                published: self.published_field.clone(),
                url: self.url_field.clone(),
            },
            any_language: self.any_language,
        }
    }
}
