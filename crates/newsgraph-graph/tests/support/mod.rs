//! Records made by hand: spans are found by their words.

#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test file uses its part")]

use newsgraph_record::{Argument, Entity, Event, Mention, Quote, Record, Role, Span};

/// The span of the first `needle` in `text`, in code points.
pub fn span(text: &str, needle: &str) -> Span {
    let at = text.find(needle).unwrap_or_else(|| panic!("{needle:?} is not in {text:?}"));
    let start = text[..at].chars().count() as u32;
    [start, start + needle.chars().count() as u32]
}

pub struct Doc(pub Record);

impl Doc {
    /// A document of the given sentences, one a line.
    pub fn new(id: &str, text: &str) -> Self {
        let mut sentences = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            let end = start + line.chars().count() as u32;
            sentences.push([start, end]);
            start = end + 1;
        }
        Self(Record { id: id.into(), text: text.into(), sentences, ..Record::default() })
    }

    pub fn published(mut self, source: &str, day: &str) -> Self {
        self.0.source = Some(source.into());
        self.0.published = Some(day.into());
        self
    }

    /// An entity that is mentioned by name wherever `forms` first occur.
    pub fn entity(mut self, name: &str, kind: &str, kb: Option<&str>, forms: &[&str]) -> Self {
        let mention = |form: &&str| Mention { span: span(&self.0.text, form), form: "name".into() };
        let mut mentions: Vec<Mention> = forms.iter().map(mention).collect();
        mentions.sort_by_key(|m| m.span);
        mentions.dedup();
        let id = self.0.entities.len() as u32;
        let kb = kb.map(str::to_owned);
        self.0.entities.push(Entity {
            id,
            name: name.into(),
            kind: kind.into(),
            kb,
            entry: None,
            roles: vec![],
            members: vec![],
            mentions,
        });
        self
    }

    /// An entity without a name.
    pub fn nominal(mut self, phrase: &str, kind: &str) -> Self {
        self = self.entity(phrase, kind, None, &[phrase]);
        self.0.entities.last_mut().expect("added before").mentions[0].form = "nominal".into();
        self
    }

    pub fn roles(mut self, roles: &[&str]) -> Self {
        self.0.entities.last_mut().expect("added before").roles = roles.iter().map(|&r| r.into()).collect();
        self
    }

    pub fn quote(mut self, speaker: Option<u32>, source: &str, cue: &str, content: &str) -> Self {
        let text = &self.0.text;
        self.0.quotes.push(Quote {
            id: self.0.quotes.len() as u32,
            form: "indirect".into(),
            kind: "statement".into(),
            source: if source.is_empty() { vec![] } else { vec![span(text, source)] },
            cue: vec![span(text, cue)],
            content: vec![span(text, content)],
            speaker,
            addressee: None,
            nested_in: None,
            confidence: 0.8,
        });
        self
    }

    /// An actual event; participants are given by their phrases, and are the entity whose mention has exactly
    /// the same words, if there is one.
    pub fn event(mut self, plover: &str, trigger: &str, actors: &[&str], recipients: &[&str]) -> Self {
        let role = |phrase: &&str| {
            let span = span(&self.0.text, phrase);
            Role { span, entity: self.entity_at(span) }
        };
        let event = Event {
            id: self.0.events.len() as u32,
            trigger: vec![span(&self.0.text, trigger)],
            lemma: trigger.into(),
            kind: Some(plover.to_owned()).filter(|p| !p.is_empty()),
            modes: vec![],
            actors: actors.iter().map(role).collect(),
            recipients: recipients.iter().map(role).collect(),
            arguments: vec![],
            polarity: "positive".into(),
            modality: "actual".into(),
            date: None,
            quantities: vec![],
            quote: None,
            confidence: 0.7,
            mentions: vec![],
        };
        self.0.events.push(event);
        self
    }

    pub fn argument(mut self, role: &str, phrase: &str) -> Self {
        let span = span(&self.0.text, phrase);
        let argument = Argument { role: role.into(), span, entity: self.entity_at(span) };
        self.last_event().arguments.push(argument);
        self
    }

    pub fn date(mut self, date: &str) -> Self {
        self.last_event().date = Some(date.into());
        self
    }

    pub fn last_event(&mut self) -> &mut Event {
        self.0.events.last_mut().expect("added before")
    }

    fn entity_at(&self, span: Span) -> Option<u32> {
        self.0.entities.iter().find(|e| e.mentions.iter().any(|m| m.span == span)).map(|e| e.id)
    }

    pub fn record(self) -> Record {
        self.0
    }
}

