"""``duizhao extract`` and ``duizhao eval extract`` on the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer
from commands import Outcome
from glossary_made_up import concept
from lookup_made_up import add
from rich.cells import cell_len
from test_candidates import STATION, candidate, pairs, shown
from typer.testing import CliRunner

from align.signature import VERSION
from cli import extract_commands, extract_report, terminal
from cli.failures import PoliteGroup
from glossary.candidates.queue import sort_out
from glossary.extraction import extract as extraction
from glossary.extraction.candidates import Candidate, Competitor, Extraction
from glossary.extraction.renderings import Looked, Weigher
from glossary.glossary import Glossary
from search.corpus import Corpus
from search.locating.word_statistics import TextPair

LONG = "Committee on the Peaceful Uses of Made-Up Observing Stations and of All that Belongs to Them"
Run = Callable[..., Outcome]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A corpus in which something is to be found."""
    place = tmp_path / "corpus.sqlite"
    with Corpus.open(place) as corpus:
        add(corpus, pairs(count=6), "A/RES/70/1")
        add(corpus, pairs("水文网络", "hydrological network", 6), "A/75/20", "2020-08-01", body="Council")
    return place


def duizhao(*arguments: object) -> Outcome:
    app = typer.Typer(cls=PoliteGroup)
    app.command()(extract_commands.extract)
    app.command("eval")(extract_commands.eval_extract)
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    return Outcome(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def run(db: Path) -> Run:
    def run(*arguments: object) -> Outcome:
        return duizhao("extract", *arguments, "--db", db)

    return run


@pytest.fixture
def found(db: Path, monkeypatch: pytest.MonkeyPatch) -> list[Candidate]:
    """What the extraction finds: known beforehand."""
    with Corpus.open(db, read_only=True) as corpus:
        evidence = shown(corpus)
    rivals = (Competitor("测站", 2), Competitor("观察站", 1))
    known = [candidate(evidence=evidence, competitors=rivals), candidate("水文网络", "hydrological network", 0.7)]

    def extract(given: Sequence[TextPair], encoder: object, top: int, *_: object, **more: object) -> Extraction:
        return Extraction("made:up", tuple(known[:top]), len(given))

    monkeypatch.setattr(extraction, "extract", extract)
    return known


def test_candidates_are_told_with_what_competes_and_what_the_glossary_has(
    run: Run, db: Path, found: list[Candidate]
) -> None:
    with Glossary.open(db, "anna") as glossary:
        glossary.add([concept("水文网", "hydrological network")])
    found.append(candidate("委员会", LONG, 0.5))
    outcome = run()
    assert outcome == Outcome(
        0,
        "    #     score  occurs  English                                       Chinese\n"
        "    1  +  0.80       3  observing station                             观测站\n"
        "                          also 测站 2、观察站 1\n"
        "    2  ≈  0.70       3  hydrological network                          水文网络\n"
        "                          c1 has 水文网 for hydrological network (candidate)\n"
        "    3  +  0.50       3  Committee on the Peaceful Uses of Made-Up Observing Stations and of All\n"
        "                          that Belongs to Them                        委员会\n",
        "3 candidates from 12 pairs: 2 new, 1 with one term in the glossary\n"
        "--store puts them into the glossary; “glossary list --status candidate” shows what waits\n",
    )
    assert max(map(cell_len, outcome.out.splitlines())) <= 100


def test_what_is_stored_is_known_the_next_time(run: Run, db: Path, found: list[Candidate]) -> None:
    first = run("--store", "--user", "anna", "--reason", "first look")
    assert first.err == (
        "2 candidates from 12 pairs: 2 new\nstored 2 candidates as event 1; “duizhao glossary undo” takes it back\n"
    )
    again = run("--store", "--user", "anna")
    assert again == Outcome(
        0, "", "2 candidates from 12 pairs: 2 known\nnothing to store: all of it is in the glossary\n"
    )
    assert run().err.splitlines()[1:] == ["all of them wait or are decided already; a greater --top looks further"]
    with Glossary.open(db, "anna") as glossary:
        assert [(event.user, event.action, event.reason) for event in glossary.history()] == [
            ("anna", "extract", "first look")
        ] * 2


def test_what_was_rejected_is_counted_and_comes_back_with_a_reason(run: Run, db: Path, found: list[Candidate]) -> None:
    run("--store", "--user", "anna")
    with Glossary.open(db, "anna") as glossary, Corpus(glossary.database) as corpus:
        for one in glossary.list():
            glossary.reject(one)
        add(corpus, pairs(count=12)[6:], "A/RES/71/1", "2016-01-01")
        day = glossary.history()[-1].time[:10]
    outcome = run("--store", "--user", "anna")
    assert outcome.out.splitlines()[3] == (
        f"                          back: rejected by anna on {day}; 6 pairs showed it then, 12 do now"
    )
    assert outcome.err == (
        "2 candidates from 18 pairs: 1 rejected once, with new evidence, 1 rejected earlier\n"
        "in the order that 2 earlier decisions suggest\n"
        "stored 1 candidate as event 5; “duizhao glossary undo” takes it back\n"
    )


def test_a_translator_is_told_what_is_held_back(run: Run, db: Path, found: list[Candidate]) -> None:
    from glossary.rules import Role

    run("--store", "--user", "anna")
    with Glossary.open(db, "anna") as glossary, Corpus(glossary.database) as corpus:
        glossary.reject(glossary.find("c1"))
        add(corpus, pairs(count=12)[6:], "A/RES/71/1", "2016-01-01")
        glossary.set_role("anna", Role.ADMINISTRATOR)
    outcome = run("--store", "--user", "ben")
    assert outcome.err.splitlines()[-2:] == [
        "nothing was stored",
        "1 rejected candidate could come back; a terminologist may store it",
    ]


def test_programs_get_everything(run: Run, db: Path, found: list[Candidate]) -> None:
    with Glossary.open(db, "anna") as glossary:
        glossary.add([concept("水文网", "hydrological network")])
    outcome = run("--json", "--top", 2, "--store", "--user", "anna")
    data: dict[str, Any] = json.loads(outcome.out)
    first, second = data.pop("candidates")
    assert data == {
        "signature": "made:up",
        "pairs": 12,
        "of": 0,
        "decisions": 0,
        "counts": {"new": 1, "partly_known": 1, "back": 0, "known": 0, "rejected": 0},
        "stored": {"event": 2, "concepts": ["c2", "c3"], "held_back": 0},
    }
    evidence = first.pop("evidence")
    assert evidence[0] == {"pair": "1", "zh_span": [2, 5], "en_span": [11, 28]}
    assert first == {
        "zh": "观测站",
        "en": "observing station",
        "standing": "new",
        "why": "",
        "concept": None,
        "glossary": [],
        "score": 0.8,
        "extraction_score": 0.8,
        "frequency": 3,
        "zh_frequency": 4,
        "pairs": 3,
        "association": 12.5,
        "share": 0.75,
        "competitors": [{"zh": "测站", "count": 2}, {"zh": "观察站", "count": 1}],
    }
    assert second["glossary"] == [
        {"concept": "c1", "term": "hydrological network", "others": ["水文网"], "status": "candidate"}
    ]


def test_only_the_pairs_that_are_asked_for_are_read(run: Run, found: list[Candidate]) -> None:
    assert json.loads(run("--json", "--body", "Council").out)["pairs"] == 6
    assert json.loads(run("--json", "--body", "Assembly of Cats").out)["pairs"] == 0


def test_an_empty_corpus_has_no_candidates(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "empty.sqlite"):
        pass
    outcome = duizhao("extract", "--db", tmp_path / "empty.sqlite")
    assert outcome == Outcome(0, "", "0 candidates from 0 pairs: none\n")


def test_a_corpus_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    outcome = duizhao("extract", "--db", tmp_path / "nothing.sqlite")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)


