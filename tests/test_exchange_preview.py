"""What an import would do, and that doing it twice does nothing."""

from __future__ import annotations

from dataclasses import replace

from exchange_made_up import BASIN, GAUGE, glossaries
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.concepts import Concept, Definition, Extra, Term, Usage, Workflow
from glossary.exchange.merging import Difference
from glossary.exchange.preview import Choice, State, apply, preview

MINE = replace(BASIN, id="c1", version=4, workflow={"en": Workflow.APPROVED})


def _stored(existing: tuple[Concept, ...], written: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """The glossary after what ``apply`` gives was written, as a store would do it."""
    changed = {concept.id: concept for concept in written if concept.id}
    new = [replace(one, id=f"n{len(existing)}-{k}", version=1) for k, one in enumerate(written) if not one.id]
    return (*(changed.get(one.id, one) for one in existing), *new)


def test_a_new_concept_is_added_without_ids_of_the_file() -> None:
    plan = preview([GAUGE], [MINE])
    assert [(item.state, item.existing) for item in plan.items] == [(State.ADDED, None)]
    assert apply(plan) == (replace(GAUGE, id="", version=0, terms=tuple(replace(term, id="") for term in GAUGE.terms)),)


def test_a_concept_is_found_by_its_preferred_terms_whatever_their_script_and_case() -> None:
    incoming = Concept("x", terms=(Term("", "en", "River  Basin"), Term("", "zh", "流域")))
    plan = preview([incoming], [MINE])
    assert plan.items[0].existing == MINE
    assert plan.items[0].contradictions == (Difference("river basin: text", "river basin", "River  Basin"),)


def test_what_only_adds_is_a_change_and_is_merged_in() -> None:
    incoming = Concept(
        "x",
        "hydrology",
        (Definition("en", "An area."),),
        terms=(Term("", "en", "river basin"), Term("", "zh", "流域"), Term("", "fr", "bassin")),
        origins=(("a.tbx", "x"),),
        extras=(Extra("tbx", "context", "c"),),
    )
    plan = preview([incoming], [MINE])
    assert plan.counts == {State.ADDED: 0, State.UNCHANGED: 0, State.CHANGED: 1, State.CONFLICT: 0}
    assert plan.items[0].differences == (
        Difference("definition (en)", "", "An area."),
        Difference("term (fr)", "", "bassin"),
        Difference("context", "", "c"),
    )
    assert apply(plan) == (
        replace(
            MINE,
            definitions=(Definition("en", "An area."),),
            terms=(*MINE.terms, Term("", "fr", "bassin")),
            origins=(("a.tbx", "x"),),
            extras=(Extra("tbx", "context", "c"),),
        ),
    )


def test_what_contradicts_is_kept_as_mine_unless_theirs_is_taken() -> None:
    incoming = replace(BASIN, id="x", subject="geography", terms=(*BASIN.terms[:1], replace(BASIN.terms[1], note="n")))
    plan = preview([incoming], [MINE])
    assert [item.state for item in plan.items] == [State.CONFLICT]
    assert plan.items[0].contradictions == (Difference("subject field", "hydrology", "geography"),)
    assert apply(plan) == apply(plan, {0: Choice.MINE}) == apply(plan, {0: Choice.SKIP}) == ()
    taken = apply(plan, {0: Choice.THEIRS})
    assert [(one.subject, one.terms[1].note, one.version) for one in taken] == [("geography", "n", 4)]
    assert [one.id for one in apply(plan, {0: Choice.BOTH})] == [""]


def test_one_term_with_another_rendering_is_in_conflict() -> None:
    incoming = Concept("x", terms=(Term("", "en", "river basin"), Term("", "zh", "江河流域")))
    plan = preview([incoming], [MINE])
    assert plan.items[0].state is State.CONFLICT
    assert plan.items[0].existing == MINE
    added = apply(plan, {0: Choice.BOTH})
    assert preview([incoming], _stored((MINE,), added)).counts[State.UNCHANGED] == 1


def test_the_id_of_a_file_finds_a_concept_whose_preferred_term_has_changed() -> None:
    mine = replace(MINE, origins=(("a.tbx", "17"),), terms=(Term("t", "en", "catchment", Usage.PREFERRED), *MINE.terms))
    incoming = replace(BASIN, id="17", origins=(("a.tbx", "17"),))
    assert preview([incoming], [mine]).items[0].existing == mine


def test_the_same_id_in_another_file_of_that_name_is_not_the_same_concept() -> None:
    mine = replace(MINE, origins=(("a.tbx", "17"),))
    incoming = replace(GAUGE, id="17", origins=(("a.tbx", "17"),))
    assert preview([incoming], [mine]).items[0].state is State.ADDED


def test_entries_that_a_file_keeps_apart_stay_apart() -> None:
    one = Concept("1", terms=(Term("", "en", "seal"),), origins=(("a.tbx", "1"),), note="an animal")
    two = Concept("2", terms=(Term("", "en", "seal"),), origins=(("a.tbx", "2"),), note="a stamp")
    stored = _stored((), apply(preview([one, two], [])))
    assert len(stored) == 2
    assert preview([one, two], stored).counts[State.UNCHANGED] == 2


def test_equal_rows_of_a_table_without_ids_are_one_concept() -> None:
    row = Concept("entry-1", terms=(Term("", "en", "seal"), Term("", "zh", "印章")))
    assert len(preview([row, replace(row, id="entry-2", note="n")], []).items) == 1


_CHOICES = st.sampled_from([None, *Choice])


@settings(max_examples=60, deadline=None)
@given(
    existing=glossaries("tbx", ()),
    incoming=glossaries("tbx", ()),
    shared=st.booleans(),
    known=st.booleans(),
    choice=_CHOICES,
)
def test_importing_the_same_again_with_the_same_choice_changes_nothing(
    existing: tuple[Concept, ...], incoming: tuple[Concept, ...], shared: bool, known: bool, choice: Choice | None
) -> None:
    now = tuple(replace(one, id=f"c{k}", version=1) for k, one in enumerate(existing))
    if known:
        incoming = tuple(replace(one, id=str(k), origins=(("a.tbx", str(k)),)) for k, one in enumerate(incoming))
    if shared:
        incoming = (*incoming, replace(existing[0], note="another note"))

    def imported(before: tuple[Concept, ...]) -> tuple[Concept, ...]:
        plan = preview(incoming, before)
        choices = {item.number: choice for item in plan.items if choice and item.state is State.CONFLICT}
        return _stored(before, apply(plan, choices))

    once = imported(now)
    assert imported(once) == once
