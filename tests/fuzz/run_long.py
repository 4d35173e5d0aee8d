"""Long fuzzing, by hand: many mutations of each format, and with ``--atheris`` under coverage guidance.

    python -m tests.fuzz.run_long --seconds 600
    pip install -e '.[fuzz]' && python -m tests.fuzz.run_long --atheris plan.docx -max_total_time=600

The names are those of ``tests.fuzz.mutate.seeds``; what stands behind --atheris and its name is libFuzzer's. A PDF is opened in
this process, where its coverage is seen. What fails is printed with its format and seed (or written by atheris as crash-…); it
becomes a test beside its reader.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from pathlib import Path

from tests.fuzz.mutate import mutate, seeds
from tests.fuzz.test_fuzz import check


def run(seconds: float, names: list[str], first: int) -> int:
    """Try seed after seed until the time is over; give the number of failures."""
    files = {name: data for name, data in seeds().items() if not names or name in names}
    failed: dict[str, str] = {}
    end, seed, slowest = time.monotonic() + seconds, first, (0.0, "")
    while time.monotonic() < end:
        for name, data in files.items():
            started = time.monotonic()
            try:
                check(mutate(data, seed), name)
            except Exception as error:  # noqa: BLE001  what is looked for
                frame = traceback.extract_tb(error.__traceback__)[-1]
                place = f"{name}: {type(error).__name__} at {frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
                if place not in failed:
                    failed[place] = f"seed {seed}: {str(error)[:150]}"
                    print(place, failed[place], flush=True)
            slowest = max(slowest, (time.monotonic() - started, f"{name} seed {seed}"))
        seed += 1
    print(f"{(seed - first) * len(files)} files, {len(failed)} kinds of failure, slowest {slowest[0]:.1f} s ({slowest[1]})")
    return len(failed)


def run_atheris(name: str, arguments: list[str]) -> None:
    """Fuzz one format under atheris, from its seed and with the mutations that know the format."""
    import atheris  # type: ignore[import-not-found]  # an optional tool: no wheels for every Python

    with atheris.instrument_imports():
        import kg.extraction
        import kg.reading
        import kg.reading.docx
        import kg.reading.html
        import kg.reading.markup
        import kg.reading.mime
        import kg.reading.pdf_worker

    def mutate_bytes(data: bytes, size: int, seed: int) -> bytes:
        try:
            changed = mutate(data, seed)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, RuntimeError, EOFError):  # a package that is broken by now
            changed = bytes(atheris.Mutate(data, size))
        return changed[:size]

    def once(data: bytes) -> None:
        if name.endswith(".pdf"):
            kg.reading.pdf_worker.read_pages(data)
        else:
            check(data, name)

    with tempfile.TemporaryDirectory() as corpus:
        Path(corpus, name).write_bytes(seeds()[name])
        options = [sys.argv[0], "-max_len=120000", "-timeout=60", *arguments, corpus]
        atheris.Setup(options, once, custom_mutator=mutate_bytes)
        atheris.Fuzz()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--atheris", metavar="NAME")
    known, rest = parser.parse_known_args()
    if known.atheris:
        run_atheris(known.atheris, rest)
    else:
        sys.exit(bool(run(known.seconds, known.names, known.first)))
