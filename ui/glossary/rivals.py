"""A conflict in HTML: the term, the reason in words, each rendering with a pair that tells."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ui.glossary.address import link
from ui.glossary.article import facing
from ui.glossary.languages import tag
from ui.glossary.spoken import spoken
from ui.glossary.usage import turn
from ui.parts import provenance, safe

if TYPE_CHECKING:
    from glossary.conflicts.records import Conflict, Rival, Verdict
    from ui.words import Words

TELLING = 2  # renderings whose pair is open
SIGNS = {
    "rival synonyms": ("synonyms", "⇄", "dz-conflict"),
    "different concepts": ("concepts", "≠", "dz-conflict"),
    "abbreviation or variant": ("variant", "≈", "dz-quiet"),
    "alignment error": ("alignment", "⚠", "gl-fair"),
    "fixed quotation": ("quotation", "❝", "dz-quiet"),
}


def conflict_html(conflict: Conflict, words: Words) -> str:
    """All of it."""
    occurrences = words("occurrences", n=conflict.occurrences)
    back = f'<div class="gl-note">↩ {safe(conflict.back)}</div>' if conflict.back else ""
    turns = "".join(f'<div class="gl-turn">↗ {safe(turn(point, words))}</div>' for point in conflict.turning_points)
    rivals = "".join(_rival(rival, conflict, k, words) for k, rival in enumerate(conflict.rivals))
    return (
        f'<article class="gl-article"><h1 lang="{tag(conflict.language)}">{safe(conflict.term)}</h1>'
        f'<div>{_reason(conflict.verdict, words)} <span class="dz-from">{occurrences}</span></div>{back}{turns}{rivals}'
        "</article>"
    )


def _reason(verdict: Verdict, words: Words, because: bool = False) -> str:
    name, sign, look = SIGNS[str(verdict.reason)]
    said = f": {safe(spoken(verdict.because, words))}" if because and verdict.because else ""
    sure = words("weight", n=f"{verdict.confidence:.2f}")
    explained = "" if because else f" — {words(f'r_{name}_means')}"
    named = f'<span class="{look}">{sign} <b>{words(f"r_{name}")}</b></span>'
    return f'{named}{explained}{said} <span class="dz-from">{sure}</span>'


def _rival(rival: Rival, conflict: Conflict, at: int, words: Words) -> str:
    places = "places_1" if rival.documents == 1 else "places"
    amount = words(places, n=rival.count, documents=rival.documents) if rival.count else words("in_no_pair")
    facts = " · ".join(fact for fact in (amount, safe(rival.years), safe(_status(rival.status, words))) if fact)
    links = " ".join(
        f'<a class="gl-look" href="{link(one)}" data-act="concept" data-id="{safe(one)}">{safe(one)}</a>'
        for one in rival.concepts
    )
    reason = f'<div class="gl-because">{_reason(rival.verdict, words, because=True)}</div>' if rival.verdict else ""
    return (
        f'<section class="gl-rival"><span class="gl-word" lang="{tag(conflict.other)}">{safe(rival.text)}</span> '
        f'<span class="dz-quiet">{facts}</span> {links}{reason}{_pair(rival, conflict, at, words)}</section>'
    )


def _status(status: str, words: Words) -> str:
    """What the glossary says of a rendering: its workflow and its usage."""
    workflow, _, usage = status.partition(" ")
    return " ".join(words(f"{kind}_{name}") for kind, name in (("w", workflow), ("u", usage)) if name)


def _pair(rival: Rival, conflict: Conflict, at: int, words: Words) -> str:
    """The pair that tells; of further renderings behind a line."""
    shown = rival.telling
    if shown is None:
        return ""
    record = shown.pair.record
    kinds = ("hit", "partner") if conflict.language == "zh" else ("partner", "hit")
    address = "/?" + urlencode({"q": conflict.term, "pair": shown.pair.id})
    block = facing(
        (record.zh_text, shown.zh_span, kinds[0]),
        (record.en_text, shown.en_span, kinds[1]),
        provenance(shown.pair, words, link=address),
    )
    return block if at < TELLING else f"<details><summary>{words('show_pair')}</summary>{block}</details>"
