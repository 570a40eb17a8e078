//! `cargo xtask eval`.

/// Options of the command.
#[derive(clap::Args)]
pub struct Args {}

/// Runs the command.
pub fn run(_: Args) -> anyhow::Result<()> {
    anyhow::bail!("not written yet")
}
