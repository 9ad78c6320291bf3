"""Vectors on a Milvus server: the contract, and what can go wrong there."""

from __future__ import annotations

import http.server
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import milvus_server
import numpy as np
import pytest
from commands import ROOT
from hypothesis import given
from hypothesis import strategies as st
from index_contract import COVERED, NONE, IndexContract, NewPlace, Opener, ids_of, made, merged, with_zeros, without

from search.errors import VectorIndexError
from search.index import milvus, milvus_collection, milvus_update
from search.index.contract import NOBODY, Batch
from search.index.milvus import MilvusIndex
from search.index.milvus_address import address_of
from search.index.milvus_collection import among, look
from search.index.milvus_state import KEY, MOST_GOING, State, packed, unpacked, written

MODEL = "model of the tests"


def opened(name: str, patience: float = 1.0) -> MilvusIndex:
    return MilvusIndex.open(milvus_server.url(), name, MODEL, patience=patience)


@pytest.fixture(scope="module")
def new_place() -> Iterator[NewPlace]:
    names: list[str] = []

    def place() -> Opener:
        name = milvus_server.new_name()
        names.append(name)
        return lambda: opened(name)

    yield place
    for name in names:
        index = opened(name)
        index.clear()
        index.close()


class TestMilvus(IndexContract):
    """The contract, on a real server."""


@pytest.fixture
def index(new_place: NewPlace) -> Iterator[MilvusIndex]:
    index = new_place()()
    assert isinstance(index, MilvusIndex)
    yield index
    index.close()


def agrees(index: MilvusIndex, held: Batch) -> None:
    TestMilvus().check(index, held, held.zh[:5])


def collections(index: MilvusIndex) -> list[str]:
    """Those on the server that belong to an index."""
    return [name for name in index.server.ask("list_collections") if str(name).startswith(index.alias)]


def state_of(index: MilvusIndex) -> State:
    seen = look(index.server, index.alias)
    assert seen is not None
    assert seen.state is not None
    return seen.state


# killed

KILLED = """
import os, sys
import numpy as np
sys.path[:0] = sys.argv[1:3]
from index_contract import COVERED, made
from dataclasses import replace
from search.index.milvus import MilvusIndex
from search.index.milvus_server import Server

url, name, state, first, changes = sys.argv[3], sys.argv[4], int(sys.argv[5]), int(sys.argv[6]), int(sys.argv[7])
ask, done = Server.ask, 0

def dying(self, method, *arguments, **options):
    global done
    if method not in ("query", "search", "describe_collection", "list_collections", "get_server_version"):
        if done == changes:
            os.kill(os.getpid(), 9)
        done += 1
    return ask(self, method, *arguments, **options)

Server.ask = dying
index = MilvusIndex.open(url, name, "model of the tests", patience=0.2)
batch = made(np.arange(first, first + 30), seed=state)
index.update(replace(COVERED, state=state), np.arange(first - 10, first - 5), [batch])
os._exit(0)
"""


def killed(name: str, state: int, first: int, changes: int) -> bool:
    """Another process updates, and is killed before its change of that number; whether it was."""
    command = [sys.executable, "-c", KILLED, str(ROOT), str(ROOT / "tests"), milvus_server.url(), name]
    numbers = [str(state), str(first), str(changes)]
    done = subprocess.run([*command, *numbers], capture_output=True, text=True, check=False)
    assert done.returncode in (0, -9), done.stderr
    return done.returncode == -9


def test_whenever_an_increment_is_killed_the_index_is_as_before_or_as_after() -> None:
    name = milvus_server.new_name()
    index = opened(name, patience=0.2)
    held, outcomes = made(np.arange(60)), []
    index.update(COVERED, NONE, [held])
    for changes in range(12):
        state, first = 10 + changes, 20 + 3 * changes
        was_killed = killed(name, state, first, changes)
        after = merged(without(held, np.arange(first - 10, first - 5)), made(np.arange(first, first + 30), seed=state))
        covered = index.covered()
        assert covered is not None
        outcomes.append(covered.state == state)
        held = after if covered.state == state else held
        agrees(index, held)
        if not was_killed:
            break
    assert outcomes[0] is False
    assert outcomes == sorted(outcomes)
    assert len([shown for shown in outcomes if shown]) >= 3  # killed before deleting, before the last word; not killed
    assert len(outcomes) >= 6
    index.update(replace(COVERED, state=99), held.ids[:3], [])
    agrees(index, without(held, held.ids[:3]))
    assert state_of(index).coming is None
    index.clear()
    index.close()


