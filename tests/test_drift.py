"""Approved entries tested by new documents, on the library and on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import typer
from commands import Outcome
from conftest import SHARED
from lookup_made_up import OTHERS, add, embedded
from test_precedents import COMBATANTS, FIGHTERS, framed
from typer.testing import CliRunner

from align.readers.pair_file import AlignedPair, PairFile
from cli import glossary_drift
from cli.failures import PoliteGroup
from glossary.concepts import Concept, Term, Usage, Workflow
from glossary.drift.alerts import alerts, dismiss
from glossary.drift.records import Alert, AlertKind
from glossary.drift.retesting import retest
from glossary.errors import GlossaryError, NotInGlossaryError
from glossary.glossary import Glossary
from search.corpus import Corpus
from search.locating.locator import Locator
from search.precedents.locator import locator_of

TERM = "foreign terrorist fighters"
APPROVED = {"zh": Workflow.APPROVED, "en": Workflow.APPROVED}


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "corpus.sqlite") as opened:
        add(opened, OTHERS, "A/77/1", "2022-01-01")
        yield opened


@pytest.fixture
def glossary(corpus: Corpus) -> Glossary:
    return Glossary(corpus.database, "anna")


def entry(*terms: tuple[str, Usage]) -> Concept:
    """An approved concept for foreign terrorist fighters."""
    own = [Term("", "zh", text, usage) for text, usage in terms]
    return Concept("", terms=(Term("", "en", TERM, Usage.PREFERRED), *own), workflow=APPROVED)


def approved(glossary: Glossary, *terms: tuple[str, Usage]) -> str:
    """The id of such a concept in the glossary."""
    done = glossary.add([entry(*terms)])
    assert done[0].after is not None
    return done[0].after.id


def added(
    glossary: Glossary, corpus: Corpus, pairs: Sequence[tuple[str, str]], symbol: str, date: str
) -> Sequence[Alert]:
    """What the entries say to a new document."""
    document = add(corpus, pairs, symbol, date).document
    return retest(glossary, corpus, [document], lambda: locator_of(corpus, embedded()))


def unasked() -> Locator:
    raise AssertionError("nobody should ask for the model")


def facts(found: Sequence[Alert]) -> list[tuple[AlertKind, str, int]]:
    return [(alert.kind, alert.subject, len(alert.pairs)) for alert in found]


def test_without_approved_entries_nothing_is_read_and_no_model_is_asked_for(glossary: Glossary, corpus: Corpus) -> None:
    glossary.add([Concept("", terms=entry((FIGHTERS, Usage.PREFERRED)).terms)])
    document = add(corpus, framed(COMBATANTS, TERM), "A/RES/70/1").document
    assert retest(glossary, corpus, [document], unasked) == ()
    assert alerts(glossary) == ()


def test_documents_that_use_the_preferred_or_an_admitted_term_raise_nothing(glossary: Glossary, corpus: Corpus) -> None:
    approved(glossary, (FIGHTERS, Usage.PREFERRED), (COMBATANTS, Usage.ADMITTED))
    pairs = [*framed(FIGHTERS, TERM, (0, 1)), *framed(COMBATANTS, TERM, (2, 3))]
    document = add(corpus, pairs, "A/RES/70/1").document
    assert retest(glossary, corpus, [document], unasked) == ()


def test_a_traditional_character_or_another_case_is_the_preferred_term(glossary: Glossary, corpus: Corpus) -> None:
    approved(glossary, (FIGHTERS, Usage.PREFERRED))
    pairs = framed("外國恐怖主義戰鬥人員", "Foreign Terrorist Fighters", (0, 1, 2))
    assert retest(glossary, corpus, [add(corpus, pairs, "A/RES/70/1").document], unasked) == ()


def test_the_first_other_rendering_is_a_counter_example(glossary: Glossary, corpus: Corpus) -> None:
    name = approved(glossary, (FIGHTERS, Usage.PREFERRED))
    assert added(glossary, corpus, framed(FIGHTERS, TERM, (0, 1, 2)), "A/RES/69/1", "2014-12-01") == ()
    pairs = [*framed(FIGHTERS, TERM, (3,)), *framed(COMBATANTS, TERM, (4,))]
    (alert,) = added(glossary, corpus, pairs, "A/RES/70/1", "2015-12-01")
    assert (alert.kind, alert.concept, alert.language, alert.term) == (AlertKind.COUNTER, name, "zh", TERM)
    assert (alert.preferred, alert.subject, len(alert.pairs)) == (FIGHTERS, COMBATANTS, 1)
    shown = alert.evidence[0]
    assert (shown.symbol, shown.date) == ("A/RES/70/1", "2015-12-01")
    assert (shown.zh[slice(*shown.zh_span)], shown.en[slice(*shown.en_span)]) == (COMBATANTS, TERM)
    assert alert.sentence == f"“{TERM}” is {COMBATANTS} instead of {FIGHTERS} in 1 pair of A/RES/70/1"
    assert alerts(glossary) == (alert,)


def test_a_rendering_used_before_and_in_no_new_pair_is_no_longer_used(glossary: Glossary, corpus: Corpus) -> None:
    approved(glossary, (FIGHTERS, Usage.PREFERRED))
    added(glossary, corpus, framed(FIGHTERS, TERM, (0, 1, 2, 3)), "A/RES/69/1", "2014-12-01")
    (alert,) = added(glossary, corpus, framed(COMBATANTS, TERM, (0, 2, 4)), "A/RES/70/1", "2015-12-01")
    assert (alert.kind, alert.subject, len(alert.pairs)) == (AlertKind.UNUSED, "", 3)
    assert alert.sentence == (
        f"“{TERM}” stands in 3 pairs of A/RES/70/1, and {FIGHTERS} in none of them; earlier it was in 4 of 4"
    )
    assert [one.zh[slice(*one.zh_span)] for one in alert.evidence] == [COMBATANTS] * 3


def test_a_deprecated_term_is_back_in_use(glossary: Glossary, corpus: Corpus) -> None:
    approved(glossary, (FIGHTERS, Usage.PREFERRED), (COMBATANTS, Usage.DEPRECATED))
    document = add(corpus, framed(COMBATANTS, TERM, (0, 1)), "A/RES/70/1").document
    found = retest(glossary, corpus, [document], unasked)
    assert facts(found) == [(AlertKind.DEPRECATED, COMBATANTS, 2)]
    assert found[0].sentence == f"{COMBATANTS}, which is deprecated, renders “{TERM}” in 2 pairs of A/RES/70/1"


def test_a_deprecated_term_inside_the_preferred_one_is_not_in_use(glossary: Glossary, corpus: Corpus) -> None:
    approved(glossary, (FIGHTERS, Usage.PREFERRED), ("战斗人员", Usage.DEPRECATED))
    document = add(corpus, framed(FIGHTERS, TERM, (0, 1)), "A/RES/70/1").document
    assert retest(glossary, corpus, [document], unasked) == ()


def test_a_term_is_not_tested_inside_a_longer_one_of_the_glossary(glossary: Glossary, corpus: Corpus) -> None:
    terms = (Term("", "en", "fighters", Usage.PREFERRED), Term("", "zh", "消防员", Usage.PREFERRED))
    glossary.add([Concept("", terms=terms, workflow=APPROVED), Concept("", terms=(Term("", "en", TERM),))])
    document = add(corpus, framed(FIGHTERS, TERM, (0, 1, 2)), "A/RES/70/1").document
    assert retest(glossary, corpus, [document], unasked) == ()


def test_a_short_form_is_no_counter_example(glossary: Glossary, corpus: Corpus) -> None:
    approved(glossary, (FIGHTERS, Usage.PREFERRED))
    added(glossary, corpus, framed(FIGHTERS, TERM, (0, 1, 2, 3)), "A/RES/69/1", "2014-12-01")
    pairs = [*framed(FIGHTERS, TERM, (4,)), *framed("外国战斗人员", TERM, (5,))]
    assert added(glossary, corpus, pairs, "A/RES/70/1", "2015-12-01") == ()


def test_the_same_evidence_never_comes_twice(glossary: Glossary, corpus: Corpus) -> None:
    approved(glossary, (FIGHTERS, Usage.PREFERRED), (COMBATANTS, Usage.DEPRECATED))
    pairs = framed(COMBATANTS, TERM, (0, 1))
    first = add(corpus, pairs, "A/RES/70/1").document
    assert len(retest(glossary, corpus, [first], unasked)) == 1
    assert retest(glossary, corpus, [first], unasked) == ()
    again = add(corpus, [*pairs, *framed(COMBATANTS, TERM, (2,))], "A/RES/70/1").document
    assert facts(retest(glossary, corpus, [again], unasked)) == [(AlertKind.DEPRECATED, COMBATANTS, 3)]
    assert facts(alerts(glossary)) == [(AlertKind.DEPRECATED, COMBATANTS, 3)]


def test_words_that_two_approved_entries_share_are_tested_by_the_one_that_is_meant(
    glossary: Glossary, corpus: Corpus
) -> None:
    approved(glossary, (FIGHTERS, Usage.PREFERRED))
    approved(glossary, (COMBATANTS, Usage.PREFERRED))
    assert (
        retest(glossary, corpus, [add(corpus, framed(COMBATANTS, TERM, (0, 1)), "A/RES/70/1").document], unasked) == ()
    )


def test_an_alert_is_gone_when_what_it_asks_for_is_done(glossary: Glossary, corpus: Corpus) -> None:
    name = approved(glossary, (FIGHTERS, Usage.PREFERRED), (COMBATANTS, Usage.DEPRECATED))
    assert (
        len(retest(glossary, corpus, [add(corpus, framed(COMBATANTS, TERM, (0, 1)), "A/RES/70/1").document], unasked))
        == 1
    )
    assert len(alerts(glossary)) == 1
    glossary.retire(glossary.find(name))
    assert alerts(glossary) == ()


def test_what_is_set_aside_comes_back_with_new_evidence_only(glossary: Glossary, corpus: Corpus) -> None:
    approved(glossary, (FIGHTERS, Usage.PREFERRED), (COMBATANTS, Usage.DEPRECATED))
    first = add(corpus, framed(COMBATANTS, TERM, (0,)), "A/RES/70/1").document
    (alert,) = retest(glossary, corpus, [first], unasked)
    with pytest.raises(GlossaryError, match="needs a reason"):
        dismiss(glossary, [alert.key], " ")
    with pytest.raises(NotInGlossaryError, match="no alert “nothing”"):
        dismiss(glossary, ["nothing"], "why")
    dismiss(glossary, [alert.key], "a quotation")
    assert alerts(glossary) == ()
    assert retest(glossary, corpus, [first], unasked) == ()
    (aside,) = alerts(glossary, dismissed=True)
    assert aside.dismissed.startswith("dismissed by anna on ")
    assert aside.dismissed.endswith(" (a quotation)")
    second = add(corpus, framed(COMBATANTS, TERM, (1,)), "A/RES/71/1").document
    (back,) = retest(glossary, corpus, [second], unasked)
    assert (back.key, len(back.pairs), back.dismissed) == (alert.key, 2, "")
    assert back.back == aside.dismissed + "; back, since new documents show it again"


app = typer.Typer(cls=PoliteGroup, pretty_exceptions_enable=False)
app.command("other")(lambda: None)
glossary_drift.register(app)


def drift(corpus: Corpus, *arguments: object) -> Outcome:
    place = ["--db", corpus.place, "--user", "anna"]
    result = CliRunner().invoke(app, ["drift", *map(str, arguments), *place], catch_exceptions=False)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def test_the_command_tests_lists_sets_aside_and_brings_back(glossary: Glossary, corpus: Corpus) -> None:
    approved(glossary, (FIGHTERS, Usage.PREFERRED), (COMBATANTS, Usage.DEPRECATED))
    add(corpus, framed(COMBATANTS, TERM, (0,)), "A/RES/70/1", "2015-12-01")
    assert drift(corpus).out == ""
    done = drift(corpus, "A/RES/70/1")
    (alert,) = alerts(glossary)
    assert (done.code, done.out) == (
        0,
        f"✕ deprecated term back in use  c1 {TERM} → {FIGHTERS}  {alert.last[:10]} · {alert.key}\n"
        f"  {alert.sentence}\n"
        f"   The Council discussed the threat posed by [{TERM}].\n"
        f"   理事会讨论了[{COMBATANTS}]造成的威胁。\n"
        f"   A/RES/70/1 · 2015-12-01 · 1.00 · pair {alert.pairs[0]}\n"
        "\n",
    )
    assert done.err == f"drift: c1 {alert.sentence} (“duizhao glossary drift” shows it)\n"
    told = json.loads(drift(corpus, "--json", "--kind", "deprecated").out)["alerts"]
    assert [(one["key"], one["concept"], one["kind"], one["pairs"]) for one in told] == [
        (alert.key, "c1", "deprecated term back in use", list(alert.pairs))
    ]
    assert json.loads(drift(corpus, "--json", "--kind", "unused").out) == {"alerts": []}
    assert drift(corpus, "--dismiss", alert.key, "--reason", "a quotation").err == f"set aside: {alert.sentence}\n"
    assert drift(corpus).out == ""
    assert "↩ dismissed by anna" in drift(corpus, "--all").out
    assert drift(corpus, "--recall", alert.key).err == f"back: {alert.sentence}\n"
    assert alert.key in drift(corpus).out


def test_adding_tells_of_new_alerts_and_passes_over_what_has_not_changed(
    glossary: Glossary, corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    approved(glossary, (FIGHTERS, Usage.PREFERRED), (COMBATANTS, Usage.DEPRECATED))
    pairs = framed(COMBATANTS, TERM, (0,))
    first, second = add(corpus, pairs, "A/RES/70/1"), add(corpus, pairs, "A/RES/70/1")
    assert second.change == "unchanged"
    glossary_drift.retest_added(corpus, [second], "")
    assert capsys.readouterr().err == ""
    glossary_drift.retest_added(corpus, [first], "")
    assert capsys.readouterr().err.startswith(f"drift: c1 {COMBATANTS}, which is deprecated")


@pytest.mark.shared
def test_real_documents_contradict_an_entry_that_was_approved_otherwise(corpus: Corpus, glossary: Glossary) -> None:
    lines = (SHARED / "un" / "gold_terms" / "pairs.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    documents: dict[str, list[AlignedPair]] = {}
    for name, zh, en in rows:
        symbol = name.split(":")[0].upper().replace("_", "/")
        documents.setdefault(symbol, []).append(AlignedPair(zh, en, (("symbol", symbol), ("date", "2023"))))
    terms = (Term("", "en", "civil society", Usage.PREFERRED), Term("", "zh", "民间团体", Usage.PREFERRED))
    glossary.add([Concept("", terms=terms, workflow=APPROVED)])
    stored = [corpus.add_pairs(PairFile(tuple(some), f"{k}.tmx"))[0] for k, some in enumerate(documents.values())]
    locator = locator_of(corpus, embedded())
    found = retest(glossary, corpus, [one.document for one in stored], lambda: locator)
    leading = max(found, key=lambda alert: len(alert.pairs))
    assert (leading.kind, leading.subject) == (AlertKind.COUNTER, "民间社会")
    assert len(leading.pairs) >= 5
    assert retest(glossary, corpus, [one.document for one in stored], lambda: locator) == ()
