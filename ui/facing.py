"""The two texts face to face, a row a bead."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from align.table import BeadKind, BeadRecord
from align.writers.escapes import visible
from align.writers.summary import Verdict, level_of, verdict
from ui.words import Tongue, say

_STYLE = Path(__file__).with_name("facing.css").read_text("utf-8")


def facing(records: Iterable[BeadRecord], chinese: str, tongue: Tongue) -> str:
    """The records as HTML; ``chinese`` is the language tag of the Chinese text. All text is escaped."""
    rows = "".join(_row(record, chinese, tongue) for record in records)
    return f'<style>{_STYLE}</style><div class="facing">{rows}</div>'


def _row(record: BeadRecord, chinese: str, tongue: Tongue) -> str:
    word = verdict(record)
    kind = f"<span>{say(f'k_{record.kind}', tongue)}</span>" if record.kind in (BeadKind.MOVED, BeadKind.LIST) else ""
    return (
        f'<div class="bead {level_of(record)}{" checked" if word is Verdict.CHECKED else ""}">'
        f'<div class="number">{escape(visible(record.number))}</div>'
        f"{_side(record.zh_text, chinese, say('no_zh', tongue))}{_side(record.en_text, 'en', say('no_en', tongue))}"
        f'<div class="sure">{record.confidence:.2f}<span>{say(f"v_{word}", tongue)}</span>{kind}</div></div>'
    )


def _side(text: str, tag: str, missing: str) -> str:
    if not text:
        return f'<div class="missing">— {missing}</div>'
    return f'<div class="text" lang="{tag}">{escape(visible(text))}</div>'
