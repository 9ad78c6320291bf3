"""``duizhao term`` on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import Outcome, duizhao
from test_precedents import COMBATANTS, FIGHTERS, FRAMES, OTHERS, chinese, framed, store

from align.errors import InputError
from cli import term_report
from cli.filters import filters, year_range
from search.corpus import Corpus
from search.precedents.evidence import TermResult
from search.records import Filters

Term = Callable[..., Outcome]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A corpus in which a rendering has changed."""
    place = tmp_path / "corpus.sqlite"
    with Corpus.open(place) as corpus:
        store(corpus, OTHERS, "A/77/1", "2022-01-01")
        for year in range(2011, 2016):
            store(
                corpus,
                framed(COMBATANTS, "foreign terrorist fighters", (year % 6,)),
                f"A/RES/{year}/1",
                f"{year}-12-01",
            )
        for year in range(2016, 2022):
            store(
                corpus, framed(FIGHTERS, "foreign terrorist fighters", (year % 6,)), f"A/RES/{year}/1", f"{year}-12-01"
            )
        corpus.add_document(chinese(FRAMES[0][0].format(FIGHTERS)))
    return place


@pytest.fixture
def term(db: Path) -> Term:
    def run(*arguments: object) -> Outcome:
        return duizhao("term", *arguments, "--db", db)

    return run


def refused(outcome: Outcome) -> str:
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1), outcome
    return outcome.err.removeprefix("duizhao: ").removesuffix("\n")


def test_the_summary_comes_first_then_evidence_then_usage_over_time(term: Term) -> None:
    found = term("foreign terrorist fighters", "--evidence", 1)
    assert (found.code, found.err) == (0, "")
    assert re.sub(r"automatic · 0\.\d\d", "automatic · 0.xx", found.out) == (
        "foreign terrorist fighters  11 times in 11 documents, 2 renderings\n"
        "\n"
        "  外国恐怖主义战斗人员  ████████████████████ 6  2016–2021  RES 6\n"
        "  外国恐怖主义作战人员  █████████████████    5  2011–2015  RES 5\n"
        "\n"
        "1  外国恐怖主义战斗人员\n"
        "   The court tried three [foreign terrorist fighters].\n"
        "   法院审判了三名[外国恐怖主义战斗人员]。\n"
        "   A/RES/2021/1 · 2021-12-01 · General Assembly · automatic · 0.xx · pair 17\n"
        "\n"
        "2  外国恐怖主义作战人员\n"
        "   The court tried three [foreign terrorist fighters].\n"
        "   法院审判了三名[外国恐怖主义作战人员]。\n"
        "   A/RES/2015/1 · 2015-12-01 · General Assembly · automatic · 0.xx · pair 11\n"
        "\n"
        "share by year, 2011–2021\n"
        "  外国恐怖主义战斗人员       ██████  6\n"
        "  外国恐怖主义作战人员  █████        5\n"
        "  战斗 overtakes 作战 in 2016 (A/RES/2016/1)\n"
    )


def answer(outcome: Outcome) -> dict[str, Any]:
    assert (outcome.code, outcome.err) == (0, "")
    return json.loads(outcome.out)


def test_json_has_all_renderings_with_all_their_evidence(term: Term) -> None:
    found = answer(term(FIGHTERS, "--json"))
    assert set(found) == {
        "query", "lang", "signature", "count", "renderings", "timeline", "bodies", "turning_points", "likely",
        "unrendered", "missing", "longer",
    }  # fmt: skip
    assert (found["query"], found["lang"], found["count"]) == (FIGHTERS, "zh", 6)
    assert found["missing"] == {"unpaired": 1, "unpaired_documents": 1, "lists": 0}
    (rendering,) = found["renderings"]
    expected = {
        "text": "foreign terrorist fighters",
        "variants": [],
        "count": 6,
        "documents": 6,
        "first_date": "2016-12-01",
        "last_date": "2021-12-01",
        "types": {"RES": 6},
        "checked": 0,
        "doubtful": 0,
        "doubt": "",
    }
    assert {key: rendering[key] for key in expected} == expected
    assert 0.8 < rendering["confidence"] <= 1
    first = rendering["evidence"][0]
    assert len(rendering["evidence"]) == 6
    confidence = first.pop("confidence")
    assert 0.8 < confidence <= 1
    assert first == {
        "pair_id": 17,
        "symbol": "A/RES/2021/1",
        "paragraph": "",
        "date": "2021-12-01",
        "body": "General Assembly",
        "type": "RES",
        "zh": "法院审判了三名外国恐怖主义战斗人员。",
        "en": "The court tried three foreign terrorist fighters.",
        "zh_span": [7, 17],
        "en_span": [22, 48],
        "status": "automatic",
    }


def test_json_has_the_turning_point_and_the_years(term: Term) -> None:
    found = answer(term("foreign terrorist fighters", "--json", "--evidence", 0))
    (point,) = found["turning_points"]
    assert point.pop("p") <= 0.05
    assert point == {
        "before": COMBATANTS,
        "after": FIGHTERS,
        "year": 2016,
        "date": "2016-12-01",
        "symbol": "A/RES/2016/1",
        "share_before": 0.0,
        "share_after": 1.0,
        "sentence": "战斗 overtakes 作战 in 2016 (A/RES/2016/1)",
    }
    assert found["timeline"][0] == {"year": 2011, "body": "", "rendering": COMBATANTS, "count": 1, "share": 1.0}
    assert found["bodies"] == {"General Assembly": {FIGHTERS: 6, COMBATANTS: 5}}
    assert [one["evidence"] for one in found["renderings"]] == [[], []]


