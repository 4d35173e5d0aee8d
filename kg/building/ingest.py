"""One file → everything a build takes from it, or one named finding; nothing that a file holds can stop the run."""

from __future__ import annotations

import base64
import traceback
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from kg.building.cache import entry_key, read_entry, write_entry
from kg.building.sources import SourceFile
from kg.building.table_rows import Rows
from kg.errors import InputError, MandategraphError
from kg.records import Extraction, Finding, Span, Table

Outcome = Literal["built", "failed", "no-plan", "copy"]
"""What became of a file. A "copy" is a document that another file holds, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What one file gave, in plain values: it travels between processes and lies in the cache.

    ``address`` is the document's, ``packed_graph`` its sorted N-Quads, compressed (a fifteenth: a large corpus waits in
    memory for its turn); both empty unless the outcome is "built".
    """

    file: str
    outcome: Outcome
    size: int = 0
    encoding: str = ""
    file_sha256: str = ""
    text_sha256: str = ""
    offsets: tuple[tuple[int, int], ...] = ()
    text: str = ""
    address: str = ""
    packed_graph: bytes = b""
    records: dict[str, Any] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    reused: bool = False

    @property
    def graph(self) -> bytes:
        """The document's sorted N-Quads."""
        return zlib.decompress(self.packed_graph) if self.packed_graph else b""


def ingest(source: SourceFile, cached: tuple[Path, ...], keep: Path) -> tuple[Ingested, str]:
    """Read one file, or take it from the cache.

    Args:
        source: the file.
        cached: folders that may hold its entry.
        keep: folder that the entry is written to.

    Returns: what the file gave, and the name of its cache entry, "" for a file that cannot be opened.

    """
    try:
        data = _read_bytes(source)
    except OSError as error:
        return _failed(source.name, _unreadable(source.name, error)), ""
    except MandategraphError as error:
        return _failed(source.name, error), ""
    name = entry_key(source.name, data)
    known = read_entry((folder / name for folder in cached), lambda entry: entry.get("file") == source.name)
    ingested = _read(data, source.name) if known is None else _from_entry(known)
    if not any(finding.code == "unforeseen" for finding in ingested.findings):  # it may have been want of memory
        write_entry(keep / name, _to_entry(ingested))
    return ingested, name


def _read(data: bytes, name: str) -> Ingested:
    from kg.extraction import extract
    from kg.reading import read_bytes

    try:
        return _build(extract(read_bytes(data, name)))
    except MandategraphError as error:
        return _failed(name, error, size=len(data))
    except Exception as error:  # noqa: BLE001  whatever one file sets off, the others are built
        return Ingested(file=name, outcome="failed", size=len(data), findings=(_unforeseen(error),))


def _build(extraction: Extraction) -> Ingested:
    from kg.building.table_rows import document_rows
    from kg.graph.quads import document_address, document_quads
    from kg.graph.serialise import n_quads
    from kg.records_json import extraction_to_json
    from kg.resolution.registry import load_registry

    source = extraction.document.source
    given: dict[str, Any] = {
        "file": source.path, "size": source.size, "encoding": source.encoding, "file_sha256": source.file_sha256,
        "text_sha256": source.text_sha256, "offsets": source.offsets, "text": extraction.document.text,
    }  # fmt: skip
    if is_no_plan(extraction):
        return Ingested(outcome="no-plan", findings=(*extraction.findings, _no_plan(extraction)), **given)
    registry = load_registry()
    address = document_address(extraction, registry)
    quads = document_quads(extraction, registry)
    return Ingested(
        outcome="built",
        address=address,
        packed_graph=zlib.compress(n_quads(quads), 1),
        records=extraction_to_json(extraction),
        rows=document_rows(address, quads, registry),
        findings=(*extraction.findings, *_lost_tables(extraction)),
        **given,
    )


def _lost_tables(extraction: Extraction) -> tuple[Finding, ...]:
    """Name the task tables of a document without a task that lost all their rows (a truncated file), not just their tasks."""
    from kg.extraction.columns import is_task_table, read_columns

    if extraction.tasks:
        return ()
    tables = [part for part in extraction.document.parts if isinstance(part, Table)]
    return tuple(
        Finding(
            code="table-without-tasks",
            severity="error",
            vi="Bảng có cột chủ trì nhưng không có dòng nào (tệp bị cắt cụt?); hãy lấy lại văn bản đầy đủ",
            en="A table with a lead column: found no row (a truncated file?), expected tasks; get the whole document",
            span=table.span,
        )
        for table in tables
        if not table.rows and is_task_table(read_columns(table))
    )



