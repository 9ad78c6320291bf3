"""Whatever happens to the program or its disk, the corpus is whole, and what is wrong is said in one sentence."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import store_databases
import store_earlier
from commands import ROOT
from store_made_up import document, pair_file, table

from search.corpus import Corpus
from search.errors import (
    CorpusError,
    DamagedCorpusError,
    NewerCorpusError,
    ReadOnlyCorpusError,
)
from search.records import Filters, StoredDocument, StoredPair
from search.schema import REVISIONS, VERSION_TABLE, WORDS, metadata

PROGRAM = Path(__file__).with_name("store_program.py")
KILLED = -9


@pytest.fixture(params=store_databases.KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return store_databases.place(request.param, tmp_path)


def start(place: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(PROGRAM), place, *arguments]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(place: str, *arguments: str) -> int:
    with start(place, *arguments) as process:
        _, problems = process.communicate(timeout=120)
        assert "Traceback" not in problems, problems
        return process.returncode


def content(place: str) -> tuple[int, tuple[StoredDocument, ...], list[StoredPair]]:
    with Corpus.open(place) as corpus:
        assert corpus.verify() == ()
        return corpus.state, corpus.list(), list(corpus.pairs())


def earlier(place: str, folder: Path) -> tuple[int, tuple[StoredDocument, ...], list[StoredPair]]:
    """Make a corpus of the first version; what it holds."""
    with Corpus.open(folder / "full.sqlite") as full:
        full.add_alignment(table(), document("zh"), document("en"))
        full.add_pairs(pair_file(2100, body="ÉCOLE de \0 paix"))
        store_earlier.as_of_0001(place, full)
        return full.state, full.list(), list(full.pairs())


# kill -9


@pytest.mark.parametrize("point", ["2", "5", "9", "14", "commit"])
def test_a_corpus_whose_making_was_killed_is_made_by_the_next_start(place: str, point: str) -> None:
    assert run(place, "begin", point) == KILLED
    assert content(place) == (0, (), [])
    with Corpus.open(place) as corpus:
        assert corpus.add_alignment(table()).change == "added"


@pytest.mark.parametrize("points", [("1", "4", "8"), ("11", "13", "commit")])
def test_a_corpus_whose_migration_was_killed_is_as_it_was_and_migrated_by_the_next_start(
    place: str, tmp_path: Path, points: tuple[str, ...]
) -> None:
    before = earlier(place, tmp_path)
    for point in points:
        assert (point, run(place, "begin", point)) == (point, KILLED)
        with pytest.raises(ReadOnlyCorpusError):
            Corpus.open(place, read_only=True)
    assert content(place) == before


@pytest.mark.parametrize("task", ["add", "replace", "remove"])
def test_a_change_that_was_killed_has_not_happened(place: str, task: str) -> None:
    with Corpus.open(place) as corpus:
        corpus.add_alignment(table(), document("zh"), document("en"))
    before = content(place)
    points = ("2", "3", "commit") if task == "remove" else ("2", "6", "9", "11", "commit")
    for point in points:
        assert (point, run(place, task, point)) == (point, KILLED)
        assert content(place) == before
    assert run(place, task, "99") == 0
    assert content(place) != before


def test_what_was_committed_before_a_kill_at_any_moment_is_there(place: str) -> None:
    chance = random.Random(4)
    committed: set[str] = set()
    for turn in range(4):
        with start(place, "many", f"turn{turn}") as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 8)):
                committed.add(f"turn{turn}-{process.stdout.readline().strip()}")
            time.sleep(chance.random() * 0.02)
            process.kill()
        _, documents, pairs = content(place)
        assert {document.name for document in documents} >= committed
        assert len(pairs) == 40 * len(documents)


def test_two_programs_that_begin_and_fill_one_corpus_at_once_both_succeed(place: str) -> None:
    with start(place, "many", "left") as left, start(place, "many", "right") as right:
        outcomes = [process.communicate(timeout=120)[1] for process in (left, right)]
    assert (left.returncode, right.returncode, outcomes) == (0, 0, ["", ""])
    state, documents, pairs = content(place)
    assert {document.name for document in documents} == {f"{side}-{k}" for side in ("left", "right") for k in range(12)}
    assert (state, len(pairs), len({pair.id for pair in pairs})) == (24, 960, 960)


# what is wrong is said


def sentence(error: pytest.ExceptionInfo[CorpusError]) -> str:
    text = str(error.value)
    assert re.fullmatch(r"[^\n]+\.", text)
    return text


def test_a_corpus_of_a_later_version_is_left_alone(place: str) -> None:
    with Corpus.open(place) as corpus:
        corpus.add_alignment(table())
        with corpus.database.writing() as connection:
            connection.execute(sa.text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(NewerCorpusError) as error:
        Corpus.open(place)
    assert sentence(error).endswith("was made by a later version of duizhao; update duizhao to use it.")


def test_the_tables_of_another_program_are_left_alone(place: str, tmp_path: Path) -> None:
    url = f"sqlite:///{place}" if place.startswith(str(tmp_path)) else place.replace("://", "+psycopg://")
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE documents (title TEXT)"))
    engine.dispose()
    with pytest.raises(DamagedCorpusError) as error:
        Corpus.open(place)
    assert "belongs to another program" in sentence(error)


def test_an_empty_database_is_not_written_by_reading(place: str) -> None:
    if not place.startswith("postgresql"):
        Path(place).touch()
    for read_only in (True, False):
        with pytest.raises(CorpusError) as error:
            Corpus.open(place, read_only, create=False)
        assert sentence(error).endswith("yet; begin one with “duizhao add”.")
    with Corpus.open(place) as corpus:
        assert corpus.state == 0


def test_a_corpus_of_an_earlier_version_is_not_changed_by_reading(place: str, tmp_path: Path) -> None:
    earlier(place, tmp_path)
    with pytest.raises(ReadOnlyCorpusError) as error:
        Corpus.open(place, read_only=True)
    assert sentence(error).endswith("run “duizhao corpus verify” once to bring it up to date.")


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    place = tmp_path / "corpus.sqlite"
    with Corpus.open(place) as corpus:
        corpus.add_alignment(table())
        corpus.database.engine.dispose()
        sa.event.listen(corpus.database.engine, "connect", _small)
        with pytest.raises(CorpusError) as error:
            corpus.add_pairs(pair_file(5000))
    assert sentence(error) == (
        f"the corpus {place} cannot be written, because the disk is full; nothing of this was stored."
    )
    assert len(content(str(place))[2]) == 4


def _small(connection: Any, _: object) -> None:
    connection.execute("PRAGMA max_page_count = 60")


@contextmanager
def as_someone_else(folder: Path) -> Iterator[None]:
    """Whoever may read the folder and not write it."""
    for path in (folder, *folder.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        if root:
            os.setresuid(0, 0, 0)
        folder.chmod(0o755)


def test_a_corpus_that_may_not_be_written_is_read_all_the_same() -> None:
    folder = Path(tempfile.mkdtemp(prefix="duizhao-ro-"))
    try:
        place = folder / "corpus.sqlite"
        with Corpus.open(place) as corpus:
            corpus.add_alignment(table())
        with as_someone_else(folder):
            with Corpus.open(place, read_only=True) as corpus:
                assert corpus.table(1) == table()
            with pytest.raises(ReadOnlyCorpusError) as error:
                Corpus.open(place)
        assert sentence(error).endswith("may not be written; ask for permission or name another with --db.")
    finally:
        shutil.rmtree(folder)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "letter.txt"
    place.write_text("Dear Sir, this is a letter and no database. " * 200)
    for read_only in (False, True):
        with pytest.raises(DamagedCorpusError) as error:
            Corpus.open(place, read_only)
        assert sentence(error) == f"the corpus {place} is no corpus and no database; name another file with --db."
    assert place.read_text().startswith("Dear Sir")


def test_damage_is_said_and_found(tmp_path: Path) -> None:
    place = tmp_path / "corpus.sqlite"
    with Corpus.open(place) as corpus:
        corpus.add_pairs(pair_file(3000))
    size = place.stat().st_size
    with place.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * 40_000)
    with Corpus.open(place) as corpus, pytest.raises(DamagedCorpusError) as error:
        deque(chain(corpus.folded(), corpus.pairs()), 0)
    assert "is damaged; put back a copy of it" in sentence(error)
    with Corpus.open(place) as corpus:
        assert _first_problem(corpus)


def _first_problem(corpus: Corpus) -> str:
    """What is said of a damaged file, whether found or met with on the way."""
    try:
        return corpus.verify()[0]
    except DamagedCorpusError as error:
        return str(error)


def test_verify_says_what_does_not_fit_together(tmp_path: Path) -> None:
    place = tmp_path / "corpus.sqlite"
    with Corpus.open(place) as corpus:
        corpus.add_alignment(table())
    with closing(sqlite3.connect(place)) as database, database:
        database.executescript(
            "UPDATE pairs SET en = 'Another text.' WHERE id = 2; UPDATE pairs SET position = 7 WHERE id = 4;"
            "UPDATE corpus_state SET state = 0, next_pair = 4; DELETE FROM pair_folds WHERE pair = 3;"
            "INSERT INTO paragraphs VALUES (5, 'zh', 0, 'body', '', 0, 0, '', '', '');"
        )
    with Corpus.open(place, read_only=True) as corpus:
        assert corpus.verify() == (
            "a row of paragraphs belongs to nothing.",
            "a document is of state 1, later than the corpus, which is in state 0.",
            "pair 4 has a number that was not given out yet.",
            "a pair is of state 1, later than the corpus, which is in state 0.",
            "the pairs of document #1 are not numbered from 0 to 3.",
            "what pair 2 is looked up by is not its text.",
            "what pair 3 is looked up by is not its text.",
        )


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("{folder}", "is a folder; name a file in it"),
        ("{folder}/a\0b", "cannot be opened (embedded null byte"),
        ("{folder}/letter.txt/corpus.sqlite", "cannot be opened (File exists); choose another place"),
        ("mysql://me@host/base", "mysql:// is no database that the corpus can be kept in"),
        ("milvus://host:19530", "milvus:// is no database that the corpus can be kept in"),
        ("postgresql://me:secret@127.0.0.1:1/base", "the corpus postgresql://me:***@127.0.0.1:1/base cannot be used ("),
        ("postgresql://me@host:port/base", "the URL of the corpus is not understood"),
    ],
)
def test_a_place_that_cannot_be_is_said(tmp_path: Path, where: str, said: str) -> None:
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(CorpusError) as error:
        Corpus.open(where.format(folder=tmp_path))
    assert said in sentence(error)
    assert "secret" not in str(error.value)


def test_there_is_nothing_to_read_before_something_is_added(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as error:
        Corpus.open(tmp_path / "corpus.sqlite", read_only=True)
    assert sentence(error).endswith("yet; begin one with “duizhao add”.")
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_not_on_the_server_is_said() -> None:
    url = store_databases.new_database().replace("/corpus", "/nothing")
    with pytest.raises(CorpusError) as error:
        Corpus.open(url)
    assert "does not exist" in sentence(error)


def test_a_name_of_a_file_is_never_an_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (":memory:", "a?mode=ro#x%20", "年 度.db"):
        with Corpus.open(name) as corpus:
            corpus.add_alignment(table())
        assert Path(name).is_file()


def test_the_default_place_is_in_the_home_of_the_program(tmp_path: Path) -> None:
    with Corpus.open() as corpus:
        assert corpus.place == str(tmp_path / "home" / "corpus.sqlite")


# migrations


def test_a_corpus_of_the_first_version_is_brought_up_to_date(place: str, tmp_path: Path) -> None:
    before = earlier(place, tmp_path)
    with Corpus.open(place) as corpus:
        assert [pair.id for pair in corpus.containing("站的观测数据", "zh", limit=2)] == [5, 6]
        assert corpus.count_containing("every hour", "en", Filters(body="école DE \0 PAIX")) == 2100
        assert corpus.ids(Filters(document=1)).tolist() == [1, 2, 3, 4]
    assert content(place) == before
    with Corpus.open(place) as corpus:
        corpus.remove(2)
        assert corpus.count_containing("every hour", "en") == 0
        assert corpus.verify() == ()


def test_the_migrations_make_exactly_the_tables_of_the_schema(place: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from glossary.schema import metadata as glossary_metadata

    options = {
        "version_table": VERSION_TABLE,
        "compare_type": False,
        "include_name": lambda name, kind, _: kind != "table" or not str(name).startswith(WORDS),
    }
    with Corpus.open(place) as corpus, corpus.database.reading() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, [metadata, glossary_metadata]) == []  # type: ignore[arg-type]
    scripts = ScriptDirectory(str(ROOT / "search" / "migrations"))
    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == REVISIONS
