"""What one client may cost the others: every limit of the server, in one place, with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of a query and of the server.

    ``seconds``: then a query is ended. ``rows``: an answer is cut there, and says so. ``answer_bytes`` and ``memory_mb``: what
    an answer, and a query beyond the graph itself, may take. ``body_bytes``: of a request; the longest question of the library
    has 6,000. ``waiting``: queries that wait in a lane; more are told to come again. ``quick_seconds`` are those of the
    first lane, of the processor: a question of the library takes 0.002 to 0.05 on some dozens of plans. 200 hostile clients that come at once hold
    a newcomer up for 200 × ``quick_seconds`` / 2 at most.
    """

    quick_seconds: float = 0.15
    seconds: float = 20.0
    rows: int = 100_000
    answer_bytes: int = 50_000_000
    memory_mb: int = 2_000
    waiting: int = 1_000
    body_bytes: int = 100_000

    @property
    def lanes(self) -> tuple[tuple[float, int, int], ...]:
        """Seconds, waiting places and workers of each lane, the quickest first."""
        middle = (self.quick_seconds * self.seconds) ** 0.5
        return (self.quick_seconds, self.waiting, 2), (middle, max(8, self.waiting // 10), 1), (self.seconds, 24, 1)

    def stated(self) -> dict[str, float]:
        """Give the limits that concern who asks, for answers and descriptions."""
        return {"seconds": self.seconds, "rows": self.rows, "answerBytes": self.answer_bytes, "memoryMegabytes": self.memory_mb, "requestBytes": self.body_bytes}
