"""The structure of documents, on small documents made here."""

from __future__ import annotations

import pytest

from align.document import Document, FootnoteReference, Kind
from align.errors import LanguageMismatchError
from align.readers.raw import RawBlock, RawDocument, Role
from align.structure import structure


def soft(*texts: str) -> RawDocument:
    """Blocks of a converted document: any of them may go on in the next."""
    return RawDocument(tuple(RawBlock(text, f"line {n}", soft=True) for n, text in enumerate(texts, 1)), "made.txt")


def hard(*texts: str) -> RawDocument:
    """Blocks whose boundaries are the file's own."""
    return RawDocument(tuple(RawBlock(text, f"line {n}") for n, text in enumerate(texts, 1)), "made.txt")


def outline(document: Document) -> list[tuple[str, str, str]]:
    return [(str(paragraph.kind), paragraph.number, paragraph.text) for paragraph in document.paragraphs]


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


DRAFT_ZH = (
    "大 会",
    "第七十一届会议",
    "议程项目 12(b)",
    "灯塔问题",
    "巴西、加纳、挪威、萨摩亚和越南:决议草案",
    "灯塔与小船安全",
    "大会,",
    "回顾其 2005 年 9 月 16 日第 60/1 号决议,¹",
    "重申沿海国的灯塔为大小船只服务,包括在领海之外的海",
    "¹ 见 A/60/1,附件。",
    "域航行的船只,",
    "1. 呼吁各国保持灯塔明亮,包括:",
    "(a) 培训守灯人;",
    "(b) 供油:",
    "(i) 依照国内法;",
    "(ii) 依照灯塔委员会的决定;",
    "(c) 提出报告;",
    "2. 请秘书长提交报告。",
    "2017 年 12 月 20 日 第 12 次全体会议",
    "附件",
    "守灯人规则",
    "1. 守灯人应在黄昏点灯。",
)


def test_a_draft_resolution_is_told_apart_into_masthead_title_preamble_operative_part_and_annex():
    assert outline(structure(soft(*DRAFT_ZH))) == [
        ("masthead", "", "大会"),
        ("masthead", "", "第七十一届会议"),
        ("masthead", "", "议程项目12(b)"),
        ("masthead", "", "灯塔问题"),
        ("other", "", "巴西、加纳、挪威、萨摩亚和越南：决议草案"),
        ("title", "", "灯塔与小船安全"),
        ("preambular", "", "大会，"),
        ("preambular", "", "回顾其2005年9月16日第60/1号决议，"),
        ("preambular", "", "重申沿海国的灯塔为大小船只服务，包括在领海之外的海域航行的船只，"),
        ("note", "1", "见A/60/1，附件。"),
        ("operative", "1", "呼吁各国保持灯塔明亮，包括："),
        ("item", "(a)", "培训守灯人；"),
        ("item", "(b)", "供油："),
        ("item", "(i)", "依照国内法；"),
        ("item", "(ii)", "依照灯塔委员会的决定；"),
        ("item", "(c)", "提出报告；"),
        ("operative", "2", "请秘书长提交报告。"),
        ("other", "", "2017年12月20日第12次全体会议"),
        ("heading", "", "附件"),
        ("heading", "", "守灯人规则"),
        ("body", "1", "守灯人应在黄昏点灯。"),
    ]


def test_the_metadata_of_a_draft_resolution_come_from_its_masthead():
    document = structure(soft("A/C.9/71/L.5", *DRAFT_ZH))
    found = (document.symbol, document.title, document.date, document.body, document.session, document.agenda_item)
    assert found == ("A/C.9/71/L.5", "灯塔与小船安全", "2017-12-20", "General Assembly", "71", "12(b)")


def test_items_nest_by_the_style_of_their_letters():
    document = structure(soft(*DRAFT_ZH))
    assert [(p.number, p.level) for p in document.paragraphs if p.kind is Kind.ITEM] == [
        ("(a)", 1),
        ("(b)", 1),
        ("(i)", 2),
        ("(ii)", 2),
        ("(c)", 1),
    ]


def test_after_h_the_letter_i_goes_on_and_opens_no_list():
    letters = [f"({letter}) 第{letter}项内容；" for letter in "abcdefghij"]
    document = structure(soft("1. 决定下列各项：", *letters), "zh")
    assert {p.level for p in document.paragraphs if p.kind is Kind.ITEM} == {1}