def test_whenever_the_first_making_is_killed_there_is_no_index() -> None:
    name = milvus_server.new_name()
    index, held = opened(name, patience=0.2), made(np.arange(40, 70), seed=10)
    for changes in range(20):
        if not killed(name, 10, 40, changes):
            break
        if index.covered() is None:
            assert index.ids().tolist() == []
        else:
            agrees(index, held)  # killed while it cleared up
            break
    assert changes >= 8
    index.update(replace(COVERED, corpus="another"), NONE, [held])
    agrees(index, held)
    assert len(collections(index)) == 1  # what the killed had begun is gone
    index.clear()
    assert collections(index) == []
    index.close()


# two writers


def test_a_second_writer_waits_for_the_first(index: MilvusIndex) -> None:
    first = made(np.arange(30))
    index.update(COVERED, NONE, [first])
    other = MilvusIndex(index.server, index.alias, patience=60)
    more, last = made(np.arange(30, 50), seed=2), made(np.arange(50, 60), seed=3)

    def slowly() -> Iterator[Batch]:
        thread.start()
        time.sleep(1)
        yield more

    thread = threading.Thread(target=lambda: other.update(replace(COVERED, state=5), NONE, [last]))
    index.update(replace(COVERED, state=4), NONE, slowly())
    thread.join()
    assert index.covered() == replace(COVERED, state=5)
    agrees(index, merged(first, more, last))


def test_a_writer_who_was_taken_for_dead_shows_nothing(index: MilvusIndex) -> None:
    first, more, last = made(np.arange(30)), made(np.arange(30, 50), seed=2), made(np.arange(45, 60), seed=3)
    index.update(COVERED, NONE, [first])
    other = MilvusIndex(index.server, index.alias, patience=0.1)

    def overtaken() -> Iterator[Batch]:
        yield more
        other.update(replace(COVERED, state=5), NONE, [last])
        yield more

    with pytest.raises(VectorIndexError, match=r"^another program has begun to change the vectors at milvus://root@"):
        index.update(replace(COVERED, state=4), NONE, overtaken())
    assert index.covered() == replace(COVERED, state=5)
    agrees(index, merged(first, last))


def test_what_was_found_out_of_an_earlier_state_is_not_done_to_a_later_one(index: MilvusIndex) -> None:
    first, more = made(np.arange(30)), made(np.arange(30, 50), seed=2)
    index.update(COVERED, NONE, [first])
    other = MilvusIndex(index.server, index.alias)
    assert other.covered() == index.covered() == COVERED
    index.update(replace(COVERED, state=4), ids_of(1), [more])
    with pytest.raises(VectorIndexError, match=r"were changed by another program; try again\.$"):
        other.update(replace(COVERED, state=5), more.ids, [])
    assert other.covered() == replace(COVERED, state=4)
    assert index.covered() == replace(COVERED, state=4)
    other.update(replace(COVERED, state=5), ids_of(2), [])
    index.update(replace(COVERED, state=5), ids_of(2), [])  # the same, done already
    agrees(index, without(merged(first, more), ids_of(1, 2)))


# what the server does


