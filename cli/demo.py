"""``make demo``: align the bundled sample, write it in every format, look things up in others, open the app.

``make app`` (``python -m cli.demo app``) opens the app on what this left, and makes it first where it is not there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from align import AlignmentTable, align_files
from align.table import BeadKind, BeadRecord
from align.writers import FORMATS, write
from cli.report import summary_line
from models import load_embedded
from models.static import StaticEncoder

if TYPE_CHECKING:
    from rich.text import Text

    from search.database import Database

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
OUT = ROOT / "out"
DATABASE = "corpus.sqlite"
NOBODY = "demo"  # whose work the sample is, where nobody is logged in
ASKED = "forged passports used to cross borders"  # by meaning: it stands in the sample in other words
TERM = "foreign terrorist fighters"
ADVICE = (
    ".venv/bin/duizhao align CHINESE ENGLISH -o pair.html  # .docx, .pdf, .html, .md or .txt",
    ".venv/bin/duizhao add CHINESE ENGLISH                 # keep them, for look-ups",
    ".venv/bin/duizhao search TEXT                         # paragraphs in either language",
    ".venv/bin/duizhao term TERM                           # how a term was rendered",
    ".venv/bin/duizhao extract                             # terms for a glossary",
    ".venv/bin/duizhao check CHINESE ENGLISH               # a new translation",
    "make app                                              # the same in the browser, with this sample",
)
MOST_DOUBTFUL = 6  # shown
SHOWN = 34  # characters of Chinese; twice as many of English


def main(out: Path = OUT) -> list[str]:
    """Align the sample, write it to ``out`` in every format, look things up in it; the lines that tell of it."""
    zh, en = SAMPLES / "resolution.zh.docx", SAMPLES / "resolution.en.docx"
    encoder = load_embedded()
    table, _ = align_files(zh, en, encoder)
    out.mkdir(parents=True, exist_ok=True)
    for format_ in FORMATS.values():
        write(table, out / f"resolution{format_.extensions[0]}", format_.name)
    return [*_story(table, _shown(out)), *_look_ups(out, encoder), *_ending()]


def fill(out: Path, encoder: StaticEncoder) -> Database:
    """The corpus of ``out``, with the sample in it."""
    from cli import terminal
    from glossary.sample import load_sample
    from search.database import Database

    out.mkdir(parents=True, exist_ok=True)
    database = Database.open(out / DATABASE)
    told = terminal.progress()
    load_sample(database, _user(), encoder, told and (lambda what: told(f"making the sample: {what}")))
    return database


def open_app(out: Path = OUT) -> None:
    """Open the app on the corpus of ``out``, or on the one that the environment names."""
    from cli.app_command import VARIABLE, free_port, serve

    if not os.environ.get(VARIABLE) and not (out / DATABASE).exists():
        fill(out, load_embedded()).close()
    serve(os.environ.get(VARIABLE) or str(out / DATABASE), free_port())


def watched() -> bool:
    """Whether somebody sits there who wants to see the app: a terminal, and no program that tests us."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("CI")


def _user() -> str:
    """Who is logged in; in a container that may be nobody."""
    from glossary.errors import GlossaryError
    from glossary.people import current_user

    try:
        return current_user()
    except GlossaryError:
        return NOBODY


def _story(table: AlignmentTable, out: str) -> Iterator[str]:
    extensions = ", ".join(format_.extensions[0] for format_ in FORMATS.values())
    yield "samples/resolution.zh.docx (Chinese) and samples/resolution.en.docx (English), aligned:"
    yield f"  {summary_line(table)}"
    yield ""
    yield "Some of it, with the confidence of each pair from 0 to 1:"
    for record in _telling(table):
        yield from _bead(record)
    yield ""
    doubtful = table.doubtful
    yield f"Look at these first; they are doubtful ({len(doubtful)}):" if doubtful else "Nothing in it is doubtful."
    for record in doubtful[:MOST_DOUBTFUL]:
        yield from _bead(record)
    if len(doubtful) > MOST_DOUBTFUL:
        yield f"  and {len(doubtful) - MOST_DOUBTFUL} more"
    yield ""
    yield f"Written to {out}/resolution with {extensions}."
    yield f"Look at {out}/resolution.html in any browser: both texts face to face; N goes to the next doubtful pair."


