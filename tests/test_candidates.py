"""From extracted candidates to the review queue: what is new, what comes back, what decisions teach, what is kept."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from glossary_made_up import concept
from lookup_made_up import add
from sqlalchemy import text

from glossary.candidates.figures import Figures, candidates_in, pair_key
from glossary.candidates.journal import KEPT, FileJournal, journal_of
from glossary.candidates.learning import Decision, decisions, learn, reorder
from glossary.candidates.look_ups import KeptLookUps
from glossary.candidates.queue import Sorted, Standing, queue, sort_out, store
from glossary.concepts import Concept, Evidence, Workflow
from glossary.extraction.candidates import Candidate, Competitor, EvidencePair
from glossary.extraction.renderings import Looked
from glossary.glossary import Glossary
from glossary.rules import Role
from search.corpus import Corpus
from search.locating.locator import Located
from search.records import Filters

HELD = ("{}每小时报告水位。", "The {} reports the level every hour.")
RAINY = ("工作人员修理{}。", "Staff repair the {}.")
DRY = ("{}关闭了。", "The {} has been closed.")
STATION = ("观测站", "observing station")
FRAMES = (HELD, RAINY, DRY)


def pairs(zh: str = STATION[0], en: str = STATION[1], count: int = 3) -> list[tuple[str, str]]:
    """Pairs that hold a pair of terms, each different."""
    chosen = itertools.islice(itertools.cycle(FRAMES), count)
    return [(f"{k}号{a.format(zh)}", f"No. {k}: {b.format(en)}") for k, (a, b) in enumerate(chosen)]


def candidate(zh: str = STATION[0], en: str = STATION[1], score: float = 0.8, **more: object) -> Candidate:
    values = {"frequency": 3, "zh_frequency": 4, "pairs": 3, "association": 12.5, "share": 0.75, "evidence": ()}
    return Candidate(zh, en, score=score, **{**values, **more})  # type: ignore[arg-type]


def shown(corpus: Corpus, zh: str = STATION[0], en: str = STATION[1]) -> tuple[EvidencePair, ...]:
    """The evidence that an extraction would give."""
    found = []
    for pair in corpus.containing(en, "en"):
        spans = [
            (words.index(one), words.index(one) + len(one))
            for words, one in ((pair.record.zh_text, zh), (pair.record.en_text, en))
        ]
        found.append(EvidencePair(str(pair.id), *spans))
    return tuple(found)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "corpus.sqlite") as opened:
        add(opened, pairs(), "A/RES/70/1")
        yield opened


@pytest.fixture
def glossary(corpus: Corpus) -> Glossary:
    return Glossary(corpus.database, "anna")


def standing(glossary: Glossary, corpus: Corpus, *given: Candidate) -> list[tuple[Standing, str, str]]:
    return [(one.standing, one.concept, one.why) for one in sort_out(glossary, corpus, given)]


def stored(glossary: Glossary, corpus: Corpus, *given: Candidate) -> list[Concept]:
    done = store(glossary, corpus, sort_out(glossary, corpus, given), "made:up", "first look")
    return [event.after for event in done.events if event.after is not None]


def long_ago(corpus: Corpus) -> None:
    """Let all that was stored so far have been stored a year earlier."""
    with corpus.database.writing() as connection:
        connection.execute(text("UPDATE documents SET changed = '2020-01-01T00:00:00+00:00'"))


# what the glossary has


def test_a_pair_of_terms_is_known_however_it_is_written(glossary: Glossary, corpus: Corpus) -> None:
    glossary.add([concept("觀測站", "the Observing Stations")])
    assert standing(glossary, corpus, candidate()) == [(Standing.KNOWN, "c1", "")]


def test_what_the_glossary_has_for_one_side_is_told_with_its_status(glossary: Glossary, corpus: Corpus) -> None:
    glossary.add(
        [concept("测站", "observing stations"), concept("观测站", "lookout", "watch post"), concept("站", "halt")]
    )
    glossary.approve(glossary.find("c2"), ["en"])
    (found,) = sort_out(glossary, corpus, [candidate()])
    assert (found.standing, [has.sentence for has in found.has]) == (
        Standing.PARTLY,
        ["c2 has lookout / watch post for 观测站 (approved)", "c1 has 测站 for observing stations (candidate)"],
    )


def test_a_term_without_the_other_language_is_told_of_too(glossary: Glossary, corpus: Corpus) -> None:
    glossary.add([concept("observing station")])
    (found,) = sort_out(glossary, corpus, [candidate()])
    assert [has.sentence for has in found.has] == [
        "c1 has observing station, and nothing in the other language (candidate)"
    ]


def test_what_an_editor_has_reworded_is_known_by_the_words_it_was_found_with(
    glossary: Glossary, corpus: Corpus
) -> None:
    (made,) = stored(glossary, corpus, candidate())
    glossary.save(replace(made, terms=tuple(replace(one, text=f"{one.text} 1") for one in made.terms)))
    assert standing(glossary, corpus, candidate()) == [(Standing.KNOWN, "c1", "")]


def test_a_candidate_that_is_new_is_new(glossary: Glossary, corpus: Corpus) -> None:
    glossary.add([concept("测站", "gauge")])
    assert sort_out(glossary, corpus, [candidate()]) == (Sorted(candidate(), Standing.NEW, 0.8),)


# storing


def test_a_stored_candidate_has_its_terms_evidence_and_figures(glossary: Glossary, corpus: Corpus) -> None:
    evidence = shown(corpus)
    rivals = (Competitor("测站", 2), Competitor("观察站", 1))
    given = candidate(evidence=evidence, competitors=rivals)
    (made,) = stored(glossary, corpus, given)
    first = corpus.pair(int(evidence[0].pair_id))
    assert [(one.language, one.text, len(one.evidence)) for one in made.terms] == [
        ("zh", "观测站", 3),
        ("en", "observing station", 3),
    ]
    assert made.terms[0].evidence[0] == Evidence(
        first.id, "A/RES/70/1", first.record.zh_text, first.record.en_text, (2, 5), (11, 28)
    )
    assert made.workflow == {"zh": Workflow.CANDIDATE, "en": Workflow.CANDIDATE}
    assert Figures.kept_with(made) == Figures.of(given, "made:up", corpus.state, corpus.name)
    assert [(one.name, one.value) for one in made.extras if one.kind == "extraction"] == [
        ("candidate", "observing station"),
        ("score", "0.8"),
        ("association", "12.5"),
        ("share", "0.75"),
        ("frequency", "3"),
        ("zh_frequency", "4"),
        ("pairs", "3"),
        ("state", str(corpus.state)),
        ("signature", "made:up"),
        ("competitor", "测站"),
        ("competitor", "观察站"),
    ]


def test_all_are_stored_in_one_change_with_one_undo(glossary: Glossary, corpus: Corpus) -> None:
    stored(glossary, corpus, candidate(), candidate("水位", "level"))
    events = glossary.history()
    assert [(event.action, event.reason, event.batch) for event in events] == [("extract", "first look", 1)] * 2
    glossary.undo()
    assert glossary.list() == ()


def test_a_second_run_stores_nothing_new(glossary: Glossary, corpus: Corpus) -> None:
    given = [candidate(), candidate("水位", "level")]
    stored(glossary, corpus, *given)
    assert stored(glossary, corpus, *given) == []
    assert len(glossary.history()) == 2


def test_what_someone_has_entered_meanwhile_is_not_stored_twice(glossary: Glossary, corpus: Corpus) -> None:
    chosen = sort_out(glossary, corpus, [candidate()])
    glossary.add([concept(*STATION)])
    assert store(glossary, corpus, chosen).events == ()


def test_evidence_whose_text_has_changed_is_left_out(glossary: Glossary, corpus: Corpus) -> None:
    (pair, *_) = shown(corpus)
    wrong = (replace(pair, zh_span=(90, 93)), replace(pair, pair_id="999"), replace(pair, pair_id="x"))
    (made,) = stored(glossary, corpus, candidate(evidence=wrong))
    assert [one.evidence for one in made.terms] == [(), ()]


def test_figures_that_cannot_be_read_are_none(glossary: Glossary, corpus: Corpus) -> None:
    (made,) = stored(glossary, corpus, candidate())
    broken = tuple(replace(one, value="nan") if one.name == "score" else one for one in made.extras)
    assert Figures.kept_with(replace(made, extras=broken)) is None
    assert Figures.kept_with(concept("观测站")) is None


def test_great_numbers_are_kept_whole(glossary: Glossary, corpus: Corpus) -> None:
    (made,) = stored(glossary, corpus, candidate(frequency=12_345_678))
    known = Figures.kept_with(made)
    assert known is not None
    assert known.frequency == 12_345_678


def test_merged_candidates_are_both_known(glossary: Glossary, corpus: Corpus) -> None:
    first, second = stored(glossary, corpus, candidate(), candidate("测站", score=0.4))
    merged = glossary.merge(first, [second])
    assert candidates_in(merged) == [STATION, ("测站", "observing station")]
    assert Figures.kept_with(merged) == Figures.of(candidate(), "made:up", corpus.state, corpus.name)
    assert {standing for standing, _, _ in standing_of(glossary, corpus)} == {Standing.KNOWN}


def standing_of(glossary: Glossary, corpus: Corpus) -> list[tuple[Standing, str, str]]:
    return standing(glossary, corpus, candidate(), candidate("测站"))


# rejected once


def rejected(glossary: Glossary, corpus: Corpus) -> None:
    (made,) = stored(glossary, corpus, candidate(evidence=shown(corpus)))
    glossary.reject(made, reason="too plain")


def test_what_was_rejected_does_not_come_back(glossary: Glossary, corpus: Corpus) -> None:
    rejected(glossary, corpus)
    add(corpus, pairs("水位", "level"), "A/RES/71/1", "2016-01-01")  # other words
    add(corpus, [("别的测站。", "Another observing station.")], "A/RES/71/2", "2016-01-01")  # another rendering
    add(corpus, [("又一个观测站。", "One more observing station.")], "A/RES/71/3", "2016-01-01")  # too little
    assert standing(glossary, corpus, candidate()) == [(Standing.REJECTED, "c1", "")]
    assert stored(glossary, corpus, candidate()) == []


def today(glossary: Glossary) -> str:
    return glossary.history()[-1].time[:10]


def test_twice_the_pairs_bring_it_back_and_say_so(glossary: Glossary, corpus: Corpus) -> None:
    rejected(glossary, corpus)
    add(corpus, pairs(count=6)[3:], "A/RES/71/1", "2016-01-01")
    why = f"rejected by anna on {today(glossary)} (“too plain”); 3 pairs showed it then, 6 do now"
    assert standing(glossary, corpus, candidate()) == [(Standing.BACK, "c1", why)]


@pytest.mark.parametrize(
    ("symbol", "body", "where"),
    [("A/RES/71/1", "Council", "of the body Council"), ("A/71/1", "General Assembly", "of the type other")],
)
def test_another_body_or_type_of_document_brings_it_back(
    glossary: Glossary, corpus: Corpus, symbol: str, body: str, where: str
) -> None:
    rejected(glossary, corpus)
    add(corpus, [("又一个观测站。", "One more observing station.")], symbol, "2016-01-01", body=body)
    why = f"rejected by anna on {today(glossary)} (“too plain”); since then it stands in documents {where} too"
    assert standing(glossary, corpus, candidate()) == [(Standing.BACK, "c1", why)]


def test_what_comes_back_is_a_candidate_again_with_what_is_known_now(glossary: Glossary, corpus: Corpus) -> None:
    rejected(glossary, corpus)
    add(corpus, pairs(count=6)[3:], "A/RES/71/1", "2016-01-01")
    (again,) = stored(glossary, corpus, candidate(evidence=shown(corpus), pairs=6, score=0.9))
    assert (again.id, again.version, dict(again.workflow)) == (
        "c1",
        3,
        {"zh": Workflow.CANDIDATE, "en": Workflow.CANDIDATE},
    )
    assert [len(one.evidence) for one in again.terms] == [6, 6]
    known = Figures.kept_with(again)
    assert known is not None
    assert (known.score, known.pairs, known.state) == (0.9, 6, corpus.state)
    glossary.undo()
    assert glossary.find("c1").workflow == {"zh": Workflow.REJECTED, "en": Workflow.REJECTED}


def test_what_is_rejected_again_needs_as_much_again(glossary: Glossary, corpus: Corpus) -> None:
    rejected(glossary, corpus)
    add(corpus, pairs(count=6)[3:], "A/RES/71/1", "2016-01-01")
    (again,) = stored(glossary, corpus, candidate())
    glossary.reject(again)
    add(corpus, pairs(count=9)[6:], "A/RES/72/1", "2017-01-01")
    assert standing(glossary, corpus, candidate()) == [(Standing.REJECTED, "c1", "")]


def test_a_rejection_of_what_no_extraction_found_counts_from_its_day(glossary: Glossary, corpus: Corpus) -> None:
    long_ago(corpus)
    glossary.add([concept(*STATION)])
    glossary.reject(glossary.find("c1"))
    assert standing(glossary, corpus, candidate()) == [(Standing.REJECTED, "c1", "")]
    add(corpus, pairs(count=6)[3:], "A/RES/71/1", "2016-01-01")
    why = f"rejected by anna on {today(glossary)}; 3 pairs showed it then, 6 do now"
    assert standing(glossary, corpus, candidate()) == [(Standing.BACK, "c1", why)]


def test_a_merged_concept_comes_back_once_and_all_it_was_made_of_stays_known(
    glossary: Glossary, corpus: Corpus
) -> None:
    both = [candidate(), candidate("报告", "reports")]
    first, second = stored(glossary, corpus, *both)
    glossary.reject(glossary.merge(first, [second]))
    add(corpus, [(f"{k}.观测站每天报告。", f"{k}. The observing station reports.") for k in range(3)], "A/RES/71/1")
    given = sort_out(glossary, corpus, both)
    assert [(one.standing, one.concept) for one in given] == [(Standing.BACK, "c1")] * 2
    (again,) = stored(glossary, corpus, *both)
    assert candidates_in(again) == [STATION, ("报告", "reports")]
    assert [one for one, _, _ in standing(glossary, corpus, *both)] == [Standing.KNOWN] * 2


def test_the_state_of_another_corpus_says_nothing_of_this_one(glossary: Glossary, corpus: Corpus) -> None:
    long_ago(corpus)
    elsewhere = Figures.of(candidate(), "made:up", 900, "another corpus").extras()
    glossary.add([replace(concept(*STATION), extras=elsewhere)])
    glossary.reject(glossary.find("c1"))
    add(corpus, pairs(count=6)[3:], "A/RES/71/1", "2016-01-01")
    assert [one for one, _, _ in standing(glossary, corpus, candidate())] == [Standing.BACK]


def test_a_pair_that_another_concept_keeps_is_known_though_one_was_rejected(glossary: Glossary, corpus: Corpus) -> None:
    rejected(glossary, corpus)
    glossary.add([concept(*STATION)])
    assert standing(glossary, corpus, candidate()) == [(Standing.KNOWN, "c2", "")]


def test_a_translator_stores_what_is_new_but_reconsiders_nothing(glossary: Glossary, corpus: Corpus) -> None:
    rejected(glossary, corpus)
    add(corpus, pairs(count=6)[3:], "A/RES/71/1", "2016-01-01")
    glossary.set_role("anna", Role.ADMINISTRATOR)
    glossary.set_role("ben", Role.TRANSLATOR)
    ben = replace(glossary, user="ben")
    done = store(ben, corpus, sort_out(ben, corpus, [candidate(), candidate("水位", "level")]))
    assert [event.concept for event in done.events] == ["c2"]
    assert [one.concept for one in done.held_back] == ["c1"]


# the queue


def test_the_queue_has_the_likeliest_first_and_by_hand_last(glossary: Glossary, corpus: Corpus) -> None:
    glossary.add([concept("手", "hand")])
    stored(glossary, corpus, candidate("甲", "one", 0.3), candidate("乙", "two", 0.9), candidate("丙", "three", 0.5))
    glossary.approve(glossary.find("three"))
    glossary.propose(concept("丁", "four"))
    assert [(one.concept.id, one.score, one.figures is None) for one in queue(glossary)] == [
        ("c2", 0.9, False),
        ("c4", 0.3, False),
        ("c1", None, True),
    ]


def test_what_is_rejected_in_one_language_waits_no_longer(glossary: Glossary, corpus: Corpus) -> None:
    (made,) = stored(glossary, corpus, candidate())
    glossary.reject(made, ["zh"])
    assert queue(glossary) == ()


# learning


def figures(number: int, en: str, score: float = 0.5) -> Figures:
    return Figures.of(candidate(f"词{number}", en, score))


def taught(count: int) -> list[Decision]:
    """Somebody who takes names of several words, and no single words."""
    return [
        Decision(figures(k, f"Committee Number{k}" if k % 2 else f"word{k}", 0.3 + 0.4 * (k % 7) / 7), bool(k % 2))
        for k in range(count)
    ]


def test_without_decisions_nothing_changes() -> None:
    given = [figures(k, f"term {k}", score) for k, score in enumerate((0.9, 0.1, 0.5))]
    assert learn([]).scores(given) == pytest.approx([0.9, 0.1, 0.5], abs=1e-12)
    assert learn([]).scores([]) == []


def test_twenty_decisions_hardly_change_a_score_and_hundreds_do() -> None:
    few, many = learn(taught(20)), learn(taught(300))
    word, name = figures(1, "apple"), figures(2, "Bureau Member")
    (low, high), (lower, higher) = few.scores([word, name]), many.scores([word, name])
    assert 0.3 < low < 0.5 < high < 0.7  # though they agree without exception
    assert lower < 0.2 < 0.8 < higher


def test_candidates_are_reordered_by_what_was_decided() -> None:
    given = [candidate("苹果", "apple", 0.55), candidate("局", "Bureau Member", 0.5), candidate("梨", "pear", 0.45)]
    assert reorder(given, []) == tuple(given)
    assert [one.en for one in reorder(given, taught(300))] == ["Bureau Member", "apple", "pear"]


def test_decisions_of_one_kind_only_keep_the_order() -> None:
    given = [figures(k, f"term {chr(97 + k)}", score) for k, score in enumerate((0.9, 0.6, 0.2))]
    refused = [Decision(figures(k, f"term {k}"), False) for k in range(50)]
    scores = learn(refused).scores(given)
    assert np.argsort(scores).tolist() == [2, 1, 0]
    assert np.isfinite(scores).all()


def test_scores_at_the_ends_of_the_scale_stay_numbers() -> None:
    ends = [Decision(figures(k, "", float(k % 2)), not k % 2) for k in range(40)]
    assert all(0.0 <= one <= 1.0 for one in learn(ends).scores([figures(1, "", 0.0), figures(2, "", 1.0)]))


def test_decisions_are_read_from_the_glossary(glossary: Glossary, corpus: Corpus) -> None:
    made = stored(glossary, corpus, *(candidate(f"词{k}", f"term number{k}", 0.9 - k / 10) for k in range(4)))
    glossary.approve(made[0])
    glossary.approve(made[1], ["zh"])
    glossary.reject(made[2], ["en"])
    glossary.add([replace(concept("手", "hand"), workflow={"zh": Workflow.APPROVED, "en": Workflow.APPROVED})])
    found = decisions(glossary.concepts())
    assert [(one.figures.en, one.taken) for one in found] == [("term number0", True), ("term number2", False)]


def test_the_queue_follows_what_was_learnt(glossary: Glossary, corpus: Corpus) -> None:
    stored(glossary, corpus, candidate("苹果", "apple", 0.55), candidate("局", "Bureau Member", 0.5))
    assert [one.concept.id for one in queue(glossary)] == ["c1", "c2"]
    assert [one.concept.id for one in queue(glossary, learn(taught(300)))] == ["c2", "c1"]


# the journal

RESULTS: Sequence[tuple[str, object]] = (
    ("观测站\n1", {"pairs": 2, "found": [[1, 0.1, "\ud800"]]}),
    ("b", [0.30000000000000004, None]),
)


def filled(path: Path, signature: str = "one") -> Path:
    with FileJournal(path, signature) as journal:
        for key, value in RESULTS:
            journal.put(key, value)
    return path


def kept(path: Path, signature: str = "one") -> dict[str, object]:
    with FileJournal(path, signature) as journal:
        return {key: journal.get(key) for key, _ in (*RESULTS, ("c", 0)) if journal.get(key) is not None}


def test_a_journal_gives_back_what_it_was_given(tmp_path: Path) -> None:
    assert kept(filled(tmp_path / "deep" / "a.jsonl")) == dict(RESULTS)


def test_a_journal_of_something_else_starts_anew(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.jsonl")
    assert kept(path, "two") == {}
    assert kept(path, "one") == {}


def test_a_torn_last_line_is_passed_over_wherever_it_is_torn(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.jsonl")
    whole = path.read_bytes()
    last = whole.rstrip(b"\n").rindex(b"\n") + 1
    for end in range(last, len(whole) - 1):
        path.write_bytes(whole[:end])
        assert kept(path) == dict(RESULTS[:1])
        with FileJournal(path, "one") as journal:
            journal.put("c", end)
        assert kept(path) == {**dict(RESULTS[:1]), "c": end}


def test_what_is_no_journal_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for other in (b"", b"\n\n", b"\xff\x00", b'{"journal":1}\n', b"[1]\n"):
        path.write_bytes(other)
        assert kept(path) == {}
        assert kept(filled(path)) == dict(RESULTS)
        path.unlink()


def test_a_changed_line_is_passed_over(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"pairs":2', b'"pairs":3'))
    assert kept(path) == dict(RESULTS[1:])


def test_two_journals_of_one_file_do_not_lose_each_others_results(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with FileJournal(path, "one") as first, FileJournal(path, "one") as second:
        for k in range(50):
            first.put(f"first {k}", "x" * k)
            second.put(f"second {k}", k)
        assert len(first) == 50
    with FileJournal(path, "one") as both:
        assert len(both) == 100


def test_a_journal_that_cannot_be_written_keeps_nothing_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with FileJournal(tmp_path / "file" / "a.jsonl", "one") as journal:
        journal.put("b", 1)
        assert journal.get("b") == 1


def test_each_part_of_the_corpus_has_a_journal_until_the_corpus_changes(corpus: Corpus) -> None:
    for wanted in (Filters(), Filters(body="Council")):
        with journal_of(corpus, "model@1", wanted, "sample:3") as journal:
            journal.put("a", wanted.body)
    with journal_of(corpus, "model@1", Filters(), "sample:3") as journal:
        assert journal.get("a") == ""
    with journal_of(corpus, "model@1", Filters(body="Council"), "sample:4") as journal:
        assert journal.get("a") is None
    add(corpus, pairs(count=4), "A/RES/71/1", "2016-01-01")
    with journal_of(corpus, "model@1", Filters(), "sample:3") as journal:
        assert journal.get("a") is None


def test_old_journals_are_forgotten(corpus: Corpus) -> None:
    for k in range(KEPT + 3):
        with journal_of(corpus, "model@1", Filters(body=str(k))) as journal:
            folder = journal.path.parent
    assert len(list(folder.iterdir())) == KEPT


def test_what_was_located_is_the_same_after_it_was_kept(tmp_path: Path) -> None:
    looked = Looked(4, (Located("7", ((0, 3), (9, 12)), (2, 5), "观测站", "观测站", 0.30000000000000004),))
    with FileJournal(tmp_path / "a.jsonl", "one") as journal:
        KeptLookUps(journal).put("station", looked)
        KeptLookUps(journal).put("nothing", Looked(2, ()))
        journal.put("other", {"pairs": 1})
        journal.put("odd", [3, [["7"]]])
    with FileJournal(tmp_path / "a.jsonl", "one") as journal:
        kept = KeptLookUps(journal)
        assert [kept.get(term) for term in ("station", "nothing", "other", "odd", "unknown")] == [
            looked,
            Looked(2, ()),
            None,
            None,
            None,
        ]


def test_pairs_that_differ_have_different_keys() -> None:
    assert pair_key("觀測站", "The Stations") == pair_key("观测站", "station") != pair_key("观测", "station")
