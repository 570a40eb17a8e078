//! The newsgraph program.
