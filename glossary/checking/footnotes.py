"""References to notes: the same ones in both languages, in the same paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from glossary.checking.draft import Bead, Draft, Side, Span
from glossary.checking.findings import Finding, Kind, Level

_SHARED = 0.5  # of the references: from here on both languages count their notes alike


def footnote_findings(draft: Draft) -> Iterator[Finding]:
    """References that one side of a bead has and the other has not.

    Where the languages number their notes differently throughout (by page, or one note more at the beginning), only
    how many there are is compared.
    """
    alike = _numbered_alike(draft)
    for bead in draft.beads:
        if bead.whole and not any(one.note for one in (*bead.zh.paragraphs, *bead.en.paragraphs)):
            yield from _of_bead(bead, draft, alike)


def _numbered_alike(draft: Draft) -> bool:
    both = [(bead.zh.footnotes, bead.en.footnotes) for bead in draft.beads if bead.zh.footnotes and bead.en.footnotes]
    same = sum(sorted(mark for mark, _ in zh) == sorted(mark for mark, _ in en) for zh, en in both)
    return not both or same >= _SHARED * len(both)


def _of_bead(bead: Bead, draft: Draft, alike: bool) -> Iterator[Finding]:
    original, own = bead.side(draft.original), bead.side(draft.translation)
    there, here = original.footnotes, own.footnotes
    if not there and not here:
        return
    if not alike:
        if len(there) != len(here):
            longer, marks = (original, there) if len(there) > len(here) else (own, here)
            mark, at = marks[-1]
            about, found = ("", mark) if longer is own else (mark, "")
            yield _finding(bead, longer is own, _span(longer, at), (), about, found)
        return
    first, second = sorted(mark for mark, _ in there), sorted(mark for mark, _ in here)
    for _, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        missing, added = _only(first[a:b], second[c:d]), _only(second[c:d], first[a:b])
        for k in range(max(len(missing), len(added))):
            gone = missing[k] if k < len(missing) else ""
            new = added[k] if k < len(added) else ""
            yield Finding(
                Kind.FOOTNOTE,
                Level.NOTE if bead.doubtful else Level.ERROR,
                bead.number,
                (_span(original, dict(there)[gone]),) if gone else (),
                (_span(own, dict(here)[new]),) if new else (),
                gone,
                (gone,) if gone else (),
                new,
            )


def _only(marks: list[str], others: list[str]) -> list[str]:
    left = list(others)
    found = []
    for mark in marks:
        if mark in left:
            left.remove(mark)
        else:
            found.append(mark)
    return found


def _finding(bead: Bead, own: bool, span: Span, expected: tuple[str, ...], about: str, found: str) -> Finding:
    level = Level.NOTE if bead.doubtful else Level.ERROR
    here, there = ((span,), ()) if own else ((), (span,))
    return Finding(Kind.FOOTNOTE, level, bead.number, there, here, about, expected, found)


def _span(side: Side, at: int) -> Span:
    """The word before a reference: the mark itself is no longer in the text."""
    start = max(at - 1, 0)
    return start, max(at, min(1, len(side.text)))
