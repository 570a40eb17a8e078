//! Takes back what was read from page furniture: it is no part of the story.

use newsgraph_relation::{Event, Quote};
use newsgraph_token::Furniture;

/// Drops the quotes and events that lie in furniture, and what refers to them.
pub(crate) fn leave_out(furniture: &Furniture, quotes: &mut Vec<Quote>, events: &mut Vec<Event>) {
    if furniture.pieces().is_empty() {
        return;
    }
    let said_there = |quote: &Quote| {
        let words = if quote.cue.is_empty() { &quote.content } else { &quote.cue };
        words.iter().any(|&span| furniture.overlaps(span))
    };
    // Where each quote will stand, if it stays.
    let mut kept = 0;
    let places: Vec<Option<u32>> = quotes
        .iter()
        .map(|quote| {
            let stays = !said_there(quote);
            kept += u32::from(stays);
            stays.then(|| kept - 1)
        })
        .collect();
    let place = |quote: Option<u32>| quote.and_then(|quote| places.get(quote as usize).copied().flatten());
    quotes.retain(|quote| !said_there(quote));
    for quote in quotes.iter_mut() {
        quote.nested_in = place(quote.nested_in);
    }
    events.retain(|event| !event.trigger.iter().any(|&span| furniture.overlaps(span)));
    for event in events.iter_mut() {
        event.quote = place(event.quote);
    }
}
