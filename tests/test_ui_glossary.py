"""The page “Glossary” without a browser: what it shows is escaped, what its form makes, which concepts it lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from glossary_made_up import concept, rich, term
from lookup_made_up import OTHERS, add, embedded
from test_precedents import COMBATANTS, FIGHTERS, framed

from glossary.browsing import Order, browse, choices, headword, spelt
from glossary.comparing import three_way
from glossary.concepts import Concept, Definition, Evidence, Usage, Workflow
from glossary.conflicts.gathering import Gathering
from glossary.conflicts.reasons import Known, Side, judge
from glossary.conflicts.settling import dismiss
from glossary.dismissals import Dismissal, Dismissals
from glossary.drift.records import Alert, AlertKind, Shown
from glossary.exchange.preview import State, preview
from glossary.glossary import Glossary
from glossary.reading import Query
from glossary.rules import Role
from search.corpus import Corpus
from search.precedents.locator import locator_of
from search.precedents.look_up import look_up_term, question
from ui.glossary.address import Address
from ui.glossary.article import around, article
from ui.glossary.deciding import decidable, possible
from ui.glossary.differences import item_html, name_of
from ui.glossary.drafts import MOST
from ui.glossary.drift import alert_html
from ui.glossary.entries import badges, entries
from ui.glossary.exporting import PACK, written
from ui.glossary.form import Form, blank, concept_of, form_of, next_id, touched
from ui.glossary.history import comments, history
from ui.glossary.inbox import aside_html, leafed
from ui.glossary.rivals import conflict_html
from ui.glossary.spoken import spoken
from ui.glossary.stale import comparison
from ui.glossary.usage import timeline
from ui.glossary.words import WORDS
from ui.kept import Kept
from ui.parts import literal
from ui.words import words_of

EVIL = "<script>alert(1)</script>"
EN, ZH = words_of(WORDS, "en"), words_of(WORDS, "zh")


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "corpus.sqlite") as found:
        yield found


@pytest.fixture
def glossary(corpus: Corpus) -> Glossary:
    return Glossary(corpus.database, "anna")


def hostile() -> Concept:
    evidence = Evidence(7, EVIL, EVIL, EVIL, (0, 8), (0, 8))
    one = replace(term(EVIL, "en", Usage.PREFERRED, "t1"), note=EVIL, source=EVIL, part_of_speech=EVIL)
    return Concept(
        "c1",
        EVIL,
        (Definition("en", EVIL, EVIL),),
        EVIL,
        (replace(one, evidence=(evidence,) * 3), term(EVIL, "x-<b>", Usage.DEPRECATED, "t2")),
        {"en": Workflow.APPROVED, "x-<b>": Workflow.CANDIDATE},
        version=3,
    )


def escaped(html: str) -> bool:
    return "<script" not in html and "x-<b>" not in html and "&lt;script" in html


def test_nothing_of_a_hostile_concept_is_html() -> None:
    one = hostile()
    assert escaped(entries([one], EN, "script"))
    assert escaped(article(one, {}, EN, EVIL))
    assert escaped(badges(one, EN) + "&lt;script")
    mine, theirs = replace(one, subject=f"{EVIL}1", note="1"), replace(one, subject=f"{EVIL}2")
    merged = three_way(one, mine, theirs)
    html = comparison(one, mine, replace(theirs, definitions=()), merged.conflicts, EN)
    assert "<script" not in html
    assert "Changed by the other" in html
    item = preview([replace(one, subject="other")], [one]).items[0]
    assert item.state is State.CONFLICT
    assert escaped(item_html(item, EN))


def test_history_is_escaped_and_says_what_changed(glossary: Glossary) -> None:
    done = glossary.add([replace(hostile(), id="", version=0, terms=hostile().terms[:1], workflow={})], EVIL)
    one = glossary.save(replace(glossary.find("c1"), subject="law", terms=(term("word"),)), EVIL)
    glossary.comment("c1", EVIL)
    found = glossary.history("c1")
    html = history(found, EN, one.version, True)
    assert "<script" not in html + comments(found)
    assert "term removed" in html
    assert "new term" in html
    assert f'data-act="undo" data-which="{done[0].id}"' in html
    assert 'data-act="restore" data-which="1"' in html
    assert "data-act" not in history(found, EN, one.version, False)
    glossary.undo(found[1].id)
    again = history(glossary.history("c1"), ZH, 3, True)
    assert "后已撤销" in again
    assert f'data-act="undo" data-which="{found[1].id}"' not in again


def test_inboxes_are_escaped() -> None:
    shown = Shown(1, EVIL, EVIL, EVIL, EVIL, (0, 3), (0, 3))
    for kind in AlertKind:
        alert = Alert(kind, EVIL, "zh", EVIL, EVIL, EVIL, EVIL, (1,), (EVIL,), (shown,), "2026", "2026", back=EVIL)
        assert escaped(alert_html(alert, EN))
    gone = Dismissal(EVIL, "drift", EVIL, True, EVIL, EVIL, EVIL)
    assert escaped(aside_html([gone], True, ZH))
    assert "data-act" not in aside_html([gone], False, ZH)


def test_a_text_for_markdown_is_shown_as_it_is() -> None:
    assert literal("![x](a.b) :red[c]") == "\\!\\[x\\](a.b) \\:red\\[c\\]"


def test_an_entry_has_its_words_in_their_languages_and_what_was_asked_for_marked() -> None:
    html = entries([rich()], EN, "STAT")
    assert '<span class="gl-zh" lang="zh-Hans">观测站</span>' in html
    assert '<span class="gl-en" lang="en"><mark class="dz-hit">stat</mark>ion</span>' in html
    assert "zh <span" in html  # statuses differ, so that each language has its own
    assert "hydrology" in html


def test_a_page_of_concepts_in_every_order(glossary: Glossary) -> None:
    words = (("银行", "zebra"), ("安全", "bank"), ("水", "apple"), ("北", "Cat"))
    glossary.add([concept(*one, subject="S" if one[1] == "bank" else "") for one in words])
    glossary.save(replace(glossary.find("c2"), note="new"))
    heads = {order: [one.of("en")[0].text for one in browse(glossary, Query(), order).concepts] for order in Order}
    assert heads[Order.ENTERED] == ["zebra", "bank", "apple", "Cat"]
    assert heads[Order.ENGLISH] == ["apple", "bank", "Cat", "zebra"]
    assert heads[Order.CHINESE] == ["bank", "Cat", "apple", "zebra"]  # an, bei, shui, yin
    assert heads[Order.CHANGED] == ["bank", "Cat", "apple", "zebra"]
    second = browse(glossary, Query(), Order.ENTERED, 2, 2)
    assert (second.start, second.end, second.total) == (2, 4, 4)
    assert browse(glossary, Query(), Order.ENTERED, 99, 2).start == 2
    assert browse(glossary, Query(text="nothing")).concepts == ()
    assert browse(glossary, Query(subject="s")).ids == ("c2",)
    assert choices(glossary).subjects == ("S",)
    assert set(choices(glossary).languages) == {"zh", "en"}


def test_chinese_is_put_in_order_by_its_sound() -> None:
    assert sorted(["中", "北", "安", "水"], key=spelt) == ["安", "北", "水", "中"]


def test_a_headword_is_the_preferred_one_in_the_common_script() -> None:
    one = Concept("", terms=(term("觀測", "zh-Hant", Usage.PREFERRED), term("测"), term("观测", usage=Usage.PREFERRED)))
    head = headword(one, "zh")
    assert head is not None
    assert head.text == "观测"
    assert headword(one, "en") is None


def test_a_form_gives_back_the_concept_that_it_was_made_of() -> None:
    one = replace(rich(), id="c1", terms=tuple(replace(t, id=f"t{k}") for k, t in enumerate(rich().terms)))
    assert concept_of(one, form_of(one)) == one


def test_a_form_changes_adds_and_takes_away() -> None:
    one = Concept("c1", terms=(term("甲", identifier="t1"), term("first", identifier="t2")), workflow={})
    form = form_of(one)
    rows = (replace(form.terms[0], usage="preferred"), replace(form.terms[1], text=" "))
    new = replace(form.terms[1], id=next_id(form), text="second")
    defined = tuple(replace(row, text="words" if row.language == "en" else "") for row in form.definitions)
    made = concept_of(one, replace(form, terms=(*rows, new), definitions=defined, subject=" law "))
    assert [(t.text, t.usage) for t in made.terms] == [("甲", Usage.PREFERRED), ("second", Usage.NONE)]
    assert made.definitions == (Definition("en", "words"),)
    assert made.subject == "law"
    assert [t.text for t in touched(one, made)] == ["second"]
    assert [row.language for row in blank((("zh", "甲"), ("en", ""))).terms] == ["zh", "en"]


def test_drafts_are_kept_the_newest_and_forgotten_when_saved() -> None:
    drafts: Kept[Form] = Kept(MOST)
    first = drafts.add(blank())
    names = [drafts.add(blank()) for _ in range(MOST)]
    assert drafts.get(first) is None
    assert drafts.get(names[-1]) == blank()
    drafts.forget(names[-1])
    assert drafts.get(names[-1]) is None


def test_only_decisions_that_the_role_may_make_are_offered() -> None:
    one = Concept("c1", terms=(term("甲"), term("a")), workflow={"zh": Workflow.APPROVED, "en": Workflow.PROPOSED})
    assert possible(one, "zh", Role.TERMINOLOGIST) == [Workflow.IN_REVIEW, Workflow.RETIRED]
    assert possible(one, "zh", Role.TRANSLATOR) == []
    assert decidable(one, Workflow.APPROVED, Role.ADMINISTRATOR) == ["en"]
    rejected = replace(one, workflow={"zh": Workflow.REJECTED})
    assert possible(rejected, "zh", Role.TRANSLATOR) == [Workflow.PROPOSED]


def test_an_address_that_makes_no_sense_asks_for_nothing() -> None:
    odd = Address(status="odd", usage="odd", sort="odd", start="-7", find=" a ")
    assert odd.query == Query(text="a")
    assert (odd.order, odd.begin) == (Order.ENTERED, 0)
    good = Address(status="in-review", usage="none", sort="chinese", start="51")
    assert good.query == Query(status=Workflow.IN_REVIEW, usage=Usage.NONE)
    assert (good.order, good.begin) == (Order.CHINESE, 50)


def test_a_long_text_is_cut_between_words_around_its_mark() -> None:
    text = f"{'before ' * 40}HERE{' after' * 40}"
    start = text.index("HERE")
    html = around(text, (start, start + 4), width=20)
    assert html.startswith("…before")
    assert '<mark class="dz-hit">HERE</mark>' in html
    assert html.endswith("after…")
    assert around("short", (0, 0)) == "short"
    assert around("short", (90, 99)) == "short"


def test_conflicts_are_gathered_once_and_settled_ones_leave(corpus: Corpus, glossary: Glossary) -> None:
    add(corpus, OTHERS, "A/77/1", "2022-01-01")
    add(corpus, framed(FIGHTERS, "foreign terrorist fighters", (0, 1, 2, 3)), "A/RES/70/7", "2015-12-01")
    add(corpus, framed(COMBATANTS, "foreign terrorist fighters", (2, 3, 4, 5)), "A/RES/72/8", "2017-12-01")
    glossary.add([concept(FIGHTERS, "foreign terrorist fighters", EVIL)])
    held = Gathering(corpus, glossary)
    steps: list[int] = []
    held.read_texts(lambda: steps.append(1))
    assert len(steps) == 12
    held.read_texts(lambda: steps.append(1))
    assert len(steps) == 12
    held.find(5, lambda: locator_of(corpus, embedded()))
    assert held.complete
    first, *_ = held.unsettled()
    assert first.term == "foreign terrorist fighters"
    for words in (EN, ZH):
        html = conflict_html(first, words)
        assert html.count('class="gl-rival"') == 2
        assert words(f"r_{'synonyms' if 'syn' in str(first.reason) else 'variant'}") in html
    dismiss(Dismissals(glossary.database, "anna"), [first], [first.key], "seen")
    assert first.key not in [one.key for one in held.unsettled()]
    assert first.key in [one.key for one in held.all()]
    result = look_up_term(corpus, locator_of(corpus, embedded()), question("foreign terrorist fighters"))
    html = timeline(result, EN)
    assert html.index(FIGHTERS) < html.index(COMBATANTS)
    assert "2015: 4" in html
    assert leafed(["a", "b"], "b") == 1
    assert leafed(["a", "b"], "z") == 0


def test_what_speaks_for_a_reason_is_said_in_chinese() -> None:
    assert spoken(["they share no expression", "odd"], ZH) == "两者没有相同的搭配；odd"
    verdict = judge(Side("观测站", ()), Side("觀測站", ()), None, "zh", Known())
    assert spoken(verdict.because, EN) == "; ".join(verdict.because)


def test_fields_of_an_import_have_names() -> None:
    assert name_of("preferred term (zh)", ZH) == "中文的首选术语"
    assert name_of("subject field", EN) == "subject"
    assert name_of("odd", EN) == "odd"


def test_a_pack_and_a_file_are_written() -> None:
    one = replace(concept("甲", "first"), id="c1", version=1)
    assert written([one], PACK)[0][:2] == b"PK"
    assert b"first" in written([one], "csv")[0]
