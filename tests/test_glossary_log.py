"""The log comes to the state, and undoing anything restores what was before it: whatever is done, in whatever order."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from glossary_made_up import ODD, concept, plain, rich, term
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.comparing import Conflict, Merged, alike, changes, three_way
from glossary.concepts import Concept, Definition, Evidence, Extra, Term, TermType, Usage, Workflow
from glossary.encoding import concept_data, concept_from
from glossary.errors import GlossaryError
from glossary.glossary import Glossary
from glossary.log import replay
from glossary.reading import Query
from glossary.rules import TRANSITIONS, Deed, deeds, languages_of, settled

TEXTS = ("站", "台", "所", "station", "post", "Station")
# No limits on time: a machine that trains a model at the same time is slow.
CALM = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

words = st.text(max_size=6)
spans = st.just((0, 0))
extras = st.builds(Extra, words, words, words, st.lists(st.tuples(words, words), max_size=2).map(tuple))
evidence = st.builds(Evidence, st.integers(0, 2**40), words, words, words, spans, spans)
terms = st.builds(
    Term,
    st.just(""),
    st.sampled_from(["zh", "zh-Hant", "en"]),
    st.sampled_from([*TEXTS, "a\ud800b"]),
    st.sampled_from(list(Usage)),
    st.sampled_from(list(TermType)),
    words,
    words,
    words,
    st.lists(evidence, max_size=2).map(tuple),
    st.lists(extras, max_size=2).map(tuple),
)
numbered = st.lists(terms, min_size=1, max_size=4).map(
    lambda some: tuple(replace(one, id=f"t{k}") for k, one in enumerate(some))
)
concepts = st.builds(
    Concept,
    st.just("c1"),
    words,
    st.lists(st.builds(Definition, st.sampled_from(["zh", "en"]), words, words), max_size=2).map(tuple),
    words,
    numbered,
    st.dictionaries(st.sampled_from(["zh", "en"]), st.sampled_from(list(Workflow)), max_size=2),
    st.lists(st.tuples(words, words), max_size=2).map(tuple),
    st.lists(extras, max_size=2).map(tuple),
    st.integers(1, 9),
)


@CALM
@given(concepts)
def test_a_concept_comes_back_from_json_as_it_was(one: Concept) -> None:
    assert concept_from(json.loads(json.dumps(concept_data(one))), one.version) == one


Step = tuple[str, int, int]
steps = st.lists(
    st.tuples(
        st.sampled_from("add edit note approve reject retire review merge split undo undo-any restore".split()),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=14,
)


def do(glossary: Glossary, step: Step) -> None:
    """One step of a made-up history, on whatever is there."""
    action, k, m = step
    here = glossary.list()
    if action == "add" or not here:
        glossary.add([concept(TEXTS[k % 6], TEXTS[m % 6])])
        return
    one, other = here[k % len(here)], here[m % len(here)]
    statuses = {"approve": "approved", "reject": "rejected", "retire": "retired", "review": "in-review"}
    ways: dict[str, Callable[[], object]] = {
        "edit": lambda: glossary.save(
            replace(one, terms=(*one.terms[1:], term(TEXTS[m % 6], usage=list(Usage)[k % 5])))
        ),
        "note": lambda: glossary.save(replace(one, note=str(m))),
        "merge": lambda: glossary.merge(one, [other]),
        "split": lambda: glossary.split(one, [one.terms[0].id]),
        "undo": glossary.undo,
        "undo-any": lambda: glossary.undo(glossary.history()[m % len(glossary.history())].id, only=bool(k % 2)),
        "restore": lambda: glossary.restore(one.id, 1 + m % one.version),
    }
    if action in statuses:
        glossary.decide([one], Workflow(statuses[action]), list(languages_of(one))[m % 2 :])
    else:
        ways[action]()


@CALM
@given(steps)
def test_the_log_replays_to_the_state_and_undo_restores_what_was_before(history: list[Step]) -> None:
    with TemporaryDirectory() as folder, Glossary.open(Path(folder) / "corpus.sqlite", "anna") as glossary:
        for step in history:
            before = {one.id: one for one in glossary.list()}
            count = len(glossary.history())
            try:
                do(glossary, step)
            except GlossaryError:
                assert {one.id: one for one in glossary.list()} == before
                continue
            now = {one.id: one for one in glossary.list()}
            new = glossary.history()[count:]
            assert replay(glossary.history()) == now
            assert all(
                one.version > event.before.version for event in new for one in [event.after] if one and event.before
            )
            if new:
                glossary.undo(new[-1].id)
                undone = {one.id: one for one in glossary.list()}
                assert undone.keys() == before.keys()
                assert all(alike(undone[k], before[k]) for k in before)
                glossary.undo(glossary.history()[-1].id)
                assert all(alike(one, now[one.id]) for one in glossary.list())
        assert glossary.verify() == ()


def test_verify_says_what_the_log_does_not_come_to(tmp_path: Path) -> None:
    with Glossary.open(tmp_path / "corpus.sqlite", "anna") as glossary:
        glossary.add([concept("站"), concept("台")])
        for statement in (
            "UPDATE glossary_concepts SET body = replace(body, '站', '所') WHERE id = 1",
            "DELETE FROM glossary_statuses WHERE concept = 2",
        ):
            with glossary.database.writing() as connection:
                connection.exec_driver_sql(statement)
        assert glossary.verify() == (
            "c1 is not what its history comes to.",
            "the terms of c1 are not those that it is looked up by.",
            "the status of c2 is not the one that it is found by.",
        )
        assert glossary.count(Query(text="站")) == 1


# versions made apart


BASE = replace(
    rich(),
    id="c1",
    version=3,
    terms=(replace(rich().terms[0], id="t1"), replace(rich().terms[1], id="t2")),
    workflow={"zh": Workflow.IN_REVIEW, "en": Workflow.CANDIDATE},
)


@CALM
@given(concepts, concepts)
def test_what_only_one_changed_holds_whoever_it_was(base: Concept, changed: Concept) -> None:
    base, changed = replace(base, version=1), replace(changed, version=1)
    assert three_way(base, base, changed) == Merged(changed, ())
    merged = three_way(base, changed, base)
    assert merged.conflicts == ()
    assert changes(merged.concept, changed) == ()


def test_changes_of_different_fields_merge_by_themselves() -> None:
    first, second = BASE.terms
    mine = replace(BASE, subject="water", terms=(replace(first, note="mine"), second, term("post", identifier="t9")))
    theirs = replace(BASE, version=4, terms=(replace(first, usage=Usage.ADMITTED, evidence=()),))
    merged = three_way(BASE, mine, theirs)
    assert merged.conflicts == ()
    expected = replace(first, note="mine", usage=Usage.ADMITTED, evidence=())
    assert merged.concept == replace(BASE, version=4, subject="water", terms=(expected, term("post", identifier="t9")))


def test_a_field_that_both_changed_is_a_conflict_and_theirs_unless_mine_is_wanted() -> None:
    mine, theirs = replace(BASE, subject="water"), replace(BASE, subject="rivers", version=4)
    merged = three_way(BASE, mine, theirs)
    assert merged.conflicts == (Conflict("subject", "hydrology", "water", "rivers"),)
    assert merged.concept == theirs
    assert three_way(BASE, mine, theirs, ["subject"]).concept == replace(theirs, subject="water")


def test_a_term_that_one_removed_and_the_other_changed_is_a_conflict() -> None:
    first, second = BASE.terms
    mine = replace(BASE, terms=(second,))
    theirs = replace(BASE, version=4, terms=(replace(first, text="测站"), second))
    merged = three_way(BASE, mine, theirs)
    assert merged.conflicts == (Conflict("term/t1", "观测站", None, "测站"),)
    assert {one.text for one in merged.concept.terms} == {"测站", "station"}
    assert [one.text for one in three_way(BASE, mine, theirs, ["term/t1"]).concept.terms] == ["station"]
    merged = three_way(BASE, theirs, replace(mine, version=4))
    assert merged.conflicts == (Conflict("term/t1", "观测站", "测站", None),)
    assert [one.text for one in merged.concept.terms] == ["station"]
    assert {one.text for one in three_way(BASE, theirs, mine, ["term/t1"]).concept.terms} == {"测站", "station"}


def test_a_decision_about_words_that_changed_meanwhile_is_a_conflict() -> None:
    mine = replace(BASE, workflow={**BASE.workflow, "zh": Workflow.APPROVED})
    first, second = BASE.terms
    theirs = replace(BASE, version=4, terms=(replace(first, text="测站"), second))
    merged = three_way(BASE, mine, theirs)
    assert [conflict.field for conflict in merged.conflicts] == ["workflow/zh"]
    assert merged.concept == theirs


def test_what_changed_is_named_field_by_field() -> None:
    first, second = BASE.terms
    after = replace(BASE, note="", terms=(replace(first, usage=Usage.NONE), second), workflow={"zh": Workflow.APPROVED})
    assert [(one.field, one.before, one.after) for one in changes(BASE, after)] == [
        ("note", ODD, None),
        ("term/t1/usage", Usage.PREFERRED, None),
        ("workflow/zh", Workflow.IN_REVIEW, Workflow.APPROVED),
        ("workflow/en", Workflow.CANDIDATE, None),
    ]


# the tables of rules


@pytest.mark.parametrize("status", list(Workflow))
def test_every_status_can_be_left_but_never_for_itself(status: Workflow) -> None:
    assert TRANSITIONS[status]
    assert status not in TRANSITIONS[status]


def test_only_approved_concepts_are_retired() -> None:
    assert [status for status in Workflow if Workflow.RETIRED in TRANSITIONS[status]] == [Workflow.APPROVED]


def test_changing_what_is_in_review_is_a_decision_and_what_is_proposed_a_suggestion() -> None:
    before = settled(None, replace(BASE, workflow={"zh": Workflow.IN_REVIEW, "en": Workflow.PROPOSED}))
    first, second = before.terms
    assert deeds(before, replace(before, terms=(first, replace(second, text="post")))) == {Deed.SUGGEST}
    assert deeds(before, replace(before, terms=(replace(first, text="测站"), second))) == {Deed.DECIDE}
    assert deeds(before, replace(before, note="")) == {Deed.DECIDE}
    assert deeds(None, replace(before, workflow={"zh": Workflow.PROPOSED})) == {Deed.SUGGEST}
    assert deeds(before, None) == {Deed.DECIDE}


def test_settling_says_a_status_for_every_language_of_its_terms() -> None:
    assert settled(None, plain(replace(rich(), workflow={"fr": Workflow.APPROVED}))).workflow == {
        "zh": Workflow.CANDIDATE,
        "en": Workflow.CANDIDATE,
    }
