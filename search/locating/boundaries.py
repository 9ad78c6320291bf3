"""What the edges of a span look like: words that a rendering hardly begins or ends with, capitals, hyphens, quotes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.locating.words import Units

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ARTICLES = frozenset("the a an this that these those its their his her our my your such any all some each no".split())
LINKS = frozenset(
    "of in on at by for with from to into under over between among through during against about as than within "
    "without upon per via across towards toward regarding concerning including".split()
)
OTHERS = frozenset(
    "and or but nor if when while where which who whom whose what how that because so not also only very more most "
    "is are was were be been being am has have had having do does did can could may might must shall should will would "
    "it they he she we you i them him us me there here then thus well both either neither other".split()
)
ZH_CONNECTING = frozenset("的和与及或而了等是之")
ZH_PREPOSITIONS = frozenset("在于对为以由被把从向将使让给")  # names do begin with these
ZH_OTHERS = frozenset("其该各这那此并且不也都就还已所着我你您他她它们")
_OPENING, _CLOSING = frozenset('([{<《〈「『“‘"（【〔'), frozenset(')]}>》〉」』”’"）】〕')
_OPENS, _CLOSES = frozenset("([{<《〈「『“（【〔"), frozenset(")]}>》〉」』”）】〕")
_HARD = frozenset('.;:!?。；：！？()[]{}<>《》〈〉"“”「」『』【】…')


@dataclass(frozen=True)
class Edges:
    """Per unit: its class of word, capital, mark, and whether it touches the next one."""

    connecting: Flags  # of, and, 的, …
    article: Flags  # and other words that go with a noun; in Chinese prepositions
    other: Flags  # remaining function words
    mark: Flags
    hard: Flags  # a mark that no rendering reaches across
    comma: Flags
    capital: Flags
    hyphen: Flags
    number: Flags
    opening: Flags
    closing: Flags
    pair: npt.NDArray[np.int64]  # +1 for a mark that opens, -1 for one that closes; 0 for what cannot be told
    touches: Flags  # no space between this unit and the next


def look_at(units: Units) -> Edges:
    """The classes of a text's units."""
    keys, english = units.keys, units.language == "en"
    surface = [units.text[a:b] for a, b in zip(units.starts, units.ends, strict=True)]
    connecting = LINKS | {"and", "or"} if english else ZH_CONNECTING
    other = OTHERS if english else ZH_OTHERS

    def flags(values: list[bool]) -> Flags:
        return np.array(values, dtype=bool)

    touches = [a == b for a, b in zip(units.ends, (*units.starts[1:], -1), strict=True)]
    return Edges(
        connecting=flags([key in connecting for key in keys]),
        article=flags([key in (ARTICLES if english else ZH_PREPOSITIONS) for key in keys]),
        other=flags([key in other for key in keys]),
        mark=flags([kind == "mark" for kind in units.kinds]),
        hard=flags([key in _HARD for key in keys]),
        comma=flags([key in {",", "、"} for key in keys]),
        capital=flags([word[0].isupper() for word in surface]),
        hyphen=flags([key in {"-", "–", "/"} for key in keys]),
        number=flags([kind == "number" for kind in units.kinds]),
        opening=flags([word in _OPENING for word in surface]),
        closing=flags([word in _CLOSING for word in surface]),
        pair=np.array([(word in _OPENS) - (word in _CLOSES) for word in surface], dtype=np.int64),
        touches=flags(touches),
    )
