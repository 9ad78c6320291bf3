"""What all pages share: their words in both languages, the colours, small pieces of HTML, who is there."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest
from commands import ROOT
from contrast import contrast
from streamlit.testing.v1 import AppTest

from align.table import BeadKind, BeadRecord
from glossary.concepts import Usage, Workflow
from search.records import StoredPair
from ui.parts import marked, provenance, running, usage_badge, workflow_badge
from ui.words import COMMON, Table, words_of

PAGES = sorted(path.parent.name for path in (ROOT / "ui").glob("*/words.py"))
TABLES: dict[str, Table] = {"": COMMON, **{page: import_module(f"ui.{page}.words").WORDS for page in PAGES}}
SHEETS = sorted((ROOT / "ui").rglob("*.css"))
COLOURS = {
    name: (light, dark)
    for sheet in SHEETS
    for name, light, dark in re.findall(
        r"--([\w-]+):\s*light-dark\((#[0-9A-Fa-f]{6}),\s*(#[0-9A-Fa-f]{6})\)", sheet.read_text("utf-8")
    )
}
TEXTS = ("dz-ink", "dz-muted", "dz-accent", "dz-good", "dz-fair", "dz-doubtful", "dz-conflict")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("page", TABLES)
def test_everything_is_said_in_both_languages_with_the_same_places(page: str) -> None:
    assert {key: value for key, value in TABLES[page].items() if not all(text.strip() for text in value)} == {}
    assert {key: value for key, value in TABLES[page].items() if places(value[0]) != places(value[1])} == {}
    latin = {key: zh for key, (_, zh) in TABLES[page].items() if len(zh) > 12 and not re.search("[一-鿿]", zh)}
    assert latin == {}


def said(page: str) -> Iterator[tuple[str, str]]:
    """The keys that a page's modules ask for by name, each with its module."""
    for path in sorted((ROOT / "ui" / page).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "words"
            if called and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                yield path.name, node.args[0].value


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_nothing_that_it_has_no_words_for(page: str) -> None:
    known = {*COMMON, *TABLES[page]}
    asked = set(said(page))
    assert asked, "the test has found no words in this page"
    assert {(module, key) for module, key in asked if key not in known} == set()


def test_every_colour_of_text_contrasts_with_the_page_by_4_5_in_light_and_dark() -> None:
    grounds = [(text, "dz-paper") for text in TEXTS] + [("dz-ink", "dz-hit"), ("dz-ink", "dz-partner")]
    poor = {
        (text, ground, scheme): round(contrast(COLOURS[text][at], COLOURS[ground][at]), 2)
        for (text, ground), (at, scheme) in product(grounds, enumerate(("light", "dark")))
        if contrast(COLOURS[text][at], COLOURS[ground][at]) < 4.5
    }
    assert poor == {}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.relative_to(ROOT / "ui").as_posix())
def test_a_sheet_has_no_colours_of_its_own_outside_its_variables(sheet: Path) -> None:
    rules = re.sub(r"/\*.*?\*/|--[\w-]+:[^;]+;", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", rules) == []


def test_marks_are_put_around_escaped_text() -> None:
    assert marked("a<b & c", [(1, 3)]) == 'a<mark class="dz-hit">&lt;b</mark> &amp; c'
    assert running("战\u0007", "zh-Hans") == '<div class="dz-text" lang="zh-Hans">战␇</div>'


def pair(status: str, confidence: float) -> StoredPair:
    record = BeadRecord((0,), (0,), "甲", "a", 0.9, confidence, BeadKind.LINK, status, "3<")
    return StoredPair(7, 2, 0, record, "A/RES/<1>", "RES", "2020-12-01", "General Assembly", 1)


def test_where_a_pair_comes_from_is_one_line_in_the_language_of_the_interface() -> None:
    english = provenance(pair("checked", 0.4), words_of({}, "en"), link="/corpus?document=2")
    assert english == (
        '<div class="dz-from"><a href="/corpus?document=2" target="_self">A/RES/&lt;1&gt;</a> · para. 3&lt; · '
        "2020-12-01 · General Assembly · ✓ checked</div>"
    )
    assert provenance(pair("automatic", 0.4), words_of({}, "zh")).endswith(" · ▲ 存疑</div>")


def test_every_status_has_a_sign_and_a_word() -> None:
    words = words_of({}, "zh")
    assert [workflow_badge(status, words).split(">")[1].split("<")[0] for status in Workflow] == [
        "○ 候选",
        "◔ 建议",
        "◑ 审核中",
        "● 已核准",
        "✕ 已否决",
        "◌ 已停用",
    ]
    assert [usage_badge(usage, words).split(">")[1].split("<")[0].split()[-1] for usage in Usage] == [
        "首选",
        "可用",
        "禁用",
        "已过时",
        "未定",
    ]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    monkeypatch.setenv("DUIZHAO_DB", str(tmp_path / "corpus.sqlite"))
    monkeypatch.setenv("DUIZHAO_USER", "anna")
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()


def test_the_interface_changes_its_language_and_stays_so(app: AppTest) -> None:
    assert not app.exception
    app.segmented_control("tongue").set_value("zh").run()
    assert not app.exception
    assert app.session_state["_tongue"] == "zh"
    assert app.run().segmented_control("tongue").value == "zh"


def test_a_corpus_that_cannot_be_opened_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    other.write_text("no database")
    monkeypatch.setenv("DUIZHAO_DB", str(other))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert [error.value.count("other.sqlite") for error in app.error] == [1]
