"""Texts → weighted vectors: syllables and pairs of neighbouring syllables, the rarer in the corpus the heavier.

Syllables are folded (no letter case, no tone marks): a scan that lost marks, and the two placements of a tone, are the same
words. Order survives in the pairs. Weight is count × inverse document frequency, ln((1 + n)/(1 + df)) + 1, rows of length 1:
the usual TF-IDF, so that the dot product of two rows is their cosine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.normalise import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

# Written in full or short, it is the same body; source: Nghị định 30/2020/NĐ-CP, Phụ lục VI, and the five plans.
_SHORT = {"ubnd": "uy ban nhan dan", "tp": "thanh pho", "hdnd": "hoi dong nhan dan", "kttt": "kinh te tap the", "ktth": "kinh te tuan hoan", "bvmt": "bao ve moi truong", "cntt": "cong nghe thong tin", "khcn": "khoa hoc cong nghe"}  # fmt: skip
_PIECE = re.compile(r"[^\W_]+|[;.§]")
_WORD = re.compile(r"[^\W_]+")
_GAP = -1


@dataclass(frozen=True, slots=True)
class Vectors:
    """Rows of unit length (a scipy CSR matrix, float64) over features sorted from the rarest to the commonest.

    ``frequency`` counts, for each feature, the texts that hold it. A text without a syllable has an empty row.
    """

    rows: Any
    frequency: Integers


def write_out(folded: str) -> str:
    """Write the short forms of folded text out.

    >>> write_out("ubnd tp. ha noi")
    'uy ban nhan dan thanh pho. ha noi'
    """
    return _WORD.sub(lambda match: _SHORT.get(match[0], match[0]), folded)


def vectorise(texts: Sequence[str]) -> Vectors:
    """Give the vectors of texts, weighted by how rare each feature is among them."""
    import numpy as np
    from scipy import sparse

    words, lengths, names = _number_syllables(texts)
    count = len(texts)
    row = np.repeat(np.arange(count), lengths)
    near = (row[:-1] == row[1:]) & (words[:-1] != _GAP) & (words[1:] != _GAP)
    pairs, pair = np.unique(words[:-1][near] * np.int64(names) + words[1:][near], return_inverse=True)
    single = words != _GAP
    rows = np.concatenate([row[single], row[:-1][near]])
    columns = np.concatenate([words[single], pair + names])
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(count, names + len(pairs)))
    frequency = np.bincount(matrix.indices, minlength=matrix.shape[1])
    order = np.argsort(frequency, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    weight = np.log((1 + count) / (1 + frequency)) + 1
    matrix = sparse.csr_matrix((matrix.data * weight[matrix.indices], place[matrix.indices], matrix.indptr), shape=matrix.shape)
    matrix.sort_indices()
    return Vectors(_unit(matrix), frequency[order])


def _number_syllables(texts: Sequence[str]) -> tuple[Integers, Integers, int]:
    """Give all syllables as numbers, how many each text has (gaps counted), and how many there are."""
    import numpy as np

    known: dict[str, list[int]] = {each: [_GAP] for each in ";.§"}
    names: dict[str, int] = {}
    numbers: list[int] = []
    lengths = np.empty(len(texts), dtype=np.int64)
    for at, text in enumerate(texts):
        before = len(numbers)
        for piece in _PIECE.findall(text if text.isascii() else unicodedata.normalize("NFC", text)):
            found = known.get(piece)
            if found is None:
                folded = fold(piece)
                found = known[piece] = [names.setdefault(each, len(names)) for each in _SHORT.get(folded, folded).split()]
            numbers += found
        lengths[at] = len(numbers) - before
    return np.array(numbers, dtype=np.int64), lengths, max(1, len(names))


def _unit(matrix: Any) -> Any:
    import numpy as np

    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    norms[norms == 0] = 1.0
    matrix.data /= np.repeat(norms, np.diff(matrix.indptr))
    return matrix
