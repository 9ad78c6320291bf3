"""Already aligned material: translation memories and tables of any program."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from readers_made_up import written

from align.errors import UnreadableFileError
from align.readers import AlignedPair, PairFile, is_pair_file, read_pairs
from align.readers.language_codes import language_in_header, language_of
from align.table import AlignmentTable, BeadKind, BeadRecord, Provenance
from align.writers import dumps

SHARED = Path(__file__).parents[1].parent / "shared"


def memory(units: str, head: str = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">') -> str:
    return f'{head}<tmx version="1.4"><header srclang="en"/><body>{units}</body></tmx>'


def unit(zh: str = "决议", en: str = "resolution", zh_code: str = "zh-CN", en_code: str = "en-US") -> str:
    return f'<tu><tuv xml:lang="{en_code}"><seg>{en}</seg></tuv><tuv xml:lang="{zh_code}"><seg>{zh}</seg></tuv></tu>'


def pairs_of(path: Path) -> list[tuple[str, str]]:
    return [(pair.zh, pair.en) for pair in read_pairs(path).pairs]


@pytest.mark.parametrize(
    ("code", "language"),
    [
        *(
            (code, "zh")
            for code in ("zh", "zh-CN", "ZH_tw", "zh-Hans", "zh-Hant-HK", "cmn", "zho", "Chinese (Simplified)")
        ),
        *((code, "en") for code in ("en", "en-US", "EN-gb", "eng", "English")),
        *((code, None) for code in ("fr", "ja-JP", "", "---", "yue", "x-zh", "*all*")),
    ],
)
def test_language_codes_of_every_kind_are_mapped(code: str, language: str | None) -> None:
    assert language_of(code) == language


@pytest.mark.parametrize(
    ("heading", "language"),
    [
        ("zh_pref", "zh"),
        ("Target (Chinese)", "zh"),
        ("中文", "zh"),
        ("Source: English", "en"),
        ("zh-en", None),
        ("fr", None),
    ],
)
def test_headings_name_a_language(heading: str, language: str | None) -> None:
    assert language_in_header(heading) == language


def test_a_memory_keeps_what_it_says_of_each_unit(tmp_path: Path) -> None:
    units = (
        '<tu tuid="7" creationdate="20440101T000000Z"><prop type="x-symbol">A/99/1</prop><note>checked</note>'
        '<tuv xml:lang="en"><prop type="by">me</prop><seg>The  Assembly\n</seg></tuv>'
        '<tuv xml:lang="zh"><seg>大会</seg></tuv></tu>'
    )
    assert read_pairs(written(tmp_path, "a.tmx", memory(units))) == PairFile(
        pairs=(
            AlignedPair(
                zh="大会",
                en="The Assembly",
                properties=(
                    ("tuid", "7"),
                    ("creationdate", "20440101T000000Z"),
                    ("x-symbol", "A/99/1"),
                    ("note", "checked"),
                    ("en.lang", "en"),
                    ("en.by", "me"),
                    ("zh.lang", "zh"),
                ),
                place="unit 1",
            ),
        ),
        source="a.tmx",
    )


def test_inline_tags_go_and_their_text_stays(tmp_path: Path) -> None:
    en = (
        '1.<ph x="1">\\t</ph>The <bpt i="1">&lt;b&gt;</bpt>big<ept i="1">&lt;/b&gt;</ept> <hi>black</hi> '
        '<it pos="begin">&lt;i&gt;</it>cat<ut>x</ut>.'
    )
    assert pairs_of(written(tmp_path, "a.tmx", memory(unit(zh="大<hi>黑</hi>猫", en=en)))) == [
        ("大黑猫", "1. The big black cat.")
    ]


def test_every_chinese_variant_is_paired_with_the_english(tmp_path: Path) -> None:
    units = (
        '<tu><tuv lang="EN-GB"><seg>law</seg></tuv><tuv lang="fr"><seg>loi</seg></tuv>'
        '<tuv lang="zh_CN"><seg>规律</seg></tuv><tuv lang="zh-Hant"><seg>規律</seg></tuv></tu>'
    )
    assert pairs_of(written(tmp_path, "a.tmx", memory(units))) == [("规律", "law"), ("規律", "law")]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_memory_is_read_in_every_encoding_of_xml(codec: str, tmp_path: Path) -> None:
    assert pairs_of(written(tmp_path, "a.tmx", memory(unit()).encode(codec))) == [("决议", "resolution")]


def test_units_without_both_languages_are_left_out_and_counted(tmp_path: Path) -> None:
    units = unit() + unit(zh_code="fr") + unit(zh=" ")
    assert read_pairs(written(tmp_path, "a.tmx", memory(units))).warnings == (
        "a.tmx: 2 entries were without both Chinese and English text left out.",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            memory(unit(zh_code="de") + unit(zh_code="fr")),
            "a.tmx: no entry has both Chinese and English (entries: 2; languages: de, en-US, fr).",
        ),
        (memory(""), "a.tmx: the translation memory has no entries; export it again."),
        (
            memory(unit(), '<!DOCTYPE tmx [<!ENTITY x "y">]>'),
            "a.tmx: it declares XML entities and is not opened; remove the declarations.",
        ),
        (
            memory(unit(), '<!--<tmx>--><!DOCTYPE tmx [<!-- a --><!ENTITY % x SYSTEM "file:///etc/passwd">]>'),
            "a.tmx: it declares XML entities and is not opened; remove the declarations.",
        ),
        (
            memory(unit())[:-13],
            "a.tmx: the XML is not well-formed at line 2 (Premature end of data in tag body line 2); export it again.",
        ),
        ("<a/>", "a.tmx: its root element is <a> and not <tmx>; export it again."),
    ],
)
def test_a_memory_that_gives_no_pairs_is_an_error_that_says_why(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as error:
        read_pairs(written(tmp_path, "a.tmx", text))
    assert str(error.value) == message


def test_a_large_memory_is_read_as_a_stream(tmp_path: Path) -> None:
    units = "".join(unit(f"第{number}号决议", f"resolution {number}") for number in range(3000))
    found = pairs_of(written(tmp_path, "a.tmx", memory(units)))
    assert (len(found), found[2999]) == (3000, ("第2999号决议", "resolution 2999"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tsv", "zh\ten\n决议\tresolution\n大会\tAssembly\n"),
        ("a.csv", "English,中文\nresolution,决议\nAssembly,大会\n"),
        ("a.csv", "Source;Target;Note\nresolution;决议;x\nAssembly;大会;\n"),
        ("a.csv", "resolution,决议\nAssembly,大会\n"),
        ("a.tsv", "1\t决议\tresolution\n2\t大会\tAssembly\n"),
        ("a.tsv", "# made by hand\n#zh\ten\n决议\tresolution\n大会\tAssembly\n"),
        ("a.csv", "id|EN-US|ZH-CN\n1|resolution|决议\n2|Assembly|大会\n"),
        ("a.tsv", "编号\t甲栏\t乙栏\n1\t决议\tresolution\n2\t大会\tAssembly\n"),
        ("a.csv", "term,zh,ja,de\nresolution,决议,決議,Entschließung\nAssembly,大会,総会,Versammlung\n"),
        ("a.tsv", "zh\ten\tzh_text\ten_text\n0\t0\t决议\tresolution\n1\t1,2\t大会\tAssembly\n"),
    ],
)
def test_the_two_columns_are_found_by_heading_or_by_script(name: str, text: str, tmp_path: Path) -> None:
    assert pairs_of(written(tmp_path, name, text)) == [("决议", "resolution"), ("大会", "Assembly")]


@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
def test_a_table_is_read_in_every_encoding(codec: str, tmp_path: Path) -> None:
    text = "zh\ten\n关于防止恐怖分子旅行的决议\tresolution on terrorist travel\n"
    found = pairs_of(written(tmp_path, "a.tsv", text.encode(codec)))
    assert found == [("关于防止恐怖分子旅行的决议", "resolution on terrorist travel")]


def test_quoted_cells_keep_commas_quotes_and_line_ends(tmp_path: Path) -> None:
    text = 'en,zh\n"a ""b"", c\nd",甲\ne,乙\n'
    assert [(pair.en, pair.zh, pair.place) for pair in read_pairs(written(tmp_path, "a.csv", text)).pairs] == [
        ('a "b", c\nd', "甲", "row 2"),
        ("e", "乙", "row 4"),
    ]


def test_duizhaos_own_table_gives_its_texts_as_they_were_and_no_pair_of_its_heading(tmp_path: Path) -> None:
    given = [
        ("第一段\n第二段", "Two lines,\none with a \\ and a\ttab"),
        ("=1+1", '"quoted" from its start'),
        ("一", "one"),
    ]
    records = [
        BeadRecord((k,), (k,), zh, en, None, 0.9, BeadKind.LINK, "automatic", str(k))
        for k, (zh, en) in enumerate(given)
    ]
    (tmp_path / "own.tsv").write_bytes(
        dumps(AlignmentTable("made:1", tuple(records), Provenance(zh_script="Hans")), "tsv")
    )
    assert pairs_of(tmp_path / "own.tsv") == given


def test_a_comment_that_names_a_language_heads_no_columns_but_one_with_columns_does(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("# Chinese of 2020\nsource\ttarget\n决议\tresolution\n", "utf-8")
    assert pairs_of(tmp_path / "a.tsv") == [("决议", "resolution")]
    (tmp_path / "b.tsv").write_text("# made up\n#en\tzh\nresolution\t决议\n", "utf-8")
    assert pairs_of(tmp_path / "b.tsv") == [("决议", "resolution")]


def test_quotation_marks_in_a_tabbed_table_are_text(tmp_path: Path) -> None:
    text = 'zh\ten\n“甲”\t"A" and so on\n乙\t"B\n'
    assert pairs_of(written(tmp_path, "a.tsv", text)) == [("“甲”", '"A" and so on'), ("乙", '"B')]


def test_other_columns_are_kept_and_rows_with_one_side_are_counted(tmp_path: Path) -> None:
    text = "id\tzh\ten\tsource\n1\t甲\tA\tx\n2\t乙\t\tx\n\n4\t\tD\t\n5\t戊\tE\t\n"
    assert read_pairs(written(tmp_path, "a.tsv", text)) == PairFile(
        (
            AlignedPair("甲", "A", (("id", "1"), ("source", "x")), "row 2"),
            AlignedPair("戊", "E", (("id", "5"),), "row 6"),
        ),
        "a.tsv",
        ("a.tsv: 2 rows with only one side were left out.",),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "term,fr,ja\na,b,アイ\n",
            'a.csv: it has no Chinese column; its first row is: term | fr | ja. Name the two columns "zh" and "en".',
        ),
        (
            "甲,乙\n丙,丁\n",
            'a.csv: it has no English column; its first row is: 甲 | 乙. Name the two columns "zh" and "en".',
        ),
        ("zh,en\n甲,\n,B\n", "a.csv: not one row has text in both the Chinese and the English column; fill them in."),
    ],
)
def test_a_table_that_gives_no_pairs_is_an_error_that_says_why(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as error:
        read_pairs(written(tmp_path, "a.csv", text))
    assert str(error.value) == message


def workbook(tmp_path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return written(tmp_path, "a.xlsx", buffer.getvalue())


def test_all_sheets_of_a_workbook_with_the_two_columns_are_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        Terms=[["ID", "English", "Chinese"], [1, "law", "法"], [2.5, "act", None]],
        More=[["法院", "court"]],
        About=[["x"]],
    )
    assert read_pairs(path) == PairFile(
        (
            AlignedPair("法", "law", (("ID", "1"),), 'sheet "Terms", row 2'),
            AlignedPair("法院", "court", (), 'sheet "More", row 1'),
        ),
        "a.xlsx",
        (
            "a.xlsx: 1 row with only one side was left out.",
            'a.xlsx: sheet "About" has no Chinese and English column and was left out.',
        ),
    )


def test_formulas_without_a_stored_value_are_reported(tmp_path: Path) -> None:
    path = workbook(tmp_path, Terms=[["en", "zh"], ["law", "法"], ["court", '="法院"']])
    assert read_pairs(path).warnings == (
        "a.xlsx: 1 row with only one side was left out.",
        "a.xlsx: 1 formula has no stored value; open the workbook in Excel, save it and try again.",
    )


def test_pair_files_are_known_by_name_or_content(tmp_path: Path) -> None:
    assert [is_pair_file(Path(name)) for name in ("a.tmx", "a.TSV", "a.csv", "a.xlsx", "a.docx", "a.txt", "a")] == [
        True,
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert is_pair_file(written(tmp_path, "memory", memory(unit())))


@pytest.mark.shared
def test_no_real_file_without_chinese_is_a_success() -> None:
    paths = sorted((SHARED / "exchange").glob("tmx/*.tmx")) + sorted((SHARED / "exchange/glossary").iterdir())
    assert paths
    for path in paths:
        with pytest.raises(UnreadableFileError, match=r"no entry has both Chinese|it has no Chinese column"):
            read_pairs(path)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("un/unbis_thesaurus.tsv", 7137),
        ("un/sdg_zh_en.tsv", 691),
        ("un/legal/hk-pdpo-486-provisions.zh-en.tsv", 1004),
        ("un/gold_terms/terms.tsv", 194),
        ("bench/tico19/tico19.en-zh.tsv", 3071),
    ],
)
def test_the_real_tables_give_all_their_pairs(name: str, count: int) -> None:
    found = read_pairs(SHARED / name)
    assert (len(found.pairs), found.warnings) == (count, ())
