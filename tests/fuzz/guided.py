"""Fuzzing of one format under coverage guidance.

    pip install -e '.[fuzz]' && python -m tests.fuzz.guided plan.docx -max_total_time=600

The name is one of ``tests.fuzz.mutate.seeds``; what stands behind it is libFuzzer's. A PDF is opened in this process, where its
coverage is seen. What fails, or takes too long, is written as crash-… or timeout-…; it becomes a test beside its reader.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

import atheris  # type: ignore[import-not-found]  # an optional tool: no wheels for every Python

with atheris.instrument_imports(include=["kg"]):  # before anything else imports them
    from kg.reading.pdf_worker import read_pages
    from tests.fuzz.mutate import mutate, seeds
    from tests.fuzz.test_fuzz import check

_BYTES = 120_000
_SECONDS = 30
"""What one file may take, under instrumentation."""


def fuzz(name: str, arguments: list[str]) -> None:
    """Fuzz one format, from its seed and with the mutations that know the format. Ends the process."""

    def mutate_bytes(data: bytes, size: int, seed: int) -> bytes:
        try:
            changed = mutate(data, seed)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, RuntimeError, EOFError):  # a package that is broken by now
            changed = bytes(atheris.Mutate(data, size))
        return changed[:size]

    def once(data: bytes) -> None:
        if name.endswith(".pdf"):
            read_pages(data)
        else:
            check(data, name)

    with tempfile.TemporaryDirectory() as corpus:
        Path(corpus, name).write_bytes(seeds()[name])
        atheris.Setup([sys.argv[0], f"-max_len={_BYTES}", f"-timeout={_SECONDS}", *arguments, corpus], once, custom_mutator=mutate_bytes)
        atheris.Fuzz()


if __name__ == "__main__":
    fuzz(sys.argv[1], sys.argv[2:])
