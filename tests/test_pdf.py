"""PDF files: made here with a few operators, and the real ones of ../shared."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from align.document import FootnoteReference, SetAside
from align.errors import UnreadableFileError
from align.readers.pdf import read_pdf
from align.readers.raw import RawBlock, RawDocument, Role

DOCS = Path(__file__).parents[1].parent / "shared" / "exchange" / "docs"
WIDTH, HEIGHT = 595, 842
LEFT, LEADING = 72.0, 14.0


def text(x: float, y: float, content: str, size: float = 10, font: str = "F1") -> str:
    """Return the operators that set ``content`` at a place; font F1 is Helvetica, F2 bold, F3 a Chinese face."""
    if font == "F3":
        shown = f"<{content.encode('utf-16-be').hex()}>"
    else:
        shown = "(" + content.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm {shown} Tj ET"


def lines(x: float, y: float, contents: list[str], size: float = 10, font: str = "F1", first: float = 0) -> list[str]:
    """Return lines one under the other; the first is indented by ``first``."""
    return [
        text(x + (first if not index else 0), y - index * LEADING, content, size, font)
        for index, content in enumerate(contents)
    ]


def pdf(path: Path, *pages: list[str], trailer: str = "", extra: dict[int, str] | None = None) -> Path:
    """Write a PDF of pages, each a list of operators."""
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        5: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [6 0 R] >>",
        6: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    }
    objects |= {number: body.encode() for number, body in (extra or {}).items()}
    kids = []
    for page in pages:
        number = max(objects) + 1
        stream = "\n".join(page).encode("cp1252")
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>"
        ).encode()
        objects[number + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
        kids.append(f"{number} 0 R")
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>".encode()
    data, offsets = b"%PDF-1.4\n", {}
    for number in sorted(objects):
        offsets[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(offsets):
        data += b"%d 1\n%010d 00000 n \n" % (number, offsets[number])
    data += f"trailer\n<< /Size {max(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(data)
    return path


PREAMBLE = [
    "Recalling its earlier decisions on the movement of travellers and goods across borders,",
    "and mindful of the need to keep records that serve every office of the Organization as",
    "well as the Governments concerned, which have asked for them,",
]
SECOND = [
    "Noting that the offices have met several times since the last session and have agreed on",
    "a common form for the records,",
]


def texts(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


def test_lines_become_paragraphs_by_their_spacing(tmp_path: Path) -> None:
    page = lines(LEFT, 700, PREAMBLE) + lines(LEFT, 640, SECOND)
    document = read_pdf(pdf(tmp_path / "a.pdf", page))
    assert document.blocks == (
        RawBlock(" ".join(PREAMBLE), "page 1, line 1", page=1),
        RawBlock(" ".join(SECOND), "page 1, line 4", page=1),
    )
    assert (document.source, document.set_aside) == ("a.pdf", ())


def test_lines_become_paragraphs_by_their_indents(tmp_path: Path) -> None:
    page = (
        lines(LEFT, 700, PREAMBLE, first=24) + lines(LEFT, 658, SECOND, first=24) + lines(LEFT, 630, PREAMBLE, first=24)
    )
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", page))) == [" ".join(PREAMBLE), " ".join(SECOND), " ".join(PREAMBLE)]


def test_chinese_lines_join_without_a_space(tmp_path: Path) -> None:
    page = lines(
        LEFT, 700, ["回顾其以往关于旅客和货物跨越边界流动的各项决定，并铭记需", "要保存各办事处可用的记录，"], 16, "F3"
    )
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", page))) == [
        "回顾其以往关于旅客和货物跨越边界流动的各项决定，并铭记需要保存各办事处可用的记录，"
    ]


def test_a_raised_reference_leaves_the_text_and_its_note_becomes_a_block(tmp_path: Path) -> None:
    page = [
        *lines(LEFT, 700, [*PREAMBLE[:2], "of the agreement,"]),
        text(150.5, 676, "1", 6),
        text(160, 672, "and of the protocols to it,"),
        *lines(LEFT, 640, SECOND),
        text(LEFT, 103, "1", 5),
        text(LEFT + 6, 100, "Treaty Series, vol. 7, No. 8.", 8),
    ]
    first, second, note = read_pdf(pdf(tmp_path / "a.pdf", page)).blocks
    joined = " ".join([*PREAMBLE[:2], "of the agreement, and of the protocols to it,"])
    assert (first.text, second.text) == (joined, " ".join(SECOND))
    assert first.footnotes == (FootnoteReference("1", joined.index(" and of the protocols")),)
    assert note == RawBlock("Treaty Series, vol. 7, No. 8.", "page 1, line 6", Role.NOTE, mark="1", page=1)


def test_headers_footers_and_page_numbers_are_set_aside(tmp_path: Path) -> None:
    pages = [
        [
            text(LEFT, 800, "A/99/L.1", 9, "F2"),
            *lines(LEFT, 700, PREAMBLE),
            text(LEFT, 40, f"{number}/3"),
            text(500, 40, "44-17203"),
        ]
        for number in (1, 2, 3)
    ]
    document = read_pdf(pdf(tmp_path / "a.pdf", *pages))
    assert texts(document) == [" ".join(PREAMBLE)] * 3
    assert document.set_aside[:3] == (
        SetAside("A/99/L.1", "running header", "page 1, line 1"),
        SetAside("1/3", "page number", "page 1, line 5"),
        SetAside("44-17203", "running footer", "page 1, line 5"),
    )


def test_a_number_in_the_middle_of_a_page_is_text(tmp_path: Path) -> None:
    page = [*lines(LEFT, 700, PREAMBLE), text(LEFT, 400, "2044")]
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", page))) == [" ".join(PREAMBLE), "2044"]


def test_a_paragraph_that_a_page_break_divides_is_joined(tmp_path: Path) -> None:
    first = lines(LEFT, 200, PREAMBLE[:2], first=24)
    second = [text(LEFT, 750, PREAMBLE[2]), *lines(LEFT, 736, SECOND, first=24)]
    document = read_pdf(pdf(tmp_path / "a.pdf", lines(LEFT, 400, SECOND, first=24) + first, second))
    assert texts(document) == [" ".join(SECOND), " ".join(PREAMBLE), " ".join(SECOND)]


def test_a_paragraph_that_ends_with_its_page_is_not_joined(tmp_path: Path) -> None:
    page = lines(LEFT, 400, PREAMBLE, first=24) + lines(LEFT, 358, SECOND, first=24)
    document = read_pdf(pdf(tmp_path / "a.pdf", page, page))
    assert texts(document) == [" ".join(PREAMBLE), " ".join(SECOND)] * 2
    assert [block.soft for block in document.blocks] == [False] * 4


def test_a_heading_is_larger_or_bold_and_knows_whether_it_is_centred(tmp_path: Path) -> None:
    page = [
        text(197, 760, "Records of travel", 18),
        *lines(LEFT, 700, PREAMBLE),
        text(LEFT, 640, "Scope", 10, "F2"),
        *lines(LEFT, 610, SECOND),
    ]
    blocks = read_pdf(pdf(tmp_path / "a.pdf", page)).blocks
    assert [(block.text, block.role, block.level, block.centred) for block in blocks if block.role is Role.HEADING] == [
        ("Records of travel", Role.HEADING, 1, True),
        ("Scope", Role.HEADING, 2, False),
    ]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [("inter-", "national", "international"), ("follow-", "up", "follow-up"), ("twenty-", "first", "twenty-first")],
)
def test_the_document_decides_whose_a_hyphen_at_a_line_end_is(
    tmp_path: Path, before: str, after: str, joined: str
) -> None:
    known = "The international offices keep a follow-up list of the records that are in use."
    page = lines(LEFT, 700, [f"{PREAMBLE[0]} {before}", f"{after} and so on.", known])
    assert f" {joined} and so on." in texts(read_pdf(pdf(tmp_path / "a.pdf", page)))[0]


def test_indented_paragraphs_of_one_line_stay_apart(tmp_path: Path) -> None:
    full = PREAMBLE[0]
    page = (
        lines(LEFT, 760, PREAMBLE, first=24) + lines(LEFT, 718, SECOND, first=24) + lines(LEFT, 690, PREAMBLE, first=24)
    )
    page += [text(LEFT + 24, 648 - row * LEADING, full) for row in range(3)]
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", page)))[3:] == [full] * 3


def test_letters_set_apart_are_still_words(tmp_path: Path) -> None:
    spaced = ["促进法律适用的若干", "规定和说明。"]
    page = [
        text(LEFT + 32 * column, 700 - 30 * row, character, 16, "F3")
        for row, line in enumerate(spaced)
        for column, character in enumerate(line)
    ]
    assert "".join(texts(read_pdf(pdf(tmp_path / "a.pdf", page)))) == "".join(spaced)


def test_an_item_that_runs_on_in_a_paragraph_does_not_divide_it(tmp_path: Path) -> None:
    running = [
        "The offices shall keep the following in their records: (a) the names of those who travel;",
        "(b) the places from which they come and to which they go; and (c) the dates on which they",
        "crossed the border.",
    ]
    page = lines(LEFT, 700, running) + lines(LEFT, 640, SECOND)
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", page))) == [" ".join(running), " ".join(SECOND)]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"left column line {number:02} goes on until its end" for number in range(10)]
    right = [f"right column line {number:02} goes on until its end" for number in range(10)]
    document = read_pdf(pdf(tmp_path / "a.pdf", lines(60, 700, left) + lines(320, 700, right)))
    assert " ".join(texts(document)) == " ".join(left + right)


def test_cells_with_borders_are_read_row_by_row(tmp_path: Path) -> None:
    borders = [f"{LEFT} {y} 300 0.5 re f" for y in (700, 660, 640)] + [f"{x} 640 0.5 60 re f" for x in (72, 222, 372)]
    cells = [
        *lines(76, 688, ["Model law on the data", "of passengers"]),
        text(226, 688, "The Office"),
        text(76, 648, "Training"),
        text(226, 648, "The Institute"),
    ]
    blocks = read_pdf(pdf(tmp_path / "a.pdf", [*lines(LEFT, 760, PREAMBLE), *borders, *cells])).blocks
    assert [(block.text, block.role) for block in blocks[1:]] == [
        ("Model law on the data of passengers", Role.CELL),
        ("The Office", Role.CELL),
        ("Training", Role.CELL),
        ("The Institute", Role.CELL),
    ]


def test_masthead_lines_at_the_right_stay_apart(tmp_path: Path) -> None:
    masthead = [text(400, 760 - 12 * row, line) for row, line in enumerate(["Distr.: Limited", "4 November 2044"])]
    assert texts(read_pdf(pdf(tmp_path / "a.pdf", [*masthead, *lines(LEFT, 700, PREAMBLE)])))[:2] == [
        "Distr.: Limited",
        "4 November 2044",
    ]


def test_text_drawn_twice_to_look_bold_is_read_once(tmp_path: Path) -> None:
    page = [text(LEFT + shift, 700, "W") for shift in (0, 0.3)] + [text(LEFT, 680, "Bookkeeping of all bees")]
    assert " ".join(texts(read_pdf(pdf(tmp_path / "a.pdf", page)))) == "W Bookkeeping of all bees"


def test_a_scan_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = pdf(tmp_path / "scan.pdf", ["0 0 200 200 re f"])
    with pytest.raises(UnreadableFileError, match=r"^scan\.pdf has no text .* run OCR first .*, then try again\.$"):
        read_pdf(path)


def test_a_protected_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    key = "00" * 32  # no password fits it
    encrypt = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>"
    trailer = f"/Encrypt 7 0 R /ID [<{'11' * 16}> <{'11' * 16}>] "
    path = pdf(tmp_path / "locked.pdf", lines(LEFT, 700, PREAMBLE), trailer=trailer, extra={7: encrypt})
    with pytest.raises(UnreadableFileError, match=r"^locked\.pdf is protected by a password: save a copy without it"):
        read_pdf(path)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing of use", b"PK\x03\x04"])
def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match=r"^broken\.pdf is damaged or no PDF: get the file again"):
        read_pdf(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"^none\.pdf cannot be read: No such file or directory\.$"):
        read_pdf(tmp_path / "none.pdf")


def test_two_files_are_read_one_after_the_other_whoever_asks(tmp_path: Path) -> None:
    one = pdf(tmp_path / "one.pdf", *[lines(72, 700, [f"Page {page} of a long text."]) for page in range(40)])
    alone = texts(read_pdf(one))
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda _: texts(read_pdf(one)), range(32)))
    assert together == [alone] * 32


def squeezed(content: str) -> str:
    return re.sub(r"\s", "", content)


@pytest.mark.shared
def test_a_law_reads_as_its_text_file_does() -> None:
    path = next(DOCS.glob("*民营经济促进法.pdf"))
    expected = squeezed(path.with_suffix(".txt").read_text(encoding="utf-8"))
    assert squeezed("".join(texts(read_pdf(path)))) == expected


@pytest.mark.shared
def test_no_paragraph_of_the_law_ends_in_mid_sentence() -> None:
    blocks = read_pdf(next(DOCS.glob("*民营经济促进法.pdf"))).blocks
    articles = [block.text for block in blocks if len(block.text) > 40]
    assert [block[-12:] for block in articles if block[-1] not in "。：；）"] == []
    assert len(articles) > 100


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "last", "notes"),
    [
        ("*A_RES_73_3-EN.pdf", 53, 7),
        ("*A_RES_73_6-EN.pdf", 14, 6),
        ("*S_2016_1061-EN.pdf", 3, 0),
        ("*S_2021_523-EN.pdf", 3, 0),
    ],
)
def test_a_resolution_keeps_its_numbers_and_notes(name: str, last: int, notes: int) -> None:
    blocks = read_pdf(next(DOCS.glob(name))).blocks
    numbers = [int(match[1]) for block in blocks if (match := re.match(r"(\d+)\. ", block.text))]
    assert numbers == list(range(1, last + 1))
    assert [block.mark for block in blocks if block.role is Role.NOTE] == [str(mark) for mark in range(1, notes + 1)]
    marks = {reference.mark for block in blocks for reference in block.footnotes}
    assert marks == {str(mark) for mark in range(1, notes + 1)}


@pytest.mark.shared
def test_both_languages_of_a_pair_have_the_same_paragraphs() -> None:
    zh, en = (read_pdf(next(DOCS.glob(f"*__{language}_pdf_*.pdf"))).blocks for language in ("zh-CN", "en"))
    assert [(block.role, block.level) for block in zh] == [(block.role, block.level) for block in en]
    assert len(zh) > 30


def characters(path: Path) -> Counter[str]:
    """Count what pdfium finds in the file, spaces and its own marks of hyphens left out."""
    import pypdfium2

    found: Counter[str] = Counter()
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            found.update(unicodedata.normalize("NFKC", page.get_textpage().get_text_range()))
    return counted(found)


def counted(found: Counter[str]) -> Counter[str]:
    return Counter(
        {char: count for char, count in found.items() if char.isprintable() and char not in " -\ufffe\u2010"}
    )


@pytest.mark.shared
@pytest.mark.parametrize("path", sorted(DOCS.glob("*.pdf")), ids=lambda path: path.name[-24:-4])
def test_every_character_of_a_file_is_in_a_block_or_set_aside(path: Path) -> None:
    document = read_pdf(path)
    found: Counter[str] = Counter()
    for block in document.blocks:
        found.update(unicodedata.normalize("NFKC", block.text + block.mark))
        found.update("".join(reference.mark for reference in block.footnotes))
    for aside in document.set_aside:
        found.update(unicodedata.normalize("NFKC", aside.text))
    assert counted(found) == characters(path)
