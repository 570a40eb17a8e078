//! From the layers of the analysis to the public record: the one place where bytes become code points.

use newsgraph_entity::Entities;
use newsgraph_record::{
    Argument, Entity, Event, EventMention, Furniture, Mention, Quantity, Quote, Record, Role, SCHEMA, Span,
    Token,
};
use newsgraph_text::{CharIndex, Document};

use crate::pipeline::{Layers, RecordOptions};

/// The record of a document with these layers.
pub(crate) fn record(document: Document, layers: &Layers, options: RecordOptions) -> Record {
    let kept = kept(&layers.quotes, options);
    let converter = Converter { index: CharIndex::new(&document.text), layers, kept: &kept };
    let sentences = converter.sentences();
    let tokens = options.tokens.then(|| converter.tokens());
    let entities = converter.entities(&layers.entities);
    let quotes = layers.quotes.iter().zip(&kept);
    let quotes = quotes.filter_map(|(quote, id)| id.map(|id| converter.quote(id, quote))).collect();
    let events =
        layers.events.iter().enumerate().map(|(id, event)| converter.event(id as u32, event)).collect();
    let furniture = converter.furniture();
    let own = |span: newsgraph_text::Span| span.of(&document.text).to_owned();
    let byline = layers.furniture.byline().map(own);
    let dateline = layers.furniture.place().map(own);
    let agencies = layers.furniture.agencies().iter().map(|&agency| agency.to_owned()).collect();
    let Document { id, text, metadata } = document;
    Record {
        schema: SCHEMA.to_owned(),
        id,
        source: metadata.source,
        published: metadata.published,
        title: metadata.title,
        url: metadata.url,
        byline: metadata.byline.or(byline),
        dateline,
        agencies,
        language: metadata.language,
        text,
        sentences,
        furniture,
        tokens,
        entities,
        quotes,
        events,
    }
}

struct Converter<'a> {
    index: CharIndex<'a>,
    layers: &'a Layers,
    /// For each quote its number in the record.
    kept: &'a [Option<u32>],
}

/// Numbers the quotes that the options leave in.
fn kept(quotes: &[newsgraph_relation::Quote], options: RecordOptions) -> Vec<Option<u32>> {
    let mut next = 0;
    let number = |quote: &newsgraph_relation::Quote| {
        let kind = !options.statements_only || quote.kind == newsgraph_relation::QuoteKind::Statement;
        let stays = kind && quote.confidence >= options.min_confidence;
        stays.then(|| {
            next += 1;
            next - 1
        })
    };
    quotes.iter().map(number).collect()
}

impl Converter<'_> {
    fn span(&self, span: newsgraph_text::Span) -> Span {
        let chars = self.index.chars(span);
        [chars.start, chars.end]
    }

    fn spans(&self, spans: &[newsgraph_text::Span]) -> Vec<Span> {
        spans.iter().map(|&span| self.span(span)).collect()
    }

    fn furniture(&self) -> Vec<Furniture> {
        let pieces = self.layers.furniture.pieces().iter();
        pieces.map(|p| Furniture { span: self.span(p.span), kind: p.kind.as_str().to_owned() }).collect()
    }

    fn quote(&self, id: u32, quote: &newsgraph_relation::Quote) -> Quote {
        Quote {
            id,
            form: quote.form.as_str().to_owned(),
            kind: quote.kind.as_str().to_owned(),
            source: self.spans(&quote.source),
            cue: self.spans(&quote.cue),
            content: self.spans(&quote.content),
            speaker: quote.speaker.map(|e| e.0),
            addressee: quote.addressee.map(|e| e.0),
            nested_in: quote.nested_in.and_then(|outer| self.kept[outer as usize]),
            confidence: rounded(quote.confidence),
        }
    }

    fn role(&self, role: &newsgraph_relation::Role) -> Role {
        Role { span: self.span(role.span), entity: role.entity.map(|e| e.0) }
    }

    fn event(&self, id: u32, event: &newsgraph_relation::Event) -> Event {
        let argument = |argument: &newsgraph_relation::EventArgument| {
            let Role { span, entity } = self.role(&argument.role);
            Argument { role: argument.name.clone(), span, entity }
        };
        let quantity = |quantity: &newsgraph_relation::Quantity| Quantity {
            what: quantity.what.clone(),
            value: quantity.value,
            span: self.span(quantity.span),
        };
        let mention = |mention: &newsgraph_relation::EventMention| EventMention {
            trigger: self.spans(&mention.trigger),
            quote: mention.quote.and_then(|quote| self.kept[quote as usize]),
        };
        Event {
            id,
            trigger: self.spans(&event.trigger),
            lemma: event.lemma.clone(),
            kind: event.kind.map(|kind| kind.as_str().to_owned()),
            modes: event.modes.iter().map(|mode| mode.as_str().to_owned()).collect(),
            actors: event.actors.iter().map(|role| self.role(role)).collect(),
            recipients: event.recipients.iter().map(|role| self.role(role)).collect(),
            arguments: event.arguments.iter().map(argument).collect(),
            polarity: event.polarity.as_str().to_owned(),
            modality: event.modality.as_str().to_owned(),
            date: event.date.clone(),
            quantities: event.quantities.iter().map(quantity).collect(),
            quote: event.quote.and_then(|quote| self.kept[quote as usize]),
            confidence: (event.confidence * 1000.0).round() / 1000.0,
            mentions: event.mentions.iter().map(mention).collect(),
        }
    }

    fn sentences(&self) -> Vec<Span> {
        let segmentation = &self.layers.segmentation;
        segmentation.sentences().iter().map(|&tokens| self.span(segmentation.span(tokens))).collect()
    }

    fn tokens(&self) -> Vec<Token> {
        let syntax = &self.layers.syntax;
        let token = |(i, &span): (usize, &newsgraph_text::Span)| {
            let i = i as u32;
            Token {
                span: self.span(span),
                lemma: syntax.lemma(i).to_owned(),
                upos: syntax.upos(i).as_str().to_owned(),
                xpos: syntax.xpos(i).as_str().to_owned(),
                head: syntax.head(i).map_or(-1, |head| head as i32),
                deprel: syntax.deprel(i).as_str().to_owned(),
            }
        };
        self.layers.segmentation.tokens().iter().enumerate().map(token).collect()
    }

    fn entities(&self, entities: &Entities) -> Vec<Entity> {
        let entity = |(id, entity): (usize, &newsgraph_entity::Entity)| Entity {
            id: id as u32,
            name: entity.name.clone(),
            kind: entity.kind.as_str().to_owned(),
            kb: entity.kb.clone(),
            entry: entity.entry.clone(),
            roles: entity.roles.clone(),
            members: entity.members.iter().map(|member| member.0).collect(),
            mentions: Vec::new(),
        };
        let mut out: Vec<Entity> = entities.entities().iter().enumerate().map(entity).collect();
        for mention in entities.mentions() {
            let form = mention.form.as_str().to_owned();
            out[mention.entity.0 as usize].mentions.push(Mention { span: self.span(mention.span), form });
        }
        out
    }
}

/// A confidence with three decimals: more would promise a precision that there is not.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}
