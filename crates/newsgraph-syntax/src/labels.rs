//! The label sets: UPOS, Penn Treebank tags and dependency relations, as they occur in UD English.

/// Declares a label set: an enum of one byte, its spellings, and the way back.
macro_rules! labels {
    ($(#[$doc:meta])* pub enum $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[allow(missing_docs)] // each is named as the scheme's own documentation names it
        pub enum $name { $($variant,)* }

        impl $name {
            /// Every label, in order of its number.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The label as CoNLL-U writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// The label with this spelling, or `None`.
            pub fn from_label(label: &str) -> Option<Self> {
                match label { $($text => Some($name::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

labels! {
    /// Universal part of speech.
    pub enum Upos {
        Adj = "ADJ",
        Adp = "ADP",
        Adv = "ADV",
        Aux = "AUX",
        Cconj = "CCONJ",
        Det = "DET",
        Intj = "INTJ",
        Noun = "NOUN",
        Num = "NUM",
        Part = "PART",
        Pron = "PRON",
        Propn = "PROPN",
        Punct = "PUNCT",
        Sconj = "SCONJ",
        Sym = "SYM",
        Verb = "VERB",
        X = "X",
    }
}

labels! {
    /// Penn Treebank part of speech, as UD English uses it.
    pub enum Xpos {
        Cc = "CC",
        Cd = "CD",
        Dt = "DT",
        Ex = "EX",
        Fw = "FW",
        In = "IN",
        Jj = "JJ",
        Jjr = "JJR",
        Jjs = "JJS",
        Ls = "LS",
        Md = "MD",
        Nn = "NN",
        Nnp = "NNP",
        Nnps = "NNPS",
        Nns = "NNS",
        Pdt = "PDT",
        Pos = "POS",
        Prp = "PRP",
        PrpS = "PRP$",
        Rb = "RB",
        Rbr = "RBR",
        Rbs = "RBS",
        Rp = "RP",
        Sym = "SYM",
        To = "TO",
        Uh = "UH",
        Vb = "VB",
        Vbd = "VBD",
        Vbg = "VBG",
        Vbn = "VBN",
        Vbp = "VBP",
        Vbz = "VBZ",
        Wdt = "WDT",
        Wp = "WP",
        WpS = "WP$",
        Wrb = "WRB",
        Add = "ADD",
        Afx = "AFX",
        Gw = "GW",
        Nfp = "NFP",
        Hyph = "HYPH",
        Lrb = "-LRB-",
        Rrb = "-RRB-",
        OpenQuote = "``",
        CloseQuote = "''",
        Comma = ",",
        Period = ".",
        Colon = ":",
        Dollar = "$",
    }
}

labels! {
    /// Universal dependency relation of a word to its head, with the subtypes of UD English.
    pub enum Deprel {
        Acl = "acl",
        AclRelcl = "acl:relcl",
        Advcl = "advcl",
        AdvclRelcl = "advcl:relcl",
        Advmod = "advmod",
        Amod = "amod",
        Appos = "appos",
        Aux = "aux",
        AuxPass = "aux:pass",
        Case = "case",
        Cc = "cc",
        CcPreconj = "cc:preconj",
        Ccomp = "ccomp",
        Compound = "compound",
        CompoundPrt = "compound:prt",
        Conj = "conj",
        Cop = "cop",
        Csubj = "csubj",
        CsubjOuter = "csubj:outer",
        CsubjPass = "csubj:pass",
        Dep = "dep",
        Det = "det",
        DetPredet = "det:predet",
        Discourse = "discourse",
        Dislocated = "dislocated",
        Expl = "expl",
        Fixed = "fixed",
        Flat = "flat",
        Goeswith = "goeswith",
        Iobj = "iobj",
        List = "list",
        Mark = "mark",
        Nmod = "nmod",
        NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss",
        NmodUnmarked = "nmod:unmarked",
        Nsubj = "nsubj",
        NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass",
        Nummod = "nummod",
        Obj = "obj",
        Obl = "obl",
        OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked",
        Orphan = "orphan",
        Parataxis = "parataxis",
        Punct = "punct",
        Reparandum = "reparandum",
        Root = "root",
        Vocative = "vocative",
        Xcomp = "xcomp",
    }
}

/// For each relation the number of the one that it is a subtype of, or its own.
const BASES: [u8; Deprel::ALL.len()] = {
    let mut bases = [0; Deprel::ALL.len()];
    let mut i = 0;
    while i < bases.len() {
        bases[i] = i as u8;
        let mut j = 0;
        while j < bases.len() {
            if is_subtype(Deprel::ALL[i].as_str().as_bytes(), Deprel::ALL[j].as_str().as_bytes()) {
                bases[i] = j as u8;
            }
            j += 1;
        }
        i += 1;
    }
    bases
};

/// Whether a label is `base`, a colon and more.
const fn is_subtype(label: &[u8], base: &[u8]) -> bool {
    if label.len() <= base.len() || label[base.len()] != b':' {
        return false;
    }
    let mut i = 0;
    while i < base.len() {
        if label[i] != base[i] {
            return false;
        }
        i += 1;
    }
    true
}

impl Deprel {
    /// Whether the relation is `base` or one of its subtypes: `NsubjPass` is a kind of `Nsubj`.
    pub fn is(self, base: Deprel) -> bool {
        self == base || BASES[self as usize] == base as u8
    }

    /// The relation without its subtype.
    pub fn universal(self) -> &'static str {
        let label = self.as_str();
        label.split_once(':').map_or(label, |(base, _)| base)
    }
}
