"""``duizhao add`` and ``duizhao corpus`` on the command line."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import store_databases
from commands import CHINESE, ENGLISH, ROOT, SAMPLES, Outcome, duizhao, program, written
from conftest import SHARED
from store_made_up import SYMBOL, table

import search.adding
from align.writers import read_table, write
from search.corpus import Corpus
from search.records import Filters

ZH, EN = SAMPLES / "resolution.zh.docx", SAMPLES / "resolution.en.docx"
WORDY = "".join(f"第{k}条规定，各国应当每年向秘书长提交一份关于水文观测的报告。\n\n" for k in range(12))
OTHER = "".join(f"Section {k}: the cook shall boil {k + 3} eggs and serve them with butter.\n\n" for k in range(12))


def refused(outcome: Outcome) -> str:
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1), outcome
    return outcome.err.removeprefix("duizhao: ").removesuffix("\n")


def listed(*options: object) -> list[dict[str, object]]:
    found = duizhao("corpus", "list", "--json", *options)
    assert (found.code, found.err) == (0, "")
    return json.loads(found.out)


def test_a_pair_is_added_once() -> None:
    first, second = duizhao("add", ZH, EN), duizhao("add", EN, ZH)
    assert (first.code, second.code) == (0, 0)
    assert first.out == "A/C.6/99/L.7: added, 69 pairs\n"
    assert second.out == "A/C.6/99/L.7: unchanged, 69 pairs\n"
    (document,) = listed()
    expected = {"symbol": "A/C.6/99/L.7", "type": "L", "languages": ["zh", "en"], "date": "2044-11-04", "pairs": 69}
    assert {key: document[key] for key in expected} == expected
    shown = json.loads(duizhao("corpus", "show", "a/c.6/99/l.7", "--json").out)
    assert shown["document"] == document
    assert [pair["pair_id"] for pair in shown["pairs"]] == list(range(1, 70))


def test_a_document_without_its_original_is_paired_when_the_original_comes() -> None:
    assert duizhao("add", ZH).out == "A/C.6/99/L.7: added, 69 pairs\n"
    assert listed()[0]["languages"] == ["zh"]
    assert duizhao("add", EN).out == "A/C.6/99/L.7: paired with its other language, 69 pairs\n"
    assert duizhao("add", EN).out == "A/C.6/99/L.7: unchanged, 69 pairs\n"
    assert duizhao("add", ZH).out == "A/C.6/99/L.7: unchanged, 69 pairs\n"
    (document,) = listed()
    assert (document["languages"], document["zh_source"], document["en_source"]) == (
        ["zh", "en"],
        "resolution.zh.docx",
        "resolution.en.docx",
    )


def test_pairing_later_gives_the_pairs_that_adding_both_gives(tmp_path: Path) -> None:
    together, apart = tmp_path / "together.sqlite", tmp_path / "apart.sqlite"
    duizhao("add", ZH, EN, "--db", together)
    for file in (EN, ZH):
        duizhao("add", file, "--db", apart)
    with Corpus.open(together) as one, Corpus.open(apart) as other:
        assert one.table(1).records == other.table(1).records


def test_texts_of_one_name_that_say_different_things_stay_apart(tmp_path: Path) -> None:
    for language, text in (("zh", WORDY), ("en", OTHER)):
        (tmp_path / f"notice.{language}.txt").write_text(text, "utf-8")
    duizhao("add", tmp_path / "notice.zh.txt")
    added = duizhao("add", tmp_path / "notice.en.txt")
    assert (added.code, added.out) == (0, "notice (en): added, 12 pairs\n")
    assert "does not look like the other language of notice and was stored apart from it." in added.err
    assert [document["languages"] for document in listed()] == [["zh"], ["en"]]


def test_with_another_level_or_again_it_is_aligned_anew() -> None:
    duizhao("add", ZH, EN)
    assert duizhao("add", ZH, EN, "--again").out == "A/C.6/99/L.7: unchanged, 69 pairs\n"
    assert duizhao("add", ZH, EN, "--level", "sentence").out.startswith("A/C.6/99/L.7: replaced, ")
    assert listed()[0]["level"] == "sentence"


def test_checked_pairs_are_kept_and_told_of(tmp_path: Path) -> None:
    db = tmp_path / "corpus.sqlite"
    paths = written(tmp_path, zh_txt=CHINESE, en_txt=ENGLISH)
    duizhao("add", *paths, "--db", db)
    with Corpus.open(db) as corpus:
        corpus.set_status([pair.id for pair in corpus.pairs()])
    written(tmp_path, en_txt=ENGLISH.replace("one another", "all others"))
    added = duizhao("add", *paths, "--db", db)
    assert added.out.endswith(": replaced, 2 pairs; 1 checked pairs kept\n")
    assert "a checked pair is no longer in the text: States should cooperate" in added.err


def test_pairs_already_aligned_are_added(tmp_path: Path) -> None:
    write(table(), tmp_path / "memory.tmx")
    added = duizhao("add", "--pairs", tmp_path / "memory.tmx")
    assert (added.code, added.out) == (0, f"{SYMBOL}: added, 4 pairs\n")
    assert duizhao("add", tmp_path / "memory.tmx").out == f"{SYMBOL}: unchanged, 4 pairs\n"
    assert listed()[0]["origin"] == "pairs"
    shown = duizhao("corpus", "show", "memory").out.splitlines()
    assert "     2 link 1 0.95 automatic" in shown


def test_json_says_what_came_of_it() -> None:
    (added,) = json.loads(duizhao("add", ZH, EN, "--json").out)
    assert added == {
        "change": "added",
        "document": 1,
        "label": "A/C.6/99/L.7",
        "pairs": 69,
        "checked_kept": 0,
        "checked_lost": [],
    }


def test_a_document_is_exported_as_align_writes_it(tmp_path: Path) -> None:
    duizhao("add", ZH, EN)
    duizhao("align", ZH, EN, "--output", tmp_path / "aligned.tmx")
    assert duizhao("corpus", "export", "A/C.6/99/L.7", "-o", tmp_path / "exported.tmx").code == 0
    assert read_table(tmp_path / "exported.tmx") == read_table(tmp_path / "aligned.tmx")
    both = duizhao("corpus", "export", "-o", tmp_path / "all", "--format", "tsv")
    assert (both.code, both.err) == (0, f"1 document written to {tmp_path / 'all'}\n")
    assert [path.name for path in (tmp_path / "all").iterdir()] == ["00001_A_C.6_99_L.7.tsv"]


def test_removing_asks_for_force_where_a_person_has_worked(tmp_path: Path) -> None:
    db = tmp_path / "corpus.sqlite"
    with Corpus.open(db) as corpus:
        corpus.add_alignment(table())
        corpus.set_status([1, 2])
    assert refused(duizhao("corpus", "remove", SYMBOL, "--db", db)).startswith(
        f"{SYMBOL} has pairs that people have checked (2), which would be lost"
    )
    removed = duizhao("corpus", "remove", "#1", "--force", "--db", db)
    assert (removed.code, removed.err) == (0, f"{SYMBOL} was removed, with its pairs (4).\n")
    assert listed("--db", db) == []


def test_counts_and_verification(tmp_path: Path) -> None:
    db = tmp_path / "corpus.sqlite"
    with Corpus.open(db) as corpus:
        corpus.add_alignment(table())
    assert duizhao("corpus", "stats", "--db", db).out.splitlines() == [
        str(db),
        "1 document, 0 only Chinese, 0 only English; 0 paragraphs",
        "4 pairs, 0 checked by a person, 0 doubtful; 0 texts in one language only",
        "by type: RES 1",
        "by year: 2024 1",
        "by body: General Assembly 1",
    ]
    assert json.loads(duizhao("corpus", "stats", "--db", db, "--json").out)["pairs"] == 4
    assert duizhao("corpus", "verify", "--db", db).out == f"{db} is whole.\n"
    with Corpus.open(db) as corpus, corpus.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM pair_folds WHERE pair = 2")
    found = duizhao("corpus", "verify", "--db", db)
    assert (found.code, found.out) == (2, "what pair 2 is looked up by is not its text.\n")


def test_the_list_for_the_eye(tmp_path: Path) -> None:
    db = tmp_path / "corpus.sqlite"
    with Corpus.open(db) as corpus:
        corpus.add_alignment(table())
    assert duizhao("corpus", "list", "--db", db).out == (
        "#1     A/RES/79/901  zh+en  RES     2024-12-19       4  Hydrological data\n"
    )


def test_the_same_commands_on_a_server() -> None:
    url = store_databases.new_database()
    assert duizhao("add", ZH, EN, "--db", url).out == "A/C.6/99/L.7: added, 69 pairs\n"
    assert [document["label"] if "label" in document else document["symbol"] for document in listed("--db", url)] == [
        "A/C.6/99/L.7"
    ]
    assert duizhao("corpus", "verify", "--db", url).out.endswith(" is whole.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give a Chinese and an English document, or one document, or --folder DIR, or --pairs FILE."),
        (["a", "b", "c"], "3 files were given: add two, or one, or a whole folder with --folder."),
        (["a", "--pairs", "b"], "give a Chinese and an English document"),
        (["nothing.docx"], "nothing.docx: there is no such file"),
        (["--folder", "nothing"], "nothing is no folder"),
        ([ZH, ZH], "was given twice"),
    ],
)
def test_what_cannot_be_added_is_said_and_no_corpus_is_made(tmp_path: Path, arguments: list[str], said: str) -> None:
    db = tmp_path / "corpus.sqlite"
    assert said in refused(duizhao("add", *arguments, "--db", db))
    if db.exists():
        assert listed("--db", db) == []


@pytest.mark.parametrize("command", ["list", "stats", "show A", "export -o x.tmx", "remove A", "verify"])
def test_there_is_nothing_to_see_before_something_is_added(tmp_path: Path, command: str) -> None:
    assert "begin one with “duizhao add”" in refused(duizhao("corpus", *command.split()))
    assert not (tmp_path / "home").exists()


def test_a_document_that_is_not_there_is_said(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "db") as corpus:
        corpus.add_alignment(table())
    for command in (["show"], ["remove"]):
        said = refused(duizhao("corpus", *command, "A/1", "--db", tmp_path / "db"))
        assert said == "there is no document “A/1” in the corpus; “duizhao corpus list” shows all."


def test_as_a_program_of_its_own_it_says_one_line(tmp_path: Path) -> None:
    (tmp_path / "corpus.sqlite").write_text("no database at all " * 300)
    done = program("corpus", "list", "--db", tmp_path / "corpus.sqlite")
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)


# folders


def folder_of(tmp_path: Path, **files: str | Path) -> Path:
    """A folder with these files; ``zh__report_txt`` is zh/report.txt."""
    folder = tmp_path / "folder"
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8") if isinstance(content, str) else shutil.copy(content, path)
    return folder


def plan(folder: Path) -> tuple[list[list[str]], dict[str, str]]:
    found = json.loads(duizhao("add", "--folder", folder, "--dry-run", "--json").out)
    jobs = [[str(Path(file).relative_to(folder)) for file in job] for job in found["jobs"]]
    return jobs, {str(Path(out["file"]).relative_to(folder)): out["reason"] for out in found["left_out"]}


def test_files_are_paired_by_name_by_folder_and_by_symbol(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        report_zh_txt=CHINESE,
        report_en_txt=ENGLISH,
        zh__notice_txt=CHINESE,
        en__notice_txt=ENGLISH,
        deep__one__zh_txt=CHINESE,
        deep__one__en_txt=ENGLISH,
        first_docx=ZH,
        second_docx=EN,
        alone_txt=CHINESE,
    )
    jobs, left_out = plan(folder)
    assert jobs == [
        ["alone.txt"],
        ["deep/one/zh.txt", "deep/one/en.txt"],
        ["first.docx", "second.docx"],
        ["report.zh.txt", "report.en.txt"],
        ["zh/notice.txt", "en/notice.txt"],
    ]
    assert left_out == {}
    assert not (tmp_path / "home").exists()


def test_what_is_left_out_of_a_folder_is_said(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        a_zh_txt=CHINESE,
        a_en_txt=ENGLISH,
        a_en_md=ENGLISH,
        m_tmx="<tmx/>",
        p_png="x",
        _hidden_txt="x",
        b_txt="",
    )
    (folder / "link.txt").symlink_to(folder / "a.zh.txt")
    (folder / "c.txt").write_text(CHINESE)
    jobs, left_out = plan(folder)
    assert jobs == [["a.zh.txt", "a.en.txt"], ["c.txt"]]
    assert left_out == {
        "a.en.md": "the same document as a.zh.txt",
        "b.txt": "b.txt: the file is empty; save or download it again.",
        "link.txt": "a link",
        "m.tmx": "a table of pairs: add it with --pairs",
        "p.png": "not of a kind that is read (.docx, .pdf, .html, .htm, .xhtml, .md, .markdown, .txt)",
    }


def test_a_folder_is_worked_through_and_taken_up_where_it_was_left(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        one_zh_txt=CHINESE,
        one_en_txt=ENGLISH,
        res_zh_docx=ZH,
        res_en_docx=EN,
        bad_zh_txt=ENGLISH,
        bad_en_txt=OTHER,
    )
    done = duizhao("add", "--folder", folder)
    assert (done.code, done.out) == (2, "2 of 3 documents are in the corpus, 1 could not be added\n")
    assert "[1/3] bad.zh.txt and bad.en.txt are both English" in done.err
    (folder / "bad.zh.txt").write_text(WORDY, "utf-8")
    again = json.loads(duizhao("add", "--folder", folder, "--json", "--force").out)
    assert {one["label"]: one["change"] for one in again["added"]} == {
        "one": "unchanged",
        "A/C.6/99/L.7": "unchanged",
        "bad": "added",
    }
    assert again["failed"] == []


def test_several_processes_store_the_same(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, one_zh_txt=CHINESE, one_en_txt=ENGLISH, res_zh_docx=ZH, res_en_docx=EN)
    places = [tmp_path / f"{count}.sqlite" for count in (1, 2)]
    for count, place in enumerate(places, 1):
        assert duizhao("add", "--folder", folder, "--processes", count, "--db", place).code == 0
    tables = []
    for place in places:
        with Corpus.open(place) as corpus:
            tables.append({document.label: corpus.table(document.id) for document in corpus.list()})
    assert tables[0] == tables[1]
    assert sorted(tables[0]) == ["A/C.6/99/L.7", "one"]


def test_what_was_stored_before_ctrl_c_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(tmp_path, one_zh_txt=CHINESE, one_en_txt=ENGLISH, two_zh_txt=WORDY, two_en_txt=ENGLISH)
    aligned = search.adding.align_pair

    def stop_at_two(zh: Path, en: Path, how: search.adding.How) -> search.adding.AlignedFiles:
        if zh.name.startswith("two"):
            raise KeyboardInterrupt
        return aligned(zh, en, how)

    monkeypatch.setattr("search.adding.align_pair", stop_at_two)
    stopped = duizhao("add", "--folder", folder)
    assert (stopped.code, stopped.out) == (130, "")
    assert stopped.err.endswith("stopped after 1 of 2, which are stored; the same command goes on.\n")
    assert [document["name"] for document in listed()] == ["one"]


@pytest.mark.shared
def test_real_documents_of_a_folder_become_a_corpus(tmp_path: Path) -> None:
    names = ("e_res_2023_2", "e_2023_l24")
    for name in names:
        shutil.copytree(SHARED / "un" / "docs" / name, tmp_path / "un" / name)
    assert duizhao("add", "--folder", tmp_path / "un").code == 0
    assert [(document["symbol"], document["type"]) for document in listed()] == [
        ("E/2023/L.24", "L"),
        ("E/RES/2023/2", "RES"),
    ]
    with Corpus.open() as corpus:
        assert corpus.verify() == ()
        assert all(pair.type == "RES" for pair in corpus.pairs(Filters(symbol="E/RES/*")))


def test_rebuild_makes_anew_what_look_ups_are_answered_from(tmp_path: Path) -> None:
    place = tmp_path / "corpus.sqlite"
    with Corpus.open(place) as corpus:
        corpus.add_alignment(table())
    before = duizhao("search", "trust fund", "--db", place, "--json")
    assert duizhao("term", "trust fund", "--db", place).code == 0
    (vectors,) = (tmp_path / "corpus.derived").glob("*/index.json")
    vectors.write_text("damaged")
    with sqlite3.connect(place) as connection:
        connection.execute("INSERT INTO pair_words (pair_words) VALUES ('delete-all')")
    assert json.loads(duizhao("search", "trust fund", "--db", place, "--mode", "exact", "--json").out)["hits"] == []
    outcome = duizhao("corpus", "rebuild", "--db", place)
    assert (outcome.code, outcome.err) == (0, f"made anew for 4 text pairs, vectors in {vectors.parent}\n")
    assert duizhao("search", "trust fund", "--db", place, "--json").out == before.out


def test_whoever_looks_sees_a_progress_bar_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in ("a", "b"):
        written(folder, **{f"{name}.zh.txt": CHINESE, f"{name}.en.txt": ENGLISH})
    seen = on_a_terminal("add", "--folder", str(folder), "--db", str(tmp_path / "corpus.sqlite"))
    assert "[2/2]" in seen
    assert re.search(r"documents .*2/2", seen)


def on_a_terminal(*arguments: str) -> str:
    """What a program shows on a terminal of its own, standard error included."""
    terminal, other = pty.openpty()
    command = [sys.executable, "-c", "from cli.main import run; run()", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdin=other, stdout=other, stderr=other) as running:
        os.close(other)
        shown = b""
        while True:
            try:
                some = os.read(terminal, 4096)
            except OSError:  # how Linux says that the other end is closed
                break
            if not some:
                break
            shown += some
    os.close(terminal)
    assert running.returncode == 0
    return shown.decode("utf-8", "replace")
