//! `cargo xtask train`: one submodule a model.

mod attribution;
mod coref;
mod entities;
mod sentences;
mod syntax;

use std::path::PathBuf;

use clap::Subcommand;

/// Options of the command.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    model: Model,
}

#[derive(Subcommand)]
enum Model {
    /// Cues, sources and contents of attributions, from PolNeAR.
    Attribution(attribution::Options),
    /// Tagger, lemmatiser and dependency parser, from the treebanks.
    Syntax(Options),
    /// Ranker of the antecedents of pronouns, from GUM and GAP.
    Coref(Options),
    /// Recogniser of names, from the named-entity corpora.
    Entities(Options),
    /// Weights that tell where sentences end, from the treebanks.
    Sentences(Options),
}

/// Options that every training command takes.
#[derive(clap::Args)]
pub struct Options {
    /// Folder that holds `corpora/`.
    #[arg(long, value_name = "DIR")]
    pub shared: PathBuf,
}

/// Runs the command.
pub fn run(args: Args) -> anyhow::Result<()> {
    match args.model {
        Model::Attribution(options) => attribution::run(options),
        Model::Syntax(options) => syntax::run(options),
        Model::Coref(options) => coref::run(options),
        Model::Entities(options) => entities::run(options),
        Model::Sentences(options) => sentences::run(options),
    }
}
