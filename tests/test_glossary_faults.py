"""A change is there whole or not at all, however it ends; and of two who write at once nobody loses anything."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import store_databases
from commands import ROOT
from glossary_made_up import concept

from glossary.concepts import Workflow
from glossary.errors import StaleEditError
from glossary.glossary import Glossary
from glossary.reading import Query
from search.corpus import Corpus

COUNT = 30
MANY = 900  # events are written some hundred at a time


@pytest.fixture(params=store_databases.KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return store_databases.place(request.param, tmp_path)


def started(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "tests" / "glossary_program.py"), *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, env={"PYTHONPATH": f"{ROOT}:{ROOT}/tests"})


def approved(place: str) -> tuple[int, int]:
    """How many concepts are approved, and how many events the log has."""
    with Glossary.open(place, "anna") as glossary:
        assert glossary.verify() == ()
        return glossary.count(Query(status=Workflow.APPROVED)), len(glossary.history())


def killed(place: str, task: str, point: object) -> bool:
    with started(place, task, point) as program:
        _, err = program.communicate(timeout=120)
    assert program.returncode in (0, -9), err.decode()
    return program.returncode == -9


def test_a_bulk_change_that_is_killed_is_not_there_at_all(place: str) -> None:
    with Glossary.open(place, "anna") as glossary:
        glossary.add(concept(f"站{k}") for k in range(COUNT))
    for point in (2, 5, 8, 9, "commit"):
        assert killed(place, "approve", point)
        assert approved(place) == (0, COUNT)
    assert not killed(place, "approve", 10_000)
    assert approved(place) == (COUNT, 2 * COUNT)
    assert killed(place, "undo", "commit")
    assert approved(place) == (COUNT, 2 * COUNT)
    assert not killed(place, "undo", 10_000)
    assert approved(place) == (0, 3 * COUNT)


def test_a_large_change_whose_last_concept_was_changed_meanwhile_is_not_there_at_all(place: str) -> None:
    with Glossary.open(place, "anna") as glossary:
        first = glossary.propose(concept("站"))
        new = [concept(f"站{k}") for k in range(MANY)]
        plan = glossary.plan_saving([*new, replace(first, note="mine")])
        glossary.save(replace(first, note="theirs"))
        with pytest.raises(StaleEditError):
            glossary.carry_out(plan)
        assert (glossary.count(), len(glossary.history())) == (1, 2)
        done = glossary.save_all([*new, replace(glossary.find("c1"), note="mine")])
        assert [event.id for event in done] == list(range(3, MANY + 4))
        assert glossary.history()[2:] == done
        glossary.undo()
        assert [one.note for one in glossary.list()] == ["theirs"]
        assert glossary.verify() == ()


def test_nobody_who_writes_at_once_loses_anything(place: str) -> None:
    with Glossary.open(place, "anna") as glossary:
        glossary.add([concept("站")])
    programs = [started(place, "count", number) for number in (7, 8, 9)]
    for program in programs:
        _, err = program.communicate(timeout=240)
        assert program.returncode == 0, err.decode()
    with Glossary.open(place, "anna") as glossary:
        found = glossary.find("c1")
        assert sorted(found.note.split()) == sorted(f"{n}.{k}" for n in (7, 8, 9) for k in range(n))
        assert (found.version, glossary.verify()) == (25, ())


def test_the_glossary_and_the_corpus_share_a_database(place: str) -> None:
    with Glossary.open(place, "anna") as glossary, Corpus.open(place) as corpus:
        glossary.propose(concept("站"))
        assert (corpus.verify(), corpus.state) == ((), 0)
