"""A large TBX file read, previewed, imported and taken back: ``python -m benchmarks.exchange [--megabytes 100]``.

The file is made up: distinct entries with a subject, a definition and its source, two English terms and a Chinese
one with their usages. The glossary beside it has as many concepts as the UN thesaurus. Seconds are those of the
processor; memory is the highest that the process has had until then.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from glossary.concepts import Concept, Term, Usage
from glossary.exchange import read_glossary
from glossary.exchange.preview import apply, preview
from glossary.glossary import Glossary

SEED = 5
CONCEPTS = 7_137  # as many as the UN thesaurus has
_WORDS = (
    "water river basin station gauge flood data monthly annual regional joint special permanent advisory technical "
    "legal maritime border trade customs transit climate energy health refugee labour treaty budget audit programme "
    "office committee council commission panel mission force fund trust policy framework convention protocol plan"
).split()
_CHARACTERS = (
    "水河流域站测洪数据月年区联合特别常设咨询技术法律海洋边界贸易气候能源"
    "卫生条约预算审计方案办公室委员会小组基金信托政策框架公约议定书计划"
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><tbx type="TBX-Basic" style="dca" xml:lang="en" '
    'xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc><sourceDesc><p>made up</p></sourceDesc></fileDesc>'
    "</tbxHeader><text><body>"
)
_STATUS = '<termNote type="administrativeStatus">{}Term-admn-sts</termNote>'
_ENTRY = (
    '<conceptEntry id="c{k}"><descrip type="subjectField">{subject}</descrip><langSec xml:lang="en"><descripGrp>'
    '<descrip type="definition">{definition} {k}</descrip><admin type="source">{source}</admin></descripGrp><termSec>'
    f'<term>{{preferred}} {{k}}</term>{_STATUS.format("preferred")}<termNote type="partOfSpeech">noun</termNote>'
    "</termSec>"
    f'<termSec><term>{{admitted}} {{k}}</term>{_STATUS.format("admitted")}</termSec></langSec><langSec xml:lang="zh">'
    f"<termSec><term>{{chinese}}{{k}}</term>{_STATUS.format('preferred')}</termSec></langSec></conceptEntry>"
)
_T = TypeVar("_T")


def write_made_up(path: Path, size: int, seed: int = SEED) -> int:
    """Write a TBX file of about ``size`` bytes; how many entries it has."""
    some = random.Random(seed)
    count = written = 0

    def words(many: int) -> str:
        return " ".join(some.choices(_WORDS, k=many))

    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        while written < size:
            count += 1
            entry = _ENTRY.format(
                k=count,
                subject=words(1),
                definition=words(16),
                source=words(2),
                preferred=words(3),
                admitted=words(2),
                chinese="".join(some.choices(_CHARACTERS, k=6)),
            )
            written += len(entry.encode())
            file.write(entry)
        file.write("</body></text></tbx>")
    return count


def made_up_glossary(count: int = CONCEPTS) -> list[Concept]:
    """A glossary to import into, with words of the same kind."""
    some = random.Random(SEED + 1)

    def concept(number: int) -> Concept:
        en, zh = " ".join(some.choices(_WORDS, k=3)), "".join(some.choices(_CHARACTERS, k=6))
        terms = (Term("", "en", f"{en} {number}", Usage.PREFERRED), Term("", "zh", f"{zh}{number}", Usage.PREFERRED))
        return Concept("", terms=terms)

    return [concept(number) for number in range(1, count + 1)]


def _timed(what: str, work: Callable[[], _T]) -> _T:
    start = time.process_time()
    found = work()
    # Linux counts the highest memory in units of 1,024 bytes.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:46} {time.process_time() - start:7.1f} s {memory:7.0f} MB", flush=True)
    return found


def main() -> None:
    """Make the file, and go the whole way with it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=100)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.tbx"
        count = write_made_up(path, parser.parse_args().megabytes * 1_000_000)
        print(f"{path.stat().st_size / 1e6:,.0f} MB, {count:,} entries, into a glossary of {CONCEPTS:,} concepts")
        with Glossary.open(Path(folder) / "corpus.sqlite", user="benchmark") as glossary:
            small = _timed(f"import {CONCEPTS:,} concepts", lambda: glossary.save_all(made_up_glossary()))
            undone = _timed("undo that", lambda: glossary.undo(small[0].id))
            _timed("undo the undo", lambda: glossary.undo(undone[0].id))
            file = _timed("read the file", lambda: read_glossary(path))
            plan = _timed("preview", lambda: preview(file.concepts, list(glossary.concepts())))
            _timed("import", lambda: glossary.save_all(apply(plan)))
            again = _timed("preview a second time", lambda: preview(file.concepts, list(glossary.concepts())))
            print(", ".join(f"{state}: {number:,}" for state, number in again.counts.items()))


if __name__ == "__main__":
    main()
