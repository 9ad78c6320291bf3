"""A program that changes a corpus and may kill itself at a chosen statement; run by tests/test_store_faults.py.

``python store_program.py PLACE TASK [KILL]``: TASK is "begin", "add", "replace", "remove" or "many NAME"; with KILL the
process ends by SIGKILL, as by ``kill -9``, before its KILL-th statement, or before the COMMIT where KILL is "commit".
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import sqlalchemy as sa
from store_made_up import EN, ZH, document, pair_file, table

from search.corpus import Corpus


def kill_at(point: str) -> None:
    """Arrange for the end."""
    seen = 0

    def count(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if point.isdecimal() and seen == int(point):
            os.kill(os.getpid(), signal.SIGKILL)

    def commit(_: Any) -> None:
        if point == "commit":
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    sa.event.listen(sa.Engine, "commit", commit)


def main(place: str, task: str, *rest: str) -> None:
    """Do the task."""
    if task == "begin":
        kill_at(rest[0])
    with Corpus.open(place) as corpus:
        if task in ("add", "replace", "remove"):
            kill_at(rest[0])
        if task == "add":
            corpus.add_alignment(table(symbol="A/RES/1/1"), document("zh"), document("en"))
        elif task == "replace":
            corpus.add_alignment(
                table((*ZH[:3], "新的结尾。"), (*EN[:3], "A new end.")), document("zh"), document("en")
            )
        elif task == "remove":
            corpus.remove(1)
        elif task == "many":
            for k in range(12):
                corpus.add_pairs(pair_file(40, f"{rest[0]}-{k}.tmx"))
                sys.stdout.write(f"{k}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
