"""Folding: what a person takes for the same text is the same, and every place leads back to the original."""

from __future__ import annotations

import pytest
from conftest import SHARED
from hypothesis import given, settings
from hypothesis import strategies as st

from search.folding import fold, folded

ALPHABET = (
    "aBcİßﬁéÅ　 \t\n-‐—‘’“”「」·。，、第１2屆台臺觀观测國乾ｶﾞ…①㎏ǅ한"
    "\u0301\u3099\u200b\u200d\ufeff\u00ad\U00020000\ufe0f\u1112\u1161"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("國際刑事警察組織", "国际刑事警察组织"),
        ("第 67 屆會議", "第67届会议"),
        ("第６７届", "第67届"),
        ("Secretary‑General", "secretary general"),
        ("Member  States’ duties", "member states' duties"),
        ("decision–making", "Decision-Making"),
        ("ﬁnal caf\u0065\u0301", "FINAL CAFÉ"),
        ("水资\n源", "水资源"),
        ("“引文”，见下", '"引文",见下'),
        ("co\u00adoperate", "cooperate"),
        ("\U0002070e字", "\U0002070e 字"),
    ],
)
def test_these_are_looked_up_as_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("战斗人员", "作战人员"), ("states", "state s"), ("1.5", "15"), ("can", "cant"), ("土", "士")]
)
def test_these_are_not(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_places_lead_back_to_the_original() -> None:
    text = "见　第 ６７\n屆 Secretary‑General’s ﬁle e\u0301"
    found = fold(text)
    assert found.text == "见第67届secretary general's file é"
    phrases = ("67届", "general's", "file", "fi", "é", "y g")
    assert [[text[start:end] for start, end in found.find(folded(phrase))] for phrase in phrases] == [
        ["６７\n屆"],
        ["General’s"],
        ["ﬁle"],
        ["ﬁ"],
        ["e\u0301"],
        ["y‑G"],
    ]
    assert found.find("") == ()
    assert fold("aaaa").find("aa") == ((0, 2), (2, 4))


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(ALPHABET) | st.characters(), max_size=30))
def test_both_ways_of_folding_agree_and_folding_again_changes_nothing(text: str) -> None:
    found = fold(text)
    assert found.text == folded(text)
    assert folded(found.text) == found.text
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert list(found.starts) == sorted(found.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))


@pytest.mark.shared
def test_both_ways_agree_on_real_documents() -> None:
    for path in sorted((SHARED / "un" / "docs").glob("*/*.txt"))[:12]:
        for line in path.read_text("utf-8").splitlines():
            assert fold(line).text == folded(line)
