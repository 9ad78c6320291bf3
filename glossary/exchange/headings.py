"""Headings of a glossary's table, in English and Chinese, and what they say that a column holds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from glossary.exchange.languages import split_heading


class Role(StrEnum):
    """What a column holds."""

    ID = "id"
    SUBJECT = "subject"
    DEFINITION = "definition"
    DEFINITION_SOURCE = "definition source"
    NOTE = "note"
    LANGUAGE = "language"
    TERM = "term"
    ALTERNATIVES = "alternatives"
    USAGE = "usage"
    TYPE = "type"
    PART_OF_SPEECH = "part of speech"
    SOURCE = "source"
    TERM_NOTE = "term note"
    WORKFLOW = "workflow"
    TERM_ID = "term id"
    ORIGINS = "origins"
    FIRST = "first"  # a bilingual glossary's "source"
    SECOND = "second"  # and "target"
    EXTRA = "extra"
    TERM_EXTRA = "term extra"


# The headings that duizhao writes, in the order of its columns.
OWN = {
    Role.ID: "Concept id",
    Role.LANGUAGE: "Language",
    Role.TERM: "Term",
    Role.USAGE: "Usage",
    Role.TYPE: "Term type",
    Role.PART_OF_SPEECH: "Part of speech",
    Role.SOURCE: "Term source",
    Role.TERM_NOTE: "Term note",
    Role.SUBJECT: "Subject field",
    Role.DEFINITION: "Definition",
    Role.DEFINITION_SOURCE: "Definition source",
    Role.NOTE: "Concept note",
    Role.WORKFLOW: "Workflow",
    Role.TERM_ID: "Term id",
    Role.ORIGINS: "Origins",
}
TERM_PREFIX = "term: "  # before the heading of a column that is kept for a term and not for its concept
_PHRASES = {
    Role.ID: "concept id|id|entry id|conceptid|entryid|entry number|number|编号|概念编号|条目编号|词条编号|序号|標識",
    Role.SUBJECT: "subject field|subject|domain|field|topic|category|领域|学科|主题|专业|学科领域|領域|分类",
    Role.DEFINITION: "definition|def|meaning|定义|释义|定義|释文|解释",
    Role.DEFINITION_SOURCE: "definition source|source of definition|定义来源|释义来源|定義來源",
    Role.NOTE: "concept note|note|notes|comment|comments|remark|remarks|备注|注释|说明|備註|附注|注",
    Role.LANGUAGE: "language|lang|locale|language code|语言|语种|語言",
    Role.TERM: "term|terms|name|label|word|entry|text|pref|preferred|preferred term|pref label|"
    "术语|词条|名称|術語|词语",
    Role.ALTERNATIVES: "alts|alt|alternative|alternatives|synonym|synonyms|variants|alt label|alt labels|use for|"
    "同义词|别名|其他译名|同義詞|近义词",
    Role.USAGE: "usage|status|term status|usage status|administrative status|用法|状态|使用状态|術語狀態",
    Role.TYPE: "term type|type|类型|术语类型",
    Role.PART_OF_SPEECH: "part of speech|pos|word class|词性|詞性",
    Role.SOURCE: "term source|reference|source of term|来源|出处|術語來源|术语来源",
    Role.TERM_NOTE: "term note|term comment|usage note|术语备注|术语说明",
    Role.WORKFLOW: "workflow|workflow status|工作流|审核状态",
    Role.TERM_ID: "term id|termid|术语编号",
    Role.ORIGINS: "origins|origin",
    Role.FIRST: "source|src|source term|source language term|original|原文|源语|源术语|原语",
    Role.SECOND: "target|tgt|trg|target term|target language term|translation|译文|译名|目标语|目标术语|譯文",
}
_BY_PHRASE = {phrase: role for role, phrases in _PHRASES.items() for phrase in phrases.split("|")}
_OF_A_LANGUAGE = frozenset(
    {
        Role.TERM,
        Role.ALTERNATIVES,
        Role.DEFINITION,
        Role.DEFINITION_SOURCE,
        Role.NOTE,
        Role.TERM_NOTE,
        Role.USAGE,
        Role.TYPE,
        Role.PART_OF_SPEECH,
        Role.SOURCE,
        Role.WORKFLOW,
        Role.TERM_ID,
        Role.FIRST,
        Role.SECOND,
    }
)
_SPACES = re.compile(r"[\s_\-./:：]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its place from 0: what it holds, of which language ("" if of none), and its heading as it stands."""

    at: int
    role: Role
    language: str
    heading: str

    @property
    def preferred(self) -> bool:
        """Whether its heading says that its terms are the preferred ones."""
        return self.role is Role.TERM and "pref" in self.heading.casefold()


def columns_of(cells: tuple[str, ...]) -> tuple[Column, ...]:
    """What each column holds, by a row of headings."""
    found = tuple(_column(at, cell.strip()) for at, cell in enumerate(cells))
    roles = {column.role for column in found}
    if Role.FIRST in roles and Role.SECOND in roles:
        return tuple(_as(column, Role.TERM) if column.role in (Role.FIRST, Role.SECOND) else column for column in found)
    # "Source" without a "target" is where something is from.
    return tuple(
        _as(column, Role.SOURCE if column.role is Role.FIRST and not column.language else Role.TERM)
        if column.role in (Role.FIRST, Role.SECOND)
        else column
        for column in found
    )


def _column(at: int, heading: str) -> Column:
    plain = _SPACES.sub(" ", unicodedata.normalize("NFKC", heading).casefold()).strip("# ")
    if plain.startswith("term ") and heading.casefold().startswith(TERM_PREFIX):
        return Column(at, Role.TERM_EXTRA, "", heading[len(TERM_PREFIX) :])
    if plain in _BY_PHRASE:
        return Column(at, _BY_PHRASE[plain], "", heading)
    language, rest = split_heading(heading)
    rest = rest.strip()
    if language and not rest:
        return Column(at, Role.TERM, language, heading)
    role = _BY_PHRASE.get(rest)
    if language and role in _OF_A_LANGUAGE:
        return Column(at, Role.TERM_NOTE if role is Role.NOTE else role or Role.EXTRA, language, heading)
    if not language and plain.rpartition(" ")[2] in ("id", "编号"):
        return Column(at, Role.ID, "", heading)
    return Column(at, Role.EXTRA, "", heading)


def _as(column: Column, role: Role) -> Column:
    return Column(column.at, role, column.language, column.heading)
