"""All pairs of near texts: exactly where there are few, through a compact space where there are many.

Exact: a pair with cosine ≥ t shares one of the rare features that each text's prefix holds, for what is left of a text
behind its prefix has a length below t (prefix filtering; Bayardo, Ma, Srikant, WWW 2007, with the bound on the length of
the rest). No pair is lost, and the common features, which cost most, are not multiplied.

Compact: rows are projected on their main directions (randomised SVD), gathered around centres, and compared within the
six nearest; what comes near is scored exactly. It may lose pairs; `benchmarks/similarity.py` measures how many.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Small = NDArray[np.float32]
    Integers = NDArray[np.int64]

EXACT_UP_TO = 20_000  # texts: beyond, the exact way takes longer than the compact one (docs/decisions/0013)
DIRECTIONS = 256
CELLS_EACH = 6
SLACK = 0.04  # the compact cosine may be that much below the exact one
_SEED = 13
_SAMPLE = 20_000
_BLOCK = 2_048
_DENSE_SHARE = 64  # a feature in one of 64 texts is common
_DENSE_AT_MOST = 1_024
_ROUNDING = 1e-4
_ROUNDS = 4
_BUCKETS = 1 << 16


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of row numbers, first < second, sorted, with their cosine."""

    first: Integers
    second: Integers
    cosine: Floats


def near_pairs(rows: Any, minimum: float, *, exact: bool | None = None) -> Pairs:
    """Give the pairs of rows with a cosine of at least ``minimum``.

    Args:
        rows: unit rows with features from the rarest to the commonest (``Vectors.rows``).
        minimum: above 0, at most 1.
        exact: whether no pair may be lost; by default up to 20,000 rows.

    """
    count = rows.shape[0]
    if exact if exact is not None else count <= EXACT_UP_TO:
        first, second = _by_blocks(rows, minimum)
    else:
        first, second = _by_cells(rows, minimum)
    cosine = row_products(rows, first, second)
    keep = cosine >= minimum
    return Pairs(first[keep], second[keep], cosine[keep])


def row_products(rows: Any, first: Integers, second: Integers) -> Floats:
    """Give the dot product of each pair of rows."""
    import numpy as np

    products = np.empty(len(first))
    for at in range(0, len(first), 200_000):
        part = slice(at, at + 200_000)
        products[part] = np.asarray(rows[first[part]].multiply(rows[second[part]]).sum(axis=1)).ravel()
    return products


def _by_blocks(rows: Any, minimum: float) -> tuple[Integers, Integers]:
    """Multiply everything by everything: rare features as a sparse product, common ones as a dense one, which is faster."""
    import numpy as np

    count = rows.shape[0]
    held = np.bincount(rows.indices, minlength=rows.shape[1])
    # Sorted by frequency: the common ones are the last.
    split = max(rows.shape[1] - _DENSE_AT_MOST, int(np.searchsorted(held, count // _DENSE_SHARE + 1)))
    rare, common = rows[:, :split], rows[:, split:].astype(np.float32).toarray()
    turned = rare.T.tocsr()
    found: list[Integers] = []
    for start in range(0, count, _BLOCK):
        block = common[start : start + _BLOCK] @ common[start:].T
        sparse_block = (rare[start : start + _BLOCK] @ turned[:, start:]).tocoo()
        block[sparse_block.row, sparse_block.col] += sparse_block.data
        one, other = np.nonzero(block >= minimum - _ROUNDING)
        ahead = one < other
        found.append((one[ahead] + start) * count + other[ahead] + start)
    return _split(found, count)


def _by_cells(rows: Any, minimum: float) -> tuple[Integers, Integers]:
    import numpy as np

    points = compact(rows)
    count = len(points)
    cells = nearest_centres(points, max(1, round(count**0.5 / 1.5)))
    order = np.argsort(cells.ravel(), kind="stable")
    members, owner = order // cells.shape[1], cells.ravel()[order]
    bounds = np.searchsorted(owner, np.arange(owner[-1] + 2))
    found: list[Integers] = []
    for start, end in pairwise(bounds.tolist()):
        inside = members[start:end]
        for at in range(0, len(inside), _BLOCK):
            likeness = points[inside[at : at + _BLOCK]] @ points[inside[at:]].T
            one, other = np.nonzero(likeness >= minimum - SLACK)
            one, other = inside[at + one], inside[at + other]
            ahead = one != other
            low, high = np.minimum(one[ahead], other[ahead]), np.maximum(one[ahead], other[ahead])
            found.append(low * count + high)
    return _split(found, count)


def _split(found: list[Integers], count: int) -> tuple[Integers, Integers]:
    import numpy as np

    codes = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    return codes // count, codes % count


def compact(rows: Any) -> Small:
    """Project the rows on few random directions; unit rows again. Seeded: the same rows give the same points.

    The expected dot product of two points is the cosine of their rows, with a deviation of about (1 - cosine²)/√256
    (Johnson and Lindenstrauss). Features share ``_BUCKETS`` rows of directions, so that a large vocabulary takes no memory.
    """
    import numpy as np
    from scipy import sparse

    dice = np.random.default_rng(_SEED)
    count, features = rows.shape
    basis = dice.standard_normal((min(features, _BUCKETS), DIRECTIONS), dtype=np.float32)
    points = np.empty((count, DIRECTIONS), np.float32)
    for at in range(0, count, 50_000):
        part = rows[at : at + 50_000]
        folded = sparse.csr_matrix((part.data.astype(np.float32), part.indices % _BUCKETS, part.indptr), shape=(part.shape[0], len(basis)))
        points[at : at + 50_000] = folded @ basis
    norms = np.linalg.norm(points, axis=1, keepdims=True)
    norms[norms == 0] = 1.0
    points /= norms
    return points


def nearest_centres(points: Small, wanted: int) -> Integers:
    """Give, for each point, the numbers of its six nearest centres, found by k-means on a sample (spherical, seeded)."""
    import numpy as np

    dice = np.random.default_rng(_SEED)
    count = len(points)
    sample = points[np.sort(dice.choice(count, min(count, max(_SAMPLE, 20 * wanted)), replace=False))]
    centres = sample[np.sort(dice.choice(len(sample), min(wanted, len(sample)), replace=False))]
    for _ in range(_ROUNDS):
        belongs = np.concatenate([(sample[at : at + _BLOCK] @ centres.T).argmax(axis=1) for at in range(0, len(sample), _BLOCK)])
        order = np.argsort(belongs, kind="stable")
        held, starts = np.unique(belongs[order], return_index=True)
        centres = centres.copy()
        centres[held] = np.add.reduceat(sample[order], starts, axis=0)
        centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    each = min(CELLS_EACH, len(centres))
    nearest = np.empty((count, each), np.int64)
    for at in range(0, count, _BLOCK):
        likeness = points[at : at + _BLOCK] @ centres.T
        if each == len(centres):
            nearest[at : at + _BLOCK] = np.argsort(-likeness, axis=1)
        else:
            nearest[at : at + _BLOCK] = np.argpartition(-likeness, each, axis=1)[:, :each]
    return nearest
