"""Alerts in the database: each piece of evidence once; set aside with a reason, and back with new evidence only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from glossary.concepts import Concept, Usage, Workflow
from glossary.dismissals import DRIFT, Dismissal, Dismissals
from glossary.drift.entries import USABLE
from glossary.drift.records import Alert, AlertKind, Shown
from glossary.duplicates import family
from glossary.encoding import dumped
from glossary.errors import NotInGlossaryError
from glossary.glossary import Glossary
from glossary.reading import by_ids, number_of
from glossary.rules import Deed
from glossary.schema import alerts as table
from glossary.storing import Turn


def store(glossary: Glossary, found: Iterable[Alert]) -> tuple[Alert, ...]:
    """Keep these alerts with the evidence that is new; those that had any, with all that they have now."""
    changed: list[str] = []
    with glossary.database.writing() as connection:
        turn = Turn.take(connection, glossary.user)
        turn.require([Deed.ADD], "test the approved entries")
        last = connection.execute(sa.select(sa.func.max(table.c.id))).scalar() or 0
        for alert in found:
            known = {pair for row in _rows(connection, alert.concept) for pair in _pairs_of(row, alert.key)}
            new = tuple(pair for pair in alert.pairs if pair not in known)
            if new:
                last += 1
                shown = tuple(one for one in alert.evidence if one.pair not in known)
                kept = replace(alert, pairs=new, evidence=shown)
                connection.execute(sa.insert(table).values(_values(last, kept, turn.time)))
                changed.append(alert.key)
        if changed:
            turn.end()
    return tuple(alert for alert in alerts(glossary) if alert.key in changed)


def alerts(glossary: Glossary, kind: AlertKind | None = None, dismissed: bool = False) -> tuple[Alert, ...]:
    """The alerts, the newest first; with ``dismissed`` those that are set aside too."""
    with glossary.database.reading() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.id)).all()
        concepts = by_ids(connection, sorted({_alert(row).concept for row in rows}))
    merged: dict[str, Alert] = {}
    for row in rows:
        one = _alert(row)
        before = merged.pop(one.key, None)
        if before:
            pairs = tuple(dict.fromkeys(before.pairs + one.pairs))
            documents = tuple(dict.fromkeys(before.documents + one.documents))
            evidence = before.evidence + one.evidence
            one = replace(one, pairs=pairs, documents=documents, evidence=evidence, time=before.time)
        merged[one.key] = one
    newest = [one for one in list(merged.values())[::-1] if _holds(one, concepts.get(one.concept))]
    said = Dismissals(glossary.database, glossary.user).of(one.key for one in newest)
    told = [_told(one, said.get(one.key)) for one in newest if kind in (None, one.kind)]
    return tuple(one for one in told if dismissed or not one.dismissed)


def dismiss(glossary: Glossary, keys: Sequence[str], reason: str) -> tuple[Alert, ...]:
    """Set alerts aside until there is new evidence, all or none; raises NotInGlossaryError for an unknown key."""
    there = {alert.key: alert for alert in alerts(glossary, dismissed=True)}
    for key in keys:
        if key not in there:
            raise NotInGlossaryError(f"there is no alert “{key}”; “duizhao glossary drift --all” lists them.")
    about = {key: there[key].sentence for key in keys}
    Dismissals(glossary.database, glossary.user).dismiss(list(about), DRIFT, about, reason)
    return tuple(there[key] for key in about)


def _holds(alert: Alert, concept: Concept | None) -> bool:
    """Whether the entry is still as it was tested: approved, its preferred term the same, the other one not usable."""
    if concept is None:
        return False
    own = [term for term in concept.terms if family(term.language) == alert.language]
    return any(
        term.text == alert.preferred
        and term.usage is Usage.PREFERRED
        and concept.workflow.get(term.language) is Workflow.APPROVED
        for term in own
    ) and not any(term.text == alert.subject and term.usage in USABLE for term in own)


def _told(alert: Alert, said: Dismissal | None) -> Alert:
    if said is None or not said.dismissed:
        return alert
    words = f"dismissed by {said.user} on {said.time[:10]} ({said.reason})"
    if alert.last > said.time:
        return replace(alert, back=f"{words}; back, since new documents show it again")
    return replace(alert, dismissed=words)


def _rows(connection: sa.Connection, concept: str) -> Sequence[Any]:
    query = sa.select(table).where(table.c.concept == number_of(concept)).order_by(table.c.id)
    return connection.execute(query).all()


def _pairs_of(row: Any, key: str) -> tuple[int, ...]:
    alert = _alert(row)
    return alert.pairs if alert.key == key else ()


def _values(number: int, alert: Alert, time: str) -> dict[str, Any]:
    pairs = ",".join(map(str, alert.pairs))
    return {
        "id": number,
        "key": sha256(f"{alert.key}:{pairs}".encode()).hexdigest(),
        "concept": number_of(alert.concept),
        "kind": str(alert.kind),
        "body": dumped(asdict(alert)),
        "time": time,
    }


def _alert(row: Any) -> Alert:
    body = json.loads(row.body)
    evidence = tuple(
        Shown(**{**one, "zh_span": tuple(one["zh_span"]), "en_span": tuple(one["en_span"])}) for one in body["evidence"]
    )
    known = {"kind": AlertKind(row.kind), "pairs": tuple(body["pairs"]), "evidence": evidence}
    known["documents"] = tuple(body["documents"])
    return Alert(**{**body, **known, "time": row.time, "last": row.time})
