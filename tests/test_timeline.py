"""Renderings over time: counts, shares, and the turning point, on made-up histories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from align.errors import InputError, OutputError
from align.table import BeadKind, BeadRecord
from search.precedents.evidence import Evidence, Rendering, TermResult
from search.precedents.timeline import DatedUse, Point, by_body, by_year, telling_parts, turning_points
from search.precedents.timeline_chart import check_plot, draw, spread, title_of, write_plot
from search.records import StoredPair

OLD, NEW, THIRD = "河流公约", "水道公约", "流域公约"


def history(*years: tuple[int, str], body: str = "") -> list[DatedUse]:
    """A document for each letter of a year's text, with one use of OLD (a), NEW (b) or THIRD (c)."""
    uses = []
    for year, letters in years:
        for k, letter in enumerate(letters):
            number = year * 100 + k
            label, date = f"A/RES/{year - 1945}/{k + 1}", f"{year}-{k % 12 + 1:02d}-15"
            uses.append(DatedUse({"a": OLD, "b": NEW, "c": THIRD}[letter], number, label, date, body))
    return uses


SWITCH = history((2011, "aaa"), (2012, "aaab"), (2013, "aa"), (2014, "bb"), (2015, "bbab"), (2016, "bbb"))


def test_years_are_counted_for_all_bodies_and_for_each() -> None:
    uses = [
        DatedUse(OLD, 1, "A/1", "2014-03-01", "General Assembly"),
        DatedUse(NEW, 2, "S/2", "2014", "Security Council"),
        DatedUse(NEW, 2, "S/2", "2014", "Security Council"),
        DatedUse(NEW, 3, "X/3", "2016-01-01"),
        DatedUse(OLD, 4, "X/4", ""),
    ]
    assert by_year(uses) == (
        Point(2014, "", NEW, 2, 2 / 3),
        Point(2014, "", OLD, 1, 1 / 3),
        Point(2016, "", NEW, 1, 1.0),
        Point(2014, "General Assembly", OLD, 1, 1.0),
        Point(2014, "Security Council", NEW, 2, 1.0),
    )
    assert by_body(uses) == {"": {NEW: 1, OLD: 1}, "Security Council": {NEW: 2}, "General Assembly": {OLD: 1}}


def test_the_turning_point_is_the_first_document_with_the_new_rendering_after_the_change() -> None:
    (point,) = turning_points(SWITCH)
    assert (point.before, point.after, point.year, point.date) == (OLD, NEW, 2014, "2014-01-15")
    assert (point.label, point.document) == ("A/RES/69/1", 201400)
    assert (point.share_before, point.share_after) == (pytest.approx(1 / 9), pytest.approx(8 / 9))
    assert point.p <= 0.05
    assert point.sentence == "水道 overtakes 河流 in 2014 (A/RES/69/1)"


def test_the_order_in_which_uses_come_changes_nothing() -> None:
    assert turning_points(SWITCH[::-1]) == turning_points(SWITCH)


@pytest.mark.parametrize(
    "letters", ["aaaaaaaaaaaa", "abababababab", "aabaaabaabaa", "bbbbabbbbbbb"], ids=["one", "both", "some", "nearly"]
)
def test_usage_that_does_not_change_has_no_turning_point(letters: str) -> None:
    assert turning_points(history(*((2005 + k, letter) for k, letter in enumerate(letters)))) == ()


def test_too_few_documents_have_no_turning_point() -> None:
    assert turning_points(history((2011, "aaa"), (2014, "bbb"))) == ()


def test_one_document_that_says_the_new_rendering_forty_times_is_no_turning_point() -> None:
    loud = DatedUse(NEW, 9, "A/70/9", "2016-12-31")
    assert turning_points([*history(*((year, "aa") for year in range(2005, 2016))), *[loud] * 40]) == ()


def test_forty_occurrences_in_six_documents_are_six_witnesses() -> None:
    few = history((2011, "aaa"), (2014, "bbb"))
    assert turning_points([use for use in few for _ in range(7)]) == ()


def test_a_noisy_document_in_between_does_not_hide_the_turning_point() -> None:
    noise = [DatedUse(NEW, 7, "A/66/300", "2011-06-01")] * 12
    (point,) = turning_points(
        [*history((2009, "aaaa"), (2011, "aaaa"), (2013, "aaaa"), (2015, "bbbb"), (2016, "bbbbbb")), *noise]
    )
    assert (point.before, point.after, point.year) == (OLD, NEW, 2015)


def test_two_changes_are_both_named() -> None:
    points = turning_points(history((2003, "aaaaaaaa"), (2009, "bbbbbbbb"), (2016, "cccccccc")))
    assert [(point.before, point.after, point.year) for point in points] == [(OLD, NEW, 2009), (NEW, THIRD, 2016)]


def test_a_rendering_that_comes_and_goes_has_two_turning_points() -> None:
    points = turning_points(history((2003, "aaaaaaaa"), (2009, "bbbbbbbb"), (2016, "aaaaaaaa")))
    assert [(point.before, point.after, point.year) for point in points] == [(OLD, NEW, 2009), (NEW, OLD, 2016)]


def test_a_usual_rendering_that_only_becomes_rarer_has_not_been_overtaken() -> None:
    assert (
        turning_points(history(*((2000 + k, "aaaa") for k in range(5)), *((2010 + k, "aaab") for k in range(5)))) == ()
    )


