"""Terms with several renderings in made-up corpora, and why; what is settled; the command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from commands import Outcome
from conftest import SHARED
from lookup_made_up import OTHERS, add, embedded
from test_precedents import COMBATANTS, FIGHTERS, framed
from typer.testing import CliRunner

from align.errors import InputError
from cli import glossary_conflicts
from cli.failures import PoliteGroup
from glossary.concepts import Concept, Definition, Term, Usage, Workflow
from glossary.conflicts.forms import one_word, same_name, shortened, trimmed
from glossary.conflicts.inbox import Wanted, conflicts
from glossary.conflicts.reasons import Known, Side, judge
from glossary.conflicts.records import Conflict, Reason
from glossary.conflicts.sample import evenly
from glossary.conflicts.scanning import scan
from glossary.conflicts.settling import about, compared, conflict_key, dismiss, settled
from glossary.conflicts.signs import Signs
from glossary.dismissals import Dismissals
from glossary.errors import NotInGlossaryError
from glossary.glossary import Glossary
from search.corpus import Corpus
from search.locating.locator import Locator
from search.precedents.evidence import Evidence
from search.precedents.locator import locator_of

TERM = "foreign terrorist fighters"
MONEY = (
    ("农民在{}存款。", "Farmers deposit money at the {}."),
    ("{}提高了贷款利率。", "The {} raised the interest rate of its loans."),
    ("政府向{}借了一笔贷款。", "The Government took a loan from the {}."),
)
RIVER = (
    ("渔民在{}修理船只。", "Fishermen repair boats on the river {}."),
    ("洪水淹没了{}。", "The flood covered the {} of the river."),
    ("工人沿着{}种树。", "Workers plant trees along the {}."),
)
NEUTRAL = Signs(
    meaning=0.7,
    leading_meaning=0.8,
    between=0.7,
    sure=0.9,
    surest=0.95,
    doubtful=0.0,
    beside=0.0,
    next_door=0.0,
    repeated=0.0,
    copied_from="",
    titles=0.0,
    expressions=0.0,
    expression="",
    apart=None,
    together=0.0,
)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "corpus.sqlite") as opened:
        add(opened, OTHERS, "A/77/1", "2022-01-01")
        yield opened


@pytest.fixture
def glossary(corpus: Corpus) -> Glossary:
    return Glossary(corpus.database, "anna")


@pytest.fixture
def fighters(corpus: Corpus) -> Corpus:
    """Two renderings in the same sentences of several documents."""
    for k, zh in enumerate((FIGHTERS, COMBATANTS, FIGHTERS, COMBATANTS, FIGHTERS)):
        frames = (0, 1, 2, 3, 4) if zh == FIGHTERS else (0, 1, 2)
        add(corpus, framed(zh, TERM, frames), f"A/RES/{70 + k}/1", f"{2015 + k}-12-01")
    return corpus


def concept(*texts: str, status: Workflow = Workflow.CANDIDATE, usage: Usage = Usage.NONE) -> Concept:
    terms = [Term("", "en" if text.isascii() else "zh", text, usage) for text in texts]
    return Concept("", terms=tuple(terms), workflow={"zh": status, "en": status})


def found(corpus: Corpus, glossary: Glossary, *terms: str, **options: object) -> list[Conflict]:
    wanted = Wanted(terms, **options)  # type: ignore[arg-type]
    return list(conflicts(corpus, glossary, lambda: locator_of(corpus, embedded()), wanted))


def told(conflict: Conflict) -> list[tuple[str, int, Reason | None]]:
    return [(one.text, one.count, one.verdict.reason if one.verdict else None) for one in conflict.rivals]


def verdict(
    first: str, second: str, signs: Signs | None, count: int = 4, **known: object
) -> tuple[Reason, tuple[str, ...]]:
    """The rules alone; the evidence is only counted."""
    language = "en" if first.isascii() else "zh"
    side = (Side(first, ()), Counted(second, (), (), count))
    made = judge(*side, signs, language, Known(**known))  # type: ignore[arg-type]
    return made.reason, made.because


class Counted(Side):
    """A rendering without texts."""

    def __init__(self, text: str, evidence: tuple[Evidence, ...], concepts: tuple[str, ...], count: int) -> None:
        super().__init__(text, evidence, concepts)
        object.__setattr__(self, "_places", count)

    @property
    def count(self) -> int:
        return int(self.__dict__["_places"])


# what two renderings are to each other


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("外国战斗人员", "外國戰鬥人員", "only script, width, spelling or number tells them apart"),
        ("organisation", "Organizations", "only script, width, spelling or number tells them apart"),
        ("HIV/AIDS", "HIV AIDS", "only spacing and punctuation tell them apart"),
        ("rights of women", "women's rights", ""),
        ("status of women", "women status", "they have the same words in another order or number"),
        ("妇女权利", "妇女的权利", "only a particle tells them apart"),
        ("银行", "河岸", ""),
    ],
)
def test_what_is_only_written_otherwise_is_one_name(first: str, second: str, how: str) -> None:
    language = "en" if first.isascii() else "zh"
    assert same_name(first, second, language) == same_name(second, first, language) == how


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("近东救济工程处", "联合国近东巴勒斯坦难民救济和工程处"),
        ("研究和开发", "研发"),
        ("General Assembly", "Assembly"),
        ("UNODC", "United Nations Office on Drugs and Crime"),
    ],
)
def test_a_short_form_is_one(first: str, second: str) -> None:
    language = "en" if first.isascii() else "zh"
    assert shortened(first, second, language)
    assert shortened(second, first, language)


def test_other_words_and_function_words_at_the_edge_make_no_short_form() -> None:
    assert not shortened("银行", "河岸边", "zh")
    assert not shortened("将", "将在", "zh")
    assert trimmed("将在", "将", "zh")
    assert trimmed("the bank", "bank", "en")
    assert not trimmed("bank", "bank", "en")


def test_forms_of_one_word_share_most_of_it() -> None:
    assert one_word("environment", "environmental")
    assert one_word("sustainable management", "sustainably managed")
    assert not one_word("community", "communication")
    assert not one_word("bank", "river bank")


# the rules, one by one


def test_a_doubtful_alignment_comes_before_all_but_the_spelling() -> None:
    doubtful = replace(NEUTRAL, doubtful=0.75)
    assert verdict("银行", "河岸", doubtful) == (
        Reason.ALIGNMENT,
        ("3 of 4 places are in pairs whose alignment is doubtful",),
    )
    assert verdict("银行", "銀行", doubtful)[0] is Reason.VARIANT


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        ({"next_door": 0.5}, "银行 stands in a neighbouring pair that does not hold the term"),
        ({"beside": 0.6}, "银行 stands in the same pair and renders nothing else there"),
        ({"surest": 0.4, "sure": 0.3}, "where its rendering stands is unsure (0.30 on average)"),
        ({"meaning": 0.1, "sure": 0.48}, "河岸 means nothing like the term, as far as the model knows"),
    ],
)
def test_a_rendering_in_the_wrong_place_is_an_alignment_error(sign: dict[str, float], words: str) -> None:
    assert verdict("银行", "河岸", replace(NEUTRAL, **sign)) == (Reason.ALIGNMENT, (words,))


def test_witnesses_of_an_error_make_it_surer_together() -> None:
    one = judge(Side("银行", ()), Side("河岸", ()), replace(NEUTRAL, next_door=1.0), "zh", Known())
    two = judge(Side("银行", ()), Side("河岸", ()), replace(NEUTRAL, next_door=1.0, beside=1.0), "zh", Known())
    assert (one.confidence, two.confidence) == (0.75, 0.93)


def test_what_is_repeated_from_another_document_is_a_quotation() -> None:
    copied = replace(NEUTRAL, repeated=1.0, copied_from="A/RES/70/1")
    assert verdict("数额", "数目", copied) == (
        Reason.QUOTATION,
        ("4 of 4 places are in sentences that stand word for word in A/RES/70/1 too",),
    )
    assert verdict("数额", "数目", replace(NEUTRAL, titles=0.9))[0] is Reason.QUOTATION


def test_meaning_expressions_and_contexts_tell_one_concept_from_two() -> None:
    assert verdict("贫困", "贫穷", replace(NEUTRAL, between=0.9)) == (
        Reason.SYNONYMS,
        ("the two renderings mean the same (0.90)", "they share no expression"),
    )
    assert verdict("银行", "河岸", replace(NEUTRAL, between=0.3)) == (
        Reason.CONCEPTS,
        ("the two renderings mean different things (0.30)", "they share no expression"),
    )
    middle = replace(NEUTRAL, between=0.6)
    assert verdict("边界", "边境", middle)[0] is Reason.CONCEPTS
    assert verdict("边界", "边境", replace(middle, expressions=1.0, expression="… area"))[0] is Reason.SYNONYMS
    assert verdict("要求", "需求", replace(NEUTRAL, between=0.9, apart=0.01))[0] is Reason.CONCEPTS


def test_the_glossary_and_the_years_are_believed_first() -> None:
    assert verdict("银行", "河岸", NEUTRAL, distinct="two subjects") == (Reason.CONCEPTS, ("two subjects",))
    assert verdict("银行", "河岸", NEUTRAL, change="usage went over") == (Reason.SYNONYMS, ("usage went over",))


def test_a_rendering_that_only_the_glossary_has_is_judged_by_its_meaning() -> None:
    assert verdict("占领", "职业", None, 0, between=0.2) == (
        Reason.CONCEPTS,
        ("no pair shows 职业: only the glossary has it", "the two renderings mean different things (0.20)"),
    )
    assert verdict("贫困", "贫穷", None, 0, between=0.9)[0] is Reason.SYNONYMS


# terms of a corpus


def test_two_renderings_in_the_same_sentences_are_rivals(fighters: Corpus, glossary: Glossary) -> None:
    (conflict,) = found(fighters, glossary, TERM)
    assert told(conflict) == [(FIGHTERS, 15, None), (COMBATANTS, 6, Reason.SYNONYMS)]
    assert (conflict.term, conflict.language, conflict.reason) == (TERM, "en", Reason.SYNONYMS)
    assert conflict.rivals[0].years == "2015–2019"
    shown = conflict.rivals[1].telling
    assert shown is not None
    assert shown.pair.record.zh_text[slice(*shown.zh_span)] == COMBATANTS
    assert shown.pair.record.en_text[slice(*shown.en_span)].lower() == TERM


def test_the_reverse_is_a_conflict_too(corpus: Corpus, glossary: Glossary) -> None:
    add(corpus, framed("儿童", "children", (0, 1, 2, 3)), "A/RES/70/1")
    add(corpus, framed("儿童", "youngsters", (0, 1, 4)), "A/RES/71/1")
    (conflict,) = found(corpus, glossary, "儿童")
    assert (conflict.language, conflict.other, [one.text for one in conflict.rivals]) == (
        "zh",
        "en",
        ["children", "youngsters"],
    )


def test_one_word_for_two_things_is_two_concepts(corpus: Corpus, glossary: Glossary) -> None:
    for k in range(3):
        pairs = [(zh.format("银行"), en.format("bank")) for zh, en in MONEY]
        pairs += [(zh.format("河岸"), en.format("bank")) for zh, en in RIVER[: 3 - k % 2]]
        add(corpus, pairs, f"A/RES/{70 + k}/1", f"{2015 + k}-12-01")
    (conflict,) = found(corpus, glossary, "bank")
    assert told(conflict)[:2] == [("银行", 9, None), ("岸", 8, Reason.CONCEPTS)]


def test_a_term_with_one_rendering_is_in_no_conflict(corpus: Corpus, glossary: Glossary) -> None:
    add(corpus, framed(FIGHTERS, TERM, (0, 1, 2)), "A/RES/70/1")
    assert found(corpus, glossary, TERM) == []
    assert found(corpus, glossary, "station") == []


def test_what_the_glossary_has_beside_the_preferred_term_is_decided(corpus: Corpus, glossary: Glossary) -> None:
    add(corpus, [*framed(FIGHTERS, TERM, (0, 1, 2)), *framed(COMBATANTS, TERM, (0, 1))], "A/RES/70/1")
    terms = (
        Term("", "en", TERM),
        Term("", "zh", FIGHTERS, Usage.PREFERRED),
        Term("", "zh", COMBATANTS, Usage.ADMITTED),
    )
    glossary.add([Concept("", terms=terms)])
    assert found(corpus, glossary, TERM) == []


def test_the_approved_term_leads_though_another_is_more_frequent(fighters: Corpus, glossary: Glossary) -> None:
    glossary.add([concept(TERM, COMBATANTS, status=Workflow.APPROVED, usage=Usage.PREFERRED)])
    (conflict,) = found(fighters, glossary, TERM)
    assert [(one.text, one.status, one.concepts) for one in conflict.rivals] == [
        (COMBATANTS, "approved preferred", ("c1",)),
        (FIGHTERS, "", ()),
    ]


def test_concepts_that_are_defined_apart_are_two(corpus: Corpus, glossary: Glossary) -> None:
    one, other = concept("bank", "银行"), concept("bank", "河岸")
    glossary.add(
        [
            replace(one, definitions=(Definition("en", "A house for money."),)),
            replace(other, definitions=(Definition("en", "The edge of a river."),)),
        ]
    )
    (conflict,) = found(corpus, glossary, "bank")
    assert told(conflict) == [("银行", 0, None), ("河岸", 0, Reason.CONCEPTS)]
    assert conflict.verdict.because == ("the glossary defines them apart (c1, c2)",)


def test_the_inbox_looks_only_at_terms_that_occur_with_something_unexplained(
    fighters: Corpus, glossary: Glossary
) -> None:
    glossary.add([concept("station", "观测站"), concept("doctor", "医生"), concept("school", "学校")])

    def unasked() -> Locator:
        raise AssertionError("no term is worth a closer look")

    assert list(conflicts(fighters, glossary, unasked)) == []
    glossary.add([concept(TERM, FIGHTERS)])
    (conflict,) = found(fighters, glossary)
    assert (conflict.concepts, conflict.occurrences) == (("c4",), 21)


def test_the_first_pass_counts_what_the_glossary_explains(fighters: Corpus) -> None:
    own = replace(concept(TERM, FIGHTERS), id="c1")
    steps: list[int] = []
    seen = scan(fighters, [own], step=lambda: steps.append(1))
    one = seen["en", "foreignterroristfighter"]
    assert (len(one.pairs), one.unexplained, one.renderings) == (21, 6, {FIGHTERS: 15})
    assert len(steps) == len(list(fighters.pairs()))


def test_only_some_status_reason_and_language_may_be_asked_for(fighters: Corpus, glossary: Glossary) -> None:
    glossary.add([concept(TERM, FIGHTERS, status=Workflow.APPROVED, usage=Usage.PREFERRED)])
    assert len(found(fighters, glossary, status=Workflow.APPROVED)) == 1
    assert found(fighters, glossary, status=Workflow.PROPOSED) == []
    assert len(found(fighters, glossary, TERM, status=Workflow.APPROVED)) == 1
    assert found(fighters, glossary, TERM, status=Workflow.PROPOSED) == []
    assert len(found(fighters, glossary, reason=Reason.SYNONYMS)) == 1
    assert found(fighters, glossary, reason=Reason.QUOTATION) == []
    assert found(fighters, glossary, language="zh") == []


def test_a_term_that_can_be_none_is_refused(corpus: Corpus, glossary: Glossary) -> None:
    with pytest.raises(InputError, match="holds no word to look up"):
        found(corpus, glossary, "——")


def test_an_even_choice_keeps_order_and_ends() -> None:
    assert evenly(range(10), 4) == [0, 2, 5, 7]
    assert list(evenly(range(3), 4)) == [0, 1, 2]


# settled


def test_what_is_settled_comes_back_with_a_new_rival_or_twice_the_places(corpus: Corpus, glossary: Glossary) -> None:
    add(corpus, [*framed(FIGHTERS, TERM, (0, 1, 2)), *framed(COMBATANTS, TERM, (0, 1))], "A/RES/70/1")
    (conflict,) = found(corpus, glossary, TERM)
    dismissals = Dismissals(corpus.database, "anna")
    dismiss(dismissals, [conflict], [conflict.key], "one for Geneva")
    assert found(corpus, glossary, TERM) == []
    (aside,) = found(corpus, glossary, TERM, all=True)
    assert aside.settled.startswith("settled by anna on ")
    add(corpus, framed(COMBATANTS, TERM, (2,)), "A/RES/71/1")
    assert found(corpus, glossary, TERM) == []
    add(corpus, framed(COMBATANTS, TERM, (3, 4)), "A/RES/72/1")
    (back,) = found(corpus, glossary, TERM)
    assert back.back == aside.settled + f"; back, since {COMBATANTS} has 5 places now and had 2 then"
    dismiss(dismissals, [back], [back.key], "seen")
    add(corpus, framed("外籍武装分子", TERM, (0, 1, 2, 3)), "A/RES/73/1")
    (again,) = found(corpus, glossary, TERM)
    assert again.back.endswith("; back, since 外籍武装分子 is new")
    assert again.key != back.key


def test_a_conflict_is_named_by_its_term_and_rivals() -> None:
    key = conflict_key("en", TERM, [FIGHTERS, COMBATANTS])
    assert key == conflict_key("en", TERM.upper(), [COMBATANTS, FIGHTERS])
    assert key != conflict_key("zh", TERM, [FIGHTERS, COMBATANTS])
    assert len(key) == 12


def test_a_term_that_holds_a_colon_is_settled_like_any_other(fighters: Corpus, glossary: Glossary) -> None:
    glossary.add([concept(TERM, FIGHTERS)])
    (one,) = found(fighters, glossary)
    conflict = replace(one, term="fighters: a study")
    dismissals = Dismissals(fighters.database, "anna")
    dismiss(dismissals, [conflict], [conflict.key], "seen")
    after = compared(conflict, settled(dismissals))
    assert (after.back, after.settled.startswith("settled by anna on ")) == ("", True)


def test_an_unknown_key_settles_nothing(fighters: Corpus, glossary: Glossary) -> None:
    conflict = found(fighters, glossary, TERM)[0]
    assert about(conflict) == f"en {TERM}: {FIGHTERS} 15 · {COMBATANTS} 6"
    with pytest.raises(NotInGlossaryError, match="no conflict “nothing” now"):
        dismiss(Dismissals(fighters.database, "anna"), [conflict], [conflict.key, "nothing"], "why")
    assert Dismissals(fighters.database, "anna").all() == ()


# the command


app = typer.Typer(cls=PoliteGroup, pretty_exceptions_enable=False)
app.command("other")(lambda: None)
glossary_conflicts.register(app)


def command(corpus: Corpus, *arguments: object) -> Outcome:
    place = ["--db", corpus.place, "--user", "anna"]
    result = CliRunner().invoke(app, ["conflicts", *map(str, arguments), *place], catch_exceptions=False)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def test_the_command_shows_settles_and_brings_back(fighters: Corpus, glossary: Glossary) -> None:
    glossary.add([concept(TERM, FIGHTERS)])
    (conflict,) = found(fighters, glossary)
    lines = command(fighters).out.splitlines()
    assert lines[0] == f"⇄ {TERM}  rival synonyms  {conflict.verdict.confidence:.2f}  21 places · {conflict.key}"
    assert lines[1] == f"  {FIGHTERS}  15 in 3 documents  2015–2019 · c1 · candidate"
    assert f"    ⇄ rival synonyms: {'; '.join(conflict.verdict.because)}" in lines
    (told_of,) = json.loads(command(fighters, TERM, "--json").out)["conflicts"]
    assert (told_of["key"], told_of["reason"], [one["count"] for one in told_of["rivals"]]) == (
        conflict.key,
        "rival synonyms",
        [15, 6],
    )
    done = command(fighters, "--dismiss", conflict.key, "--reason", "one for Geneva")
    assert (done.code, done.out, done.err) == (0, "", f"settled: {TERM} ({FIGHTERS} / {COMBATANTS})\n")
    assert command(fighters).out == ""
    assert "↩ settled by anna" in command(fighters, "--all").out
    assert command(fighters, "--recall", conflict.key).err == f"no longer settled: {about(conflict)}\n"
    assert conflict.key in command(fighters, "--reason", "synonyms").out


def test_the_command_says_what_it_cannot_do(fighters: Corpus) -> None:
    assert command(fighters, "--reason", "mood").err == (
        "duizhao: “mood” is no reason of a conflict; there are synonyms, concepts, variant, alignment, quotation.\n"
    )
    assert command(fighters, TERM, "--dismiss", "nothing", "--reason", "why").err == (
        "duizhao: there is no conflict “nothing” now; “duizhao glossary conflicts” lists them, and a term that you "
        "named then must be named again.\n"
    )
    assert "no conflicts" in command(fighters).err


@pytest.mark.shared
def test_every_judgement_names_words_of_the_shared_texts() -> None:
    from benchmarks.conflicts import read_judged, read_texts

    judged = read_judged(read_texts(SHARED))
    assert len(judged) == 131
    assert [one for one in judged if not (one.term and one.first and one.second)] == []
