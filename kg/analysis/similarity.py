"""Which tasks are alike: one text against many, and all against all.

The score of a pair is four parts cosine of its weighted words and one part containment of the shorter text's three-syllable
runs in the longer, weighted alike. Texts with different numbers ("mức độ 3", "mức độ 5") are of different things, however
like their other words: their score counts three quarters.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.analysis.wording import Wording, read_wording, runs

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

ALIKE = 0.45
"""Score from which two tasks are called alike; from ``SAME`` on, the same. Precision: docs/decisions/0013-similarity.md."""
SAME = 0.75

_RUN = 3
_FULL_RUNS = 8  # containment of a shorter text proves less: it counts in proportion
_LOOSER = 0.6  # the score may exceed the cosine: candidates are taken from that share of the wanted score
_LOOSER_MANY = 0.9
_COSINE_SHARE = 0.8
_OTHER_NUMBERS = 0.75
_NUMBER = re.compile(r"\b(?!(?:19|20)\d\d\b)\d+")  # years are when, not what


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of pairs, in the order of the pairs asked for, each in [0, 1].

    ``containment`` is the plain share of the shorter text's runs; ``whole`` rests on the weighted one.
    """

    whole: Floats
    cosine: Floats
    containment: Floats


class Comparison:
    """Texts made ready to be compared: their vectors, runs and numbers. Made once for a corpus.

    A text without a syllable is like no other.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy as np

        from kg.analysis.vectors import vectorise

        self._rows = vectorise(texts).rows
        self._runs = _run_matrix(texts)
        self._sizes = np.diff(self._runs.indptr).astype(float)
        held = np.bincount(self._runs.indices, minlength=self._runs.shape[1])
        weight = np.log((1 + len(texts)) / (1 + held)) + 1
        self._weighted = self._runs.copy()
        self._weighted.data = np.sqrt(weight[self._runs.indices])
        self._weights = np.asarray(self._weighted.multiply(self._weighted).sum(axis=1)).ravel()
        self._numbers = [frozenset(_NUMBER.findall(text)) for text in texts]
        self._has_number = np.array([bool(numbers) for numbers in self._numbers], dtype=bool)

    def score(self, first: Integers, second: Integers) -> Scores:
        """Score pairs of text numbers."""
        from kg.analysis.neighbours import row_products

        return self._scores(first, second, row_products(self._rows, first, second))

    def pairs(self, minimum: float, *, exact: bool | None = None) -> tuple[Integers, Integers, Scores]:
        """Give all pairs, first < second, that score at least ``minimum``, sorted.

        Pairs whose cosine is below 0.6 × ``minimum`` (0.9 × where texts are searched through cells) are not looked at: they reach it
        only where the one text is almost whole inside the other.
        """
        import numpy as np

        from kg.analysis.neighbours import is_exact, near_parts

        none = np.empty(0)
        found = [[none.astype(np.int64), none.astype(np.int64), none, none, none]]  # where no two texts come near
        for near in near_parts(self._rows, (_LOOSER if is_exact(len(self._numbers), exact) else _LOOSER_MANY) * minimum, exact=exact):
            scores = self._scores(near.first, near.second, near.cosine)
            keep = scores.whole >= minimum
            found.append([each[keep] for each in (near.first, near.second, scores.whole, scores.cosine, scores.containment)])
        columns = [np.concatenate(each) for each in zip(*found, strict=True)]
        order = np.lexsort((columns[1], columns[0]))
        first, second, whole, cosine, containment = (column[order] for column in columns)
        return first, second, Scores(whole, cosine, containment)

    def pairs_among(self, members: Sequence[int], minimum: float) -> tuple[Integers, Integers, Scores]:
        """Give the pairs among some of the texts, as ``pairs`` does; rarity is still that of the corpus."""
        import numpy as np

        from kg.analysis.neighbours import near_pairs

        numbers = np.array(sorted(members), dtype=np.int64)
        near = near_pairs(self._rows[numbers], _LOOSER * minimum)
        first, second = numbers[near.first], numbers[near.second]
        scores = self._scores(first, second, near.cosine)
        keep = scores.whole >= minimum
        return first[keep], second[keep], Scores(scores.whole[keep], scores.cosine[keep], scores.containment[keep])

    def _scores(self, first: Integers, second: Integers, cosine: Floats) -> Scores:
        import numpy as np

        from kg.analysis.neighbours import row_products

        shorter = np.minimum(self._sizes[first], self._sizes[second])
        plain = row_products(self._runs, first, second) / np.maximum(shorter, 1.0)
        lighter = np.minimum(self._weights[first], self._weights[second])
        weighted = row_products(self._weighted, first, second) / np.maximum(lighter, 1e-9) * np.minimum(1.0, shorter / _FULL_RUNS)
        whole = _COSINE_SHARE * cosine + (1 - _COSINE_SHARE) * weighted
        whole[self._differ_in_numbers(first, second)] *= _OTHER_NUMBERS
        return Scores(whole, cosine, plain)

    def _differ_in_numbers(self, first: Integers, second: Integers) -> Integers:
        """Give which pairs have numbers on both sides of which neither side's hold the other's."""
        import numpy as np

        both = np.nonzero(self._has_number[first] & self._has_number[second])[0]
        pairs = zip(both.tolist(), first[both].tolist(), second[both].tolist(), strict=True)
        return np.array([at for at, a, b in pairs if self._numbers[a] - self._numbers[b] and self._numbers[b] - self._numbers[a]], dtype=np.int64)


def search(
    texts: Sequence[str], queries: Sequence[str], *, top: int = 10, minimum: float = 0.25, strip: bool = True
) -> pl.DataFrame:
    """Find, for each query, the texts nearest to it.

    Args:
        texts: task names or duty sentences, in Vietnamese.
        queries: what to look for, as written.
        top: at most so many a query.
        minimum: smallest score.
        strip: take cross-references, formulas and places out first.

    Returns: query, rank (from 1), text (its number), score, cosine, containment, words (the text); sorted by query and rank.

    >>> search(["Thúc đẩy mua sắm công xanh", "Trồng rừng"], ["mua sam cong xanh"], top=1)["text"].to_list()
    [0]
    """
    import numpy as np
    import polars as pl

    every = [*texts, *queries]
    plain = [read_wording(text).whole for text in every] if strip else every
    comparison = Comparison(plain)
    numbers = np.arange(len(texts))
    columns: dict[str, list[Any]] = {name: [] for name in ("query", "rank", "text", "score", "cosine", "containment", "words")}
    for at in range(len(queries)):
        scores = comparison.score(np.full(len(texts), len(texts) + at), numbers)
        order = np.lexsort((numbers, -scores.whole))[:top]
        for rank, number in enumerate(order[scores.whole[order] >= minimum].tolist(), 1):
            row = (at, rank, number, float(scores.whole[number]), float(scores.cosine[number]), float(scores.containment[number]), texts[number])
            for name, value in zip(columns, row, strict=True):
                columns[name].append(value)
    whole, number_type, words = pl.Int64, pl.Float64, pl.String
    schema = dict(zip(columns, (whole, whole, whole, number_type, number_type, number_type, words), strict=True))
    return pl.DataFrame(columns, schema=schema)


def find_pairs(texts: Sequence[str], *, minimum: float = ALIKE, exact: bool | None = None) -> pl.DataFrame:
    """Find all pairs of texts that are alike.

    Args:
        texts: comparable words (``Wording.whole``), or texts as written.
        minimum: smallest score.
        exact: look at every pair; by default up to 20,000 texts, beyond through cells, which may lose pairs.

    Returns: first, second (text numbers, first < second), score, cosine, containment; sorted by first and second.

    """
    import polars as pl

    first, second, scores = Comparison(texts).pairs(minimum, exact=exact)
    return pl.DataFrame(
        {"first": first, "second": second, "score": scores.whole, "cosine": scores.cosine, "containment": scores.containment}
    )


def comparable(wordings: Sequence[Wording]) -> list[str]:
    """Give the words to compare; "" for what says too little."""
    return ["" if wording.is_empty else wording.whole for wording in wordings]


def _run_matrix(texts: Sequence[str]) -> Any:
    """Give which text holds which run of three syllables, as a sparse matrix of ones."""
    import numpy as np
    from scipy import sparse

    known: dict[str, int] = {}
    counts = np.empty(len(texts), dtype=np.int64)
    syllables = array("q")  # three numbers a run: a tuple of words for each would take most of the memory of a large build
    for at, text in enumerate(texts):
        own = dict.fromkeys(runs(text, _RUN))
        counts[at] = len(own)
        syllables.extend(known.setdefault(word, len(known)) for run in own for word in run)
    numbers = np.frombuffer(syllables, dtype=np.int64).reshape(-1, _RUN) if syllables else np.empty((0, _RUN), dtype=np.int64)
    codes = (numbers[:, 0] * len(known) + numbers[:, 1]) * len(known) + numbers[:, 2]
    different, columns = np.unique(codes, return_inverse=True)
    ends = np.concatenate([[0], np.cumsum(counts)])
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(texts), max(1, len(different))))
    matrix.sort_indices()
    return matrix
