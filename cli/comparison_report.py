"""What ``models compare`` and ``models tune`` say: a table and a sentence for the eye, or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from align.significance import Share, Verdict
from align.writers.escapes import visible
from cli.report import as_json

if TYPE_CHECKING:
    from align.comparison import Comparison, ModelResult, Retrieval
    from align.significance import PairedTest
    from align.tuning import Tuning

_SAME_PACE = 2.0  # faster or slower by less is not told: other work on the machine does as much
_PHRASES = {
    Verdict.BETTER: "is better at",
    Verdict.WORSE: "is worse at",
    Verdict.UNCLEAR: "shows no clear difference in",
}
_WORDS = {Verdict.BETTER: "better", Verdict.WORSE: "worse", Verdict.UNCLEAR: "unclear"}


def comparison_text(result: Comparison) -> Iterator[str]:
    """A column for each model, then what it comes to in a sentence."""
    made = "a document" if result.documents == 1 else f"{result.documents} documents"
    yield visible(f"{result.pairs:,} different pairs of {result.source}, {made} made of them")
    yield from map(visible, _columns(_rows(result)))
    yield visible(conclusion(result))
    if warning := few(result.pairs):
        yield warning
    yield visible(result.signature)


def comparison_json(result: Comparison) -> str:
    """The same as one JSON object."""
    others = len(result.models) - 1
    value = {
        "signature": result.signature,
        "source": result.source,
        "pairs": result.pairs,
        "documents": result.documents,
        "links": result.links,
        "models": [_model(model) for model in result.models],
        "against_first": [
            {
                "name": test.name,
                "retrieval": _test(test.retrieval, others),
                "alignment": _test(test.alignment, others),
            }
            for test in result.against_first
        ],
        "conclusion": conclusion(result),
    }
    return as_json(value)


def conclusion(result: Comparison) -> str:
    """Each model against the first in one sentence."""
    first, *others = result.models
    if not others:
        return f"{first.name} was measured alone: name a second model to compare it with."
    told = []
    for model, test in zip(others, result.against_first, strict=True):
        finding = test.retrieval.verdict(len(others))
        aligning = test.alignment.verdict(len(others))
        both = "" if finding is aligning else f"{_PHRASES[aligning]} "
        verdict = f"{_PHRASES[finding]} finding translations and {both}aligning"
        told.append(f"{model.name} {verdict}{_pace(model, first)}")
    return f"Against {first.name}, {'; '.join(told)}."


def few(pairs: int) -> str:
    """A warning where there are too few pairs to tell much; empty where there are enough."""
    from align.comparison import FEW

    return f"Only {pairs} pairs tell little: give {FEW} or more." if pairs < FEW else ""


def tuning_text(result: Tuning) -> Iterator[str]:
    """Before and after on the held-out pairs, then what was done about it."""
    yield visible(
        f"{result.trained_on:,} pairs of {result.source} learned from; {result.held_out:,} others, "
        f"looked up among {result.pool:,}, judge"
    )
    rows = [("", "embedded", "tuned")]
    rows += [
        (name, _share(before), _share(after))
        for (name, before), (_, after) in zip(_shares(result.before), _shares(result.after), strict=True)
    ]
    yield from _columns(rows)
    yield visible(outcome(result))


def tuning_json(result: Tuning) -> str:
    """The same as one JSON object; ``folder`` is null where nothing was written."""
    value = {
        "source": result.source,
        "base": result.base,
        "tuned": result.tuned,
        "trained_on": result.trained_on,
        "held_out": result.held_out,
        "pool": result.pool,
        "before": _retrieval(result.before),
        "after": _retrieval(result.after),
        "test": _test(result.test, 1),
        "kept": result.kept,
        "folder": str(result.folder) if result.kept else None,
        "conclusion": outcome(result),
    }
    return as_json(value)


def outcome(result: Tuning) -> str:
    """Which of the two models is better, by how much, and what became of the tuned one."""
    test = result.test
    points = f"{abs(test.difference) * 100:.1f} points"
    if result.kept:
        chance = "" if test.verdict() is Verdict.BETTER else ", which may be chance"
        return (
            f"The tuned model finds {points} more of the held-out pairs{chance}; it was written to {result.folder}: "
            f"use it with --model {_as_model(result.folder)}."
        )
    if not test.difference:
        return "The tuned model finds as many of the held-out pairs as the embedded one; nothing was written."
    return f"The embedded model stays better, by {points} of the held-out pairs; nothing was written."


def _as_model(folder: Path) -> str:
    """The folder as ``--model`` takes it, where its bare name would mean the model that comes along."""
    return f"./{folder}" if str(folder).casefold() == "embedded" else str(folder)


def _rows(result: Comparison) -> list[tuple[str, ...]]:
    models = result.models
    rows: list[tuple[str, ...]] = [("", *(model.name for model in models))]
    for k, (name, _) in enumerate(_shares(models[0].retrieval)):
        rows.append((name, *(_share(_shares(model.retrieval)[k][1]) for model in models)))
    rows.append(("strict F1", *(f"{model.alignment.score.strict.f1:.3f}" for model in models)))
    rows.append(("null F1", *(f"{model.alignment.score.null.f1:.3f}" for model in models)))
    tests, others = result.against_first, len(models) - 1
    if tests:
        rows.append(("finding against the first", "–", *(_told(test.retrieval, others) for test in tests)))
        rows.append(("aligning against the first", "–", *(_told(test.alignment, others) for test in tests)))
    rows.append(("texts a second", *(f"{model.speed.texts_per_second:,.0f}" for model in models)))
    rows.append(("seconds to load", *(f"{model.speed.load_seconds:.1f}" for model in models)))
    rows.append(("dimensions", *(str(model.speed.dimensions) for model in models)))
    return rows


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    from rich.cells import cell_len

    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _shares(retrieval: Retrieval) -> list[tuple[str, Share]]:
    return [
        ("P@1 zh→en", retrieval.zh_en),
        ("P@1 en→zh", retrieval.en_zh),
        ("P@1 zh→en, margin", retrieval.margin_zh_en),
        ("P@1 en→zh, margin", retrieval.margin_en_zh),
    ]


def _share(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.3f} ({low:.3f}–{high:.3f})"


def _told(test: PairedTest, comparisons: int) -> str:
    points = round(test.difference * 100, 1) + 0.0  # never minus nought
    return f"{points:+.1f} points, {_WORDS[test.verdict(comparisons)]}"


def _pace(model: ModelResult, first: ModelResult) -> str:
    ratio = model.speed.texts_per_second / first.speed.texts_per_second
    if ratio > _SAME_PACE:
        return f", and encodes {ratio:,.1f} times as fast"
    return f", and needs {1 / ratio:,.1f} times as long to encode" if ratio < 1 / _SAME_PACE else ""


def _model(model: ModelResult) -> dict[str, object]:
    counts = {"strict": model.alignment.score.strict, "null": model.alignment.score.null}
    return {
        "name": model.name,
        "model": model.model,
        **_retrieval(model.retrieval),
        **{
            f"{name}_{measure}": round(getattr(count, measure), 5)
            for name, count in counts.items()
            for measure in ("precision", "recall", "f1")
        },
        "texts_per_second": round(model.speed.texts_per_second, 1),
        "load_seconds": round(model.speed.load_seconds, 3),
        "dimensions": model.speed.dimensions,
    }


def _retrieval(retrieval: Retrieval) -> dict[str, object]:
    names = ("p1_zh_en", "p1_en_zh", "margin_p1_zh_en", "margin_p1_en_zh")
    values: dict[str, object] = {}
    for name, (_, share) in zip(names, _shares(retrieval), strict=True):
        values[name] = round(share.value, 5)
        values[f"{name}_interval"] = [round(end, 5) for end in share.interval]
    return values


def _test(test: PairedTest, comparisons: int) -> dict[str, object]:
    return {
        "verdict": str(test.verdict(comparisons)),
        "difference": round(test.difference, 5),
        "more": test.more,
        "fewer": test.fewer,
        "p": float(f"{test.p:.4g}"),
    }
