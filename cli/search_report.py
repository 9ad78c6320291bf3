"""What ``duizhao search`` says: a hit after the other, the query's language first, both sides marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from align.writers.escapes import visible
from cli.passages import GREY, HIT, PARTNER, excerpt, provenance
from cli.report import as_json

if TYPE_CHECKING:
    from rich.text import Text

    from align.document import Language
    from search.evaluate_search import SearchEvaluation, SearchScore
    from search.hits import Hit, Results
    from search.records import StoredPair

_MISSING: dict[Language, str] = {"zh": "(no Chinese text yet)", "en": "(no English text yet)"}


def results_text(results: Results, colour: bool = False, whole: bool = False) -> Iterator[Text]:
    """The hits for the eye."""
    from rich.text import Text

    for note in results.notes:
        yield Text(visible(note), style=GREY)
    if not results.hits:
        yield Text("nothing was found")
        return
    for number, hit in enumerate(results.hits, start=1):
        if number > 1:
            yield Text()
        yield _headline(number, hit)
        before = [pair for pair in hit.neighbours if pair.position < hit.pair.position]
        after = [pair for pair in hit.neighbours if pair.position > hit.pair.position]
        for pair in before:
            yield from _context(pair, results.language)
        for side in _order(results.language):
            yield _side(hit, side, results.language, colour, whole)
        for pair in after:
            yield from _context(pair, results.language)
        yield provenance(hit.pair, hit.pair.record.confidence)


def results_json(results: Results) -> str:
    """The hits for programs; spans are code-point offsets, end exclusive."""
    return as_json(
        {
            "query": results.query,
            "lang": results.language,
            "signature": results.signature,
            "notes": list(results.notes),
            "hits": [_hit_json(hit) for hit in results.hits],
        }
    )


def _hit_json(hit: Hit) -> dict[str, object]:
    pair = hit.pair
    return {
        "pair_id": pair.id,
        "score": round(hit.score, 6),
        "symbol": pair.symbol,
        "paragraph": pair.record.number,
        "date": pair.date,
        "body": pair.body,
        "type": pair.type,
        "document": pair.document,
        "zh": pair.record.zh_text,
        "en": pair.record.en_text,
        "zh_spans": [list(span) for span in hit.zh_spans],
        "en_spans": [list(span) for span in hit.en_spans],
        "confidence": round(pair.record.confidence, 4),
        "status": pair.record.status,
        "why": dict(hit.why),
        "neighbours": [
            {"pair_id": near.id, "zh": near.record.zh_text, "en": near.record.en_text} for near in hit.neighbours
        ],
    }


def _headline(number: int, hit: Hit) -> Text:
    from rich.text import Text

    why = hit.why
    ways = ["exact"] if "exact" in why else []
    ways += [f"{name} {why[name]:.2f}" for name in ("fuzzy", "meaning") if name in why]
    return Text(f"{number}", style="bold").append("  " + " · ".join(ways), style="not bold " + GREY)


def _order(first: Language) -> tuple[Language, Language]:
    return ("zh", "en") if first == "zh" else ("en", "zh")


def _side(hit: Hit, side: Language, asked: Language, colour: bool, whole: bool) -> Text:
    from rich.text import Text

    text = hit.pair.text(side)
    if not text:
        return Text("   " + _MISSING[side], style=GREY)
    return excerpt(text, hit.spans(side), side, HIT if side == asked else PARTNER, colour, whole)


def _context(pair: StoredPair, first: Language) -> Iterator[Text]:
    for side in _order(first):
        if pair.text(side):
            line = excerpt(pair.text(side), (), side, "", colour=True)
            line.stylize(GREY)
            yield line


def scores_text(result: SearchEvaluation) -> Iterator[str]:
    """Both directions, the whole look-up and the one by meaning alone."""
    yield f"{'':18}  P@1     P@10"
    for name, score in _scores(result).items():
        yield f"{name:18}  {score.p1:.4f}  {score.p10:.4f}"
    yield f"paragraphs          {result.zh_en.count} of {result.stored} stored"
    yield result.signature


def scores_json(result: SearchEvaluation) -> str:
    """The same for programs."""
    values = {
        f"{measure}_{name.replace(' ', '_')}": round(getattr(score, measure), 5)
        for name, score in _scores(result).items()
        for measure in ("p1", "p10")
    }
    return as_json({"signature": result.signature, "n": result.zh_en.count, "stored": result.stored, **values})


def _scores(result: SearchEvaluation) -> dict[str, SearchScore]:
    return {
        "zh_en": result.zh_en,
        "en_zh": result.en_zh,
        "meaning zh_en": result.meaning_zh_en,
        "meaning en_zh": result.meaning_en_zh,
    }
