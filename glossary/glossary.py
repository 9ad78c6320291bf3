"""The glossary: concepts in the database of the corpus, and a log of all that was ever done to them.

One façade over the tables. Everything that changes them is one transaction: whole, or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from glossary import planning, reading, storing, undoing, verifying
from glossary.concepts import Concept, Term, Workflow
from glossary.duplicates import Similar, family, similar
from glossary.errors import GlossaryError, NotAllowedError, StaleEditError
from glossary.log import Event
from glossary.people import Roles, all_roles, current_user
from glossary.planning import Plan
from glossary.reading import Query
from glossary.rules import Role, label
from models.settings import settings_file
from search.database import Database

_EVERYTHING = Query()


@dataclass(frozen=True)
class Glossary:
    """An open glossary and who works with it; a context manager.

    Every change names the version that it was made from: a concept carries its own. Every method raises GlossaryError
    where a rule forbids what is asked, NotInGlossaryError where it names nothing, StaleEditError where someone was
    faster, NotAllowedError where the role does not allow it, and CorpusError where the database fails: one sentence.
    """

    database: Database
    user: str

    @classmethod
    def open(
        cls, where: str | Path | None = None, user: str = "", read_only: bool = False, create: bool = True
    ) -> Glossary:
        """Open the glossary of the corpus in a file, at a ``postgresql://`` URL, or in the default place.

        ``user`` is who works with it: by default ``$DUIZHAO_USER``, or whoever is logged in.
        """
        name = "" if read_only and not user else current_user(user)
        return cls(Database.open(where, read_only, create), name)

    @classmethod
    def among_others(cls, database: Database, user: str) -> Glossary:
        """An open glossary that others use too: raises NotAllowedError as long as nobody has been given a role.

        Whoever comes first would otherwise be an administrator.
        """
        found = cls(database, user)
        if not found.roles():
            raise NotAllowedError(
                f"nobody has been given a role here, so nobody may do anything; write [roles] into {settings_file()}."
            )
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    # asking

    @property
    def role(self) -> Role:
        """What the user may do."""
        with self.database.reading() as connection:
            return reading.role_of(connection, self.user)

    def roles(self) -> Roles:
        """Who has been given which role, and that of all others; without any, everyone is an administrator."""
        with self.database.reading() as connection:
            return all_roles(reading.roles(connection))

    def list(self, query: Query = _EVERYTHING) -> tuple[Concept, ...]:
        """The concepts that are meant, in their order; those that hold a text, the closest first."""
        return tuple(self.concepts(query))

    def concepts(self, query: Query = _EVERYTHING) -> Iterator[Concept]:
        """The same one after the other, as one view of the glossary."""
        with self.database.reading() as connection:
            yield from reading.stream(connection, query)

    def count(self, query: Query = _EVERYTHING) -> int:
        """How many concepts are meant."""
        with self.database.reading() as connection:
            return reading.count(connection, query)

    def find(self, which: str) -> Concept:
        """The concept with this id ("c12"), or with a term of exactly these words, folded."""
        with self.database.reading() as connection:
            return reading.find(connection, which)

    def find_all(self, which: Iterable[str]) -> tuple[Concept, ...]:
        """Several concepts by id or term, in that order, as one view of the glossary."""
        with self.database.reading() as connection:
            return tuple(reading.find(connection, one) for one in which)

    def search(self, text: str, language: str = "", limit: int = 0) -> tuple[Concept, ...]:
        """The concepts with a term that holds this text, whatever its script, width, case and hyphens."""
        return self.list(Query(text=text, language=language, limit=limit))

    def similar(self, text: str, language: str, besides: str = "") -> tuple[Similar, ...]:
        """Terms of other concepts than ``besides`` that a person would take for this one; the likest first."""
        with self.database.reading() as connection:
            return similar(text, reading.known(connection, family(language), besides))

    def warnings(self, terms: Iterable[Term], besides: str = "") -> dict[tuple[str, str], tuple[Similar, ...]]:
        """For those of these terms, by language and text, that are like terms of other concepts: those terms."""
        found = {}
        with self.database.reading() as connection:
            known = {}
            for term in terms:
                own = family(term.language)
                if own not in known:
                    known[own] = reading.known(connection, own, besides)
                likes = similar(term.text, known[own])
                if likes:
                    found[term.language, term.text] = likes
        return found

    def history(self, which: str = "") -> tuple[Event, ...]:
        """What was done to a concept, to one that is gone too, or to all; oldest first."""
        with self.database.reading() as connection:
            number = reading.number_of(which) if which else None
            found = tuple(reading.history(connection, number)) if number != 0 else ()
            if which and not found:
                found = tuple(reading.history(connection, reading.number_of(reading.find(connection, which).id)))
        return found

    def latest(self, limit: int) -> tuple[Event, ...]:
        """The last events, oldest first."""
        with self.database.reading() as connection:
            return reading.latest(connection, limit)

    def events(self, since: int = 0) -> Iterator[Event]:
        """All events after one, oldest first."""
        with self.database.reading() as connection:
            yield from reading.history(connection, since=since)

    def version(self, identifier: str, number: int) -> Concept:
        """A concept as it was."""
        with self.database.reading() as connection:
            return reading.version(connection, identifier, number)

    def verify(self) -> tuple[str, ...]:
        """What is wrong with the glossary, a sentence each; empty where the log comes to what is stored."""
        with self.database.reading() as connection:
            return tuple(verifying.problems(connection))

    # changing

    def carry_out(self, plan: Plan, reason: str = "") -> tuple[Event, ...]:
        """Make a change that was thought out, all of it or nothing; its events, none where it changes nothing."""
        with self.database.writing() as connection:
            return storing.carry_out(connection, plan, self.user, reason.strip())

    def add(self, concepts: Iterable[Concept], reason: str = "") -> tuple[Event, ...]:
        """Store new concepts with the status that they have; their ids and those of their terms are given here."""
        return self.carry_out(planning.adding(concepts), reason)

    def propose(self, concept: Concept, reason: str = "") -> Concept:
        """Store a new concept as proposed in all its languages; as it is stored."""
        return _stored(self.carry_out(planning.adding([concept], "propose", Workflow.PROPOSED), reason))

    def save(self, concept: Concept, reason: str = "") -> Concept:
        """Store a changed concept, as it is then; what was approved and has changed is in review again.

        Raises StaleEditError with both versions where it is no longer what it was when ``concept`` was read.
        """
        done = self.carry_out(self.plan_saving([concept]), reason)
        return _stored(done) if done else self.find(concept.id)

    def save_all(self, concepts: Iterable[Concept], reason: str = "", action: str = "import") -> tuple[Event, ...]:
        """Store new concepts (those of version 0) and changed ones in one change, with one undo.

        ``action`` is what the log calls it, a word of up to 16 letters. The events of new concepts come first.
        """
        return self.carry_out(self.plan_saving(concepts, action), reason)

    def plan_saving(self, concepts: Iterable[Concept], action: str = "edit") -> Plan:
        """What ``save_all`` would do. Raises StaleEditError as ``save`` does."""
        given = list(concepts)
        changed = [concept for concept in given if concept.version]
        with self.database.reading() as connection:
            now = reading.by_ids(connection, [concept.id for concept in changed])
            for concept in changed:
                if concept.id not in now or now[concept.id].version != concept.version:
                    base = reading.version(connection, concept.id, concept.version)
                    raise _stale(
                        base, concept, now.get(concept.id), reading.history(connection, reading.number_of(concept.id))
                    )
        edits = planning.editing([(now[concept.id], concept) for concept in changed], action)
        new = planning.adding([concept for concept in given if not concept.version], action)
        return replace(edits, drafts=(*new.drafts, *edits.drafts))

    def decide(
        self, concepts: Iterable[Concept], status: Workflow, languages: Collection[str] = (), reason: str = ""
    ) -> tuple[Event, ...]:
        """Give concepts a status, as they were read, in some languages or all; ``planning.deciding`` is the preview."""
        return self.carry_out(planning.deciding(concepts, status, languages), reason)

    def approve(self, concept: Concept, languages: Collection[str] = (), reason: str = "") -> tuple[Event, ...]:
        """Approve a concept; the only usable term of a language becomes its preferred one."""
        return self.decide([concept], Workflow.APPROVED, languages, reason)

    def reject(self, concept: Concept, languages: Collection[str] = (), reason: str = "") -> tuple[Event, ...]:
        """Reject a concept, which stays, so that it is not proposed again without being seen."""
        return self.decide([concept], Workflow.REJECTED, languages, reason)

    def retire(self, concept: Concept, languages: Collection[str] = (), reason: str = "") -> tuple[Event, ...]:
        """Retire what was approved."""
        return self.decide([concept], Workflow.RETIRED, languages, reason)

    def merge(self, keep: Concept, others: Sequence[Concept], reason: str = "") -> Concept:
        """Put all that other concepts have into one; they go, and ``undo`` brings them back."""
        done = self.carry_out(planning.merging(keep, others), reason)
        kept = next((event.after for event in done if event.after), None)  # none where the others had nothing more
        return kept or self.find(keep.id)

    def split(self, concept: Concept, terms: Collection[str], reason: str = "") -> tuple[Concept, Concept]:
        """Move some terms, named by their ids, to a new concept; what is left and the new one."""
        left, new = self.carry_out(planning.splitting(concept, terms), reason)
        assert left.after is not None
        assert new.after is not None
        return left.after, new.after

    def comment(self, which: str, words: str) -> None:
        """Say something about a concept; it stands in its history."""
        if not words.strip():
            raise GlossaryError("the comment is empty; say something.")
        with self.database.writing() as connection:
            storing.comment(connection, reading.find(connection, which), self.user, words.strip())

    def undo(self, event: int | None = None, only: bool = False, reason: str = "") -> tuple[Event, ...]:
        """Take back a change, or the user's last one that still holds, by one of the opposite.

        The whole change to which the event belongs is taken back, or the event alone with ``only``. What has changed
        since in other places stays. Undoing an undo does it again.
        """
        with self.database.writing() as connection:
            plan = undoing.undoing(connection, self.user, event, only)
            return storing.carry_out(connection, plan, self.user, reason.strip())

    def restore(self, which: str, version: int, reason: str = "") -> Concept:
        """Bring a concept back to what it was in a version, words and status; one that is gone too."""
        with self.database.writing() as connection:
            plan = undoing.restoring(connection, which, version)
            done = storing.carry_out(connection, plan, self.user, reason.strip())
            return _stored(done) if done else reading.find(connection, plan.drafts[0].before.id)  # type: ignore[union-attr]

    def set_role(self, person: str, role: Role, reason: str = "") -> bool:
        """Give a person a role. Whoever gives the first one becomes an administrator, which is what True says."""
        with self.database.writing() as connection:
            return storing.set_role(connection, current_user(person), role, self.user, reason.strip())


def _stored(done: Sequence[Event]) -> Concept:
    found = done[0].after
    assert found is not None
    return found


def _stale(base: Concept, mine: Concept, theirs: Concept | None, history: Iterable[Event]) -> StaleEditError:
    if theirs is None:
        return StaleEditError(
            f"{label(base)} is gone since you read it; “duizhao glossary history {base.id}” says why."
        )
    who = sorted({event.user for event in history if event.version and event.version > base.version})
    return StaleEditError(
        f"{label(base)} has been changed by {', '.join(who)} since you read version {base.version}: it is now version "
        f"{theirs.version}, and nothing was overwritten.",
        base,
        mine,
        theirs,
    )
