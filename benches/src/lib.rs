//! Texts for the benchmarks.
