"""``duizhao glossary`` on the command line."""

from __future__ import annotations

import json

import pytest
import typer
from commands import Outcome
from typer.testing import CliRunner

from cli import glossary_commands
from cli.failures import PoliteGroup

app = typer.Typer(cls=PoliteGroup, pretty_exceptions_enable=False)
app.add_typer(glossary_commands.app, name="glossary")


@pytest.fixture(autouse=True)
def _somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIZHAO_USER", "anna")


def glossary(*arguments: object) -> Outcome:
    result = CliRunner().invoke(app, ["glossary", *map(str, arguments)], catch_exceptions=False)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def done(*arguments: object) -> str:
    outcome = glossary(*arguments)
    assert (outcome.code, outcome.err) == (0, ""), outcome
    return outcome.out


def refused(*arguments: object) -> str:
    outcome = glossary(*arguments)
    assert (outcome.code, outcome.out) == (2, ""), outcome
    return outcome.err.splitlines()[-1].removeprefix("duizhao: ")


def shown(which: str) -> dict[str, object]:
    return json.loads(done("show", which, "--json"))


def test_a_concept_is_proposed_approved_shown_and_listed() -> None:
    assert done("propose", "--zh", "观测站", "--en", "station", "--set", "subject=hydrology", "--reason", "new") == (
        "c1  ◔ proposed  观测站 · station\nevent 1; “duizhao glossary undo” takes it back\n"
    )
    assert done("approve", "station", "--user", "bob") == (
        "c1  ● approved  观测站 · station\nevent 2; “duizhao glossary undo” takes it back\n"
    )
    done("edit", "c1", "--set", "definition.en=Where water is observed.", "--set", "definition.en.source=Manual")
    assert done("show", "観测站".replace("観", "觀")) == (
        "c1  version 3  hydrology\n"
        "\n"
        "zh  ● approved\n"
        "    观测站                                        preferred  t1\n"
        "\n"
        "en  ◑ in review\n"
        "    Where water is observed. (Manual)\n"
        "    station                                       preferred  t2\n"
    )
    assert done("list") == "c1  zh ● approved, en ◑ in review  观测站 · station  hydrology\n"
    assert done("list", "--status", "rejected") == ""
    assert json.loads(done("list", "站", "--json")) == [shown("c1")]
    assert shown("c1") == {
        "version": 3,
        "id": "c1",
        "subject": "hydrology",
        "definitions": [{"language": "en", "text": "Where water is observed.", "source": "Manual"}],
        "terms": [
            {"id": "t1", "language": "zh", "text": "观测站", "usage": "preferred"},
            {"id": "t2", "language": "en", "text": "station", "usage": "preferred"},
        ],
        "workflow": {"zh": "approved", "en": "in-review"},
    }


def test_a_term_that_is_there_already_is_warned_of() -> None:
    done("propose", "--zh", "观测站", "--en", "station")
    found = glossary("propose", "--zh", "觀測站", "--en", "Stations", "--en", "station", "--json")
    assert found.err.splitlines() == [
        "warning: “觀測站” differs in script variant only from “观测站” of c1",
        "warning: “Stations” differs in plural or article only from “station” of c1",
        "warning: “station” is a term of c1",
    ]
    answer = json.loads(found.out)
    assert [one["differs_in"] for one in answer["similar"]] == ["script variant", "plural or article", "same"]
    assert [event["concept"] for event in answer["events"]] == ["c2"]


def test_many_are_decided_at_once_with_a_preview_and_one_undo() -> None:
    for text in ("站", "台", "所"):
        done("propose", "--zh", text)
    before = done("list")
    preview = done("approve", "--status", "proposed", "--dry-run")
    assert preview.splitlines()[:3] == [
        "c1  站",
        "       term/t1/usage: – → preferred",
        "       workflow/zh: proposed → approved",
    ]
    assert preview.splitlines()[-1] == "3 concepts; nothing is changed yet"
    assert done("list") == before
    assert len(json.loads(done("reject", "c1", "c2", "--dry-run", "--json"))["changes"]) == 2
    assert done("approve", "--status", "proposed").splitlines()[-1] == (
        "event 4; “duizhao glossary undo” takes it back"
    )
    assert len(json.loads(done("list", "--status", "approved", "--json"))) == 3
    done("undo", "--reason", "too early")
    assert done("list") == before


def test_an_edit_of_an_earlier_version_shows_both_and_merges_on_request() -> None:
    done("propose", "--zh", "站", "--en", "station")
    done("edit", "c1", "--set", "subject=hydrology", "--user", "bob")
    stale = glossary("edit", "c1", "--version", 1, "--set", "note=mine")
    assert stale.err.splitlines() == [
        "warning: theirs: subject: – → hydrology",
        "warning: yours: note: – → mine",
        "warning: give --merge to have both, where they are about different things",
        "duizhao: c1 (站) has been changed by bob since you read version 1: it is now version 2, "
        "and nothing was overwritten.",
    ]
    done("edit", "c1", "--version", 1, "--set", "note=mine", "--merge")
    assert (shown("c1")["subject"], shown("c1")["note"]) == ("hydrology", "mine")
    other = ("edit", "c1", "--version", 1, "--set", "subject=rivers", "--merge")
    assert refused(*other).startswith("c1 was changed in the same places since version 1 (subject); take yours with")
    done(*other, "--mine", "subject")
    assert shown("c1")["subject"] == "rivers"
    assert refused("approve", "c1", "--version", 1).startswith("c1 (站) was read as version 1, and anna has changed it")


