"""``duizhao search`` on the command line."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import Outcome, duizhao, program
from lookup_made_up import ADVICE, HEADING, REPORT, add, alone, water

from cli import passages, search_report
from models.settings import settings_file
from search.corpus import Corpus
from search.exports import FORMATS
from search.hits import Results

Search = Callable[..., Outcome]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    place = tmp_path / "corpus.sqlite"
    with Corpus.open(place) as corpus:
        water(corpus)
        corpus.add_document(alone("zh", "理事会欢迎水文观测网络。"))
        corpus.set_status([next(corpus.containing("请会员国", "zh")).id])
    return place


@pytest.fixture
def search(db: Path) -> Search:
    def run(*arguments: object) -> Outcome:
        return duizhao("search", *arguments, "--db", db)

    return run


def refused(outcome: Outcome) -> str:
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1), outcome
    return outcome.err.removeprefix("duizhao: ").removesuffix("\n")


def answer(outcome: Outcome) -> dict[str, Any]:
    assert (outcome.code, outcome.err) == (0, "")
    return json.loads(outcome.out)


def test_hits_are_shown_with_marks_and_where_they_are_from(search: Search) -> None:
    found = search("水文观测网络", "--mode", "exact", "--years", "2015", "--context", 0)
    assert (found.code, found.err) == (0, "")
    assert found.out == (
        "1  exact\n"
        "   请会员国设立[水文观测网络]。\n"
        "   Invites Member States to establish [hydrological observation networks].\n"
        "   A/RES/70/1 · 2015-12-01 · General Assembly · ✓ checked · 1.00 · pair 5\n"
    )


def test_the_language_of_the_question_comes_first(search: Search) -> None:
    found = search("hydrological observation networks", "--type", "RES", "--mode", "exact").out.splitlines()
    assert found[1:3] == ["   [Hydrological observation networks]", "   [水文观测网络]"]


def test_a_missing_language_is_said(search: Search) -> None:
    found = search("理事会欢迎水文", "--mode", "exact").out.splitlines()
    assert found[1:3] == ["   [理事会欢迎水文]观测网络。", "   (no English text yet)"]


def test_neighbours_stand_around_the_hit_in_reading_order(search: Search) -> None:
    found = search("vaccinate", "--mode", "exact", "--context", 1).out.splitlines()
    assert [line.strip() for line in found[1:7]] == [
        "Schools open in September.",
        "学校在九月开学。",
        "Doctors [vaccinate] children.",
        found[4].strip(),
        "Farmers harvested more rice this year.",
        "农民今年收获了更多大米。",
    ]
    assert "儿童" in found[4]


def test_json_is_what_programs_are_promised(search: Search, db: Path) -> None:
    found = answer(search("水文观测网络", "--json", "--years", "2015", "--mode", "exact"))
    assert {key: found[key] for key in ("query", "lang", "notes")} == {
        "query": "水文观测网络", "lang": "zh", "notes": [],
    }  # fmt: skip
    with Corpus.open(db) as corpus:
        assert f"corpus:{corpus.name[:8]}|state:{corpus.state}|model:" in found["signature"]
    (hit,) = found["hits"]
    why = hit.pop("why")
    assert (set(why), why["exact"], why["authority"]) == ({"exact", "authority", "recency"}, 1.0, 0.9)
    assert 0.5 < hit.pop("score") <= 1
    assert hit == {
        "pair_id": 5, "symbol": "A/RES/70/1", "paragraph": "", "date": "2015-12-01", "body": "General Assembly",
        "type": "RES", "document": 2, "zh": ADVICE[0], "en": ADVICE[1], "zh_spans": [[6, 12]], "en_spans": [[35, 68]],
        "confidence": 1.0, "status": "checked", "neighbours": [],
    }  # fmt: skip


def test_a_page_of_results_has_what_was_promised_for_every_hit(search: Search) -> None:
    found = answer(search("hydrological networks", "--json", "--context", 1, "--top", 4))
    assert len(found["hits"]) == 4
    for hit in found["hits"]:
        assert set(hit) >= {
            "pair_id", "score", "symbol", "paragraph", "date", "body", "zh", "en", "zh_spans", "en_spans", "confidence",
            "status", "why",
        }  # fmt: skip
        assert all(set(near) == {"pair_id", "zh", "en"} for near in hit["neighbours"])


def test_filters_are_options(search: Search) -> None:
    def symbols(*options: object) -> set[str]:
        return {hit["symbol"] for hit in answer(search("水文观测网络", "--json", "--mode", "exact", *options))["hits"]}

    assert symbols("--symbol", "A/RES/*") == {"A/RES/70/1", "A/RES/75/2"}
    assert symbols("--body", "Council") == {"A/75/20", ""}
    assert symbols("--type", "l") == {"A/C.2/74/L.9"}
    assert symbols("--status", "checked") == {"A/RES/70/1"}
    assert symbols("--min-confidence", 0.5, "--years", "2020-") == {"A/RES/75/2"}
    assert symbols("--in", "en") == set()


def test_the_ladder_of_the_settings_decides(search: Search) -> None:
    def first() -> str:
        found = answer(search("水文观测网络", "--json", "--rank", "authority", "--mode", "exact"))
        return str(found["hits"][0]["symbol"])

    assert first() == "A/RES/75/2"
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text("[search.authority]\nRES = 0.0\nL = 1.0\n", "utf8")
    assert first() == "A/C.2/74/L.9"


@pytest.mark.parametrize("extension", [ext for format_ in FORMATS.values() for ext in format_.extensions])
def test_results_are_written_in_every_format(search: Search, tmp_path: Path, extension: str) -> None:
    target = tmp_path / f"hits{extension}"
    found = search("水文观测网络", "--mode", "exact", "--years", "2015", "-o", target)
    assert (found.code, found.out, found.err) == (0, "", f"1 hit written to {target}\n")
    assert target.stat().st_size > 100


def test_a_file_and_json_may_both_be_asked_for(search: Search, tmp_path: Path) -> None:
    target = tmp_path / "hits.csv"
    found = search("水文观测网络", "--mode", "exact", "--output", target, "--json")
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    assert found.err == f"{len(rows)} hits written to {target}\n"
    hits = json.loads(found.out)["hits"]
    assert [row["pair_id"] for row in rows] == [str(hit["pair_id"]) for hit in hits]
    assert [json.loads(row["zh_spans"]) for row in rows] == [hit["zh_spans"] for hit in hits]


def test_what_cannot_be_written_is_refused_before_the_search(search: Search, tmp_path: Path, db: Path) -> None:
    assert refused(search("水", "-o", tmp_path / "hits.pdf")).startswith("hits.pdf")
    assert not db.with_name("corpus.derived").exists()


def test_nothing_found_and_nothing_asked_are_answers(search: Search) -> None:
    assert search("水獭", "--mode", "exact").out == "nothing was found\n"
    found = search("  ")
    asked = "Nothing was asked: give a term, a sentence or a paragraph in Chinese or English.\n"
    assert (found.code, found.out, found.err) == (0, f"{asked}nothing was found\n", "")


def test_a_query_of_a_hundred_thousand_characters_is_answered(search: Search) -> None:
    found = answer(search("水文观测网络，" * 15_000, "--json", "--top", 2))
    assert (len(found["hits"]), found["notes"]) == (2, ["Only the first 20,000 characters were looked up."])


def test_a_query_that_is_no_text_at_all_is_printed_without_harm(db: Path) -> None:
    query = os.fsdecode(b"\xff\xed\xa0\x80 \x1b[31m\xe6\xb0\xb4")
    done = program("search", query, "--db", db, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["query"] == query
    assert b"\x1b" not in program("search", query, "--db", db).stdout


def test_errors_are_one_plain_sentence(search: Search, tmp_path: Path) -> None:
    assert refused(search("水", "--years", "soon")).startswith("--years soon is not understood; give ")
    assert refused(search("水", "--vectors", "http://host")) == (
        "vectors cannot be kept at http…; give a folder, or milvus://HOST:PORT for a Milvus server."
    )
    assert "there is no corpus" in refused(duizhao("search", "水", "--db", tmp_path / "none.sqlite")).lower()


def test_vectors_lie_where_the_option_or_the_environment_says(
    search: Search, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert search("水", "--vectors", tmp_path / "one").code == 0
    monkeypatch.setenv("DUIZHAO_VECTORS", str(tmp_path / "two"))
    assert search("水").code == 0
    assert [len(list((tmp_path / name).iterdir())) for name in ("one", "two")] == [1, 1]


def test_long_paragraphs_are_shown_around_the_mark_and_whole_if_asked(search: Search, db: Path) -> None:
    with Corpus.open(db) as corpus:
        add(corpus, [("前。" * 60 + "獭" + "后。" * 60, "Before. " * 60 + "otter" + " After." * 60)], "A/9")
    around = search("獭", "--mode", "exact").out.splitlines()[1]
    assert around == f"   …{'前。' * 18}[獭]{'后。' * 18}…"
    assert search("獭", "--mode", "exact", "--whole").out.splitlines()[1] == f"   {'前。' * 60}[獭]{'后。' * 60}"


def test_line_breaks_and_control_characters_do_not_break_the_page() -> None:
    lines = [line.plain for line in search_report.results_text(Results("a", "en", (), "", ("a\x1b[31mb",)))]
    assert lines == ["a␛[31mb", "nothing was found"]
    assert passages.excerpt("一\n\x07二三", ((3, 4),), "zh", "bold", colour=False).plain == "   一 ␇[二]三"


def test_on_a_terminal_marks_are_coloured(db: Path) -> None:
    line = passages.excerpt("一二三", ((1, 2),), "zh", passages.HIT, colour=True)
    assert line.plain == "   一二三"
    assert [(span.start, span.end, span.style) for span in line.spans] == [(4, 5, passages.HIT)]


def test_text_that_begins_with_a_dash_follows_two_dashes(db: Path) -> None:
    found = duizhao("search", "--db", db, "--mode", "exact", "--", "-水文观测网络")
    assert (found.code, found.out.count("exact")) == (0, 5)


def test_of_texts_that_are_alike_the_report_says_how_much(search: Search) -> None:
    head = search(REPORT[1].replace("describes", "shows"), "--top", 1).out.splitlines()[0]
    assert head.startswith("1  fuzzy 0.90 · meaning 0.")
    assert HEADING[0] in search(HEADING[0], "--top", 1).out
