"""The commands, as a person or a program at a terminal meets them."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commands import CHINESE, ENGLISH, ROOT, SAMPLES, duizhao, program, written

from align.evaluate import AlignmentEvaluation, DocumentScore, RetrievalEvaluation
from align.scores import score
from align.signature import VERSION
from align.writers import FORMATS, read_table

ZH, EN = SAMPLES / "resolution.zh.docx", SAMPLES / "resolution.en.docx"
SUMMARY = (
    r"^69 Chinese and 69 English paragraphs · \d+ linked · \d+ only in Chinese · \d+ only in English · \d+ doubtful"
)


def test_align_writes_every_format_and_all_say_the_same(tmp_path: Path) -> None:
    tables = []
    for format_ in FORMATS.values():
        path = tmp_path / f"out{format_.extensions[0]}"
        done = duizhao("align", ZH, EN, "-o", path)
        assert (done.code, done.out) == (0, "")
        assert done.err.endswith(f"; written to {path}\n")
        tables.append(read_table(path))
    assert tables == [tables[0]] * len(FORMATS)
    assert sorted(k for record in tables[0].records for k in record.zh) == list(range(69))
    assert sorted(k for record in tables[0].records for k in record.en) == list(range(69))


def test_align_without_output_writes_tsv_to_standard_output_and_its_summary_beside_it() -> None:
    done = duizhao("align", ZH, EN)
    lines = done.out.splitlines()
    assert lines[0].startswith(f"# signature: duizhao:{VERSION}|reader:")
    assert lines[1] == "# level: paragraph"
    assert done.err.count("\n") == 1
    assert re.match(SUMMARY, done.err)


def test_the_format_may_be_named_against_the_extension(tmp_path: Path) -> None:
    path = tmp_path / "pair.txt"
    assert duizhao("align", ZH, EN, "--format", "JSONL", "--output", path).code == 0
    first, second = map(json.loads, path.read_text("utf-8").splitlines()[:2])
    assert list(first) == ["signature", "level", "provenance"]
    assert list(second)[:7] == ["zh", "en", "zh_text", "en_text", "similarity", "confidence", "kind"]


def test_sentences_are_aligned_on_request(tmp_path: Path) -> None:
    zh, en = written(tmp_path, zh_txt=CHINESE, en_txt=ENGLISH)
    done = duizhao("align", zh, en, "--level", "sentence", "-f", "jsonl")
    assert json.loads(done.out.splitlines()[0])["level"] == "sentence"
    assert done.err.startswith("2 Chinese and 2 English sentences · ")


def test_aligning_twice_gives_the_same_bytes() -> None:
    assert duizhao("align", ZH, EN, "-f", "html").out == duizhao("align", ZH, EN, "-f", "html").out


def test_read_json_is_what_the_documentation_says(tmp_path: Path) -> None:
    (path,) = written(tmp_path, law_txt="第一条  为了保护权益，制定本法。\n\n第二条  本法适用于境内。\n")
    assert json.loads(duizhao("read", path, "--json").out) == {
        "signature": f"duizhao:{VERSION}|reader:1",
        "document": {
            "symbol": "",
            "title": "",
            "language": "zh",
            "script": "Hans",
            "date": "",
            "body": "",
            "session": "",
            "agenda_item": "",
            "source": "law.txt",
            "parts": [],
        },
        "paragraphs": [
            {
                "index": index,
                "kind": "body",
                "number": number,
                "level": 0,
                "part": 0,
                "text": text,
                "footnotes": [],
                "place": place,
            }
            for index, number, text, place in (
                (0, "第一条", "为了保护权益，制定本法。", "line 1"),
                (1, "第二条", "本法适用于境内。", "line 3"),
            )
        ],
        "set_aside": [],
        "warnings": [],
    }


def test_read_shows_paragraphs_and_what_was_set_aside() -> None:
    out = duizhao("read", EN).out
    assert out.startswith("symbol: A/C.6/99/L.7\ntitle: ")
    assert "\n   0 masthead [paragraph 1]\n     United Nations\n" in out
    assert "   - set aside (" in out


def test_control_characters_of_a_document_do_not_reach_the_terminal(tmp_path: Path) -> None:
    (path,) = written(tmp_path, a_txt="The law of the sea\u009b2J is the law.\n")
    out = duizhao("read", path).out
    assert "\u009b" not in out
    assert "The law of the sea\ufffd2J is the law.\n" in out


def test_read_shows_pairs_with_all_their_properties(tmp_path: Path) -> None:
    (path,) = written(tmp_path, pairs_tsv="zh\ten\tnote\tnote\n大会\tGeneral Assembly\ta\tb\n")
    assert json.loads(duizhao("read", path, "--json").out) == {
        "signature": f"duizhao:{VERSION}|reader:1",
        "source": "pairs.tsv",
        "pairs": [
            {
                "zh": "大会",
                "en": "General Assembly",
                "place": "row 2",
                "properties": [["note", "a"], ["note", "b"]],
            }
        ],
        "warnings": [],
    }
    assert duizhao("read", path).out == "[row 2]\n  大会\n  General Assembly\n"


def test_eval_align_prints_scores_for_programs_and_for_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [((0,), (0,)), ((1,), (1,)), ((2,), ())]
    gold = [((0,), (0,)), ((1,), (1, 2)), ((2,), ())]
    result = AlignmentEvaluation(
        "signed", (DocumentScore("a", score(found, gold), ((0.9, True), (0.9, False), (0.9, True))),)
    )
    monkeypatch.setattr("align.evaluate.evaluate_alignment", lambda folder, encoder: result)
    one = {
        "strict_precision": 0.66667,
        "strict_recall": 0.5,
        "strict_f1": 0.57143,
        "lax_precision": 1.0,
        "lax_recall": 1.0,
        "lax_f1": 1.0,
        "null_precision": 0.5,
        "null_recall": 1.0,
        "null_f1": 0.66667,
    }
    printed = json.loads(duizhao("eval", "align", tmp_path, "--json").out)
    assert printed == {
        "signature": "signed",
        **printed_scores(printed, one),
        "calibration_error": 0.23333,
        "documents": [{"name": "a", **printed_scores(printed, one)}],
    }
    assert duizhao("eval", "align", tmp_path).out.splitlines()[-2:] == [
        "expected calibration error 0.233",
        "signed",
    ]


def printed_scores(printed: dict[str, object], expected: dict[str, float]) -> dict[str, float]:
    """The scores that are expected; those of null beads are for the tests of ``align.scores`` to judge."""
    null = {name: float(str(printed[name])) for name in expected if name.startswith("null")}
    return {name: null.get(name, value) for name, value in expected.items()}


def test_eval_retrieval_prints_the_keys_of_its_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = RetrievalEvaluation("signed", 3, 1 / 3, 2 / 3, 1.0, 0.0)
    monkeypatch.setattr("align.evaluate.evaluate_retrieval", lambda en, zh, encoder: result)
    assert json.loads(duizhao("eval", "retrieval", "en", "zh", "--json").out) == {
        "signature": "signed",
        "n": 3,
        "p1_zh_en": 0.33333,
        "p1_en_zh": 0.66667,
        "margin_p1_zh_en": 1.0,
        "margin_p1_en_zh": 0.0,
    }
    assert duizhao("eval", "retrieval", "en", "zh").out == (
        "p1_zh_en         0.3333\np1_en_zh         0.6667\nmargin_p1_zh_en  1.0000\nmargin_p1_en_zh  0.0000\n"
        "pairs            3\nsigned\n"
    )


def test_the_sample_is_evaluated_from_a_gold_folder_and_line_by_line(tmp_path: Path) -> None:
    units = {
        side: (SAMPLES / f"resolution.{side}.txt").read_text("utf-8").strip("\n").split("\n\n") for side in ("zh", "en")
    }
    units = {side: [" ".join(unit.split()) for unit in found] for side, found in units.items()}
    gold = (SAMPLES / "resolution.gold").read_text("utf-8")
    written(tmp_path, a_gold=gold, **{f"a_{side}": "\n".join(found) + "\n" for side, found in units.items()})
    scores = json.loads(duizhao("eval", "align", tmp_path, "--json").out)
    assert [document["name"] for document in scores["documents"]] == ["a"]
    assert scores["strict_f1"] == scores["documents"][0]["strict_f1"] > 0.9
    pairs = [(units["zh"][int(z)], units["en"][int(e)]) for z, e in re.findall(r"\[(\d+)\]:\[(\d+)\]", gold)]
    zh, en = written(tmp_path, p_zh="\n".join(z for z, _ in pairs), p_en="\n".join(e for _, e in pairs))
    found = json.loads(duizhao("eval", "retrieval", en, zh, "--json").out)
    assert found["n"] == len(pairs) == 65
    assert min(found["p1_zh_en"], found["p1_en_zh"], found["margin_p1_zh_en"], found["margin_p1_en_zh"]) > 0.7


def test_formats_and_versions_are_listed() -> None:
    out = duizhao("formats").out
    assert [line.split()[0] for line in out.splitlines()[1:-1]] == list(FORMATS)
    assert duizhao("version").out == duizhao("--version").out == f"{VERSION}\n"


@pytest.mark.parametrize(
    "arguments", [["algin"], ["align"], ["read", "a", "b"], ["align", "a", "b", "--level", "word"], ["--wrong"]]
)
def test_a_wrong_command_line_exits_with_2(arguments: list[str]) -> None:
    done = duizhao(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Usage: " in done.err


def test_memory_that_runs_out_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhaust(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("align.readers.read", exhaust)
    assert duizhao("read", ZH).err == (
        "duizhao: there is not enough memory for this; close other programs or divide the documents.\n"
    )


def test_a_fault_of_the_program_itself_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("align.readers.read", fail)
    with pytest.raises(ZeroDivisionError):
        duizhao("read", ZH)


SLOW = """
import sys, time
from align import writers
import align.writers.atomic as atomic
def slowly(path, data):
    path.write_bytes(data[:10])
    print("ready", flush=True)
    time.sleep(60)
atomic._write_flushed = slowly
from cli.main import run
run()
"""


def test_ctrl_c_leaves_no_half_file_and_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SLOW, "align", str(ZH), str(EN), "-o", str(tmp_path / "out.tmx")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err.decode()) == (130, "duizhao: stopped; nothing was written.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_has_seen_enough_is_not_an_error() -> None:
    command = [sys.executable, "-c", "from cli.main import run; run()", "read", str(ZH), "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
def test_a_full_disk_behind_standard_output_is_said_in_a_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-c", "from cli.main import run; run()", "read", str(ZH)]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode()) == (
        2,
        "duizhao: standard output takes nothing (No space left on device); write to a file with room for it.\n",
    )


def test_standard_output_is_utf8_whatever_the_locale() -> None:
    done = program("read", ZH, env={"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert "title: 打击恐怖分子旅行\n" in done.stdout.decode("utf-8")
