"""Text to vectors: the embedded model, a small one made here, and a transformer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from models_made_up import save_sentence_model

from models import EMBEDDED, ModelError, StaticEncoder, WordEncoder, load, load_embedded
from models.static import load_static
from models.transformer import TransformerEncoder, join

TEXTS = ["回顾其以往各项决议，", "Recalling its previous resolutions,", "", "x", "大会第六十七届会议 2012 年"]


def write_static(folder: Path, table: np.ndarray, key: str = "embedding.weight") -> Path:
    """A static model of the words a, b, c and one unknown."""
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    folder.mkdir(exist_ok=True)
    tokenizer = Tokenizer(WordLevel({"?": 0, "a": 1, "b": 2, "c": 3}, unk_token="?"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.enable_truncation(2)  # what a user's folder may have set must not cut texts
    tokenizer.enable_padding(length=5)
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file({key: table}, folder / "model.safetensors")
    return folder


TABLE = np.array([[0, 0], [3, 0], [0, 4], [1, 1]], dtype=np.float32)


@pytest.fixture
def small(tmp_path: Path) -> StaticEncoder:
    return load_static(write_static(tmp_path / "small", TABLE))


def test_a_text_is_the_sum_of_its_tokens_at_unit_length(small: StaticEncoder) -> None:
    np.testing.assert_allclose(
        small.encode(["a", "a b", "b b b", "c a c"]),
        [[1, 0], [0.6, 0.8], [0, 1], [5 / 29**0.5, 2 / 29**0.5]],
        atol=1e-6,
    )


def test_a_text_without_a_known_token_is_a_zero_row(small: StaticEncoder) -> None:
    np.testing.assert_array_equal(small.encode(["", "   ", "zzz", "a"]), [[0, 0], [0, 0], [0, 0], [1, 0]])


def test_no_texts_are_no_rows(small: StaticEncoder) -> None:
    assert small.encode([]).shape == (0, 2)


def test_spans_are_the_sums_of_consecutive_texts(small: StaticEncoder) -> None:
    spans = small.spans(["a", "", "b", "a"], 3)
    assert [s.shape for s in spans] == [(4, 2), (3, 2), (2, 2)]
    np.testing.assert_allclose(spans[0], [[1, 0], [0, 0], [0, 1], [1, 0]], atol=1e-6)
    np.testing.assert_allclose(spans[1], [[1, 0], [0, 1], [0.6, 0.8]], atol=1e-6)
    np.testing.assert_allclose(spans[2], [[0.6, 0.8], [0.6, 0.8]], atol=1e-6)


def test_spans_longer_than_the_texts_are_empty(small: StaticEncoder) -> None:
    assert [s.shape for s in small.spans(["a"], 3)] == [(1, 2), (0, 2), (0, 2)]


def test_tokens_come_end_to_end_with_where_each_text_begins(small: StaticEncoder) -> None:
    ids, starts = small.tokens(["a b", "", "c zzz"])
    assert (ids.tolist(), starts.tolist()) == ([1, 2, 3, 0], [0, 2, 2, 4])
    assert isinstance(small, WordEncoder)
    np.testing.assert_array_equal(small.token_vectors(), TABLE)


def test_the_name_changes_with_the_weights(tmp_path: Path) -> None:
    first = load_static(write_static(tmp_path / "one", TABLE)).name
    second = load_static(write_static(tmp_path / "one", TABLE * 2)).name
    assert first.startswith("one@")
    assert first != second


def test_a_table_under_the_other_usual_key_is_read(tmp_path: Path) -> None:
    assert load(str(write_static(tmp_path / "m", TABLE, "embeddings"))).encode(["a"]).tolist() == [[1, 0]]


def damaged(folder: Path, what: str) -> None:
    if what == "no weights":
        (folder / "model.safetensors").unlink()
    elif what == "wrong key":
        write_static(folder, TABLE, "other")
    elif what == "wrong size":
        write_static(folder, TABLE[:3])
    elif what == "no numbers":
        write_static(folder, np.full_like(TABLE, np.nan))
    elif what == "no rows":
        write_static(folder, TABLE.ravel())
    elif what == "wrong factors":
        from safetensors.numpy import save_file

        save_file({"embeddings": TABLE, "weights": TABLE[0]}, folder / "model.safetensors")
    elif what == "broken weights":
        (folder / "model.safetensors").write_bytes(b"\0" * 40)
    elif what == "broken tokenizer":
        (folder / "tokenizer.json").write_text("{}")


@pytest.mark.parametrize(
    "what",
    [
        "no weights",
        "wrong key",
        "wrong size",
        "no numbers",
        "no rows",
        "wrong factors",
        "broken weights",
        "broken tokenizer",
    ],
)
def test_a_damaged_model_is_told_in_one_sentence(tmp_path: Path, what: str) -> None:
    folder = write_static(tmp_path / "model", TABLE)
    damaged(folder, what)
    with pytest.raises(ModelError) as caught:
        load(str(folder))
    assert "model" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_folder_that_is_not_there_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match=r"nowhere.*\.$"):
        load(str(tmp_path / "nowhere"))


# the embedded model -------------------------------------------------------------------------------------------------
def test_the_embedded_model_gives_unit_rows_and_a_zero_row_for_nothing() -> None:
    vectors = load_embedded().encode(TEXTS)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 1, 1], atol=1e-5)
    assert vectors.dtype == np.float32


def test_the_embedded_model_finds_the_translation_of_a_sentence() -> None:
    zh = ["大会通过了该决议。", "秘书长将提交一份报告。", "水是生命之源。", "我昨天买了一本书。"]
    en = [
        "The General Assembly adopted the resolution.",
        "The Secretary-General will submit a report.",
        "Water is the source of life.",
        "Yesterday I bought a book.",
    ]
    model = load_embedded()
    cosines = model.encode(zh) @ model.encode(en).T
    assert cosines.argmax(axis=1).tolist() == cosines.argmax(axis=0).tolist() == [0, 1, 2, 3]


def test_spans_are_the_vectors_of_the_texts_joined() -> None:
    model = load_embedded()
    texts = ["回顾其决议，", "注意到该报告，", "强调必须合作，", "请秘书长报告。"]
    for a, vectors in enumerate(model.spans(texts, 4), start=1):
        sums = [model.token_vectors()[model.tokens(texts[k : k + a])[0]].sum(axis=0) for k in range(5 - a)]
        expected = [v / np.linalg.norm(v) for v in sums]
        np.testing.assert_allclose(vectors, expected, atol=1e-5)


def test_a_batch_gives_what_single_texts_give() -> None:
    model = load_embedded()
    np.testing.assert_array_equal(model.encode(TEXTS), np.concatenate([model.encode([text]) for text in TEXTS]))


def test_load_without_a_name_is_the_embedded_model() -> None:
    assert load() is load_embedded()
    assert load().name == load_embedded().name == load_static(EMBEDDED).name


def test_the_embedded_model_needs_neither_torch_nor_transformers() -> None:
    code = (
        "import sys; from models import load; load().encode(['a', '大会']); "
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'faiss', 'pandas'}; print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=EMBEDDED.parents[1])
    assert (done.stdout, done.stderr, done.returncode) == ("set()\n", "", 0)


# transformers -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [("山水。", "火", "山水。火"), ("One.", "Two", "One. Two"), ("山", "two", "山two"), ("", "a", "a"), ("a", "", "a")],
)
def test_texts_are_joined_as_their_script_wants(left: str, right: str, joined: str) -> None:
    assert join(left, right) == joined


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> TransformerEncoder:
    """A BERT of one layer with random weights, saved by sentence-transformers and loaded by its folder."""
    base, folder = (tmp_path_factory.mktemp(name) for name in ("base", "tiny"))
    save_sentence_model(folder, base)
    found = load(str(folder), cached=False)
    assert isinstance(found, TransformerEncoder)
    return found


def test_a_transformer_gives_unit_rows_and_a_zero_row_for_nothing(transformer: TransformerEncoder) -> None:
    vectors = transformer.encode(["a b", "", "山水。", "a b"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1, 1], atol=1e-5)
    np.testing.assert_array_equal(vectors[0], vectors[3])
    assert (vectors.shape, vectors.dtype) == ((4, 16), np.float32)


def test_no_texts_are_no_rows_of_a_transformer(transformer: TransformerEncoder) -> None:
    assert transformer.encode([]).shape == (0, 16)


def test_spans_of_a_transformer_are_its_vectors_of_the_joined_texts(transformer: TransformerEncoder) -> None:
    spans = transformer.spans(["a", "b c", "d"], 4)
    assert [s.shape for s in spans] == [(3, 16), (2, 16), (1, 16), (0, 16)]
    np.testing.assert_allclose(spans[1], transformer.encode(["a b c", "b c d"]), atol=1e-6)
    np.testing.assert_allclose(spans[2], transformer.encode(["a b c d"]), atol=1e-6)


def test_a_transformer_encodes_each_text_once() -> None:
    asked: list[str] = []

    class Counting:
        def encode(self, texts: list[str], **_: object) -> np.ndarray:
            asked.extend(texts)
            return np.ones((len(texts), 2), dtype=np.float32)

        def get_embedding_dimension(self) -> int:
            return 2

    encoder = TransformerEncoder(Counting(), "counting")
    encoder.spans(["a", "b", "a", "b"], 2)
    encoder.encode(["a b", "c", "c"])
    assert sorted(asked) == ["a", "a b", "b", "b a", "c"]


def test_a_transformer_aligns_as_any_encoder_does(transformer: TransformerEncoder) -> None:
    from align.aligner import Aligner

    beads = Aligner.make(transformer).align(["山水。", "火。", "木金。"], ["a b.", "c.", "d e."])
    assert sorted(k for bead in beads for k in bead.zh) == [0, 1, 2]
    assert sorted(k for bead in beads for k in bead.en) == [0, 1, 2]
    assert transformer.name in Aligner.make(transformer).parts["model"]
