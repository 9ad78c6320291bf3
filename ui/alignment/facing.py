"""The two texts face to face, a row a bead, as HTML: what they share marked, the current row with its actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from align.anchors import anchors
from align.document import Language
from align.editing_rows import Row, Unit, record_of
from align.editing_session import Session
from align.editing_splits import cuts_of
from align.table import BeadKind
from align.writers.summary import verdict
from ui.alignment.acts import PAGE, Place, next_doubtful, shown
from ui.parts import confidence_class, key_cap, marked, safe
from ui.words import Words

KEYS = {
    "j": "al_next",
    "ArrowDown": "al_next",
    "k": "al_previous",
    "ArrowUp": "al_previous",
    "n": "al_doubt_down",
    "p": "al_doubt_up",
    "u": "al_undo",
    "y": "al_redo",
    "m": "al_merge",
    "s": "al_split",
    "b": "al_unlink",
    "l": "al_link",
    "x": "al_aside",
    "c": "al_confirm",
    "q": "al_zh_up",
    "a": "al_zh_down",
    "e": "al_en_up",
    "d": "al_en_down",
    "Escape": "al_cancel",
}


@dataclass(frozen=True, slots=True)
class Facing:
    """What is shown of a draft, and to whom: ``chinese`` is the language tag of the Chinese text."""

    session: Session
    place: Place
    chinese: str
    words: Words
    may_edit: bool = True

    def html(self) -> str:
        """The bar, the rows around the current one, and the ways to those before and after. All text is escaped."""
        rows = self.session.rows
        there = shown(rows, self.place.row)
        body = "".join(self._row(rows[k], k) for k in there)
        return f'{self._bar()}{self._page(there.start - PAGE)}<div class="al-rows">{body}</div>{self._page(there.stop)}'

    def _bar(self) -> str:
        rows, words = self.session.rows, self.words
        doubt = next_doubtful(rows, self.place.row, 1) is not None
        parts = [
            self._button("undo", words("undo"), "U", "al_undo", on=self.may_edit and self.session.can_undo),
            self._button("redo", words("redo"), "Y", "al_redo", on=self.may_edit and self.session.can_redo),
            '<span class="al-gap"></span>',
            self._button("doubt", words("doubtful_next"), "N", "al_doubt_down", on=doubt, way="down"),
            self._button("doubt", words("doubtful_previous"), "P", "al_doubt_up", on=doubt, way="up"),
            '<span class="al-gap"></span>',
            self._button("next", words("row_next"), "J", "al_next", on=self.place.row + 1 < len(rows)),
            self._button("previous", words("row_previous"), "K", "al_previous", on=self.place.row > 0),
            f'<span class="al-where">{words("row_of", k=self.place.row + 1, n=len(rows))}</span>',
        ]
        return f'<div class="al-bar" role="toolbar">{"".join(parts)}{self._linking()}</div>'

    def _linking(self) -> str:
        if self.place.link is None:
            return ""
        said = self.words("linking", k=self.place.link + 1)
        cancel = self._button("cancel", self.words("cancel"), "Esc", "al_cancel")
        return f'<div class="al-linking" role="status">{said} {cancel}</div>'

    def _page(self, first: int) -> str:
        rows = self.session.rows
        if not 0 <= first < len(rows):
            return ""
        name = "page_previous" if first < self.place.row else "page_next"
        to = shown(rows, first)
        said = self.words(name, first=to.start + 1, last=to.stop)
        return f'<div class="al-page">{_do("go", said, data={"row": str(to.start)})}</div>'

    def _row(self, row: Row, k: int) -> str:
        record = record_of(row, self.session.base.level)
        now = k == self.place.row
        classes = ["al-row", confidence_class(record)]
        classes += ["al-now"] if now else []
        classes += ["al-aside"] if row.aside else []
        classes += ["al-link"] if k == self.place.link else []
        number = _do("go", safe(record.number) or "·", title=self.words("go", k=k + 1), data={"row": str(k)})
        sides = f"{self._side(row, 'zh', now)}{self._side(row, 'en', now)}"
        current = ' aria-current="true"' if now else ""
        return (
            f'<div class="{" ".join(classes)}" id="al-row-{k}" data-act="go" data-row="{k}" data-scroll="nearest" '
            f'tabindex="-1"{current}><div class="al-number">{number}</div>{sides}{self._sure(row)}'
            f"{self._actions(row) if now and self.may_edit else ''}</div>"
        )

    def _sure(self, row: Row) -> str:
        record = record_of(row, self.session.base.level)
        words = [self.words("is_aside" if row.aside else f"v_{verdict(record)}")]
        words += [self.words(f"k_{row.kind}")] if row.kind in (BeadKind.MOVED, BeadKind.LIST) else []
        figure = "" if row.aside or record.status == "checked" else f"{record.confidence:.2f}"
        return f'<div class="al-sure">{figure}{"".join(f"<span>{word}</span>" for word in words)}</div>'

    def _side(self, row: Row, language: Language, now: bool) -> str:
        units = row.side(language)
        if not units:
            return f'<div class="al-side al-missing">— {self.words(f"no_{language}")}</div>'
        tag = escape(self.chinese if language == "zh" else "en")
        keys = _shared(row)
        edit = now and self.may_edit and not row.aside
        parts: list[str] = []
        for number, unit in enumerate(units):
            if number and edit:
                parts.append(f'<div class="al-between">{self._scissors(language, number)}</div>')
            text = self._unit(unit, language, keys, number if edit and language == "zh" and row.en else None)
            parts.append(f'<div class="dz-text" lang="{tag}">{text}</div>')
        return f'<div class="al-side">{"".join(parts)}{self._moves(language) if edit else ""}</div>'

    def _unit(self, unit: Unit, language: Language, keys: set[str], number: int | None) -> str:
        """A text with its anchors; ``number``: with the places between its sentences, at which it may be cut."""
        spans = [(a.start, a.end) for a in anchors(unit.text, language) if a.key in keys]
        if number is None:
            return marked(unit.text, spans, "anchor")
        places = [0, *cuts_of(unit), len(unit.text)]
        parts: list[str] = []
        for start, end in pairwise(places):
            if start:
                parts.append(self._scissors("zh", number, start))
            inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
            parts.append(marked(unit.text[start:end], inside, "anchor"))
        return "".join(parts)

    def _scissors(self, language: Language, number: int, cut: int = 0) -> str:
        said = self.words("cut")
        where: dict[str, str] = {language: str(number)} | ({"cut": str(cut)} if cut else {})
        shown = "¦" if cut else f"┄ {said} ┄"
        return _do("split", shown, title=said, css="al-cut", data=where)

    def _moves(self, language: Language) -> str:
        up, down = ("Q", "A") if language == "zh" else ("E", "D")
        buttons = [
            self._button("move", f"↑ {key_cap(up)}", "", f"al_{language}_up", side=language, way="up", title="up"),
            self._button(
                "move", f"↓ {key_cap(down)}", "", f"al_{language}_down", side=language, way="down", title="down"
            ),
        ]
        return f'<div class="al-moves">{"".join(buttons)}</div>'

    def _actions(self, row: Row) -> str:
        words, place = self.words, self.place
        aside = self._button("aside", words("back" if row.aside else "aside"), "X", "al_aside")
        if row.aside:
            return f'<div class="al-acts">{aside}</div>'
        waits = place.link is not None and place.link != place.row
        link = words("link_here", k=place.link + 1) if waits and place.link is not None else words("link")
        confirm = words("unconfirm" if row.status == "checked" else "confirm")
        buttons = [
            self._button("confirm", confirm, "C", "al_confirm"),
            self._button("merge", words("merge"), "M", "al_merge", on=place.row + 1 < len(self.session.rows)),
            self._button("split", words("split"), "S", "al_split", on=len(row.zh) > 1 or len(row.en) > 1),
            self._button("unlink", words("unlink"), "B", "al_unlink", on=row.two_sided),
            self._button("link", link, "L", "al_link"),
            aside,
        ]
        return f'<div class="al-acts">{"".join(buttons)}</div>'

    def _button(
        self, act: str, label: str, key: str, name: str, *, on: bool = True, title: str = "", **data: str
    ) -> str:
        """A button that its key presses, by the class that Streamlit gives its own; ``label`` is HTML."""
        said = self.words(title) if title else ""
        cap = f" {key_cap(key)}" if key else ""
        return f'<span class="st-key-{name}">{_do(act, label + cap, on=on, title=said, data=data)}</span>'


def _do(
    act: str, label: str, *, on: bool = True, title: str = "", css: str = "", data: Mapping[str, str] | None = None
) -> str:
    """A thing to press; ``label`` is HTML."""
    values = "".join(f' data-{name}="{escape(value)}"' for name, value in (data or {}).items())
    said = f' title="{escape(title)}" aria-label="{escape(title)}"' if title else ""
    off = "" if on else " disabled"
    classes = f"dz-do {css}".strip()
    return f'<button type="button" class="{classes}" data-act="{escape(act)}"{values}{said}{off}>{label}</button>'


def _shared(row: Row) -> set[str]:
    """The anchors that both sides have."""
    return _keys(row.zh, "zh") & _keys(row.en, "en")


def _keys(units: Sequence[Unit], language: Language) -> set[str]:
    return {anchor.key for unit in units for anchor in anchors(unit.text, language)}
