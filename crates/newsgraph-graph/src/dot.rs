//! The most important part of the graph as a drawing for Graphviz.

use crate::cell::plain;
use crate::graph::{Edge, Graph, Node};
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef as _;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::io::{BufWriter, Write};

/// The longest label, in code points, the ellipsis included.
const LABEL_CHARS: usize = 200;

/// Where a label is wrapped, in code points.
const LINE_CHARS: usize = 36;

/// What to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DotOptions {
    /// The most nodes in the drawing; 60 by default.
    pub nodes: usize,
}

impl Default for DotOptions {
    fn default() -> Self {
        Self { nodes: 60 }
    }
}

impl Graph {
    /// Writes `graph.dot`: the most important nodes (by documents, mentions, degree) first, each with the drawn ones of
    /// its community, and the edges between them. Nodes without any edge in the drawing are left out.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_dot(&self, out: impl Write, options: DotOptions) -> std::io::Result<()> {
        let mut out = BufWriter::new(out);
        writeln!(out, "digraph newsgraph {{")?;
        // Without `newrank` Graphviz gives up on some graphs with boxes ("trouble in init_rank").
        writeln!(
            out,
            "  graph [rankdir=LR, newrank=true, overlap=false, splines=true, nodesep=0.25, ranksep=0.9];"
        )?;
        writeln!(out, "  node [fontname=\"Helvetica\", fontsize=11, style=filled, color=\"#8a8a8a\"];")?;
        writeln!(
            out,
            "  edge [fontname=\"Helvetica\", fontsize=9, color=\"#777777\", fontcolor=\"#444444\"];"
        )?;
        let drawn = self.drawn(options.nodes);
        self.write_communities(&mut out, &drawn.nodes)?;
        for &edge in &drawn.edges {
            if let Some((source, target)) = self.network.edge_endpoints(edge) {
                let ends = (&self.network[source], &self.network[target]);
                write_edge(&mut out, ends.0, ends.1, &self.network[edge])?;
            }
        }
        writeln!(out, "}}")?;
        out.flush()
    }

    /// Writes the nodes, those of one community side by side in a box: communities in order of their first node.
    fn write_communities(&self, out: &mut impl Write, nodes: &[NodeIndex]) -> std::io::Result<()> {
        let nodes: Vec<&Node> = nodes.iter().map(|&node| &self.network[node]).collect();
        let mut first: FxHashMap<u32, usize> = FxHashMap::default();
        for (place, node) in nodes.iter().enumerate() {
            first.entry(node.community).or_insert(place);
        }
        let place = |node: &Node| first.get(&node.community).copied().unwrap_or(0);
        let mut grouped = nodes;
        grouped.sort_by_key(|node| place(node));
        for (number, members) in grouped.chunk_by(|a, b| place(a) == place(b)).enumerate() {
            if members.len() > 1 {
                writeln!(out, "  subgraph cluster_{number} {{")?;
                writeln!(out, "  style=\"rounded\"; color=\"#cccccc\"; margin=12;")?;
            }
            for node in members {
                self.write_node(out, node)?;
            }
            if members.len() > 1 {
                writeln!(out, "  }}")?;
            }
        }
        Ok(())
    }

    fn write_node(&self, out: &mut impl Write, node: &Node) -> std::io::Result<()> {
        let (shape, fill) = match &*node.kind {
            "PERSON" => ("ellipse", "#dbe9f6"),
            "ORG" | "NORP" => ("box", "#e3dff2"),
            "GPE" | "LOC" | "FAC" => ("box", "#dff0df"),
            "EVENT" => ("octagon", "#fbe3d6"),
            "QUOTE" => ("note", "#fff8d6"),
            _ => ("ellipse", "#eeeeee"),
        };
        let mut label = wrapped(&node.label);
        if let Some(plover) = &node.plover {
            label = format!("{}\\n{label}", escaped(plover));
        }
        if let Some(date) = &node.date {
            label = format!("{label}\\n{}", escaped(date));
        }
        let id = escaped(&node.id);
        writeln!(out, "  \"{id}\" [label=\"{label}\", shape={shape}, fillcolor=\"{fill}\"];")
    }

    /// Chooses nodes and edges.
    fn drawn(&self, limit: usize) -> Drawn {
        let degrees = self.degrees();
        let mut ranked: Vec<NodeIndex> =
            self.network.node_indices().filter(|n| degrees[n.index()] > 0).collect();
        ranked.sort_by_key(|&n| {
            let node = &self.network[n];
            (Reverse(node.documents), Reverse(node.mentions), Reverse(degrees[n.index()]), n)
        });
        let mut chosen = vec![false; self.network.node_count()];
        // Utterances and untyped events would crowd out who is behind them: each part has its share.
        for (kind, share) in
            [("entity", limit / 2), ("EVENT", limit - limit / 2 - limit / 4), ("QUOTE", limit / 4)]
        {
            let fits = |n: &&NodeIndex| match &*self.network[**n].kind {
                "QUOTE" => kind == "QUOTE",
                "EVENT" => kind == "EVENT" && self.network[**n].plover.is_some(),
                _ => kind == "entity",
            };
            let anchored =
                |n: &&NodeIndex| kind == "entity" || self.neighbours(**n).any(|m| chosen[m.index()]);
            let picked: Vec<NodeIndex> =
                ranked.iter().filter(fits).filter(anchored).take(share).copied().collect();
            for node in picked {
                chosen[node.index()] = true;
            }
        }
        let between = |e: &petgraph::graph::EdgeReference<'_, Edge>| {
            chosen[e.source().index()] && chosen[e.target().index()]
        };
        let events = self.parties(&chosen);
        let edges: Vec<_> = self
            .network
            .edge_references()
            .filter(between)
            .filter(|e| !self.is_told_by_event(e.source(), e.target(), e.weight(), &events))
            .collect();
        let mut touched = vec![false; self.network.node_count()];
        for edge in &edges {
            touched[edge.source().index()] = true;
            touched[edge.target().index()] = true;
        }
        Drawn {
            nodes: ranked.into_iter().filter(|n| touched[n.index()]).collect(),
            edges: edges.iter().map(|edge| edge.id()).collect(),
        }
    }

    fn neighbours(&self, node: NodeIndex) -> impl Iterator<Item = NodeIndex> + '_ {
        self.network.neighbors_undirected(node)
    }

    /// The drawn events, each with its neighbours.
    fn parties(&self, drawn: &[bool]) -> Vec<(NodeIndex, Vec<NodeIndex>)> {
        let nodes = self.network.node_indices().filter(|node| drawn[node.index()]);
        let events = nodes.filter(|&node| &*self.network[node].kind == "EVENT");
        events.map(|event| (event, self.neighbours(event).collect())).collect()
    }

    /// Whether a drawn event already connects both ends by the same kind of act.
    fn is_told_by_event(
        &self,
        source: NodeIndex,
        target: NodeIndex,
        edge: &Edge,
        events: &[(NodeIndex, Vec<NodeIndex>)],
    ) -> bool {
        edge.plover.as_ref() == Some(&edge.kind)
            && events.iter().any(|(event, parties)| {
                self.network[*event].plover == edge.plover
                    && parties.contains(&source)
                    && parties.contains(&target)
            })
    }
}

