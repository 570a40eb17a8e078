//! PLOVER (Political Language Ontology for Verifiable Event Records, manual 2.0): types, modes, quad classes.

use std::fmt;

/// Which of the four corners of cooperation and conflict, words and deeds, a type belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quad {
    /// Cooperation in words.
    VerbalCooperation,
    /// Cooperation in deeds.
    MaterialCooperation,
    /// Conflict in words.
    VerbalConflict,
    /// Conflict in deeds.
    MaterialConflict,
}

impl Quad {
    /// The number of the quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn number(self) -> u8 {
        match self {
            Self::VerbalCooperation => 1,
            Self::MaterialCooperation => 2,
            Self::VerbalConflict => 3,
            Self::MaterialConflict => 4,
        }
    }
}

macro_rules! plover_types {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $quad:ident, $score:literal;)*) => {
        /// The 16 types of acts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum PloverType { $($(#[$doc])* $variant,)* }

        impl PloverType {
            /// Every type, in the manual's order.
            pub const ALL: &'static [PloverType] = &[$(PloverType::$variant,)*];

            /// The type as records write it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The quad class. SANCTION counts as material, as in the manual's section and summary table.
            pub fn quad(self) -> Quad {
                match self { $(Self::$variant => Quad::$quad,)* }
            }

            /// The manual's conflict-cooperation value, from -10 to +10.
            pub fn score(self) -> f64 {
                match self { $(Self::$variant => $score,)* }
            }
        }
    };
}

plover_types! {
    /// Agreeing, offering, promising to cooperate.
    Agree = "AGREE", VerbalCooperation, 2.5;
    /// Meetings, visits, talks, calls.
    Consult = "CONSULT", VerbalCooperation, 2.5;
    /// Praise, approval, recognition, signing: words only.
    Support = "SUPPORT", VerbalCooperation, 5.0;
    /// Concessions in words.
    Concede = "CONCEDE", VerbalCooperation, 4.5;
    /// Cooperation in deeds that serves both sides.
    Cooperate = "COOPERATE", MaterialCooperation, 9.5;
    /// Help in deeds.
    Aid = "AID", MaterialCooperation, 10.0;
    /// Concessions carried out.
    Retreat = "RETREAT", MaterialCooperation, 6.5;
    /// Demands, requests, orders.
    Request = "REQUEST", VerbalConflict, 0.0;
    /// Criticism, accusations, investigations.
    Accuse = "ACCUSE", VerbalConflict, -3.0;
    /// Refusals.
    Reject = "REJECT", VerbalConflict, -2.0;
    /// Threats and forceful warnings.
    Threaten = "THREATEN", VerbalConflict, -3.5;
    /// Demonstrations, strikes, riots.
    Protest = "PROTEST", MaterialConflict, -5.0;
    /// Reduced relations.
    Sanction = "SANCTION", MaterialConflict, -6.0;
    /// Troops and weapons moved or readied.
    Mobilize = "MOBILIZE", MaterialConflict, -5.5;
    /// Power used short of violence.
    Coerce = "COERCE", MaterialConflict, -7.0;
    /// Deliberate physical harm.
    Assault = "ASSAULT", MaterialConflict, -9.0;
}

impl PloverType {
    /// The type with this spelling, or `None`.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|t| t.as_str() == label)
    }

    /// Whether the manual codes no event without a recipient.
    pub fn needs_recipient(self) -> bool {
        matches!(self, Self::Cooperate | Self::Aid | Self::Sanction)
    }

    /// What the manual makes of the type when the act is planned or promised, not done.
    #[must_use]
    pub fn in_future(self) -> Self {
        match self {
            Self::Consult | Self::Support | Self::Cooperate | Self::Aid => Self::Agree,
            Self::Retreat => Self::Concede,
            other => other,
        }
    }

    /// The modes that the type can have.
    pub fn modes(self) -> &'static [Mode] {
        use Mode as M;
        match self {
            Self::Agree | Self::Support | Self::Concede | Self::Cooperate | Self::Aid => &[],
            Self::Consult => &[M::Visit, M::ThirdParty, M::Multilateral, M::Phone],
            Self::Retreat => &[M::Withdraw, M::Release, M::Disarm, M::Ceasefire, M::Access, M::Resign],
            Self::Request | Self::Reject => &[M::Assist, M::Change, M::Yield, M::Meet],
            Self::Accuse => &[M::Disapprove, M::Investigate, M::Allege],
            Self::Threaten => &[M::Restrict, M::Arrest, M::Relations, M::Expel, M::Territory, M::Violence],
            Self::Protest => &[M::Demo, M::Riot, M::Strike, M::Hunger, M::Boycott, M::Obstruct, M::Vandalize],
            Self::Sanction => &[M::Convict, M::Expel, M::Withdraw, M::Discontinue],
            Self::Mobilize => &[M::Troops, M::Weapons, M::Police, M::Militia],
            Self::Coerce => &[
                M::Seize,
                M::Restrict,
                M::Censor,
                M::Curfew,
                M::MartialLaw,
                M::Arrest,
                M::Deport,
                M::Withhold,
                M::Misinformation,
                M::Cyber,
            ],
            Self::Assault => &[
                M::Abduct,
                M::Beat,
                M::Torture,
                M::Sexual,
                M::Targeted,
                M::Destroy,
                M::Primitive,
                M::Firearms,
                M::Explosives,
                M::SuicideAttack,
                M::Aerial,
                M::Drone,
                M::HeavyWeapons,
                M::CrowdControl,
                M::Unconventional,
            ],
        }
    }
}

