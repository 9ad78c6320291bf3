"""The glossary keeps what it is given and lets nobody overwrite another: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import store_databases
from glossary_made_up import concept, plain, rich, term

from glossary.comparing import alike, three_way
from glossary.concepts import Concept, Definition, Usage, Workflow
from glossary.errors import GlossaryError, NotAllowedError, NotInGlossaryError, StaleEditError
from glossary.glossary import Glossary
from glossary.planning import deciding
from glossary.reading import Query
from glossary.rules import Role
from search.errors import CorpusError

CANDIDATE, PROPOSED, IN_REVIEW = Workflow.CANDIDATE, Workflow.PROPOSED, Workflow.IN_REVIEW
APPROVED, REJECTED = Workflow.APPROVED, Workflow.REJECTED


@pytest.fixture(params=store_databases.KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return store_databases.place(request.param, tmp_path)


@pytest.fixture
def glossary(place: str) -> Iterator[Glossary]:
    with Glossary.open(place, "anna") as opened:
        yield opened
        assert opened.verify() == ()


@pytest.fixture
def other(glossary: Glossary, place: str) -> Iterator[Glossary]:
    with Glossary.open(place, "bob") as opened:
        yield opened


def approved(glossary: Glossary, *texts: str) -> Concept:
    made = glossary.propose(concept(*texts))
    glossary.approve(made)
    return glossary.find(made.id)


def statuses(found: Concept) -> dict[str, str]:
    return {language: str(status) for language, status in found.workflow.items()}


def test_a_concept_comes_back_as_it_was_given(glossary: Glossary) -> None:
    (event,) = glossary.add([rich()], "from a made-up file")
    found = glossary.find("c1")
    assert (found.id, found.version, [one.id for one in found.terms]) == ("c1", 1, ["t1", "t2"])
    assert plain(found) == rich()
    assert (event.user, event.role, event.action, event.reason) == (
        "anna",
        "administrator",
        "add",
        "from a made-up file",
    )
    assert (event.before, event.after, event.batch) == (None, found, event.id)
    assert glossary.history("c1") == (event,)


def test_it_is_there_when_the_glossary_is_opened_again(place: str) -> None:
    with Glossary.open(place, "anna") as first:
        made = first.propose(concept("观测站", "station"))
    with Glossary.open(place, read_only=True) as second:
        assert second.list() == (made,)
        with pytest.raises(CorpusError, match="opened for reading only"):
            second.propose(concept("水"))


def test_a_concept_is_found_by_its_id_and_by_its_words(glossary: Glossary) -> None:
    made = glossary.propose(concept("聯合國", "United Nations"))
    for which in ("c1", "C1", "联合国", "united nations", "United  Nations"):
        assert glossary.find(which) == made
    with pytest.raises(NotInGlossaryError, match="there is no concept or term “c2” in the glossary"):
        glossary.find("c2")
    glossary.propose(concept("united nations"))
    with pytest.raises(NotInGlossaryError, match=r"a term of 2 concepts \(c1, c2\)"):
        glossary.find("United Nations")


def test_concepts_are_listed_by_text_status_language_usage_and_subject(glossary: Glossary) -> None:
    glossary.add([concept("观测站网", "network of 100% stations", subject="Hydrology"), concept("观测站", "a_station")])
    glossary.approve(glossary.find("c2"), ["en"])

    def ids(query: Query) -> list[str]:
        assert glossary.count(query) == len(glossary.list(query))
        return [one.id for one in glossary.list(query)]

    assert ids(Query(text="觀測站")) == ["c2", "c1"]
    assert ids(Query(text="100%")) == ["c1"]
    assert ids(Query(text="a_s")) == ["c2"]
    assert ids(Query(status=APPROVED)) == ids(Query(status=APPROVED, language="en")) == ["c2"]
    assert ids(Query(status=CANDIDATE)) == ["c1", "c2"]
    assert ids(Query(status=APPROVED, language="zh")) == []
    assert ids(Query(usage=Usage.PREFERRED)) == ["c2"]
    assert ids(Query(subject="hydrology")) == ["c1"]
    assert [one.id for one in glossary.search("station", "en", limit=1)] == ["c2"]


def test_approval_makes_the_only_usable_term_the_preferred_one(glossary: Glossary) -> None:
    made = glossary.propose(concept("观测站", "站", "station"))
    plan = deciding([made], APPROVED)
    assert plan.notes == ("c1 (观测站) has several terms in zh and none is preferred; choose with “edit --prefer”.",)
    glossary.carry_out(plan)
    found = glossary.find("c1")
    assert [str(one.usage) for one in found.terms] == ["", "", "preferred"]
    assert statuses(found) == {"zh": "approved", "en": "approved"}


def test_an_edit_of_what_is_approved_reopens_it_in_that_language_only(glossary: Glossary) -> None:
    found = approved(glossary, "观测站", "station")
    changed = glossary.save(replace(found, terms=(*found.terms, term("observing station"))))
    assert statuses(changed) == {"zh": "approved", "en": "in-review"}
    defined = glossary.save(replace(changed, definitions=(Definition("zh", "看水的地方"),)))
    assert statuses(defined) == {"zh": "in-review", "en": "in-review"}


def test_an_edit_of_subject_or_note_reopens_all_languages_and_evidence_none(glossary: Glossary) -> None:
    found = approved(glossary, "观测站", "station")
    evidence = rich().terms[0].evidence
    first = replace(found.terms[0], evidence=evidence)
    found = glossary.save(replace(found, terms=(first, found.terms[1]), origins=(("a.tbx", "1"),)))
    assert (statuses(found), found.version) == ({"zh": "approved", "en": "approved"}, 3)
    assert statuses(glossary.save(replace(found, note="see also"))) == {"zh": "in-review", "en": "in-review"}


def test_an_approved_language_has_one_preferred_term_at_most(glossary: Glossary) -> None:
    two = Concept("", terms=(term("站", usage=Usage.PREFERRED), term("台", usage=Usage.PREFERRED)))
    made = glossary.propose(two)
    with pytest.raises(GlossaryError, match=r"c1 \(站\) has 2 preferred terms in zh \(站; 台\)"):
        glossary.approve(made)
    assert glossary.find("c1") == made


def test_decisions_follow_one_another_by_the_table(glossary: Glossary) -> None:
    made = glossary.propose(concept("站", "station"))
    with pytest.raises(GlossaryError, match=r"^c1 \(站\) is proposed in zh and cannot become retired; it can become"):
        glossary.retire(made)
    glossary.reject(made, ["zh"], "too short")
    assert statuses(glossary.find("c1")) == {"zh": "rejected", "en": "proposed"}
    with pytest.raises(GlossaryError, match=r"^c1 \(站\) has no term in fr; add one before deciding about it.$"):
        glossary.approve(glossary.find("c1"), ["fr"])


def test_saving_what_is_already_so_changes_nothing(glossary: Glossary) -> None:
    found = approved(glossary, "站", "station")
    assert glossary.save(found) == found
    assert glossary.approve(found) == ()
    assert len(glossary.history()) == 2


# two people at once


def test_a_stale_edit_overwrites_nothing_and_shows_both_versions(glossary: Glossary, other: Glossary) -> None:
    read = glossary.propose(concept("站", "station"))
    theirs = other.save(replace(read, subject="hydrology"))
    mine = replace(read, note="mine")
    with pytest.raises(StaleEditError, match="changed by bob since you read version 1: it is now version 2") as caught:
        glossary.save(mine)
    assert (caught.value.base, caught.value.mine, caught.value.theirs) == (read, mine, theirs)
    assert glossary.find("c1") == theirs
    merged = three_way(read, mine, theirs)
    assert merged.conflicts == ()
    saved = glossary.save(merged.concept)
    assert (saved.subject, saved.note, saved.version) == ("hydrology", "mine", 3)


def test_a_plan_made_before_someone_elses_change_is_not_carried_out(glossary: Glossary, other: Glossary) -> None:
    first, second = (glossary.propose(concept(text)) for text in ("站", "台"))
    plan = deciding([first, second], APPROVED)
    other.reject(second)
    with pytest.raises(StaleEditError, match=r"^c2 \(台\) was read as version 1, and bob has changed it meanwhile"):
        glossary.carry_out(plan)
    assert statuses(glossary.find("c1")) == {"zh": "proposed"}


def test_a_concept_that_went_meanwhile_is_not_brought_back_by_an_edit(glossary: Glossary, other: Glossary) -> None:
    first, second = (glossary.propose(concept(text)) for text in ("站", "台"))
    other.merge(first, [second])
    with pytest.raises(StaleEditError, match=r"^c2 \(台\) is gone since you read it"):
        glossary.save(replace(second, note="late"))
    assert [one.id for one in glossary.list()] == ["c1"]


# merging and splitting


def test_merging_keeps_every_term_once_and_undo_brings_both_back(glossary: Glossary) -> None:
    first, second = approved(glossary, "站", "station"), approved(glossary, "台", "station")
    merged = glossary.merge(first, [second], "the same")
    assert [(one.text, str(one.usage)) for one in merged.terms] == [
        ("站", "preferred"),
        ("station", "preferred"),
        ("台", "admitted"),
    ]
    assert statuses(merged) == {"zh": "in-review", "en": "approved"}
    with pytest.raises(
        NotInGlossaryError, match=r"^c2 was merged into c1 by anna on .*glossary undo 6” brings it back"
    ):
        glossary.find("c2")
    glossary.undo()
    assert [alike(glossary.find(one.id), one) for one in (first, second)] == [True, True]


def test_merging_what_has_nothing_more_only_takes_the_other_away(glossary: Glossary) -> None:
    first, second = glossary.propose(concept("站")), glossary.propose(concept("站"))
    assert glossary.merge(first, [second]) == first
    assert glossary.list() == (first,)


def test_merging_a_concept_with_itself_or_nothing_is_refused(glossary: Glossary) -> None:
    made = glossary.propose(concept("站"))
    for others in ([], [made]):
        with pytest.raises(GlossaryError, match="at least two concepts to merge"):
            glossary.merge(made, others)


def test_splitting_moves_terms_to_a_new_concept_and_reopens_both(glossary: Glossary) -> None:
    found = approved(glossary, "站", "station")
    found = glossary.save(replace(found, subject="hydrology", terms=(*found.terms, term("post", usage=Usage.ADMITTED))))
    glossary.approve(found)
    left, new = glossary.split(glossary.find("c1"), ["t3"])
    assert ([one.text for one in left.terms], statuses(left)) == (
        ["站", "station"],
        {"zh": "approved", "en": "in-review"},
    )
    assert ([one.text for one in new.terms], new.id, new.subject, statuses(new)) == (
        ["post"],
        "c2",
        "hydrology",
        {"en": "in-review"},
    )
    for terms in ([], ["t1", "t2"], ["t9"]):
        with pytest.raises(GlossaryError):
            glossary.split(left, terms)
    glossary.undo()
    assert [one.id for one in glossary.list()] == ["c1"]
    assert len(glossary.find("c1").terms) == 3


# taking back


def test_undo_goes_back_change_by_change_and_undoing_an_undo_does_it_again(glossary: Glossary) -> None:
    made = glossary.propose(concept("站", "station"))
    glossary.approve(made)
    edited = glossary.save(replace(glossary.find("c1"), note="x"))
    (taken,) = glossary.undo()
    assert statuses(glossary.find("c1")) == {"zh": "approved", "en": "approved"}
    glossary.undo(taken.id)
    assert alike(glossary.find("c1"), edited)
    for _ in range(3):
        glossary.undo()
    assert glossary.list() == ()
    with pytest.raises(GlossaryError, match="no change by anna that still holds"):
        glossary.undo()


def test_a_bulk_decision_is_taken_back_at_once_or_one_by_one(glossary: Glossary) -> None:
    glossary.add([concept(text) for text in ("站", "台", "所")])
    events = glossary.decide(glossary.list(), APPROVED, reason="all of them")
    assert {event.batch for event in events} == {events[0].id}
    glossary.undo(events[1].id, only=True)
    assert [statuses(one) for one in glossary.list()] == [{"zh": "approved"}, {"zh": "candidate"}, {"zh": "approved"}]
    with pytest.raises(GlossaryError, match=r"^event 5 was taken back by event 7 already; undo that one"):
        glossary.undo(events[0].id)


def test_undo_leaves_what_was_changed_since_elsewhere_and_refuses_where_both_touch(glossary: Glossary) -> None:
    made = glossary.propose(concept("站", "station"))
    noted = glossary.save(replace(made, note="first"))
    glossary.save(replace(noted, subject="hydrology"))
    glossary.undo(2)
    assert (glossary.find("c1").note, glossary.find("c1").subject) == ("", "hydrology")
    glossary.undo(4)
    glossary.save(replace(glossary.find("c1"), note="second"))
    with pytest.raises(GlossaryError, match=r"changed in the same places since event 2|taken back by event"):
        glossary.undo(2)
    with pytest.raises(
        GlossaryError, match=r"^c1 \(站\) has been changed since event 1; undo what was done later first"
    ):
        glossary.undo(1)


def test_any_former_version_is_restored_even_of_a_concept_that_is_gone(glossary: Glossary) -> None:
    made = glossary.propose(concept("站", "station"))
    glossary.approve(made)
    other = glossary.propose(concept("台"))
    glossary.merge(glossary.find("c1"), [other])
    assert alike(glossary.restore("c1", 1), made)
    assert alike(glossary.restore("c2", 1), other)
    with pytest.raises(NotInGlossaryError, match=r"^c1 has no version 9; “duizhao glossary history c1” lists them.$"):
        glossary.restore("c1", 9)


def test_a_term_that_moved_away_gets_a_new_id_where_an_old_version_is_restored(glossary: Glossary) -> None:
    glossary.propose(concept("站", "station"))
    glossary.split(glossary.find("c1"), ["t1"])
    assert [one.id for one in glossary.restore("c1", 1).terms] == ["t3", "t2"]


# people


def test_everyone_is_an_administrator_until_roles_are_given(glossary: Glossary, other: Glossary) -> None:
    assert (glossary.role, other.role) == (Role.ADMINISTRATOR, Role.ADMINISTRATOR)
    assert glossary.set_role("bob", Role.READER) is True
    assert (glossary.role, other.role) == (Role.ADMINISTRATOR, Role.READER)
    assert glossary.roles().given == {"anna": Role.ADMINISTRATOR, "bob": Role.READER}
    with pytest.raises(GlossaryError, match="anna is the only administrator"):
        glossary.set_role("anna", Role.TRANSLATOR)


def test_roles_say_who_may_suggest_and_who_may_decide(glossary: Glossary, place: str) -> None:
    made = glossary.propose(concept("站", "station"))
    glossary.set_role("rita", Role.READER)
    with Glossary.open(place, "rita") as reader:
        with pytest.raises(NotAllowedError, match=r"^rita is a reader and may not suggest here .*; ask a translator.$"):
            reader.propose(concept("台"))
        with pytest.raises(NotAllowedError, match="rita is a reader and may not comment"):
            reader.comment("c1", "hm")
    with Glossary.open(place, "tom") as translator:
        assert translator.role is Role.TRANSLATOR
        own = translator.propose(concept("台"))
        own = translator.save(replace(own, note="from a letter"))
        translator.comment("c1", "rather 台")
        for refused in (
            lambda: translator.approve(made),
            lambda: translator.merge(made, [own]),
            lambda: translator.set_role("tom", Role.ADMINISTRATOR),
            lambda: translator.add([replace(concept("所"), workflow={"zh": APPROVED})]),
            lambda: translator.undo(1),
        ):
            with pytest.raises(NotAllowedError, match="tom is a translator and may not"):
                refused()
        translator.undo()
        translator.undo()
        assert [one.id for one in translator.list()] == ["c1"]
    glossary.approve(made)
    with (
        Glossary.open(place, "tom") as translator,
        pytest.raises(NotAllowedError, match=r"may not decide here \(c1 \(站\)\); ask a terminologist.$"),
    ):
        translator.save(replace(glossary.find("c1"), note="mine"))


def test_a_comment_stands_in_the_history_and_makes_no_edit_stale(glossary: Glossary, other: Glossary) -> None:
    made = glossary.propose(concept("站"))
    other.comment("站", " rather 台 ")
    assert [(one.action, one.user, one.reason) for one in glossary.history("c1")] == [
        ("propose", "anna", ""),
        ("comment", "bob", "rather 台"),
    ]
    assert glossary.save(replace(made, note="seen")).version == 2
    with pytest.raises(GlossaryError, match=r"^event 2 is a comment, which changed no concept; write another comment"):
        other.undo(2)


# bad input


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (Concept(""), "the concept “” has no term; a concept needs at least one"),
        (concept(" "), "has an empty term in en"),
        (concept("一\n二"), "has a line break or control character in"),
        (concept("x" * 2001), "has a term of 2001 characters in en; shorten it to 2000 at most"),
        (Concept("", terms=(term("站", "Chinese!"),)), "has a term in “Chinese!”, which is no code of a language"),
    ],
)
def test_what_cannot_be_stored_is_refused_in_a_sentence(glossary: Glossary, bad: Concept, sentence: str) -> None:
    with pytest.raises(GlossaryError, match=sentence) as caught:
        glossary.propose(bad)
    assert "\n" not in str(caught.value)
    assert glossary.history() == ()


def test_a_span_outside_its_text_is_refused(glossary: Glossary) -> None:
    given = rich()
    wrong = replace(given.terms[0].evidence[0], en_span=(4, 400))
    first = replace(given.terms[0], evidence=(wrong,))
    with pytest.raises(GlossaryError, match="in pair 7 marks characters 4 to 400 of a text of 30"):
        glossary.add([replace(given, terms=(first, given.terms[1]))])


def test_new_and_changed_concepts_are_stored_in_one_change(glossary: Glossary) -> None:
    made = glossary.propose(concept("站"))
    events = glossary.save_all([concept("台"), replace(made, note="x"), concept("所")], "a file")
    assert [(event.concept, event.version, event.action) for event in events] == [
        ("c2", 1, "import"),
        ("c3", 1, "import"),
        ("c1", 2, "import"),
    ]
    glossary.undo()
    assert [(one.id, one.note) for one in glossary.list()] == [("c1", "")]
    with pytest.raises(GlossaryError, match="c1 is named twice in one change"):
        glossary.save_all([replace(glossary.find("c1"), note="a"), replace(glossary.find("c1"), note="b")])