def is_no_plan(extraction: Extraction) -> bool:
    """Tell that a text has nothing of a plan: no document type, no task, no duty."""
    return extraction.header.type is None and not extraction.tasks and not extraction.duties


def _no_plan(extraction: Extraction) -> Finding:
    words = " ".join(extraction.document.text[:400].split())
    start = words if len(words) <= 60 else words[:60] + "…"
    return Finding(
        code="no-plan",
        severity="warning",
        vi="Không thấy loại văn bản, nhiệm vụ hay công việc nào; có lẽ không phải kế hoạch của cơ quan Việt Nam, tệp bị bỏ qua",
        en=f"No document type, no task and no duty: found “{start}”, "
        "expected an action plan of a Vietnamese authority; left out, remove the file or check its text",
        span=None,
    )


def _failed(name: str, error: MandategraphError, size: int = 0) -> Ingested:
    place = "" if error.place == name else f"{error.place}: "
    finding = Finding(
        code="unreadable" if isinstance(error, InputError) else "refused",
        severity="error",
        vi=f"{place}{error.vi}",
        en=f"{place}found {error.found}; expected {error.expected}; {error.remedy}",
    )
    return Ingested(file=name, outcome="failed", size=size, findings=(finding,))


def _unforeseen(error: Exception) -> Finding:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return Finding(
        code="unforeseen",
        severity="error",
        vi=f"Lỗi của chương trình khi đọc tệp này ({type(error).__name__} tại {where}); hãy gửi tệp cho nhóm phát triển",
        en=f"A fault of the program on this file: found {type(error).__name__}: {str(error)[:200]} at {where}; "
        "expected records; send us the file",
    )


def lost_worker(name: str) -> Ingested:
    """Give what stands for a file at which the process died (out of memory, a crash of a library)."""
    finding = Finding(
        code="process-died",
        severity="error",
        vi="Tiến trình đọc tệp này bị dừng đột ngột (có thể thiếu bộ nhớ); hãy đọc riêng tệp này với --jobs 1",
        en="The process that read this file died: found no answer (out of memory?), expected records; read the file alone, with --jobs 1",
    )
    return Ingested(file=name, outcome="failed", findings=(finding,))


def _unreadable(name: str, error: OSError) -> InputError:
    return InputError(
        name,
        found=error.strerror or type(error).__name__,
        expected="a file that can be read",
        remedy="check the file and its permissions",
        vi="Không mở được tệp; hãy kiểm tra quyền đọc",
    )


def _read_bytes(source: SourceFile) -> bytes:
    """Read what a regular file holds, no more than is needed to tell that it is too large."""
    from kg.reading import MAX_BYTES

    if source.path.is_file():
        with source.path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    raise InputError(
        source.name,
        found="a broken link, a pipe or a device",
        expected="a regular file",
        remedy="replace it by the file itself",
        vi="Không phải tệp thường (liên kết hỏng, ống dẫn hoặc thiết bị); hãy thay bằng tệp thật",
    )


def _to_entry(ingested: Ingested) -> dict[str, Any]:
    entry = {name: getattr(ingested, name) for name in Ingested.__dataclass_fields__ if name not in {"findings", "packed_graph", "reused"}}
    graph = base64.b85encode(ingested.packed_graph).decode("ascii")
    return {**entry, "packed_graph": graph, "findings": [asdict(finding) for finding in ingested.findings]}


def _from_entry(entry: dict[str, Any]) -> Ingested:
    findings = tuple(
        Finding(**{**finding, "span": Span(*finding["span"]) if finding["span"] else None}) for finding in entry["findings"]
    )
    offsets = tuple((at, byte) for at, byte in entry["offsets"])
    rows: Rows = {table: [tuple(row) for row in rows] for table, rows in entry["rows"].items()}
    graph = base64.b85decode(entry["packed_graph"])
    return Ingested(**{**entry, "packed_graph": graph, "findings": findings, "offsets": offsets, "rows": rows, "reused": True})