impl fmt::Display for PloverType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! modes {
    ($($variant:ident = $text:literal,)*) => {
        /// How an act is done; which modes go with which type says [`PloverType::modes`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[allow(missing_docs)] // named as in the manual
        pub enum Mode { $($variant,)* }

        impl Mode {
            /// Every mode, in order of its number.
            pub const ALL: &'static [Mode] = &[$(Mode::$variant,)*];

            /// The mode as records write it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

modes! {
    Visit = "visit", ThirdParty = "third-party", Multilateral = "multilateral", Phone = "phone",
    Withdraw = "withdraw", Release = "release", Disarm = "disarm", Ceasefire = "ceasefire", Access = "access",
    Resign = "resign", Assist = "assist", Change = "change", Yield = "yield", Meet = "meet",
    Disapprove = "disapprove", Investigate = "investigate", Allege = "allege", Restrict = "restrict",
    Arrest = "arrest", Relations = "relations", Expel = "expel", Territory = "territory", Violence = "violence",
    Demo = "demo", Riot = "riot", Strike = "strike", Hunger = "hunger", Boycott = "boycott",
    Obstruct = "obstruct", Vandalize = "vandalize", Convict = "convict", Discontinue = "discontinue",
    Troops = "troops", Weapons = "weapons", Police = "police", Militia = "militia", Seize = "seize",
    Censor = "censor", Curfew = "curfew", MartialLaw = "martial-law", Deport = "deport", Withhold = "withhold",
    Misinformation = "misinformation", Cyber = "cyber", Abduct = "abduct", Beat = "beat", Torture = "torture",
    Sexual = "sexual", Targeted = "targeted", Destroy = "destroy", Primitive = "primitive",
    Firearms = "firearms", Explosives = "explosives", SuicideAttack = "suicide-attack", Aerial = "aerial",
    Drone = "drone", HeavyWeapons = "heavy-weapons", CrowdControl = "crowd-control",
    Unconventional = "unconventional",
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of modes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ModeSet(u64);

impl ModeSet {
    /// Whether no mode is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Adds a mode.
    pub fn insert(&mut self, mode: Mode) {
        self.0 |= 1 << mode as u64;
    }

    /// Whether the mode is in it.
    pub fn contains(self, mode: Mode) -> bool {
        self.0 & (1 << mode as u64) != 0
    }

    /// The modes that are in one of the two.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that a type can have.
    #[must_use]
    pub fn restricted_to(self, kind: PloverType) -> Self {
        let mut allowed = Self::default();
        for &mode in kind.modes() {
            allowed.insert(mode);
        }
        Self(self.0 & allowed.0)
    }

    /// The modes, in order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = Mode> {
        Mode::ALL.iter().copied().filter(move |&m| self.contains(m))
    }
}

impl fmt::Debug for ModeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Mode::as_str)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lead_back_and_modes_fit_a_set() {
        for &kind in PloverType::ALL {
            assert_eq!(PloverType::from_label(kind.as_str()), Some(kind));
        }
        assert!(Mode::ALL.len() <= 64);
        let mut set = ModeSet::default();
        set.insert(Mode::Unconventional);
        set.insert(Mode::Visit);
        assert_eq!(set.iter().collect::<Vec<_>>(), [Mode::Visit, Mode::Unconventional]);
    }

    #[test]
    fn planned_cooperation_is_an_agreement() {
        assert_eq!(PloverType::Consult.in_future(), PloverType::Agree);
        assert_eq!(PloverType::Retreat.in_future(), PloverType::Concede);
        assert_eq!(PloverType::Assault.in_future(), PloverType::Assault);
    }
}