struct Drawn {
    nodes: Vec<NodeIndex>,
    edges: Vec<petgraph::graph::EdgeIndex>,
}

fn write_edge(out: &mut impl Write, source: &Node, target: &Node, edge: &Edge) -> std::io::Result<()> {
    let (source, target, label) = (escaped(&source.id), escaped(&target.id), wrapped(&edge.label));
    // Drawn heavier with the logarithm of the weight: 1 sentence 1.0, 8 sentences 2.5.
    let width = 1.0 + 0.5 * f64::from(edge.weight.max(1).ilog2());
    writeln!(out, "  \"{source}\" -> \"{target}\" [label=\"{label}\", penwidth={width:.1}];")
}

/// A label cut at 200 characters, wrapped at spaces, and escaped.
fn wrapped(label: &str) -> String {
    let label = plain(label, LABEL_CHARS);
    let mut lines = String::new();
    let mut column = 0;
    for word in label.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > LINE_CHARS {
            lines.push_str("\\n");
            column = 0;
        } else if column > 0 {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(&escaped(word));
        column += length;
    }
    lines
}

/// Text inside a quoted string of DOT. `&` is written as `&amp;` because Graphviz reads HTML entities there.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in plain(text, LABEL_CHARS).chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '"' => escaped.push_str("\\\""),
            '&' => escaped.push_str("&amp;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_cannot_leave_their_string() {
        for (name, label, expected) in [
            ("quotes", "say \"no\"", "say \\\"no\\\""),
            ("a backslash at the end", "C:\\", "C:\\\\"),
            ("escape sequences of Graphviz", "\\N \\G", "\\\\N \\\\G"),
            ("entities", "A&amp;B", "A&amp;amp;B"),
            ("line breaks", "a\nb", "a b"),
            ("HTML labels", "<b>x</b>", "<b>x</b>"),
            ("attributes", "x\"]; evil [label=\"y", "x\\\"]; evil [label=\\\"y"),
        ] {
            assert_eq!(wrapped(label), expected, "{name}");
        }
    }

    #[test]
    fn long_labels_are_wrapped_and_cut() {
        let label = wrapped(&"word ".repeat(1_000));
        assert!(label.ends_with('…'));
        assert!(label.split("\\n").all(|line| line.chars().count() <= LINE_CHARS));
        assert!(label.replace("\\n", " ").chars().count() <= LABEL_CHARS);
    }
}