def test_a_resolution_of_the_general_assembly_has_its_symbol_from_the_number_in_its_title():
    document = structure(soft("大会", "第六十七届会议", "67/18. 灯塔", "大会，", "回顾以往各项决议，", "1. 决定点灯。"))
    assert (document.symbol, document.title) == ("A/RES/67/18", "灯塔")


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        (
            ("United Nations", "S/2016/11", "Security Council", "Distr.: General 15 December 2016"),
            "symbol",
            "S/2016/11",
        ),
        (("United Nations", "S/RES/2341 (2017)", "Security Council"), "symbol", "S/RES/2341 (2017)"),
        (("Security Council", "Distr.: General", "15 December 2016"), "date", "2016-12-15"),
        (("Security Council", "Distr.: General 3 March 2013"), "date", "2013-03-03"),
        (("General Assembly", "Sixty-seventh session", "Agenda item 103"), "session", "67"),
        (("General Assembly", "Twelfth special session", "Agenda item 103"), "session", "12"),
        (("Economic and Social Council", "2023 session", "Agenda item 19 (f)"), "session", "2023"),
        (("Economic and Social Council", "2023 session", "Agenda item 19 (f)"), "agenda_item", "19(f)"),
        (("Economic and Social Council", "2023 session"), "body", "Economic and Social Council"),
    ],
)
def test_a_masthead_gives(lines: tuple[str, ...], field: str, value: str):
    opener = f"The {next(line for line in lines if 'Council' in line or 'Assembly' in line)},"
    document = structure(hard(*lines, "Lamps", opener, "Recalling its resolution 60/1,", "1. Decides to light lamps."))
    assert getattr(document, field) == value


def test_what_a_document_cites_is_not_its_own_symbol():
    document = structure(hard("General Assembly", "First session", "The General Assembly,", "Recalling A/RES/1/1,"))
    assert document.symbol == ""


def test_a_paragraph_cut_by_notes_is_joined_and_the_notes_follow_it():
    document = structure(
        soft(
            "1. 鼓励各国利用现有的数据库和工具,查明并追踪非",
            "⁷ 第 70/1 号决议。",
            "法贸易⁷ 中的灯油和灯芯；",
            "2. 决定。",
        )
    )
    assert [(p.number, p.text, p.footnotes) for p in document.paragraphs] == [
        ("1", "鼓励各国利用现有的数据库和工具，查明并追踪非法贸易中的灯油和灯芯；", (FootnoteReference("7", 25),)),
        ("7", "第70/1号决议。", ()),
        ("2", "决定。", ()),
    ]


def test_a_preambular_paragraph_that_ends_with_a_comma_is_whole():
    preamble = (
        "The General Assembly,",
        "Recalling its resolution 60/1 and all others,",
        "Noting the report, and others,",
    )
    assert len(structure(soft(*preamble, "1. Decides so.")).paragraphs) == 4


def test_an_operative_paragraph_cut_after_a_comma_is_joined():
    document = structure(
        soft(
            "大会，",
            "回顾以往各项决议，",
            "9. 欢迎会议决定推动各机关利用公约，提高效力，",
            "³ A/74/1。",
            "并酌情加强执行；³",
        )
    )
    assert texts(document)[2] == "欢迎会议决定推动各机关利用公约，提高效力，并酌情加强执行；"


def test_latin_words_are_joined_with_a_space_and_a_hyphenated_word_is_made_whole():
    document = structure(
        soft(
            "1. Calls upon all States to take measures, in the",
            "territorial waters of others, and to inform the inter-",
            "national community of their counter-",
            "measures.",
        )
    )
    assert texts(document) == [
        "Calls upon all States to take measures, in the territorial waters of others, and to inform the "
        "international community of their counter-measures."
    ]


def test_blocks_that_are_not_soft_are_never_joined():
    lines = ("这一段没有写完，在这里断", "开了。", "3.", "(a)", "一.", "导言")
    document = structure(hard(*lines), "zh")
    assert texts(document) == ["这一段没有写完，在这里断", "开了。", "3.", "(a)", "一.", "导言"]
    assert [p.number for p in document.paragraphs] == ["", "", "3", "(a)", "一", ""]


