//! Who said what and who did what to whom.