def test_filters_and_the_number_of_renderings_are_options(term: Term) -> None:
    found = answer(
        term("foreign terrorist fighter", "--json", "--years", "-2015", "--type", "res", "--symbol", "A/RES/*")
    )
    assert [(one["text"], one["count"]) for one in found["renderings"]] == [(COMBATANTS, 5)]
    assert [one["text"] for one in answer(term("foreign terrorist fighters", "--json", "--top", 1))["renderings"]] == [
        FIGHTERS
    ]
    assert "\n  and 1 more; --top shows them\n" in term("foreign terrorist fighters", "--top", 1).out


def test_what_has_no_other_language_is_said_plainly(term: Term) -> None:
    found = term(FIGHTERS, "--evidence", 0, "--years", "2016-")
    assert found.out.startswith(f"{FIGHTERS}  6 times in 6 documents, 1 rendering\n")
    found = term(FIGHTERS, "--evidence", 0)
    assert found.out.splitlines()[3] == (
        "1 more paragraph of 1 document holds it, with no English beside it; if that is missing, add it "
        "with “duizhao add”"
    )


def test_a_term_that_nothing_holds_is_an_answer(term: Term) -> None:
    found = term("水獭")
    assert (found.code, found.out, found.err) == (0, "水獭  in no Chinese paragraph that was asked\n", "")


def test_longer_names_are_counted_apart_unless_inside_is_asked(term: Term) -> None:
    apart = term("战斗人员", "--longer", FIGHTERS, "--evidence", 0)
    assert apart.out == f"战斗人员  no rendering yet\n{FIGHTERS}: 7 more, counted apart; look it up, or --inside\n"
    inside = answer(term("战斗人员", "--longer", FIGHTERS, "--inside", "--json"))
    assert (inside["count"], inside["longer"]) == (6, [])


def test_a_plot_is_drawn_beside_the_answer(term: Term, tmp_path: Path) -> None:
    target = tmp_path / "plot.svg"
    found = term("foreign terrorist fighters", "--plot", target, "--evidence", 0)
    assert (found.code, found.err) == (0, f"drawn in {target}\n")
    assert "战斗 overtakes 作战 in 2016" in target.read_text("utf8")


def test_what_cannot_be_drawn_is_refused_before_the_work(term: Term) -> None:
    assert (
        refused(term("foreign", "--plot", "plot.gif"))
        == "plot.gif: a picture is drawn as .svg or .png; name the file so."
    )


def test_errors_are_one_plain_sentence(term: Term) -> None:
    assert refused(term("？")) == "“？” holds no word to look up; give a term in Chinese or English."
    assert (
        refused(term("a", "--years", "soon")) == "--years soon is not understood; give 2015-2020, 2015, 2015- or -2020."
    )
    assert refused(term("a", "--status", "good")) == "--status good is not known; give checked or automatic."
    assert refused(term("a", "--type", "poem")).startswith("--type poem is not known; give one of treaty, RES, ")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("", None),
        ("2015-2020", (2015, 2020)),
        ("2015–2020", (2015, 2020)),
        ("2015", (2015, 2015)),
        ("2015-", (2015, 9999)),
        ("-2020", (1, 2020)),
    ],
)
def test_years_are_read_as_people_write_them(text: str, years: tuple[int, int] | None) -> None:
    assert year_range(text) == years


@pytest.mark.parametrize("text", ["-", "20", "2015-2020-", "２０１５a"])
def test_other_years_are_not_understood(text: str) -> None:
    with pytest.raises(InputError, match="is not understood; give 2015-2020"):
        year_range(text)


def test_years_that_end_before_they_begin_are_turned_round_in_the_message() -> None:
    with pytest.raises(InputError, match="--years 2020-2015 ends before it begins; give 2015-2020"):
        year_range("2020-2015")


def test_all_options_together_are_filters() -> None:
    assert filters("A/RES/*", "General Assembly", "res", "2015", "checked", 0.5) == Filters(
        "A/RES/*", "General Assembly", "res", (2015, 2015), "checked", 0.5
    )
    assert filters() == Filters()


def test_control_characters_in_a_term_are_shown_as_pictures() -> None:
    lines = [line.plain for line in term_report.term_text(TermResult("a\x1b[31m", "en", ()), 10, 3)]
    assert lines == ["a␛[31m  in no English paragraph that was asked"]


def test_a_guess_at_what_was_not_found_is_not_marked(tmp_path: Path) -> None:
    place = tmp_path / "odd.sqlite"
    with Corpus.open(place) as corpus:
        store(corpus, OTHERS, "A/77/1", "2022-01-01")
        store(corpus, [(OTHERS[1][0], FRAMES[0][1].format("water taxis"))], "A/1", "2020")
    found = duizhao("term", "water taxis", "--db", place)
    assert found.out.splitlines() == [
        "water taxis  no rendering yet",
        "1 paragraph: no rendering was found there",
        "",
        "no rendering found",
        "   The Council discussed the threat posed by [water taxis].",
        "   渔民在湖边修理船只。",
        found.out.splitlines()[-1],
    ]
