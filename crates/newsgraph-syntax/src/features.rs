//! Morphological features in one number: the part of UD's FEATS that English needs.

macro_rules! features {
    ($($(#[$doc:meta])* $getter:ident / $setter:ident: $name:ident = $label:literal @ $shift:literal .. $width:literal
        { $($variant:ident = $text:literal,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[allow(missing_docs)] // each is named as the scheme's own documentation names it
            pub enum $name { $($variant,)* }

            impl $name {
                /// Every value, in order of its number.
                pub const ALL: &'static [$name] = &[$($name::$variant,)*];

                /// The value as CoNLL-U writes it.
                pub fn as_str(self) -> &'static str {
                    match self { $($name::$variant => $text,)* }
                }
            }
        )*

        impl Features {
            $(
                #[doc = concat!("The value of `", $label, "`, or `None`.")]
                pub fn $getter(self) -> Option<$name> {
                    let value = (self.0 >> $shift) & ((1 << $width) - 1);
                    $name::ALL.get((value as usize).wrapping_sub(1)).copied()
                }

                #[doc = concat!("The same with `", $label, "` set.")]
                #[must_use]
                pub fn $setter(self, value: $name) -> Self {
                    let mask = ((1u32 << $width) - 1) << $shift;
                    Self((self.0 & !mask) | ((value as u32 + 1) << $shift))
                }
            )*
        }

        /// Name, lowest bit, bits and spellings of every feature, in the order CoNLL-U wants.
        const LAYOUT: &[(&str, u32, u32, &[&str])] = &[$(($label, $shift, $width, &[$($text,)*]),)*];
    };
}

/// The features of one word, 0 meaning none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Features(u32);

features! {
    /// Whether the word is an abbreviation.
    abbr / with_abbr: Abbr = "Abbr" @ 0..1 { Yes = "Yes", }
    /// Case of pronouns.
    case / with_case: Case = "Case" @ 1..2 { Acc = "Acc", Gen = "Gen", Nom = "Nom", }
    /// Definiteness of articles.
    definite / with_definite: Definite = "Definite" @ 3..2 { Def = "Def", Ind = "Ind", }
    /// Degree of comparison.
    degree / with_degree: Degree = "Degree" @ 5..2 { Cmp = "Cmp", Pos = "Pos", Sup = "Sup", }
    /// Gender of pronouns.
    gender / with_gender: Gender = "Gender" @ 7..2 { Fem = "Fem", Masc = "Masc", Neut = "Neut", }
    /// Mood of finite verbs.
    mood / with_mood: Mood = "Mood" @ 9..2 { Imp = "Imp", Ind = "Ind", Sub = "Sub", }
    /// Kind of numeral.
    num_type / with_num_type: NumType = "NumType" @ 11..3 { Card = "Card", Frac = "Frac", Mult = "Mult", Ord = "Ord", }
    /// Number of nouns, pronouns and finite verbs.
    number / with_number: Number = "Number" @ 14..2 { Plur = "Plur", Ptan = "Ptan", Sing = "Sing", }
    /// Person of pronouns and finite verbs.
    person / with_person: Person = "Person" @ 16..2 { First = "1", Second = "2", Third = "3", }
    /// Whether the word denies or affirms.
    polarity / with_polarity: Polarity = "Polarity" @ 18..2 { Neg = "Neg", Pos = "Pos", }
    /// Whether the pronoun is possessive.
    poss / with_poss: Poss = "Poss" @ 20..1 { Yes = "Yes", }
    /// Kind of pronoun or determiner.
    pron_type / with_pron_type: PronType = "PronType" @ 21..4 {
        Art = "Art", Dem = "Dem", Emp = "Emp", Ind = "Ind", Int = "Int", Neg = "Neg", Prs = "Prs", Rcp = "Rcp",
        Rel = "Rel", Tot = "Tot",
    }
    /// Whether the pronoun is reflexive.
    reflex / with_reflex: Reflex = "Reflex" @ 25..1 { Yes = "Yes", }
    /// Tense of verbs.
    tense / with_tense: Tense = "Tense" @ 26..2 { Past = "Past", Pres = "Pres", }
    /// Form of verbs.
    verb_form / with_verb_form: VerbForm = "VerbForm" @ 28..3 { Fin = "Fin", Ger = "Ger", Inf = "Inf", Part = "Part", }
    /// Voice of participles.
    voice / with_voice: Voice = "Voice" @ 31..1 { Pass = "Pass", }
}

impl Features {
    /// The features packed in `bits`, as [`Features::bits`] gave them; numbers that stand for no value read as none.
    pub fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The packed form: a small integer for each feature, 0 where it has no value.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// Reads the FEATS column. Features and values that English does not need are left out.
    pub fn from_conllu(column: &str) -> Self {
        let mut bits = 0;
        for (name, value) in column.split('|').filter_map(|pair| pair.split_once('=')) {
            let Some((_, shift, _, values)) = LAYOUT.iter().find(|f| f.0 == name) else { continue };
            if let Some(number) = values.iter().position(|v| *v == value) {
                bits |= (number as u32 + 1) << shift;
            }
        }
        Self(bits)
    }

    /// Adds the FEATS column to `out`: `Name=Value` in alphabetical order, or `_`.
    pub fn push_conllu(self, out: &mut String) {
        let before = out.len();
        for (name, shift, width, values) in LAYOUT {
            let number = (self.0 >> shift) & ((1 << width) - 1);
            let Some(value) = values.get((number as usize).wrapping_sub(1)) else { continue };
            if out.len() > before {
                out.push('|');
            }
            out.push_str(name);
            out.push('=');
            out.push_str(value);
        }
        if out.len() == before {
            out.push('_');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_leaves_no_overlap() {
        let mut used = 0u32;
        for (name, shift, width, values) in LAYOUT {
            let mask = (((1u64 << width) - 1) << shift) as u32;
            assert_eq!(used & mask, 0, "{name} shares bits");
            assert!(values.len() < 1 << width, "{name} does not fit");
            used |= mask;
        }
    }

    #[test]
    fn column_is_read_and_written() {
        let table = [
            ("nothing", "_", "_"),
            ("a verb", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", ""),
            ("a participle", "Tense=Past|VerbForm=Part|Voice=Pass", ""),
            ("a feature that is left out", "ExtPos=ADP|Number=Sing", "Number=Sing"),
            ("a value that is left out", "Gender=Com|Number=Plur", "Number=Plur"),
        ];
        for (name, input, expected) in table {
            let mut out = String::new();
            Features::from_conllu(input).push_conllu(&mut out);
            assert_eq!(out, if expected.is_empty() { input } else { expected }, "{name}");
        }
    }

    #[test]
    fn accessors_read_what_setters_wrote() {
        let feats =
            Features::default().with_tense(Tense::Past).with_voice(Voice::Pass).with_tense(Tense::Pres);
        assert_eq!(feats.tense(), Some(Tense::Pres));
        assert_eq!(feats.voice(), Some(Voice::Pass));
        assert_eq!(feats.number(), None);
        assert_eq!(Features::from_bits(u32::MAX).case(), Some(Case::Nom));
        assert_eq!(Features::from_bits(u32::MAX).tense(), None, "three stands for no tense");
    }
}
