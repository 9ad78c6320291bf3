"""What symbols and file names say."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.identity import name_of, without_language
from search.symbols import document_type, is_correction, normal_symbol, symbol_in_name


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        ("A/RES/67/189", "RES"),
        ("S/RES/1373 (2001)", "RES"),
        ("A/HRC/DEC/2/103", "DEC"),
        ("S/PRST/2011/5", "PRST"),
        ("S/PV.1234", "PV"),
        ("A/AC.183/SR.413", "SR"),
        ("A/75/L.5/Rev.1", "L"),
        ("A/C.3/74/L.5/Add.1", "L"),
        ("A/CONF.234/CRP.2", "CRP"),
        ("E/2023/NGO/5", "NGO"),
        ("A/75/INF/2", "INF"),
        ("A/AC.105/C.2/WP.3", "WP"),
        ("A/74/396", "other"),
        ("E/PLAN/3", "other"),
    ],
)
def test_the_series_is_the_type(symbol: str, kind: str) -> None:
    assert document_type(symbol) == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Report of the Third Committee", "report"),
        ("第三委员会的报告", "report"),
        ("Letter dated 3 May 2023 from the Permanent Representative", "letter"),
        ("秘书长的说明", "note"),
        ("Convention on the Rights of the Child", "treaty"),
        ("儿童权利公约", "treaty"),
        ("Agenda", "other"),
    ],
)
def test_without_a_series_the_title_is(title: str, kind: str) -> None:
    assert document_type("", ("", title)) == kind


def test_symbols_are_compared_without_their_spaces_and_case() -> None:
    assert normal_symbol("s/res/1373 （2001）") == "S/RES/1373(2001)"
    assert [is_correction(symbol) for symbol in ("A/75/1/Corr.1", "A/75/1")] == [True, False]


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("A_RES_67_189", "A/RES/67/189"),
        ("A_75_5_Add.1", "A/75/5/Add.1"),
        ("E_2023_L.24", "E/2023/L.24"),
        ("report_2", ""),
        ("A_plan_5", ""),
        ("A_B", ""),
    ],
)
def test_a_file_may_be_named_after_its_symbol(name: str, symbol: str) -> None:
    assert symbol_in_name(name) == symbol


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("A_RES_67_189.zh", "A_RES_67_189"),
        ("en_report", "report"),
        ("report zh-Hans", "report"),
        ("report (中文)", "report"),
        ("N1248645-C", "N1248645"),
        ("A_75_5-E", "A_75_5"),
        ("report.en-US", "report"),
        ("vitamin-C", "vitamin-C"),
        ("my.report", "my.report"),
        ("zh", ""),
        ("zh-Hant", ""),
    ],
)
def test_marks_of_language_are_no_part_of_a_name(stem: str, name: str) -> None:
    assert without_language(stem) == name


def test_a_file_called_by_its_language_is_named_by_its_folder() -> None:
    assert name_of(Path("docs/e_2023_74/zh.txt")) == "e_2023_74"
    assert name_of(Path("docs/A_RES_1_1.zh.docx")) == "A_RES_1_1"
