"""Models side by side on the user's own pairs: what is measured, how sure it is, and what is told of it."""

from __future__ import annotations

import json
import random
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from align.aligner import Aligner
from align.comparison import AgainstFirst, Comparison, compare, distinct, measure_alignment, measure_retrieval
from align.errors import InputError, ModelError
from align.readers.pair_file import AlignedPair, PairFile
from align.significance import PairedTest, Share, Verdict, paired
from align.variants import Variant, variant, variants
from cli import comparison_report
from models import load_embedded
from models.encoder import Encoder, Vectors
from models.neighbours import nearest
from tests.commands import duizhao
from tests.fakes import AdditiveEncoder, OpaqueEncoder, sentences
from tests.models_made_up import save_sentence_model


def pair_file(count: int, seed: int = 0, words: int = 8) -> PairFile:
    """``count`` made-up pairs."""
    return PairFile(tuple(AlignedPair(zh, en) for zh, en in zip(*sentences(count, seed, words), strict=True)), "m.tmx")


@dataclass(frozen=True)
class Blind:
    """Knows nothing: each text has a vector of its own by chance."""

    name: str = "blind@1"

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = [np.random.default_rng(crc32(text.encode())).normal(size=32) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], dtype=np.float32).reshape(-1, 32)

    def spans(self, texts: Sequence[str], longest: int) -> list[Vectors]:
        joined = [["".join(texts[k : k + a]) for k in range(len(texts) - a + 1)] for a in range(1, longest + 1)]
        return [self.encode(level) for level in joined]


@dataclass
class Shelf:
    """Loads models by name, and looks how many of those it gave are still there."""

    models: dict[str, type[Encoder]]
    given: list[weakref.ref[Encoder]] = field(default_factory=list)
    alive: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def load(self, name: str) -> Encoder:
        self.asked.append(name)
        if name not in self.models:
            raise ModelError(f"there is no model {name}.")
        self.alive.append(sum(reference() is not None for reference in self.given))
        model = self.models[name]()
        self.given.append(weakref.ref(model))
        return model


def shelf() -> Shelf:
    return Shelf({"good": AdditiveEncoder, "opaque": OpaqueEncoder, "blind": Blind})


def test_a_share_has_the_interval_of_wilson() -> None:
    found = [tuple(round(end, 4) for end in Share(*share).interval) for share in ((9, 10), (0, 10), (81, 263), (0, 0))]
    assert found == [(0.5958, 0.9821), (0.0, 0.2775), (0.2553, 0.3662), (0.0, 1.0)]


def test_the_paired_test_is_exact_and_leaves_out_what_is_equal() -> None:
    assert paired([1, 0.5, 1, 0, 1, 0.5], [0, 0, 0, 0, 1, 1]) == PairedTest(3, 1, 1 / 3, 0.625)
    assert paired([1, 1], [1, 1]) == PairedTest(0, 0, 0.0, 1.0)
    assert paired([], []) == PairedTest(0, 0, 0.0, 1.0)


def test_a_difference_is_clear_only_where_chance_seldom_gives_it() -> None:
    five, six = paired([1] * 5, [0] * 5), paired([1] * 6, [0] * 6)
    assert (five.p, six.p) == (0.0625, 0.03125)
    assert (five.verdict(), six.verdict(), six.verdict(comparisons=2)) == (
        Verdict.UNCLEAR,
        Verdict.BETTER,
        Verdict.UNCLEAR,
    )
    assert paired([0] * 6, [1] * 6).verdict() is Verdict.WORSE


def naive(queries: Vectors, units: Vectors, margin: bool) -> list[int]:
    """All cosines at once, sorted: slow and plain."""
    cosines = queries @ units.T
    if margin:
        rows = np.sort(cosines, axis=1)[:, -4:].mean(axis=1)
        columns = np.sort(cosines, axis=0)[-4:].mean(axis=0)
        cosines = cosines / np.maximum((rows[:, None] + columns[None, :]) / 2, 1e-6)
    return [int(row.argmax()) for row in cosines]


