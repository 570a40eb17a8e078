//! Who said what, who did what to whom, and which sentences say so.
