"""Vectors on disk: a second run encodes nothing, and no damage ever gives a wrong vector or an error."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from commands import ROOT
from models_made_up import CountingModel

from models.cache import FILE, RecentVectors, VectorCache
from models.errors import ModelMismatchError, require_same_model
from models.transformer import TransformerEncoder
from models.watching import Watch

A, B = np.array([1, 0], dtype=np.float32), np.array([0, 1], dtype=np.float32)


def cache_in(folder: Path, notes: list[str] | None = None, **changes: object) -> VectorCache:
    given: dict[str, object] = {"model": "m@1", "prompt": "", "dimensions": 2, "megabytes": 8}
    return VectorCache(folder=folder, note=(notes if notes is not None else []).append, **(given | changes))  # type: ignore[arg-type]


def plain(found: dict[str, np.ndarray]) -> dict[str, list[float]]:
    return {text: vector.tolist() for text, vector in found.items()}


def rows(folder: Path) -> int:
    with closing(sqlite3.connect(folder / FILE)) as database:
        return int(database.execute("SELECT count(*) FROM vectors").fetchone()[0])


def change(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / FILE)) as database, database:
        database.execute(statement, values)


def test_what_was_kept_is_found_by_another_process(tmp_path: Path) -> None:
    cache_in(tmp_path).put({"甲": A, "\ud800": B})
    assert plain(cache_in(tmp_path).get(["甲", "乙", "\ud800"])) == {"甲": [1, 0], "\ud800": [0, 1]}


def test_more_texts_than_a_query_takes_are_found(tmp_path: Path) -> None:
    texts = {str(k): np.array([k, 1], dtype=np.float32) for k in range(1203)}
    cache_in(tmp_path).put(texts)
    assert plain(cache_in(tmp_path).get(texts)) == plain(texts)


@pytest.mark.parametrize("other", [{"model": "m@2"}, {"prompt": "query: "}, {"model": "n@1"}])
def test_another_model_revision_or_prompt_finds_nothing_of_it(tmp_path: Path, other: dict[str, str]) -> None:
    cache_in(tmp_path).put({"a": A})
    assert cache_in(tmp_path, **other).get(["a"]) == {}


def test_the_same_model_with_other_dimensions_is_made_again(tmp_path: Path) -> None:
    notes: list[str] = []
    cache_in(tmp_path).put({"a": A})
    wide = cache_in(tmp_path, notes, dimensions=3)
    assert wide.get(["a"]) == {}
    wide.put({"b": np.ones(3, dtype=np.float32)})
    assert (rows(tmp_path), plain(wide.get(["a", "b"]))) == (1, {"b": [1, 1, 1]})
    assert notes == [
        "the cache of vectors was made with the model m@1 with 2 dimensions and cannot be used with "
        "m@1 with 3 dimensions: what it held of that model is made again."
    ]


def test_vectors_of_another_model_are_refused_by_name() -> None:
    require_same_model("labse@1", "labse@1", "the index")
    with pytest.raises(ModelMismatchError) as caught:
        require_same_model("labse@1", "bge-m3@2", "the index")
    assert str(caught.value) == (
        "the index was made with the model labse@1 and cannot be used with bge-m3@2: "
        "choose labse@1 with --model, or make the index again."
    )


def test_a_damaged_vector_is_not_taken_for_right(tmp_path: Path) -> None:
    cache_in(tmp_path).put({"a": A, "b": B})
    change(tmp_path, "UPDATE vectors SET vector = ? WHERE vector = ?", A.tobytes(), B.tobytes())
    assert plain(cache_in(tmp_path).get(["a", "b"])) == {"a": [1, 0]}


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    notes: list[str] = []
    cache = cache_in(tmp_path, notes)
    assert cache.get(["a"]) == {}
    cache.put({"a": A})
    assert plain(cache.get(["a"])) == {"a": [1, 0]}
    aside = tmp_path / "vectors-1.damaged"
    assert notes == [f"the cache of vectors was damaged: it is now {aside} and a new one is begun."]
    assert aside.read_bytes() == content


def test_a_file_damaged_in_the_middle_gives_no_error_and_no_wrong_vector(tmp_path: Path) -> None:
    texts = {str(k): np.array([k, 1], dtype=np.float32) for k in range(2000)}
    cache_in(tmp_path).put(texts)
    data = bytearray((tmp_path / FILE).read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    (tmp_path / FILE).write_bytes(data)
    cache = cache_in(tmp_path)
    assert {text: v for text, v in plain(cache.get(texts)).items() if v != texts[text].tolist()} == {}
    cache.put(texts)
    assert plain(cache.get(["7"])) == {"7": [7, 1]}


def test_the_file_of_another_program_is_set_aside(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as database, database:
        database.execute("CREATE TABLE models (something TEXT)")
    notes: list[str] = []
    cache = cache_in(tmp_path, notes)
    cache.put({"a": A})
    assert plain(cache.get(["a"])) == {"a": [1, 0]}
    assert [note.partition(":")[0] for note in notes] == ["the cache of vectors was damaged"]


def test_a_place_that_cannot_be_written_is_noted_once_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    notes: list[str] = []
    cache = cache_in(tmp_path / "file" / "cache", notes)
    cache.put({"a": A})
    cache.put({"b": B})
    assert cache.get(["a"]) == {}
    assert len(notes) == 1
    assert re.fullmatch(r"vectors are not kept for the next time, because .* cannot be used \(.*\)\.", notes[0])


def test_a_full_disk_stops_the_keeping_and_not_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes: list[str] = []
    cache = cache_in(tmp_path, notes)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(cache, "_write", full)
    encoder = TransformerEncoder(CountingModel(letters="ab"), "m@1", cache=cache, watch=Watch(notes.append))
    np.testing.assert_array_equal(encoder.encode(["a", "b"]), [[1, 0], [0, 1]])
    assert notes == [
        f"vectors are not kept for the next time, because {tmp_path / FILE} cannot be used (database or disk is full)."
    ]


def test_the_oldest_go_when_the_file_grows_too_large(tmp_path: Path) -> None:
    wide = 4000
    for k in range(10):
        cache = cache_in(tmp_path, dimensions=wide, megabytes=1)
        cache.put({f"{k} {n}": np.full(wide, k, dtype=np.float32) for n in range(10)})
        change(tmp_path, "UPDATE vectors SET used = used - 10")
    assert (tmp_path / FILE).stat().st_size < 1.4 * 2**20
    assert set(cache.get(["0 0", "1 1"])) == set()
    assert set(cache.get(["9 0", "9 9"])) == {"9 0", "9 9"}


def test_what_is_used_stays_young(tmp_path: Path) -> None:
    cache_in(tmp_path).put({"a": A, "b": B})
    change(tmp_path, "UPDATE vectors SET used = 1")
    cache_in(tmp_path).get(["a"])
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        assert [used > 1 for (used,) in database.execute("SELECT used FROM vectors ORDER BY used")] == [False, True]


def test_no_room_at_all_means_no_file(tmp_path: Path) -> None:
    cache = cache_in(tmp_path / "cache", megabytes=0)
    cache.put({"a": A})
    assert cache.get(["a"]) == {}
    assert not (tmp_path / "cache").exists()


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; import numpy as np; from pathlib import Path; from models.cache import VectorCache\n"
        "cache = VectorCache(Path(sys.argv[1]), 'm@1', '', 2, 8, print)\n"
        "for k in range(40): cache.put({f'{sys.argv[2]} {k}': np.array([k, 1], dtype=np.float32)})"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(k)], cwd=ROOT, stdout=subprocess.PIPE)
        for k in range(3)
    ]
    assert [(process.communicate()[0], process.returncode) for process in running] == [(b"", 0)] * 3
    expected = {f"{process} {k}": [k, 1] for process in range(3) for k in range(40)}
    assert plain(cache_in(tmp_path).get(expected)) == expected


def test_memory_forgets_what_was_not_asked_for_longest() -> None:
    recent = RecentVectors(megabytes=1)
    wide = np.zeros(2**16, dtype=np.float32)  # a quarter of it
    recent.put({"a": wide, "b": wide, "c": wide, "d": wide})
    recent.get(["a"])
    recent.put({"e": wide})
    assert set(recent.get("abcde")) == set("acde")


def test_a_second_run_encodes_nothing(tmp_path: Path) -> None:
    texts = ["a b", "", "c", "a b", "b" * 30]
    runs = []
    for _ in range(2):
        model = CountingModel(window=12)
        encoder = TransformerEncoder(model, "m@1", cache=cache_in(tmp_path, dimensions=4))
        runs.append((encoder.encode(texts), [v.tolist() for v in encoder.spans(["a", "b"], 2)], len(model.asked)))
    np.testing.assert_array_equal(runs[0][0], runs[1][0])
    assert runs[0][1] == runs[1][1]
    assert (runs[0][2], runs[1][2]) == (7, 0)


def test_what_a_stopped_run_has_encoded_is_kept(tmp_path: Path) -> None:
    class Stopped(CountingModel):
        def encode(self, texts: list[str], **given: object) -> np.ndarray:  # type: ignore[override]
            if self.asked:
                raise KeyboardInterrupt
            return super().encode(texts, **given)  # type: ignore[arg-type]

    texts = [f"a{k}" for k in range(600)]
    with pytest.raises(KeyboardInterrupt):
        TransformerEncoder(Stopped(), "m@1", cache=cache_in(tmp_path, dimensions=4)).encode(texts)
    assert rows(tmp_path) == 512
    model = CountingModel()
    TransformerEncoder(model, "m@1", cache=cache_in(tmp_path, dimensions=4)).encode(texts)
    assert len(model.asked) == 88


def test_progress_is_told_from_the_start_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    watch = Watch(progress=lambda done, total: told.append((done, total)))
    encoder = TransformerEncoder(CountingModel(), "m@1", watch=watch)
    encoder.encode([f"a{k}" for k in range(1100)])
    encoder.encode(["a1", "a2"])
    assert told == [(0, 1100), (512, 1100), (1024, 1100), (1100, 1100)]
