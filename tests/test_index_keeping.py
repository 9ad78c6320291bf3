"""The index kept in step with its corpus, whoever changes it; where it lies; what the settings say of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import store_databases
from commands import ROOT
from fakes import AdditiveEncoder
from lookup_made_up import ADVICE, OTHERS, add, lookup

from models.errors import ModelError
from models.settings import read_settings, settings_file
from search.corpus import Corpus
from search.derived import folder_of, name_of
from search.errors import CorpusError, DamagedIndexError, VectorIndexError
from search.index.choosing import open_index
from search.index.faiss_index import FaissIndex
from search.index.keeping import Kept, bring_up_to_date
from search.lookup.engine import Lookup
from search.lookup.question import How
from search.settings import LADDER, SearchSettings, read_search_settings

WORDS = [("山", "mountain"), ("水", "water"), ("火", "fire"), ("木", "wood")]


@dataclass(frozen=True)
class Counting(AdditiveEncoder):
    """Counts what it encoded but the letter by which its width is seen."""

    @property
    def seen(self) -> list[str]:
        return sorted(text for text in self.asked if text != "a")


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "corpus.sqlite") as opened:
        add(opened, WORDS[:2], "A/1")
        yield opened


def found(asked: Lookup, query: str = "mountain", mode: str = "meaning") -> list[str]:
    return [hit.pair.record.zh_text for hit in asked.find(query, How(mode, "zh")).hits]  # type: ignore[arg-type]


def test_only_what_is_new_is_encoded_and_what_has_gone_is_taken_out(corpus: Corpus) -> None:
    encoder, index = Counting(), open_index(corpus, "fake@1")
    assert bring_up_to_date(index, corpus, encoder) == Kept(2, 0, anew=True)
    assert encoder.seen == ["mountain", "water", "山", "水"]
    encoder.asked.clear()
    assert bring_up_to_date(index, corpus, encoder) == Kept(0, 0, anew=False)
    assert encoder.seen == []
    add(corpus, WORDS[2:3], "A/2")
    assert bring_up_to_date(index, corpus, encoder) == Kept(1, 0, anew=False)
    assert encoder.seen == ["fire", "火"]
    corpus.remove(1)
    assert bring_up_to_date(index, corpus, encoder) == Kept(0, 2, anew=False)
    assert index.ids().tolist() == corpus.ids().tolist()


def test_a_new_version_of_a_document_is_found_and_the_old_one_is_not(corpus: Corpus) -> None:
    asked = lookup(corpus)
    assert found(asked)[0] == "山"
    add(corpus, [WORDS[1], WORDS[3]], "A/1")
    assert sorted(found(asked)) == ["木", "水"]


def test_what_another_program_adds_or_removes_is_seen(corpus: Corpus, tmp_path: Path) -> None:
    asked = lookup(corpus)
    assert found(asked)[0] == "山"
    program = (
        "import sys; from lookup_made_up import add; from search.corpus import Corpus\n"
        "with Corpus.open(sys.argv[1]) as corpus:\n"
        "    add(corpus, [('火山', 'fire mountain')], 'A/3'); corpus.remove(1)"
    )
    path = f"{ROOT}:{ROOT / 'tests'}"
    command = [sys.executable, "-c", program, corpus.place]
    done = subprocess.run(command, env={"PYTHONPATH": path, "PATH": ""}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert found(asked) == ["火山"]


def test_two_who_search_keep_one_index(corpus: Corpus) -> None:
    first, second = lookup(corpus), lookup(corpus)
    assert found(first) == found(second)
    add(corpus, WORDS[2:], "A/2")
    assert sorted(found(first)) == sorted(found(second)) == ["山", "木", "水", "火"]


def test_progress_is_told_in_pairs(corpus: Corpus) -> None:
    told: list[tuple[int, int]] = []
    lookup(corpus).find("山", progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 2)]


def test_a_damaged_index_is_made_anew_in_the_middle_of_a_search(corpus: Corpus) -> None:
    before = found(lookup(corpus))
    count = len(files_of(corpus))
    assert count >= 5
    for number in range(count):
        path = files_of(corpus)[number]
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])
        assert found(lookup(corpus)) == before
        assert len(files_of(corpus)) == count


def files_of(corpus: Corpus) -> list[Path]:
    """All files of the index that hold something."""
    return sorted(path for path in folder_of(corpus).rglob("*") if path.is_file() and path.stat().st_size)


def test_damage_that_shows_only_while_searching_is_mended_too(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = lookup(corpus)
    expected = found(asked)
    search, cleared = FaissIndex.search, []

    def damaged(index: FaissIndex, *rest: object) -> object:
        if not cleared:
            raise DamagedIndexError("the vectors are not whole.")
        return search(index, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(FaissIndex, "search", damaged)
    monkeypatch.setattr(FaissIndex, "clear", lambda index: cleared.append(index))
    assert found(asked) == expected
    assert len(cleared) == 1


def test_every_model_has_an_index_of_its_own(corpus: Corpus) -> None:
    encoders = [Counting("fake@1"), Counting("fake@2"), Counting("a/b:c d")]
    for encoder in (*encoders, *encoders):
        found(lookup(corpus, encoder))
    assert [len(encoder.seen) - 2 for encoder in encoders] == [4, 4, 4]  # each question is encoded as well
    assert len(list(folder_of(corpus).iterdir())) == 3


def test_names_of_folders_are_readable_and_differ() -> None:
    names = [name_of(model) for model in ("labse", "org/labse@v1", "org-labse@v1", "..", "模型", "x" * 300)]
    assert len(set(names)) == 6
    assert [name[:-9] for name in names[:2]] == ["labse", "org-labse-v1"]
    assert all("/" not in name and not name.startswith(".") and len(name) < 60 for name in names)


def test_an_index_of_another_corpus_in_the_same_place_is_made_anew(corpus: Corpus, tmp_path: Path) -> None:
    found(lookup(corpus))
    with Corpus.open(tmp_path / "other.sqlite") as other:
        add(other, WORDS[2:], "A/1")
        index = FaissIndex(folder_of(corpus) / name_of("fake@1"))
        assert sorted(found(replace(lookup(other), index=index))) == ["木", "火"]


def test_a_corpus_that_is_only_read_is_searched(corpus: Corpus) -> None:
    with Corpus.open(corpus.place, read_only=True) as reader:
        assert found(lookup(reader))[0] == "山"


def test_vectors_that_cannot_be_written_are_one_sentence_and_exact_search_goes_on(
    corpus: Corpus, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    asked = lookup(corpus, where=tmp_path / "file")
    with pytest.raises(VectorIndexError) as caught:
        found(asked)
    assert str(caught.value) == (
        f"the vectors of the corpus cannot be written to {tmp_path / 'file' / corpus.name / name_of('fake@1')} "
        "(Not a directory); make room, or set DUIZHAO_VECTORS to another folder."
    )
    assert found(asked, "山", "exact") == ["山"]


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        (
            "postgresql://me:secret@host/db",
            "vectors cannot be kept at postgresql…; give a folder, or milvus://HOST:PORT for a Milvus server.",
        ),
        ("a\0b", "vectors cannot be kept at a␀b…; give a folder, or milvus://HOST:PORT for a Milvus server."),
        ("~nobody-of-that-name/v", "there is no folder ~nobody-of-that-name/v; give another one for the vectors."),
    ],
)
def test_where_no_vectors_can_be_is_one_sentence(corpus: Corpus, where: str, sentence: str) -> None:
    with pytest.raises(VectorIndexError) as caught:
        open_index(corpus, "fake@1", where)
    assert str(caught.value) == sentence


def test_vectors_may_lie_in_another_folder_apart_for_each_corpus(corpus: Corpus, tmp_path: Path) -> None:
    found(lookup(corpus, where=tmp_path / "vectors"))
    assert [path.name for path in (tmp_path / "vectors").iterdir()] == [corpus.name]
    assert not folder_of(corpus).exists()


def test_of_a_corpus_on_a_server_the_vectors_are_where_ones_own_corpus_would_be(tmp_path: Path) -> None:
    with Corpus.open(store_databases.place("postgresql", tmp_path)) as corpus:
        add(corpus, WORDS, "A/1")
        asked = lookup(corpus)
        assert found(asked)[0] == "山"
        assert found(asked, "水", "exact") == ["水"]
        assert folder_of(corpus) == tmp_path / "home" / "derived" / corpus.name
        assert (folder_of(corpus) / name_of("fake@1") / "index.json").is_file()
        add(corpus, [ADVICE, *OTHERS], "A/2")
        assert asked.find("水文观测网络", How("exact")).hits[0].pair.record.zh_text == ADVICE[0]


def written(text: str) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(text, "utf8")


def test_without_settings_the_vectors_are_beside_the_database_and_the_ladder_is_the_usual() -> None:
    assert read_search_settings() == SearchSettings("", LADDER)


def test_settings_say_where_vectors_are_and_what_documents_weigh(monkeypatch: pytest.MonkeyPatch) -> None:
    written('model = "labse"\n[search]\nvectors = " /data/v "\n[search.authority]\nPRST = 0.85\nL = 0\n')
    assert read_search_settings() == SearchSettings("/data/v", {**LADDER, "PRST": 0.85, "L": 0.0})
    assert read_settings().model == "labse"
    monkeypatch.setenv("DUIZHAO_VECTORS", "milvus://server:19530")
    assert read_search_settings().vectors == "milvus://server:19530"


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("[search]\nfoo = 1", CorpusError, "sets foo in [search]: there are only vectors and authority."),
        ("[search]\nvectors = 3", CorpusError, "sets vectors to 3: give a folder or milvus://HOST:PORT as text."),
        (
            "[search]\nauthority = 1",
            CorpusError,
            "sets authority to 1: write [search.authority] and below it RES = 0.9, say.",
        ),
        ("[search.authority]\nRES = nan", CorpusError, "gives RES the authority nan: give a number from 0 to 1."),
        ("[search.authority]\nRES = true", CorpusError, "gives RES the authority True: give a number from 0 to 1."),
        ("[search.authority]\nRES = 2", CorpusError, "gives RES the authority 2: give a number from 0 to 1."),
        ("search = 1", ModelError, "sets search, which should be a table: write [search] in a line of its own."),
    ],
)
def test_settings_that_are_not_understood_are_one_sentence(text: str, kind: type[Exception], sentence: str) -> None:
    written(text)
    with pytest.raises(kind) as caught:
        read_search_settings()
    assert str(caught.value) == f"{settings_file()} {sentence}"


def test_a_type_that_is_none_is_told_with_those_there_are() -> None:
    written("[search.authority]\nPOEM = 1.0")
    with pytest.raises(CorpusError, match="gives authority to POEM, which is no type: there are treaty, RES, DEC, "):
        read_search_settings()
