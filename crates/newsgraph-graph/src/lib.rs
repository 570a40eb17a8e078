//! Merges document records into a knowledge graph and exports it as CSV and DOT.
