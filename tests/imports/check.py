#!/usr/bin/env python3
"""Loads a folder written by `newsgraph graph INPUT... -o DIR` into the tools that people use, and compares what they see.

    pip install -r tests/imports/requirements.txt
    python3 tests/imports/check.py DIR

Exit status: 0 when every installed tool agrees, 1 when one does not or none is installed, 2 on wrong usage.
A tool that is not installed is named as skipped.
"""

import csv
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

COLUMNS = {
    "nodes.csv": "id,label,type,kb,aliases,roles,country,latitude,longitude,mentions,documents,first,last",
    "edges.csv": "source,target,kind,weight,id,label,type_plover,mode,polarity,modality,documents,sources,first,last,confidence",
    "evidence.csv": "edge,document,start,end,text",
    "mentions.csv": "node,document,entity,start,end,form,text",
}
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Skipped(Exception):
    """The tool is not installed."""


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def imported(name):
    try:
        return __import__(name)
    except ImportError as error:
        raise Skipped(f"Python package {name} is not installed") from error


class Folder:
    """The four tables, read by Python's own csv module: what every other reader is compared with."""

    def __init__(self, path):
        self.path = path
        self.tables = {name: self.read(name) for name in COLUMNS}
        self.nodes = self.tables["nodes.csv"]
        self.edges = self.tables["edges.csv"]
        self.node_ids = {row["id"] for row in self.nodes}

    def read(self, name):
        with open(self.path / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))

    def file(self, name):
        return str(self.path / name)


def contract(folder):
    """The rules of the format that can be seen in the files."""
    for name, columns in COLUMNS.items():
        raw = (folder.path / name).read_bytes()
        check(not raw.startswith(b"\xef\xbb\xbf"), f"{name} begins with a byte order mark")
        check(b"\r" not in raw and raw.endswith(b"\n"), f"{name}: lines must end in one line feed")
        text = raw.decode("utf-8")
        header = text.split("\n", 1)[0]
        check(header.startswith(columns), f"{name} has columns {header}")
        check(text.count("\n") == len(folder.tables[name]) + 1, f"{name}: a row is not a line")
        for row in folder.tables[name]:
            check(None not in row and None not in row.values(), f"{name}: ragged row {row}")
            for cell in row.values():
                bad = [c for c in cell if c == "\\" or c in BIDI or unicodedata.category(c) == "Cc"]
                check(not bad, f"{name}: {bad} in {cell!r}")
                check(len(cell) <= 1000, f"{name}: a cell of {len(cell)} characters")
    for row in folder.edges:
        check(re.fullmatch("[A-Z][A-Z0-9_]*", row["kind"]), f"edge kind {row['kind']!r}")
        check(row["source"] in folder.node_ids, f"source {row['source']} is no node")
        check(row["target"] in folder.node_ids, f"target {row['target']} is no node")
    edge_ids = {row["id"] for row in folder.edges}
    check(len(folder.node_ids) == len(folder.nodes), "node ids repeat")
    check(len(edge_ids) == len(folder.edges), "edge ids repeat")
    check(all(i[0].isalpha() for i in folder.node_ids | edge_ids), "an id does not start with a letter")
    shown = {row["edge"] for row in folder.tables["evidence.csv"]}
    check(shown == edge_ids, "edges and evidence do not agree")
    check({row["node"] for row in folder.tables["mentions.csv"]} <= folder.node_ids, "a mention of no node")
    return f"{len(folder.nodes)} nodes, {len(folder.edges)} edges"


def check_counts(folder, nodes, edges):
    check(nodes == len(folder.nodes), f"{nodes} nodes instead of {len(folder.nodes)}")
    check(edges == len(folder.edges), f"{edges} edges instead of {len(folder.edges)}")
    return f"{nodes} nodes, {edges} edges"


def networkx(folder):
    nx = imported("networkx")
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((row["id"], row) for row in folder.nodes)
    for row in folder.edges:
        graph.add_edge(row["source"], row["target"], key=row["id"], kind=row["kind"], weight=int(row["weight"]))
    # An end that is no node would have become one.
    return check_counts(folder, graph.number_of_nodes(), graph.number_of_edges())


def igraph(folder):
    ig = imported("igraph")
    graph = ig.Graph.DictList(
        vertices=folder.nodes, edges=folder.edges, directed=True, vertex_name_attr="id", edge_foreign_keys=("source", "target")
    )
    return check_counts(folder, graph.vcount(), graph.ecount())


def pandas(folder):
    pd = imported("pandas")
    nodes = pd.read_csv(folder.file("nodes.csv"))
    edges = pd.read_csv(folder.file("edges.csv"))
    if len(edges):
        check(pd.api.types.is_integer_dtype(edges["weight"]), "weights are not integers")
    check(set(edges["source"]) | set(edges["target"]) <= set(nodes["id"]), "an end is no node")
    joined = edges.merge(pd.read_csv(folder.file("evidence.csv")), left_on="id", right_on="edge")
    check(edges["weight"].sum() == len(joined), "weights do not count the evidence")
    return check_counts(folder, len(nodes), len(edges))


