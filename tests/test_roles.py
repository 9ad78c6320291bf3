"""Who may do what: roles of the settings file and of the database, held against every write, below the interface."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from glossary_made_up import concept
from store_made_up import table

from glossary.desk import Desk
from glossary.dismissals import CHECK, CONFLICT, Dismissals
from glossary.errors import GlossaryError, NotAllowedError
from glossary.glossary import Glossary
from glossary.people import current_user, settled_roles, signed_in
from glossary.rules import Role
from models.settings import read_settings
from search.database import Database

READER, TRANSLATOR, TERMINOLOGIST, ADMINISTRATOR = Role
ANNA = "anna@example.org"


def settle(text: str) -> Path:
    """Write the settings file."""
    file = Path(os.environ["DUIZHAO_HOME"]) / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A corpus with a document, a proposed concept and an approved one."""
    found = Database.open(tmp_path / "corpus.sqlite")
    glossary = Glossary(found, "chief")
    glossary.propose(concept("站", "station"))
    glossary.approve(glossary.propose(concept("井", "well")))
    Desk(found, "chief").accept(table())
    return found


WRITES: dict[str, tuple[Role, Callable[[Database, str], object]]] = {  # the lowest role that may, and what is done
    "comment": (TRANSLATOR, lambda d, u: Glossary(d, u).comment("c1", "hm")),
    "propose": (TRANSLATOR, lambda d, u: Glossary(d, u).propose(concept("台"))),
    "edit a proposal": (TRANSLATOR, lambda d, u: edit(d, u, "c1")),
    "edit what is approved": (TERMINOLOGIST, lambda d, u: edit(d, u, "c2")),
    "approve": (TERMINOLOGIST, lambda d, u: Glossary(d, u).approve(Glossary(d, u).find("c1"))),
    "retire": (TERMINOLOGIST, lambda d, u: Glossary(d, u).retire(Glossary(d, u).find("c2"))),
    "merge": (TERMINOLOGIST, lambda d, u: Glossary(d, u).merge(*merged(d, u))),
    "undo": (TERMINOLOGIST, lambda d, u: Glossary(d, u).undo(1)),
    "restore": (TERMINOLOGIST, lambda d, u: Glossary(d, u).restore("c2", 1)),
    "give a role": (ADMINISTRATOR, lambda d, u: Glossary(d, u).set_role("tom", READER)),
    "dismiss a finding": (TRANSLATOR, lambda d, u: Dismissals(d, u).dismiss(["k"], CHECK, "x", "why")),
    "dismiss a conflict": (TERMINOLOGIST, lambda d, u: Dismissals(d, u).dismiss(["k"], CONFLICT, "x", "why")),
    "add a document": (TRANSLATOR, lambda d, u: Desk(d, u).accept(table("A/RES/9/9"))),
    "check a pair": (TRANSLATOR, lambda d, u: Desk(d, u).set_status([1])),
    "remove a document": (TERMINOLOGIST, lambda d, u: Desk(d, u).remove(1)),
}


def edit(database: Database, user: str, which: str) -> None:
    glossary = Glossary(database, user)
    glossary.save(replace(glossary.find(which), note="see the manual"))


def merged(database: Database, user: str) -> tuple[object, list[object]]:
    found = Glossary(database, user)
    return found.find("c1"), [found.find("c2")]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("write", WRITES)
def test_every_write_asks_the_role_of_the_settings(write: str, role: Role, database: Database) -> None:
    settle(f'[roles]\n"{ANNA}" = "{role}"\n')
    least, do = WRITES[write]
    ranks = list(Role)
    state = database_text(database)
    if ranks.index(role) >= ranks.index(least):
        do(database, ANNA)
        assert database_text(database) != state
    else:
        with pytest.raises(NotAllowedError, match=rf"^anna@example\.org is a {role}"):
            do(database, ANNA)
        assert database_text(database) == state


def database_text(database: Database) -> list[str]:
    """All that is in the file, as text."""
    import sqlite3

    with sqlite3.connect(database.place) as connection:
        found = list(connection.iterdump())
    connection.close()
    return found


def test_the_settings_stand_above_the_database_and_the_database_above_the_default(database: Database) -> None:
    chief = Glossary(database, "chief")
    chief.set_role(ANNA, ADMINISTRATOR)
    chief.set_role("tom", TERMINOLOGIST)
    settle(f'[roles]\ndefault = "reader"\n"{ANNA}" = "translator"\n')
    names = (ANNA, "Anna@Example.org", "tom", "chief", "stranger")
    assert [Glossary(database, name).role for name in names] == [
        TRANSLATOR,
        TRANSLATOR,
        TERMINOLOGIST,
        ADMINISTRATOR,
        READER,
    ]


def test_once_anyone_has_a_role_in_the_settings_nobody_else_is_an_administrator(database: Database) -> None:
    settle(f'[roles]\n"{ANNA}" = "administrator"\n')
    assert (Glossary(database, ANNA).role, Glossary(database, "stranger").role) == (ADMINISTRATOR, TRANSLATOR)


def test_a_role_of_the_settings_is_changed_there_and_counts_as_an_administrator(database: Database) -> None:
    file = settle(f'[roles]\n"{ANNA}" = "administrator"\n')
    anna = Glossary(database, ANNA)
    assert anna.set_role("tom", READER) is False
    assert anna.roles().given == {ANNA: ADMINISTRATOR, "tom": READER}
    with pytest.raises(GlossaryError, match=f"^{file} gives {ANNA} the role of administrator"):
        anna.set_role(ANNA, READER)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[roles]\ntom = "boss"', "gives “tom” the role 'boss', which is none: there are reader, translator, "),
        ("[roles]\ndefault = 3", "gives “default” the role 3, which is none"),
        ('roles = "reader"', r"sets roles, which should be a table: write \[roles\] in a line of its own"),
    ],
)
def test_a_role_that_is_none_is_refused_with_the_name_of_the_file(text: str, sentence: str, database: Database) -> None:
    file = settle(text)
    with pytest.raises(Exception, match=f"^{file} {sentence}") as found:
        Glossary(database, "tom").propose(concept("台"))
    assert str(found.value).count(". ") == 0


def test_the_table_of_roles_is_no_unknown_setting() -> None:
    settle('model = "labse"\n[roles]\ndefault = "reader"\n')
    assert read_settings().model == "labse"
    assert settled_roles().others is READER


def test_who_signs_in_first_is_no_administrator(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "new.sqlite")
    with pytest.raises(NotAllowedError, match=r"^nobody has been given a role here, .*settings\.toml\.$"):
        Glossary.among_others(database, ANNA)
    settle('[roles]\ndefault = "reader"\n')
    assert Glossary.among_others(database, ANNA).role is READER


@pytest.mark.parametrize(
    ("email", "verified"),
    [(None, True), ("", True), ("anna", True), (7, True), (ANNA, False), (ANNA, "false"), (ANNA, None)],
)
def test_an_account_without_a_verified_address_is_nobody(
    email: object, verified: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUIZHAO_USER", "chief")
    with pytest.raises(NotAllowedError):
        signed_in(email, verified)


def test_an_address_is_one_person_however_it_is_written() -> None:
    assert signed_in(" Anna@Example.ORG ", "True") == current_user("ANNA@example.org") == ANNA
