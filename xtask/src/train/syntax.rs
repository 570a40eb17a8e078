//! `cargo xtask train syntax`.

/// Runs the command.
pub fn run(_: super::Options) -> anyhow::Result<()> {
    anyhow::bail!("not written yet")
}
