"""One measured step in a process of its own: prints its user CPU seconds, peak memory and bytes as JSON.

    python -m benchmarks.steps STEP ARGUMENT…
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

Step = Callable[[], object]
NUMBER = re.compile(r"\d{1,5}\s*(?:/\s*(?:19|20)\d\d)?\s*[/-]\s*[A-ZĐ][A-ZĐa-z]{1,6}(?:-[A-ZĐ][A-Za-zĐ&]{1,9})*")
"""Document numbers such as 222/QĐ-TTg and 08/2022/NĐ-CP: the price of one pass with one pattern."""


def _files(folder: str) -> list[Path]:
    return [path for path in sorted(Path(folder).iterdir()) if path.suffix == ".txt"]


def _size(path: str) -> int:
    where = Path(path)
    return sum(file.stat().st_size for file in _files(path)) if where.is_dir() else where.stat().st_size


def _texts(folder: str) -> Iterator[str]:
    for path in _files(folder):
        yield path.read_bytes().decode("utf-8", "replace")


def extract(folder: str) -> Step:
    from kg.extraction import extract as read_records
    from kg.reading import read as read_file

    files = _files(folder)
    read_records(read_file(files[0]))  # vocabulary is read once, outside of the rate
    return lambda: sum(len(read_records(read_file(path)).tasks) for path in files)


def read(folder: str) -> Step:
    from kg.reading import read as read_file

    files = _files(folder)
    return lambda: sum(len(read_file(path).parts) for path in files)


def regex(folder: str) -> Step:
    return lambda: sum(len(NUMBER.findall(text)) for text in _texts(folder))


def split(folder: str) -> Step:
    return lambda: sum(len(re.split(r"[\t|]", line)) for text in _texts(folder) for line in text.splitlines())


def build(folder: str, out: str) -> Step:
    from kg.building.pipeline import build as build_graph

    return lambda: build_graph([folder], out).counts


def load_pyoxigraph(graph: str) -> Step:
    import pyoxigraph as ox

    store = ox.Store()
    return lambda: store.bulk_load(path=graph, format=ox.RdfFormat.N_QUADS)


def load_rdflib(graph: str) -> Step:
    import rdflib

    dataset = rdflib.Dataset()
    return lambda: dataset.parse(graph, format="nquads")


def write_pyoxigraph(graph: str) -> Step:
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=graph, format=ox.RdfFormat.N_QUADS)
    return lambda: store.dump(io.BytesIO(), ox.RdfFormat.N_QUADS)


def write_rdflib(graph: str) -> Step:
    import rdflib

    dataset = rdflib.Dataset()
    dataset.parse(graph, format="nquads")
    return lambda: dataset.serialize(format="nquads")


def report(name: str, build: str) -> Step:
    from kg.commands.reporting import report_files
    from kg.reporting.context import make_context

    return lambda: report_files(make_context(build), name, ["html"])


def read_frames(build: str) -> Step:
    from kg.building.frames import table

    return lambda: [table(build, name).height for name in ("documents", "tasks", "assignments")]


STEPS: dict[str, Callable[..., Step]] = {
    "report": lambda build, name: report(name, build),
    "read-frames": read_frames,
    "extract": extract,
    "read": read,
    "regex": regex,
    "split": split,
    "build": build,
    "load-pyoxigraph": load_pyoxigraph,
    "load-rdflib": load_rdflib,
    "write-pyoxigraph": write_pyoxigraph,
    "write-rdflib": write_rdflib,
}


def main() -> int:
    """Measure one step: what it prepares is not measured."""
    step, *arguments = sys.argv[1:]
    ready = STEPS[step](*arguments)
    megabytes = _size(arguments[0]) / 1e6
    times = max(1, min(20, int(20 / megabytes))) if step in ("regex", "split") else 1  # too fast for the clock otherwise
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    for _ in range(times):
        ready()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({
        "seconds": round((usage.ru_utime - before) / times, 5),
        "whole": round(usage.ru_utime, 3),
        "memory_mb": round(usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024), 1),
        "megabytes": round(megabytes, 4),
    }))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