def duckdb(folder):
    connection = imported("duckdb").connect()

    def count(query, *files):
        return connection.execute(query, [folder.file(name) for name in files]).fetchone()[0]

    ends = (
        "select count(*) from read_csv(?, header = true) e where e.source not in (select id from read_csv(?, header = true))"
        " or e.target not in (select id from read_csv(?, header = true))"
    )
    check(count(ends, "edges.csv", "nodes.csv", "nodes.csv") == 0, "an end is no node")
    total = "select count(*) from read_csv(?, header = true)"
    for name in ("evidence.csv", "mentions.csv"):
        rows = count(total, name)
        check(rows == len(folder.tables[name]), f"{name}: {rows} rows instead of {len(folder.tables[name])}")
    return check_counts(folder, count(total, "nodes.csv"), count(total, "edges.csv"))


def sqlite(folder):
    """The database, by Python's own module."""
    import sqlite3

    connection = sqlite3.connect(f"file:{folder.file('graph.db')}?mode=ro", uri=True)
    check(connection.execute("pragma integrity_check").fetchone() == ("ok",), "the database is damaged")

    def count(table):
        return connection.execute(f"select count(*) from {table}").fetchone()[0]

    for name in ("evidence", "mentions"):
        check(count(name) == len(folder.tables[f"{name}.csv"]), f"table {name} has {count(name)} rows")
    return check_counts(folder, count("nodes"), count("edges"))


def duckdb_sqlite(folder):
    """The database, by DuckDB: its extension for SQLite comes from the network."""
    connection = imported("duckdb").connect()
    try:
        connection.execute("load sqlite")
    except Exception as error:
        raise Skipped("DuckDB's extension sqlite is not installed") from error
    connection.execute(f"attach '{folder.file('graph.db')}' as g (type sqlite, read_only)")
    nodes, edges = (connection.execute(f"select count(*) from g.{t}").fetchone()[0] for t in ("nodes", "edges"))
    return check_counts(folder, nodes, edges)


def kuzu(folder):
    """Kuzu's own import: the first two columns of edges.csv are the ends of a relationship."""
    module = imported("kuzu")
    numbers = {"latitude": "DOUBLE", "longitude": "DOUBLE", "pagerank": "DOUBLE", "confidence": "DOUBLE"}
    numbers |= dict.fromkeys(("weight", "mentions", "documents", "sources", "degree"), "INT64")
    columns = {name: next(csv.reader(open(folder.file(name), encoding="utf-8"))) for name in ("nodes.csv", "edges.csv")}

    def declared(names):
        return ", ".join(f"`{name}` {numbers.get(name, 'STRING')}" for name in names)

    with tempfile.TemporaryDirectory() as scratch:
        connection = module.Connection(module.Database(str(Path(scratch) / "graph")))
        connection.execute(f"CREATE NODE TABLE Node ({declared(columns['nodes.csv'])}, PRIMARY KEY (id))")
        connection.execute(f"CREATE REL TABLE Edge (FROM Node TO Node, {declared(columns['edges.csv'][2:])})")
        for table, name in (("Node", "nodes.csv"), ("Edge", "edges.csv")):
            connection.execute(f'COPY {table} FROM "{folder.file(name)}" (HEADER=true, PARALLEL=false)')
        counts = [
            connection.execute(query).get_next()[0]
            for query in ("MATCH (n:Node) RETURN count(*)", "MATCH (:Node)-[e:Edge]->(:Node) RETURN count(*)")
        ]
        return check_counts(folder, *counts)


def graphml(folder):
    """The GraphML, where --graphml wrote it."""
    path = folder.path / "graph.graphml"
    if not path.exists():
        raise Skipped("there is no graph.graphml; newsgraph graph --graphml writes it")
    nx = imported("networkx")
    graph = nx.read_graphml(path, force_multigraph=True)
    check_counts(folder, graph.number_of_nodes(), graph.number_of_edges())
    other = imported("igraph").Graph.Read_GraphML(str(path))
    return check_counts(folder, other.vcount(), other.ecount())


def graphviz(folder):
    if shutil.which("dot") is None:
        raise Skipped("the program dot is not installed")
    with tempfile.TemporaryDirectory() as scratch:
        picture = Path(scratch) / "graph.svg"
        command = ["dot", "-Tsvg", folder.file("graph.dot"), "-o", str(picture)]
        run = subprocess.run(command, capture_output=True, text=True, timeout=300)
        check(run.returncode == 0, f"dot ended with {run.returncode}: {run.stderr.strip()}")
        check(not run.stderr.strip(), f"dot warns: {run.stderr.strip()}")
        svg = picture.read_text(encoding="utf-8")
    drawn = svg.count('class="node"')
    check(drawn > 0 or not folder.edges, "nothing is drawn")
    return f"{drawn} nodes drawn"


def main(arguments):
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    try:
        folder = Folder(Path(arguments[0]))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        print(f"FAILED   reading: {error}")
        return 1
    failed, loaded = False, 0
    for tool in (contract, networkx, igraph, pandas, duckdb, sqlite, duckdb_sqlite, kuzu, graphml, graphviz):
        try:
            print(f"ok       {tool.__name__}: {tool(folder)}")
            loaded += tool is not contract
        except Skipped as reason:
            print(f"skipped  {tool.__name__}: {reason}")
        except Exception as error:  # a tool may fail in any way; each is reported, the others still run
            failed = True
            print(f"FAILED   {tool.__name__}: {type(error).__name__}: {error}")
    if not loaded and not failed:
        print("FAILED   no tool is installed; see requirements.txt beside this script")
    return 1 if failed or not loaded else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
