"""Every format: what is written reads back, the same table gives the same bytes, and files appear whole or not."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from writers_made_up import BEADS, PROVENANCE, SIGNATURE, TABLE

from align import writers
from align.errors import OutputError, UnreadableFileError
from align.table import AlignmentTable, BeadKind, BeadRecord, Provenance
from align.writers.summary import Summary, Verdict, summarise, verdict

NASTY = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    " =1",
    '"quoted" "',
    "'apostrophe",
    "a\tb\nc\r\nd\re",
    "\n",
    " leading and trailing ",
    "\x00\x01\x1f\x7f\x85",
    "\u2028\u2029\u200f\u202e\ufeff",
    "\ufffe\uffff",
    "\ud800 lone",
    "\U00020000𠮷“”",
    "]]> <b>&amp;</script><!--",
    "_x0041_ x005F_ _x005F_x0041_ \\u0041 \\n",
    "#N/A",
    "# signature: x",
    "１２３",
    "大会，",
)
texts = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=20), st.lists(st.sampled_from(NASTY), max_size=3).map("".join)
)
indices = st.lists(st.integers(0, 10**6), max_size=3).map(tuple)
records = st.builds(
    BeadRecord,
    zh=indices,
    en=indices,
    zh_text=texts,
    en_text=texts,
    similarity=st.none() | st.floats(-1, 1),
    confidence=st.floats(0, 1),
    kind=st.sampled_from(BeadKind),
    status=texts,
    number=texts,
    zh_paragraphs=indices,
    en_paragraphs=indices,
)
provenances = st.builds(Provenance, **dict.fromkeys(Provenance.__dataclass_fields__, texts))
tables = st.builds(
    AlignmentTable,
    signature=texts,
    records=st.lists(records, max_size=4).map(tuple),
    provenance=provenances,
    level=texts,
)


@pytest.mark.parametrize("name", writers.FORMATS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(table=tables)
def test_any_table_reads_back_from_every_format(name: str, table: AlignmentTable) -> None:
    assert writers.loads(writers.dumps(table, name), name) == table


@pytest.mark.parametrize("name", writers.FORMATS)
@pytest.mark.parametrize("text", NASTY)
def test_each_nasty_text_reads_back_from_every_format(name: str, text: str) -> None:
    bead = BeadRecord((0,), (0,), text, text, 0.1 + 0.2, 1 / 3, BeadKind.LINK, text, text)
    table = AlignmentTable(text, (bead,), Provenance(*[text] * 10), text)
    assert writers.loads(writers.dumps(table, name), name) == table


@pytest.mark.parametrize("name", writers.FORMATS)
def test_a_file_is_found_by_its_extension_and_reads_back(name: str, tmp_path: Path) -> None:
    for extension in writers.FORMATS[name].extensions:
        path = tmp_path / f"pair{extension.upper()}"
        writers.write(TABLE, path)
        assert writers.read_table(path) == TABLE
        assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
        path.unlink()


@pytest.mark.parametrize("name", writers.FORMATS)
def test_the_same_table_gives_the_same_bytes_at_any_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = writers.dumps(TABLE, name)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert writers.dumps(TABLE, name) == first


@pytest.mark.parametrize("name", writers.FORMATS)
def test_an_empty_table_reads_back_too(name: str) -> None:
    table = AlignmentTable("s", ())
    assert writers.loads(writers.dumps(table, name), name) == table


@pytest.mark.parametrize("name", writers.FORMATS)
@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe", b"nothing of ours", b"{}", b"<a/>", b"PK\x05\x06" + b"\0" * 18])
def test_foreign_data_is_refused_in_one_sentence(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"^.*some\.file[^\n]*\.$"):
        writers.loads(data, name, "some.file")


def test_jsonl_is_a_head_line_and_one_object_a_bead() -> None:
    bead = BeadRecord((0, 1), (0,), "大会，", "The General\u2028Assembly,", 0.5, 0.75, BeadKind.LINK, number="1")
    table = AlignmentTable("sig", (bead,), Provenance(symbol="A/1"))
    empty = '"title_zh": "", "title_en": "", "date": "", "body": "", "session": "", "agenda_item": ""'
    assert writers.dumps(table, "jsonl").decode() == (
        f'{{"signature": "sig", "level": "paragraph", "provenance": {{"symbol": "A/1", {empty}, '
        '"zh_source": "", "en_source": "", "zh_script": "Hans"}}\n'
        '{"zh": [0, 1], "en": [0], "zh_text": "大会，", "en_text": "The General\\u2028Assembly,", "similarity": 0.5, '
        '"confidence": 0.75, "kind": "link", "status": "automatic", "number": "1", "zh_paragraphs": [], '
        '"en_paragraphs": []}\n'
    )


def test_tsv_guards_what_a_spreadsheet_would_run_and_keeps_a_row_a_row() -> None:
    bead = BeadRecord((0,), (0, 1), "=1+1\t甲", '"a"\nb\\', -0.25, 0.5, BeadKind.LINK, number="-1")
    lines = writers.dumps(AlignmentTable("s\nt", (bead,)), "tsv").decode().split("\n")
    assert lines[0] == "# signature: s\\nt"
    assert lines[-3:] == [
        "number\tzh\ten\tsimilarity\tconfidence\tkind\tstatus\tzh_indices\ten_indices\tzh_paragraphs\ten_paragraphs",
        "'-1\t'=1+1\\t甲\t'\"a\"\\nb\\\\\t-0.25\t0.5\tlink\tautomatic\t0\t0 1\t\t",
        "",
    ]


def test_a_damaged_line_is_named() -> None:
    lines = writers.dumps(TABLE, "jsonl").decode().splitlines()
    lines[3] = lines[3].replace('"confidence": 0.96', '"confidence": "high"')
    with pytest.raises(UnreadableFileError, match=r"^x\.jsonl, line 4: the field “confidence” is missing or damaged"):
        writers.loads("\n".join(lines).encode(), "jsonl", "x.jsonl")


def test_a_row_with_a_column_too_few_is_named() -> None:
    data = writers.dumps(TABLE, "tsv").decode().rstrip("\n").rsplit("\t", 1)[0]
    with pytest.raises(UnreadableFileError, match=r"^x\.tsv, line 28 has 10 columns where there should be 11"):
        writers.loads(data.encode(), "tsv", "x.tsv")


def test_unknown_fields_of_a_later_version_do_no_harm() -> None:
    head, bead, *_ = writers.dumps(TABLE, "jsonl").decode().splitlines()
    later = "\n".join(json.dumps({**json.loads(line), "later": 1}) for line in (head, bead))
    assert writers.loads(later.encode(), "jsonl") == replace(TABLE, records=BEADS[:1])


def test_an_unknown_extension_or_format_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(
        OutputError, match=r"^pair\.foo has no extension .*\.tsv, \.jsonl, \.tmx, .*, or name the format\.$"
    ):
        writers.write(TABLE, tmp_path / "pair.foo")
    with pytest.raises(OutputError, match=r"^there is no format “foo”; choose one of tsv, jsonl, tmx, xliff"):
        writers.write(TABLE, tmp_path / "pair.tmx", "foo")
    writers.write(TABLE, tmp_path / "pair.foo", "tsv")
    assert writers.read_table(tmp_path / "pair.foo", "tsv") == TABLE
    with pytest.raises(UnreadableFileError, match=r"^pair\.foo has no extension"):
        writers.read_table(tmp_path / "pair.foo")


def test_a_folder_a_missing_folder_and_a_device_are_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder.tmx").mkdir()
    with pytest.raises(OutputError, match=r"folder\.tmx is a folder; name a file in it"):
        writers.write(TABLE, tmp_path / "folder.tmx")
    with pytest.raises(OutputError, match=r"there is no folder .*nowhere; make it first\.$"):
        writers.check(tmp_path / "nowhere" / "pair.tmx")
    with pytest.raises(OutputError, match="not an ordinary file"):
        writers.write(TABLE, Path(os.devnull), "tmx")
    with pytest.raises(OutputError, match="cannot be written"):
        writers.write(TABLE, tmp_path / ("x" * 300 + ".tmx"))
    with pytest.raises(OutputError, match="cannot be written"):
        writers.write(TABLE, tmp_path / "nul\0.tmx")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder.tmx"]


def test_an_unwritable_folder_is_said_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # the tests may run as root, who may write anywhere
    with pytest.raises(OutputError, match=r"takes no new files; choose another folder\.$"):
        writers.check(tmp_path / "pair.tmx")


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_or_an_interrupt_leaves_the_old_file_and_no_other(
    failure: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pair.tmx"
    path.write_text("old")

    def fail(_: int) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", fail)
    expected = OutputError if isinstance(failure, OSError) else KeyboardInterrupt
    with pytest.raises(expected) as caught:
        writers.write(TABLE, path)
    if expected is OutputError:
        assert str(caught.value) == (
            f"{path} cannot be written (No space left on device); choose another place or make room there."
        )
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["pair.tmx"]


def test_an_existing_file_keeps_its_permissions_and_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.tsv", tmp_path / "link.tsv"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    writers.write(TABLE, link)
    assert link.is_symlink()
    assert writers.read_table(target) == TABLE
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_score_that_is_no_number_is_refused() -> None:
    bead = replace(BEADS[0], confidence=float("nan"))
    for name in writers.FORMATS:
        with pytest.raises(OutputError, match=r"^a bead's score is nan"):
            writers.dumps(AlignmentTable(SIGNATURE, (bead,), PROVENANCE), name)


def test_a_table_is_summed_up() -> None:
    assert summarise(TABLE) == Summary(
        zh_units=14,
        en_units=15,
        beads=15,
        linked=13,
        zh_only=1,
        en_only=1,
        doubtful=2,
        moved=1,
        lists=1,
        checked=2,
    )
    assert summarise(TABLE).one_sided == 2


@pytest.mark.parametrize(
    ("confidence", "status", "expected"),
    [
        (0.9, "automatic", Verdict.GOOD),
        (0.8999, "automatic", Verdict.FAIR),
        (0.6, "automatic", Verdict.FAIR),
        (0.5999, "automatic", Verdict.DOUBTFUL),
        (0.1, "checked", Verdict.CHECKED),
    ],
)
def test_a_person_s_word_comes_before_the_confidence(confidence: float, status: str, expected: Verdict) -> None:
    assert verdict(replace(BEADS[0], confidence=confidence, status=status)) is expected
