//! Predicate-argument frames: the one reading of a clause that quotes and events share.
//!
//! A [`Frame`] stands for one predicate of the text and says who does what to whom *after* grammar has been
//! undone: passives are turned round, and the subjects and objects that a clause leaves out are filled in from
//! where English takes them (conjunction, control, raising, relative clauses, participles). What remains is a
//! list of [`Argument`]s, each the head token of a phrase with its [`Relation`] to the predicate.
//!
//! The relations filled in are those of "enhanced" Universal Dependencies (Schuster and Manning, "Enhanced
//! English Universal Dependencies", LREC 2016, section 3), with controllers chosen by the governing verb, and
//! with reduced relatives and subjectless adverbial clauses added.
//!
//! Everything lies in three arrays that are used again for the next document; queries do not allocate.

mod controls;
mod extraction;
mod mood;
mod phrase;

use newsgraph_syntax::Syntax;
use newsgraph_text::TokenRange;
use newsgraph_token::Segmentation;

/// "No token" or "no frame".
const NONE: u32 = u32::MAX;

/// What an argument is to its predicate once the voice has been normalised: the subject of a passive clause is
/// an [`Object`](Relation::Object) here, and the phrase after "by" its [`Subject`](Relation::Subject).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Who or what does it. With a copula: of whom or what it is said.
    Subject,
    /// Whom or what it is done to.
    Object,
    /// To whom something is given or told, without preposition: "told *reporters* that".
    IndirectObject,
    /// A phrase with a preposition: "met *with Macron*".
    Oblique,
    /// A phrase without preposition that is no object: "met *Tuesday*", "climbed *ten percent*".
    Unmarked,
    /// A clause with a subject of its own: "said *it would leave*".
    Complement,
    /// A clause whose subject is one of this frame's arguments: "agreed *to leave*".
    OpenComplement,
    /// An adverbial clause: "*killing three*", "*after he left*", "*to end the war*".
    Adverbial,
    /// An adverb that stands in the place of an argument: "*there*", "*abroad*", "*today*".
    Adverb,
}

/// One argument of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Head token of the phrase or clause; in a relative clause the antecedent, not the pronoun.
    pub head: u32,
    /// What it is to the predicate.
    pub relation: Relation,
    /// The first preposition, or the word that introduces a clause ("that", "after", "to").
    pub marker: Option<u32>,
    /// Whether the phrase is no dependent of this predicate but was filled in from another place.
    pub shared: bool,
    /// The relative pronoun that stands for the phrase inside this clause.
    pub pronoun: Option<u32>,
}

/// How a frame's clause hangs on the rest of the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// A main clause.
    Root,
    /// Coordinated with the frame that is its parent.
    Conjunct,
    /// A complement, or a clause in the place of a subject.
    Complement,
    /// A complement that takes its subject from the parent.
    OpenComplement,
    /// An adverbial clause.
    Adverbial,
    /// A relative clause.
    Relative,
    /// A participle or infinitive that modifies a noun: "*built* here", "the plan *to leave*".
    Modifier,
    /// Set beside another clause without conjunction: "…, *said* Macron, …".
    Parataxis,
}

/// What kind of predicate a frame has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PredicateKind {
    /// A verb.
    Verb,
    /// A noun, adjective or prepositional phrase with a form of "be", written or understood.
    Copula,
    /// A "have" that the tree has as a verb of its own although its participle stands further on: "*has* for
    /// months been using". It says nothing by itself; its subject is that of the participle.
    Auxiliary,
}

/// Grammatical voice in the text, before normalisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// "hit the plant"
    Active,
    /// "was hit", "hit by drones"
    Passive,
}

/// When the clause places its act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tense {
    /// "left", "has left", "had left"
    Past,
    /// "leaves", "is leaving"
    Present,
    /// "will leave", "is to leave"
    Future,
    /// Infinitives and participles without auxiliary.
    None,
}

/// Whether the clause asserts or denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// It asserts.
    Positive,
    /// It denies: "did not leave", "refused to leave", "nobody left".
    Negative,
}

impl Polarity {
    /// The polarity as records write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
        }
    }
}

/// Whether the act is told as a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// It happens or happened.
    Actual,
    /// It is going to, or is planned.
    Future,
    /// It may, might, would; a condition, a wish, an attempt.
    Possible,
    /// It must or should; somebody asks for it.
    Demanded,
}

impl Modality {
    /// The modality as records write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Future => "future",
            Self::Possible => "possible",
            Self::Demanded => "demanded",
        }
    }
}

