//! The tree of names of several units: how it is laid out, and how it is walked.
//!
//! Every word that stands in such a name has one or two symbols (one for each case that matters), and a name is a
//! path of symbols from the root. So a name matches whole units only, and the deepest name on the path that a text
//! takes from some unit is the longest that begins there.

use std::collections::VecDeque;
use std::ops::Range;

use crate::tables::{NONE, Tables, View, number};

/// Lays out the tree of these paths, sorted and distinct, each with the name that it is.
pub(crate) fn plant(paths: &[(Vec<u32>, u32)], symbols: u32, tables: &mut Tables) {
    tables.first_nodes = vec![0; symbols as usize + 1];
    let mut queue: VecDeque<(Range<usize>, usize)> = VecDeque::from([(0..paths.len(), 0)]);
    tables.node_symbols.push(0);
    while let Some((mut range, depth)) = queue.pop_front() {
        let (node, first) = (tables.node_children.len() as u32, tables.node_symbols.len() as u32);
        debug_assert!(first > node);
        tables.node_children.push(first);
        // Of paths with the same beginning the one that ends here is the first.
        let here = paths.get(range.start).filter(|(path, _)| range.start < range.end && path.len() == depth);
        tables.node_names.push(here.map_or(NONE, |(_, name)| *name));
        range.start += usize::from(here.is_some());
        while range.start < range.end {
            let symbol = paths[range.start].0[depth];
            let rest = &paths[range.clone()];
            let end = range.start + rest.partition_point(|(path, _)| path[depth] == symbol);
            if depth == 0 {
                tables.first_nodes[symbol as usize] = tables.node_symbols.len() as u32;
            }
            tables.node_symbols.push(symbol);
            queue.push_back((range.start..end, depth + 1));
            range.start = end;
        }
    }
    tables.node_children.push(tables.node_symbols.len() as u32);
}

/// The longest name that these symbols begin with: how many of them it has, and its number.
pub(crate) fn longest(view: &View<'_>, mut symbols: impl Iterator<Item = u32>) -> Option<(usize, u32)> {
    let mut node = number(view.first_nodes, symbols.next()? as usize);
    let mut found = None;
    for (length, symbol) in (2..).zip(symbols) {
        let Some(below) = child(view, node, symbol) else { break };
        node = below;
        let name = number(view.node_names, node as usize);
        if name != NONE {
            found = Some((length, name));
        }
    }
    found
}

/// The node below `node` that a symbol leads to, if any.
fn child(view: &View<'_>, node: u32, symbol: u32) -> Option<u32> {
    let at = |node: u32| number(view.node_children, node as usize) as usize;
    let (start, end) = (at(node), at(node + 1));
    let below = view.node_symbols.get(start..end)?;
    let found = below.binary_search_by(|&word| u32::from_le_bytes(word).cmp(&symbol)).ok()?;
    Some((start + found) as u32)
}