def test_a_number_alone_on_a_line_joins_the_soft_block_below_it():
    document = structure(soft("3.", "大会决定点灯。", "4.", "5. 请秘书长报告。"))
    assert [(p.number, p.text) for p in document.paragraphs] == [
        ("3", "大会决定点灯。"),
        ("4", "4"),
        ("5", "请秘书长报告。"),
    ]


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("3. 大会决定。", "3", "大会决定。"),
        ("12.请秘书长报告。", "12", "请秘书长报告。"),
        ("（一）公平竞争；", "(一)", "公平竞争；"),
        ("(iv) 依照国内法；", "(iv)", "依照国内法；"),
        ("一、总则", "一", "总则"),
        ("第十二条 公司应当登记。", "第十二条", "公司应当登记。"),
        ("第十二条之一　公司应当登记。", "第十二条之一", "公司应当登记。"),
        ("第三章　总　则", "第三章", "总则"),
        ("第十二条规定的公司应当登记。", "", "第十二条规定的公司应当登记。"),
        ("2017年12月通过。", "", "2017年12月通过。"),
        ("2017. 年度报告。", "", "2017. 年度报告。"),
        ("3.5万人受益。", "", "3.5万人受益。"),
        ("13.4 万人受益。", "", "13.4万人受益。"),
        ("67/189 号决议。", "", "67/189号决议。"),
        ("(2001)号决议。", "", "(2001)号决议。"),
        ("A/60/1 号文件。", "", "A/60/1号文件。"),
        ("一些国家提出了意见。", "", "一些国家提出了意见。"),
    ],
)
def test_a_number_leaves_the_text_and_what_is_no_number_stays(text: str, number: str, rest: str):
    paragraph = structure(hard(text), "zh").paragraphs[0]
    assert (paragraph.number, paragraph.text) == (number, rest)


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1. The Fund was set up.", "1", "The Fund was set up."),
        ("A. Draft resolution A/C.3/74/L.2", "A", "Draft resolution A/C.3/74/L.2"),
        ("IV. Recommendations", "IV", "Recommendations"),
        ("(aa) Lamps;", "(aa)", "Lamps;"),
        ("J. Smith said so.", "", "J. Smith said so."),
        ("I agree with it.", "", "I agree with it."),
        ("13.4 million persons benefit.", "", "13.4 million persons benefit."),
        ("Article 12 of the Treaty applies.", "", "Article 12 of the Treaty applies."),
        ("Article 12. Scope", "Article 12", "Scope"),
    ],
)
def test_numbers_in_english(text: str, number: str, rest: str):
    paragraph = structure(hard(text), "en").paragraphs[0]
    assert (paragraph.number, paragraph.text) == (number, rest)


def test_a_decimal_number_is_a_label_only_beside_its_neighbours():
    document = structure(hard("2.1 Scope of this part.", "2.2 Terms used here.", "7.5 Tonnes were lost."), "en")
    assert [p.number for p in document.paragraphs] == ["2.1", "2.2", ""]


def test_a_number_that_the_file_keeps_apart_is_used_as_printed():
    raw = RawDocument((RawBlock("Lamps;", "p", role=Role.LIST_ITEM, label="(b)"),), "made.docx")
    assert [(p.kind, p.number, p.text) for p in structure(raw, "en").paragraphs] == [(Kind.ITEM, "(b)", "Lamps;")]


REPORT = (
    "第七十一届会议",
    "议程项目 12",
    "灯塔问题",
    "第九委员会的报告",
    "一. 引言",
    "1. 大会决定列入题为“灯塔”的项目。",
    "2. 委员会审议了该项目。¹",
    "¹ 见 A/C.9/71/SR.5。",
    "二. 委员会的建议",
    "3. 委员会建议大会通过下列决议草案：",
    "决议草案一",
    "小船安全",
    "大会，",
    "回顾《灯塔公约》，¹",
    "¹ 第 60/1 号决议。",
    "1. 决定点灯；",
    "2. 请秘书长报告。",
    "决议草案二",
    "灯油",
    "大会，",
    "回顾《灯油公约》，¹",
    "1. 决定供油。",
    "¹ 第 60/2 号决议。",
    "4. 委员会又建议大会通过下列决定草案。",
)


def test_the_draft_resolutions_inside_a_report_are_its_parts():
    document = structure(soft(*REPORT))
    assert document.parts == ("小船安全", "灯油")
    assert [(p.part, p.number) for p in document.paragraphs if p.kind is Kind.OPERATIVE] == [
        (1, "1"),
        (1, "2"),
        (2, "1"),
    ]
    assert [p.number for p in document.paragraphs if p.part == 0 and p.kind is Kind.BODY] == ["1", "2", "3", "4"]
    assert (document.title, document.warnings) == ("第九委员会的报告", ())


