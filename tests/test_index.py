"""The FAISS index on its own: killed, damaged, on a full disk, shared by several; see also index_contract.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from commands import ROOT
from index_contract import IndexContract, NewPlace, Opener
from index_program import COUNT, WIDTH, vectors

from search.errors import DamagedIndexError, VectorIndexError
from search.index.contract import NOBODY, Batch, Covered, Ids
from search.index.faiss_index import FaissIndex
from search.index.manifest import NAME, read_manifest

PROGRAM = Path(__file__).with_name("index_program.py")
NOTHING = np.zeros(0, dtype=np.int64)


@pytest.fixture(scope="class")
def new_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewPlace:
    def place() -> Opener:
        folder = tmp_path_factory.mktemp("index")
        return lambda: FaissIndex(folder / "vectors", request.cls.FLAT_UP_TO)

    return place


class TestOneByOne(IndexContract):
    FLAT_UP_TO = 50_000
    tolerance = 2e-4  # vectors are kept in half precision


class TestCells(IndexContract):
    FLAT_UP_TO = 300
    tolerance = 2e-4
    recall = 0.97


def covered(state: int, model: str = "fake@1") -> Covered:
    return Covered("corpus", state, model, WIDTH)


def filled(folder: Path, *states: int, flat_up_to: int = 100) -> FaissIndex:
    index = FaissIndex(folder, flat_up_to)
    for state in states:
        index.update(covered(state), NOTHING, [vectors(state)])
    return index


def run(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROGRAM), str(folder), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def found(index: FaissIndex, batch: Batch) -> int:
    """How many of a batch's pairs find themselves first."""
    return int((index.search(batch.zh, "zh", 1).ids[:, 0] == batch.ids).sum())


def ids_of(*states: int, without: Ids = NOTHING) -> list[int]:
    every = np.concatenate([vectors(state).ids for state in states])
    return np.setdiff1d(every, without).tolist()


def test_small_additions_are_joined_and_large_segments_stay(tmp_path: Path) -> None:
    index = filled(tmp_path, 1)
    for state in range(2, 12):
        some = vectors(state)
        index.update(covered(state), NOTHING, [Batch(some.ids[:20], some.zh[:20], some.en[:20])])
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    assert manifest.covered == covered(11)
    assert sum(entry.count for entry in manifest.segments) == COUNT + 200
    assert len(manifest.segments) <= 4
    assert max(entry.count for entry in manifest.segments) >= COUNT
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({*manifest.files, "lock"})


def test_a_segment_with_much_that_is_gone_is_written_anew(tmp_path: Path) -> None:
    index = filled(tmp_path, 1)
    few, many = vectors(1).ids[:10], vectors(1).ids[10:200]
    index.update(covered(2), few, [])
    assert [(entry.count, entry.dead != "") for entry in read_manifest(tmp_path).segments] == [(COUNT, True)]  # type: ignore[union-attr]
    index.update(covered(3), many, [])
    assert [(entry.count, entry.dead) for entry in read_manifest(tmp_path).segments] == [(COUNT - 200, "")]  # type: ignore[union-attr]
    assert index.ids().tolist() == vectors(1).ids[200:].tolist()


def test_cells_are_searched_until_enough_is_found_whatever_was_chosen(tmp_path: Path) -> None:
    index = filled(tmp_path, 1, 2, 3)
    batch = vectors(2)
    only = batch.ids[::40]
    near = index.search(vectors(1).zh[:5], "en", len(only) + 3, only)
    assert {frozenset(row[:-3].tolist()) for row in near.ids} == {frozenset(only.tolist())}
    assert (near.ids[:, -3:] == NOBODY).all()