def test_terms_that_occur_are_extracted(run: Run) -> None:
    """The extraction itself, with the model that comes with the program."""
    data = json.loads(run("--json", "--top", 20).out)
    assert STATION in [(one["zh"], one["en"]) for one in data["candidates"]]
    assert data["pairs"] == 12
    assert data["signature"].startswith(f"duizhao:{VERSION}|")


def test_an_interrupted_extraction_goes_on_where_it_was(run: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    located: list[str] = []
    look = Weigher.look

    def looking(weigher: Weigher, term: int) -> Looked:
        if len(located) == 2:
            raise KeyboardInterrupt
        located.append(weigher.surface(term))
        return look(weigher, term)

    monkeypatch.setattr(Weigher, "look", looking)
    assert run("--json").code == 130
    before = located.copy()
    monkeypatch.setattr(
        Weigher, "look", lambda weigher, term: located.append(weigher.surface(term)) or look(weigher, term)
    )
    resumed = run("--json")
    assert sorted(located) == sorted(set(located)) != sorted(before)
    monkeypatch.setattr(Weigher, "look", None)  # all is kept
    assert run("--json") == resumed
    monkeypatch.setattr(Weigher, "look", look)
    shutil.rmtree(db.with_name("corpus.derived"))
    assert run("--json") == resumed


def test_the_bar_begins_anew_with_each_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, int, int]] = []

    class Bar:
        def __init__(self, total: int, what: str) -> None:
            self.what, self.total, self.done = what, total, 0

        def __enter__(self) -> Callable[[], None]:
            return self.step

        def __exit__(self, *_: object) -> None:
            told.append((self.what, self.done, self.total))

        def step(self) -> None:
            self.done += 1

    monkeypatch.setattr(terminal, "bar", Bar)
    with extract_commands.bars("reading pairs", "looking up terms") as step:
        for done, total in ((0, 5), (2, 5), (5, 5), (1, 3), (2, 3), (3, 3)):
            step(done, total)
    assert told == [("reading pairs", 5, 5), ("looking up terms", 3, 3)]


