"""Tuning on the user's own pairs: what is held out, what is kept, and that nothing of the user's is lost."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from align.errors import InputError, ModelError, OutputError
from align.near_duplicates import clusters
from align.readers.pair_file import AlignedPair, PairFile
from align.significance import Share
from align.tuning import Tuning, split_pairs, tune
from cli import comparison_report
from models.encoder import Vectors
from models.folder import FILES
from models.static import load_static
from tests.commands import duizhao
from tests.fakes import DICTIONARY, sentences

VOCABULARY = {word: k for k, word in enumerate(["[UNK]", *(word for pair in DICTIONARY for word in pair)])}


def pair_file(count: int, seed: int = 0) -> PairFile:
    """``count`` made-up pairs, no two of them alike."""
    return PairFile(tuple(AlignedPair(zh, en) for zh, en in zip(*sentences(count, seed), strict=True)), "m.tmx")


def table(knowing: int) -> Vectors:
    """Vectors by chance, but one and the same for both words of the first ``knowing`` pairs of the dictionary."""
    vectors = np.random.default_rng(3).normal(size=(len(VOCABULARY), 32)).astype(np.float32)
    for zh, en in DICTIONARY[:knowing]:
        vectors[VOCABULARY[en]] = vectors[VOCABULARY[zh]]
    return vectors


def model(folder: Path, knowing: int) -> Path:
    """A static model of the dictionary's words."""
    from safetensors.numpy import save_file
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    tokenizer = Tokenizer(WordLevel(VOCABULARY, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex(r"\p{Han}|\p{Latin}+"), behavior="removed", invert=True)
    folder.mkdir()
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file({"embedding.weight": table(knowing)}, folder / "model.safetensors")
    (folder / "config.json").write_text('{"name": "tiny"}')
    return folder


@dataclass
class Tuner:
    """Gives the table it is told to, and keeps what it was asked."""

    gives: Vectors
    asked: list[tuple[Path, list[tuple[str, str]], int]] = field(default_factory=list)

    def __call__(
        self,
        folder: Path,
        pairs: Sequence[tuple[str, str]],
        *,
        epochs: int,
        progress: Callable[[str], None] | None,
    ) -> Vectors:
        self.asked.append((folder, list(pairs), epochs))
        if progress:
            progress("epoch 1")
        return self.gives


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_pairs_that_differ_in_numbers_and_marks_alone_are_one_cluster() -> None:
    pairs = [
        ("第三条　本法自公布之日起施行。", "Article 3. This law enters into force on the day of its promulgation."),
        ("星云雨雪风海。", "Star, cloud, rain, snow, wind and sea."),
        ("第１２条 本法自公布之日起施行", "Article 12: this law enters into force on the day of its promulgation"),
    ]
    assert clusters(pairs) == [[0, 2], [1]]


def test_one_side_that_is_alike_is_enough_and_likeness_goes_on() -> None:
    pairs = [
        ("秘书长应向大会提出报告", "The Secretary-General shall report to the Assembly."),
        ("请秘书长提出一份报告", "The Secretary-General shall report to the Assembly!"),
        ("请秘书长提出一份报告。", "A report is requested from him."),
        ("鸟鱼马牛羊狗猫虎龙花", "Birds, fish, horses and cows"),
    ]
    assert clusters(pairs) == [[0, 1, 2], [3]]


def test_texts_that_share_a_phrase_alone_are_not_alike() -> None:
    pairs = [
        (
            "秘书长应向大会提出报告，说明各国采取的措施",
            "The Secretary-General shall report on measures taken by States.",
        ),
        (
            "秘书长应向大会任命三名专家，任期五年为限",
            "The Secretary-General shall appoint three experts for five years.",
        ),
    ]
    assert clusters(pairs) == [[0], [1]]


def test_texts_without_letters_are_alike_only_if_they_are_equal() -> None:
    assert clusters([("1", "1"), ("2", "2"), ("1", "1"), ("", "…")]) == [[0, 2], [1], [3]]


def test_a_tenth_is_held_out_and_at_least_fifty() -> None:
    for count, fewest, most in ((200, 50, 50), (400, 50, 55), (2000, 160, 240)):
        pairs = tuple((pair.zh, pair.en) for pair in pair_file(count).pairs)
        split = split_pairs(pairs, "m.tmx")
        assert fewest <= len(split.held_out) <= most
        assert sorted([*split.train, *split.held_out]) == list(range(count))


def test_near_duplicates_are_never_on_both_sides() -> None:
    zh, en = sentences(150, seed=9)
    pairs = tuple(
        (f"{left}{number}", f"{right} {number}") for left, right in zip(zh, en, strict=True) for number in (1, 2, 3)
    )
    split = split_pairs(pairs, "m.tmx")
    assert {row // 3 for row in split.train}.isdisjoint(row // 3 for row in split.held_out)


def test_the_same_pairs_are_held_out_in_any_order_and_among_more() -> None:
    pairs = tuple((pair.zh, pair.en) for pair in pair_file(2000).pairs)
    held_out = {pairs[row] for row in split_pairs(pairs, "m.tmx").held_out}
    turned = pairs[::-1]
    assert {turned[row] for row in split_pairs(turned, "m.tmx").held_out} == held_out
    fewer = pairs[:1500]
    assert {fewer[row] for row in split_pairs(fewer, "m.tmx").held_out} == held_out & set(fewer)


def test_a_text_that_repeats_all_over_is_learned_from() -> None:
    same = tuple((f"山水火木金土日月星云{k}", f"mountain water fire wood gold soil sun moon {k}") for k in range(100))
    others = tuple((pair.zh, pair.en) for pair in pair_file(300).pairs)
    split = split_pairs(same + others, "m.tmx")
    assert set(range(100)) <= set(split.train)


def test_too_few_pairs_are_told_with_both_numbers(tmp_path: Path) -> None:
    tuner = Tuner(table(30))
    with pytest.raises(InputError, match=r"m\.tmx has 199 different pairs: tuning needs at least 200"):
        tune(pair_file(199), model(tmp_path / "base", 0), tmp_path / "out", tuner, epochs=3, force=False)
    assert (tuner.asked, names(tmp_path)) == ([], {"base"})


def test_pairs_that_all_repeat_each_other_are_told() -> None:
    same = tuple((f"山水火木金土日月{k}", f"mountain water fire wood gold soil {k}") for k in range(300))
    with pytest.raises(InputError, match=r"m\.tmx has 300 pairs that nearly all repeat each other"):
        split_pairs(same, "m.tmx")


def tuned(tmp_path: Path, before: int, after: int, force: bool = False) -> tuple[Tuning, Tuner]:
    """Tune a model that knows ``before`` words to one that knows ``after``."""
    tmp_path.mkdir(exist_ok=True)
    base = tmp_path / "base" if (tmp_path / "base").exists() else model(tmp_path / "base", before)
    tuner = Tuner(table(after))
    return tune(pair_file(400), base, tmp_path / "out", tuner, epochs=4, force=force), tuner


def test_a_better_model_is_written_and_loads(tmp_path: Path) -> None:
    result, tuner = tuned(tmp_path, before=0, after=len(DICTIONARY))
    assert (result.kept, result.after.zh_en) == (True, Share(result.held_out, result.held_out))
    assert result.before.zh_en.value < 0.2
    ((folder, learned, epochs),) = tuner.asked
    assert (folder, len(learned), epochs) == (tmp_path / "base", result.trained_on, 4)
    assert result.trained_on + result.held_out == 400
    out = tmp_path / "out"
    assert names(tmp_path) == {"base", "out"}
    assert names(out) == FILES
    config = json.loads((out / "config.json").read_text("utf-8"))
    assert (config["name"], config["tuned_from"]) == ("out", result.base)
    loaded, wanted = load_static(out), table(len(DICTIONARY))
    assert loaded.name == result.tuned
    step = np.abs(wanted).max(axis=1, keepdims=True) / 127
    assert (np.abs(loaded.table - wanted) <= 0.51 * step).all()


def test_what_is_held_out_is_not_learned_from(tmp_path: Path) -> None:
    result, tuner = tuned(tmp_path, before=0, after=len(DICTIONARY))
    pairs = [(pair.zh, pair.en) for pair in pair_file(400).pairs]
    learned = tuner.asked[0][1]
    assert len(set(pairs) - set(learned)) == result.held_out
    assert [pair for pair in pairs if pair in set(learned)] == learned


@pytest.mark.parametrize("after", [0, len(DICTIONARY)])
def test_a_model_that_is_no_better_is_not_written(tmp_path: Path, after: int) -> None:
    result, _ = tuned(tmp_path, before=len(DICTIONARY), after=after)
    assert (result.kept, result.test.difference < 0) == (False, after == 0)
    assert names(tmp_path) == {"base"}


def test_held_out_pairs_are_looked_up_among_many_others_but_not_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tuned(tmp_path, before=30, after=0)[0].pool == 400
    for most, pool in ((120, 120), (10, 50)):
        monkeypatch.setattr("align.tuning.POOL", most)
        result, _ = tuned(tmp_path, before=30, after=0)
        assert (result.held_out, result.before.zh_en.count) == (50, 50)
        assert result.pool == pool


def test_the_card_tells_the_figures_and_no_text(tmp_path: Path) -> None:
    result, _ = tuned(tmp_path, before=0, after=len(DICTIONARY))
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert card.startswith(f"# A tuned copy of {result.base}\n\nMade by `duizhao models tune` from {result.trained_on}")
    assert f"| zh→en | {result.before.zh_en.value:.4f} | 1.0000 |" in card
    assert [pair.en for pair in pair_file(400).pairs if pair.en in card] == []


def test_an_existing_model_is_written_over_only_on_demand(tmp_path: Path) -> None:
    tuned(tmp_path, before=0, after=30)
    first = (tmp_path / "out" / "model.safetensors").read_bytes()
    with pytest.raises(OutputError, match=r"out exists already: name another folder, or write over it with --force"):
        tuned(tmp_path, before=0, after=40)
    assert (tmp_path / "out" / "model.safetensors").read_bytes() == first
    assert tuned(tmp_path, before=0, after=40, force=True)[0].kept
    assert (tmp_path / "out" / "model.safetensors").read_bytes() != first
    assert names(tmp_path) == {"base", "out"}


def test_an_existing_model_stays_where_the_new_one_is_no_better(tmp_path: Path) -> None:
    tuned(tmp_path, before=30, after=40)
    first = (tmp_path / "out" / "model.safetensors").read_bytes()
    assert not tuned(tmp_path, before=30, after=0, force=True)[0].kept
    assert (tmp_path / "out" / "model.safetensors").read_bytes() == first


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_of_other_things_is_never_touched(tmp_path: Path, force: bool) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_text("years of work")
    with pytest.raises(OutputError, match=r"out exists and is no tuned model, so it is left as it is"):
        tuned(tmp_path, before=0, after=30, force=force)
    assert names(tmp_path / "out") == {"thesis.docx"}


@pytest.mark.parametrize("content", ["my notes", '{"name": "of another tool"}'])
def test_a_folder_that_tuning_did_not_write_is_kept_even_where_its_files_are_called_alike(
    tmp_path: Path, content: str
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "config.json").write_text(content)
    with pytest.raises(OutputError, match=r"out exists and is no tuned model, so it is left as it is"):
        tuned(tmp_path, before=0, after=30, force=True)
    assert (tmp_path / "out" / "config.json").read_text() == content


@pytest.mark.parametrize("what", ["base", "."])
def test_the_model_that_is_tuned_is_never_written_over(tmp_path: Path, what: str) -> None:
    base = model(tmp_path / "base", 0)
    with pytest.raises(OutputError, match="holds the model that is to be tuned and would be lost"):
        tune(pair_file(400), base, tmp_path / what, Tuner(table(30)), epochs=1, force=True)


def test_a_place_that_is_not_there_is_told_before_any_work(tmp_path: Path) -> None:
    tuner = Tuner(table(30))
    with pytest.raises(OutputError, match=r"there is no folder .*nowhere; make it"):
        tune(pair_file(400), model(tmp_path / "base", 0), tmp_path / "nowhere" / "out", tuner, epochs=1, force=False)
    assert tuner.asked == []


@pytest.mark.parametrize(
    ("gives", "message"),
    [
        (np.full((len(VOCABULARY), 32), np.nan, dtype=np.float32), "gave vectors that are no numbers"),
        (np.ones((7, 32), dtype=np.float32), f"tuning gave 7 vectors for {len(VOCABULARY)} tokens"),
    ],
    ids=["no numbers", "too few"],
)
def test_a_table_that_cannot_be_used_leaves_nothing_behind(tmp_path: Path, gives: Vectors, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        tune(pair_file(400), model(tmp_path / "base", 0), tmp_path / "out", Tuner(gives), epochs=1, force=False)
    assert names(tmp_path) == {"base"}


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command tunes a small model with a fake; gives the user's pairs."""
    module = ModuleType("models.training.tuning")
    module.tune = Tuner(table(len(DICTIONARY)))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "models.training.tuning", module)
    monkeypatch.setattr("models.EMBEDDED", model(tmp_path / "base", 0))
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{pair.zh}\t{pair.en}\n" for pair in pair_file(400).pairs), encoding="utf8")
    return path


def test_the_command_tells_what_became_of_it(command: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    done = duizhao("models", "tune", "--pairs", command, "--out", out, "--epochs", 2)
    lines = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    assert [line.split("  ")[0] for line in lines[1:-1]] == [
        "",
        "P@1 zh→en",
        "P@1 en→zh",
        "P@1 zh→en, margin",
        "P@1 en→zh, margin",
    ]
    assert lines[1].split() == ["embedded", "tuned"]
    assert lines[-1].startswith("The tuned model finds ")
    assert lines[-1].endswith(f"of the held-out pairs; it was written to {out}: use it with --model {out}.")
    assert load_static(out).name.startswith("mine@")


def test_the_command_prints_json(command: Path, tmp_path: Path) -> None:
    found = json.loads(duizhao("models", "tune", "--pairs", command, "--out", tmp_path / "mine", "--json").out)
    assert list(found) == "source base tuned trained_on held_out pool before after test kept folder conclusion".split()
    assert (found["kept"], found["folder"], found["test"]["verdict"]) == (True, str(tmp_path / "mine"), "better")


def test_the_sentence_tells_by_how_much_the_embedded_model_stays_better(tmp_path: Path) -> None:
    worse, _ = tuned(tmp_path, before=len(DICTIONARY), after=0)
    points = f"{-worse.test.difference * 100:.1f}"
    assert comparison_report.outcome(worse) == (
        f"The embedded model stays better, by {points} points of the held-out pairs; nothing was written."
    )


def test_the_sentence_tells_of_no_gain_and_of_one_by_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    same, _ = tuned(tmp_path / "same", before=len(DICTIONARY), after=len(DICTIONARY))
    assert comparison_report.outcome(same) == (
        "The tuned model finds as many of the held-out pairs as the embedded one; nothing was written."
    )
    better, _ = tuned(tmp_path / "better", before=20, after=40)
    monkeypatch.setattr("align.significance.LEVEL", 0.0)
    assert " more of the held-out pairs, which may be chance; it was written to " in comparison_report.outcome(better)
