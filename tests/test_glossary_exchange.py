"""``duizhao glossary import`` and ``export``: the file formats and the store together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Outcome, duizhao

CSV = "id,zh,en,note\n1,水文站,hydrological station,measured daily\n2,信托基金,trust fund,\n"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "corpus.sqlite"


def imported(tmp_path: Path, db: Path, text: str, *options: object) -> Outcome:
    file = tmp_path / "terms.csv"
    file.write_text(text, encoding="utf8")
    return duizhao("glossary", "import", file, "--db", db, "--user", "li", *options)


def listed(db: Path) -> list[tuple[list[str], list[str]]]:
    concepts = json.loads(duizhao("glossary", "list", "--db", db, "--json").out)
    terms = [one["terms"] for one in concepts]
    return [
        (
            [term["text"] for term in some if term["language"] == "zh"],
            [term["text"] for term in some if term["language"] == "en"],
        )
        for some in terms
    ]


def test_a_file_comes_in_once_and_a_second_time_changes_nothing(tmp_path: Path, db: Path) -> None:
    assert imported(tmp_path, db, CSV).out == "added: 2, unchanged: 0, changed: 0, in conflict: 0\n"
    assert listed(db) == [(["水文站"], ["hydrological station"]), (["信托基金"], ["trust fund"])]
    assert imported(tmp_path, db, CSV).out == "added: 0, unchanged: 2, changed: 0, in conflict: 0\n"
    history = json.loads(duizhao("glossary", "history", "--db", db, "--json").out)
    assert {event["user"] for event in history} == {"li"}
    assert len(history) == 2


def test_a_dry_run_says_what_would_be_done_and_does_nothing(tmp_path: Path, db: Path) -> None:
    imported(tmp_path, db, CSV)
    more = CSV + "3,河流,river,\n"
    found = imported(tmp_path, db, more, "--dry-run")
    assert found.out == "would do this: added: 1, unchanged: 2, changed: 0, in conflict: 0\n"
    assert len(listed(db)) == 2


def test_where_the_file_contradicts_the_glossary_is_kept_unless_the_file_is_chosen(tmp_path: Path, db: Path) -> None:
    imported(tmp_path, db, CSV)
    other = CSV.replace("measured daily", "measured weekly")
    kept = imported(tmp_path, db, other)
    assert kept.out.startswith("added: 0, unchanged: 1, changed: 0, in conflict: 1\n")
    assert "measured daily / measured weekly" in kept.out
    assert "measured daily" in duizhao("glossary", "show", "水文站", "--db", db).out
    imported(tmp_path, db, other, "--conflicts", "theirs")
    assert "measured weekly" in duizhao("glossary", "show", "水文站", "--db", db).out


@pytest.mark.parametrize("name", ["terms.tbx", "terms.xlsx", "terms.tsv", "terms.json"])
def test_what_is_exported_is_unchanged_when_it_comes_back(tmp_path: Path, db: Path, name: str) -> None:
    imported(tmp_path, db, CSV)
    out = tmp_path / name
    assert duizhao("glossary", "export", out, "--db", db).err.endswith(f"2 concepts written to {out}\n")
    again = duizhao("glossary", "import", out, "--db", db)
    assert again.out == "added: 0, unchanged: 2, changed: 0, in conflict: 0\n"
    assert duizhao("glossary", "import", out, "--db", tmp_path / "new.sqlite").out.startswith("added: 2,")


def test_a_broken_file_changes_nothing_and_one_sentence_says_so(tmp_path: Path, db: Path) -> None:
    imported(tmp_path, db, CSV)
    broken = tmp_path / "broken.tbx"
    broken.write_text("<tbx><text>", encoding="utf8")
    found = duizhao("glossary", "import", broken, "--db", db)
    assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
    assert "broken.tbx" in found.err
    assert len(listed(db)) == 2
