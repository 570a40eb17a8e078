//! The tags of the sequence model: BILOU over four classes of names.

use crate::EntityType;

/// What the sequence model tells apart; words and hints then refine it to an [`EntityType`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NameClass {
    /// People.
    Person,
    /// Organizations.
    Organization,
    /// Places with or without a government, buildings.
    Place,
    /// Everything else that has a name: peoples, events, works, products, laws.
    Other,
}

impl NameClass {
    /// The four classes, in order of their numbers.
    pub const ALL: [NameClass; 4] = [Self::Person, Self::Organization, Self::Place, Self::Other];

    /// The class that a type of OntoNotes belongs to; `None` for expressions of time and number.
    pub fn of(kind: EntityType) -> Option<Self> {
        match kind {
            EntityType::Person => Some(Self::Person),
            EntityType::Org => Some(Self::Organization),
            EntityType::Gpe | EntityType::Loc | EntityType::Fac => Some(Self::Place),
            EntityType::Norp
            | EntityType::Event
            | EntityType::Law
            | EntityType::Product
            | EntityType::WorkOfArt => Some(Self::Other),
            _ => None,
        }
    }
}

/// Number of tags: outside, and begin, inside, last and unit of each class.
pub const TAGS: usize = 17;

/// The tag of a token outside all names.
pub const OUTSIDE: u8 = 0;

/// The place of a token in its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Position {
    /// The first of several.
    Begin,
    /// Neither first nor last.
    Inside,
    /// The last of several.
    Last,
    /// The only one.
    Unit,
}

/// The number of a tag.
pub fn tag(class: NameClass, position: Position) -> u8 {
    1 + class as u8 * 4 + position as u8
}

/// Class and position of a tag; `None` for [`OUTSIDE`].
pub fn parts(tag: u8) -> Option<(NameClass, Position)> {
    let index = tag.checked_sub(1)?;
    let class = *NameClass::ALL.get(usize::from(index / 4))?;
    let position = match index % 4 {
        0 => Position::Begin,
        1 => Position::Inside,
        2 => Position::Last,
        _ => Position::Unit,
    };
    Some((class, position))
}

/// Whether tag `next` may follow tag `before`: a name that has begun goes on to its last token.
pub fn may_follow(before: u8, next: u8) -> bool {
    let open = match parts(before) {
        Some((class, Position::Begin | Position::Inside)) => Some(class),
        _ => None,
    };
    match parts(next) {
        Some((class, Position::Inside | Position::Last)) => open == Some(class),
        _ => open.is_none(),
    }
}

/// Whether a sequence may begin with `tag`.
pub fn may_begin(tag: u8) -> bool {
    may_follow(OUTSIDE, tag)
}

/// Whether a sequence may end with `tag`.
pub fn may_end(tag: u8) -> bool {
    may_follow(tag, OUTSIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_has_its_parts_and_back() {
        assert_eq!(parts(OUTSIDE), None);
        for t in 1..TAGS as u8 {
            let (class, position) = parts(t).unwrap();
            assert_eq!(tag(class, position), t);
        }
        assert_eq!(parts(TAGS as u8), None);
    }

    #[test]
    fn names_that_begin_must_end() {
        use NameClass::*;
        use Position::*;
        let cases = [
            (OUTSIDE, OUTSIDE, true),
            (OUTSIDE, tag(Person, Begin), true),
            (OUTSIDE, tag(Person, Inside), false),
            (tag(Person, Begin), tag(Person, Last), true),
            (tag(Person, Begin), tag(Place, Last), false),
            (tag(Person, Begin), OUTSIDE, false),
            (tag(Person, Last), tag(Person, Begin), true),
            (tag(Place, Unit), tag(Place, Unit), true),
            (tag(Place, Inside), tag(Place, Unit), false),
        ];
        for (before, next, expected) in cases {
            assert_eq!(may_follow(before, next), expected, "{before} then {next}");
        }
    }
}