def test_the_recall_of_cells_is_measured_and_kept(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    made = read_manifest(tmp_path).segments[0].cells  # type: ignore[union-attr]
    assert set(made) == {"zh", "en"}
    assert all(each.recall >= 0.98 and each.probes >= 1 for each in made.values())


def test_killed_at_any_moment_it_is_the_former_index_or_the_new_one(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    filled(whole, 1)
    steps = int(run(whole, 2).stdout)
    assert steps > 15
    for step in range(1, steps + 1):
        folder = tmp_path / str(step)
        filled(folder, 1)
        assert run(folder, 2, step).returncode == -9
        index = FaissIndex(folder, flat_up_to=100)
        state = index.covered()
        assert state in (covered(1), covered(2))
        new = state == covered(2)
        assert index.ids().tolist() == (ids_of(1, 2, without=vectors(1).ids[:50]) if new else ids_of(1))
        assert found(index, vectors(1)) == (COUNT - 50 if new else COUNT)
        index.update(covered(3), NOTHING, [vectors(3)])
        assert sorted(path.name for path in folder.iterdir()) == sorted({*read_manifest(folder).files, "lock"})  # type: ignore[union-attr]


def test_on_a_full_disk_the_former_index_stays_and_a_sentence_says_so(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    outcome = run(tmp_path, 2, "full")
    assert outcome.returncode == 1
    assert outcome.stderr.strip() == (
        f"the vectors of the corpus cannot be written to {tmp_path} (File too large); "
        "make room, or set DUIZHAO_VECTORS to another folder."
    )
    index = FaissIndex(tmp_path)
    assert index.covered() == covered(1)
    assert found(index, vectors(1)) == COUNT
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({*read_manifest(tmp_path).files, "lock"})  # type: ignore[union-attr]


def all_files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name != "lock")


@pytest.mark.parametrize("flat_up_to", [100, 1000])
def test_whatever_byte_is_changed_no_answer_is_wrong(tmp_path: Path, flat_up_to: int) -> None:
    filled(tmp_path / "index", 1, flat_up_to=flat_up_to)
    truth = FaissIndex(tmp_path / "index").search(vectors(2).zh, "en", 5)
    rng = np.random.default_rng(3)
    for name in all_files(tmp_path / "index"):
        for _ in range(6):
            folder = tmp_path / "damaged"
            copy(tmp_path / "index", folder)
            path = folder / name
            content = bytearray(path.read_bytes())
            content[rng.integers(len(content))] ^= 1 << int(rng.integers(8))
            path.write_bytes(content)
            index = FaissIndex(folder, flat_up_to)
            try:
                if index.covered() != covered(1):
                    continue  # it will be made anew
                near = index.search(vectors(2).zh, "en", 5)
            except DamagedIndexError:
                continue
            assert np.array_equal(near.ids, truth.ids)
            assert np.allclose(near.similarities, truth.similarities, atol=1e-6)


@pytest.mark.parametrize("flat_up_to", [100, 1000])
def test_a_missing_or_shortened_file_is_noticed_and_it_is_made_anew(tmp_path: Path, flat_up_to: int) -> None:
    filled(tmp_path / "index", 1, flat_up_to=flat_up_to)
    for name in all_files(tmp_path / "index"):
        for shortened in (False, True):
            folder = tmp_path / "damaged"
            copy(tmp_path / "index", folder)
            path = folder / name
            path.write_bytes(path.read_bytes()[:-3]) if shortened else path.unlink()
            index = FaissIndex(folder, flat_up_to)
            if index.covered() is not None:
                with pytest.raises(DamagedIndexError):
                    search_both(index)
                index.clear()
            assert index.covered() is None
            index.update(covered(1), NOTHING, [vectors(1)])
            assert found(index, vectors(1)) == COUNT


def test_a_manifest_that_names_files_elsewhere_is_not_followed(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    values = json.loads((tmp_path / NAME).read_text())
    values["segments"][0]["name"] = "../elsewhere"
    (tmp_path / NAME).write_text(json.dumps(values))
    assert FaissIndex(tmp_path).covered() is None


def test_files_that_are_not_its_own_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "2024").mkdir()
    filled(tmp_path, 1).clear()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2024", "lock", "notes.txt"]


def test_who_has_it_open_sees_what_another_writes(tmp_path: Path) -> None:
    index = filled(tmp_path, 1)
    reader = FaissIndex(tmp_path)
    assert found(reader, vectors(2)) == 0
    index.update(covered(2), vectors(1).ids, [vectors(2)])
    assert reader.covered() == covered(2)
    assert found(reader, vectors(2)) == COUNT
    assert found(reader, vectors(1)) == 0


def test_a_query_of_another_width_is_refused_with_both_numbers(tmp_path: Path) -> None:
    index = filled(tmp_path, 1)
    with pytest.raises(VectorIndexError, match=f"the query has 7 dimensions, and the index .* {WIDTH}; search with"):
        index.search(np.ones((1, 7), dtype=np.float32), "zh", 3)


def test_ids_that_come_twice_are_a_fault_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must be distinct"):
        FaissIndex(tmp_path).update(covered(1), NOTHING, [vectors(1), vectors(1)])
    assert FaissIndex(tmp_path).covered() is None


def search_both(index: FaissIndex) -> None:
    index.search(vectors(1).zh, "zh", 5)
    index.search(vectors(1).zh, "en", 5)


def copy(source: Path, target: Path) -> None:
    import shutil

    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
