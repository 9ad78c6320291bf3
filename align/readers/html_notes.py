"""Which links of an HTML page are footnote references, and which elements are their notes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

NOTE_MARK = re.compile(r"[\[(（〔]?\s*(\d{1,3}|[*†‡§¶]{1,4}|[ivxlc]{1,6}|[a-z])\s*[\])）〕]?")
_BRACKETED = re.compile(r"\s*[\[(（〔]")
_NOTEREF = re.compile(r"noteref|footnote-?ref|fnref|ftnref|_ftnref|cite_ref", re.IGNORECASE)
_NOTE_BLOCKS = frozenset({"p", "li", "dd", "dt", "div", "aside", "td", "blockquote", "h6"})


@dataclass(frozen=True, slots=True)
class Notes:
    """References by link element and notes by block element, each with its mark ("1", "*")."""

    references: dict[HtmlElement, str]
    notes: dict[HtmlElement, str]
    back_links: frozenset[HtmlElement]


def find_notes(root: HtmlElement) -> Notes:
    """Return the footnotes of a page: a link whose text is a mark, to a later element that holds the note."""
    order = {element: index for index, element in enumerate(root.iter())}
    targets = _targets(root)
    pairs: list[tuple[HtmlElement, str, HtmlElement]] = []
    for link in root.iter("a"):
        target = targets.get((link.get("href") or "")[1:]) if (link.get("href") or "").startswith("#") else None
        mark = NOTE_MARK.fullmatch("".join(link.itertext()).strip())
        if target is None or mark is None or order[target] <= order[link] or not _is_reference(link):
            continue
        block = _block(target)
        if block is not None and link not in set(block.iter("a")):
            pairs.append((link, mark.group(1), block))
    return _consistent(pairs, targets)


def _targets(root: HtmlElement) -> dict[str, HtmlElement]:
    targets: dict[str, HtmlElement] = {}
    for element in root.iter():
        if isinstance(element.tag, str):
            for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if name:
                    targets.setdefault(name, element)
    return targets


def _is_reference(link: HtmlElement) -> bool:
    """Whether the link looks like a reference: raised, bracketed, or called so; "1" in a table of contents is none."""
    parent = link.getparent()
    raised = link.find(".//sup") is not None or (parent is not None and parent.tag == "sup")
    names = " ".join(link.get(key) or "" for key in ("class", "role", "id", "name", "epub:type", "rel"))
    return raised or bool(_BRACKETED.match("".join(link.itertext()))) or bool(_NOTEREF.search(names))


def _block(target: HtmlElement) -> HtmlElement | None:
    for element in (target, *target.iterancestors()):
        if element.tag in _NOTE_BLOCKS:
            return element
        if element.tag in ("body", "section", "article", "table", "ol", "ul", "dl", "main"):
            return None
    return None


def _consistent(pairs: list[tuple[HtmlElement, str, HtmlElement]], targets: dict[str, HtmlElement]) -> Notes:
    """Leave out blocks that several marks point to (a list of notes as a whole), and find the links back."""
    marks: dict[HtmlElement, set[str]] = {}
    for _, mark, block in pairs:
        marks.setdefault(block, set()).add(mark)
    notes = {block: next(iter(found)) for block, found in marks.items() if len(found) == 1}
    references = {link: mark for link, mark, block in pairs if block in notes}
    homes = {home for link in references for home in (link, *link.iterancestors())}
    back = frozenset(
        link
        for block in notes
        for link in block.iter("a")
        if link not in references and targets.get((link.get("href") or " ")[1:]) in homes
    )
    return Notes(references, notes, back)