def test_the_evaluation_counts_marked_terms_among_the_first_candidates(tmp_path: Path) -> None:
    rows = [("id", "zh", "en"), *((f"p{k}", *pair) for k, pair in enumerate(pairs(count=6)))]
    terms = [("zh", "en", "pair_id"), (*STATION, "p0"), (*STATION, "p1"), ("月球", "moon", "p0")]
    for name, table in (("pairs.tsv", rows), ("terms.tsv", terms)):
        (tmp_path / name).write_text("".join("\t".join(row) + "\n" for row in table), "utf-8")
    data = json.loads(duizhao("eval", tmp_path / "terms.tsv", tmp_path / "pairs.tsv", "--top", 20, "--json").out)
    assert {key: data[key] for key in ("recall", "found", "n", "top")} == {
        "recall": 0.5,
        "found": 1,
        "n": 2,
        "top": 20,
    }
    assert 0.0 <= data["baseline_recall"] <= 0.5
    text = duizhao("eval", tmp_path / "terms.tsv", tmp_path / "pairs.tsv", "--top", 20).out.splitlines()
    assert text[0] == "recall    0.5000  (1 of 2 within the first 20)"
    assert text[1].startswith("baseline  ")


def test_odd_characters_in_texts_do_not_reach_the_terminal(db: Path) -> None:
    with Glossary.open(db, "anna") as glossary, Corpus(glossary.database) as corpus:
        sorted_out = sort_out(glossary, corpus, [candidate("观\x1b[2J站", "observing \x1b]0;station")])
    outcome = extract_report.Outcome(Extraction("made:up", (), 12), sorted_out, 0)
    assert all(character.isprintable() for line in extract_report.drawn_table(outcome) for character in line)
