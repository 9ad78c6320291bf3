"""What tokens have in common: a token's vector is its own plus those of the character n-grams in it.

So "arabs" learns from "arabian", 天主教徒 from 天主教 and 教徒, and 恐怖主義 from 恐怖主义 (fastText, Bojanowski et al.
2017). Training ends by adding the parts up: the model that is written knows tokens only, and costs nothing more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import regex
from scipy.sparse import csr_array

_HAN = regex.compile(r"\p{Han}")
_LATIN_LENGTHS = (3, 4, 5, 6)  # characters of an n-gram
_HAN_LENGTHS = (1, 2, 3)


def parts(token: str) -> list[str]:
    """The character n-grams inside a token, none as long as the token; nothing for figures and signs."""
    lengths: tuple[int, ...]
    if _HAN.search(token):
        lengths = _HAN_LENGTHS
    elif token.isalpha():
        lengths = _LATIN_LENGTHS
    else:
        return []
    return [token[k : k + n] for n in lengths if n < len(token) for k in range(len(token) - n + 1)]


def composition(tokens: Sequence[str], to_simplified: Callable[[str], str]) -> csr_array:
    """The matrix (tokens, tokens + parts) that makes token vectors of the vectors of all parts.

    Each token counts itself once, and its n parts with 1/√n each, so that long tokens do not learn faster. Parts that
    only one token has say nothing of their own and are left out. A token in traditional script has the parts of its
    simplified form, which is a part of both: whichever script a rare word was seen in, the other knows it too.
    """
    found = [_shared_parts(token, to_simplified) for token in tokens]
    counts = Counter(part for some in found for part in set(some))
    columns: dict[str, int] = {}
    indices: list[int] = []
    values: list[float] = []
    starts = [0]
    for row, some in enumerate(found):
        common = [part for part in some if counts[part] > 1]
        indices += [row, *(columns.setdefault(part, len(tokens) + len(columns)) for part in common)]
        values += [1.0, *([max(len(common), 1) ** -0.5] * len(common))]
        starts.append(len(indices))
    matrix = csr_array(
        (np.array(values, np.float32), np.array(indices, np.int32), np.array(starts, np.int32)),
        shape=(len(tokens), len(tokens) + len(columns)),
    )
    matrix.sum_duplicates()
    return matrix


def _shared_parts(token: str, to_simplified: Callable[[str], str]) -> list[str]:
    if not _HAN.search(token):
        return parts(token)
    simplified = to_simplified(token)
    return [*parts(simplified), f"={simplified}"]