/// One predicate with its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The token that heads the clause: the verb, or the noun or adjective beside a copula.
    pub head: u32,
    /// Kind of predicate.
    pub kind: PredicateKind,
    /// The verb particle: "carried *out*".
    pub particle: Option<u32>,
    /// The form of "be" beside a noun or adjective.
    pub copula: Option<u32>,
    /// The frame that this one hangs on; for a relative clause or a participle, that of the noun's clause.
    pub parent: Option<u32>,
    /// How it hangs there.
    pub link: Link,
    /// Voice in the text.
    pub voice: Voice,
    /// Tense.
    pub tense: Tense,
    /// Asserted or denied, governing verbs included ("refused to").
    pub polarity: Polarity,
    /// Told as a fact or not, governing verbs included ("plans to").
    pub modality: Modality,
    /// Where its arguments lie in [`Frames`]' array.
    arguments: (u32, u32),
}

/// All frames of a document, in order of their head tokens.
///
/// ```
/// use newsgraph_relation::Frames;
/// use newsgraph_syntax::Syntax;
/// use newsgraph_token::Segmentation;
///
/// let mut frames = Frames::default();
/// Frames::extract("", &Segmentation::default(), &Syntax::default(), &mut frames);
/// assert!(frames.is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Frames {
    frames: Vec<Frame>,
    arguments: Vec<Argument>,
    /// For each token the frame in whose clause it stands, `NONE` outside of all.
    clause: Vec<u32>,
    /// Frames waiting for their parent; empty between calls.
    pending: Vec<u32>,
    /// Arguments of the frame being filled; empty between calls.
    filling: Vec<Argument>,
}

impl Frames {
    /// Reads the frames of a document off its trees, replacing what `out` held. Time is linear in the number of
    /// tokens.
    pub fn extract(text: &str, segmentation: &Segmentation, syntax: &Syntax, out: &mut Frames) {
        extraction::extract(text, segmentation, syntax, out);
    }

    /// Number of frames.
    pub fn len(&self) -> usize {
        self.frames.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// The frames, in order of their head tokens.
    pub fn iter(&self) -> std::slice::Iter<'_, Frame> {
        self.frames.iter()
    }

    /// Frame number `index`, as in [`Frame::parent`].
    pub fn get(&self, index: u32) -> Option<&Frame> {
        self.frames.get(index as usize)
    }

    /// The frame whose predicate is `token`.
    pub fn headed_by(&self, token: u32) -> Option<&Frame> {
        self.around(token).filter(|f| f.head == token)
    }

    /// The frame in whose clause `token` stands: the nearest predicate at or above it.
    pub fn around(&self, token: u32) -> Option<&Frame> {
        self.index_around(token).and_then(|i| self.get(i))
    }

    /// The number of the frame in whose clause `token` stands.
    pub fn index_around(&self, token: u32) -> Option<u32> {
        self.clause.get(token as usize).copied().filter(|&i| i != NONE)
    }

    /// The arguments of a frame: its own and the ones filled in, each conjunct one argument; a phrase and its
    /// conjuncts stand together.
    pub fn arguments(&self, frame: &Frame) -> &[Argument] {
        self.arguments.get(frame.arguments.0 as usize..frame.arguments.1 as usize).unwrap_or(&[])
    }

    /// The arguments of a frame with one relation.
    pub fn with_relation<'f>(
        &'f self,
        frame: &Frame,
        relation: Relation,
    ) -> impl Iterator<Item = &'f Argument> + use<'f> {
        self.arguments(frame).iter().filter(move |a| a.relation == relation)
    }

    /// Those who act, voice normalised.
    pub fn subjects<'f>(&'f self, frame: &Frame) -> impl Iterator<Item = &'f Argument> + use<'f> {
        self.with_relation(frame, Relation::Subject)
    }

    /// The phrase that stands where the grammar of the text has its subject: in a passive clause an object or
    /// indirect object. It is what subjectless clauses below take as theirs.
    pub fn surface_subjects<'f>(&'f self, frame: &Frame) -> impl Iterator<Item = &'f Argument> + use<'f> {
        let arguments = self.arguments(frame);
        let wanted = match frame.voice {
            Voice::Active => Relation::Subject,
            // "was told that": the person told is the subject on the page.
            Voice::Passive if arguments.iter().any(|a| a.relation == Relation::IndirectObject) => {
                Relation::IndirectObject
            }
            Voice::Passive => Relation::Object,
        };
        arguments.iter().filter(move |a| a.relation == wanted)
    }
}

impl<'f> IntoIterator for &'f Frames {
    type Item = &'f Frame;
    type IntoIter = std::slice::Iter<'f, Frame>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Whether `lemma` says how the act of an infinitive below it stands: "able", "likely", "set", "plan".
pub(crate) fn governs_infinitive(lemma: &str) -> bool {
    controls::on_open_clause(lemma) != controls::Effect::NONE
}

/// The tokens of the noun phrase headed by `head`: its subtree without leading prepositions, without relative
/// clauses, participles, appositions and conjuncts, and without what follows those. "the head of the region,
/// who left, and his aide" gives "the head of the region".
pub fn noun_phrase(syntax: &Syntax, head: u32) -> TokenRange {
    phrase::noun_phrase(syntax, head)
}