def test_a_gap_in_the_operative_numbers_is_said():
    document = structure(hard("大会，", "回顾各项决议，", "1. 决定点灯；", "3. 请秘书长报告。"))
    assert document.warnings == ("Operative paragraph 3 (line 4) follows 1; one may be missing.",)


def test_references_and_notes_without_each_other_are_said():
    document = structure(soft("1. 决定点灯¹ 并供油。²", "² 第 60/1 号决议。", "³ 第 60/2 号决议。"))
    assert document.warnings == (
        "Note 3 (line 3) has no reference in the text.",
        "Reference 1 (line 1) has no note.",
    )


@pytest.mark.parametrize(
    ("text", "plain", "marks"),
    [
        ("回顾《公约》¹和《议定书》²，", "回顾《公约》和《议定书》，", [("1", 6), ("2", 12)]),
        ("回顾《公约》<sup>3</sup> 和议定书，", "回顾《公约》和议定书，", [("3", 6)]),
        ("回顾《公约》<sup>1, 2</sup>的规定，", "回顾《公约》的规定，", [("1", 6), ("2", 6)]),
        ("回顾公约[^4]的规定，", "回顾公约的规定，", [("4", 4)]),
        ("占地 12 km²，长 10⁶ 米。", "占地12 km²，长10⁶米。", []),
        ("**回顾**《公约》<sup>12</sup>，", "回顾《公约》，", [("12", 6)]),
    ],
)
def test_raised_marks_leave_the_text(text: str, plain: str, marks: list[tuple[str, int]]):
    paragraph = structure(hard(text), "zh").paragraphs[0]
    assert (paragraph.text, [(f.mark, f.offset) for f in paragraph.footnotes]) == (plain, marks)


def test_bare_digits_are_references_where_notes_of_these_marks_stand_near():
    document = structure(
        soft(
            "大会，",
            "回顾《公约》及其各项议定书、1《灯油公约》2 以及 3 项决定，",
            "又回顾委员会决定，3 其中 2 个国家提出了意见，",
            "1 联合国，《条约汇编》，第 1 卷，第 2 号。",
            "2 同上，第 2 卷，第 3 号。",
            "3 见 A/60/1。",
            "1. 决定点灯。",
        )
    )
    assert [(p.number, p.text, [f.mark for f in p.footnotes]) for p in document.paragraphs][1:6] == [
        ("", "回顾《公约》及其各项议定书、《灯油公约》以及3项决定，", ["1", "2"]),
        ("", "又回顾委员会决定，其中2个国家提出了意见，", ["3"]),
        ("1", "联合国，《条约汇编》，第1卷，第2号。", []),
        ("2", "同上，第2卷，第3号。", []),
        ("3", "见A/60/1。", []),
    ]
    assert document.warnings == ()


def test_bare_digits_are_no_references_where_no_note_answers():
    text = "委员会决定，1 名主席和 2 名副主席留任。"
    assert structure(hard(text), "zh").paragraphs[0].footnotes == ()


def test_a_star_note_belongs_to_its_star():
    document = structure(
        soft("General Assembly", "Agenda item 7*", "Lamps", "1. The lamps are lit.", "* A/71/100."), "en"
    )
    assert [(p.kind, p.number, p.text) for p in document.paragraphs][-1] == (Kind.NOTE, "*", "A/71/100.")
    assert document.warnings == ()


def test_a_note_that_goes_on_at_the_foot_of_the_next_page_is_joined():
    document = structure(
        soft(
            "1. Notes the documents before it,¹ and their contents in the",
            "¹ See A/1/1, A/1/2,",
            "A/1/3 and A/1/4.",
            "form in which they were issued.",
        ),
        "en",
    )
    assert texts(document) == [
        "Notes the documents before it, and their contents in the form in which they were issued.",
        "See A/1/1, A/1/2, A/1/3 and A/1/4.",
    ]


