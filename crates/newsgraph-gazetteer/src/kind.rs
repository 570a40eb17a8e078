//! The OntoNotes entity types.

use std::fmt;

macro_rules! types {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)*) => {
        /// What kind of thing a name or an expression stands for: the types of OntoNotes 5.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum EntityType { $($(#[$doc])* $variant,)* }

        impl EntityType {
            /// Every type, in order of its number.
            pub const ALL: &'static [EntityType] = &[$(EntityType::$variant,)*];

            /// The type as records write it.
            pub fn as_str(self) -> &'static str {
                match self { $(EntityType::$variant => $text,)* }
            }

            /// The type with this spelling, or `None`.
            pub fn from_label(label: &str) -> Option<Self> {
                match label { $($text => Some(EntityType::$variant),)* _ => None }
            }
        }
    };
}

types! {
    /// People, named or described.
    Person = "PERSON",
    /// Companies, agencies, institutions, parties, armed groups.
    Org = "ORG",
    /// Countries, regions, cities: places with a government.
    Gpe = "GPE",
    /// Mountains, seas, continents: places without one.
    Loc = "LOC",
    /// Buildings, airports, plants, bridges.
    Fac = "FAC",
    /// Nationalities, religions, political groups.
    Norp = "NORP",
    /// Wars, battles, storms, sports events, with a name.
    Event = "EVENT",
    /// Treaties and laws.
    Law = "LAW",
    /// Vehicles, weapons, goods.
    Product = "PRODUCT",
    /// Titles of books, films, songs.
    WorkOfArt = "WORK_OF_ART",
    /// Absolute or relative dates and periods.
    Date = "DATE",
    /// Times within a day.
    Time = "TIME",
    /// Sums, with their unit.
    Money = "MONEY",
    /// Percentages, with the sign or word.
    Percent = "PERCENT",
    /// Measures of weight, length and the like.
    Quantity = "QUANTITY",
    /// Numbers that are none of the others.
    Cardinal = "CARDINAL",
    /// First, second.
    Ordinal = "ORDINAL",
}

impl EntityType {
    /// Whether it is a kind of place: GPE, LOC or FAC.
    pub fn is_place(self) -> bool {
        matches!(self, Self::Gpe | Self::Loc | Self::Fac)
    }
}

impl fmt::Display for EntityType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
