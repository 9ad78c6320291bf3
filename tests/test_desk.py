"""Every write to the corpus is checked against the role below the interface: each role, each write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes import AdditiveEncoder
from store_made_up import SYMBOL, document, table

from glossary.desk import Desk
from glossary.errors import NotAllowedError
from glossary.glossary import Glossary
from glossary.rules import Deed, Role
from search.adding import AlignedFiles, How
from search.corpus import Corpus
from search.database import Database
from search.drafts import Draft
from search.folders import Job, Plan
from search.index.choosing import open_index

MAY = {
    "accept": {Role.TRANSLATOR, Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "add_files": {Role.TRANSLATOR, Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "work_through": {Role.TRANSLATOR, Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "retest": {Role.TRANSLATOR, Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "begin_draft": {Role.TRANSLATOR, Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "reopen": {Role.TRANSLATOR, Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "save_draft": {Role.TRANSLATOR, Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "drop_draft": {Role.TRANSLATOR, Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "restore_draft": {Role.TRANSLATOR, Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "accept_draft": {Role.TRANSLATOR, Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "set_status": {Role.TRANSLATOR, Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "remove": {Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "put_back": {Role.TERMINOLOGIST, Role.ADMINISTRATOR},
    "rebuild": {Role.ADMINISTRATOR},
}
OTHER = "A/RES/79/902"


def how() -> How:
    return How(AdditiveEncoder)


def file(folder: Path) -> Path:
    path = folder / "memory.tsv"
    path.write_text("zh\ten\n一个水站。\tOne water station.\n", "utf-8")
    return path


def no_locator() -> None:
    raise AssertionError("nothing is approved here")


def begun(desk: Desk) -> Draft:
    """A draft that somebody else has begun."""
    return Desk(desk.database, "chief").reopen(1)


def files() -> AlignedFiles:
    return AlignedFiles(table(), document("zh"), document("en"), "resolution", "", ())


WRITES: dict[str, Callable[[Desk, Path], object]] = {
    "accept": lambda desk, _: desk.accept(table(symbol=OTHER), name="other"),
    "add_files": lambda desk, folder: desk.add_files([str(file(folder))], how()),
    "work_through": lambda desk, folder: list(desk.work_through(Plan((Job((file(folder),)),), ()), how())),
    "retest": lambda desk, _: desk.retest((), no_locator),  # type: ignore[arg-type]
    "begin_draft": lambda desk, _: desk.begin_draft(files()),
    "reopen": lambda desk, _: desk.reopen(1),
    "save_draft": lambda desk, _: desk.save_draft(*(lambda draft: (draft, draft.session))(begun(desk))),
    "drop_draft": lambda desk, _: desk.drop_draft(begun(desk).id),
    "restore_draft": lambda desk, _: desk.restore_draft(begun(desk).id),
    "accept_draft": lambda desk, _: desk.accept_draft(begun(desk)),
    "set_status": lambda desk, _: desk.set_status([desk.corpus.pair_ids()[0]]),
    "remove": lambda desk, _: desk.remove(1),
    "put_back": lambda desk, _: desk.put_back(desk.corpus.take_out(1)),
    "rebuild": lambda desk, _: desk.rebuild(AdditiveEncoder(), open_index(desk.corpus, "made-up")),
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Corpus.open(tmp_path / "c.sqlite") as corpus:
        corpus.add_alignment(table(), document("zh"), document("en"))
        glossary = Glossary(corpus.database, "chief")
        glossary.set_role("chief", Role.ADMINISTRATOR)
        for role in Role:
            glossary.set_role(f"the-{role}", role)
        yield corpus.database


def test_every_method_of_the_desk_that_changes_something_is_tried_here() -> None:
    asking = {"corpus", "role", "may", "require", "database", "user", "drafts", "open_draft", "row_of"}
    assert set(WRITES) == set(MAY) == {name for name in dir(Desk) if not name.startswith("_")} - asking


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("write", list(WRITES))
def test_a_role_may_do_what_it_may_and_nothing_else(write: str, role: Role, database: Database, tmp_path: Path) -> None:
    desk = Desk(database, f"the-{role}")
    assert desk.role is role
    if role in MAY[write]:
        WRITES[write](desk, tmp_path)
        return
    before = desk.corpus.state
    with pytest.raises(NotAllowedError, match=f"the-{role} is a {role}, who may not"):
        WRITES[write](desk, tmp_path)
    # Taken out by the test itself where it is to be put back.
    assert desk.corpus.state == before + (write == "put_back")


def test_what_may_be_done_is_done(database: Database, tmp_path: Path) -> None:
    translator, chief = Desk(database, "the-translator"), Desk(database, "chief")
    assert translator.accept(table(symbol=OTHER), name="other").change == "added"
    assert translator.add_files([str(file(tmp_path))], how()).added[0].pairs == 1
    translator.set_status([1])
    assert chief.corpus.list()[0].checked == 1
    removed = chief.remove(1)
    assert SYMBOL not in [one.label for one in chief.corpus.list()]
    chief.put_back(removed)
    assert chief.corpus.list()[0].checked == 1
    encoder = AdditiveEncoder()
    index = open_index(chief.corpus, encoder.name)
    assert chief.rebuild(encoder, index).added == chief.corpus.pair_count()
    assert chief.corpus.verify() == ()


def test_someone_without_a_role_is_a_translator_once_others_have_one(database: Database) -> None:
    desk = Desk(database, "newcomer")
    assert desk.may(Deed.ADD)
    assert not desk.may(Deed.REMOVE)
    with pytest.raises(NotAllowedError):
        desk.remove(1)
