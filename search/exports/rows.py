"""What every format says of a hit, in one place: texts, marks, provenance, how sure, why it ranks where it does."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from urllib.parse import quote

import regex

from align.document import Language
from align.errors import OutputError
from align.language import script_of
from align.structure.patterns import SYMBOL
from align.writers.summary import Verdict, verdict
from search.exports.marks import tidy
from search.hits import Hit, Places, Results
from search.records import StoredPair

NOTHING = "No pair of the corpus answers this query."
LANGUAGES: dict[Language, str] = {"zh": "Chinese", "en": "English"}
_SYMBOL = regex.compile(SYMBOL)


@dataclass(frozen=True, slots=True)
class Side:
    """One text of a hit with its marks, which are inside it, in order and apart."""

    language: Language
    text: str
    spans: Places

    @property
    def traditional(self) -> bool:
        """Whether a Chinese text is in traditional characters."""
        return self.language == "zh" and script_of(self.text) == "Hant"


def languages(results: Results) -> tuple[Language, Language]:
    """The query's language, which stands first, and the other."""
    return ("zh", "en") if results.language == "zh" else ("en", "zh")


def side(hit: Hit, language: Language) -> Side:
    """The hit's text in that language; "" where it has none."""
    text = text_of(hit.pair, language)
    return Side(language, text, tidy(hit.spans(language), len(text)))


def text_of(pair: StoredPair, language: Language) -> str:
    """The pair's text in that language."""
    return pair.record.zh_text if language == "zh" else pair.record.en_text


def digits(value: float) -> str:
    """All digits of a score; raises OutputError for one that is no finite number."""
    if not math.isfinite(value):
        raise OutputError(f"a hit's score is {value}, which no format can hold; search again.")
    return repr(float(value))


def why_json(hit: Hit) -> str:
    """The parts of the score as a JSON object."""
    return json.dumps({name: float(digits(value)) for name, value in hit.why.items()}, ensure_ascii=False)


def why_words(hit: Hit) -> str:
    """The parts of the score for people: "meaning 0.83 · authority 1.00"."""
    return " · ".join(f"{name} {float(digits(value)):.2f}" for name, value in hit.why.items())


def citation(pair: StoredPair) -> str:
    """Where a pair stands and how sure it is: "A/RES/75/10 · para. 3 · 2020-11-23 · General Assembly · checked"."""
    number = f"para. {pair.record.number}" if pair.record.number else ""
    parts = (pair.symbol, number, pair.date, pair.body, sureness(pair))
    return " · ".join(part for part in parts if part)


def sureness(pair: StoredPair) -> str:
    """ "checked" by a person, or "automatic" and the confidence, with a word of doubt where there is some."""
    record = pair.record
    if verdict(record) is Verdict.CHECKED:
        return "checked"
    doubt = "doubtful, " if record.doubtful else ""
    return f"automatic, {doubt}confidence {record.confidence:.2f}"


def link_of(symbol: str) -> str:
    """The page of the United Nations for a document symbol, "" for what is none."""
    return f"https://undocs.org/{quote(symbol, safe='/()')}" if _SYMBOL.fullmatch(symbol) else ""
