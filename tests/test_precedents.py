"""The precedents of a term in made-up corpora: renderings, counts, doubt, what is left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from conftest import SHARED

from align.document import Document, Kind, Paragraph
from align.errors import InputError
from align.readers import read
from align.readers.pair_file import AlignedPair, PairFile
from align.table import AlignmentTable, BeadKind, BeadRecord, Provenance
from models import load_embedded
from models.static import StaticEncoder
from search.corpus import Corpus
from search.precedents.defined_names import defined_names
from search.precedents.evidence import Evidence, Rendering, TermResult
from search.precedents.locator import locator_of
from search.precedents.look_up import Question, first_evidence, look_up_term, question
from search.precedents.places import Sought
from search.precedents.question import date_of
from search.precedents.renderings import group_key, grouped, number_variants, surfaces
from search.records import Filters, StoredPair

FIGHTERS, COMBATANTS = "外国恐怖主义战斗人员", "外国恐怖主义作战人员"
FRAMES = (
    ("理事会讨论了{}造成的威胁。", "The Council discussed the threat posed by {}."),
    ("各国应防止{}越过边界。", "States should prevent {} from crossing borders."),
    ("报告列出了{}的家属需要什么。", "The report lists what the families of {} need."),
    ("会议请专家研究{}返回的问题。", "The meeting asked experts to study the return of {}."),
    ("秘书处提供了关于{}的新数据。", "The Secretariat provided new data on {}."),
    ("法院审判了三名{}。", "The court tried three {}."),
)
OTHERS = (
    ("委员会通过了水利预算。", "The Committee adopted the water budget."),
    ("渔民在湖边修理船只。", "Fishermen repair their boats by the lake."),
    ("学校在九月开学。", "Schools open in September."),
    ("该组织的总部设在里昂。", "The headquarters of the organization are in Lyon."),
    ("医生为儿童接种疫苗。", "Doctors vaccinate children."),
    ("农民今年收获了更多大米。", "Farmers harvested more rice this year."),
)


@cache
def model() -> StaticEncoder:
    return load_embedded()


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "corpus.sqlite") as opened:
        store(opened, OTHERS, "A/77/1", "2022-01-01")
        yield opened


def store(corpus: Corpus, pairs: Sequence[tuple[str, str]], symbol: str, date: str, **properties: str) -> None:
    """Store pairs as one document."""
    named = {"symbol": symbol, "date": date, "body": "General Assembly", **properties}
    rows = tuple(AlignedPair(zh, en, tuple(named.items()), f"row {k}") for k, (zh, en) in enumerate(pairs, start=1))
    corpus.add_pairs(PairFile(rows, f"{symbol.replace('/', '_')}.tmx"))


def framed(zh: str, en: str, frames: Sequence[int] = (0, 1, 2)) -> list[tuple[str, str]]:
    """Sentences about something."""
    return [(FRAMES[k][0].format(zh), FRAMES[k][1].format(en)) for k in frames]


def looked_up(corpus: Corpus, term: str, **options: object) -> TermResult:
    return look_up_term(corpus, locator_of(corpus, model()), question(term, **options))  # type: ignore[arg-type]


def counts(result: TermResult) -> list[tuple[str, int]]:
    return [(one.text, one.count) for one in result.renderings]


@pytest.fixture
def fighters(corpus: Corpus) -> Corpus:
    store(corpus, framed(COMBATANTS, "foreign terrorist fighters", (0, 1)), "A/RES/70/1", "2015-12-01")
    store(corpus, framed(FIGHTERS, "foreign terrorist fighters", (2, 3, 4)), "A/RES/74/2", "2019-12-18")
    store(corpus, framed(FIGHTERS, "Foreign terrorist fighters", (5,)), "A/74/90", "2019-08-02", confidence="0.5")
    return corpus


def test_both_renderings_of_an_english_term_are_counted_side_by_side(fighters: Corpus) -> None:
    result = looked_up(fighters, "foreign terrorist fighters")
    assert (result.language, counts(result)) == ("en", [(FIGHTERS, 4), (COMBATANTS, 2)])
    new, old = result.renderings
    assert (new.documents, new.dates, old.documents, old.dates) == (
        2,
        ("2019-08-02", "2019-12-18"),
        1,
        ("2015-12-01", "2015-12-01"),
    )
    assert (dict(new.types), dict(old.types)) == ({"RES": 3, "other": 1}, {"RES": 2})
    assert [(point.year, point.rendering, point.count) for point in result.timeline if not point.body] == [
        (2015, COMBATANTS, 2),
        (2019, FIGHTERS, 4),
    ]
    assert result.bodies == {"General Assembly": {FIGHTERS: 4, COMBATANTS: 2}}


def test_a_chinese_term_is_looked_up_the_same_way(fighters: Corpus) -> None:
    result = looked_up(fighters, FIGHTERS)
    assert (result.language, counts(result)) == ("zh", [("foreign terrorist fighters", 4)])
    assert result.renderings[0].variants == (("Foreign terrorist fighters", 1),)


def test_evidence_marks_the_term_and_its_rendering(fighters: Corpus) -> None:
    for shown in looked_up(fighters, "foreign terrorist fighters").renderings[0].evidence:
        record = shown.pair.record
        assert record.zh_text[slice(*shown.zh_span)] == FIGHTERS
        assert record.en_text[slice(*shown.en_span)].casefold() == "foreign terrorist fighters"


def test_the_singular_finds_the_plural_and_the_plural_the_singular(corpus: Corpus) -> None:
    store(corpus, [*framed("渡轮", "ferries"), *framed("渡轮", "a ferry", (3, 4))], "A/1", "2020")
    assert counts(looked_up(corpus, "ferry")) == counts(looked_up(corpus, "ferries")) == [("渡轮", 5)]
    assert counts(looked_up(corpus, "渡轮")) == [("ferries", 5)]


def test_a_word_is_not_found_inside_another_word(corpus: Corpus) -> None:
    store(corpus, [("这是一个事实。", "This is a fact."), ("该法案已获通过。", "The act was adopted.")], "A/1", "2020")
    assert [shown.pair.record.en_text for one in looked_up(corpus, "act").renderings for shown in one.evidence] == [
        "The act was adopted."
    ]


def test_confidence_is_that_of_the_place_times_that_of_the_alignment(fighters: Corpus) -> None:
    evidence = looked_up(fighters, "foreign terrorist fighters").renderings[0].evidence
    assert [shown.alignment for shown in evidence] == [1.0, 1.0, 1.0, 0.5]
    assert [shown.confidence for shown in evidence] == [shown.location * shown.alignment for shown in evidence]


def test_a_rendering_that_rests_on_poor_alignments_says_so_until_a_person_has_checked_them(corpus: Corpus) -> None:
    store(corpus, framed(COMBATANTS, "foreign terrorist fighters"), "A/1", "2020", confidence="0.4")
    (rendering,) = looked_up(corpus, COMBATANTS).renderings
    assert rendering.doubt == "all 3 rest on doubtful alignments"
    corpus.set_status([rendering.evidence[0].pair.id])
    (rendering,) = looked_up(corpus, COMBATANTS).renderings
    assert (rendering.doubt, rendering.checked) == ("2 of 3 rest on doubtful alignments", 1)
    corpus.set_status([shown.pair.id for shown in rendering.evidence])
    (rendering,) = looked_up(corpus, COMBATANTS).renderings
    assert (rendering.doubt, rendering.checked) == ("", 3)


def test_paragraphs_without_their_other_language_are_counted_apart(fighters: Corpus) -> None:
    fighters.add_document(chinese(FRAMES[0][0].format(FIGHTERS), FRAMES[1][0].format(FIGHTERS)))
    result = looked_up(fighters, FIGHTERS)
    assert (result.count, result.missing.unpaired, result.missing.unpaired_documents) == (4, 2, 1)
    assert result.likely == ()


def test_what_only_chinese_documents_say_is_likely_and_in_no_count(corpus: Corpus) -> None:
    texts = [frame.format(name) for name in (FIGHTERS, COMBATANTS) for frame, _ in FRAMES[:3]]
    corpus.add_document(chinese(*texts, FRAMES[3][0].format(FIGHTERS)))
    result = looked_up(corpus, "foreign terrorist fighters")
    assert (result.count, result.renderings) == (0, ())
    assert [(one.text, one.count, one.documents) for one in result.likely] == [(FIGHTERS, 4, 1), (COMBATANTS, 3, 1)]
    for pair, place in result.likely[0].places:
        assert pair.record.zh_text[slice(*place)] == FIGHTERS


def chinese(*texts: str) -> Document:
    paragraphs = tuple(Paragraph(k, Kind.BODY, text) for k, text in enumerate(texts))
    return Document(paragraphs, "zh", "Hans", source="draft.zh.txt")


INTERPOL = [
    ("国际刑警组织派出了专家。", "INTERPOL sent experts."),
    ("会议感谢国际刑警组织。", "The meeting thanked INTERPOL."),
    ("国际刑警组织的数据库很有用。", "The database of INTERPOL is useful."),
    ("各国与国际刑警组织交换信息。", "States exchange information with INTERPOL."),
]


def test_a_term_is_not_counted_inside_a_longer_name_of_the_same_meaning(corpus: Corpus) -> None:
    store(corpus, INTERPOL, "A/1", "2020")
    result = looked_up(corpus, "刑警组织")
    assert (result.count, [(one.text, one.count) for one in result.longer]) == (0, [("国际刑警组织", 4)])
    assert counts(looked_up(corpus, "国际刑警组织")) == [("INTERPOL", 4)]


def test_inside_counts_it_there_all_the_same(corpus: Corpus) -> None:
    store(corpus, INTERPOL, "A/1", "2020")
    result = looked_up(corpus, "刑警组织", inside=True)
    assert (result.count, result.longer) == (4, ())


def test_a_given_longer_term_is_counted_apart(fighters: Corpus) -> None:
    whole = looked_up(fighters, "战斗人员")
    assert (whole.count, whole.longer) == (4, ())
    result = looked_up(fighters, "战斗人员", longer=["恐怖主义战斗人员"])
    assert (result.count, [(one.text, one.count) for one in result.longer]) == (0, [("恐怖主义战斗人员", 4)])


def test_a_term_that_is_rendered_by_itself_inside_a_longer_one_is_counted(fighters: Corpus) -> None:
    assert counts(looked_up(fighters, "战斗人员")) == [("fighters", 4)]


def test_a_name_that_the_text_defines_in_brackets_is_a_longer_name(corpus: Corpus) -> None:
    corpus.add_document(chinese("国际刑事警察组织(国际刑警组织)派出了专家。", "国际刑警组织提出报告。"))
    result = looked_up(corpus, "刑警组织")
    assert ([(one.text, one.count) for one in result.longer], result.missing.unpaired) == ([("国际刑警组织", 2)], 0)


def test_lists_that_each_language_sorts_its_own_way_are_in_no_count(corpus: Corpus) -> None:
    record = BeadRecord(
        (0,), (0,), "法国\n外国恐怖主义战斗人员", "foreign terrorist fighters\nFrance", 0.5, 0.9, BeadKind.LIST
    )
    corpus.add_alignment(AlignmentTable("made up", (record,), Provenance(symbol="A/5")))
    result = looked_up(corpus, FIGHTERS)
    assert (result.count, result.missing.lists) == (0, 1)


def test_filters_say_which_pairs_are_meant(fighters: Corpus) -> None:
    for filters, expected in (
        (Filters(years=(2010, 2016)), [(COMBATANTS, 2)]),
        (Filters(symbol="A/RES/*"), [(FIGHTERS, 3), (COMBATANTS, 2)]),
        (Filters(min_confidence=0.9), [(FIGHTERS, 3), (COMBATANTS, 2)]),
        (Filters(body="Security Council"), []),
        (Filters(status="checked"), []),
    ):
        assert counts(looked_up(fighters, "foreign terrorist fighters", filters=filters)) == expected


def test_a_document_that_came_as_pairs_too_is_counted_once(fighters: Corpus) -> None:
    before = counts(looked_up(fighters, FIGHTERS))
    (zh, en), *_ = framed(FIGHTERS, "foreign terrorist fighters", (2,))
    record = BeadRecord((0,), (0,), zh, en, 0.9, 0.9, BeadKind.LINK)
    fighters.add_alignment(AlignmentTable("made up", (record,), Provenance(symbol="A/RES/74/2")))
    assert counts(looked_up(fighters, FIGHTERS)) == before


def test_the_first_evidence_comes_before_all_is_found(fighters: Corpus) -> None:
    stream = first_evidence(fighters, locator_of(fighters, model()), question(FIGHTERS))
    assert next(stream).text == "foreign terrorist fighters"
    assert len(list(stream)) == 3


def test_a_signature_says_how_it_was_made(fighters: Corpus) -> None:
    made = looked_up(fighters, FIGHTERS, filters=Filters(years=(2010, 2020))).signature
    assert f"|task:term|model:{model().name}|corpus:{fighters.name[:12]}@{fighters.state}|" in made
    assert made.endswith("|filters:years=(2010, 2020)")


def evidence(type_: str = "RES", status: str = "automatic", location: float = 0.9, date: str = "2020") -> Evidence:
    record = BeadRecord((0,), (0,), "水", "water", 0.8, 0.9, BeadKind.LINK, status)
    return Evidence(
        StoredPair(1, 1, 0, record, "A/1", type_, date, "", 1), "zh", (0, 1), (0, 5), "water", location, 1.0
    )


def test_evidence_is_ordered_by_authority_then_checked_then_sureness_then_recency() -> None:
    ordered = [
        evidence("treaty", location=0.4, date="1945"),
        evidence("RES", "checked", 0.7),
        evidence("RES", date="2021-05-01"),
        evidence("RES", date="2021"),
        evidence("RES", date="2020-12-31"),
        evidence("RES", date=""),
        evidence("RES", location=0.5, date="2023"),
        evidence("L", "checked", date="2023"),
    ]
    assert sorted([*ordered[4:], *ordered[:4]], key=lambda one: one.rank()) == ordered
    assert sorted(ordered, key=lambda one: one.rank({"L": 1.0}))[0] == ordered[-1]


@pytest.mark.parametrize(
    ("symbol", "date", "found"),
    [
        ("E/2023/74", "", "2023"),
        ("S/RES/1373 (2001)", "", "2001"),
        ("A/RES/71/1999", "", ""),
        ("A/RES/71/1", "", ""),
        ("E/2023/74", "2022-12-30", "2022-12-30"),
    ],
)
def test_a_document_without_date_has_the_year_of_its_symbol(symbol: str, date: str, found: str) -> None:
    pair = replace(evidence().pair, symbol=symbol, date=date)
    assert (date_of(pair), Rendering("water", (), (replace(evidence(), pair=pair),)).dates) == (found, (found, found))


def test_a_rendering_with_unsure_places_says_so() -> None:
    assert Rendering("water", (), (evidence(location=0.4),)).doubt == "where it begins and ends is unsure"


@pytest.mark.parametrize(
    "forms",
    [
        ("counter-terrorism", "counterterrorism", "Counter Terrorism", "“counter-terrorism”"),
        ("an organisation", "organizations", "Organisation"),
        ("programmes", "the programme", "program"),
        ("labour centre", "labor\ncenters"),
    ],
)
def test_english_forms_that_differ_in_spelling_are_one_rendering(forms: tuple[str, ...]) -> None:
    assert len({group_key(form, "en") for form in forms}) == 1


@pytest.mark.parametrize("forms", [("water", "waters edge"), ("treaty", "entreaty"), ("organ", "organization")])
def test_different_words_are_different_renderings(forms: tuple[str, str]) -> None:
    assert group_key(forms[0], "en") != group_key(forms[1], "en")


def groups(*texts: str) -> list[list[str]]:
    return list(grouped(texts, str, "en").values())


def test_the_forms_of_a_verb_are_one_rendering() -> None:
    verbs = ["implement", "implements", "implemented", "implementing"]
    assert groups(*verbs, "implementation") == [verbs, ["implementation"]]
    assert groups("combating terrorism", "combat terrorism", "terrorism") == [
        ["combating terrorism", "combat terrorism"],
        ["terrorism"],
    ]
    assert groups("applied", "apply", "planned", "plan", "plans") == [
        ["planned", "plan", "plans"],
        ["applied", "apply"],
    ]
    assert groups("enforced", "enforce") == [["enforced", "enforce"]]


def test_words_that_only_end_like_a_verb_stay_apart() -> None:
    for texts in (
        ("developed countries", "developing countries"),
        ("funding", "funds"),
        ("need", "needing"),
        ("string", "str"),
    ):
        assert len(groups(*texts)) == 2


def test_chinese_forms_that_differ_in_script_spacing_and_marks_are_one_rendering() -> None:
    assert len({group_key(form, "zh") for form in ("國際刑警組織", "国际 刑警组织", "“国际刑警组织”")}) == 1


def test_the_most_frequent_form_comes_first_and_of_equals_the_one_in_small_letters() -> None:
    assert surfaces(["Water", "water", "WATER", "fresh\nwater", "fresh water"]) == (
        ("fresh water", 2),
        ("water", 1),
        ("Water", 1),
        ("WATER", 1),
    )


def test_a_form_of_headings_is_not_what_a_rendering_is_called_where_running_text_has_it_too() -> None:
    assert surfaces(["Fresh Water"] * 4 + ["fresh water"]) == (("fresh water", 1), ("Fresh Water", 4))
    assert surfaces(["United Nations"] * 9 + ["united nations"])[0] == ("United Nations", 9)


@pytest.mark.parametrize(
    ("term", "forms"),
    [
        ("fighter", ("fighter", "fighters")),
        ("activities", ("activities", "activity")),
        ("women", ("women", "woman")),
        ("INTERPOL", ("INTERPOL",)),
        ("process", ("process", "processes")),
    ],
)
def test_a_term_has_both_numbers(term: str, forms: tuple[str, ...]) -> None:
    assert number_variants(term) == forms


@pytest.mark.parametrize(
    ("term", "text", "places"),
    [
        ("counter-terrorism", "Counterterrorism and counter terrorism", ["Counterterrorism", "counter terrorism"]),
        ("counterterrorism", "on counter-terrorism", ["counter-terrorism"]),
        ("organisation", "Organizations", ["Organizations"]),
        ("国际刑警组织", "國際刑警組織和国际 刑警组织", ["國際刑警組織", "国际 刑警组织"]),
        ("café", "a cafe\u0301", ["cafe\u0301"]),
        ("C++", "C++ (not C+)", ["C++"]),
        ("5G", "5G网络，a5G", ["5G"]),
        (".*", "all", []),
    ],
)
def test_a_term_is_found_whatever_its_spelling(term: str, text: str, places: list[str]) -> None:
    language = "zh" if term == "国际刑警组织" else "en"
    assert [text[slice(*place)] for place in Sought.make(term, language).places(text)] == places


def test_names_are_read_from_their_definitions() -> None:
    zh = "联合国与国际刑事警察组织（以下简称“国际刑警组织”）合作(见附件)。"
    assert list(defined_names(zh, "zh")) == [("国际刑事警察组织", "国际刑警组织")]
    en = "with the International Criminal Police Organization (INTERPOL) (see annex)"
    assert list(defined_names(en, "en")) == [("International Criminal Police Organization", "INTERPOL")]


def test_a_question_says_what_it_cannot_be() -> None:
    assert question("  foreign\n terrorist ") == Question("foreign terrorist", "en")
    assert question("刑警 组织").language == "zh"
    assert question("WTO", "zh").language == "zh"
    with pytest.raises(InputError, match="“——！” holds no word to look up; give a term in Chinese or English"):
        question("——！")
    with pytest.raises(InputError, match="holds no word to look up"):
        question("")
    with pytest.raises(InputError, match="900 characters are too long for a term; give 200 at most"):
        question("a" * 900)


@pytest.mark.parametrize("term", ["%", "_", "a'b", 'x"y', "NEAR(a b)", "a OR b", "\U000e0001x", "ac*", "[a-z]"])
def test_a_term_with_signs_of_query_languages_is_only_text(corpus: Corpus, term: str) -> None:
    if any(character.isalnum() for character in term):
        assert looked_up(corpus, term).count == 0
    else:
        with pytest.raises(InputError, match="holds no word to look up"):
            looked_up(corpus, term)


@pytest.mark.shared
def test_both_renderings_of_a_real_term_are_found_in_documents_that_are_there_in_chinese_only(corpus: Corpus) -> None:
    for seed in sorted((SHARED / "seeds").glob("*.txt")):
        corpus.add_document(read(seed), name=seed.stem)
    result = looked_up(corpus, "foreign terrorist fighters")
    assert [(one.text, one.count) for one in result.likely] == [(FIGHTERS, 12), (COMBATANTS, 10)]
    longer = looked_up(corpus, "刑警组织").longer
    assert longer[0].text == "国际刑警组织"
    assert longer[0].count > 40
