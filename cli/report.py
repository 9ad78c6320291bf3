"""What the commands say: documents, pairs and scores as lines for the eye or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from align.writers.escapes import visible

if TYPE_CHECKING:
    from align.document import Document, Paragraph
    from align.evaluate import AlignmentEvaluation, RetrievalEvaluation
    from align.readers.pair_file import PairFile
    from align.scores import AlignmentScore
    from align.table import AlignmentTable


def summary_line(table: AlignmentTable) -> str:
    """How many paragraphs are linked, alone and doubtful, in a line."""
    from align.writers.summary import summarise

    counts = summarise(table)
    return (
        f"{counts.zh_units} Chinese and {counts.en_units} English {table.level}s · {counts.linked} linked · "
        f"{counts.zh_only} only in Chinese · {counts.en_only} only in English · {counts.doubtful} doubtful"
    )


def formats_text() -> Iterator[str]:
    """The formats that are written, with their extensions, and the kinds of file that are read."""
    from align.readers.sniff import PAIR_KINDS, READ_KINDS
    from align.writers import FORMATS

    yield "Alignments are written as"
    for format_ in FORMATS.values():
        yield f"  {format_.name:6} {format_.description} ({', '.join(format_.extensions)})"
    yield f"Documents are read from {READ_KINDS}; pairs that are already aligned from {PAIR_KINDS}."


def document_text(document: Document) -> Iterator[str]:
    """A read document for the eye: what is known of it, its paragraphs, what was set aside."""
    for name, value in _facts(document).items():
        if value:
            yield visible(f"{name}: {value}")
    for paragraph in document.paragraphs:
        part = f" part {paragraph.part}" if paragraph.part else ""
        label = f" {paragraph.number}" if paragraph.number else ""
        yield visible(f"{paragraph.index:4} {paragraph.kind}{part}{label} [{paragraph.place}]")
        yield visible(f"     {'  ' * paragraph.level}{paragraph.text}")
    for aside in document.set_aside:
        yield visible(f"   - set aside ({aside.reason}) [{aside.place}]: {aside.text}")


def document_json(document: Document) -> str:
    """A read document as one JSON object."""
    from align.signature import reader_signature

    return as_json(
        {
            "signature": reader_signature(),
            "document": _facts(document) | {"parts": list(document.parts)},
            "paragraphs": [_paragraph(paragraph) for paragraph in document.paragraphs],
            "set_aside": [{"text": s.text, "reason": s.reason, "place": s.place} for s in document.set_aside],
            "warnings": list(document.warnings),
        }
    )


def pairs_text(file: PairFile) -> Iterator[str]:
    """Already aligned pairs, one below the other."""
    for pair in file.pairs:
        yield visible(f"[{pair.place}]\n  {pair.zh}\n  {pair.en}")


def pairs_json(file: PairFile) -> str:
    """Already aligned pairs as one JSON object. Properties stay a list, because a name may come more than once."""
    from align.signature import reader_signature

    pairs = [
        {"zh": p.zh, "en": p.en, "place": p.place, "properties": [[name, value] for name, value in p.properties]}
        for p in file.pairs
    ]
    return as_json(
        {"signature": reader_signature(), "source": file.source, "pairs": pairs, "warnings": list(file.warnings)}
    )


def alignment_scores_text(result: AlignmentEvaluation) -> Iterator[str]:
    """Scores per document and together, as a table."""
    rows = [*((document.name, document.score) for document in result.documents), ("total", result.total)]
    width = max(len(name) for name, _ in rows)
    yield f"{'':{width}}  strict P      R     F1  lax F1  null F1"
    for name, score in rows:
        strict = f"{score.strict.precision:8.3f}  {score.strict.recall:.3f}  {score.strict.f1:.3f}"
        yield visible(f"{name:{width}}  {strict}   {score.lax.f1:.3f}    {score.null.f1:.3f}")
    yield f"expected calibration error {result.calibration_error:.3f}"
    yield result.signature


def alignment_scores_json(result: AlignmentEvaluation) -> str:
    """Scores together and per document, as one JSON object."""
    return as_json(
        {
            "signature": result.signature,
            **_score(result.total),
            "calibration_error": round(result.calibration_error, 5),
            "documents": [{"name": document.name, **_score(document.score)} for document in result.documents],
        }
    )


def retrieval_scores_text(result: RetrievalEvaluation) -> Iterator[str]:
    """P@1 in both directions, by cosine and with margin."""
    for name, value in _retrieval(result).items():
        yield f"{name:15}  {value:.4f}"
    yield f"pairs            {result.count}"
    yield result.signature


def retrieval_scores_json(result: RetrievalEvaluation) -> str:
    """P@1 in both directions as one JSON object."""
    values = {name: round(value, 5) for name, value in _retrieval(result).items()}
    return as_json({"signature": result.signature, "n": result.count, **values})


def as_json(value: object) -> str:
    """A value as JSON for people to read and for programs."""
    # Python's escape of a lone surrogate (in a damaged file's name, say) happens to be the one of JSON.
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _facts(document: Document) -> dict[str, object]:
    return {
        "symbol": document.symbol,
        "title": document.title,
        "language": document.language,
        "script": document.script,
        "date": document.date,
        "body": document.body,
        "session": document.session,
        "agenda_item": document.agenda_item,
        "source": document.source,
    }


def _paragraph(paragraph: Paragraph) -> dict[str, object]:
    return {
        "index": paragraph.index,
        "kind": str(paragraph.kind),
        "number": paragraph.number,
        "level": paragraph.level,
        "part": paragraph.part,
        "text": paragraph.text,
        "footnotes": [{"mark": note.mark, "offset": note.offset} for note in paragraph.footnotes],
        "place": paragraph.place,
    }


def _score(score: AlignmentScore) -> dict[str, float]:
    counts = {"strict": score.strict, "lax": score.lax, "null": score.null}
    return {
        f"{name}_{measure}": round(getattr(count, measure), 5)
        for name, count in counts.items()
        for measure in ("precision", "recall", "f1")
    }


def _retrieval(result: RetrievalEvaluation) -> dict[str, float]:
    return {
        "p1_zh_en": result.p1_zh_en,
        "p1_en_zh": result.p1_en_zh,
        "margin_p1_zh_en": result.margin_p1_zh_en,
        "margin_p1_en_zh": result.margin_p1_en_zh,
    }
