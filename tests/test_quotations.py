"""What a draft quotes: where it stands, what of it differs, what the official wording is, what is no quotation."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import typer
from fakes import AdditiveEncoder
from typer.testing import CliRunner

from align.document import Language
from align.readers.pair_file import AlignedPair, PairFile
from align.table import BeadKind, BeadRecord
from cli.failures import PoliteGroup
from cli.quotes_commands import eval_quotes, quotes
from models import load_embedded
from search.corpus import Corpus
from search.index.contract import NOBODY, Ids, Neighbours
from search.quotations.candidates import rarest_runs
from search.quotations.local_alignment import Weighed, common, differences
from search.quotations.passages import passages_of
from search.quotations.rarity import Rarity
from search.quotations.sources import CorpusSource, MemorySource
from search.quotations.tokens import tokens
from search.quotations.tracing import (
    Quotation,
    Tracer,
    earliest_adopted,
    order,
    quoted_passages,
    trace,
)
from search.quotations.wording import Wording
from search.records import Filters, StoredPair

ADOPTED_EN = (
    "Expresses its deep appreciation to the fishermen of the northern islands for rescuing stranded whales "
    "during the unusually stormy winter of 2011"
)
ADOPTED_ZH = "深切赞赏北方群岛渔民在二〇一一年异常多风暴的冬季里奋力营救搁浅的鲸鱼"
REST_EN = ", and asks every harbour master to keep a lantern burning through the night."
REST_ZH = "，并请各港口负责人彻夜点亮灯笼。"
OTHER_EN = "The bakers shall deliver warm bread to all schools before the morning bell rings."
OTHER_ZH = "面包师应在晨钟敲响之前向各学校送去热面包。"
FORMULA = "Decides to remain seized of the matter and to report on it next year"


def pair(number: int, zh: str, en: str, symbol: str = "", type_: str = "RES", date: str = "2012-12-20") -> StoredPair:
    record = BeadRecord((0,), (0,), zh, en, 0.9, 1.0, BeadKind.LINK, number="3")
    return StoredPair(number, number, 0, record, symbol or f"A/RES/{number}", type_, date, "General Assembly", 1)


WHALES = pair(1, ADOPTED_ZH + REST_ZH, ADOPTED_EN + REST_EN)
BREAD = pair(2, OTHER_ZH, OTHER_EN)


def tracer(*held: StoredPair) -> Tracer:
    return Tracer(MemorySource(held, AdditiveEncoder()), Wording(load_embedded()).of)


def only(found: tuple[Quotation, ...]) -> Quotation:
    assert len(found) == 1
    return found[0]


def test_a_sentence_that_stands_in_a_resolution_is_found_with_its_official_wording() -> None:
    draft = f"Having met twice. {ADOPTED_EN}. Goodbye."
    found = only(tracer(WHALES, BREAD).trace(draft, "en"))
    assert draft[slice(*found.span)] == ADOPTED_EN
    assert (found.pair, found.quoted_text, found.verbatim, found.likeness) == (WHALES, ADOPTED_EN, True, 1.0)
    assert found.official.rstrip("，") == ADOPTED_ZH
    assert (found.adopted, found.authority) == (True, 0.9)


def test_the_same_is_found_from_chinese() -> None:
    draft = f"会议开了两次。{ADOPTED_ZH}。再见。"
    found = only(tracer(WHALES, BREAD).trace(draft, "zh"))
    assert draft[slice(*found.span)] == ADOPTED_ZH
    assert found.official.rstrip(",") == ADOPTED_EN


def test_traditional_characters_width_case_and_hyphens_make_no_difference() -> None:
    traditional = "深切讚賞北方群島漁民在二〇一一年異常多風暴的冬季裡奮力營救擱淺的鯨魚"
    assert only(tracer(WHALES).trace(traditional, "zh")).verbatim
    assert only(tracer(WHALES).trace(ADOPTED_EN.upper(), "en")).verbatim


def test_numbers_and_dates_may_differ_and_are_shown() -> None:
    draft = ADOPTED_EN.replace("2011", "2017")
    found = only(tracer(WHALES).trace(draft, "en"))
    runs = [
        (r.change, r.draft and draft[slice(*r.draft)], r.stored and r.stored[1] - r.stored[0])
        for r in found.differences
    ]
    assert runs == [("same", ADOPTED_EN[:-5], len(ADOPTED_EN) - 5), ("replaced", "2017", 4)]
    assert (found.verbatim, found.likeness > 0.97) == (False, True)


def test_words_put_in_left_out_and_exchanged_are_told_apart() -> None:
    draft = (
        ADOPTED_EN.replace("its deep", "its")
        .replace("stranded whales", "stranded old whales")
        .replace("northern", "southern")
    )
    found = only(tracer(WHALES).trace(draft, "en"))
    source = WHALES.record.en_text
    changed = [
        (r.change, draft[slice(*r.draft)] if r.draft else "", source[slice(*r.stored)] if r.stored else "")
        for r in found.differences
        if r.change != "same"
    ]
    assert changed == [("deleted", "", "deep"), ("replaced", "southern", "northern"), ("inserted", "old", "")]


def test_the_runs_cover_the_quoted_words_of_both_texts_in_order() -> None:
    draft = ADOPTED_EN.replace("deep ", "").replace("winter of", "cold winter of")
    found = only(tracer(WHALES).trace(draft, "en"))
    ours = [run.draft for run in found.differences if run.draft]
    theirs = [run.stored for run in found.differences if run.stored]
    for places, (start, end) in ((ours, found.span), (theirs, found.quoted)):
        assert (places[0][0], places[-1][1]) == (start, end)
        assert all(one[1] <= two[0] for one, two in pairwise(places))


def test_a_part_of_a_sentence_inside_another_one_is_found() -> None:
    part = "fishermen of the northern islands for rescuing stranded whales during the unusually stormy winter"
    draft = f"Our cousins, who are {part}, sing well on Sundays."
    assert draft[slice(*only(tracer(WHALES).trace(draft, "en")).span)] == part


def test_clauses_in_another_order_are_two_quotations_of_one_pair() -> None:
    draft = "Asks every harbour master to keep a lantern burning through the night, and " + ADOPTED_EN.lower()
    found = tracer(WHALES).trace(draft, "en")
    assert [one.pair.id for one in found] == [1, 1]
    assert found[0].span[1] <= found[1].span[0]


def test_a_formula_that_stands_in_very_many_texts_is_no_quotation() -> None:
    held = [pair(k, f"决定第{k}项。", f"{FORMULA}, as country number {k} proposed.") for k in range(1, 60)]
    assert tracer(*held, WHALES).trace(f"{FORMULA}.", "en") == ()


def test_the_same_words_are_a_quotation_where_hardly_any_text_has_them() -> None:
    held = [pair(5, "决定。", f"{FORMULA}.")]
    assert only(tracer(*held, WHALES).trace(f"{FORMULA}.", "en")).pair.id == 5


def test_a_name_alone_is_no_quotation() -> None:
    name = "the Convention on the Rights of the Child"
    held = pair(5, "该国批准了公约。", f"Iceland ratified {name} long ago.")
    assert tracer(held, WHALES).trace(f"We teach {name} to children.", "en") == ()


def test_the_same_subject_in_other_words_is_no_quotation() -> None:
    other = "Thanks those who fish around the islands up north because they helped whales on the beach when it stormed"
    assert tracer(WHALES, BREAD).trace(other, "en") == ()


def test_a_document_may_be_left_out() -> None:
    found = replace(tracer(WHALES), without=frozenset([WHALES.document]))
    assert found.trace(ADOPTED_EN, "en") == ()


def test_a_pair_without_the_other_language_has_no_official_wording() -> None:
    alone = pair(1, "", ADOPTED_EN)
    found = only(tracer(alone).trace(ADOPTED_EN, "en"))
    assert (found.wording, found.official) == (None, "")


def test_of_several_sources_the_likest_comes_first_then_authority_then_the_later_one() -> None:
    draft = pair(1, ADOPTED_ZH, ADOPTED_EN, "A/C.3/67/L.5", "L", "2019-01-01")
    old = pair(2, ADOPTED_ZH, ADOPTED_EN, "A/RES/65/1", date="2010-12-20")
    new = pair(3, ADOPTED_ZH, ADOPTED_EN, "A/RES/67/1", date="2012-12-20")
    near = pair(4, ADOPTED_ZH, ADOPTED_EN.replace("stormy", "windy"), "A/RES/70/1", date="2015-12-20")
    found = tracer(draft, old, new, near).trace(ADOPTED_EN, "en")
    assert [one.pair.id for one in sorted(found, key=order)] == [3, 2, 1, 4]
    assert [one.pair.id for one in sorted(found, key=earliest_adopted)] == [2, 3, 4, 1]


def test_sources_of_one_place_are_put_together() -> None:
    twin = pair(3, ADOPTED_ZH, ADOPTED_EN, "A/C.3/67/L.5", "L")
    draft = f"{ADOPTED_EN}. {OTHER_EN}"
    passages = quoted_passages(tracer(WHALES, BREAD, twin).trace(draft, "en"))
    assert [[one.pair.id for one in passage.quotations] for passage in passages] == [[1, 3], [2]]


def test_places_are_those_of_the_whole_draft_and_lines_broken_by_the_page_are_joined() -> None:
    broken = ADOPTED_EN.replace(" stranded", "\nstranded")
    draft = f"1. Nothing of note.\n\n{broken}.\n2. Goodbye."
    found = only(tracer(WHALES).trace(draft, "en"))
    assert draft[slice(*found.span)] == broken
    assert found.differences[0].draft == found.span


def test_empty_drafts_marks_and_unassigned_code_points_quote_nothing() -> None:
    for draft in ("", "   \n\n", "。，！？…—", "\u0378\ud800" * 50, "12 34 56 " * 40):
        for language in ("zh", "en"):
            assert tracer(WHALES, BREAD).trace(draft, language) == ()
    assert tracer().trace(ADOPTED_EN, "en") == ()


def test_a_draft_of_a_hundred_thousand_characters_is_traced_in_pieces() -> None:
    long = "word " * 20_000 + "end"
    pieces = list(passages_of(long, "en"))
    assert max(len(text) for _, text in pieces) <= 3_000
    assert "".join(text for _, text in pieces) == long
    draft = "Nothing. " * 3_000 + ADOPTED_EN
    assert draft[slice(*only(tracer(WHALES).trace(draft, "en")).span)] == ADOPTED_EN


def test_tokens_know_numbers_names_and_marks_of_notes() -> None:
    found = tokens("Recalling the Charter of 24 October 1945,<sup>3</sup> and S/RES/1373 (2001)²")
    assert found.keys == ("recalling", "the", "charter", "of", "24", "october", "1945", "and", "s/res/1373 (2001)")
    assert [k for k, yes in zip(found.keys, found.numeric, strict=True) if yes] == [
        "24",
        "october",
        "1945",
        "s/res/1373 (2001)",
    ]
    assert [k for k, yes in zip(found.keys, found.named, strict=True) if yes] == ["charter"]


def test_chinese_numbers_are_one_token_with_what_they_count() -> None:
    found = tokens("第六十七届會議2012年12月20日第 67/189 號決議")
    assert found.keys == ("第六十七届", "会", "议", "2012年", "12月", "20日", "第67/189号", "决", "议")


def test_a_word_says_less_the_oftener_it_follows_the_one_before() -> None:
    rarity = Rarity.count(["remain seized of it"] * 50 + ["of whales"] * 6)
    says = dict(
        zip(("remain", "seized", "of", "whales"), rarity.weights(tokens("remain seized of whales")), strict=True)
    )
    assert says["seized"] == pytest.approx(0.3, abs=0.2)
    assert says["whales"] > 2 * says["seized"]
    assert says["whales"] <= 9.0


def test_the_best_common_run_is_the_one_of_most_weight() -> None:
    def weighed(text: str) -> Weighed:
        return Weighed(tokens(text), np.ones(len(tokens(text))))

    one, two = weighed("a b x c d e q r s t"), weighed("z z a b c d e z")
    found = common(one, two)
    assert found is not None
    assert (found.draft, found.stored, found.information) == ((0, 6), (2, 7), 5.0)
    assert found.likeness == pytest.approx(10 / 11)
    assert [run.change for run in differences(found, one.tokens, two.tokens)] == ["same", "inserted", "same"]
    assert common(one, weighed("u v w")) is None


def test_runs_that_are_looked_up_hold_no_number_and_cross_no_mark() -> None:
    text = "On 3 May the whale, which sang loudly in harbours, left."
    found = Weighed(tokens(text), np.ones(len(tokens(text))))
    assert rarest_runs(found, "en") == ("which sang loudly in",)


class OracleIndex:
    """Vectors in an array, compared one by one."""

    place = "memory"

    def __init__(self, pairs: list[StoredPair], encoder: AdditiveEncoder) -> None:
        self.numbers = np.array([pair.id for pair in pairs], dtype=np.int64)
        self.vectors = {
            "zh": encoder.encode([pair.record.zh_text for pair in pairs]),
            "en": encoder.encode([pair.record.en_text for pair in pairs]),
        }
        self.asked: list[tuple[int, Ids | None]] = []

    def search(self, queries: np.ndarray, language: Language, count: int, only: Ids | None = None) -> Neighbours:
        self.asked.append((len(queries), only))
        allowed = np.ones(len(self.numbers), dtype=bool) if only is None else np.isin(self.numbers, only)
        cosines = np.where(allowed[None, :], queries @ self.vectors[language].T, -2.0)
        best = np.argsort(-cosines, axis=1, kind="stable")[:, :count]
        ids = np.where(np.take_along_axis(cosines, best, axis=1) > -2, self.numbers[best], NOBODY)
        padded = np.full((len(queries), count), NOBODY, dtype=np.int64)
        padded[:, : ids.shape[1]] = ids
        return Neighbours(padded, np.zeros(padded.shape, dtype=np.float32))


def filled(place: Path) -> Corpus:
    corpus = Corpus.open(place)
    facts = (("x-symbol", "A/RES/66/12"), ("x-date", "2011-12-19"), ("x-paragraph", "7"))
    pairs = (
        AlignedPair(WHALES.record.zh_text, WHALES.record.en_text, facts),
        AlignedPair(OTHER_ZH, OTHER_EN, (("x-symbol", "A/67/9"),)),
    )
    corpus.add_pairs(PairFile(pairs, "made-up.tmx"))
    return corpus


def test_the_corpus_is_asked_by_words_and_by_vectors(tmp_path: Path) -> None:
    with filled(tmp_path / "c.sqlite") as corpus:
        stored = list(corpus.pairs())
        encoder = AdditiveEncoder()
        index = OracleIndex(stored, encoder)
        with_words = CorpusSource(corpus, encoder)
        assert with_words.nearest([ADOPTED_EN], "en", 5) == [[]]
        assert with_words.holding("STRANDED WHALES", "en", 5) == [stored[0].id]
        source = CorpusSource(corpus, encoder, index)
        assert source.nearest([OTHER_ZH], "zh", 5)[0][0] == stored[1].id
        found = only(Tracer(source, Wording(load_embedded()).of).trace(f"{ADOPTED_EN}.", "en"))
        assert (found.pair.symbol, found.pair.record.number, found.pair.date) == ("A/RES/66/12", "7", "2011-12-19")


def test_only_what_the_filters_let_through_is_quoted(tmp_path: Path) -> None:
    with filled(tmp_path / "c.sqlite") as corpus:
        encoder = AdditiveEncoder()
        index = OracleIndex(list(corpus.pairs()), encoder)
        source = CorpusSource(corpus, encoder, index, Filters(symbol="A/67/*"))
        assert Tracer(source, Wording(load_embedded()).of).trace(ADOPTED_EN, "en") == ()
        assert index.asked[0][1] is not None
        assert index.asked[0][1].tolist() == corpus.ids(Filters(symbol="A/67/*")).tolist()


def test_the_result_says_how_it_was_found() -> None:
    made = trace(ADOPTED_EN, "en", tracer(WHALES), "fake@1")
    assert made.signature.endswith("|model:fake@1|task:quotes|likeness:0.6|strictness:1")


@pytest.mark.parametrize(
    ("quoted", "wanted"),
    [
        (ADOPTED_EN, ADOPTED_ZH + "，"),
        ("asks every harbour master to keep a lantern burning through the night", "并请各港口负责人彻夜点亮灯笼。"),
        (ADOPTED_EN + REST_EN, ADOPTED_ZH + REST_ZH),
    ],
)
def test_the_wording_of_a_part_is_the_part_that_renders_it(quoted: str, wanted: str) -> None:
    text, other = WHALES.record.en_text, WHALES.record.zh_text
    start = text.index(quoted)
    place = Wording(load_embedded()).of(text, (start, start + len(quoted)), "en", other)
    assert place is not None
    assert other[slice(*place)] == wanted


# the command

APP = typer.Typer(cls=PoliteGroup)
APP.command()(quotes)
APP.command("eval")(eval_quotes)


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(APP, [str(one) for one in arguments], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def db(tmp_path: Path) -> Path:
    filled(tmp_path / "c.sqlite").close()
    return tmp_path / "c.sqlite"


def test_the_draft_is_printed_with_its_quotations_marked(db: Path) -> None:
    draft = ADOPTED_EN.replace("2011", "2017").replace("deep ", "")
    code, out, err = run("quotes", f"Yes. {draft}.", "--db", db)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"Yes. ⟦1 {draft}⟧.",
        "",
        "1  A/RES/66/12 · para. 7 · 2011-12-19 · RES · 97% alike",
        "   changes: " + ADOPTED_EN.replace("2011", "[-2011-]{+2017+}").replace("deep", "[-deep-]"),
        f"   Chinese: {ADOPTED_ZH}，",
        "",
        "[-…-] stands in the source alone, {+…+} in the draft alone",
    ]


def test_the_quotations_are_printed_as_json(db: Path) -> None:
    code, out, _ = run("quotes", ADOPTED_EN, "--db", db, "--json", "--in", "en")
    found = json.loads(out)
    assert (code, found["query"], found["lang"], found["passages"][0]["count"]) == (0, ADOPTED_EN, "en", 1)
    first = found["passages"][0]["quotations"][0]
    assert (first["symbol"], first["paragraph"], first["span"], first["verbatim"], first["likeness"]) == (
        "A/RES/66/12",
        "7",
        [0, len(ADOPTED_EN)],
        True,
        1.0,
    )
    assert first["official"] == first["zh"][slice(*first["wording"])] == ADOPTED_ZH + "，"
    assert first["differences"] == [{"change": "same", "draft": first["span"], "stored": first["quoted"]}]


def test_a_whole_draft_is_read_from_a_file(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_text(f"会议开了两次。\n\n{ADOPTED_ZH}。\n", encoding="utf-8")
    code, out, _ = run("quotes", "--file", file, "--db", db)
    assert (code, out.splitlines()[2]) == (0, f"⟦1 {ADOPTED_ZH}⟧。")


def test_a_draft_that_quotes_nothing_says_so(db: Path) -> None:
    assert run("quotes", "Nobody has ever written this before.", "--db", db) == (
        0,
        "nothing in it is quoted from the corpus\n",
        "",
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "duizhao: give a passage of a draft, or a whole one with --file FILE.\n"),
        ((" ",), "duizhao: the passage is empty: give some words of a draft.\n"),
        (("12 34",), "duizhao: the passage is not clearly Chinese or English: say with --in zh or --in en.\n"),
    ],
)
def test_a_draft_that_is_none_is_told_in_a_sentence(db: Path, arguments: tuple[str, ...], sentence: str) -> None:
    assert run("quotes", *arguments, "--db", db) == (2, "", sentence)
