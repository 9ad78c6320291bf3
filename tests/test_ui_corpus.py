"""The page “Corpus”: which documents are listed, what the charts say, nothing of a text taken for markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from contrast import contrast
from lxml import etree, html
from store_made_up import document as made_up_document
from store_made_up import table as made_up_table

from align.measured import measured_calibration
from align.table import Provenance
from search.adding import Outcome
from search.corpus import Corpus
from search.folders import Done, Job
from search.quality import Share
from search.records import Added, Stats, StoredDocument
from ui.corpus.adding import Line, lines_html, lines_of
from ui.corpus.charts import table
from ui.corpus.document import heading, pairs_html, wanted
from ui.corpus.figures import Figure, by_body, by_confidence, by_year, calibration, percent
from ui.corpus.listing import Choice, chosen, numbers, rows
from ui.corpus.pictures import DARK, LIGHT, Palette, as_file, lines, picture
from ui.corpus.words import WORDS
from ui.words import Words, words_of

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
EN, ZH = words_of(WORDS, "en"), words_of(WORDS, "zh")


def stored(number: int, symbol: str, date: str = "2020-01-01", **changes: object) -> StoredDocument:
    from_ = Provenance(symbol, f"第{number}号决议", f"Resolution number {number}", date, "General Assembly")
    one = StoredDocument(
        number, from_, f"file-{number}", "RES", "documents", ("zh", "en"), "paragraph", "made", "", "", 1, 10, 8, 2, 0
    )
    return replace(one, **changes)  # type: ignore[arg-type]


DOCUMENTS = (
    stored(1, "A/RES/70/1", "2015-12-01"),
    stored(2, "A/75/20", "2020-08-01", type="report", doubtful=3),
    stored(3, "", "", doubtful=1, changed="2026-01-01"),
)


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        (Choice(), [2, 1, 3]),
        (Choice(order="doubtful"), [2, 3, 1]),
        (Choice(order="symbol"), [2, 1, 3]),
        (Choice(order="added"), [3, 2, 1]),
        (Choice(find="res/70"), [1]),
        (Choice(find="NUMBER 2"), [2]),
        (Choice(find="第3號"), [3]),
        (Choice(find="file-3"), [3]),
        (Choice(type="report"), [2]),
        (Choice(year="2015"), [1]),
        (Choice(year="?"), [3]),
        (Choice(body="Nobody"), []),
    ],
)
def test_documents_are_found_by_what_names_them_in_the_order_asked_for(choice: Choice, found: list[int]) -> None:
    assert [one.id for one in chosen(DOCUMENTS, choice)] == found


def test_a_row_leads_to_the_document_and_to_its_first_doubtful_pair() -> None:
    page = html.fromstring(rows(DOCUMENTS, {2: 77}, EN))
    assert page.xpath("//button/@data-id") == ["1", "2", "3"]
    assert page.xpath("//a/@href") == ["/align?document=2#77", "/align?document=3"]
    assert [cell.text for cell in page.xpath("//td[@class='dz-co-checked']")] == ["25%"] * 3
    assert page.xpath("//tbody/tr[1]/td[1]/span/@lang") == ["en", "zh-Hans"]
    assert html.fromstring(rows(DOCUMENTS, {}, ZH)).xpath("//tbody/tr[1]/td[1]/span/@lang") == ["zh-Hans", "en"]


def test_hostile_names_and_texts_are_shown_and_never_run() -> None:
    from_ = Provenance(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    bad = stored(1, HOSTILE, provenance=from_, name=HOSTILE, signature=f'" onmouseover="{HOSTILE}')
    said = [
        rows([bad], {}, EN),
        heading(bad, EN),
        numbers({"documents": 1}, [HOSTILE], EN),
        lines_html([Line(HOSTILE, HOSTILE, 1), Line(HOSTILE, HOSTILE, failed=True)]),
        table(Figure("bodies", HOSTILE, ({"body": HOSTILE, "documents": 1},)), EN),
    ]
    for one in said:
        page = html.fromstring(f"<div>{one}</div>")
        assert page.xpath("//script | //img | //@onmouseover") == []
        assert HOSTILE in page.text_content()


def test_pairs_stand_face_to_face_with_what_can_be_done_about_them(tmp_path: object) -> None:
    with Corpus.open(f"{tmp_path}/c.sqlite") as corpus:
        texts = (HOSTILE, "二。", "三。")
        corpus.add_alignment(made_up_table(texts, ("One.", "Two.")), made_up_document("zh", texts))
        corpus.set_status([2])
        pairs = list(corpus.pairs())
    page = html.fromstring(pairs_html(pairs, True, EN))
    assert page.xpath("//script") == []
    assert [one.get("id") for one in page.xpath("//article")] == ["1", "2", "3"]
    assert [(one.get("data-act"), one.get("data-id")) for one in page.xpath("//button")] == [
        ("check", "1"),
        ("uncheck", "2"),
    ]
    assert "dz-checked" in page.xpath("//article/@class")[1]
    assert html.fromstring(pairs_html(pairs, False, EN)).xpath("//button") == []
    assert [[one.id for one in pairs if wanted(one, which)] for which in ("all", "doubtful", "unchecked")] == [
        [1, 2, 3],
        [],
        [1],
    ]


def test_what_came_of_a_file_is_told() -> None:
    added = Added("replaced", 4, "A/1", 12, 3, (made_up_table().records[0],))
    job = Job(())
    (line,) = lines_of(Done(job, Outcome((added,))), EN)
    assert line == Line(
        "A/1",
        "replaced by this version · 12 pairs · 3 checked pairs kept · 1 checked pairs are no longer in the text",
        4,
    )
    assert lines_of(Done(job, None, "it is no document."), EN)[0].failed


def stats(**changes: object) -> Stats:
    found = Stats(
        6, 0, 0, 60, 50, 10, 5, 2, {"RES": 6}, {"2015": 1, "2018": 4, "?": 1}, {"Council": 5, "?": 1}, 1, "c", "place"
    )
    return replace(found, **changes)  # type: ignore[arg-type]


SHARES = tuple(
    Share(k / 20, (k + 1) / 20, count, 0) for k, count in enumerate([0] * 7 + [1] + [0] * 7 + [4] + [0] * 3 + [95])
)
FIGURES = {
    "years": lambda words: by_year(stats(), words),
    "bodies": lambda words: by_body(stats(), words),
    "confidence": lambda words: by_confidence(SHARES, words),
    "calibration": lambda words: calibration(measured_calibration(), words),
}


def test_a_title_says_the_finding() -> None:
    assert FIGURES["years"](EN).title == "2018 has the most documents: 4 of 6"
    assert FIGURES["bodies"](ZH).title == "Council：5 份，共 6 份"
    assert FIGURES["confidence"](EN).title == "95% of the pairs are at 90% or above"
    assert re.fullmatch(
        r"Confidence is right to within \d\.\d% on [\d,]+ pairs aligned by hand", FIGURES["calibration"](EN).title
    )


def test_years_without_documents_are_on_the_axis_too() -> None:
    assert [(row["year"], row["documents"]) for row in FIGURES["years"](EN).rows] == [
        ("2015", 1),
        ("2016", 0),
        ("2017", 0),
        ("2018", 4),
    ]
    assert by_year(stats(by_year={"?": 3}), EN).rows == ()
    assert by_year(stats(by_year={"2018": 2, "2020": 2}), EN).title == "Documents by year, 2018 to 2020"


def test_the_least_bodies_stand_together() -> None:
    many = {f"Body {k}": 9 - k for k in range(8)} | {"?": 2}
    found = by_body(stats(by_body=many), EN)
    assert [row["body"] for row in found.rows] == [*(f"Body {k}" for k in range(5)), "others", "not known"]
    assert found.rows[5]["documents"] == 4 + 3 + 2


def test_a_share_is_all_or_nothing_only_where_it_is() -> None:
    assert [percent(*one) for one in ((0, 9), (1, 999), (998, 999), (9, 9), (0, 0))] == ["0%", "1%", "99%", "100%", "–"]


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", list(FIGURES))
def test_every_chart_is_drawn_in_both_languages_and_themes(name: str, palette: Palette, words: Words) -> None:
    figure = FIGURES[name](words)
    svg = as_file(picture(figure, palette, words), "svg").decode()
    assert palette.paper.lower() in svg.lower()
    assert lines(figure.title)[0][:12] in "".join(etree.fromstring(svg.encode()).itertext())
    assert len(html.fromstring(table(figure, words)).xpath("//tbody/tr")) >= 2


def test_a_picture_is_a_file_for_a_document() -> None:
    assert as_file(picture(FIGURES["years"](EN), LIGHT, EN), "png").startswith(b"\x89PNG")


def test_the_colours_of_charts_can_be_told_from_their_paper() -> None:
    for palette in (LIGHT, DARK):
        for colour in (palette.ink, palette.muted, palette.accent, palette.good, palette.fair, palette.doubtful):
            assert contrast(colour, palette.paper) >= 4.5


def test_titles_break_between_words_and_never_before_a_mark() -> None:
    assert lines("Confidence is right to within 1.3% on 6,317 pairs aligned by hand") == [
        "Confidence is right to within 1.3% on",
        "6,317 pairs aligned by hand",
    ]
    chinese = lines("在六千个人工对齐段落上，置信度平均误差为百分之一，不及百分之二，甚好。")
    assert len(chinese) == 2
    assert not any(line[0] in "，。" for line in chinese)


def test_hostile_names_reach_no_chart_as_markup() -> None:
    figure = by_body(stats(by_body={HOSTILE: 6}), EN)
    chart = picture(figure, LIGHT, EN)
    assert json.dumps(HOSTILE)[1:-1] in chart.to_json()
    assert "<script>alert" not in as_file(chart, "svg").decode()