@pytest.mark.parametrize(("zh", "en"), [(1, 1), (3, 2), (40, 40), (17, 60)])
@pytest.mark.parametrize("cells", [1, 100, 1 << 24])
def test_the_nearest_are_those_of_the_whole_matrix_however_it_is_cut(
    zh: int, en: int, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.neighbours.BLOCK_CELLS", cells)
    left, right = Blind().encode([f"甲{k}" for k in range(zh)]), Blind().encode([f"a{k}" for k in range(en)])
    found = nearest(left, right)
    assert found.zh_en.tolist() == naive(left, right, margin=False)
    assert found.en_zh.tolist() == naive(right, left, margin=False)
    assert found.margin_zh_en.tolist() == naive(left, right, margin=True)
    assert found.margin_en_zh.tolist() == naive(right, left, margin=True)


@pytest.mark.parametrize("count", [2, 99, 100, 250, 3000])
def test_made_up_documents_hold_each_pair_of_their_run_once_or_half(count: int) -> None:
    pairs = [(f"句{k}。", f"sentence {k}.") for k in range(count)]
    made = variants(pairs, seed=1)
    assert len(made) == max(1, min(10, count // 100))
    for document in made:
        assert [unit for zh, _ in document.links for unit in zh] == list(range(len(document.zh)))
        assert [unit for _, en in document.links for unit in en] == list(range(len(document.en)))
        for zh, en in document.links:
            left = [number for unit in zh for number in document.zh[unit].replace("。", "").split("句")[1:]]
            right = [word.strip(".") for unit in en for word in document.en[unit].split() if word != "sentence"]
            assert left == right or not (left and right)


def test_made_up_documents_leave_out_a_seventh_and_join_a_ninth() -> None:
    links = variant([("一。", "one.")] * 20_000, random.Random(2)).links
    shapes = {shape: sum((len(zh), len(en)) == shape for zh, en in links) for shape in ((1, 1), (1, 2), (2, 1))}
    alone = {side: sum(not link[1 - side] for link in links) for side in (0, 1)}
    assert sum(shapes.values()) + sum(alone.values()) == len(links)
    assert [round(n / len(links), 2) for n in (*shapes.values(), *alone.values())] == [0.75, 0.06, 0.05, 0.07, 0.07]


def test_the_same_pairs_always_make_the_same_documents() -> None:
    pairs = list(zip(*sentences(120), strict=True))
    assert variants(pairs, seed=3) == variants(pairs, seed=3)
    assert variants(pairs, seed=3) != variants(pairs, seed=4)


def test_a_text_that_stands_in_two_pairs_is_found_with_either_translation() -> None:
    pairs = (
        ("山水火。", "mountain water fire."),
        ("山水火。", "fire water mountain."),
        ("金木土。", "gold wood soil."),
    )
    encoder = AdditiveEncoder()
    vectors = [encoder.encode([pair[side] for pair in pairs]) for side in (0, 1)]
    found = measure_retrieval(vectors[0], vectors[1], pairs)
    assert (found.zh_en, found.en_zh, found.scores) == (Share(3, 3), Share(3, 3), (1.0, 1.0, 1.0))


def test_only_the_texts_asked_for_are_counted_but_all_can_be_found() -> None:
    pairs = (("山水。", "gold soil."), ("金土。", "mountain water."), ("星云雨。", "star cloud rain."))
    encoder = AdditiveEncoder()
    vectors = [encoder.encode([pair[side] for pair in pairs]) for side in (0, 1)]
    assert measure_retrieval(*vectors, pairs, [2]).scores == (1.0,)
    assert measure_retrieval(*vectors, pairs, [0, 2]).scores == (0.0, 1.0)


def test_alignment_counts_exactly_found_links() -> None:
    zh, en = sentences(12, seed=5)
    right = [((k,), (k,)) for k in range(12)]
    wrong = [*right[:10], ((10, 11), (10, 11))]
    aligner = Aligner.make(AdditiveEncoder())
    found = [measure_alignment([Variant(tuple(zh), tuple(en), tuple(links))], aligner) for links in (right, wrong)]
    assert [one.found for one in found] == [(1.0,) * 12, (1.0,) * 10 + (0.0,)]
    assert [round(one.score.strict.f1, 4) for one in found] == [1.0, 0.8696]


def test_the_pairs_are_taken_once_each_and_in_order() -> None:
    rows = [("乙  丙", "b c"), ("甲", "a"), ("乙 丙", "b\nc"), ("甲", "another a")]
    file = PairFile(tuple(AlignedPair(zh, en) for zh, en in rows), "m.tmx")
    assert distinct(file) == (("乙 丙", "b c"), ("甲", "a"), ("甲", "another a"))


def test_models_are_measured_on_the_same_pairs_and_tested_against_the_first() -> None:
    found = compare(["opaque", "good", "blind"], pair_file(60), shelf().load)
    assert (found.source, found.pairs, found.documents) == ("m.tmx", 60, 1)
    assert [(m.name, m.model, m.speed.dimensions) for m in found.models] == [
        ("opaque", "opaque@1", 48),
        ("good", "fake@1", 48),
        ("blind", "blind@1", 32),
    ]
    assert [m.retrieval.zh_en for m in found.models[:2]] == [Share(60, 60)] * 2
    good, blind = found.against_first
    assert (good.name, good.retrieval) == ("good", PairedTest(0, 0, 0.0, 1.0))
    assert blind.retrieval.verdict(2) is Verdict.WORSE
    assert found.signature.endswith("|models:opaque@1+fake@1+blind@1|task:compare-models|n:60|seed:3")


def test_one_model_is_in_memory_at_a_time() -> None:
    found = shelf()
    compare(["good", "opaque", "blind"], pair_file(6), found.load)
    assert found.asked == ["good", "opaque", "blind"] * 2
    assert found.alive == [0] * 6


def test_long_work_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("align.comparison._PATIENCE", 0)
    said: list[str] = []
    compare(["good"], pair_file(200), shelf().load, said.append)
    assert said == [
        "looking for good …",
        "good: encoding 200 pairs …",
        "… 128 of 200 pairs encoded",
        "… 200 of 200 pairs encoded",
        "good: looking up every text among the 200 of the other language …",
        "good: aligning 2 documents made of the pairs …",
        "… 0 of 2 documents aligned",
        "… 1 of 2 documents aligned",
    ]


def test_a_wrong_name_is_told_before_any_model_is_measured() -> None:
    said: list[str] = []
    with pytest.raises(ModelError, match="there is no model nowhere"):
        compare(["good", "nowhere"], pair_file(6), shelf().load, said.append)
    assert said == ["looking for good …", "looking for nowhere …"]


def test_a_model_named_twice_is_told() -> None:
    with pytest.raises(InputError, match="the model good is named twice: name each model once"):
        compare(["good", "blind", "good"], pair_file(6), shelf().load)


def test_a_model_without_a_name_is_told() -> None:
    with pytest.raises(InputError, match="one of the models has an empty name: give each a name"):
        compare(["good", " "], pair_file(6), shelf().load)


def test_a_single_pair_is_told() -> None:
    with pytest.raises(InputError, match=r"m\.tmx has one pair alone"):
        compare(["good"], pair_file(1), shelf().load)


def test_two_pairs_are_enough() -> None:
    found = compare(["good"], pair_file(2), shelf().load)
    assert found.models[0].retrieval.scores == (1.0, 1.0)


def timed(result: Comparison, *paces: float) -> Comparison:
    """The result with given speeds, which differ from run to run."""
    models = [
        replace(model, speed=replace(model.speed, texts_per_second=pace, load_seconds=0.25))
        for model, pace in zip(result.models, paces, strict=True)
    ]
    return replace(result, models=tuple(models))


def test_the_table_has_a_column_for_each_model_and_a_sentence_of_what_it_comes_to() -> None:
    result = timed(compare(["good", "blind"], pair_file(40), shelf().load), 20_000, 50)
    told = list(comparison_report.comparison_text(result))
    rows = {line[:27].strip(): line[27:].split("  ") for line in told[1:-3]}
    assert told[0] == "40 different pairs of m.tmx, a document made of them"
    assert list(rows) == [
        "",
        "P@1 zh→en",
        "P@1 en→zh",
        "P@1 zh→en, margin",
        "P@1 en→zh, margin",
        "strict F1",
        "null F1",
        "finding against the first",
        "aligning against the first",
        "texts a second",
        "seconds to load",
        "dimensions",
    ]
    columns = {name: [cell.strip() for cell in cells if cell.strip()] for name, cells in rows.items()}
    assert columns[""] == ["good", "blind"]
    assert columns["P@1 zh→en"][0] == "1.000 (0.912–1.000)"
    assert columns["finding against the first"][1].endswith(" points, worse")
    assert (columns["texts a second"], columns["dimensions"]) == (["20,000", "50"], ["48", "32"])
    # How well it aligns is the lattice's merit, which weighs numbers, lengths and words besides the vectors.
    assert told[-3].startswith("Against good, blind is worse at finding translations and ")
    assert told[-3].endswith("aligning, and needs 400.0 times as long to encode.")
    assert told[-2:] == [
        "Only 40 pairs tell little: give 200 or more.",
        result.signature,
    ]


def test_the_sentence_says_no_more_than_the_tests() -> None:
    result = timed(compare(["good", "opaque"], pair_file(20), shelf().load), 100, 150)
    assert comparison_report.conclusion(result).startswith("Against good, opaque shows no clear difference in finding")
    assert "encode" not in comparison_report.conclusion(result)
    alone = replace(result, models=result.models[:1])
    assert comparison_report.conclusion(alone) == ("good was measured alone: name a second model to compare it with.")


def test_the_verdicts_of_finding_and_aligning_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    result = timed(compare(["good", "opaque"], pair_file(20), shelf().load), 100, 1000)
    better, even = PairedTest(9, 0, 0.1, 0.004), PairedTest(2, 1, 0.01, 1.0)
    monkeypatch.setattr(Comparison, "against_first", (AgainstFirst("opaque", better, even),))
    assert comparison_report.conclusion(result) == (
        "Against good, opaque is better at finding translations and shows no clear difference in aligning, "
        "and encodes 10.0 times as fast."
    )


def write_pairs(path: Path, count: int) -> Path:
    rows = [f"{pair.zh}\t{pair.en}\n" for pair in pair_file(count).pairs]
    path.write_text("zh\ten\n" + "".join(rows), encoding="utf8")
    return path


def test_the_command_prints_the_table(tmp_path: Path) -> None:
    done = duizhao("models", "compare", "embedded", "--pairs", write_pairs(tmp_path / "pairs.tsv", 20))
    lines = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    assert lines[0] == "20 different pairs of pairs.tsv, a document made of them"
    assert lines[1].split() == ["embedded"]
    assert lines[-1].endswith("|task:compare-models|n:20|seed:3")


def test_a_single_model_is_compared_with_the_embedded_one_and_nothing_comes_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUIZHAO_HOME", str(tmp_path / "home"))
    folder = save_sentence_model(tmp_path / "tiny", tmp_path / "bert")
    pairs = write_pairs(tmp_path / "pairs.tsv", 10)
    first, second = (json.loads(duizhao("models", "compare", folder, "--pairs", pairs, "--json").out) for _ in "12")
    dimensions = load_embedded().token_vectors().shape[1]
    assert [(m["name"], m["dimensions"]) for m in first["models"]] == [("embedded", dimensions), (str(folder), 16)]
    assert [test["name"] for test in first["against_first"]] == [str(folder)]
    assert [m["p1_zh_en"] for m in first["models"]] == [m["p1_zh_en"] for m in second["models"]]
    assert list((tmp_path / "home").rglob("*.sqlite*")) == []


def test_the_command_prints_json(tmp_path: Path) -> None:
    path = write_pairs(tmp_path / "pairs.csv", 20)
    done = duizhao("models", "compare", "embedded", "--pairs", path, "--json")
    found = json.loads(done.out)
    assert list(found) == [
        "signature",
        "source",
        "pairs",
        "documents",
        "links",
        "models",
        "against_first",
        "conclusion",
    ]
    (model,) = found["models"]
    names = ["p1_zh_en", "p1_en_zh", "margin_p1_zh_en", "margin_p1_en_zh"]
    assert list(model) == [
        *("name", "model"),
        *(key for name in names for key in (name, f"{name}_interval")),
        *(f"{kind}_{measure}" for kind in ("strict", "null") for measure in ("precision", "recall", "f1")),
        *("texts_per_second", "load_seconds", "dimensions"),
    ]
    assert found["against_first"] == []


def test_what_is_wrong_is_told_in_a_sentence(tmp_path: Path) -> None:
    done = duizhao("models", "compare", "embedded", "--pairs", tmp_path / "nowhere.tsv")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "nowhere.tsv" in done.err


def test_links_are_drawn_from_a_seed_of_their_own() -> None:
    pairs = list(zip(*sentences(30), strict=True))
    random.seed(1)
    first = variants(pairs, seed=3)
    random.seed(2)
    assert variants(pairs, seed=3) == first