def test_terms_are_added_removed_and_given_a_usage() -> None:
    done("propose", "--zh", "站", "--en", "station", "--term", "zh-Hant:測站")
    done("edit", "c1", "--add", "en:post", "--prefer", "station", "--deprecate", "站", "--admit", "t3")
    done("edit", "c1", "--prefer", "post", "--set", "t3.type=variant", "--set", "post.part_of_speech=noun")
    done("edit", "c1", "--remove", "站", "--set", "t3.note=Taiwan")
    assert shown("c1")["terms"] == [
        {"id": "t2", "language": "en", "text": "station", "usage": "admitted"},
        {
            "id": "t3",
            "language": "zh-Hant",
            "text": "測站",
            "usage": "admitted",
            "type": "variant",
            "note": "Taiwan",
        },
        {"id": "t4", "language": "en", "text": "post", "usage": "preferred", "part_of_speech": "noun"},
    ]


def test_concepts_are_merged_split_restored_and_their_history_told() -> None:
    done("propose", "--zh", "站", "--en", "station")
    done("propose", "--zh", "台", "--reason", "from a letter")
    done("merge", "c1", "c2", "--reason", "the same")
    assert refused("show", "c2").startswith("c2 was merged into c1 by anna on ")
    done("split", "c1", "台")
    done("comment", "c3", "why?", "--user", "bob")
    assert [one["text"] for one in json.loads(done("restore", "c1", 2, "--json"))["terms"]] == ["站", "station", "台"]
    lines = done("history", "--limit", 0).splitlines()
    assert [" ".join(line.split()[3:]) for line in lines if line[:5].strip()] == [
        "anna propose c1 → version 1",
        "anna propose c2 → version 1",
        "anna merge c1 → version 2",
        "anna merge c2 → gone (part of 3)",
        "anna split c1 → version 3",
        "anna split c3 → version 1 (part of 5)",
        "bob comment c3",
        "anna restore c1 → version 4",
    ]
    told = json.loads(done("history", "c2", "--json"))
    assert [(one["action"], one["reason"], one["after"] is None) for one in told] == [
        ("propose", "from a letter", False),
        ("merge", "the same", True),
    ]
    assert len(json.loads(done("history", "--limit", 3, "--json"))) == 3


def test_roles_are_given_and_shown() -> None:
    assert done("roles") == "nobody has been given a role, so everyone is an administrator\n"
    given = glossary("roles", "bob", "reader")
    assert given.err == "anna is an administrator now, so that someone can give roles.\n"
    assert given.out == "anna: administrator\nbob: reader\nall others are translators; you are anna, administrator\n"
    assert refused("propose", "--zh", "站", "--user", "bob").startswith("bob is a reader and may not suggest here")
    assert json.loads(done("roles", "--json")) == {"anna": "administrator", "bob": "reader"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["propose"], "give the terms of a new concept with --zh and --en, or concepts that are there by their ids."),
        (["propose", "--term", "站"], "“站” is no term; write the language and the words, as in zh:秘书长."),
        (["approve"], "name concepts by id or term, or choose them with --status and --subject."),
        (["approve", "c1", "c2", "--version", "1"], "--version goes with one concept; leave it out for several."),
        (["reject", "--status", "candidate"], "no concept is so; “duizhao glossary list” shows what there is."),
        (
            ["retire", "c1"],
            "c1 (站) is proposed in zh and cannot become retired; it can become in review or approved or rejected.",
        ),
        (["edit", "c1"], "nothing is to be changed; give --add, --remove, --prefer, --deprecate or --set."),
        (
            ["edit", "c1", "--set", "subject"],
            "“subject” sets nothing; write FIELD=VALUE, as in subject=law or t5.usage=admitted.",
        ),
        (
            ["edit", "c1", "--set", "t1.usage=good"],
            "“good” is no usage of a term; write preferred, admitted, deprecated, superseded, or nothing.",
        ),
        (
            ["edit", "c1", "--set", "t1.part_of_speech=n"],
            "“n” is no part of speech; write noun, verb, adjective, adverb, other.",
        ),
        (
            ["edit", "c1", "--set", "definition.en.source=x"],
            "there is no definition.en.source; write definition.en=WORDS first.",
        ),
        (["edit", "c1", "--remove", "台"], "c1 (站) has no term “台”; it has t1 站."),
        (
            ["edit", "c1", "--remove", "站"],
            "c1 has no term; a concept needs at least one, so give one or reject the concept.",
        ),
        (["show", "c7"], "there is no concept or term “c7” in the glossary."),
        (["show", "c1", "--version", "7"], "c1 has no version 7; “duizhao glossary history c1” lists them."),
        (["undo", "9" * 30], f"there is no event {'9' * 30} in the log; “duizhao glossary history” lists them."),
        (["restore", "c1", "9" * 30], f"c1 has no version {'9' * 30}; “duizhao glossary history c1” lists them."),
        (["undo", "99"], "there is no event 99 in the log; “duizhao glossary history” lists them."),
        (["comment", "c1", " "], "the comment is empty; say something."),
        (["roles", "bob"], "give a user and a role: reader, translator, terminologist or administrator."),
        (
            ["propose", "--zh", "台", "--user", "a\nb"],
            "“a b” is no user's name; give one of up to 100 visible characters.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(arguments: list[str], sentence: str) -> None:
    done("propose", "--zh", "站")
    assert refused(*arguments) == sentence
    assert len(json.loads(done("history", "--json"))) == 1


def test_a_glossary_that_is_not_there_is_not_made_by_looking_at_it() -> None:
    for command in (["list"], ["show", "c1"], ["history"], ["approve", "c1"]):
        assert refused(*command).startswith("there is no corpus at ")
