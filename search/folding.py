"""Folding for looking up: what a person takes for the same text gets the same folded text.

Traditional characters become simplified ones (OpenCC's characters, one by one), full-width forms and ligatures the
ordinary ones (Unicode NFKC), letters lower-case (full case folding), curly quotes straight, hyphens and dashes spaces;
runs of white space become one space, and none stays beside a Han character or Chinese punctuation. Invisible
characters go. Folded text is for the index only: what is shown is always the original, found by its offsets.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

_HAN = r"\p{Han}\u3001-\u303f\u00b7"  # with Chinese punctuation; what has an ASCII form is that by now
_LOOSE_SPACE = regex.compile(rf"(?<=[{_HAN}]) +| +(?=[{_HAN}])")
_SPACES = regex.compile(r"[\s\p{Pd}\u2212]+")
_INVISIBLE = regex.compile(r"[\p{Cf}\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_CLUSTER = regex.compile(r"\P{M}\p{M}*|\p{M}+", regex.DOTALL)
# Nearly all text: characters that neither join with their neighbours nor vanish, so that it may be folded at one go.
_SIMPLE = regex.compile(r"[\x00-\x7f\p{Han}\u3001-\u3029\uff01-\uff5e\u3000‘’“”–—…·]*")
_QUOTES = str.maketrans("‘’‚‛′“”„‟″«»「」『』", "'" * 5 + '"' * 11)
_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; character k comes from ``original[starts[k]:ends[k]]``, in code points."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of ``text[start:end]``, which may not be empty."""
        return self.starts[start], self.ends[end - 1]

    def find(self, folded: str) -> tuple[tuple[int, int], ...]:
        """Places in the original of all occurrences of an already folded phrase, none overlapping another."""
        found = []
        at = self.text.find(folded) if folded else -1
        while at >= 0:
            found.append(self.span(at, at + len(folded)))
            at = self.text.find(folded, at + len(folded))
        return tuple(found)


def folded(text: str) -> str:
    """The folded text alone; the same as ``fold(text).text`` and much faster."""
    if _SIMPLE.fullmatch(text):
        plain = _characters(text)
    else:
        plain = "".join([_cluster(cluster) for cluster in _CLUSTER.findall(text)])
    spaced = _SPACES.sub(" ", plain)
    return _LOOSE_SPACE.sub("", spaced).strip(" ")


def fold(text: str) -> Folded:
    """The folded text, with the place in the original of each of its characters.

    Characters are folded cluster by cluster (a base with its marks), so that an accent typed apart is found too.
    """
    result: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _CLUSTER.finditer(text):
        pieces = _cluster(found[0])
        result.extend(pieces)
        starts.extend([found.start()] * len(pieces))
        ends.extend([found.end()] * len(pieces))
    return _without_loose_space("".join(result), starts, ends)


@cache
def character_table() -> dict[int, str]:
    """For ``str.translate``: quotes made straight, and each traditional character as OpenCC simplifies it alone."""
    from opencc import OpenCC

    characters = [chr(code) for block in _BLOCKS for code in range(*block)]
    simple = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    found = {ord(old): new for old, new in zip(characters, simple, strict=True) if old != new}
    return found | {code: chr(int(new)) for code, new in _QUOTES.items()}


def _characters(text: str) -> str:
    """Text with its characters folded and its spaces as they are."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).translate(character_table()).casefold()
    return unicodedata.normalize("NFKC", plain).casefold()


@lru_cache(maxsize=65_536)
def _cluster(cluster: str) -> str:
    return _SPACES.sub(" ", _INVISIBLE.sub("", _characters(_INVISIBLE.sub("", cluster))))


def _without_loose_space(text: str, starts: list[int], ends: list[int]) -> Folded:
    kept = [k for k, character in enumerate(text) if character != " " or (k and text[k - 1] != " ")]
    single = "".join(text[k] for k in kept)
    loose = {k for found in _LOOSE_SPACE.finditer(single) for k in range(*found.span())}
    first, last = (single[:1] == " "), len(single) - (single[-1:] == " ")
    places = [(k, kept[k]) for k in range(first, last) if k not in loose]
    return Folded(
        "".join(single[k] for k, _ in places),
        tuple(starts[place] for _, place in places),
        tuple(ends[place] for _, place in places),
    )
