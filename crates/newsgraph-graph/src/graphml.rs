//! The graph as GraphML, for Cytoscape, yEd, Gephi, NetworkX and igraph.

use crate::cell::{cell, coordinate, decimal, list};
use crate::graph::{Edge, Graph, Node};
use std::io::Write;

/// Attributes of nodes with their types.
const NODE_KEYS: [(&str, &str); 17] = [
    ("label", "string"),
    ("type", "string"),
    ("kb", "string"),
    ("aliases", "string"),
    ("roles", "string"),
    ("country", "string"),
    ("latitude", "double"),
    ("longitude", "double"),
    ("mentions", "int"),
    ("documents", "int"),
    ("first", "string"),
    ("last", "string"),
    ("type_plover", "string"),
    ("date", "string"),
    ("figures", "string"),
    ("pagerank", "double"),
    ("community", "string"),
];

/// Attributes of edges with their types.
const EDGE_KEYS: [(&str, &str); 12] = [
    ("kind", "string"),
    ("weight", "int"),
    ("label", "string"),
    ("type_plover", "string"),
    ("mode", "string"),
    ("polarity", "string"),
    ("modality", "string"),
    ("documents", "int"),
    ("sources", "int"),
    ("first", "string"),
    ("last", "string"),
    ("confidence", "double"),
];

impl Graph {
    /// Writes the graph as GraphML.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_graphml(&self, mut out: impl Write) -> std::io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        for (owner, letter, keys) in [("node", 'n', &NODE_KEYS[..]), ("edge", 'e', &EDGE_KEYS[..])] {
            for (name, kind) in keys {
                writeln!(
                    out,
                    "  <key id=\"{letter}_{name}\" for=\"{owner}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
                )?;
            }
        }
        writeln!(out, "  <graph id=\"newsgraph\" edgedefault=\"directed\">")?;
        for node in self.nodes() {
            writeln!(out, "    <node id=\"{}\">", node.id)?;
            write_data(&mut out, 'n', NODE_KEYS.iter().zip(node_values(node, self.community(node))))?;
            writeln!(out, "    </node>")?;
        }
        for ends in self.edges() {
            let (id, source, target) = (&ends.edge.id, &ends.source.id, &ends.target.id);
            writeln!(out, "    <edge id=\"{id}\" source=\"{source}\" target=\"{target}\">")?;
            write_data(&mut out, 'e', EDGE_KEYS.iter().zip(edge_values(ends.edge)))?;
            writeln!(out, "    </edge>")?;
        }
        writeln!(out, "  </graph>\n</graphml>")
    }
}

fn text(value: Option<&str>) -> String {
    cell(value.unwrap_or("")).into_owned()
}

fn node_values(node: &Node, community: &str) -> [String; 17] {
    [
        text(Some(&node.label)),
        text(Some(&node.kind)),
        text(node.kb.as_deref()),
        list(&node.aliases),
        list(&node.roles),
        text(node.country.as_deref()),
        coordinate(node.latitude),
        coordinate(node.longitude),
        node.mentions.to_string(),
        node.documents.to_string(),
        text(node.first.as_deref()),
        text(node.last.as_deref()),
        text(node.plover.as_deref()),
        text(node.date.as_deref()),
        list(node.figures.iter().map(|f| format!("{} {} ({})", f.what, f.value, f.documents))),
        format!("{:.8}", node.rank),
        community.to_owned(),
    ]
}

fn edge_values(edge: &Edge) -> [String; 12] {
    [
        text(Some(&edge.kind)),
        edge.weight.to_string(),
        text(Some(&edge.label)),
        text(edge.plover.as_deref()),
        list(&edge.modes),
        text(edge.polarity.as_deref()),
        text(edge.modality.as_deref()),
        edge.documents.to_string(),
        edge.sources.to_string(),
        text(edge.first.as_deref()),
        text(edge.last.as_deref()),
        decimal(edge.confidence),
    ]
}

/// One line for each known value.
fn write_data<'k>(
    out: &mut impl Write,
    letter: char,
    values: impl Iterator<Item = (&'k (&'k str, &'k str), String)>,
) -> std::io::Result<()> {
    for ((name, _), value) in values.filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "      <data key=\"{letter}_{name}\">{}</data>", escaped(&value))?;
    }
    Ok(())
}

/// Text of an element. Control characters are gone already; noncharacters too, which XML forbids.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_labels_stays_text() {
        assert_eq!(escaped("</data><evil a=\"&lt;\">"), "&lt;/data&gt;&lt;evil a=\"&amp;lt;\"&gt;");
    }
}
