"""All pairs of near rows: every pair looked at where there are few rows, through cells where there are many.

Cells: rows are gathered around centres (k-means in a compact space of random directions). Each row lives in its two nearest cells,
looks into the sixteen nearest, and is multiplied exactly by the rows that live there. With 4√n cells the work grows as n√n.
Pairs may be lost; `benchmarks/similarity.py` measures what that costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Small = NDArray[np.float32]
    Integers = NDArray[np.int64]

EXACT_UP_TO = 20_000  # texts: beyond, the exact way takes longer than the one by cells (docs/decisions/0013)
DIRECTIONS = 256
CELLS_EACH = 16  # of which it lives in the first two; of the pairs that score .60 and more, one in 400 is lost (docs/decisions/0013)
_HOMES = 2
_SEED = 13
_SAMPLE = 20_000
_BLOCK = 2_048
_BLOCK_IN_CELL = 256  # rows: the dense side of a cell's product stays in the processor's cache
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
    """Give the pairs of rows with a cosine of at least ``minimum``, as ``near_parts`` finds them, sorted."""
    import numpy as np

    parts = list(near_parts(rows, minimum, exact=exact))
    first, second, cosine = (np.concatenate([getattr(part, name) for part in parts]) for name in ("first", "second", "cosine"))
    order = np.lexsort((second, first))
    return Pairs(first[order], second[order], cosine[order])


def near_parts(rows: Any, minimum: float, *, exact: bool | None = None) -> Iterator[Pairs]:
    """Give the pairs of rows with a cosine of at least ``minimum`` part by part, each pair once, at least one part.

    Args:
        rows: unit rows with features from the rarest to the commonest (``Vectors.rows``).
        minimum: above 0, at most 1.
        exact: whether no pair may be lost; by default up to 20,000 rows.

    """
    return (_by_blocks if is_exact(rows.shape[0], exact) else _by_cells)(rows, minimum)


def is_exact(count: int, wanted: bool | None) -> bool:
    """Tell whether every pair of so many rows is looked at."""
    return count <= EXACT_UP_TO if wanted is None else wanted


def row_products(rows: Any, first: Integers, second: Integers) -> Floats:
    """Give the dot product of each pair of rows."""
    import numpy as np

    products = np.empty(len(first))
    for at in range(0, len(first), 200_000):
        part = slice(at, at + 200_000)
        products[part] = np.asarray(rows[first[part]].multiply(rows[second[part]]).sum(axis=1)).ravel()
    return products


def _by_blocks(rows: Any, minimum: float) -> Iterator[Pairs]:
    """Multiply everything by everything: rare features as a sparse product, common ones as a dense one, which is faster."""
    import numpy as np

    count = rows.shape[0]
    held = np.bincount(rows.indices, minlength=rows.shape[1])
    # Sorted by frequency: the common ones are the last.
    split = max(rows.shape[1] - _DENSE_AT_MOST, int(np.searchsorted(held, count // _DENSE_SHARE + 1)))
    rare, common = rows[:, :split], rows[:, split:].astype(np.float32).toarray()
    turned = rare.T.tocsr()
    for start in range(0, count, _BLOCK):
        block = common[start : start + _BLOCK] @ common[start:].T
        sparse_block = (rare[start : start + _BLOCK] @ turned[:, start:]).tocoo()
        block[sparse_block.row, sparse_block.col] += sparse_block.data
        one, other = np.nonzero(block >= minimum - _ROUNDING)
        ahead = one < other
        first, second = one[ahead] + start, other[ahead] + start
        cosine = row_products(rows, first, second)
        keep = cosine >= minimum
        yield Pairs(first[keep], second[keep], cosine[keep])


def _by_cells(rows: Any, minimum: float) -> Iterator[Pairs]:
    """Multiply the rows that live in a cell by those that look into it."""
    import numpy as np

    cells = nearest_cells(rows, max(1, round(4 * rows.shape[0] ** 0.5)))
    place = np.full(rows.shape[1], -1, np.int64)
    for cell, (living, looking) in enumerate(zip(_members(cells[:, :_HOMES]), _members(cells), strict=False)):
        for at in range(0, len(living), _BLOCK_IN_CELL):
            asking, lived, cosine = _near_in_cell(rows, looking, living[at : at + _BLOCK_IN_CELL], place, minimum)
            keep = _meet_first(cells, asking, lived, cell)
            asking, lived = asking[keep], lived[keep]
            yield Pairs(np.minimum(asking, lived), np.maximum(asking, lived), cosine[keep])


def _members(cells: Integers) -> Iterator[Integers]:
    """Give for each cell the rows, ascending, that have it among theirs."""
    import numpy as np

    order = np.argsort(cells.ravel(), kind="stable")
    ends = np.searchsorted(cells.ravel()[order], np.arange(int(cells.max()) + 2))
    return (order[start:end] // cells.shape[1] for start, end in pairwise(ends.tolist()))


def _meet_first(cells: Integers, asking: Integers, lived: Integers, cell: int) -> Any:
    """Tell which pairs count here: of the cells where two rows meet the lowest, and there the lower row as the one that asks."""
    import numpy as np

    one, other = cells[asking], cells[lived]
    lowest = np.full(len(asking), cell, cells.dtype)
    asked_too = np.zeros(len(asking), dtype=bool)
    for home in range(_HOMES):
        for looking, living in ((one, other[:, home, None]), (other, one[:, home, None])):
            meets = (looking == living).any(axis=1)
            np.minimum(lowest, living[:, 0], out=lowest, where=meets)
        asked_too |= one[:, home] == cell  # the one that asks lives here: the other, which does, asks as well
    return (asking != lived) & (lowest == cell) & ((asking < lived) | ~asked_too)


def _near_in_cell(rows: Any, askers: Integers, inside: Integers, place: Integers, minimum: float) -> tuple[Integers, Integers, Floats]:
    """Give the askers and those inside that are near: sparse rows by a dense block of the features that those inside have.

    ``place`` has -1 for every feature, and has it again afterwards.
    """
    import numpy as np
    from scipy import sparse

    lived = rows[inside]
    features = np.unique(lived.indices)
    place[features] = np.arange(len(features))
    block = np.zeros((len(features), len(inside)), np.float32)  # half the time of float64; the cosine is right to six digits
    block[place[lived.indices], np.repeat(np.arange(len(inside)), np.diff(lived.indptr))] = lived.data
    found = []
    for start in range(0, len(askers), _BLOCK):
        asking = rows[askers[start : start + _BLOCK]]
        placed = place[asking.indices]
        known = placed >= 0
        bounds = np.concatenate([[0], np.cumsum(known)])[asking.indptr]
        cosine = sparse.csr_matrix((asking.data[known].astype(np.float32), placed[known], bounds), shape=(asking.shape[0], len(features))) @ block
        one, other = np.nonzero(cosine >= minimum)
        found.append((askers[start + one], inside[other], cosine[one, other].astype(np.float64)))
    place[features] = -1
    first, second, near = (np.concatenate(each) for each in zip(*found, strict=True))
    return first, second, near


def compact(rows: Any, basis: Small) -> Small:
    """Project rows on the few directions of ``basis``; unit rows again.

    The expected dot product of two points is the cosine of their rows, with a deviation of about (1 - cosine²)/√256
    (Johnson and Lindenstrauss). Features share the rows of ``basis``, so that a large vocabulary takes no memory.
    """
    import numpy as np
    from scipy import sparse

    folded = sparse.csr_matrix((rows.data.astype(np.float32), rows.indices % len(basis), rows.indptr), shape=(rows.shape[0], len(basis)))
    points: Small = folded @ basis
    norms = np.linalg.norm(points, axis=1, keepdims=True)
    norms[norms == 0] = 1.0
    points /= norms
    return points


def nearest_cells(rows: Any, wanted: int) -> Integers:
    """Give, for each row, the numbers of its nearest cells, the nearest first; seeded: the same rows give the same cells.

    Cells are found by spherical k-means on a sample of the rows, in a compact space.
    """
    import numpy as np

    dice = np.random.default_rng(_SEED)
    count, features = rows.shape
    basis = dice.standard_normal((min(features, _BUCKETS), DIRECTIONS), dtype=np.float32)
    sample = compact(rows[np.sort(dice.choice(count, min(count, max(_SAMPLE, 20 * wanted)), replace=False))], basis)
    centres = _centres(sample, sample[np.sort(dice.choice(len(sample), min(wanted, len(sample)), replace=False))])
    each = min(CELLS_EACH, len(centres))
    nearest = np.empty((count, each), np.int32)
    for at in range(0, count, _BLOCK):
        likeness = compact(rows[at : at + _BLOCK], basis) @ centres.T
        near = np.argpartition(-likeness, each - 1, axis=1)[:, :each]
        best = np.argsort(-np.take_along_axis(likeness, near, axis=1), axis=1, kind="stable")
        nearest[at : at + _BLOCK] = np.take_along_axis(near, best, axis=1)
    return nearest


def _centres(sample: Small, centres: Small) -> Small:
    import numpy as np

    for _ in range(_ROUNDS):
        belongs = np.concatenate([(sample[at : at + _BLOCK] @ centres.T).argmax(axis=1) for at in range(0, len(sample), _BLOCK)])
        order = np.argsort(belongs, kind="stable")
        held, starts = np.unique(belongs[order], return_index=True)
        centres = centres.copy()
        centres[held] = np.add.reduceat(sample[order], starts, axis=0)
        centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    return centres
