"""The rows of the HTML page: one a bead, with the anchors that both texts share marked on both sides."""

from __future__ import annotations

from html import escape

from align.anchors import Anchor, anchors
from align.document import Language
from align.table import BeadKind, BeadRecord, Provenance
from align.writers.escapes import visible
from align.writers.page_words import said, tooltip
from align.writers.summary import Verdict, level_of, verdict
from align.writers.tmx import tag_of_chinese

_ONE_SIDED = {BeadKind.ZH_ONLY, BeadKind.EN_ONLY}
_FLAGGED_KINDS = {BeadKind.MOVED: "moved", BeadKind.LIST: "list"}


def row_of(record: BeadRecord, ordinal: int, provenance: Provenance) -> str:
    """One bead as a row: bar, number, Chinese, English, how sure."""
    shared = _shared_keys(record)
    chinese = tag_of_chinese(provenance)
    classes = f"grid bead {level_of(record)} {'checked' if verdict(record) is Verdict.CHECKED else 'automatic'}"
    data = (" data-doubtful" if record.doubtful else "") + (" data-one-sided" if record.kind in _ONE_SIDED else "")
    return (
        f'<div class="{classes}" role="row" id="b{ordinal}"{data}>'
        f'<div class="number" role="cell">{escape(visible(record.number))}</div>'
        f"{_side(record, 'zh', chinese, shared)}{_side(record, 'en', 'en', shared)}"
        f'<div class="sure" role="cell">{_sure(record)}</div></div>'
    )


def _side(record: BeadRecord, language: Language, tag: str, shared: dict[str, int]) -> str:
    text = record.zh_text if language == "zh" else record.en_text
    absent = BeadKind.EN_ONLY if language == "zh" else BeadKind.ZH_ONLY
    if record.kind is absent and not text:
        return f'<div class="missing" role="cell">{said(f"no_{language}")}</div>'
    return f'<div class="{language}" role="cell" lang="{tag}">{_marked(text, language, shared)}</div>'


def _sure(record: BeadRecord) -> str:
    word = verdict(record)
    lines = [f'<span class="score"{_similarity(record)}>{record.confidence:.2f}</span>']
    icon = _icon(word) if word in (Verdict.CHECKED, Verdict.DOUBTFUL) else ""
    lines.append(f'<span class="flag-{word}">{icon}{said(f"v_{word}")}</span>')
    kind = _FLAGGED_KINDS.get(record.kind)
    if kind:
        lines.append(f"<span {tooltip(f'{kind}_why')}>{_icon(kind)}{said(f'k_{kind}')}</span>")
    return "".join(lines)


def _similarity(record: BeadRecord) -> str:
    return "" if record.similarity is None else f" {tooltip('similarity', f'{record.similarity:.2f}')}"


def _icon(name: str) -> str:
    return f'<svg class="icon" aria-hidden="true"><use href="#i-{name}"/></svg>'


def _shared_keys(record: BeadRecord) -> dict[str, int]:
    """Key of each anchor that stands in both texts → its number in this row, in the order of the Chinese text."""
    if not (record.zh_text and record.en_text):
        return {}
    in_english = {anchor.key for anchor in anchors(record.en_text, "en")}
    keys = dict.fromkeys(anchor.key for anchor in anchors(record.zh_text, "zh") if anchor.key in in_english)
    return {key: number for number, key in enumerate(keys)}


def _marked(text: str, language: Language, shared: dict[str, int]) -> str:
    shown = visible(text)  # of the same length, so that the offsets hold
    pieces: list[str] = []
    at = 0
    for anchor in _apart([anchor for anchor in anchors(text, language) if anchor.key in shared] if shared else []):
        pieces.append(escape(shown[at : anchor.start]))
        number = shared[anchor.key]
        pieces.append(f'<span class="a" data-k="{number}">{escape(shown[anchor.start : anchor.end])}</span>')
        at = anchor.end
    pieces.append(escape(shown[at:]))
    return "".join(pieces)


def _apart(found: list[Anchor]) -> list[Anchor]:
    """The anchors in order; of two that overlap the first, of two that start together the longer."""
    kept: list[Anchor] = []
    for anchor in sorted(found, key=lambda anchor: (anchor.start, -anchor.end)):
        if anchor.start >= (kept[-1].end if kept else 0) and anchor.end > anchor.start:
            kept.append(anchor)
    return kept
