-- Ways to find rows of the graph; made after the rows, which is faster than keeping them up.
CREATE INDEX IF NOT EXISTS nodes_by_id ON node_rows (id);
CREATE INDEX IF NOT EXISTS nodes_by_label ON node_rows (label COLLATE NOCASE) WHERE type NOT IN ('QUOTE', 'EVENT');
CREATE INDEX IF NOT EXISTS nodes_by_kb ON node_rows (kb) WHERE kb IS NOT NULL;
CREATE INDEX IF NOT EXISTS aliases_by_alias ON alias_rows (alias COLLATE NOCASE) WHERE is_name;
CREATE INDEX IF NOT EXISTS edges_by_id ON edge_rows (id);
CREATE INDEX IF NOT EXISTS edges_by_source ON edge_rows (source);
CREATE INDEX IF NOT EXISTS edges_by_target ON edge_rows (target);
CREATE INDEX IF NOT EXISTS figures_by_node ON figure_rows (node);
CREATE INDEX IF NOT EXISTS quotes_by_wording ON quote_rows (wording);