/// Three articles on the same day's news, in our own words.
pub fn three_articles() -> Vec<Record> {
    let herald = Doc::new(
        "herald",
        "French President Emmanuel Macron and Vladimir Putin spoke by telephone on Tuesday.\n\
         Macron voiced \"unwavering support for the sovereignty and territorial integrity of Ukraine\", the Elysee \
         Palace said.\n\
         Ukrainian drones hit the Russian city of Izhevsk, killing three people, local officials said.",
    )
    .published("Herald", "2025-07-01")
    .entity("Emmanuel Macron", "PERSON", Some("macron"), &["Emmanuel Macron", "Macron voiced"])
    .roles(&["President of France"])
    .entity("Vladimir Putin", "PERSON", Some("putin"), &["Vladimir Putin"])
    .entity("Elysee Palace", "ORG", Some("elysee"), &["the Elysee Palace"])
    .entity("Ukraine", "GPE", Some("UA"), &["Ukraine", "Ukrainian"])
    .entity("Russia", "GPE", Some("RU"), &["Russian"])
    .entity("Izhevsk", "GPE", Some("izhevsk"), &["Izhevsk"])
    .nominal("local officials", "PERSON")
    .quote(
        Some(2),
        "the Elysee Palace",
        "said.\n",
        "unwavering support for the sovereignty and territorial integrity of Ukraine",
    )
    .quote(Some(6), "local officials", "said", "Ukrainian drones hit the Russian city of Izhevsk, killing three people")
    .event("CONSULT", "spoke", &["Emmanuel Macron", "Vladimir Putin"], &[])
    .date("2025-07-01")
    .event("ASSAULT", "hit", &["Ukrainian drones"], &["the Russian city of Izhevsk"]);
    let mut herald = herald;
    herald.last_event().quote = Some(1);
    let courier = Doc::new(
        "courier",
        "Putin held a call with Emmanuel Macron, the Kremlin said.\n\
         A Ukrainian drone strike on Izhevsk killed three people.\n\
         The French leader stressed \u{201c}unwavering support for the sovereignty and territorial integrity of \
         Ukraine\u{201d}.",
    )
    .published("Courier", "2025-07-02")
    .entity("Vladimir Putin", "PERSON", Some("putin"), &["Putin"])
    .entity("Emmanuel Macron", "PERSON", Some("macron"), &["Emmanuel Macron", "The French leader"])
    .entity("Kremlin", "FAC", Some("kremlin"), &["the Kremlin"])
    .entity("Ukraine", "GPE", Some("UA"), &["Ukraine", "Ukrainian"])
    .entity("Izhevsk", "GPE", Some("izhevsk"), &["Izhevsk"])
    .quote(Some(2), "the Kremlin", "said", "Putin held a call with Emmanuel Macron")
    .quote(
        Some(1),
        "The French leader",
        "stressed",
        "\u{201c}unwavering support for the sovereignty and territorial integrity of Ukraine\u{201d}",
    )
    .event("CONSULT", "call", &["Putin"], &["Emmanuel Macron"])
    .event("ASSAULT", "strike", &["Ukrainian"], &["Izhevsk"]);
    let gazette = Doc::new(
        "gazette",
        "A Ukrainian drone hit a plant in Izhevsk, said Alexander Brechalov, head of Udmurtia.\n\
         Volodymyr Zelenskiy welcomed the talks between Macron and Putin.",
    )
    .published("Gazette", "2025-07-03")
    .entity("Ukraine", "GPE", Some("UA"), &["Ukrainian"])
    .entity("Izhevsk", "GPE", Some("izhevsk"), &["Izhevsk"])
    .entity("Alexander Brechalov", "PERSON", None, &["Alexander Brechalov"])
    .roles(&["head of Udmurtia"])
    .entity("Volodymyr Zelenskiy", "PERSON", None, &["Volodymyr Zelenskiy"])
    .entity("Emmanuel Macron", "PERSON", Some("macron"), &["Macron"])
    .entity("Vladimir Putin", "PERSON", Some("putin"), &["Putin"])
    .quote(Some(2), "Alexander Brechalov", "said", "A Ukrainian drone hit a plant in Izhevsk")
    .event("ASSAULT", "hit", &["A Ukrainian drone"], &["a plant in Izhevsk"])
    .event("CONSULT", "talks", &["Macron", "Putin"], &[]);
    vec![herald.record(), courier.record(), gazette.record()]
}
