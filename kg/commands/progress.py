"""The line that tells how far a command has come: files, and the pages of scans, with what is left to wait."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import sys
import time

_SHOWN_SECONDS = 5  # less is no wait
_BAR, _LINE = 24, 62


class ShowProgress:
    """One line on standard error that is written over: after each file, and after each page of a scan."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._files = (0, 0)
        self._scans: dict[str, float] = {}

    def files(self, done: int, total: int, name: str) -> None:
        """Show that a file is done."""
        self._files = (done, total)
        self._scans.pop(name, None)
        self._write(f"{name[-40:]} {_left(self._started, done, total)}", end="\n" if done == total else "")

    def pages(self, name: str, done: int, total: int) -> None:
        """Show that a page of a scan is done; with 0 done that its reading begins."""
        if name not in self._scans:
            self._scans[name] = time.monotonic()
        self._write(f"{name[-24:]} trang (page) {done}/{total} {_left(self._scans[name], done, total)}")

    def close(self) -> None:
        """Wipe what is left of the line where no file ends it."""
        print(f"\r{'':<{_BAR + _LINE}}\r", end="", file=sys.stderr, flush=True)

    def _write(self, told: str, end: str = "") -> None:
        done, total = self._files
        bar = "█" * (done * _BAR // total if total else 0)
        count = f"{done}/{total}" if total else ""
        print(f"\r{bar:<{_BAR}} {count} {told:<{_LINE}}", end=end, file=sys.stderr, flush=True)


def _left(started: float, done: int, total: int) -> str:
    if not done or done == total:
        return ""
    seconds = (time.monotonic() - started) / done * (total - done)
    if seconds < _SHOWN_SECONDS:
        return ""
    return f"còn ~{seconds / 60:.0f} phút (min)" if seconds > 90 else f"còn ~{seconds:.0f} giây (s)"