def test_markdown_is_stripped_and_listed():
    raw = soft("## 目 录", "**回顾**[决议](https://un.org/60_1)\\*，", "---", "- (a) 点灯；", "*强调*灯塔的重要性，")
    document = structure(raw, "zh")
    assert texts(document) == ["目录", "回顾决议*，", "点灯；", "强调灯塔的重要性，"]
    assert [(s.reason, s.text) for s in document.set_aside] == [
        ("rule", "---"),
        ("markup", "## \\ [](https://un.org/60_1) **** - **"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("12-48904 (C)", "job number"),
        ("*1248904*", "job number"),
        ("3/9", "page number"),
        ("第 2 页", "page number"),
        ("- 4 -", "page number"),
        ("A/71/5 3/9", "running header"),
    ],
)
def test_page_furniture_is_set_aside_and_the_sentence_around_it_joined(line: str, reason: str):
    document = structure(soft("1. 呼吁各国保持灯塔明亮，并采取措施培训守", line, "灯人。"), "zh")
    assert texts(document) == ["呼吁各国保持灯塔明亮，并采取措施培训守灯人。"]
    assert [(s.text, s.reason) for s in document.set_aside if s.reason != "markup"] == [(line, reason)]


def test_the_symbol_over_each_page_stays_once():
    document = structure(soft("A/71/5", "1. 呼吁各国保持灯塔明亮，并采取措施培训守", "A/71/5", "灯人。"), "zh")
    assert texts(document) == ["A/71/5", "呼吁各国保持灯塔明亮，并采取措施培训守灯人。"]


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("回顾其 2017 年 12 月 17 日第 73/11 号决议,", "回顾其2017年12月17日第73/11号决议，"),
        ("大 会", "大会"),
        ("附　则", "附则"),
        ("张三 李四", "张三 李四"),
        ("关于反恐的 第 1373 (2001) 号决议,", "关于反恐的第1373 (2001)号决议，"),
        ("组织(刑警组织)的合作;", "组织（刑警组织）的合作；"),
        ("第2(b)条和第217 A(III)号决议", "第2(b)条和第217 A(III)号决议"),
        ("见A/RES/73/11(Part I), 附件", "见A/RES/73/11(Part I)，附件"),
        ("共有1,000人,分3组:甲组", "共有1,000人，分3组：甲组"),
        ("为何如此?因为", "为何如此？因为"),
        ("见 https://un.org/a,b 网页", "见 https://un.org/a,b 网页"),
        ("采用 Smith, Jones 的方法", "采用Smith, Jones的方法"),
        ("《公约》 以及《议定书》 ，", "《公约》以及《议定书》，"),
        ("比例为 1:2,即一半", "比例为1:2，即一半"),
    ],
)
def test_chinese_typography(text: str, tidied: str):
    assert texts(structure(hard(text), "zh")) == [tidied]


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("Recalling  the Convention ,  and", "Recalling the Convention, and"),
        ("See ( a ) there .", "See (a) there."),
        ("The .NET and 1,000 : 2", "The .NET and 1,000: 2"),
    ],
)
def test_english_typography(text: str, tidied: str):
    assert texts(structure(hard(text), "en")) == [tidied]


def test_a_law_reads_as_chapters_and_articles():
    document = structure(
        hard(
            "灯塔法",
            "第一章　总　则",
            "第一条　为了保护灯塔，制定本法。",
            "灯塔受法律保护。",
            "第二条　下列情形除外：",
            "（一）废弃的灯塔；",
        )
    )
    assert outline(document) == [
        ("title", "", "灯塔法"),
        ("heading", "第一章", "总则"),
        ("body", "第一条", "为了保护灯塔，制定本法。"),
        ("body", "", "灯塔受法律保护。"),
        ("body", "第二条", "下列情形除外："),
        ("item", "(一)", "废弃的灯塔；"),
    ]


def test_a_story_is_running_text_under_its_title():
    document = structure(
        hard("The Lamp", "It was dark. Nobody came.", "“Who is there?” she asked.", "In 1949 the sea rose.")
    )
    assert [str(p.kind) for p in document.paragraphs] == ["title", "body", "body", "body"]


def test_what_the_file_says_of_its_blocks_is_kept():
    raw = RawDocument(
        (
            RawBlock("Lamps", "paragraph 1", role=Role.HEADING, level=1),
            RawBlock("Scope", "paragraph 2", role=Role.HEADING, level=2),
            RawBlock("The lamps are lit.", "paragraph 3", footnotes=(FootnoteReference("1", 9),)),
            RawBlock("Yes", "table 1, row 1, cell 1", role=Role.CELL),
            RawBlock("1 See there.", "footnote 1", role=Role.NOTE, mark="1"),
        ),
        "made.docx",
    )
    found = [(str(p.kind), p.level, p.number, p.text, p.place) for p in structure(raw, "en").paragraphs]
    assert found == [
        ("title", 0, "", "Lamps", "paragraph 1"),
        ("heading", 2, "", "Scope", "paragraph 2"),
        ("body", 0, "", "The lamps are lit.", "paragraph 3"),
        ("cell", 0, "", "Yes", "table 1, row 1, cell 1"),
        ("note", 0, "1", "1 See there.", "footnote 1"),
    ]


