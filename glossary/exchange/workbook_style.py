"""How a glossary's workbook looks: widths, fonts, choices, and the words that explain its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.writers.words import CHINESE_FONTS
from glossary.concepts import TermType, Usage, Workflow
from glossary.exchange.headings import OWN, Role

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_INK, _RULE, _HEADER = "1E1E1C", "D9D6CE", "F0EDE6"
_WIDTHS = {
    Role.ID: 14,
    Role.LANGUAGE: 10,
    Role.TERM: 38,
    Role.USAGE: 12,
    Role.TYPE: 14,
    Role.PART_OF_SPEECH: 14,
    Role.SOURCE: 22,
    Role.TERM_NOTE: 28,
    Role.SUBJECT: 22,
    Role.DEFINITION: 60,
    Role.DEFINITION_SOURCE: 22,
    Role.NOTE: 28,
    Role.WORKFLOW: 13,
    Role.TERM_ID: 12,
    Role.ORIGINS: 24,
}
EXPLANATIONS = {
    OWN[Role.ID]: "rows with the same id are one concept; leave it empty for a new concept's only row",
    OWN[Role.LANGUAGE]: "BCP 47: zh (simplified Chinese), zh-Hant (traditional), en, fr, …",
    OWN[Role.TERM]: "one term a row; empty where a row only carries a definition",
    OWN[Role.USAGE]: "preferred 首选, admitted 可用, deprecated 不推荐, superseded 已过时; empty where nobody has said",
    OWN[Role.TYPE]: "full-form 全称, short-form 简称, abbreviation 缩写, variant 变体",
    OWN[Role.PART_OF_SPEECH]: "noun, verb, adjective, adverb, other",
    OWN[Role.SOURCE]: "where the term is taken from",
    OWN[Role.TERM_NOTE]: "what is to be known of this term",
    OWN[Role.SUBJECT]: "the concept's field; the same on all of its rows",
    OWN[Role.DEFINITION]: "in the row's language",
    OWN[Role.DEFINITION_SOURCE]: "who says so",
    OWN[Role.NOTE]: "what is to be known of the concept; on its first row",
    OWN[
        Role.WORKFLOW
    ]: "candidate 候选, proposed 建议, in-review 审核中, approved 已核准, rejected 已否决, retired 已停用",
    OWN[Role.TERM_ID]: "by which duizhao knows the term; leave it as it is, and empty for a new one",
    OWN[Role.ORIGINS]: "file and id by which others know the concept",
    "other columns": "fields that another table had and the glossary has no place for; kept as they are",
    "cells": "all are text: what begins with = + - @ is shown and never computed",
    "Term (2), Definition (2), …": "the rest of a text that is too long for one cell",
}
CHOICES = {
    Role.USAGE: [usage.value for usage in Usage if usage],
    Role.TYPE: [type_.value for type_ in TermType if type_],
    Role.PART_OF_SPEECH: ["noun", "verb", "adjective", "adverb", "other"],
    Role.WORKFLOW: [state.value for state in Workflow],
}


def style_names(workbook: Workbook) -> None:
    """Register the named styles: one each for plain cells, Chinese and other terms, headings and changes."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    rule = Border(bottom=Side(style="hair", color=_RULE))
    named = {name: NamedStyle(name) for name in ("plain", "chinese", "term", "heading", "to fill in", "key", "value")}
    for style in named.values():
        style.font = Font(name="Calibri", size=10, color=_INK)
        style.alignment = Alignment(vertical="top", wrap_text=True)
        style.border = rule
    named["chinese"].font = Font(name=CHINESE_FONTS[False], size=11, color=_INK)
    named["term"].font = Font(name="Cambria", size=11, color=_INK)
    named["to fill in"].fill = PatternFill("solid", fgColor="FFF9E5")
    for name in ("heading", "key"):
        named[name].font = Font(name="Calibri", size=10, bold=True, color=_INK)
    named["heading"].fill = PatternFill("solid", fgColor=_HEADER)
    named["heading"].alignment = Alignment(vertical="center", wrap_text=True)
    for style in named.values():
        workbook.add_named_style(style)


def dress(sheet: Worksheet, headings: list[str], rows: int) -> None:
    """Freeze the headings, set widths and the filter, offer the choices, and set how it prints."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    roles = {heading: role for role, heading in OWN.items()}
    for at, heading in enumerate(headings, 1):
        letter = get_column_letter(at)
        role = roles.get(heading.split(" (")[0])
        sheet.column_dimensions[letter].width = _WIDTHS[role] if role else 20
        if role in CHOICES and rows:
            choice = DataValidation(type="list", formula1=f'"{",".join(CHOICES[role])}"', allow_blank=True)
            choice.showErrorMessage = False  # a finer status kept from another file is allowed too
            sheet.add_data_validation(choice)
            choice.add(f"{letter}2:{letter}{rows + 1}")
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(headings), 1))}{rows + 1}"
    sheet.row_dimensions[1].height = 30
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "1:1"
