"""Conflicts that were looked at: they stay away until a new rival comes, or the counts double."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import regex

from align.document import Language
from glossary.conflicts.records import Conflict
from glossary.dismissals import CONFLICT, Dismissal, Dismissals
from glossary.errors import NotInGlossaryError
from search.folding import folded

KEY = 12  # characters
TERM_PART = 6  # of them
TIMES = 2  # as many places as when it was settled
LEAST = 3  # and so many more, so that one place more is no new evidence for a rare term
_COUNT = regex.compile(r"(?P<text>.+) (?P<count>\d+)")
_PARTS = " · "


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled about a term: the rivals by key with their counts, and the dismissal."""

    counts: Mapping[str, int]
    dismissal: Dismissal


def conflict_key(language: Language, term: str, rivals: Iterable[str]) -> str:
    """What a conflict is named by: its term (``term_part``) and the set of its rivals."""
    return term_part(language, term) + _hashed(sorted(rivals))[: KEY - TERM_PART]


def term_part(language: Language, term: str) -> str:
    """The beginning of the keys of all conflicts of a term, so that one is found without looking at other terms."""
    return _hashed([language, folded(term)])[:TERM_PART]


def _hashed(parts: Iterable[str]) -> str:
    return sha256("\n".join(parts).encode("utf8", "surrogatepass")).hexdigest()


def about(conflict: Conflict) -> str:
    """A line that says what the conflict was, from which the counts can be read again: “en term: 甲 12 · 乙 3”."""
    rivals = _PARTS.join(f"{rival.key} {rival.count}" for rival in conflict.rivals)
    return f"{conflict.language} {folded(conflict.term)}: {rivals}"


def settled(dismissals: Dismissals) -> dict[str, list[Settled]]:
    """All that was settled and holds still, by language and term, the newest first."""
    found: dict[str, list[Settled]] = {}
    for one in dismissals.all(CONFLICT):
        name, _, rivals = one.about.rpartition(": ")
        matches = [_COUNT.fullmatch(part) for part in rivals.split(_PARTS)]
        counts = {match["text"]: int(match["count"]) for match in matches if match}
        found.setdefault(name, []).append(Settled(counts, one))
    return found


def compared(conflict: Conflict, known: Mapping[str, Sequence[Settled]]) -> Conflict:
    """The conflict with what is known of it: settled, or back again with the reason in words."""
    name = about(conflict).rpartition(": ")[0]
    earlier = known.get(name, ())
    if not earlier:
        return conflict
    last = earlier[0]
    before = f"settled by {last.dismissal.user} on {last.dismissal.time[:10]} ({last.dismissal.reason})"
    why = _news(conflict, last.counts)
    return replace(conflict, back=f"{before}; back, since {why}") if why else replace(conflict, settled=before)


def dismiss(dismissals: Dismissals, conflicts: Iterable[Conflict], keys: Sequence[str], reason: str) -> list[Conflict]:
    """Settle the conflicts with these keys, all or none; raises NotInGlossaryError for a key that is none of theirs."""
    there = {conflict.key: conflict for conflict in conflicts}
    chosen = []
    for key in keys:
        if key not in there:
            raise NotInGlossaryError(
                f"there is no conflict “{key}” now; “duizhao glossary conflicts” lists them, and a term that you named "
                "then must be named again."
            )
        chosen.append(there[key])
    dismissals.dismiss([one.key for one in chosen], CONFLICT, {one.key: about(one) for one in chosen}, reason)
    return chosen


def _news(conflict: Conflict, counts: Mapping[str, int]) -> str:
    new = [rival.text for rival in conflict.rivals if rival.key not in counts]
    if new:
        return f"{', '.join(new)} {'is' if len(new) == 1 else 'are'} new"
    for rival in conflict.rivals:
        before = counts[rival.key]
        if rival.count >= max(TIMES * before, before + LEAST):
            return f"{rival.text} has {rival.count} places now and had {before} then"
    return ""
