//! The newsgraph program.

fn main() {}
