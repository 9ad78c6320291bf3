"""Encodings and plain text: what is one paragraph, and in which encoding."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers_made_up import characters, kept_characters, texts, written

from align.errors import UnreadableFileError
from align.readers import read_raw
from align.readers.encoding import decode
from align.readers.plain import read_plain
from align.readers.wrapping import join

SHARED = Path(__file__).parents[1].parent / "shared"
SIMPLIFIED = "大会，\n回顾其关于防止恐怖分子旅行的决议，\n1. 请各国就此提出报告。\n"
TRADITIONAL = "大會，\n回顧其關於防止恐怖分子旅行的決議，\n1. 請各國就此提出報告。\n"
ENGLISH = "The General Assembly,\nRecalling its resolution 97/214,\n1. Requests a report.\n"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "big5", "cp950"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
        (ENGLISH, "ascii", "utf-8"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        ("The Assembly’s “decision” on naïve café owners.\n", "cp1252", "cp1252"),
        ("香港嘅啲嘢喺呢度\n" * 3, "big5hkscs", "big5hkscs"),
        ("人权\n", "gbk", "gb18030"),
        ("聯合國\n", "big5", "cp950"),
    ],
)
def test_an_encoding_is_found_by_what_the_text_looks_like(text: str, codec: str, name: str) -> None:
    assert decode(text.encode(codec), "a.txt") == (text, name)


def test_a_rare_character_beyond_the_basic_plane_survives_gb18030() -> None:
    text = "第一条 地名𠮷野和𪚥字用于本条的各国名称。"
    assert decode(text.encode("gb18030"), "a.txt") == (text, "gb18030")


def test_line_ends_are_unified_and_byte_order_marks_inside_a_text_go() -> None:
    assert decode("a\r\nb\rc\u2028d\ufeff\fe".encode(), "a.txt") == ("a\nb\nc\nd\fe", "utf-8")


def test_a_few_damaged_bytes_in_utf8_are_shown_and_reported(tmp_path: Path) -> None:
    data = SIMPLIFIED.encode() * 20 + b"\xe5\xa4" + b"\nend.\n"
    document = read_raw(written(tmp_path, "a.txt", data))
    assert document.warnings == ("a.txt: 1 character could not be decoded as utf-8; look for \ufffd in the text.",)


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 10, b"\x00\x01\x02\x03" * 100, b"\x7fELF\x02\x01\x01" + bytes(200)]
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"^a\.txt: this is a binary file and no text; use \.docx"):
        decode(data, "a.txt")


def test_a_file_of_spaces_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match=r"^a\.txt: the file has only spaces and empty lines"):
        decode(b" \n\t\n", "a.txt")


def test_each_line_of_a_file_of_long_lines_is_a_paragraph_of_its_own() -> None:
    lines = ["目录", "1. 议程通过。", "会员国回顾其各项决议" * 12 + "，", "续行不得并入上一行", "结束。"]
    document = read_plain("\n".join(lines), "a.txt")
    assert [(block.text, block.place, block.soft) for block in document.blocks] == [
        (line, f"line {number}", False) for number, line in enumerate(lines, 1)
    ]


def test_empty_lines_separate_paragraphs_that_are_wrapped_by_hand() -> None:
    paragraphs = [
        "The General Assembly, recalling its earlier resolutions on the matter and mindful of the need for "
        "international cooperation among all States concerned, decides to remain seized of the matter.",
        "1. Requests the Secretary-General to report on the implementation of the present resolution at its "
        "next session, including on follow-up by Member States.",
        "Annex",
    ]
    text = "\n\n".join("\n".join(textwrap.wrap(paragraph, 60, break_on_hyphens=False)) for paragraph in paragraphs)
    assert texts(read_plain(text, "a.txt")) == paragraphs


def test_wrapped_chinese_lines_join_without_a_space() -> None:
    text = (
        "第一条　为了规范各国之间的合作，保障旅行安全，\n促进信息交流，根据宪法，制定本法，各级人民政府\n"
        "应当依法执行。\n\n"
        "第二条　本法所称旅行，是指经由陆地、海上或者航\n空跨越边界的行为。违反第一条规定的，由主管机关\n责令改正。\n"
    )
    assert texts(read_plain(text, "a.txt")) == [
        "第一条　为了规范各国之间的合作，保障旅行安全，促进信息交流，根据宪法，制定本法，各级人民政府应当依法执行。",
        "第二条　本法所称旅行，是指经由陆地、海上或者航空跨越边界的行为。违反第一条规定的，由主管机关责令改正。",
    ]


def test_indented_first_lines_separate_paragraphs_without_empty_lines() -> None:
    first = "　　春天到了，河边的柳树抽出了新芽，孩子们在堤上奔跑着放起了风筝，老人们坐在长椅上说着往年的事情。"
    second = "　　到了傍晚，风渐渐停了，大家收起风筝回家去，街上的灯一盏一盏亮起来，饭菜的香味从窗口飘了出来。"
    wrapped = [paragraph[k : k + 20] for paragraph in (first, second) * 3 for k in range(0, len(paragraph), 20)]
    assert texts(read_plain("\n".join(wrapped), "a.txt")) == [first.strip(), second.strip()] * 3


def test_a_list_that_runs_over_a_line_is_joined_but_a_letterhead_is_not() -> None:
    text = (
        "Distr.: Limited\n4 November 2044\nOriginal: English\n\n"
        "阿根廷、奥地利、巴拿马、菲律宾、芬兰、加纳、肯尼亚、摩洛哥、日本、\n乌拉圭和赞比亚：决议草案\n\n大会，\n"
    )
    assert texts(read_plain(text, "a.txt")) == [
        "Distr.: Limited",
        "4 November 2044",
        "Original: English",
        "阿根廷、奥地利、巴拿马、菲律宾、芬兰、加纳、肯尼亚、摩洛哥、日本、乌拉圭和赞比亚：决议草案",
        "大会，",
    ]


def test_a_block_that_a_page_break_cuts_is_soft_and_one_that_ends_is_not() -> None:
    text = "1. 请各国在各自职权范围内加强边\n\n¹ 见上文。\n\n\n\n境管制。\n\n2.\n\n决定继续审议。\n"
    blocks = read_plain(text, "a.txt").blocks
    assert [(block.text, block.place, block.soft) for block in blocks] == [
        ("1. 请各国在各自职权范围内加强边", "line 1", True),
        ("¹ 见上文。", "line 3", False),
        ("境管制。", "line 7", False),
        ("2.", "line 9", True),
        ("决定继续审议。", "line 11", False),
    ]


def test_form_feeds_count_pages_and_end_blocks() -> None:
    blocks = read_plain("First page.\n\fSecond page goes\n\non here.\f\n", "a.txt").blocks
    assert [(block.text, block.page, block.soft) for block in blocks] == [
        ("First page.", 1, False),
        ("Second page goes", 2, True),
        ("on here.", 2, False),
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("决议草", "案。", "决议草案。"),
        ("the General", "Assembly", "the General Assembly"),
        ("inter-", "national law", "international law"),
        ("follow-", "up", "follow-up"),
        ("the Secretary-", "General", "the Secretary-General"),
        ("in 2019-", "2020", "in 2019-2020"),
        ("根据第 97/214", "号决议", "根据第 97/214号决议"),
        ("co\u00ad", "operation", "cooperation"),
    ],
)
def test_lines_join_as_their_scripts_ask(first: str, second: str, joined: str) -> None:
    assert join(first, second) == joined


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\n\f 。，1."))
)
def test_no_character_of_a_plain_text_is_lost(text: str) -> None:
    document = read_plain(text, "a.txt")
    lost = characters(text) - kept_characters(document)
    # A hyphen at a line's end may go when the word is made whole.
    assert set(lost) <= {"-", "\u2010"}


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["un/docs", "seeds"])
def test_no_character_of_the_real_texts_is_lost(folder: str) -> None:
    paths = sorted((SHARED / folder).rglob("*.txt"))
    assert paths
    for path in paths:
        assert characters(path.read_text("utf-8")) == kept_characters(read_raw(path)), path


@pytest.mark.shared
def test_the_real_documents_of_one_paragraph_a_line_keep_their_lines() -> None:
    paths = sorted((SHARED / "un/docs").glob("*/??.txt"))
    assert paths
    for path in paths:
        lines = [" ".join(line.split()) for line in path.read_text("utf-8").splitlines() if line.strip()]
        document = read_raw(path)
        assert [" ".join(text.split()) for text in texts(document)] == lines
        assert not any(block.soft for block in document.blocks)


@pytest.mark.shared
@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs", "utf-16-le", "utf-16-be"])
def test_the_real_texts_are_read_alike_in_every_encoding(codec: str, tmp_path: Path) -> None:
    name = "hk-pdpo-486-provisions.zh-en.tsv" if codec == "big5hkscs" else "cn-pipl-articles.zh-en.tsv"
    text = (SHARED / "un/legal" / name).read_text("utf-8")
    text = text.encode(codec, "ignore").decode(codec)
    assert decode(text.encode(codec), name)[0] == text