def _look_ups(out: Path, encoder: StaticEncoder) -> Iterator[str]:
    """The sample in a corpus of its own, asked for a meaning and for a term, as by the commands."""
    from cli.search_report import results_text
    from cli.term_report import term_text
    from glossary.candidates.queue import queue
    from glossary.glossary import Glossary
    from search.corpus import Corpus
    from search.index.choosing import open_index
    from search.lookup.engine import Lookup
    from search.lookup.question import How
    from search.precedents.locator import locator_of
    from search.precedents.look_up import look_up_term, question

    with Corpus(fill(out, encoder)) as corpus:
        stats, glossary = corpus.stats(), Glossary(corpus.database, "")
        concepts, waiting = glossary.count(), len(queue(glossary))
        lookup = Lookup(corpus, open_index(corpus, encoder.name), encoder)
        results = lookup.search(ASKED, How(top=2))
        answer = look_up_term(corpus, locator_of(corpus, encoder), question(TERM))
    place = f"--db {_shown(out)}/{DATABASE}"
    yield ""
    yield f"The other documents of samples/, which are made up as well, are in {_shown(out)}/{DATABASE}:"
    yield f"  {stats.documents} documents of 2012 to 2023, {stats.pairs:,} pairs"
    yield f"  a glossary of {concepts - waiting} concepts, and {waiting} candidates that wait for review"
    yield ""
    yield f"Searched by meaning: duizhao search “{ASKED}” --top 2 {place}"
    yield from _plain(results_text(results))
    yield ""
    yield f"How a term was rendered: duizhao term “{TERM}” --evidence 1 {place}"
    yield from _plain(term_text(answer, top=5, lines=1))


def _plain(lines: Iterable[Text]) -> Iterator[str]:
    return (f"  {line.plain}".rstrip() for line in lines)


def _ending() -> Iterator[str]:
    yield ""
    yield "Then try it on documents of your own:"
    yield from (f"  {line}" for line in ADVICE)


def _telling(table: AlignmentTable) -> list[BeadRecord]:
    """One plain numbered paragraph, and the first of each kind of bead that is not plain, in reading order."""
    plain = [r for r in table.records if len(r.zh) == len(r.en) == 1 and r.number and len(r.zh_text) > SHOWN]
    found = {"plain": plain[0]} if plain else {}
    for record in table.records:
        shape = f"{record.kind} {min(len(record.zh), 2)}-{min(len(record.en), 2)}"
        if shape != "link 1-1" and not record.doubtful:
            found.setdefault(shape, record)
    return sorted(found.values(), key=table.records.index)


def _bead(record: BeadRecord) -> Iterator[str]:
    many = len(record.zh) > 1 or len(record.en) > 1
    remark = f"  [{len(record.zh)} to {len(record.en)}]" if many else ""
    if record.kind in (BeadKind.MOVED, BeadKind.LIST):
        remark += f"  [{record.kind}]"
    yield f"  {record.confidence:.2f}  {_short(record.zh_text, SHOWN) or '(not in the Chinese)'}"
    yield f"        {_short(record.en_text, 2 * SHOWN) or '(not in the English)'}{remark}"


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _shown(out: Path) -> str:
    return out.name if out == OUT else str(out)


def _run() -> None:
    from cli.terminal import emit, prepare

    prepare()
    if sys.argv[1:] == ["app"]:
        open_app()
        return
    emit(main())
    if watched():
        emit(["", "Opening the app on it; Ctrl+C stops it, and “make app” opens it again."])
        open_app()


if __name__ == "__main__":
    from models.errors import DuizhaoError

    try:
        _run()
    except DuizhaoError as problem:
        sys.exit(f"duizhao: {problem}")
