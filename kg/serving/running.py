"""A running server: the build that stands, its pool of processes and its page, taken up anew when a build finishes."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.serving.limits import Limits
from kg.serving.pool import Pool

_RELOAD_SECONDS = 2.0


class Server:
    """The state of a running server: the pool of the build that stands, and what it counts."""

    def __init__(self, build: Path, limits: Limits) -> None:
        self.build, self.limits = build, limits
        self.pool = Pool(build, limits)
        self.page = ""
        self.stamp = self._stamp()
        self.answers: Counter[tuple[str, int]] = Counter()
        self.seconds = 0.0
        self.reloads = 0

    def _stamp(self) -> tuple[int, int] | None:
        try:
            told = (self.build / "run.json").stat()
        except OSError:
            return None
        return told.st_mtime_ns, told.st_ino

    async def start(self) -> None:
        """Load the build."""
        await self.pool.start()
        self.page = await asyncio.to_thread(make_page, self.build)

    async def watch(self) -> None:
        """When a build has finished, load it beside the old one, and change over."""
        while True:
            await asyncio.sleep(_RELOAD_SECONDS)
            stamp = self._stamp()
            if self.pool.alive and (stamp is None or stamp == self.stamp):
                continue
            self.stamp = stamp
            fresh = Pool(self.build, self.limits)
            try:
                await fresh.start()
                page = await asyncio.to_thread(make_page, self.build)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with the new build, the old one stays
                log({"event": "reload failed", "error": f"{type(error).__name__}: {error}"})
                await fresh.close()
                continue
            old, self.pool, self.page = self.pool, fresh, page
            self.reloads += 1
            log({"event": "reloaded", "triples": fresh.triples})
            await old.close()


def log(event: Mapping[str, Any]) -> None:
    """Write one line of the log: JSON, to the error stream."""
    sys.stderr.write(json.dumps({"time": round(time.time(), 3), **event}, ensure_ascii=False) + "\n")


def make_page(build: Path) -> str:
    """Make the explorer of a build, asking this server for SPARQL."""
    from kg.building.explorer import explorer_payload
    from kg.building.explorer_ask import ask_payload
    from viz.explorer_page import make_explorer

    return make_explorer({**explorer_payload(build), "ask": ask_payload(build, endpoint="sparql")}, connect="'self'")