def test_past_a_number_of_vectors_the_search_is_by_a_graph(index: MilvusIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(milvus_collection, "EXACT_UP_TO", 1500)
    monkeypatch.setattr(milvus_collection, "_LEFT_AS_IT_CAME", 0)
    first, more = with_zeros(made(np.arange(700)), NONE, ids_of(5)), made(np.arange(600, 2000), seed=4)
    index.update(COVERED, NONE, [first])
    assert state_of(index).kind == "FLAT"
    index.update(replace(COVERED, state=4), ids_of(3), [more])
    assert state_of(index).kind == "HNSW"
    assert len(collections(index)) == 1
    agrees(index, without(merged(first, more), ids_of(3)))
    index.update(replace(COVERED, state=5), ids_of(4), [])
    agrees(index, without(merged(first, more), ids_of(3, 4)))


def test_so_many_at_once_that_they_cannot_be_named_are_replaced_too(
    index: MilvusIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(milvus_update, "MOST_GOING", 10)
    other, first, more = MilvusIndex(index.server, index.alias), made(np.arange(60)), made(np.arange(50, 90), seed=2)
    index.update(COVERED, NONE, [first])
    delete, told = milvus_collection.delete, []

    def watched(*arguments: Any) -> None:
        told.append((other.covered(), other.ids().tolist(), other.search(first.zh[:1], "zh", 1).ids.tolist()))
        delete(*arguments)

    monkeypatch.setattr(milvus_collection, "delete", watched)
    index.update(replace(COVERED, state=4), np.arange(0, 30, 2), [more])
    assert told == [(None, [], [[NOBODY]])]
    agrees(index, without(merged(first, more), np.arange(0, 30, 2)))


def test_what_the_server_has_put_out_of_memory_is_loaded_again(index: MilvusIndex) -> None:
    held = made(np.arange(30))
    index.update(COVERED, NONE, [held])
    index.server.ask("release_collection", collections(index)[0])
    agrees(index, held)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": 99}', '{"format": 1}', "\x00", None, ('"dimensions"', '"d"'), (",64]", ",65]")]
)
def test_a_damaged_index_covers_nothing_and_is_made_anew(
    index: MilvusIndex, text: str | tuple[str, str] | None
) -> None:
    held = made(np.arange(30))
    index.update(COVERED, NONE, [made(np.arange(5))])
    state = written(state_of(index))
    damaged = state[: len(state) // 2] if text is None else state.replace(*text) if isinstance(text, tuple) else text
    if damaged == state:
        damaged = state.replace('"generation":', '"generation":"x')
    index.server.ask("alter_collection_properties", collections(index)[0], properties={KEY: damaged})
    assert index.covered() is None
    assert index.ids().tolist() == []
    index.update(COVERED, NONE, [held])
    agrees(index, held)
    assert len(collections(index)) == 1


def test_vectors_of_another_length_than_was_said_are_not_stored(index: MilvusIndex) -> None:
    with pytest.raises(VectorIndexError, match=r"^3 pairs were to be stored with vectors \(3, 32\) and \(3, 32\), not"):
        index.update(COVERED, NONE, [made(np.arange(3), dimensions=32)])
    assert index.covered() is None
    assert collections(index) == []


# filters


@given(st.lists(st.integers(0, 2**63 - 1), unique=True, max_size=50))
def test_a_filter_holds_nothing_but_integers(numbers: list[int]) -> None:
    assert among(np.array(numbers, dtype=np.int64)) == f"pair in [{','.join(map(str, numbers))}]"
    assert re.fullmatch(r"pair in \[[\d,]*\]", among(np.array(numbers, dtype=np.int64)))


@pytest.mark.parametrize("hostile", [["1] or pair > 0 or pair in [2"], [1.5], [None]])
def test_what_is_no_integer_never_gets_into_a_filter(hostile: list[object]) -> None:
    with pytest.raises(VectorIndexError, match="are whole"):
        among(np.array(hostile))


@given(st.lists(st.integers(0, 2**63 - 1), unique=True, max_size=60).map(sorted))
def test_ids_are_packed_and_unpacked(numbers: list[int]) -> None:
    assert unpacked(packed(np.array(numbers, dtype=np.int64))).tolist() == numbers


def test_a_hundred_thousand_scattered_ids_can_be_named() -> None:
    ids = np.flatnonzero(np.random.default_rng(0).random(1_000_000) < 0.1).astype(np.int64)
    assert len(packed(ids)) < MOST_GOING


# reaching it


@pytest.mark.parametrize(
    ("url", "place", "uri"),
    [
        ("milvus://vectors.example", "milvus://vectors.example:19530", "http://vectors.example:19530"),
        ("milvus://ann@h:1/db", "milvus://ann@h:1/db", "http://h:1"),
        ("milvuss://ann:se%2Fcret@h/db", "milvuss://ann@h:19530/db", "https://h:19530"),
        ("milvus://ann:secret@[::1]:7?secure=true", "milvuss://ann@[::1]:7", "https://[::1]:7"),
    ],
)
def test_a_url_says_where_the_server_is_and_its_password_is_not_shown(url: str, place: str, uri: str) -> None:
    address = address_of(url)
    assert (address.place, address.uri) == (place, uri)
    assert address.secure == uri.startswith("https")
    assert "secret" not in repr(address)


def test_a_password_may_hold_any_character() -> None:
    address = address_of("milvus://%E7%8E%8B:a%3Ab%2F%40@h/%E5%BA%93")
    assert (address.user, address.password, address.database) == ("王", "a:b/@", "库")


@pytest.mark.parametrize(
    "url",
    [
        "milvus://",
        "milvus:///db",
        "milvus://:secret@",
        "http://secret@h",
        "milvus://h:secret",
        "milvus://h:99999",
        "milvus://[secret",
        "milvus://h/a/secret",
        "milvus://h?secret=1",
        "milvus://h?secure=secret",
        "",
    ],
)
def test_a_url_that_cannot_be_read_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(VectorIndexError, match=r"^(this|the) URL of a Milvus server [^\n]*\.$") as refused:
        MilvusIndex.open(url, "corpus", MODEL)
    assert "secret" not in str(refused.value)


def refusal(url: str) -> str:
    with pytest.raises(VectorIndexError) as refused:
        MilvusIndex.open(url, "corpus", MODEL).covered()
    assert refused.value.__cause__ is None
    return str(refused.value)


def test_why_a_server_cannot_be_used_is_said_in_a_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    port, unreachable = milvus_server.port(), "cannot be reached; see whether it runs and host, port and encryption"
    here = f"milvus://127.0.0.1:{port}"
    user = f"milvus://root@127.0.0.1:{port}"
    locked = "does not let this user in; give a user and password that it knows in the URL."
    assert refusal(here) == f"the Milvus server at {here} {locked}"
    assert refusal(f"milvus://root:wrong@127.0.0.1:{port}") == f"the Milvus server at {user} {locked}"
    missing = "has no such database; make it there, or name another in the URL."
    assert refusal(f"{milvus_server.url()}/nowhere") == f"the Milvus server at {user}/nowhere {missing}"
    assert refusal("milvus://127.0.0.1:1").startswith(f"the Milvus server at milvus://127.0.0.1:1 {unreachable}")
    secure = f"milvuss://root:Milvus@127.0.0.1:{port}"
    assert refusal(secure).startswith(f"the Milvus server at milvuss://root@127.0.0.1:{port} {unreachable}")
    assert capfd.readouterr() == ("", "")


def test_a_server_of_something_else_is_told_in_a_sentence() -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as other:
        other.RequestHandlerClass.log_message = lambda *_: None  # type: ignore[method-assign, assignment]
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        said = refusal(f"milvus://127.0.0.1:{other.server_address[1]}")
        other.shutdown()
        thread.join()
    assert re.fullmatch(rf"the Milvus server at milvus://127.0.0.1:{other.server_address[1]} [^\n]*\.", said)


def test_a_database_of_ones_own_holds_indexes_of_its_own(index: MilvusIndex) -> None:
    index.update(COVERED, NONE, [made(np.arange(5))])
    if "apart" not in index.server.ask("list_databases"):
        index.server.ask("create_database", "apart")
    apart = MilvusIndex.open(f"{milvus_server.url()}/apart", "corpus", MODEL)
    apart.alias = index.alias
    assert apart.covered() is None
    held = made(np.arange(9), seed=3)
    apart.update(COVERED, NONE, [held])
    agrees(apart, held)
    assert len(index.ids()) == 5
    apart.clear()
    apart.close()


def test_without_its_client_the_way_to_install_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    assert refusal("milvus://h") == "Milvus needs one more package; install it with: pip install 'duizhao[milvus]'."


def test_a_server_that_is_too_old_is_refused(index: MilvusIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    client = type(index.server._client)
    monkeypatch.setattr(client, "get_server_version", lambda *_, **__: "v2.2.16")
    assert refusal(milvus_server.url()).endswith("is too old (v2.2.16); 2.3 is the oldest.")


def test_after_it_was_closed_it_says_so_in_a_sentence() -> None:
    index = opened(milvus_server.new_name())
    index.close()
    with pytest.raises(VectorIndexError, match=r"cannot be reached; see whether it runs"):
        index.covered()


def test_nothing_of_milvus_is_imported_with_the_module() -> None:
    code = "import sys, search.index.milvus; print({'pymilvus', 'grpc', 'pandas'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("corpus", ["语料库", "a-b.c d/e", "x" * 400, "", "'; drop"])
def test_names_on_the_server_are_letters_digits_and_underscores(corpus: str) -> None:
    names = {milvus.alias_of(corpus, model) for model in ("one", "另一个", "")}
    assert len(names) == 3
    assert all(re.fullmatch(r"duizhao_\w{1,60}", name, re.ASCII) for name in names)