def test_documents_of_one_date_have_no_order() -> None:
    same = [replace(use, date="2014") for use in SWITCH]
    assert turning_points(same) == ()


def test_documents_without_date_tell_nothing() -> None:
    assert turning_points([replace(use, date="") for use in SWITCH]) == ()


def test_chance_is_taken_for_a_change_about_as_often_as_is_said() -> None:
    rng = np.random.default_rng(11)
    found = 0
    for _ in range(40):
        letters = "".join(rng.choice(["a", "b"], size=16))
        found += bool(turning_points(history(*((2000 + k, letter) for k, letter in enumerate(letters)))))
    assert found <= 5  # 2 of 40 are to be expected


@pytest.mark.parametrize(
    ("first", "second", "parts"),
    [
        ("外国恐怖主义战斗人员", "外国恐怖主义作战人员", ("战斗", "作战")),
        ("river basin treaty", "river basin convention", ("treaty", "convention")),
        ("river treaty", "treaty", ("river treaty", "treaty")),
        ("水", "河", ("水", "河")),
    ],
)
def test_renderings_are_told_apart_by_what_they_differ_in(first: str, second: str, parts: tuple[str, str]) -> None:
    assert telling_parts(first, second) == parts


def result(uses: Sequence[DatedUse]) -> TermResult:
    """The look-up that has these uses."""
    names = sorted({use.rendering for use in uses}, key=lambda name: -sum(use.rendering == name for use in uses))
    renderings = tuple(
        Rendering(name, (), tuple(shown(use) for use in uses if use.rendering == name)) for name in names
    )
    return TermResult("river convention", "en", renderings, timeline=by_year(uses), turning_points=turning_points(uses))


def shown(use: DatedUse) -> Evidence:
    record = BeadRecord((0,), (0,), use.rendering, "river convention", 0.8, 0.9, BeadKind.LINK)
    pair = StoredPair(1, use.document, 0, record, use.label, "RES", use.date, use.body, 1)
    return Evidence(pair, "en", (0, 16), (0, len(use.rendering)), use.rendering, 0.9, 0.9)


def test_the_picture_says_the_finding_and_counts_from_zero() -> None:
    chart = draw(result(SWITCH)).to_dict()
    assert chart["title"]["text"] == "水道 overtakes 河流 in 2014 (A/RES/69/1)"
    assert chart["title"]["subtitle"] == "river convention: renderings of 18 occurrences, 2011–2016"
    shares, counts = chart["vconcat"]
    assert [layer["encoding"]["y"]["scale"]["domain"] for layer in shares["layer"][2]["layer"]] == [[0, 1], [0, 1]]
    assert counts["encoding"]["y"]["scale"] == {"zero": True}
    assert counts["encoding"]["x"]["axis"]["format"] == "d"
    assert counts["data"]["values"][0] == {"year": 2011, "count": 3}


def test_one_year_is_drawn_as_bars() -> None:
    chart = draw(result(history((2014, "aab")))).to_dict()
    assert chart["title"]["text"] == "河流公约 is usual: 2 of 3"
    assert chart["data"]["values"] == [{"rendering": OLD, "count": 2}, {"rendering": NEW, "count": 1}]


def test_bodies_that_use_a_term_have_small_pictures_of_their_own() -> None:
    uses = [
        *history((2011, "aaa"), (2014, "bbb"), body="General Assembly"),
        *history((2012, "aaaaab"), body="Security Council"),
    ]
    chart = draw(result(uses)).to_dict()
    assert [one["title"]["text"] for one in chart["vconcat"][2]["hconcat"]] == [
        "General Assembly (6)",
        "Security Council (6)",
    ]


def test_what_has_no_date_cannot_be_drawn() -> None:
    with pytest.raises(InputError, match="“river convention”: no dated document has a rendering of it"):
        draw(result([replace(use, date="") for use in SWITCH]))


def test_the_title_without_a_turning_point_names_the_usual_rendering() -> None:
    assert title_of(result(history((2011, "aaa")))) == "河流公约 throughout"
    assert title_of(result(history((2011, "a")))) == "河流公约, once"


@pytest.mark.parametrize(("ending", "beginning"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_the_picture_is_written(tmp_path: Path, ending: str, beginning: bytes) -> None:
    target = tmp_path / f"plot.{ending}"
    write_plot(result(SWITCH), target)
    written = target.read_bytes()
    assert written.startswith(beginning)
    if ending == "svg":
        text = written.decode("utf8")
        assert "水道公约" in text
        assert "Noto Sans CJK SC" in text


def test_a_picture_of_another_kind_or_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"plot\.gif: a picture is drawn as \.svg or \.png"):
        check_plot(tmp_path / "plot.gif")
    with pytest.raises(OutputError, match="nowhere is no folder"):
        check_plot(tmp_path / "nowhere" / "plot.svg")


def test_labels_that_would_touch_are_moved_apart_in_their_order() -> None:
    places = spread({"a": 0.5, "b": 0.52, "c": 1.0, "d": 0.99})
    ordered = sorted(places, key=lambda name: places[name])
    assert ordered == ["a", "b", "d", "c"]
    gaps = [places[y] - places[x] for x, y in pairwise(ordered)]
    assert min(gaps) >= 0.0849
    assert max(places.values()) <= 1.0
