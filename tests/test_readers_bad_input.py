"""Files that cannot be read: one plain sentence each that names the file and says what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from readers_made_up import paragraph, word_package, word_part, written, zipped

from align.errors import UnreadableFileError
from align.readers import read_pairs, read_raw

SHARED = Path(__file__).parents[1].parent / "shared"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def message(path: Path) -> str:
    with pytest.raises(UnreadableFileError) as error:
        read_raw(path)
    return str(error.value)


def outcome(path: Path) -> str:
    """Return nothing if ``path`` is read, else the file that the error names; any other error comes through."""
    try:
        read_raw(path)
    except UnreadableFileError as error:
        return str(error).split(":")[0]
    return ""


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"", "a.txt: the file is empty; save or download it again."),
        ("a.txt", b"\n \n", "a.txt: the file has only spaces and empty lines; save or download it again."),
        ("a.md", b"---\n", "a.md: the file holds no text; save or download it again."),
        ("a.html", b"<html><script>x</script></html>", "a.html: the file holds no text; save or download it again."),
        ("a.html", b"<!-- -->", "a.html: the page holds no text; open it in a browser and save it again."),
        ("a.txt", b"\0\1\2\3" * 99, "a.txt: this is a binary file and no text; use .docx, .pdf, .html, .md or .txt."),
        ("a.doc", OLE2, "a.doc: legacy .doc files are not read; save it as .docx in Word or LibreOffice."),
        (
            "a.xls",
            OLE2 + "Workbook".encode("utf-16-le"),
            "a.xls: legacy .xls files are not read; save it as .xlsx in Excel or LibreOffice.",
        ),
        (
            "a.docx",
            OLE2 + "EncryptedPackage".encode("utf-16-le"),
            "a.docx: the file is protected by a password; open it and save it without one.",
        ),
        (
            "a.rtf",
            b"{\\rtf1 x}",
            "a.rtf: RTF files are not read; open it in Word or LibreOffice and save it as .docx.",
        ),
        (
            "a.odt",
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
            "a.odt: OpenDocument files are not read; open it in Word or LibreOffice and save it as .docx.",
        ),
        (
            "a.pptx",
            zipped({"ppt/presentation.xml": "<x/>"}),
            "a.pptx: presentations are not read; save its text as .docx, or use .docx, .pdf, .html, .md and .txt.",
        ),
        (
            "a.zip",
            zipped({"a.txt": "x"}),
            "a.zip: this is a zip archive and no Word document; unpack it and use .docx, .pdf, .html, .md and .txt.",
        ),
        (
            "a.png",
            b"\x89PNG\r\n\x1a\n\0\0",
            "a.png: this is an image; run text recognition (OCR) first and use .docx, .pdf, .html, .md and .txt.",
        ),
        ("a.json", b"{}", "a.json: .json files are not read; documents may be .docx, .pdf, .html, .md and .txt."),
        (
            "a.xml",
            b'<?xml version="1.0"?><book>x</book>',
            "a.xml: XML of the kind <book> is not read; documents may be .docx, .pdf, .html, .md and .txt.",
        ),
        (
            "a.tsv",
            "甲\tA\n".encode(),
            "a.tsv: this is a table of pairs and no document; documents may be .docx, .pdf, .html, .md and .txt.",
        ),
        (
            "a.docx",
            word_package(paragraph("x"))[:-80],
            "a.docx: the file is damaged or cut short; download or save it again.",
        ),
        (
            "a.docx",
            zipped({"word/document.xml": "<w:document"}),
            "a.docx: its part word/document.xml is damaged; open the file in Word and save it again.",
        ),
        (
            "a.docx",
            zipped({"word/other.xml": "<x/>"}),
            "a.docx: it holds no Word document; open it in Word and save it again.",
        ),
        ("a.docx", word_package(""), "a.docx: the file holds no text; save or download it again."),
    ],
)
def test_each_kind_of_bad_file_has_its_sentence(name: str, data: bytes, expected: str, tmp_path: Path) -> None:
    assert message(written(tmp_path, name, data)) == expected


def test_a_missing_file_a_folder_and_a_device_are_told_apart(tmp_path: Path) -> None:
    assert message(tmp_path / "no.txt") == "no.txt: there is no such file; check the name and the folder."
    assert message(tmp_path) == f"{tmp_path.name}: this is a folder; name a file in it."
    file = written(tmp_path, "a.txt", "x")
    assert message(file / "b.txt") == "b.txt: a part of its folder's name is a file; check the path."
    os.mkfifo(tmp_path / "pipe")
    assert message(tmp_path / "pipe") == "pipe: this is a device or a pipe; save its content to a file first."
    assert message(Path("a\0b")) == "a\0b: not a usable file name (embedded null byte)."


def test_a_file_that_may_not_be_read_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "a.txt", "x")

    def refuse(*_: object) -> None:  # the superuser, who runs tests in containers, may read everything
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert message(path) == "a.txt: the file may not be read; ask for permission to read it."


def test_a_file_above_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert message(path) == "a.txt: the file has 200 MB, more than the 50 MB that are read; split it."
    with pytest.raises(UnreadableFileError, match=r"^a\.txt: the file has 200 MB, more than the 150 MB that are read"):
        read_pairs(path)


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    spaces = word_part("document", "<w:body>" + " " * 30_000_000 + "</w:body>")
    path = written(tmp_path, "a.docx", zipped({"word/document.xml": spaces}))
    assert path.stat().st_size < 100_000
    assert message(path) == "a.docx: it unpacks from 0.0 MB to 30 MB or more, as a zip bomb does; it is not opened."


def test_a_bomb_that_lies_about_its_size_is_not_opened(tmp_path: Path) -> None:
    data = bytearray(zipped({"word/document.xml": " " * 30_000_000}))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rindex(signature) + offset
        data[at : at + 4] = (100).to_bytes(4, "little")
    assert message(written(tmp_path, "a.docx", bytes(data))).startswith("a.docx: ")


def test_an_archive_of_too_many_files_or_with_paths_that_lead_out_is_not_opened(tmp_path: Path) -> None:
    many = zipped({f"word/{number}.xml": "" for number in range(5_001)})
    assert message(written(tmp_path, "a.docx", many)) == (
        "a.docx: it packs 5,001 files, more than the 5,000 that are read; it is no usual document."
    )
    for name in ("../x.xml", "/x.xml", "word/../../x.xml", "C:/x.xml"):
        path = written(tmp_path, "a.docx", zipped({"word/document.xml": "<x/>", name: "x"}))
        assert message(path) == "a.docx: it packs a file whose path leads out of it; it is not opened."


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_word_document_that_declares_entities_is_not_opened(codec: str, tmp_path: Path) -> None:
    xml = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + word_part("document", "<w:body/>").split("?>")[1]
    path = written(tmp_path, "a.docx", zipped({"word/document.xml": xml.encode(codec)}))
    assert message(path) == "a.docx: its part word/document.xml declares XML entities; it is not opened."


def test_a_workbook_is_checked_before_it_is_opened(tmp_path: Path) -> None:
    path = written(tmp_path, "a.xlsx", zipped({"xl/workbook.xml": "<!DOCTYPE x><x/>"}))
    with pytest.raises(UnreadableFileError, match=r"^a\.xlsx: its part xl/workbook\.xml declares XML entities"):
        read_pairs(path)
    path = written(tmp_path, "a.xlsx", zipped({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": "<x/>"}))
    with pytest.raises(UnreadableFileError, match=r"^a\.xlsx: the workbook is damaged; open it in Excel"):
        read_pairs(path)


def test_the_content_decides_over_the_name(tmp_path: Path) -> None:
    assert read_raw(written(tmp_path, "a.txt", word_package(paragraph("Word.")))).blocks[0].text == "Word."
    assert read_raw(written(tmp_path, "b.txt", "<!DOCTYPE html><p>Page.</p>")).blocks[0].text == "Page."
    assert read_raw(written(tmp_path, "a.docx", "Plain text.")).blocks[0].text == "Plain text."


def test_no_damage_to_a_word_document_leads_to_a_traceback(tmp_path: Path) -> None:
    data = word_package(paragraph("x" * 300), footnotes="<w:footnote w:id='1'/>", styles="", numbering="")
    for position in range(0, len(data), 97):
        broken = data[:position] + bytes([data[position] ^ 0xFF]) + data[position + 1 :]
        assert outcome(written(tmp_path, "a.docx", broken)) in ("", "a.docx")


@pytest.mark.shared
def test_the_real_legacy_document_is_refused_with_advice() -> None:
    path = next((SHARED / "exchange/docs").glob("*.doc"))
    assert message(path) == f"{path.name}: legacy .doc files are not read; save it as .docx in Word or LibreOffice."
