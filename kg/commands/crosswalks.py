"""What the command crosswalk does: who became whom, provinces and kinds of agencies, as a table or as RDF."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import DONE
from kg.errors import StoreError

if TYPE_CHECKING:
    from pyoxigraph import Quad


def crosswalk(args: argparse.Namespace) -> int:
    """Write a crosswalk to standard output or to a file."""
    content = _turtle(args.table) if args.format == "ttl" else _csv(args.table, args.date)
    if args.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return DONE
    try:
        Path(args.output).write_bytes(content)
    except OSError as error:
        raise StoreError(
            args.output,
            found=error.strerror or str(error),
            expected="a file that can be written",
            remedy="choose another place with -o",
            vi="Không ghi được; hãy chọn nơi khác với -o",
        ) from error
    print(args.output)
    return DONE


def _csv(table: str, date: str) -> bytes:
    from kg.resolution.as_of import read_day
    from kg.resolution.crosswalk import crosswalk_csv, kind_crosswalk, province_crosswalk

    date = read_day(date)
    return crosswalk_csv(province_crosswalk() if table == "provinces" else kind_crosswalk(date)).encode()


def _turtle(table: str) -> bytes:
    from kg.graph.serialise import turtle
    from kg.graph.vocabulary import load_vocabulary

    return turtle(_quads(load_vocabulary(), table))


def _quads(vocabulary: tuple[Quad, ...], table: str) -> Iterator[Quad]:
    """The events of the table and every term that they, or a succession, name; whatever is said of them."""
    from kg.graph.namespaces import BASE, MG

    terms = f"{BASE}vn/province/" if table == "provinces" else f"{BASE}kind/"
    originals = MG.originalProvince if table == "provinces" else MG.originalKind
    events = {str(quad.subject) for quad in vocabulary if quad.predicate == originals}
    parts = {str(quad.object) for quad in vocabulary if quad.predicate == MG.functionTransfer and str(quad.subject) in events}
    units = {str(quad.object) for quad in vocabulary if str(quad.subject) in events and str(quad.object).startswith(f"<{terms}")}
    wanted = events | parts | units
    return (quad for quad in vocabulary if str(quad.subject) in wanted)
