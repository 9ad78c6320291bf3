"""A program that updates an index and may kill itself on the way; run by tests/test_index.py.

``python index_program.py FOLDER STATE [KILL]``: with KILL the process ends by SIGKILL, as by ``kill -9``, before it
opens, renames, makes or removes a file for the KILL-th time; KILL "full" lets no file grow past some kilobytes, as a
full disk does. Prints how many times that was.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

import numpy as np

from search.errors import VectorIndexError
from search.index.contract import Batch, Covered
from search.index.faiss_index import FaissIndex

EVENTS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir"}
WIDTH, COUNT = 16, 400


def vectors(state: int) -> Batch:
    """What each state adds: ids from 1000 × state on."""
    rng = np.random.default_rng(state)
    zh, en = rng.normal(size=(2, COUNT, WIDTH)).astype(np.float32)
    lengths = [np.linalg.norm(side, axis=1, keepdims=True) for side in (zh, en)]
    return Batch(np.arange(COUNT) + 1000 * state, zh / lengths[0], en / lengths[1])


def main(folder: str, state: str, kill: str = "") -> None:
    """Do the update."""
    seen = 0
    limit = int(kill) if kill.isdecimal() else 0
    index = FaissIndex(Path(folder), flat_up_to=100)

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event in EVENTS and str(arguments[0]).startswith(folder):
            seen += 1
            if seen == limit:
                os.kill(os.getpid(), signal.SIGKILL)

    import faiss  # noqa: F401 -- so that what is counted is the index's own

    sys.addaudithook(count)
    if kill == "full":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    number = int(state)
    removed = np.arange(50) + 1000 * (number - 1)
    try:
        index.update(Covered("corpus", number, "fake@1", WIDTH), removed, [vectors(number)])
    except VectorIndexError as error:
        sys.exit(str(error))
    sys.stdout.write(str(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
