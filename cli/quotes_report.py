"""What ``duizhao quotes`` and ``duizhao eval quotes`` say, as lines for the eye or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from align.writers.escapes import visible
from cli.report import as_json

if TYPE_CHECKING:
    from align.document import Language
    from search.quotations.evaluate import QuoteEvaluation, QuoteScore
    from search.quotations.tracing import Quotation, QuotedPassage, Traced

_NAMES: dict[Language, str] = {"zh": "Chinese", "en": "English"}


def quotes_text(traced: Traced, passages: Sequence[QuotedPassage], top: int) -> Iterator[str]:
    """The draft with what it quotes in ⟦ ⟧ and numbered, then the sources of each number."""
    if not passages:
        yield "nothing in it is quoted from the corpus"
        return
    yield visible(_marked(traced.text, passages))
    for number, passage in enumerate(passages, start=1):
        for quotation in passage.quotations[:top]:
            yield ""
            yield from _source(number, quotation, traced.text)
        if len(passage.quotations) > top:
            yield f"   and {len(passage.quotations) - top} more; --top shows them"
    changed = any(not quotation.verbatim for passage in passages for quotation in passage.quotations[:top])
    if changed:
        yield ""
        yield "[-…-] stands in the source alone, {+…+} in the draft alone"


def _marked(text: str, passages: Sequence[QuotedPassage]) -> str:
    marks = [(passage.span[0], 1, f"⟦{number} ") for number, passage in enumerate(passages, start=1)]
    marks += [(passage.span[1], 0, "⟧") for passage in passages]
    for place, _, mark in sorted(marks, reverse=True):
        text = text[:place] + mark + text[place:]
    return text


def _source(number: int, quotation: Quotation, text: str) -> Iterator[str]:
    pair = quotation.pair
    paragraph = f"para. {pair.record.number}" if pair.record.number else ""
    like = "verbatim" if quotation.verbatim else f"{quotation.likeness:.0%} alike"
    facts = (pair.symbol or f"pair {pair.id}", paragraph, pair.date, pair.type, like, _doubt(quotation))
    yield visible(f"{number}  {' · '.join(fact for fact in facts if fact)}")
    yield visible(f"   {'quoted' if quotation.verbatim else 'changes'}: {changes(quotation, text)}")
    if quotation.wording:
        other: Language = "en" if quotation.language == "zh" else "zh"
        yield visible(f"   {_NAMES[other]}: {_line(quotation.official)}")
    else:
        yield "   the other language of this document is missing"


def _doubt(quotation: Quotation) -> str:
    record = quotation.pair.record
    if record.status == "checked":
        return "checked"
    return f"⚠ doubtful alignment ({record.confidence:.0%})" if record.doubtful and quotation.wording else ""


def changes(quotation: Quotation, text: str) -> str:
    """The quoted place of a draft in one line, with [-what the source has-] and {+what the draft has+} instead."""
    source = quotation.pair.record.zh_text if quotation.language == "zh" else quotation.pair.record.en_text
    pieces: list[str] = []
    at = quotation.span[0]
    for run in quotation.differences:
        start, end = run.draft or (at, at)
        pieces.append(text[at:start])
        if run.change == "same":
            pieces.append(text[start:end])
        else:
            removed = f"[-{source[slice(*run.stored)]}-]" if run.stored else ""
            added = f"{{+{text[start:end]}+}}" if run.draft else ""
            space = " " if removed and not added and quotation.language == "en" else ""
            pieces.append(space + removed + added)
        at = end
    return _line("".join(pieces))


def _line(text: str) -> str:
    return " ".join(text.split())


def quotes_json(traced: Traced, passages: Sequence[QuotedPassage], top: int) -> str:
    """The quotations for programs; spans are code-point offsets, end exclusive."""
    return as_json(
        {
            "query": traced.text,
            "lang": traced.language,
            "signature": traced.signature,
            "passages": [
                {
                    "span": list(passage.span),
                    "count": len(passage.quotations),
                    "quotations": [_quotation_json(quotation) for quotation in passage.quotations[:top]],
                }
                for passage in passages
            ],
        }
    )


def _quotation_json(quotation: Quotation) -> dict[str, object]:
    pair, record = quotation.pair, quotation.pair.record
    return {
        "pair_id": pair.id,
        "symbol": pair.symbol,
        "paragraph": record.number,
        "date": pair.date,
        "body": pair.body,
        "type": pair.type,
        "adopted": quotation.adopted,
        "authority": round(quotation.authority, 4),
        "zh": record.zh_text,
        "en": record.en_text,
        "span": list(quotation.span),
        "quoted": list(quotation.quoted),
        "wording": list(quotation.wording) if quotation.wording else None,
        "official": quotation.official,
        "likeness": round(quotation.likeness, 4),
        "information": round(quotation.information, 2),
        "verbatim": quotation.verbatim,
        "differences": [
            {
                "change": run.change,
                "draft": list(run.draft) if run.draft else None,
                "stored": list(run.stored) if run.stored else None,
            }
            for run in quotation.differences
        ],
        "confidence": round(record.confidence, 4),
        "status": record.status,
    }


def scores_text(result: QuoteEvaluation) -> Iterator[str]:
    """Scores by part and together, as a table, and the curve over the least likeness."""
    yield f"{'':26}      n  precision  recall     F1"
    for name, score in _rows(result):
        yield f"{name:26} {_count(score):6}  {score.precision:9.4f}  {score.recall:.4f}  {score.f1:.4f}"
    yield ""
    yield "least likeness  precision  recall"
    for least, score in result.curve:
        yield f"{least:14.2f}  {score.precision:9.4f}  {score.recall:.4f}"
    yield f"links found that nobody has judged: {result.unjudged}"
    yield result.signature


def scores_json(result: QuoteEvaluation) -> str:
    """Scores together and by part, as one JSON object."""
    return as_json(
        {
            "signature": result.signature,
            "n": result.count,
            **_score_json(result.total),
            "unjudged": result.unjudged,
            "curve": [{"min_likeness": least, **_score_json(score)} for least, score in result.curve],
            "parts": [
                {
                    "part": part.part,
                    "lang": part.language,
                    "half": part.half,
                    "n": _count(part.score),
                    **_score_json(part.score),
                }
                for part in result.parts
            ],
        }
    )


def _rows(result: QuoteEvaluation) -> Iterator[tuple[str, QuoteScore]]:
    languages: tuple[Language, Language] = ("zh", "en")
    for real, name in ((True, "real"), (False, "planted")):
        for language in languages:
            yield f"{name}, {_NAMES[language]}, dev", result.of(real=real, language=language, half="dev")
            yield f"{name}, {_NAMES[language]}, test", result.of(real=real, language=language, half="test")
    yield "all, dev", result.of(half="dev")
    yield "all, test", result.of(half="test")
    yield "all", result.total


def _count(score: QuoteScore) -> int:
    """Links that are right or were wrongly found."""
    return score.right + score.more + score.wrong + score.missed


def _score_json(score: QuoteScore) -> dict[str, float]:
    return {
        "recall": round(score.recall, 5),
        "precision": round(score.precision, 5),
        "f1": round(score.f1, 5),
    }
