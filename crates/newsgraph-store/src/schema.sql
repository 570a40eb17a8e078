-- What `graph.db` holds. Explained, with examples, in docs/database.md.

-- The state: everything else is computed from these two tables.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE records (number INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, record TEXT NOT NULL);

-- The graph: rows refer to each other by number, which is their place in the exports.
CREATE TABLE document_rows (number INTEGER PRIMARY KEY, id TEXT NOT NULL, outlet TEXT, published TEXT, title TEXT, url TEXT);
CREATE TABLE node_rows (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, type TEXT NOT NULL, kb TEXT, country TEXT,
    latitude REAL, longitude REAL, mentions INTEGER NOT NULL, documents INTEGER NOT NULL, first TEXT, last TEXT,
    type_plover TEXT, date TEXT, degree INTEGER NOT NULL, pagerank REAL NOT NULL, community INTEGER NOT NULL
);
CREATE TABLE alias_rows (node INTEGER NOT NULL, place INTEGER NOT NULL, alias TEXT NOT NULL, is_name INTEGER NOT NULL, PRIMARY KEY (node, place)) WITHOUT ROWID;
CREATE TABLE role_rows (node INTEGER NOT NULL, place INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (node, place)) WITHOUT ROWID;
CREATE TABLE figure_rows (
    node INTEGER NOT NULL, what TEXT NOT NULL, value TEXT NOT NULL, document INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
CREATE TABLE edge_rows (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, source INTEGER NOT NULL, target INTEGER NOT NULL, kind TEXT NOT NULL,
    weight INTEGER NOT NULL, label TEXT NOT NULL, type_plover TEXT, mode TEXT, polarity TEXT, modality TEXT,
    documents INTEGER NOT NULL, sources INTEGER NOT NULL, first TEXT, last TEXT, confidence REAL NOT NULL
);
CREATE TABLE sentence_rows (
    number INTEGER PRIMARY KEY, document INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE TABLE evidence_rows (edge INTEGER NOT NULL, sentence INTEGER NOT NULL, PRIMARY KEY (edge, sentence)) WITHOUT ROWID;
CREATE TABLE mention_rows (
    node INTEGER NOT NULL, place INTEGER NOT NULL, document INTEGER NOT NULL, entity INTEGER, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, form TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (node, place)
) WITHOUT ROWID;
CREATE TABLE wording_rows (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE quote_rows (
    node INTEGER NOT NULL, place INTEGER NOT NULL, wording INTEGER NOT NULL, document INTEGER NOT NULL, start INTEGER NOT NULL,
    PRIMARY KEY (node, place)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE quotes_fts USING fts5(text, content = 'wording_rows', content_rowid = 'number', columnsize = 0, tokenize = 'porter unicode61');
CREATE TABLE merge_rows (
    node INTEGER NOT NULL, place INTEGER NOT NULL, rule TEXT NOT NULL, variant TEXT NOT NULL, documents INTEGER NOT NULL,
    PRIMARY KEY (node, place)
) WITHOUT ROWID;

-- The same for people, with the ids of the exports.
CREATE VIEW documents AS SELECT id, outlet, published, title, url FROM document_rows;
CREATE VIEW nodes AS
    SELECT n.id, n.label, n.type, n.kb, n.country, n.latitude, n.longitude, n.mentions, n.documents, n.first, n.last,
        n.type_plover, n.date, n.degree, n.pagerank, c.id AS community
    FROM node_rows n JOIN node_rows c ON c.number = n.community;
CREATE VIEW aliases AS SELECT n.id AS node, a.alias FROM alias_rows a JOIN node_rows n ON n.number = a.node;
CREATE VIEW roles AS SELECT n.id AS node, r.role FROM role_rows r JOIN node_rows n ON n.number = r.node;
CREATE VIEW figures AS
    SELECT n.id AS node, f.what, f.value, d.id AS document, f.start, f."end"
    FROM figure_rows f JOIN node_rows n ON n.number = f.node JOIN document_rows d ON d.number = f.document;
CREATE VIEW edges AS
    SELECT e.id, s.id AS source, t.id AS target, e.kind, e.weight, e.label, e.type_plover, e.mode, e.polarity, e.modality,
        e.documents, e.sources, e.first, e.last, e.confidence
    FROM edge_rows e JOIN node_rows s ON s.number = e.source JOIN node_rows t ON t.number = e.target;
CREATE VIEW evidence AS
    SELECT e.id AS edge, d.id AS document, s.start, s."end", s.text, d.outlet, d.published
    FROM evidence_rows v JOIN edge_rows e ON e.number = v.edge JOIN sentence_rows s ON s.number = v.sentence
        JOIN document_rows d ON d.number = s.document;
CREATE VIEW mentions AS
    SELECT n.id AS node, d.id AS document, m.entity, m.start, m."end", m.form, m.text
    FROM mention_rows m JOIN node_rows n ON n.number = m.node JOIN document_rows d ON d.number = m.document;
CREATE VIEW quotes AS
    SELECT w.number, n.id AS node, d.id AS document, q.start, w.text
    FROM quote_rows q JOIN wording_rows w ON w.number = q.wording JOIN node_rows n ON n.number = q.node
        JOIN document_rows d ON d.number = q.document;
CREATE VIEW merge_decisions AS
    SELECT n.id AS node, m.rule, m.variant, m.documents FROM merge_rows m JOIN node_rows n ON n.number = m.node;
