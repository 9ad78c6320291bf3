"""What a person would take for the same term is found, and what is another name is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from glossary_made_up import concept, term

from glossary.duplicates import Keys, Known, Likeness, Similar, keys, similar
from glossary.glossary import Glossary


def likeness(text: str, other: str) -> str:
    found = similar(text, [Known("c1", "t1", "", other, keys(other))])
    return str(found[0].likeness) if found else ""


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("station", "station", "same"),
        ("Station", "station", "case"),
        ("觀測站", "观测站", "script variant"),
        ("ＡＢ站", "AB站", "script variant"),
        ("counter-terrorism", "counter terrorism", "spacing"),
        ("counterterrorism", "counter-terrorism", "spacing"),
        ("观测 站", "观测站", "spacing"),
        ("《观测公约》", "观测公约", "punctuation"),
        ("U.N.", "UN", "punctuation"),
        ("foreign fighters", "foreign fighter", "plural or article"),
        ("policies", "Policy", "plural or article"),
        ("the Security Council", "Security Council", "plural or article"),
        ("protection of children", "child protection", "word order"),
        ("和平与安全", "安全与和平", "word order"),
        ("organisation of work", "organization of work", "spelling"),
        ("外国恐怖主义战斗人员", "外国恐怖主义作战人员", "spelling"),
    ],
)
def test_what_differs_little_is_found_with_what_differs(text: str, other: str, expected: str) -> None:
    assert (likeness(text, other), likeness(other, text)) == (expected, expected)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("resolution 1373", "resolution 1374"),
        ("import", "export"),
        ("站", "台"),
        ("法院", "法庭"),
        ("", "station"),
        ("…", "——"),
        ("station", "observation"),
    ],
)
def test_other_names_are_left_alone(text: str, other: str) -> None:
    assert (likeness(text, other), likeness(other, text)) == ("", "")


def test_a_term_is_compared_by_its_folded_words() -> None:
    assert keys("The Protection of Children’s Rights") == Keys(
        "the protection of children's rights",
        "theprotectionofchildrensrights",
        "child protection right s",
    )


def test_the_likest_comes_first_and_the_concept_itself_is_left_out(tmp_path: Path) -> None:
    with Glossary.open(tmp_path / "corpus.sqlite", "anna") as glossary:
        glossary.add([concept("stations"), concept("station", "观测站"), concept("Station")])
        found = glossary.similar("station", "en-GB", besides="c3")
        assert found == (
            Similar("c2", "t2", "en", "station", Likeness.SAME),
            Similar("c1", "t1", "en", "stations", Likeness.PLURAL),
        )
        assert glossary.similar("觀測站", "zh-Hant") == (Similar("c2", "t3", "zh", "观测站", Likeness.SCRIPT),)
        given = [term("Station"), term("水"), term("观测站")]
        assert {text: [one.concept for one in likes] for (_, text), likes in glossary.warnings(given).items()} == {
            "Station": ["c3", "c2", "c1"],
            "观测站": ["c2"],
        }
