"""The conventions of the measures, in one place and with a version: every report names it.

A convention is a choice that someone else could make differently; ``uncertainty`` shows what each does to a result.
Source: docs/measures.md gives each with its formula.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = "1"
"""Raised whenever a value below, or the meaning of a formula, changes."""

RHOS: Final = (0.0, 0.25, 0.5)
"""What one partner role counts beside one lead (D1); all three are always reported."""

SEED: Final = 20250701
DRAWS: Final = 20_000
CHANCE_LEVEL: Final = 0.05
BOOTSTRAPS: Final = 1_000
STABLE: Final = 0.90
"""Share of (group scenario, rho, bootstrap) combinations in which a flag must hold (D2, test 4)."""

PEER_PERCENTILE: Final = 0.80
PEERS_NEEDED: Final = 5
"""Other provinces with the same kind of agency, below which the peer test is "not assessed" (D2, test 1)."""

ROBUST_Z: Final = 2.0
MAD_SCALE: Final = 1.4826
SHARE_TIMES: Final = 2.0
"""An outlier holds more than this times an equal share, 1/N (D2, test 3)."""

CAPACITY_TIMES: Final = 1.5
"""Work for each unit of capacity, times the median of the peers, above which "overloaded" may be said (D2)."""

RANKED_UNITS: Final = 10
"""Nobody is ranked in a plan with fewer units (D9.3)."""

SHARED_TASKS_NEEDED: Final = 5
"""Shared tasks, below which two provinces are not compared (D6)."""

CONFIDENCE_DRAWS: Final = 1_000
WILSON_Z: Final = 1.959964
MANY_PARTNERS: Final = 5
"""More named partners than this make a task slow (RACI, horizontal)."""


def described() -> dict[str, float | int | str | list[float]]:
    """Give all conventions by name, for the foot of a report."""
    return {
        "version": VERSION, "seed": SEED, "rho": list(RHOS), "chance_draws": DRAWS, "chance_level": CHANCE_LEVEL, "bootstraps": BOOTSTRAPS,
        "stable": STABLE, "peer_percentile": PEER_PERCENTILE, "peers_needed": PEERS_NEEDED, "robust_z": ROBUST_Z, "share_times": SHARE_TIMES,
        "capacity_times": CAPACITY_TIMES, "ranked_units": RANKED_UNITS, "shared_tasks_needed": SHARED_TASKS_NEEDED,
        "confidence_draws": CONFIDENCE_DRAWS, "many_partners": MANY_PARTNERS,
    }  # fmt: skip
