"""Word's automatic numbering: what stands before a paragraph in print but not in its text (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

from align.readers.docx_xml import attribute, child, children, integer, local, value
from align.readers.numbers import format_number

_PLACEHOLDER = re.compile(r"%([1-9])")
MAX_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts, the text around the number, and what restarts it."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False  # all numbers in decimal, whatever their levels say
    restart: int | None = None  # None: after any higher level; 0: never; n: only after level n
    paragraph_style: str = ""


@dataclass(slots=True)
class _List:
    """A w:num: the abstract list whose counters it shares, its levels, and starts that apply once."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document's lists; `label` is called once for each numbered paragraph, in document order."""

    def __init__(self, root: _Element | None) -> None:
        self._lists: dict[str, _List] = _read_lists(root) if root is not None else {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()

    def level_of_style(self, number: str, style: str) -> int:
        """Return the level that list ``number`` links to a paragraph style, or 0."""
        levels = self._lists[number].levels if number in self._lists else {}
        return next((index for index, level in levels.items() if level.paragraph_style == style), 0)

    def label(self, number: str, level: int) -> str:
        """Count the paragraph and return its label ("3.", "(a)"), or ``""`` for a bullet or no list."""
        found = self._lists.get(number)
        if found is None or level not in found.levels:
            return ""
        counters = self._counters.setdefault(found.abstract, {})
        if number not in self._started:
            self._started.add(number)
            for index, start in found.starts.items():
                counters[index] = start - 1
        self._count(found.levels, counters, level)
        return _print(found.levels, counters, level)

    def _count(self, levels: dict[int, Level], counters: dict[int, int], level: int) -> None:
        counters[level] = counters.get(level, levels[level].start - 1) + 1
        for index, below in levels.items():
            restart = below.restart
            if index > level and (restart is None or (restart != 0 and level < restart)):
                counters.pop(index, None)


def _print(levels: dict[int, Level], counters: dict[int, int], level: int) -> str:
    current = levels[level]
    if current.style in ("bullet", "none") and not _PLACEHOLDER.search(current.text):
        return ""

    def printed(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        above = levels.get(index, Level())
        number = counters.get(index, above.start)  # a level that was skipped prints as its start
        return format_number(number, "decimal" if current.legal else above.style)

    return _PLACEHOLDER.sub(printed, current.text).strip()


def _read_lists(root: _Element) -> dict[str, _List]:
    abstracts = {attribute(item, "abstractNumId"): item for item in children(root, "abstractNum")}
    linked = {value(item, "styleLink"): key for key, item in abstracts.items() if value(item, "styleLink")}
    lists: dict[str, _List] = {}
    for item in children(root, "num"):
        abstract = value(item, "abstractNumId")
        via = value(abstracts[abstract], "numStyleLink") if abstract in abstracts else ""
        abstract = linked.get(via, abstract)  # a list that only refers to a list style
        found = _List(abstract, _levels(abstracts[abstract]) if abstract in abstracts else {})
        for override in children(item, "lvlOverride"):
            _override(found, override)
        lists[attribute(item, "numId")] = found
    return lists


def _override(found: _List, override: _Element) -> None:
    index = integer(attribute(override, "ilvl"), 0)
    own = child(override, "lvl")
    if own is not None:
        found.levels[index] = _level(own)
    if child(override, "startOverride") is not None:
        found.starts[index] = integer(value(override, "startOverride"), 1)


def _levels(abstract: _Element) -> dict[int, Level]:
    found = {integer(attribute(item, "ilvl"), 0): _level(item) for item in children(abstract, "lvl")}
    return {index: level for index, level in found.items() if 0 <= index < MAX_LEVELS}


def _level(item: _Element) -> Level:
    restart = child(item, "lvlRestart")
    legal = child(item, "isLgl")
    return Level(
        start=integer(value(item, "start"), 0) if child(item, "start") is not None else 0,
        style=_style(item),
        text=value(item, "lvlText"),
        legal=legal is not None and attribute(legal, "val") not in ("0", "false"),
        restart=integer(attribute(restart, "val"), 0) if restart is not None else None,
        paragraph_style=value(item, "pStyle"),
    )


def _style(item: _Element) -> str:
    """Return w:numFmt, also where newer Word wraps it in mc:AlternateContent and leaves a fallback."""
    direct = value(item, "numFmt")
    if direct:
        return direct
    for fallback in item.iter():
        if isinstance(fallback.tag, str) and local(fallback) == "numFmt":
            return attribute(fallback, "val") or "decimal"
    return "decimal"
