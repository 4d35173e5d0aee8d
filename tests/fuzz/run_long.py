"""Long fuzzing, by hand: many mutations of each format.

    python -m tests.fuzz.run_long --seconds 600 [NAME …]

The names are those of ``tests.fuzz.mutate.seeds``. What fails is printed with its format and seed; it becomes a test beside its reader.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback

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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--first", type=int, default=0)
    known = parser.parse_args()
    sys.exit(bool(run(known.seconds, known.names, known.first)))
