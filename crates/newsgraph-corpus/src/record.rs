//! Checks a document record that was made earlier, perhaps by another program: whoever reads it may rely on it.

use newsgraph_record::{Record, Role, Span};

use crate::error::ErrorKind;

/// Checks that every span lies in the text and every reference names something in the record.
///
/// # Errors
/// The first contradiction.
pub(crate) fn check(record: &Record) -> Result<(), ErrorKind> {
    let checker = Checker {
        chars: u32::try_from(record.text.chars().count()).unwrap_or(u32::MAX),
        entities: record.entities.len(),
        quotes: record.quotes.len(),
    };
    for (i, span) in record.sentences.iter().enumerate() {
        checker.spans("sentences", i, [span])?;
    }
    for (i, furniture) in record.furniture.iter().enumerate() {
        checker.spans("furniture", i, [&furniture.span])?;
    }
    let tokens = record.tokens.as_deref().unwrap_or_default();
    for (i, token) in tokens.iter().enumerate() {
        checker.spans("tokens", i, [&token.span])?;
        require("tokens", i, (-1..tokens.len() as i64).contains(&i64::from(token.head)), "no such head")?;
    }
    for (i, entity) in record.entities.iter().enumerate() {
        require("entities", i, entity.id as usize == i, "id is not the position in the list")?;
        checker.spans("entities", i, entity.mentions.iter().map(|m| &m.span))?;
        checker.entities("entities", i, entity.members.iter().copied().map(Some))?;
    }
    for (i, quote) in record.quotes.iter().enumerate() {
        require("quotes", i, quote.id as usize == i, "id is not the position in the list")?;
        checker.spans("quotes", i, quote.source.iter().chain(&quote.cue).chain(&quote.content))?;
        checker.entities("quotes", i, [quote.speaker, quote.addressee])?;
        checker.quote("quotes", i, quote.nested_in)?;
    }
    for (i, event) in record.events.iter().enumerate() {
        require("events", i, event.id as usize == i, "id is not the position in the list")?;
        checker.spans("events", i, event.trigger.iter().chain(event.quantities.iter().map(|q| &q.span)))?;
        checker.roles(i, event.actors.iter().chain(&event.recipients))?;
        checker.spans("events", i, event.arguments.iter().map(|a| &a.span))?;
        checker.entities("events", i, event.arguments.iter().map(|a| a.entity))?;
        checker.quote("events", i, event.quote)?;
        checker.spans("events", i, event.mentions.iter().flat_map(|m| &m.trigger))?;
        event.mentions.iter().try_for_each(|m| checker.quote("events", i, m.quote))?;
    }
    Ok(())
}

struct Checker {
    chars: u32,
    entities: usize,
    quotes: usize,
}

impl Checker {
    fn spans<'a>(
        &self,
        list: &'static str,
        index: usize,
        spans: impl IntoIterator<Item = &'a Span>,
    ) -> Result<(), ErrorKind> {
        let inside = spans.into_iter().all(|[start, end]| start <= end && *end <= self.chars);
        require(list, index, inside, "span outside the text")
    }

    fn entities(
        &self,
        list: &'static str,
        index: usize,
        references: impl IntoIterator<Item = Option<u32>>,
    ) -> Result<(), ErrorKind> {
        let known = references.into_iter().flatten().all(|id| (id as usize) < self.entities);
        require(list, index, known, "no such entity")
    }

    fn roles<'a>(&self, index: usize, mut roles: impl Iterator<Item = &'a Role>) -> Result<(), ErrorKind> {
        roles.try_for_each(|role| {
            self.spans("events", index, [&role.span])?;
            self.entities("events", index, [role.entity])
        })
    }

    fn quote(&self, list: &'static str, index: usize, quote: Option<u32>) -> Result<(), ErrorKind> {
        require(list, index, quote.is_none_or(|id| (id as usize) < self.quotes), "no such quote")
    }
}

fn require(list: &'static str, index: usize, holds: bool, what: &'static str) -> Result<(), ErrorKind> {
    if holds { Ok(()) } else { Err(ErrorKind::BadRecord { list, index, what }) }
}

#[cfg(test)]
mod tests {
    use newsgraph_record::{Entity, Event, Mention, Quote};

    use super::*;

    fn sound() -> Record {
        let mention = Mention { span: [0, 3], form: "name".into() };
        Record {
            id: "a".into(),
            text: "Éva ran.".into(),
            sentences: vec![[0, 8]],
            entities: vec![Entity {
                id: 0,
                name: "Éva".into(),
                kind: "PERSON".into(),
                kb: None,
                entry: None,
                roles: vec![],
                members: vec![],
                mentions: vec![mention],
            }],
            quotes: vec![Quote {
                id: 0,
                form: "indirect".into(),
                kind: "statement".into(),
                source: vec![[0, 3]],
                cue: vec![[4, 7]],
                content: vec![],
                speaker: Some(0),
                addressee: None,
                nested_in: None,
                confidence: 1.0,
            }],
            events: vec![Event {
                id: 0,
                trigger: vec![[4, 7]],
                lemma: "run".into(),
                kind: None,
                modes: vec![],
                actors: vec![Role { span: [0, 3], entity: Some(0) }],
                recipients: vec![],
                arguments: vec![],
                polarity: "positive".into(),
                modality: "actual".into(),
                date: None,
                quantities: vec![],
                quote: None,
                confidence: 1.0,
                mentions: vec![],
            }],
            ..Record::default()
        }
    }

    #[test]
    fn finds_contradictions() {
        type Damage = fn(&mut Record);
        let rows: &[(&str, Damage, &str)] = &[
            ("a sentence beyond the end", |r| r.sentences[0] = [0, 9], "sentences[0]: span outside the text"),
            (
                "a span backwards",
                |r| r.entities[0].mentions[0].span = [3, 0],
                "entities[0]: span outside the text",
            ),
            ("a wrong id", |r| r.events[0].id = 4, "events[0]: id is not the position in the list"),
            ("an unknown speaker", |r| r.quotes[0].speaker = Some(1), "quotes[0]: no such entity"),
            ("an unknown actor", |r| r.events[0].actors[0].entity = Some(1), "events[0]: no such entity"),
            ("an unknown quote", |r| r.events[0].quote = Some(1), "events[0]: no such quote"),
        ];
        assert!(check(&sound()).is_ok());
        for (name, damage, message) in rows {
            let mut record = sound();
            damage(&mut record);
            let error = check(&record).unwrap_err();
            assert_eq!(error.to_string(), format!("damaged document record: {message}"), "{name}");
        }
    }
}