def test_a_text_in_neither_language_is_refused_with_what_to_do():
    with pytest.raises(LanguageMismatchError) as caught:
        structure(hard("12345 67890"))
    assert str(caught.value) == (
        "made.txt is neither plainly Chinese nor plainly English; check that it is the right file, "
        "and divide it first if it holds both languages."
    )


def test_items_run_together_by_a_converter_are_divided_in_a_resolution():
    document = structure(
        soft("大会，", "回顾各项决议，", "1. 呼吁各国: (a) 点灯; (b) 供油(包括灯芯);", "2. 请秘书长报告。")
    )
    assert [(str(p.kind), p.number, p.text) for p in document.paragraphs][2:] == [
        ("operative", "1", "呼吁各国："),
        ("item", "(a)", "点灯；"),
        ("item", "(b)", "供油（包括灯芯）；"),
        ("operative", "2", "请秘书长报告。"),
    ]


def test_without_numbers_the_operative_part_begins_where_the_commas_end():
    document = structure(
        hard("The Security Council,", "Recalling its resolution,", "Decides to light lamps.", "25 July 2023")
    )
    assert [str(p.kind) for p in document.paragraphs] == ["preambular", "preambular", "operative", "other"]


def test_the_agenda_item_has_a_title_of_its_own_above_the_sponsors():
    document = structure(
        hard(
            "Economic and Social Council",
            "2023 session",
            "Agenda item 16",
            "Lamps and lighthouses",
            "Cuba:*,** draft resolution",
            "Lamps of small islands",
            "The Economic and Social Council,",
            "Recalling its resolution,",
            "1. Decides to light lamps.",
        )
    )
    assert [(str(p.kind), p.text) for p in document.paragraphs][3:6] == [
        ("masthead", "Lamps and lighthouses"),
        ("other", "Cuba:*,** draft resolution"),
        ("title", "Lamps of small islands"),
    ]


def test_a_decision_annexed_to_a_resolution_is_no_part():
    document = structure(
        hard(
            "大会，",
            "回顾决议，",
            "1. 核可附件所载决定。",
            "附件",
            "第 1 号决定",
            "灯塔委员会，",
            "1. 守灯人应在黄昏点灯。",
        )
    )
    assert document.parts == ()
    assert [(str(p.kind), p.number) for p in document.paragraphs if p.number] == [("operative", "1"), ("body", "1")]


def test_a_mark_alone_on_a_line_belongs_to_the_note_below_it():
    document = structure(soft("1. 决定点灯。¹", "¹", "第 60/1 号决议。"), "zh")
    assert [(str(p.kind), p.number, p.text) for p in document.paragraphs] == [
        ("body", "1", "决定点灯。"),
        ("note", "1", "第60/1号决议。"),
    ]


def test_notes_set_in_one_block_are_divided():
    document = structure(soft("1. 决定点灯¹ 并供油。²", "¹ 第 60/1 号决议。 ² 第 60/2 号决议。"), "zh")
    assert [(p.number, p.text) for p in document.paragraphs if p.kind is Kind.NOTE] == [
        ("1", "第60/1号决议。"),
        ("2", "第60/2号决议。"),
    ]


def test_lines_of_one_block_are_paragraphs_where_numbers_begin_them():
    document = structure(soft("3. 面前有下列文件：\n - (a) 报告；\n - (b) 秘书长的\n说明。"), "zh")
    assert [(p.number, p.text) for p in document.paragraphs] == [
        ("3", "面前有下列文件："),
        ("(a)", "报告；"),
        ("(b)", "秘书长的说明。"),
    ]


def test_a_paragraph_that_ends_with_a_comma_and_a_bare_reference_is_whole():
    document = structure(
        soft(
            "大会，",
            "回顾其关于灯塔和小船安全的各项决议，特别是最近的决议，1",
            "又回顾一切船只的安全，",
            "1 第 60/1 号决议。",
            "2 与灯塔委员会合作。",
            "1. 决定点灯。2",
        )
    )
    assert texts(document)[1:3] == [
        "回顾其关于灯塔和小船安全的各项决议，特别是最近的决议，",
        "又回顾一切船只的安全，",
    ]
