-- What `graph.db` holds. Explained, with examples, in docs/database.md.

-- The state: everything else is computed from these two tables.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE records (hash TEXT PRIMARY KEY, record TEXT NOT NULL);

-- The graph.
CREATE TABLE documents (id TEXT NOT NULL, outlet TEXT, published TEXT, title TEXT, url TEXT);
CREATE TABLE nodes (
    id TEXT PRIMARY KEY, label TEXT NOT NULL, type TEXT NOT NULL, kb TEXT, country TEXT, latitude REAL, longitude REAL,
    mentions INTEGER NOT NULL, documents INTEGER NOT NULL, first TEXT, last TEXT, type_plover TEXT, date TEXT,
    degree INTEGER NOT NULL, pagerank REAL NOT NULL, community TEXT NOT NULL
);
CREATE TABLE aliases (node TEXT NOT NULL, alias TEXT NOT NULL);
CREATE TABLE roles (node TEXT NOT NULL, role TEXT NOT NULL);
CREATE TABLE figures (node TEXT NOT NULL, what TEXT NOT NULL, value TEXT NOT NULL, document TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE TABLE edges (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL, kind TEXT NOT NULL, weight INTEGER NOT NULL,
    label TEXT NOT NULL, type_plover TEXT, mode TEXT, polarity TEXT, modality TEXT, documents INTEGER NOT NULL,
    sources INTEGER NOT NULL, first TEXT, last TEXT, confidence REAL NOT NULL
);
CREATE TABLE evidence (
    edge TEXT NOT NULL, document TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
    outlet TEXT, published TEXT
);
CREATE TABLE mentions (
    node TEXT NOT NULL, document TEXT NOT NULL, entity INTEGER, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    form TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE quotes (number INTEGER PRIMARY KEY, node TEXT NOT NULL, document TEXT NOT NULL, start INTEGER NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE quotes_fts USING fts5(text, content = 'quotes', content_rowid = 'number', tokenize = 'porter unicode61');
CREATE TABLE merge_decisions (node TEXT NOT NULL, rule TEXT NOT NULL, variant TEXT NOT NULL, documents INTEGER NOT NULL);
