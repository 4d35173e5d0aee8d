"""Lanes: whose time is counted how, and who comes first."""

import asyncio
import time
from pathlib import Path

import pytest

from kg.errors import QuestionError
from kg.serving.limits import Limits
from kg.serving.pool import Pool

LIMITS = Limits(quick_seconds=0.05, seconds=2.0)


class Worker:
    """Answers after some seconds by the clock, of which the processor has a share; ``None``: the system does not tell."""

    def __init__(self, seconds: float, share: float | None) -> None:
        self._seconds, self._share, self._began = seconds, share, 0.0

    async def ask(self, head, body):
        self._began = time.monotonic()
        await asyncio.sleep(self._seconds)
        return head, body

    def used(self) -> float | None:
        return None if self._share is None else self._share * (time.monotonic() - self._began) if self._began else 0.0

    def end(self) -> None:
        pass


@pytest.mark.parametrize(
    ("seconds", "share", "lane", "answered"),
    [
        (0.2, 0.1, 0, True),  # the processor was elsewhere
        (0.2, 1.0, 0, False),
        (0.2, None, 0, False),
        (0.2, 1.0, 1, True),
        (0.8, 0.0, 0, False),  # ten times the lane's seconds by the clock, and no more
        (2.3, 0.1, 2, False),  # the limit that is told is the clock's
    ],
)
def test_a_short_lane_counts_what_the_processor_did(tmp_path: Path, seconds, share, lane, answered):
    async def go():
        pool = Pool(tmp_path, LIMITS)
        return await pool._timed(Worker(seconds, share), pool._lanes[lane], {}, b"")

    assert (asyncio.run(go()) is not None) == answered


def test_a_question_keeps_the_standing_that_it_was_asked_with(tmp_path: Path, monkeypatch):
    async def go():
        pool, seen = Pool(tmp_path, LIMITS), []

        async def never(lane, head, body, standing):
            seen.append(standing)

        monkeypatch.setattr(pool, "_ask_in", never)
        pool.standing.note("polite", quick=True)
        with pytest.raises(QuestionError):
            await pool.ask({"query": "?"}, client="polite")
        return seen, pool.standing.of("polite")

    assert asyncio.run(go()) == ([0, 0, 0], 2)
