"""mandategraph: who must do what in Vietnamese government plans, every statement backed by its sentence.

>>> from kg import read, extract
>>> from kg import build, assignments, dataset, open_store, run
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.building.frames import assignments, table
    from kg.building.page import write_network
    from kg.building.pipeline import BuildResult, build
    from kg.building.verify import check_build
    from kg.errors import MandategraphError
    from kg.evaluation import Evaluation, evaluate
    from kg.extraction import extract
    from kg.questions import list_questions, run
    from kg.reading import read
    from kg.records import Document, Extraction, Finding
    from kg.records_json import extraction_to_json
    from kg.store import dataset, open_store

# Where each name lives. It is imported when first asked for: `import kg` costs nothing.
_HOMES = {
    "BuildResult": "kg.building.pipeline",
    "Document": "kg.records",
    "Evaluation": "kg.evaluation",
    "Extraction": "kg.records",
    "Finding": "kg.records",
    "MandategraphError": "kg.errors",
    "assignments": "kg.building.frames",
    "build": "kg.building.pipeline",
    "check_build": "kg.building.verify",
    "dataset": "kg.store",
    "evaluate": "kg.evaluation",
    "extract": "kg.extraction",
    "extraction_to_json": "kg.records_json",
    "list_questions": "kg.questions",
    "open_store": "kg.store",
    "read": "kg.reading",
    "run": "kg.questions",
    "table": "kg.building.frames",
    "write_network": "kg.building.page",
}

__all__ = [
    "BuildResult",
    "Document",
    "Evaluation",
    "Extraction",
    "Finding",
    "MandategraphError",
    "assignments",
    "build",
    "check_build",
    "dataset",
    "evaluate",
    "extract",
    "extraction_to_json",
    "list_questions",
    "open_store",
    "read",
    "run",
    "table",
    "write_network",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
