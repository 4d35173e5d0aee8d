"""What the command export does: a build in the form of another program."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import argparse
import io
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import DONE
from kg.errors import StoreError

if TYPE_CHECKING:
    import networkx as nx

_FILES = {"nq": "graph.nq", "trig": "graph.trig", "ttl": "graph.ttl"}
_GEXF_DATE = re.compile(rb' lastmodifieddate="[^"]*"')  # networkx writes today's date


def export(args: argparse.Namespace) -> int:
    """Write a build in the given format."""
    folder = Path(args.build)
    if not (folder / "graph.nq").is_file():
        raise StoreError(
            str(folder),
            found="no graph.nq",
            expected="the folder of a build",
            remedy="run `mandategraph build FOLDER -o BUILD` first, or name another folder",
            vi=f"{folder} không phải kết quả của lệnh build; hãy chạy lệnh build trước",
        )
    try:
        if args.as_of is None and args.format in ("csv", "parquet"):
            _copy_tables(folder / "tables", args.format, args.output)
        else:
            _write(_view(folder, args) if args.as_of is not None else _content(folder, args.format), args.output)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise StoreError(
            str(error.filename or args.output),
            found=error.strerror or str(error),
            expected="a place that can be written",
            remedy="choose another place with -o",
            vi="Không ghi được; hãy chọn nơi khác với -o",
        ) from error
    return DONE


def _content(folder: Path, form: str) -> bytes:
    if form in _FILES:
        return (folder / _FILES[form]).read_bytes()
    if form == "jsonld":
        return _json_ld(folder / "graph.nq")
    return network_bytes(folder / "tables", form)


def _view(folder: Path, args: argparse.Namespace) -> bytes:
    """Give the view as of a date: what a SPARQL server needs beside the graph to be asked with --as-of."""
    from kg.errors import QuestionError
    from kg.graph.as_of import View, view_quads
    from kg.store import open_store
    from kg.store.serialising import serialise_quads

    view = View.of(args.as_of, args.split)
    if args.format != "nq":
        raise QuestionError(
            "--format", found=args.format, expected="nq", remedy="write the view with --format nq",
            vi="Góc nhìn theo ngày chỉ ghi được ở dạng nq; hãy dùng --format nq",
        )  # fmt: skip
    return serialise_quads(view_quads(open_store(folder).inner, view), "nq")


def _json_ld(path: Path) -> bytes:
    from pyoxigraph import RdfFormat, parse, serialize

    quads = sorted(parse(path=str(path), format=RdfFormat.N_QUADS), key=lambda quad: (str(quad.graph_name), str(quad)))
    return serialize(quads, format=RdfFormat.JSON_LD) or b""


def network_bytes(tables: Path, form: str) -> bytes:
    """Give the network of decisions, plans, tasks and agencies as GraphML or GEXF."""
    import networkx as nx

    from kg.building.page import make_network
    from kg.building.table_files import read_rows
    from kg.building.tables import TABLES

    graph = _without_gaps(make_network({table.name: read_rows(tables, table) for table in TABLES}))
    out = io.BytesIO()
    if form == "graphml":
        nx.write_graphml_xml(graph, out)
        return out.getvalue()
    nx.write_gexf(graph, out)
    return _GEXF_DATE.sub(b"", out.getvalue())


def _without_gaps(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Both formats have no word for an unknown value: it is left out. "start" and "end" are times in GEXF: renamed."""
    import networkx as nx

    plain = nx.MultiDiGraph()
    for node, facts in graph.nodes(data=True):
        plain.add_node(node, **_renamed(facts))
    for number, (start, end, facts) in enumerate(graph.edges(data=True)):
        plain.add_edge(start, end, key=number, **_renamed(facts))
    return plain


def _renamed(facts: dict[str, object]) -> dict[str, object]:
    names = {"start": "quote_start", "end": "quote_end"}
    return {names.get(name, name): value for name, value in facts.items() if value is not None}


def _copy_tables(tables: Path, form: str, output: str | None) -> None:
    if output is None:
        raise StoreError(
            "-o",
            found="no folder",
            expected="a folder for the tables: there are several",
            remedy="add -o FOLDER",
            vi="Có nhiều bảng, cần một thư mục; hãy thêm -o THƯ_MỤC",
        )
    target = Path(output)
    target.mkdir(parents=True, exist_ok=True)
    for path in [*sorted(tables.glob(f"*.{form}")), tables / "README.md"]:
        shutil.copyfile(path, target / path.name)
        print(target / path.name)


def _write(content: bytes, output: str | None) -> None:
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    else:
        Path(output).write_bytes(content)
        print(output)
