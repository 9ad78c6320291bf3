"""What is set aside stays so, with its reason, until it is brought back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import store_databases

from glossary.dismissals import CHECK, CONFLICT, Dismissal, Dismissals
from glossary.errors import GlossaryError, NotAllowedError, NotInGlossaryError
from glossary.glossary import Glossary
from glossary.rules import Role


@pytest.fixture(params=store_databases.KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return store_databases.place(request.param, tmp_path)


def _timeless(found: Dismissal) -> Dismissal:
    return replace(found, time="")


def test_what_is_dismissed_is_so_in_the_next_session_too(place: str) -> None:
    with Dismissals.open(place, "anna") as first:
        first.dismiss(["k1", "k2"], CHECK, {"k1": "number\n differs", "k2": "term"}, " as in the  source ")
    with Dismissals.open(place, "ben") as second:
        assert {key: _timeless(one) for key, one in second.of(["k2", "k1", "k3"]).items()} == {
            "k2": Dismissal("k2", CHECK, "term", True, "as in the  source", "anna", ""),
            "k1": Dismissal("k1", CHECK, "number differs", True, "as in the  source", "anna", ""),
        }
        assert [one.key for one in second.all()] == ["k2", "k1"]
        assert second.all(CONFLICT) == ()


def test_the_newest_word_on_a_key_holds(place: str) -> None:
    with Dismissals.open(place, "anna") as found:
        found.dismiss(["k"], CHECK, "a \0 line", "one")
        found.recall(["k"], "seen again")
        assert _timeless(found.of(["k"])["k"]) == Dismissal("k", CHECK, "a \0 line", False, "seen again", "anna", "")
        assert found.all() == ()
        found.dismiss(["k"], CHECK, "a line", "two")
        assert [one.reason for one in found.all(CHECK)] == ["two"]


def test_many_are_dismissed_at_once(place: str) -> None:
    keys = [f"k{number}" for number in range(900)]
    with Dismissals.open(place, "anna") as found:
        found.dismiss(keys, CHECK, "line", "why")
        assert list(found.of(keys)) == keys


def test_without_a_reason_nothing_is_dismissed(place: str) -> None:
    with Dismissals.open(place, "anna") as found:
        with pytest.raises(GlossaryError) as error:
            found.dismiss(["k"], CHECK, "line", "  ")
        assert str(error.value) == "dismissing needs a reason, for those who come after; give one with --reason “…”."
        with pytest.raises(GlossaryError) as error:
            found.dismiss(["k", ""], CHECK, "line", "why")
        assert str(error.value) == "“” is no key of anything that could be dismissed; copy it as shown."
        assert found.all() == ()


def test_only_what_is_dismissed_is_brought_back(place: str) -> None:
    with Dismissals.open(place, "anna") as found:
        found.dismiss(["k"], CHECK, "line", "why")
        with pytest.raises(NotInGlossaryError) as error:
            found.recall(["k", "other"])
        assert str(error.value) == "nothing with the key “other” is dismissed."
        assert [one.key for one in found.all()] == ["k"]


def test_translators_dismiss_findings_and_terminologists_conflicts(place: str) -> None:
    with Glossary.open(place, "chief") as glossary:
        glossary.set_role("tina", Role.TRANSLATOR)
        glossary.set_role("rita", Role.READER)
    with Dismissals.open(place, "tina") as found:
        found.dismiss(["k"], CHECK, "line", "why")
        with pytest.raises(NotAllowedError) as error:
            found.dismiss(["c"], CONFLICT, "line", "why")
        assert str(error.value) == (
            "tina is a translator and may not decide here (dismiss a finding of the kind “conflict”); "
            "ask a terminologist."
        )
    with Dismissals.open(place, "rita") as found, pytest.raises(NotAllowedError):
        found.recall(["k"])
    with Dismissals.open(place, "chief") as found:
        found.dismiss(["c"], CONFLICT, "line", "why")
    with Dismissals.open(place, "tina") as found, pytest.raises(NotAllowedError):
        found.recall(["k", "c"])
