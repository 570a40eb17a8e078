//! What the scanner notes of every token beside its span, for the layers that follow.

/// The kind of a token, as far as its characters tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Kind {
    /// Starts with a small letter, or a letter of a script without case.
    Lower,
    /// Starts with a capital letter.
    Capital,
    /// Starts with a digit.
    Number,
    /// A word that took its full stop: an abbreviation or an initial.
    Abbreviation,
    /// The second part of a contraction, and possessive endings.
    Clitic,
    /// An address, a handle or a hashtag.
    Web,
    /// A picture or an emoticon.
    Emoji,
    /// Any other sign.
    Symbol,
    /// `$` and its like.
    Currency,
    /// `,`.
    Comma,
    /// `;`.
    Semicolon,
    /// `:`.
    Colon,
    /// `-`.
    Hyphen,
    /// `–`, `—`, `--`.
    Dash,
    /// `.`.
    Period,
    /// `!`, `?` and runs of them.
    Exclamation,
    /// `...`, `…`.
    Ellipsis,
    /// `(`, `[`, `{`.
    OpenBracket,
    /// `)`, `]`, `}`.
    CloseBracket,
    /// `"`.
    StraightDouble,
    /// `'` that is no part of a word.
    StraightSingle,
    /// `“` and ` `` `; also the closing mark of German pairs.
    OpenDouble,
    /// `”` and `''`.
    CloseDouble,
    /// `‘` and a single back tick.
    OpenSingle,
    /// `’` that is no part of a word.
    CloseSingle,
    /// `„`.
    LowDouble,
    /// `‚`.
    LowSingle,
    /// `«`, `‹`.
    OpenAngle,
    /// `»`, `›`.
    CloseAngle,
    /// `•` and signs used as such.
    Bullet,
}

impl Kind {
    /// Whether the token is some quotation mark.
    pub(crate) fn is_quote(self) -> bool {
        (Kind::StraightDouble as u8..=Kind::CloseAngle as u8).contains(&(self as u8))
    }

    /// Whether the token may end a sentence by itself.
    pub(crate) fn is_terminal(self) -> bool {
        matches!(self, Kind::Period | Kind::Exclamation | Kind::Ellipsis)
    }

    /// Whether the token is a word or a number.
    pub(crate) fn is_word(self) -> bool {
        self <= Kind::Clitic
    }
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Gap {
    /// Nothing: the token before ends here.
    None,
    /// White space inside a line.
    Space,
    /// One end of line.
    Line,
    /// An empty line, or a separator of paragraphs or pages.
    Paragraph,
}

/// Kind and gap of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// What the token is.
    pub(crate) kind: Kind,
    /// What stands before it.
    pub(crate) gap: Gap,
}
