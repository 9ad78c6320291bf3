"""The units of many texts laid end to end, with what each of them is, so that all runs of them are seen at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.document import Language
from search.locating.boundaries import ARTICLES, LINKS, OTHERS, ZH_CONNECTING, ZH_OTHERS, ZH_PREPOSITIONS
from search.locating.ngrams import unit_hashes
from search.locating.words import Units

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
# Words that a name holds between two others: "right to health", "in the Near East"; in lower case only these.
INNER = frozenset("of for on to in and the against at with from by its their all as".split())
# What no term begins or ends with, though it is no function word to those who count words.
LOOSE = frozenset(
    "further also however therefore thus moreover furthermore accordingly notably respectively alia etc "
    "including included following well often still even just much many several various certain own same another "
    "every whether already yet ever never always once again too away up down out off back under above below before "
    "after since until ie eg vs mr mrs ms dr sir madam  himself herself itself themselves "
    "something anything nothing everyone someone anyone nobody everything one ones lot lots let lets got get gets "
    "getting go goes going gone went come comes coming came make makes making made take takes taking took taken give "
    "gives giving gave given say says said saying see sees seeing saw seen know knows knowing knew known think thinks "
    "likely really actually don doesn didn isn aren wasn weren won wouldn couldn shouldn ll ve re cannot "
    "recalling reaffirming noting welcoming expressing recognizing stressing emphasizing acknowledging bearing "
    "encourages requests urges decides invites calls reaffirms notes welcomes recognizes stresses emphasizes "
    "recalls reiterates underlines expresses acknowledges affirms".split()
)
OUT = (OTHERS | LOOSE) - {"and", "or"}
ZH_NO_END = (
    ZH_CONNECTING
    | ZH_PREPOSITIONS
    | ZH_OTHERS
    | frozenset("很更最又再将能可应须需要请曾正只仅越太吗呢吧啊么谁何怎得过与、")
)
ZH_NO_BEGIN = ZH_NO_END - ZH_PREPOSITIONS - frozenset("不可应需要最再过正与")
GAP = -1


@dataclass(frozen=True)
class Laid:
    """Texts of one language end to end, a gap of one unit behind each; all arrays (size,).

    ``hashes``: of each unit's form, the same for singular and plural. ``content``: a word that may begin or end a
    term. ``inner``: what may stand inside. ``function``: a word that says little. ``wall``: what no term reaches
    across. ``joined``: this unit and the next are one compound. ``begins``: a sentence or an item begins here.
    """

    language: Language
    texts: tuple[Units, ...]
    starts: Numbers
    text: Numbers
    hashes: npt.NDArray[np.uint64]
    content: Flags
    function: Flags
    wall: Flags
    comma: Flags
    capital: Flags
    upper: Flags
    number: Flags
    joined: Flags
    begins: Flags
    opening: npt.NDArray[np.int64]

    @property
    def size(self) -> int:
        """Units and gaps."""
        return len(self.text)


def lay(texts: Sequence[Units], language: Language) -> Laid:
    """Lay texts end to end."""
    lengths = np.array([len(units) + 1 for units in texts], dtype=np.int64)
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))[: len(texts)]
    keys = [key for units in texts for key in (*units.keys, "")]
    kinds = [kind for units in texts for kind in (*units.kinds, "gap")]
    surface = [part for units in texts for part in (*_surfaces(units), "")]
    touches = np.array([flag for units in texts for flag in _touches(units)], dtype=bool)
    flags = _english(keys, kinds, surface, touches) if language == "en" else _chinese(keys, kinds)
    hashes = _hashes(keys, language)
    capital = np.array([part[:1].isupper() for part in surface], dtype=bool)
    upper = np.array([len(part) > 1 and part.isupper() for part in surface], dtype=bool)
    number = np.array([kind == "number" for kind in kinds], dtype=bool)
    return Laid(
        language,
        tuple(texts),
        starts,
        np.repeat(np.arange(len(texts)), lengths),
        hashes,
        flags["content"],
        flags["function"],
        flags["wall"],
        flags["comma"],
        capital,
        upper,
        number,
        _joined(keys, touches),
        _begins(keys, kinds),
        np.array([(key in "《“「『〈") - (key in "》”」』〉") if key else 0 for key in surface], dtype=np.int64),
    )


def _surfaces(units: Units) -> list[str]:
    return [units.text[a:b] for a, b in zip(units.starts, units.ends, strict=True)]


def _touches(units: Units) -> list[bool]:
    """Whether a unit and the next have nothing between them; the gap behind a text touches nothing."""
    return [a == b for a, b in zip(units.ends, (*units.starts[1:], -1), strict=True)] + [False]


def _hashes(keys: Sequence[str], language: Language) -> npt.NDArray[np.uint64]:
    number: dict[str, int] = {}
    ids = np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)
    if not len(ids):
        return np.zeros(0, dtype=np.uint64)
    return unit_hashes(tuple(number), language)[ids]


_HYPHENS = frozenset("-–/‑")


def _joined(keys: Sequence[str], touches: Flags) -> Flags:
    hyphen = np.array([key in _HYPHENS for key in keys], dtype=bool)
    found = np.zeros(len(keys), dtype=bool)
    found[:-1] = touches[:-1] & (hyphen[:-1] | hyphen[1:])
    return found


def _begins(keys: Sequence[str], kinds: Sequence[str]) -> Flags:
    """The first word of a text, and one behind a full stop, colon, bracket, or a number that counts items."""
    found = np.zeros(len(keys), dtype=bool)
    fresh = True
    for k, (key, kind) in enumerate(zip(keys, kinds, strict=True)):
        found[k] = fresh and kind not in {"mark", "gap"}
        fresh = kind == "gap" or key in _FRESH or (fresh and kind in {"number", "mark"})
    return found


_FRESH = frozenset('.:;!?()"[]…•。：；！？（）')


def _english(keys: Sequence[str], kinds: Sequence[str], surface: Sequence[str], touches: Flags) -> dict[str, Flags]:
    function, out, content, comma = [], [], [], []
    lengths = len(keys)
    begins, joined = _begins(keys, kinds), _joined(keys, touches)
    for k, (key, kind) in enumerate(zip(keys, kinds, strict=True)):
        capital = surface[k][:1].isupper() and not begins[k]
        word = kind in {"word", "han"}
        compound = bool(joined[k] or (k and joined[k - 1]))
        grammar = (key in ARTICLES or key in LINKS or key in {"and", "or"}) and not compound
        hyphen = key in _HYPHENS and touches[k] and k > 0 and touches[k - 1]
        # "US", "IT", "WHO" are names where they stand in capitals
        named = word and len(surface[k]) > 1 and surface[k].isupper()
        function.append(grammar and not named and not capital)
        comma.append(key == "," and k + 1 < lengths)
        inside = hyphen or kind in {"number", "suffix"} or key == ","
        as_a = key in {"a", "an"} and k > 0 and keys[k - 1] == "as"
        allowed = (key in INNER or capital or as_a) if grammar else (compound or key not in OUT)
        out.append(not (inside or (word and (named or allowed))))
        content.append(word and (named or compound or not (grammar or key in OUT)) and (len(key) > 1))
    return {
        "function": np.array(function, dtype=bool),
        "wall": np.array(out, dtype=bool),
        "content": np.array(content, dtype=bool),
        "comma": np.array(comma, dtype=bool),
    }


def _chinese(keys: Sequence[str], kinds: Sequence[str]) -> dict[str, Flags]:
    quoted = frozenset("《》“”「」『』〈〉\"'")
    wall = [
        kind == "gap" or (kind == "mark" and key not in quoted and key not in _HYPHENS and key not in {"·", "、"})
        for key, kind in zip(keys, kinds, strict=True)
    ]
    return {
        "function": np.array([key in ZH_CONNECTING or key in ZH_PREPOSITIONS for key in keys], dtype=bool),
        "wall": np.array(wall, dtype=bool),
        "content": np.array([kind in {"han", "word", "number"} for kind in kinds], dtype=bool),
        "comma": np.array([key == "、" for key in keys], dtype=bool),
    }
