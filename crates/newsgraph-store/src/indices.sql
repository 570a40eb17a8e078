-- Ways to find rows of the graph; made after the rows, which is faster than keeping them up.
CREATE INDEX IF NOT EXISTS aliases_by_node ON aliases (node);
CREATE INDEX IF NOT EXISTS aliases_by_alias ON aliases (alias COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS nodes_by_label ON nodes (label COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS edges_by_source ON edges (source, kind);
CREATE INDEX IF NOT EXISTS edges_by_target ON edges (target, kind);
CREATE INDEX IF NOT EXISTS evidence_by_edge ON evidence (edge);
CREATE INDEX IF NOT EXISTS mentions_by_node ON mentions (node);
CREATE INDEX IF NOT EXISTS quotes_by_node ON quotes (node);
CREATE INDEX IF NOT EXISTS figures_by_node ON figures (node);
