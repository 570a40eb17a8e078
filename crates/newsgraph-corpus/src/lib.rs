//! Reads news corpora: plain text and JSON Lines, from any reader.
