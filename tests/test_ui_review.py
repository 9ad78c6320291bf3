"""The page “Review” without a browser: the queue in memory, what a candidate is decided by, its HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from glossary_made_up import concept
from lookup_made_up import add
from review_made_up import candidate, station, stored
from review_made_up import filled as filled_corpus

from glossary.candidates.choosing import NO_SUBJECT, Order, Source, Wanted, in_order, is_decided, source_of, subjects
from glossary.candidates.finding import find_candidates
from glossary.candidates.likes import likes
from glossary.candidates.showing import renderings, reworded, seen, text_of
from glossary.candidates.stock import Entry, Holdings, Stock
from glossary.concepts import Concept, Definition, Usage, Workflow
from glossary.extraction.candidates import Candidate
from glossary.glossary import Glossary
from search.corpus import Corpus
from search.records import Filters
from ui.review import candidate as html
from ui.review.pieces import as_label, cut
from ui.review.typed import MOST, Typed, Typings
from ui.review.words import WORDS
from ui.words import COMMON, words_of

WORD = words_of(WORDS, "en")
NASTY = "<script>alert(1)</script>"


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "corpus.sqlite") as opened:
        yield filled_corpus(opened)


@pytest.fixture
def glossary(corpus: Corpus) -> Glossary:
    return Glossary(corpus.database, "anna")


def filled(glossary: Glossary, corpus: Corpus, *given: Candidate) -> list[Concept]:
    usual = (station(corpus), candidate("水位", "level", 0.4), candidate("工作人员", "staff", 0.7))
    return stored(glossary, corpus, given or usual)


# in memory


def test_what_is_in_memory_follows_every_change(glossary: Glossary, corpus: Corpus) -> None:
    stock = Stock()
    assert stock.now(glossary) == Holdings(0, {}, ())
    first, second, third = filled(glossary, corpus)
    before = stock.now(glossary)
    glossary.approve(first)
    merged = glossary.merge(second, [third])
    ben = replace(glossary, user="ben")
    ben.save(replace(merged, note="hm"))
    ben.comment("c2", "said")
    now = stock.now(glossary)
    assert {k: one.concept for k, one in now.entries.items()} == {one.id: one for one in glossary.list()}
    assert now.event == glossary.latest(1)[0].id
    assert set(before.entries) == {"c1", "c2", "c3"}, "what was given out stays"
    assert stock.now(glossary) is now
    glossary.undo()
    assert set(stock.now(glossary).entries) == {"c1", "c2", "c3"}


def test_another_glossary_in_the_same_place_is_read_anew(glossary: Glossary, corpus: Corpus, tmp_path: Path) -> None:
    stock = Stock()
    filled(glossary, corpus)
    stock.now(glossary)
    with Glossary.open(tmp_path / "other.sqlite", "anna") as other:
        other.add([concept("手", "hand")])
        assert set(stock.now(other).entries) == {"c1"}


def test_the_last_decision_is_the_reviewers_own_and_no_import(glossary: Glossary, corpus: Corpus) -> None:
    stock = Stock()
    first, second, third = filled(glossary, corpus)
    assert stock.now(glossary).last_decision("anna") is None
    glossary.approve(first)
    replace(glossary, user="ben").reject(second, reason="too plain")
    now = stock.now(glossary)
    last = now.last_decision("anna")
    assert last is not None
    assert (last.action, last.concept, last.name) == ("approve", "c1", "观测站")
    assert now.reasons("reject") == ("too plain",)
    glossary.undo(last.id)
    assert stock.now(glossary).last_decision("anna") is None
    glossary.undo(glossary.latest(1)[0].id)
    again = stock.now(glossary).last_decision("anna")
    assert again is not None
    assert again.concept == "c1"
    glossary.merge(third, [glossary.find("c1")])
    merged = stock.now(glossary).last_decision("anna")
    assert merged is not None
    assert stock.now(glossary).decided_in(merged.batch) == ("c1", "c3")


# the queue


def test_the_queue_keeps_its_order_while_it_is_worked_through(glossary: Glossary, corpus: Corpus) -> None:
    stock = Stock()
    first, *_ = filled(glossary, corpus)
    glossary.propose(concept("手", "hand"))
    order = in_order(stock.now(glossary), Wanted())
    assert (order.ids, order.total) == (("c1", "c2", "c3", "c4"), 4)
    glossary.approve(first)
    now = stock.now(glossary)
    assert order.waiting(now) == ("c2", "c3", "c4")
    assert order.waiting(now, ["c2", "c9", "c2"]) == ("c3", "c4", "c2")
    assert order.with_first("c4") is order
    assert order.with_first("c8").ids[0] == "c8"
    anew = in_order(now, Wanted())
    assert (anew.total, anew.decisions, set(anew.ids)) == (4, 1, {"c2", "c3", "c4"})


def test_one_rejection_does_not_lower_all_other_scores(glossary: Glossary, corpus: Corpus) -> None:
    stock = Stock()
    first, *_ = filled(glossary, corpus)
    before = in_order(stock.now(glossary), Wanted()).scores["c3"]
    glossary.reject(first)
    assert in_order(stock.now(glossary), Wanted()).scores["c3"] == pytest.approx(before, abs=0.05)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted("LEVEL"), ["c3"]),
        (Wanted(subject="hydrology"), ["c4"]),
        (Wanted(subject=NO_SUBJECT), ["c1", "c2", "c3", "c5"]),
        (Wanted(source=Source.EXTRACTION), ["c1", "c2", "c3"]),
        (Wanted(source=Source.PEOPLE), ["c4"]),
        (Wanted(source=Source.IMPORT), ["c5"]),
        (Wanted(least=0.5), ["c1", "c2"]),
        (Wanted(most=0.5), ["c3"]),
        (Wanted(statuses=(Workflow.PROPOSED,)), ["c4"]),
        (Wanted(statuses=(Workflow.IN_REVIEW,), language="zh"), ["c5"]),
        (Wanted(statuses=(Workflow.IN_REVIEW,), language="en"), []),
        (Wanted(language="en"), ["c1", "c2", "c3", "c4"]),
    ],
)
def test_the_filters_leave_what_they_say(glossary: Glossary, corpus: Corpus, wanted: Wanted, found: list[str]) -> None:
    filled(glossary, corpus)
    glossary.propose(concept("手", "hand", subject="hydrology"))
    glossary.add(
        [
            replace(
                concept("足", "foot"),
                workflow={"zh": Workflow.IN_REVIEW, "en": Workflow.APPROVED},
                origins=(("a.tbx", "c-1"),),
            )
        ]
    )
    holdings = Stock().now(glossary)
    assert list(in_order(holdings, wanted).ids) == found
    assert subjects(holdings) == (NO_SUBJECT, "hydrology")
    assert source_of(holdings.entries["c5"]) is Source.IMPORT
    assert not is_decided(holdings.entries["c5"].concept)


# what it is decided by


def test_evidence_is_what_was_kept_and_counts_are_of_the_corpus(glossary: Glossary, corpus: Corpus) -> None:
    add(corpus, [("观测站在这里。", "The observing station is here.")], "A/RES/71/1", "2016-01-01")
    first, *_ = filled(glossary, corpus)
    found = seen(corpus, first, "观测站")
    assert [one.evidence for one in found.shown] == [*first.terms[0].evidence]
    assert (found.pairs, found.documents, found.more) == (4, 2, False)
    assert all(one.pair is not None and one.pair.id == one.evidence.pair for one in found.shown)


def test_another_rendering_has_the_evidence_of_its_own(glossary: Glossary, corpus: Corpus) -> None:
    first, *_ = filled(glossary, corpus)
    entry = Entry.of(first)
    assert [(one.text, one.count) for one in renderings(first, entry.figures)] == [("观测站", None), ("测站", 2)]
    found = reworded(corpus, first, "测站")
    (evidence,) = found.terms[0].evidence
    assert (text_of(found, "zh"), text_of(found, "en")) == ("测站", "observing station")
    assert evidence.zh[slice(*evidence.zh_span)] == "测站"
    assert evidence.en[slice(*evidence.en_span)] == "observing station"
    assert found.terms[1].evidence == (evidence,)
    assert reworded(corpus, first, "观测站") is first
    assert [term.id for term in found.terms] == [term.id for term in first.terms]


def test_a_rendering_that_is_a_term_already_is_not_there_twice(glossary: Glossary, corpus: Corpus) -> None:
    glossary.add([concept("观测站", "测站", "station")])
    found = reworded(corpus, glossary.find("c1"), "测站")
    assert [term.text for term in found.terms] == ["测站", "station"]


def test_a_plural_is_found_where_the_singular_shows_nothing(glossary: Glossary, corpus: Corpus) -> None:
    add(corpus, [("许多水尺。", "Many gauges.")], "A/RES/71/1", "2016-01-01")
    glossary.add([concept("水尺", "gauge")])
    (one,) = seen(corpus, glossary.find("c1"), "水尺").shown
    assert one.evidence.en[slice(*one.evidence.en_span)] == "gauges"


def test_a_concept_of_one_language_or_of_words_that_nobody_wrote_shows_what_there_is(
    glossary: Glossary, corpus: Corpus
) -> None:
    glossary.add([concept("测站"), concept("无", "nowhere")])
    assert seen(corpus, glossary.find("c1"), "测站").pairs == 4  # nobody has said anything of a longer term
    assert seen(corpus, glossary.find("c2"), "无").shown == ()


def test_what_the_glossary_has_is_told_nearest_first(glossary: Glossary, corpus: Corpus) -> None:
    filled(glossary, corpus, station(corpus), candidate("观察站", "observing stations", 0.5))
    glossary.add([concept("觀測站", "the observing station"), concept("测", "station"), concept("站", "observing")])
    glossary.approve(glossary.find("c4"))
    holdings = Stock().now(glossary)
    found = likes(holdings, "观测站", "observing station", "c1")
    assert [(one.concept.id, one.both, one.likeness and one.likeness.name) for one in found] == [
        ("c3", True, "SCRIPT"),
        ("c2", False, "PLURAL"),
        ("c4", False, None),
    ]
    assert likes(holdings, "", "", "c1") == ()


# as HTML


def entry_of(*texts: str) -> Entry:
    return Entry.of(replace(concept(*texts), id="c7", version=1))


def test_html_in_a_term_is_shown_as_text(glossary: Glossary, corpus: Corpus) -> None:
    add(corpus, [(f"{NASTY}测站", f"The {NASTY} station")], "A/RES/<b>1", "2016-01-01")
    glossary.add([replace(concept(f"{NASTY}测站", f"{NASTY} station"), subject=NASTY)], NASTY)
    glossary.save(replace(glossary.find("c1"), note=NASTY), NASTY)
    found = glossary.find("c1")
    shown_pairs = seen(corpus, found, text_of(found, "zh"))
    assert shown_pairs.shown
    like = likes(Stock().now(glossary), text_of(found, "zh"), text_of(found, "en"))
    events = glossary.history("c1")
    drawn = "".join(
        [
            html.heading(Entry.of(found), f"{NASTY}!", 0.5, shown_pairs, WORD),
            html.rendering_list(
                [*renderings(found, None), *renderings(replace(found, terms=found.terms[::-1]), None)],
                NASTY,
                shown_pairs,
                WORD,
            ),
            html.like_list(like, WORD),
            html.evidence_list(shown_pairs, NASTY, WORD),
            html.history_list(events, WORD),
            html.meanwhile(NASTY, events, WORD),
        ]
    )
    assert "<script" not in drawn
    assert "<b>1" not in drawn
    assert drawn.count("&lt;script&gt;") > 10


def test_the_heading_has_both_terms_and_says_which_one_is_missing() -> None:
    nothing = seen_nothing()
    both = html.heading(entry_of("观测站", "station"), "", 0.936, nothing, WORD)
    assert '<span class="dz-rv-term" lang="zh-Hans">观测站</span>' in both
    assert '<span class="dz-rv-term" lang="en">station</span>' in both
    assert "score 0.94" in both
    assert "0 pairs · 0 documents" in both
    assert "no English term yet" in html.heading(entry_of("观测站"), "", None, nothing, WORD)
    assert "instead of 观测站" in html.heading(entry_of("观测站", "station"), "测站", None, nothing, WORD)


def seen_nothing() -> html.Seen:  # type: ignore[name-defined]
    from glossary.candidates.showing import Seen

    return Seen((), 0, 0)


def test_a_change_of_usage_is_told_in_words(glossary: Glossary) -> None:
    glossary.add([concept("测站", "station")])
    glossary.approve(glossary.find("c1"))
    told = html.history_list(glossary.history("c1"), WORD)
    assert "approved it" in told
    assert "candidate → approved; usage: not said → preferred</div>" in told
    assert "候选 → 已核准；用法: 未定 → 首选" in html.history_list(glossary.history("c1"), words_of(WORDS, "zh"))


def test_a_long_text_is_cut_around_its_mark() -> None:
    text = "word " * 200 + "station" + " word" * 200
    at = text.index("station")
    short, span, was_cut = cut(text, (at, at + 7), "en")
    assert was_cut
    assert short[slice(*span)] == "station"
    assert len(short) < 600
    assert short.startswith("…word")
    assert cut("观测站。", (0, 3), "zh") == ("观测站。", (0, 3), False)


def test_a_label_shows_marks_as_they_are() -> None:
    assert as_label("**a** [b](c) `d`") == r"\*\*a\*\* \[b\](c) \`d\`"
    assert ":material/" not in as_label(":material/home: :red[x]")
    assert as_label("a\nb") == "a b"
    assert as_label("x" * 80) == "x" * 60 + "…"


def test_all_that_the_page_says_is_there_in_both_languages() -> None:
    for key, (english, chinese) in WORDS.items():
        assert english.strip(), key
        assert any("\u4e00" <= one <= "\u9fff" for one in chinese), key
    assert not set(WORDS) & set(COMMON)


# from the corpus


def test_candidates_are_found_as_the_command_finds_them(corpus: Corpus) -> None:
    from lookup_made_up import embedded

    from search.precedents.locator import locator_of

    told: list[tuple[int, int]] = []
    known = locator_of(corpus, embedded()).known
    found = find_candidates(corpus, embedded(), Filters(), 5, known, lambda done, total: told.append((done, total)))
    assert found.pairs == 4
    assert told


def test_an_order_of_nothing_is_empty() -> None:
    assert Order(Wanted(), (), {}, 0).waiting(Holdings(0, {}, ())) == ()
    assert in_order(Holdings(0, {}, ()), Wanted()) == Order(Wanted(), (), {}, 0, 0)


def test_the_preferred_term_is_the_main_one() -> None:
    two = concept("甲", "乙", "one")
    chosen = replace(two, terms=(two.terms[0], replace(two.terms[1], usage=Usage.PREFERRED), two.terms[2]))
    assert (text_of(two, "zh"), text_of(chosen, "zh")) == ("甲", "乙")


# what was typed


def test_only_what_was_typed_is_kept_and_only_the_newest() -> None:
    kept = Typings()
    kept.keep("a", "c1", Typed(1, {"note": "typed"}))
    kept.keep("b", "c1", Typed(1, {"note": "elsewhere"}))
    assert kept.get("a", "c1") == Typed(1, {"note": "typed"})
    assert kept.get("a", "c2") is None
    kept.keep("a", "c1", Typed(1, {}))
    assert kept.get("a", "c1") is None
    for number in range(MOST):
        kept.keep("a", f"c{number + 2}", Typed(1, {"note": "more"}))
    assert kept.get("b", "c1") is None
    assert kept.get("a", "c2") is not None


def test_a_definition_is_not_called_a_term_in_the_history(glossary: Glossary, corpus: Corpus) -> None:
    first, *_ = filled(glossary, corpus)
    glossary.save(replace(first, definitions=(Definition("en", "a place to look from"),)))
    changed = glossary.history(first.id)[-1]
    assert list(html.change_words(changed, WORD)) == ["definition: — → a place to look from"]
