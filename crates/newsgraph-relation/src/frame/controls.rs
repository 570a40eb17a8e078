//! What a governing word does to the clause below it: who its subject is, and whether its act is a fact.

use newsgraph_syntax::{Deprel, Syntax};

use super::{Modality, Polarity};

/// The effect of a governing verb, noun or adjective on its complement clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Effect {
    pub(super) modality: Modality,
    pub(super) polarity: Polarity,
}

impl Effect {
    pub(super) const NONE: Effect = Effect { modality: Modality::Actual, polarity: Polarity::Positive };
    const FUTURE: Effect = Effect { modality: Modality::Future, polarity: Polarity::Positive };
    const POSSIBLE: Effect = Effect { modality: Modality::Possible, polarity: Polarity::Positive };
    const DEMANDED: Effect = Effect { modality: Modality::Demanded, polarity: Polarity::Positive };
    const NEGATIVE: Effect = Effect { modality: Modality::Actual, polarity: Polarity::Negative };
}

/// What `lemma` does to an infinitive or gerund that it governs ("plans to leave", "refused to leave").
pub(super) fn on_open_clause(lemma: &str) -> Effect {
    match lemma {
        "plan" | "intend" | "aim" | "expect" | "prepare" | "promise" | "vow" | "pledge" | "agree" | "set"
        | "due" | "schedule" | "slate" | "decide" | "undertake" | "poise" | "poised" | "determined"
        | "bound" | "swear" | "commit" | "go" | "arrange" | "resolve" | "ready" | "decision"
        | "promise,n" | "agreement" | "commitment" | "intention" | "pledge,n" => Effect::FUTURE,
        "want" | "hope" | "seek" | "try" | "attempt" | "wish" | "desire" | "consider" | "threaten"
        | "like" | "offer" | "propose" | "suggest" | "mull" | "contemplate" | "appear" | "seem"
        | "likely" | "able" | "unlikely" | "willing" | "eager" | "keen" | "free" | "struggle" | "allow"
        | "permit" | "enable" | "authorise" | "authorize" | "believe" | "think" | "suspect" | "allege"
        | "accuse" | "say" | "report" | "claim" | "pretend" | "threat" | "effort" | "bid" | "chance"
        | "right" | "ability" | "opportunity" | "proposal" | "readiness" | "willingness" | "risk"
        | "possibility" | "option" | "move" | "power" | "capacity" | "capable" | "afraid" | "warn"
        | "fear" => Effect::POSSIBLE,
        "urge" | "ask" | "order" | "demand" | "call" | "request" | "tell" | "instruct" | "press"
        | "pressure" | "implore" | "beg" | "require" | "need" | "have" | "must" | "ought" | "appeal"
        | "petition" | "direct" | "command" | "advise" | "recommend" | "encourage" | "push" | "lobby"
        | "insist" | "plead" | "oblige" | "obligation" | "duty" | "invite" | "summon" | "compel" => {
            Effect::DEMANDED
        }
        "refuse" | "decline" | "fail" | "deny" | "avoid" | "stop" | "cease" | "forbid" | "prevent"
        | "bar" | "prohibit" | "ban" | "refrain" | "abstain" | "neglect" | "block" | "deter"
        | "discourage" | "refusal" | "failure" | "unable" | "unwilling" | "reluctant" | "halt" | "reject"
        | "rule" => Effect::NEGATIVE,
        _ => Effect::NONE,
    }
}

/// What `lemma` does to a clause with a subject of its own ("denied that it had fired").
pub(super) fn on_full_clause(lemma: &str) -> Effect {
    match lemma {
        "deny" => Effect::NEGATIVE,
        "doubt" | "hope" | "wish" | "suggest" | "suspect" | "believe" | "think" | "fear" | "speculate"
        | "wonder" | "assume" | "guess" | "imagine" | "predict" | "expect" | "estimate" | "possible"
        | "likely" | "unlikely" | "warn" | "threaten" | "propose" => Effect::POSSIBLE,
        "demand" | "insist" | "urge" | "request" | "recommend" | "require" | "order" => Effect::DEMANDED,
        "promise" | "vow" | "pledge" | "plan" => Effect::FUTURE,
        _ => Effect::NONE,
    }
}

