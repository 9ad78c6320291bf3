"""What ``duizhao term`` says: the renderings first, then what is in no count, the evidence, and usage over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from align.writers.escapes import visible
from cli.passages import DOUBT, GREY, HIT, PARTNER, excerpt, provenance
from cli.report import as_json

if TYPE_CHECKING:
    from rich.text import Text

    from align.document import Language
    from search.precedents.evidence import Evidence, Rendering, TermResult
    from search.precedents.timeline import Point
    from search.records import StoredPair

WIDEST = 48  # columns of a rendering before its bar
BAR = 20  # characters of the longest bar
STEPS = " ▁▂▃▄▅▆▇█"
_NAMES: dict[Language, str] = {"zh": "Chinese", "en": "English"}


def term_text(result: TermResult, top: int, lines: int, colour: bool = False) -> Iterator[Text]:
    """The look-up for the eye: up to ``top`` renderings, each with up to ``lines`` lines of evidence."""
    from rich.text import Text

    shown = result.renderings[:top]
    yield _headline(result)
    if shown:
        yield Text()
        yield from _summary(shown)
        if len(shown) < len(result.renderings):
            yield Text(f"  and {len(result.renderings) - len(shown)} more; --top shows them", style=GREY)
    yield from (Text(visible(note), style=GREY) for note in notes(result))
    for number, rendering in enumerate(shown if lines else (), start=1):
        yield Text()
        yield Text(f"{number}  {visible(rendering.text)}", style="bold")
        for evidence in rendering.evidence[:lines]:
            yield from _evidence(evidence, colour)
    if result.likely:
        yield Text()
        yield from _likely(result, top, lines, colour)
    if result.unrendered and lines:
        yield Text()
        yield Text("no rendering found", style="bold")
        for evidence in result.unrendered[:lines]:
            yield from _evidence(evidence, colour, found=False)
    over_time = list(_over_time(result, shown))
    yield from ([Text(), *over_time] if over_time else [])


def notes(result: TermResult) -> Iterator[str]:
    """What is in no count and why, a sentence each."""
    missing = result.missing
    other: Language = "en" if result.language == "zh" else "zh"
    if missing.unpaired:
        more = " more" if result.count else ""
        verb = "holds" if missing.unpaired == 1 else "hold"
        yield (
            f"{_counted(missing.unpaired, 'paragraph', more)} of {_counted(missing.unpaired_documents, 'document')} "
            f"{verb} it, with no {_NAMES[other]} beside it; if that is missing, add it with “duizhao add”"
        )
    if result.unrendered:
        more = " more" if result.count else ""
        yield f"{_counted(len(result.unrendered), 'paragraph', more)}: no rendering was found there"
    if missing.lists:
        yield f"{_counted(missing.lists, 'more paragraph')}: lists that each language sorts its own way"
    if result.likely:
        own = _NAMES[result.language]
        yield f"some documents have no {own}: what is likely there stands below; add the {own} with “duizhao add”"
    for longer in result.longer:
        yield f"{longer.text}: {longer.count} more, counted apart; look it up, or --inside"


def term_json(result: TermResult, top: int | None, lines: int | None) -> str:
    """The look-up for programs; spans are code-point offsets, end exclusive."""
    missing = result.missing
    return as_json(
        {
            "query": result.query,
            "lang": result.language,
            "signature": result.signature,
            "count": result.count,
            "renderings": [_rendering_json(one, lines) for one in result.renderings[:top]],
            "timeline": [_point_json(point) for point in result.timeline],
            "bodies": result.bodies,
            "turning_points": [
                {
                    "before": point.before,
                    "after": point.after,
                    "year": point.year,
                    "date": point.date,
                    "symbol": point.label,
                    "share_before": round(point.share_before, 4),
                    "share_after": round(point.share_after, 4),
                    "p": round(point.p, 4),
                    "sentence": point.sentence,
                }
                for point in result.turning_points
            ],
            "likely": [
                {
                    "text": one.text,
                    "likeness": round(one.likeness, 4),
                    "count": one.count,
                    "documents": one.documents,
                    "evidence": [_likely_json(pair, place, result) for pair, place in one.places[:lines]],
                }
                for one in result.likely[:top]
            ],
            "unrendered": [_evidence_json(evidence) for evidence in result.unrendered[:lines]],
            "missing": {
                "unpaired": missing.unpaired,
                "unpaired_documents": missing.unpaired_documents,
                "lists": missing.lists,
            },
            "longer": [{"text": one.text, "count": one.count} for one in result.longer],
        }
    )


def _rendering_json(rendering: Rendering, lines: int | None) -> dict[str, object]:
    first, last = rendering.dates
    return {
        "text": rendering.text,
        "variants": [{"text": text, "count": count} for text, count in rendering.variants],
        "count": rendering.count,
        "documents": rendering.documents,
        "first_date": first,
        "last_date": last,
        "types": dict(rendering.types),
        "confidence": round(rendering.confidence, 4),
        "checked": rendering.checked,
        "doubtful": rendering.doubtful,
        "doubt": rendering.doubt,
        "evidence": [_evidence_json(evidence) for evidence in rendering.evidence[:lines]],
    }


def _evidence_json(evidence: Evidence) -> dict[str, object]:
    record = evidence.pair.record
    return {
        "pair_id": evidence.pair.id,
        "symbol": evidence.pair.symbol,
        "paragraph": record.number,
        "date": evidence.pair.date,
        "body": evidence.pair.body,
        "type": evidence.pair.type,
        "zh": record.zh_text,
        "en": record.en_text,
        "zh_span": list(evidence.zh_span),
        "en_span": list(evidence.en_span),
        "confidence": round(evidence.confidence, 4),
        "status": record.status,
    }


def _likely_json(pair: StoredPair, place: tuple[int, int], result: TermResult) -> dict[str, object]:
    other = "en" if result.language == "zh" else "zh"
    text = pair.record.zh_text if other == "zh" else pair.record.en_text
    return {"pair_id": pair.id, "symbol": pair.symbol, "date": pair.date, other: text, f"{other}_span": list(place)}


def _point_json(point: Point) -> dict[str, object]:
    return {
        "year": point.year,
        "body": point.body,
        "rendering": point.rendering,
        "count": point.count,
        "share": round(point.share, 4),
    }


def _headline(result: TermResult) -> Text:
    from rich.text import Text

    from search.precedents.question import document_of

    head = Text(visible(result.query), style="bold")
    if not result.count:
        known = result.missing.unpaired or result.unrendered or result.longer
        return head.append(
            "  no rendering yet" if known else f"  in no {_NAMES[result.language]} paragraph that was asked",
            style="not bold",
        )
    documents = len({document_of(shown.pair) for one in result.renderings for shown in one.evidence})
    count = f"{_counted(result.count, 'time')} in {_counted(documents, 'document')}"
    return head.append(f"  {count}, {_counted(len(result.renderings), 'rendering')}", style="not bold " + GREY)


def _summary(renderings: Sequence[Rendering]) -> Iterator[Text]:
    """A line a rendering: text, bar, count, documents, years, types, doubt; its variants below."""
    from rich.text import Text

    width = _widest([one.text for one in renderings])
    most = max(one.count for one in renderings)
    digits = len(str(most))
    for one in renderings:
        bar = "█" * max(1, round(BAR * one.count / most))
        line = Text("  ").append(_padded(one.text, width), style="bold")
        line.append("  " + bar.ljust(BAR), style="blue").append(f" {one.count:>{digits}}  ")
        line.append(f"{_years(one):9}  " + ", ".join(f"{name} {count}" for name, count in one.types.items()))
        if one.checked:
            line.append(f"  {one.checked} checked", style="green")
        if one.doubt:
            line.append(f"  ⚠ {one.doubt}", style=DOUBT)
        yield line
        if one.variants:
            more = f", and {len(one.variants) - 4} more" if len(one.variants) > 4 else ""
            forms = ", ".join(f"{visible(text)} {count}" for text, count in one.variants[:4])
            yield Text(f"    also {forms}{more}", style=GREY)


def _evidence(evidence: Evidence, colour: bool, found: bool = True) -> Iterator[Text]:
    """Both texts around the term and its rendering, which are marked if they were found, and where they come from."""

    record, pair = evidence.pair.record, evidence.pair
    sides: list[tuple[Language, str, tuple[int, int]]] = [
        ("zh", record.zh_text, evidence.zh_span),
        ("en", record.en_text, evidence.en_span),
    ]
    for language, text, span in sides if evidence.language == "zh" else sides[::-1]:
        style = HIT if language == evidence.language else PARTNER if found else ""
        yield excerpt(text, (span,), language, style, colour or not style)
    yield provenance(pair, evidence.confidence)


def _likely(result: TermResult, top: int, lines: int, colour: bool) -> Iterator[Text]:
    """What probably renders the term where the other language is missing, each with some of its places."""
    from rich.text import Text

    other: Language = "en" if result.language == "zh" else "zh"
    asked = _NAMES[result.language]
    yield Text(f"in documents without {asked}, likely by meaning alone (in no count above)", style=GREY)
    likely = result.likely[:top]
    width = _widest([one.text for one in likely])
    most = max(one.count for one in likely)
    for one in likely:
        line = Text("  ").append(_padded(one.text, width), style="bold")
        line.append("  " + ("░" * max(1, round(BAR * one.count / most))).ljust(BAR), style="blue")
        yield line.append(f" {one.count:>{len(str(most))}}  {_counted(one.documents, 'document')}")
    for one in likely if lines else ():
        yield Text()
        yield Text(visible(one.text), style="bold")
        for pair, place in one.places[:lines]:
            yield excerpt(pair.text(other), (place,), other, PARTNER, colour)
            yield provenance(pair, None)


def _over_time(result: TermResult, shown: Sequence[Rendering]) -> Iterator[Text]:
    """The share of each rendering year by year, as a row of bars, and where usage switched."""
    from rich.text import Text

    points = [point for point in result.timeline if not point.body]
    years = sorted({point.year for point in points})
    if len(years) < 2:
        return
    shares = {(point.rendering, point.year): point.share for point in points}
    all_years = range(years[0], years[-1] + 1)
    yield Text(f"share by year, {years[0]}–{years[-1]}", style=GREY)
    width = _widest([one.text for one in shown])
    for one in shown:
        row = "".join(_step(shares.get((one.text, year), 0.0)) for year in all_years)
        yield Text("  ").append(_padded(one.text, width) + "  ").append(row, style="blue").append(f"  {one.count}")
    for point in result.turning_points:
        yield Text("  " + visible(point.sentence), style="bold")


def _widest(texts: Sequence[str]) -> int:
    """Columns that a list of texts takes, up to a limit."""
    from rich.cells import cell_len

    return min(max(cell_len(visible(text)) for text in texts), WIDEST)


def _padded(text: str, width: int) -> str:
    from rich.cells import cell_len

    shown = visible(text)
    return shown + " " * (width - cell_len(shown))


def _step(share: float) -> str:
    return STEPS[0] if share <= 0 else STEPS[max(1, round(share * (len(STEPS) - 1)))]


def _years(rendering: Rendering) -> str:
    first, last = (date[:4] for date in rendering.dates)
    return first if first == last else f"{first}–{last}"


def _counted(number: int, what: str, more: str = "") -> str:
    return f"{number:,}{more} {what}" if number == 1 else f"{number:,}{more} {what}s"
