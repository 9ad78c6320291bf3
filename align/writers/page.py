"""One self-contained HTML page: the two texts face to face, opens in any browser, asks the network for nothing.

The page reads without JavaScript; with it come filters, search, keys, and the switch of its own words to Chinese.
The whole table stands in a JSON block and is what is read back. The security policy allows the page's own style and
script by their hashes and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import quote

from align.errors import UnreadableFileError
from align.table import AlignmentTable, Provenance
from align.writers.embedded import embed, extract
from align.writers.escapes import json_in_markup, visible
from align.writers.fields import ADVICE
from align.writers.page_rows import row_of
from align.writers.page_words import said
from align.writers.summary import Summary, summarise
from align.writers.tmx import tag_of_chinese
from align.writers.words import PAGE_WORDS

_DATA = re.compile(rb'<script type="application/json" id="alignment">(.*?)</script>', re.DOTALL)
_UN_SYMBOL = re.compile(r"(?:A|S|E|ST|T)(?:/[A-Za-z0-9.()\- ]+)+")
_FACTS = ("symbol", "date", "body", "session", "agenda_item", "zh_source", "en_source")


def dump(table: AlignmentTable) -> bytes:
    """The table as an HTML page, UTF-8."""
    css, js = _asset("page.css"), _asset("page.js")
    counts = summarise(table)
    empty = not table.records
    page = Template(_asset("page.html")).substitute(
        policy=f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(js)}'; "
        "base-uri 'none'; form-action 'none'",
        title=_shown(_title(table.provenance)),
        css=css,
        js=js,
        words=json_in_markup(json.dumps(PAGE_WORDS, ensure_ascii=False)),
        source=_source_line(table.provenance),
        titles=_titles(table.provenance),
        summary=_summary_line(counts, table.level),
        filters=_filters(counts),
        jump=_jump(counts),
        beads="\n".join(row_of(record, at, table.provenance) for at, record in enumerate(table.records, 1)),
        nothing=said("empty" if empty else "nothing"),
        nothing_hidden="" if empty else "hidden",
        facts=_facts(table),
        legend=_legend(),
        data=embed(table),
    )
    # Every lone surrogate is escaped or shown as U+FFFD by now.
    return page.encode("utf-8")


def load(data: bytes, source: str) -> AlignmentTable:
    """Read the table that ``dump`` embedded; raises UnreadableFileError where there is none."""
    found = _DATA.search(data)
    if found is None:
        raise UnreadableFileError(f"{source} carries no alignment data of duizhao; {ADVICE}.")
    try:
        text = found[1].decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{source} is not UTF-8 text; {ADVICE}.") from error
    return extract(text, source)


def _asset(name: str) -> str:
    # Browsers hash what they parse, and parse CR LF as LF.
    return files("align.writers").joinpath(name).read_text("utf-8").replace("\r\n", "\n").strip()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _shown(text: str) -> str:
    return escape(visible(text))


def _title(provenance: Provenance) -> str:
    parts = (provenance.symbol, provenance.title_en or provenance.title_zh)
    return " · ".join(part for part in parts if part) or "Alignment"


def _symbol(symbol: str) -> str:
    if not _UN_SYMBOL.fullmatch(symbol):
        return _shown(symbol)
    return f'<a href="https://undocs.org/en/{quote(symbol)}" rel="noreferrer">{_shown(symbol)}</a>'


def _source_line(provenance: Provenance) -> str:
    parts = [_symbol(provenance.symbol)] if provenance.symbol else []
    parts += [_shown(part) for part in (provenance.date, provenance.body) if part]
    if not parts:
        parts = [_shown(name) for name in (provenance.zh_source, provenance.en_source) if name]
    return " · ".join(parts)


def _titles(provenance: Provenance) -> str:
    if not (provenance.title_zh or provenance.title_en):
        return ""
    chinese = f'<p lang="{tag_of_chinese(provenance)}">{_shown(provenance.title_zh)}</p>'
    return f'{chinese}<h1 lang="en">{_shown(provenance.title_en)}</h1>'


def _summary_line(counts: Summary, level: str) -> str:
    unit = level if level in ("paragraph", "sentence") else "paragraph"
    parts = [said(unit, counts.beads), said("linked", counts.linked), said("zh_only", counts.zh_only)]
    parts += [said("en_only", counts.en_only), said("doubtful", counts.doubtful)]
    return '<span class="sep">·</span>'.join(parts)


def _filters(counts: Summary) -> str:
    shows = (("all", counts.beads), ("doubtful", counts.doubtful), ("one-sided", counts.one_sided))
    buttons = []
    for show, count in shows:
        pressed = "true" if show == "all" else "false"
        disabled = "" if count or show == "all" else " disabled"
        label = f"{said(f'show_{show}'.replace('-', '_'))}<b>{count:,}</b>"
        button = f'<button type="button" data-show="{show}" aria-pressed="{pressed}"{disabled}>{label}</button>'
        buttons.append(button)
    return "".join(buttons)


def _jump(counts: Summary) -> str:
    disabled = "" if counts.doubtful else " disabled"
    return "".join(
        f'<button type="button" id="{name}"{disabled}><kbd>{key}</kbd> {said(name)}</button>'
        for name, key in (("next", "N"), ("previous", "P"))
    )


def _facts(table: AlignmentTable) -> str:
    facts = []
    for name in _FACTS:
        value = getattr(table.provenance, name)
        if value:
            facts.append(f"<dt>{said(name)}</dt><dd>{_symbol(value) if name == 'symbol' else _shown(value)}</dd>")
    facts.append(f"<dt>{said('signature')}</dt><dd>{_shown(table.signature)}</dd>")
    return "".join(facts)


def _legend() -> str:
    bars = {
        "legend_good": "good automatic",
        "legend_fair": "fair automatic",
        "legend_doubtful": "doubtful automatic",
        "legend_solid": "plain checked",
        "legend_striped": "plain automatic",
        "anchors_why": "dots",
    }
    return "".join(f'<li><span class="bar {look}"></span>{said(key)}</li>' for key, look in bars.items())