/// Whether the subject stays the subject below although there is an object ("promised her to leave").
pub(super) fn subject_keeps_control(lemma: &str) -> bool {
    matches!(
        lemma,
        "promise"
            | "vow"
            | "pledge"
            | "threaten"
            | "swear"
            | "use"
            | "offer"
            | "have"
            | "make"
            | "take"
            | "play"
            | "hold"
    )
}

/// Whether "PREPOSITION X to do" makes X the subject below: "called *on Iran* to stop".
pub(super) fn oblique_controls(lemma: &str, preposition: &str) -> bool {
    matches!(
        (lemma, preposition),
        ("call" | "prevail" | "depend" | "rely" | "count", "on" | "upon")
            | ("appeal" | "signal" | "look" | "say" | "motion" | "shout", "to")
            | ("plead" | "argue", "with")
            | ("wait" | "long" | "arrange" | "allow" | "push" | "ask" | "pray" | "call", "for")
    )
}

/// "condemned *Iran* for firing"
const JUDGED_FOR: [&str; 34] = [
    "blame",
    "criticise",
    "criticize",
    "condemn",
    "praise",
    "thank",
    "arrest",
    "charge",
    "fine",
    "jail",
    "punish",
    "denounce",
    "attack",
    "fault",
    "commend",
    "prosecute",
    "sanction",
    "sue",
    "indict",
    "detain",
    "rebuke",
    "chide",
    "hail",
    "applaud",
    "slam",
    "blast",
    "reward",
    "honour",
    "honor",
    "try",
    "forgive",
    "pardon",
    "lambast",
    "lambaste",
];

/// "kept *Iran* from firing"
const KEPT_FROM: [&str; 12] = [
    "prevent",
    "stop",
    "bar",
    "ban",
    "keep",
    "deter",
    "discourage",
    "prohibit",
    "block",
    "dissuade",
    "restrain",
    "exclude",
];

/// Whether "OBJECT of/for/from DOING" makes the object the subject below: "accused *Iran* of firing".
pub(super) fn object_controls_gerund(lemma: &str, preposition: &str) -> bool {
    match preposition {
        "for" => JUDGED_FOR.contains(&lemma),
        "from" => KEPT_FROM.contains(&lemma),
        _ => matches!(
            (lemma, preposition),
            ("accuse" | "suspect" | "convict" | "acquit" | "capable" | "absolve" | "clear", "of")
                | ("pressure" | "trick" | "coerce" | "force" | "talk" | "bully" | "lure" | "push", "into")
                | ("describe" | "portray" | "regard" | "see" | "depict" | "quote" | "cite", "as")
                | ("warn" | "caution" | "advise", "against")
                | ("charge", "with")
        ),
    }
}

/// Whether a clause with this introducing word tells no fact.
pub(super) fn marks_condition(marker: &str) -> bool {
    matches!(marker, "if" | "unless" | "whether" | "lest" | "provided" | "should" | "in case" | "until")
}

/// Whether the participle `head` with "be" tells a state of its subject: "is opposed to the plan", "were involved
/// in the raid". The preposition tells it from a passive ("was opposed in parliament").
pub(super) fn is_stative_participle(syntax: &Syntax, head: u32) -> bool {
    let wanted: &[&str] = match syntax.lemma(head) {
        "oppose" | "commit" | "dedicate" | "devote" | "accustom" | "resign" => &["to"],
        "engage" | "involve" | "interest" | "absorb" | "embroil" | "mire" | "entangle" => &["in"],
        "concern" | "worry" | "alarm" | "annoy" | "outrage" | "delight" => &["about", "over", "for", "at"],
        "satisfy" | "please" | "acquaint" => &["with"],
        "convince" | "scare" | "terrify" | "tire" => &["of"],
        _ => return false,
    };
    syntax.children(head).any(|c| {
        c > head
            && syntax.deprel(c).is(Deprel::Obl)
            && syntax
                .children(c)
                .any(|p| p < c && syntax.deprel(p) == Deprel::Case && wanted.contains(&syntax.lemma(p)))
    })
}
