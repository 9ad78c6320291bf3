"""The page “Check” as HTML: findings at their places, nothing of a text taken for markup; results kept for a while."""

from __future__ import annotations

from dataclasses import replace

import pytest
from check_made_up import checked, draft, simple
from lxml import html

from glossary.checking.findings import Kind, Level, Report
from glossary.checking.session import standing
from glossary.dismissals import CHECK, Dismissal, Dismissals
from search.database import Database
from ui.check.handing_in import a_line_each
from ui.check.kept import Result
from ui.check.sheet import PAGE, View, chosen, counts, counts_of, sheet, window
from ui.check.words import WORDS
from ui.kept import Kept
from ui.words import words_of

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
EN, ZH = words_of(WORDS, "en"), words_of(WORDS, "zh")


def report(extra: str = "") -> Report:
    of = draft(
        ("没有问题。", "Nothing is wrong."),
        (f"监察站共有150人。{extra}", f"The observing station has 250 people.{extra}"),
        ("一。", "One."),
        ("二。", "Two."),
    )
    return checked(of, simple(1, "观测站", "observing station", "监察站"))


def drawn(of: Report, view: View, words: object = EN) -> html.HtmlElement:
    return html.fromstring(sheet(of, view, words))  # type: ignore[arg-type]


def classes(page: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    return page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def test_a_finding_stands_in_the_margin_of_its_paragraph_and_its_place_has_the_same_number() -> None:
    of = report()
    page = drawn(of, View(chosen(of)))
    paragraphs = classes(page, "dz-ck-bead")
    assert len(paragraphs) == 4
    marks = [(mark.text, mark.get("data-n")) for mark in paragraphs[1].xpath(".//mark") if mark.get("data-act")]
    assert marks == [("监察站", "1"), ("150", "2")]
    notes = classes(page, "dz-ck-finding")
    assert [note.xpath("string(.//*[@class='dz-ck-n'])") for note in notes] == ["1", "2"]
    assert "“监察站” is not to be used; use “观测站”." in notes[0].text_content()
    assert notes[0].xpath(".//a/@href") == ["/glossary?concept=c1"]
    assert [len(classes(html.fromstring(html.tostring(p)), "dz-ck-finding")) for p in paragraphs] == [0, 2, 0, 0]


def test_severity_is_said_by_a_sign_and_a_word_too() -> None:
    of = report()
    (note, _) = classes(drawn(of, View(chosen(of))), "dz-ck-finding")
    assert note.xpath("string(.//h4)") == "1 ✕ error · forbidden term"
    (note, _) = classes(drawn(of, View(chosen(of)), ZH), "dz-ck-finding")
    assert note.xpath("string(.//h4)") == "1 ✕ 错误 · 使用禁用术语"
    assert "“监察站”不宜使用，应作“观测站”。" in note.text_content()


def test_the_original_is_open_where_one_is_and_beside_on_demand() -> None:
    of = report()
    shown = chosen(of)
    page = drawn(of, View(shown, shown[1].key))
    (details,) = page.xpath("//details")
    assert details.get("open") is not None
    assert "250" in details.text_content()
    page = drawn(of, View(shown, beside=True))
    assert page.xpath("//details") == []
    assert [one.get("lang") for one in classes(page, "dz-ck-other")] == ["en"] * 4


def test_hostile_text_is_shown_and_never_run() -> None:
    of = report(HOSTILE)
    known = {one.key: Dismissal(one.key, CHECK, "", True, HOSTILE, HOSTILE, "2026-01-02T") for one in of.findings}
    gone = replace(of, findings=(), dismissed=of.findings, reasons=known)
    for page in (drawn(of, View(chosen(of), beside=True)), drawn(gone, View((), dismissed=gone.dismissed))):
        assert page.xpath("//script | //img") == []
        assert HOSTILE in page.text_content()


def test_only_paragraphs_with_findings_and_their_neighbours_are_shown_on_request() -> None:
    of = report()
    page = drawn(of, View(chosen(of), only=True))
    assert len(classes(page, "dz-ck-bead")) == 3
    assert classes(page, "dz-ck-gap")[0].text == "1 paragraph without findings"


def test_a_paragraph_that_was_left_out_is_counted_and_its_original_is_shown_in_its_place() -> None:
    of = draft(("没有问题。", "Nothing is wrong."), ("", "Nobody <b>translated</b> this."), ("一。", "One."))
    of_it = checked(of)
    for view in (View(()), View((), only=True), View((), beside=True)):
        page = drawn(of_it, view)
        assert [text.text for text in classes(page, "dz-ck-doubt")] == ["▲ not found in the translation"]
        originals = [text.text_content() for text in classes(page, "dz-ck-other")]
        assert originals.count("Nobody <b>translated</b> this.") == 1
    assert "1 paragraph of the original not found in the translation" in counts(of_it, EN)
    assert "译文中未找到" in counts(of_it, ZH)
    assert "not found" not in counts(report(), EN)


def test_kinds_are_chosen_and_what_is_only_to_be_looked_at_is_asked_for() -> None:
    of = report()
    number = next(one for one in of.findings if one.kind is Kind.NUMBER)
    of = replace(of, findings=(*of.findings, replace(number, level=Level.NOTE, key="x" * 40)))
    assert counts_of(of.findings) == {Kind.FORBIDDEN: 1, Kind.NUMBER: 2}
    assert [one.kind for one in chosen(of, ["number"])] == [Kind.NUMBER]
    assert len(chosen(of, ["number"], notes=True)) == 2
    assert len(chosen(of)) == 2
    told = html.fromstring(counts(of, EN)).text_content()
    assert all(part in told for part in ("2 errors", "1 to look at", "in 4 paragraphs"))


def test_a_long_text_is_shown_a_page_at_a_time() -> None:
    of = replace(report(), findings=())
    many = replace(of.draft, beads=tuple(replace(of.draft.beads[0], number=k) for k in range(PAGE * 2 + 5)))
    assert [window(many, page) for page in (0, 2, 9, -1)] == [(0, 100), (200, 205), (200, 205), (0, 100)]
    assert len(classes(drawn(replace(of, draft=many), View((), page=2)), "dz-ck-bead")) == 5
    assert window(replace(many, beads=()), 3) == (0, 0)


def test_a_report_stands_as_people_have_left_it(tmp_path: object) -> None:
    of = report()
    database = Database.open(f"{tmp_path}/c.sqlite")
    dismissals = Dismissals(database, "anna")
    first, second = of.findings
    dismissals.dismiss([first.key], CHECK, "about", "said so by the office")
    now = standing(dismissals, of)
    assert (now.findings, now.dismissed) == ((second,), (first,))
    page = drawn(now, View(chosen(now), dismissed=now.dismissed))
    assert "dismissed: said so by the office — anna" in page.text_content()
    assert [one.get("data-act") for one in page.xpath("//button")] == ["recall", "dismiss"]
    dismissals.recall([first.key])
    assert standing(dismissals, now).findings == of.findings
    database.close()


def test_results_are_kept_for_whoever_knows_their_name_and_the_oldest_go() -> None:
    kept: Kept[Result] = Kept(most=2)
    of = report()
    names = [kept.add(Result(of, (str(k),))) for k in range(2)]
    assert kept.get(names[0]) == Result(of, ("0",))
    last = kept.add(Result(of))
    assert [kept.get(name) is None for name in (*names, last)] == [False, True, False]
    assert kept.get("nobody") is None
    assert len({*names, last}) == 3


def test_what_is_pasted_has_a_paragraph_a_line_unless_it_shows_otherwise() -> None:
    lines = ("回顾其决议，", "又回顾其决定，", "1. 决定结束审议。")
    assert a_line_each("\r\n".join(lines)) == "\n\n".join(lines)
    apart = "The first para-\ngraph.\n  \nThe second."
    assert a_line_each(apart) == apart
    page = "\n".join([*["the river and its gauges"] * 3, "and the end."])
    assert a_line_each(page) == page
    assert a_line_each("") == ""


@pytest.mark.parametrize("words", [EN, ZH])
def test_nothing_found_is_said(words: object) -> None:
    of = replace(report(), findings=())
    assert html.fromstring(counts(of, words)).text_content().startswith(words("nothing"))  # type: ignore[arg-type, operator]
