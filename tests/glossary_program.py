"""A program that changes a glossary and may kill itself at a chosen statement; run by tests/test_glossary_faults.py.

``python glossary_program.py PLACE TASK WHAT``: "approve" decides about all concepts at once and "undo" takes it back,
ending by SIGKILL, as by ``kill -9``, before the WHAT-th statement or before the COMMIT; "count" adds WHAT lines to the
note of a concept, each in a change of its own, reading it again where someone else was faster.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from store_program import kill_at

from glossary.concepts import Workflow
from glossary.errors import StaleEditError
from glossary.glossary import Glossary


def main(place: str, task: str, what: str) -> None:
    """Do the task."""
    with Glossary.open(place, f"{task} {what}") as glossary:
        if task == "count":
            for k in range(int(what)):
                note_down(glossary, f"{what}.{k}")
            return
        concepts = glossary.list()
        kill_at(what)
        if task == "approve":
            glossary.decide(concepts, Workflow.APPROVED)
        else:
            glossary.undo(glossary.history()[-1].id)


def note_down(glossary: Glossary, line: str) -> None:
    """Add a line to the note of the first concept."""
    while True:
        found = glossary.find("c1")
        try:
            glossary.save(replace(found, note=f"{found.note} {line}".strip()))
        except StaleEditError:
            continue
        return


if __name__ == "__main__":
    main(*sys.argv[1:])
