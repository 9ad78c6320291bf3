"""Terms of the glossary in running text: longest match, both scripts, inflection, spans of the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.concepts import Concept, Term, TermType
from glossary.matching import TermMatcher

Found = list[tuple[str, str]]


def concept(identifier: str, *texts: str) -> Concept:
    terms = [Term(f"t{k}", "en" if text.isascii() else "zh", text) for k, text in enumerate(texts)]
    return Concept(identifier, terms=tuple(terms))


def found(text: str, *terms: str) -> Found:
    """The words found and the terms that they are, each term a concept of its own."""
    language = "en" if all(term.isascii() for term in terms) else "zh"
    matcher = TermMatcher.of([concept(f"c{k}", term) for k, term in enumerate(terms)], language)
    return [(text[one.start : one.end], one.term.text) for one in matcher.find(text)]


def test_a_term_inside_a_longer_one_is_not_found() -> None:
    assert found("国际刑警组织与刑警组织", "刑警组织", "国际刑警组织") == [
        ("国际刑警组织", "国际刑警组织"),
        ("刑警组织", "刑警组织"),
    ]
    assert found("sustainable development and development", "development", "sustainable development") == [
        ("sustainable development", "sustainable development"),
        ("development", "development"),
    ]


def test_a_shorter_term_is_found_where_the_longer_one_breaks_off() -> None:
    assert found("foreign terrorist groups", "foreign terrorist fighter", "foreign terrorist") == [
        ("foreign terrorist", "foreign terrorist")
    ]
    assert found("国际刑警", "国际刑警组织", "国际") == [("国际", "国际")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("與國際刑警組織合作", "國際刑警組織"),
        ("国际 刑警 组织", "国际 刑警 组织"),
        ("国际刑警\n组织", "国际刑警\n组织"),
        ("𠀋国际刑警组织”", "国际刑警组织"),
    ],
)
def test_chinese_is_found_whatever_its_script_and_spacing(text: str, words: str) -> None:
    assert found(text, "国际刑警组织") == [(words, "国际刑警组织")]


def test_latin_letters_in_a_chinese_term_are_a_whole_word() -> None:
    assert found("其ＩＰ 地址，VIP地址", "IP地址") == [("ＩＰ 地址", "IP地址")]


@pytest.mark.parametrize(
    ("text", "term", "words"),
    [
        ("three Fighters", "fighter", "Fighters"),
        ("the fighter’s family", "fighters", "fighter"),
        ("the States’ parties", "state party", "States’ parties"),
        ("women and children", "child", "children"),
        ("counterterrorism", "counter-terrorism", "counterterrorism"),
        ("Counter terrorism", "counterterrorism", "Counter terrorism"),
        ("co-operation", "cooperation", "co-operation"),
        ("an organisation", "organization", "organisation"),
        ("the early\nwarning", "early-warning", "early\nwarning"),
        ("the U.N. has", "UN", "U.N"),
        ("HIV/AIDS", "HIV/AIDS", "HIV/AIDS"),
        ("Cafe\u0301s", "caf\u00e9", "Cafe\u0301s"),
    ],
)
def test_english_is_found_in_other_numbers_cases_and_spellings(text: str, term: str, words: str) -> None:
    matcher = TermMatcher([("c1", Term("t1", "en", term))], "en")
    assert [text[one.start : one.end] for one in matcher.find(text)] == [words]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("not able", "notable"),
        ("artfact", "art"),
        ("who came", "WHO"),
        ("the state. Party lines", "state party"),
        ("rights, duties", "rights duties"),
        ("economic growth", "economics"),
    ],
)
def test_what_only_looks_like_a_term_is_not_found(text: str, term: str) -> None:
    assert found(text, term) == []


def test_an_abbreviation_is_found_in_capitals() -> None:
    assert found("WHO came, who went", "WHO") == [("WHO", "WHO")]


def test_capitals_say_nothing_where_all_terms_are_in_capitals_but_for_function_words() -> None:
    assert found("arms for its work", "ARMS", "ITS", "PEACE") == [("arms", "ARMS")]
    known = Term("t1", "en", "ARMS", type=TermType.ABBREVIATION)
    assert TermMatcher([("c1", known), ("c2", Term("t2", "en", "PEACE"))], "en").find("arms") == []


def test_a_term_of_two_concepts_is_found_once_for_each() -> None:
    matcher = TermMatcher.of([concept("c1", "bank", "银行"), concept("c2", "Bank", "河岸")], "en")
    assert [(one.concept, one.start, one.end) for one in matcher.find("the banks")] == [("c1", 4, 9), ("c2", 4, 9)]


def test_terms_of_other_languages_are_left_out_and_traditional_ones_are_chinese() -> None:
    terms = [("c1", Term("t1", "zh-Hant", "測站")), ("c1", Term("t2", "en", "station")), ("c2", Term("t3", "en", "!"))]
    assert (len(TermMatcher(terms, "zh")), len(TermMatcher(terms, "en"))) == (1, 1)
    assert [one.term.text for one in TermMatcher(terms, "zh").find("测站")] == ["測站"]
    assert TermMatcher([], "en").find("station") == []


@given(st.text(alphabet="ab 国際际-’.é\u0301\n", max_size=40))
def test_matches_lie_in_the_text_in_order_and_apart(text: str) -> None:
    for language, terms in (("en", ("a", "ab", "b a", "ba-b")), ("zh", ("国", "国际", "a国", "际 b"))):
        matcher = TermMatcher([("c", Term("", language, term)) for term in terms], language)  # type: ignore[arg-type]
        ends = [0]
        for one in matcher.find(text):
            assert ends[-1] <= one.start < one.end <= len(text)
            ends.append(one.end)
