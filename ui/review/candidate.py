"""A candidate as HTML: both terms large, its renderings, what the glossary has, its evidence, its history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from ui.parts import confidence_class, key_cap, marked, provenance, safe, tag_of, usage_badge, workflow_badge
from ui.review.pieces import cut, day_and_time

if TYPE_CHECKING:
    from glossary.candidates.likes import Like
    from glossary.candidates.showing import Rendering, Seen, Shown
    from glossary.candidates.stock import Entry
    from glossary.comparing import FieldChange
    from glossary.concepts import Concept, Term
    from glossary.log import Event
    from ui.words import Words

TOP = "rv_top"  # the id of the heading
_LIKES, _EVENTS = 6, 8


def heading(entry: Entry, zh: str, score: float | None, seen: Seen, words: Words) -> str:
    """Both terms, the Chinese one as it is chosen; below them score, pairs, documents, status."""
    from glossary.candidates.showing import main_term, text_of

    concept = entry.concept
    own = text_of(concept, "zh")
    term = main_term(concept, "zh")
    tag = _tag(term) if term else "zh-Hans"
    left = _large(zh or own, tag) or f'<span class="dz-rv-none">{words("no_term_zh")}</span>'
    right = _large(text_of(concept, "en"), "en") or f'<span class="dz-rv-none">{words("no_term_en")}</span>'
    instead = f"<b>{words('instead_of', text=safe(own))}</b>" if zh and zh != own else ""
    facts = [*([instead] if instead else ()), *_facts(entry, score, seen, words)]
    return (
        f'<h2 class="dz-rv-terms" id="{TOP}" tabindex="-1">{left}<span class="dz-rv-with" aria-hidden="true">↔</span>'
        f"{right}</h2>{_others(concept, words)}"
        f'<div class="dz-rv-facts">{" · ".join(facts)}</div>'
    )


def _large(text: str, tag: str) -> str:
    size = " dz-rv-long" if len(text) > (22 if tag.startswith("zh") else 48) else ""
    return f'<span class="dz-rv-term{size}" lang="{escape(tag)}">{safe(text)}</span>' if text else ""


def _others(concept: Concept, words: Words) -> str:
    """The terms besides the two large ones."""
    from glossary.candidates.showing import main_term

    main = (main_term(concept, "zh"), main_term(concept, "en"))
    rest = [term for term in concept.terms if term not in main]
    shown = "、".join(f'<span lang="{escape(_tag(one))}">{safe(one.text)}</span>' for one in rest)
    return f'<div class="dz-quiet">{words("also")} {shown}</div>' if rest else ""


def _facts(entry: Entry, score: float | None, seen: Seen, words: Words) -> Iterable[str]:
    from glossary.rules import languages_of, status_of

    concept = entry.concept
    if score is not None:
        yield f"<b>{words('score', score=f'{score:.2f}')}</b>"
    at_least = "≥ " if seen.more else ""
    for what, count in (("pairs", seen.pairs), ("documents", seen.documents)):
        yield words(f"in_{what}" if count != 1 else f"in_{what}_1", n=f"{at_least}{count:,}")
    if concept.subject:
        yield f"{words('subject')} {safe(concept.subject)}"
    statuses = {language: status_of(concept, language) for language in languages_of(concept)}
    if len(set(statuses.values())) == 1:
        yield workflow_badge(next(iter(statuses.values())), words)
    else:
        yield from (f"{safe(language)} {workflow_badge(one, words)}" for language, one in statuses.items())
    yield f'<a href="/glossary?concept={escape(concept.id)}" target="_self">{safe(concept.id)}</a>'


def rendering_list(given: Sequence[Rendering], chosen: str, seen: Seen, words: Words, barred: bool = False) -> str:
    """The Chinese terms to choose from, each with its key; a choice is kept for the approval."""
    if len(given) < 2:
        return ""
    rows = "".join(_rendering(k, one, chosen, seen, barred) for k, one in enumerate(given, start=1))
    return f'<section><h3>{words("renderings")}</h3><ol class="dz-rv-renderings">{rows}</ol></section>'


def _rendering(number: int, one: Rendering, chosen: str, seen: Seen, barred: bool) -> str:
    pressed = one.text == chosen
    count = seen.pairs if one.count is None else one.count
    told = (
        f'<span class="dz-rv-count">{count:,}</span>'
        if count is not None and (one.count is not None or pressed)
        else ""
    )
    return (
        f'<li class="st-key-rv_{number}"><button class="dz-do dz-rv-rendering" data-act="choose" data-n="{number}" '
        f'aria-pressed="{str(pressed).lower()}"{" disabled" if barred else ""}>{key_cap(str(number))}'
        f'<span lang="zh-Hans">{safe(one.text)}</span>'
        f"{told}{'<span>✓</span>' if pressed else ''}</button></li>"
    )


def like_list(likes: Sequence[Like], words: Words) -> str:
    """What the glossary has already."""
    rows = "".join(_like(one, words) for one in likes[:_LIKES])
    more = f'<div class="dz-quiet">{words("more_likes", n=len(likes) - _LIKES)}</div>' if len(likes) > _LIKES else ""
    body = f"<ul>{rows}</ul>{more}" if likes else f'<div class="dz-quiet">{words("nothing_like")}</div>'
    return f"<section><h3>{words('in_glossary')}</h3>{body}</section>"


def _like(one: Like, words: Words) -> str:
    terms = " ".join(_term(term, words) for term in one.concept.terms[:4])
    kind = "inside" if one.likeness is None else one.likeness.name.lower()
    why = words("like_both") if one.both else words(f"like_{kind}")
    sign = '<span class="dz-conflict">▲</span> ' if one.both or kind == "same" else ""
    link = f'<a href="/glossary?concept={escape(one.concept.id)}" target="_self">{safe(one.concept.id)}</a>'
    return f'<li>{terms} {overall_badge(one.concept, words)}<div class="dz-from">{sign}{why} · {link}</div></li>'


def _term(term: Term, words: Words) -> str:
    usage = f" {usage_badge(term.usage, words)}" if term.usage else ""
    return f'<span lang="{escape(_tag(term))}">{safe(term.text)}</span>{usage}'


def overall_badge(concept: Concept, words: Words) -> str:
    """Its status, once where it is the same in all languages."""
    from glossary.rules import languages_of, status_of

    found = dict.fromkeys(status_of(concept, language) for language in languages_of(concept))
    return " ".join(workflow_badge(one, words) for one in found)


def evidence_list(seen: Seen, term: str, words: Words) -> str:
    """Pairs that show both terms, numbered, both marked; ``term`` is what to look up for all of them."""
    from urllib.parse import quote

    rows = "".join(_shown(k, one, words) for k, one in enumerate(seen.shown, start=1))
    empty = f'<div class="dz-quiet">{words("no_evidence")}</div>'
    link = f'<a class="dz-rv-all" href="/?q={quote(term)}" target="_self">{words("all_pairs")}</a>' if term else ""
    return f"<section><h3>{words('evidence')}{link}</h3>{rows or empty}</section>"


def _shown(number: int, one: Shown, words: Words) -> str:
    kept = one.evidence
    zh, zh_span, zh_cut = cut(kept.zh, kept.zh_span, "zh")
    en, en_span, en_cut = cut(kept.en, kept.en_span, "en")
    whole = _facing(kept.zh, kept.zh_span, kept.en, kept.en_span)
    more = f"<details><summary>{words('whole')}</summary>{whole}</details>" if zh_cut or en_cut else ""
    bar = confidence_class(one.pair.record) if one.pair else "dz-rv-gone"
    said = _from(one, words)
    return (
        f'<div class="dz-rv-shown"><div class="dz-rv-number">{number}</div><div class="{bar}">'
        f"{_facing(zh, zh_span, en, en_span)}{more}{said}</div></div>"
    )


def _from(one: Shown, words: Words) -> str:
    if one.pair is None:
        return f'<div class="dz-from">{safe(one.evidence.symbol)} {words("not_in_corpus")}</div>'
    return provenance(one.pair, words, link=f"/?pair={one.pair.id}")


def _facing(zh: str, zh_span: tuple[int, int], en: str, en_span: tuple[int, int]) -> str:
    left = [zh_span] if zh_span[1] > zh_span[0] else []
    right = [en_span] if en_span[1] > en_span[0] else []
    return (
        f'<div class="dz-pair"><div class="dz-text" lang="zh-Hans">{marked(zh, left)}</div>'
        f'<div class="dz-text" lang="en">{marked(en, right, "partner")}</div></div>'
    )


def history_list(events: Sequence[Event], words: Words) -> str:
    """What was done to the concept, the last first."""
    rows = "".join(_event(one, words) for one in events[::-1][:_EVENTS])
    return f'<section class="dz-rv-history"><h3>{words("history")}</h3><ul>{rows}</ul></section>'


def _event(one: Event, words: Words) -> str:
    reason = f" “{safe(one.reason)}”" if one.reason else ""
    changed = "；" if words.tongue == "zh" else "; "
    told = changed.join(dict.fromkeys(change_words(one, words)))
    return (
        f'<li><span class="dz-from">{day_and_time(one.time)}</span> {safe(one.user)} {act_words(one.action, words)}'
        f'{reason}<div class="dz-from">{told}</div></li>'
    )


def act_words(action: str, words: Words) -> str:
    """What the log calls an event, in the language of the interface."""
    key = f"log_{action}"
    return words(key) if key in words.table else safe(action)


def change_words(one: Event, words: Words) -> Iterable[str]:
    """What an event changed of words; statuses and evidence stand elsewhere."""
    if one.before is None or one.after is None:
        return
    decided = [change for change in one.changes if change.field.startswith("workflow/")]
    if decided and len({(change.before, change.after) for change in decided}) == 1:
        decided = decided[:1]
        yield _status_change(decided[0], "", words)
    else:
        yield from (_status_change(change, change.field.partition("/")[2], words) for change in decided)
    for change in one.changes:
        field = change.field.rsplit("/", 1)[-1]
        if change.field.startswith("definition/"):
            field = "definition" if field == "text" else ""
        if field in ("text", "usage", "subject", "note", "source", "definition"):
            yield _word_change(field, change, words)


def _word_change(field: str, change: FieldChange, words: Words) -> str:
    def said(value: object) -> str:
        return words(f"u_{value or ''}") if field == "usage" else safe(str(value or "—"))

    return f"{words(f'field_{field}')}: {said(change.before)} → {said(change.after)}"


def _status_change(change: FieldChange, language: str, words: Words) -> str:
    before = words(f"w_{change.before}") if change.before else "—"
    after = words(f"w_{change.after}") if change.after else "—"
    return f"{safe(language)} {before} → {after}".strip()


def meanwhile(sentence: str, events: Sequence[Event], words: Words) -> str:
    """What someone else did while one was deciding."""
    rows = "".join(_event(one, words) for one in events)
    return (
        f'<div class="dz-rv-stale" role="alert"><b>{safe(sentence)}</b>'
        f"<div>{words('what_they_did')}</div><ul>{rows}</ul></div>"
    )


def _tag(term: Term) -> str:
    return term.language if term.language != "zh" else tag_of("zh")
