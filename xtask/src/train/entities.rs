//! `cargo xtask train entities`.

/// Runs the command.
pub fn run(_: super::Options) -> anyhow::Result<()> {
    anyhow::bail!("not written yet")
}
