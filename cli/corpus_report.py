"""What the commands of the corpus say: outcomes, documents and counts as lines for the eye or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from align.writers.escapes import visible
from cli.report import as_json

if TYPE_CHECKING:
    from search.folders import Plan
    from search.records import Added, Stats, StoredDocument, StoredPair

_WORDS = {
    "added": "added",
    "paired": "paired with its other language",
    "replaced": "replaced",
    "unchanged": "unchanged",
}
_BEGINNING = 60  # characters of a text that was lost, enough to find it


def added_line(added: Added) -> str:
    """What came of a document, in a line."""
    kept = f"; {added.kept} checked pairs kept" if added.kept else ""
    return f"{added.label}: {_WORDS[added.change]}, {counted(added.pairs, 'pair')}{kept}"


def added_lines(added: Sequence[Added]) -> Iterator[str]:
    """What came of a file, a line a document; of many, a count."""
    if len(added) <= 20:
        yield from map(added_line, added)
        return
    changes = {word: sum(one.change == word for one in added) for word in _WORDS}
    told = ", ".join(f"{count} {word}" for word, count in changes.items() if count)
    yield f"{len(added)} documents ({told}), {sum(one.pairs for one in added)} pairs"


def lost_lines(added: Iterable[Added]) -> Iterator[str]:
    """The checked pairs whose texts are no longer there, so that a person may look for their place."""
    for one in added:
        for record in one.lost:
            text = (record.en_text or record.zh_text).replace("\n", " ")
            yield f"{one.label}: a checked pair is no longer in the text: {text[:_BEGINNING]}"


def added_json(added: Iterable[Added]) -> list[dict[str, object]]:
    """The same for programs."""
    return [
        {
            "change": one.change,
            "document": one.document,
            "label": one.label,
            "pairs": one.pairs,
            "checked_kept": one.kept,
            "checked_lost": [{"zh": record.zh_text, "en": record.en_text} for record in one.lost],
        }
        for one in added
    ]


def plan_lines(plan: Plan) -> Iterator[str]:
    """Which files are a document, and which are left out."""
    pairs = [job for job in plan.jobs if len(job.files) == 2]
    alone = [job for job in plan.jobs if len(job.files) == 1]
    yield f"{counted(len(pairs), 'pair')} of documents, {len(alone)} in one language, {len(plan.left_out)} left out"
    for job in plan.jobs:
        yield visible(f"  {job.label}")
    for file, reason in plan.left_out:
        yield visible(f"  - {file.name}: {reason}")


def plan_json(plan: Plan) -> dict[str, object]:
    """The same for programs."""
    return {
        "jobs": [[str(file) for file in job.files] for job in plan.jobs],
        "left_out": [{"file": str(file), "reason": reason} for file, reason in plan.left_out],
    }


def documents_text(documents: Sequence[StoredDocument]) -> Iterator[str]:
    """All documents, a line each."""
    width = max((len(document.label) for document in documents), default=0)
    for document in documents:
        languages = "+".join(document.languages)
        date = document.provenance.date or "          "
        title = document.provenance.title_en or document.provenance.title_zh
        yield visible(
            f"#{document.id:<5} {document.label:{width}}  {languages:5}  {document.type:6}  {date}  "
            f"{document.pairs:6}  {title}"
        )


def documents_json(documents: Sequence[StoredDocument]) -> str:
    """The same for programs."""
    return as_json([_document(document) for document in documents])


def document_text(document: StoredDocument, pairs: Iterable[StoredPair]) -> Iterator[str]:
    """A document and its pairs."""
    for name, value in _document(document).items():
        if value not in ("", None):
            yield visible(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
    for pair in pairs:
        record = pair.record
        number = f" {record.number}" if record.number else ""
        yield visible(f"{pair.id:6} {record.kind}{number} {record.confidence:.2f} {record.status}")
        for text in (record.zh_text, record.en_text):
            if text:
                yield visible("       " + text.replace("\n", "\n       "))


def document_json(document: StoredDocument, pairs: Iterable[StoredPair]) -> str:
    """The same for programs."""
    return as_json({"document": _document(document), "pairs": [_pair(pair) for pair in pairs]})


def stats_text(stats: Stats) -> Iterator[str]:
    """The counts, a line each."""
    yield visible(stats.place)
    yield (
        f"{counted(stats.documents, 'document')}, {stats.zh_only_documents} only Chinese, "
        f"{stats.en_only_documents} only English; {counted(stats.paragraphs, 'paragraph')}"
    )
    yield (
        f"{counted(stats.pairs, 'pair')}, {stats.checked} checked by a person, {stats.doubtful} doubtful; "
        f"{counted(stats.one_sided, 'text')} in one language only"
    )
    for name, counts in (("type", stats.by_type), ("year", stats.by_year), ("body", stats.by_body)):
        if counts:
            yield visible(f"by {name}: " + ", ".join(f"{value} {count}" for value, count in counts.items()))


def stats_json(stats: Stats) -> str:
    """The same for programs."""
    return as_json(asdict(stats))


def _document(document: StoredDocument) -> dict[str, object]:
    return {
        "id": document.id,
        **asdict(document.provenance),
        "name": document.name,
        "type": document.type,
        "origin": document.origin,
        "languages": list(document.languages),
        "level": document.level,
        "pairs": document.pairs,
        "linked": document.linked,
        "checked": document.checked,
        "doubtful": document.doubtful,
        "signature": document.signature,
        "added": document.added,
        "changed": document.changed,
    }


def _pair(pair: StoredPair) -> dict[str, object]:
    record = pair.record
    return {
        "pair_id": pair.id,
        "paragraph": record.number,
        "zh": record.zh_text,
        "en": record.en_text,
        "kind": str(record.kind),
        "confidence": record.confidence,
        "similarity": record.similarity,
        "status": record.status,
        "properties": [[name, value] for name, value in pair.properties],
    }


def counted(number: int, what: str) -> str:
    """“1 pair”, “2 pairs”."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
