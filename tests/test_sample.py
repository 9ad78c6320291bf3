"""The sample: made-up documents, a glossary and candidates, for whoever has nothing of their own yet."""

from __future__ import annotations

from pathlib import Path

import pytest
import store_databases

from align import align_files
from align.table import BeadKind
from glossary.candidates.queue import queue
from glossary.concepts import Usage, Workflow
from glossary.drift.alerts import alerts
from glossary.errors import GlossaryError, NotAllowedError
from glossary.glossary import Glossary
from glossary.reading import Query
from glossary.rules import Role
from glossary.sample import Sample, load_sample, pairs_of_files
from models import load
from search.corpus import Corpus
from search.database import Database
from search.precedents.locator import locator_of
from search.precedents.look_up import look_up_term, question


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, Sample, list[str]]:
    """A database with the sample in it, what loading it gave, and what it told of itself."""
    database, told = Database.open(tmp_path_factory.mktemp("sample") / "corpus.sqlite"), []
    return database, load_sample(database, "anna", load(), told.append), told


@pytest.mark.parametrize("pair", pairs_of_files(), ids=lambda pair: pair[0].name)
def test_every_document_says_what_it_is_and_both_languages_agree(pair: tuple[Path, Path]) -> None:
    table, notes = align_files(*pair, load())
    assert notes == ()
    assert {record.kind for record in table.records} <= {*BeadKind} - {BeadKind.MOVED}
    if pair[0].suffix == ".txt":
        assert [(record.zh, record.en) for record in table.records] == [
            ((number,), (number,)) for number in range(len(table.records))
        ]
        assert table.provenance.symbol.replace("/", "_") == pair[0].name.partition(".")[0]
        assert "2012" <= table.provenance.date[:4] <= "2023"
        assert table.provenance.body != ""


def test_it_brings_documents_a_glossary_and_candidates(loaded: tuple[Database, Sample, list[str]]) -> None:
    database, made, told = loaded
    glossary = Glossary(database, "anna")
    assert (made.documents, made.concepts) == (14, 26)
    assert made.candidates == len(queue(glossary)) > 55
    assert len(glossary.list(Query(status=Workflow.APPROVED))) == 22
    assert glossary.find("外国恐怖主义作战人员").terms[1].usage is Usage.DEPRECATED
    assert {alert.subject for alert in alerts(glossary)} >= {"外国恐怖主义作战人员", "边境管控"}
    assert glossary.verify() == ()
    assert told[0] == "A/69/1204"
    assert told[-1] == "candidates"


def test_a_rendering_turns_over_in_it(loaded: tuple[Database, Sample, list[str]]) -> None:
    corpus = Corpus(loaded[0])
    answer = look_up_term(corpus, locator_of(corpus, load()), question("foreign terrorist fighters"))
    assert [one.text for one in answer.renderings] == ["外国恐怖主义战斗人员", "外国恐怖主义作战人员"]
    assert [turn.sentence for turn in answer.turning_points] == ["战斗 overtakes 作战 in 2016 (E/RES/2016/91)"]


def test_a_second_time_changes_nothing_and_keeps_what_was_decided(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "corpus.sqlite")
    load_sample(database, "anna", load())
    glossary, corpus = Glossary(database, "ben"), Corpus(database)
    glossary.reject(queue(glossary)[0].concept, reason="no term")
    before = corpus.state, glossary.history()
    assert load_sample(database, "anna", load()) == Sample(0, 0, 0)
    assert (corpus.state, glossary.history()) == before


@pytest.mark.parametrize("role", [Role.READER, Role.TRANSLATOR])
def test_whoever_may_not_decide_loads_nothing(role: Role, tmp_path: Path) -> None:
    database = Database.open(store_databases.place("sqlite", tmp_path))
    Glossary(database, "anna").set_role("tom", role)
    with pytest.raises(NotAllowedError, match=f"^tom is a {role}, who may not "):
        load_sample(database, "tom", load())
    assert Corpus(database).list() == ()


def test_an_installation_without_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossary.sample.FOLDER", tmp_path)
    with pytest.raises(GlossaryError, match="the sample is not part of this installation"):
        pairs_of_files()
