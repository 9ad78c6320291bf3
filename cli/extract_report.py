"""What ``duizhao extract`` and ``duizhao eval extract`` say: candidates as a table or JSON, counts, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from align.writers.escapes import visible
from cli.passages import GREY, drawn
from cli.report import as_json

if TYPE_CHECKING:
    from rich.text import Text

    from glossary.candidates.queue import Sorted, Stored
    from glossary.extraction.candidates import Candidate, Extraction
    from glossary.extraction.evaluate import ExtractionEvaluation

# What a candidate is to the glossary: a mark, its colour, and the words where they are not plain from the line below.
_MARKS = {"new": ("+", "green"), "partly known": ("≈", "yellow"), "back": ("↩", "orange3")}
_EN, _BEFORE, _WIDEST = 44, 26, 100  # columns of the English term, before it, and of a line
_HAS, _RIVALS = 3, 4  # concepts and competing renderings that are shown


@dataclass(frozen=True, slots=True)
class Outcome:
    """An extraction, what of it is new, of how many decisions its order was learnt, and what was stored."""

    extraction: Extraction
    sorted_out: Sequence[Sorted]
    decisions: int
    stored: Stored | None = None

    @property
    def wanted(self) -> list[Sorted]:
        """What someone may decide on."""
        return [one for one in self.sorted_out if one.wanted]

    def count(self, standing: str) -> int:
        """How many are so."""
        return sum(str(one.standing) == standing for one in self.sorted_out)


def drawn_table(outcome: Outcome) -> Iterator[str]:
    """A line a candidate (number, mark, score, occurrences, English, Chinese), below it what else there is."""
    yield from drawn(_table(outcome.wanted))


def _table(wanted: Sequence[Sorted]) -> Iterator[Text]:
    from rich.text import Text

    if wanted:
        yield Text(f"    #     score  occurs  {'English':{_EN}}  Chinese", style=GREY)
    for number, one in enumerate(wanted, start=1):
        mark, style = _MARKS[str(one.standing)]
        line = Text(f"{number:5}  ").append(mark, style=style)
        line.append(f"  {one.score:.2f}  {one.candidate.frequency:6,}  ")
        yield from _terms(line, one.candidate)
        for below in _below(one):
            yield Text(" " * _BEFORE + visible(below), style=GREY)


def _terms(line: Text, one: Candidate) -> Iterator[Text]:
    """Both terms beside each other; a long English one goes on below, and the Chinese one below that."""
    from rich.cells import cell_len
    from rich.text import Text

    *above, en = _folded(visible(one.en))
    for part in above:
        yield line.append(part)
        line = Text(" " * _BEFORE)
    width = _EN - (2 if above else 0)
    if cell_len(en) > width:
        yield line.append(en)
        en, line = "", Text(" " * _BEFORE)
    line.append(en + " " * (width - cell_len(en)))
    yield line.append("  ").append(visible(one.zh), style="bold")


def _folded(text: str) -> list[str]:
    """As many words a line as the terminal takes."""
    from rich.cells import cell_len

    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and cell_len(longer) > _WIDEST - _BEFORE:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _below(one: Sorted) -> Iterator[str]:
    rivals = one.candidate.competitors
    if rivals:
        told = "、".join(f"{rival.zh} {rival.count}" for rival in rivals[:_RIVALS])
        yield f"also {told}"
    if one.why:
        yield f"back: {one.why}"
    yield from (has.sentence for has in one.has[:_HAS])
    if len(one.has) > _HAS:
        yield f"and {len(one.has) - _HAS} more concepts"


def _pairs(found: Extraction) -> str:
    if found.of > found.pairs:
        return f"{found.pairs:,} of {found.of:,} pairs, taken evenly (--symbol, --body, --years look at a part whole)"
    return f"{found.pairs:,} pairs"


def sentences(outcome: Outcome) -> Iterator[str]:
    """What was found, left out and stored."""
    looked = len(outcome.sorted_out)
    yield f"{looked:,} {_s('candidate', looked)} from {_pairs(outcome.extraction)}: {_counts(outcome)}"
    if outcome.decisions:
        yield f"in the order that {outcome.decisions:,} earlier {_s('decision', outcome.decisions)} suggest"
    if outcome.stored is None:
        if outcome.wanted:
            yield "--store puts them into the glossary; “glossary list --status candidate” shows what waits"
        elif looked:
            yield "all of them wait or are decided already; a greater --top looks further"
        return
    events = outcome.stored.events
    if not events:
        yield "nothing was stored" if outcome.wanted else "nothing to store: all of it is in the glossary"
    else:
        count = len(events)
        what = f"stored {count:,} {_s('candidate', count)}"
        yield f"{what} as event {events[0].batch}; “duizhao glossary undo” takes it back"
    held = len(outcome.stored.held_back)
    if held:
        what = f"{held:,} rejected {_s('candidate', held)} could come back"
        yield f"{what}; a terminologist may store {'it' if held == 1 else 'them'}"


def _counts(outcome: Outcome) -> str:
    names = {
        "new": "new",
        "partly known": "with one term in the glossary",
        "back": "rejected once, with new evidence",
        "known": "known",
        "rejected": "rejected earlier",
    }
    counted = {words: outcome.count(name) for name, words in names.items()}
    return ", ".join(f"{count:,} {words}" for words, count in counted.items() if count) or "none"


def as_data(outcome: Outcome) -> str:
    """The same for programs, with the evidence."""
    counts = {name: outcome.count(name) for name in ("new", "partly known", "back", "known", "rejected")}
    data: dict[str, Any] = {
        "signature": outcome.extraction.signature,
        "pairs": outcome.extraction.pairs,
        "of": outcome.extraction.of,
        "decisions": outcome.decisions,
        "counts": {name.replace(" ", "_"): count for name, count in counts.items()},
        "candidates": [_data(one) for one in outcome.wanted],
    }
    if outcome.stored is not None:
        events = outcome.stored.events
        data["stored"] = {
            "event": events[0].batch if events else None,
            "concepts": [event.concept for event in events],
            "held_back": len(outcome.stored.held_back),
        }
    return as_json(data)


def _data(one: Sorted) -> dict[str, Any]:
    found = one.candidate
    return {
        "zh": found.zh,
        "en": found.en,
        "standing": str(one.standing),
        "why": one.why,
        "concept": one.concept or None,
        "glossary": [
            {"concept": has.concept, "term": has.term, "others": list(has.others), "status": str(has.status)}
            for has in one.has
        ],
        "score": round(one.score, 5),
        "extraction_score": round(found.score, 5),
        "frequency": found.frequency,
        "zh_frequency": found.zh_frequency,
        "pairs": found.pairs,
        "association": round(found.association, 4),
        "share": round(found.share, 4),
        "evidence": [
            {"pair": shown.pair_id, "zh_span": list(shown.zh_span), "en_span": list(shown.en_span)}
            for shown in found.evidence
        ],
        "competitors": [{"zh": other.zh, "count": other.count} for other in found.competitors],
    }


def evaluation_text(result: ExtractionEvaluation) -> Iterator[str]:
    """Recall beside the baseline's, for the eye."""
    yield f"recall    {result.recall:.4f}  ({result.found} of {result.n} within the first {result.top})"
    yield f"baseline  {result.baseline_recall:.4f}  (n-grams ranked by logDice)"
    yield result.signature


def evaluation_json(result: ExtractionEvaluation) -> str:
    """The same for programs."""
    return as_json(
        {
            "signature": result.signature,
            "recall": round(result.recall, 5),
            "found": result.found,
            "n": result.n,
            "top": result.top,
            "baseline_recall": round(result.baseline_recall, 5),
        }
    )


def _s(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
