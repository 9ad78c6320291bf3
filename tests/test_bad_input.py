"""What users give by mistake: one plain sentence, exit code 2, and nothing written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commands import CHINESE, ENGLISH, GERMAN, SAMPLES, Outcome, duizhao, written
from readers_made_up import paragraph, word_package, word_part, zipped

LOCKED_PDF = f"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj
3 0 obj << /Filter /Standard /V 1 /R 2 /P -4 /O <{"00" * 32}> /U <{"00" * 32}> >> endobj
trailer << /Root 1 0 R /Encrypt 3 0 R /ID [<{"11" * 16}> <{"11" * 16}>] /Size 4 >>
%%EOF
"""
ENTITIES = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
BOMB = word_part("document", "<w:body>" + " " * 30_000_000 + "</w:body>")


def refused(outcome: Outcome, folder: Path, files: int) -> str:
    """Return the one sentence, having seen that nothing else came of it."""
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1), outcome
    assert len(list(folder.iterdir())) == files
    return outcome.err.removeprefix("duizhao: ").removesuffix("\n")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("zh.txt", b"", "zh.txt: the file is empty; save or download it again."),
        (
            "zh.txt",
            bytes(range(256)) * 40,
            "zh.txt: this is a binary file and no text; use .docx, .pdf, .html, .md or .txt.",
        ),
        (
            "zh.docx",
            zipped({"word/document.xml": BOMB}),
            "zh.docx: it unpacks from 0.0 MB to 30 MB or more, as a zip bomb does; it is not opened.",
        ),
        (
            "zh.docx",
            zipped({"word/document.xml": ENTITIES + "<x>&a;</x>"}),
            "zh.docx: its part word/document.xml declares XML entities; it is not opened.",
        ),
        (
            "zh.pdf",
            LOCKED_PDF.encode(),
            "zh.pdf is protected by a password: save a copy without it, then try again.",
        ),
        (
            "zh.tmx",
            b"<tmx/>",
            "zh.tmx: this is a table of pairs and no document; documents may be .docx, .pdf, .html, .md and .txt.",
        ),
        (
            "zh.txt",
            GERMAN.encode(),
            "zh.txt is neither plainly Chinese nor plainly English; check that it is the right file, and divide it "
            "first if it holds both languages.",
        ),
    ],
    ids=["empty", "binary", "zip bomb", "entities", "encrypted", "pairs", "German"],
)
@pytest.mark.parametrize("side", ["Chinese", "English"])
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    name: str, data: bytes, sentence: str, side: str, tmp_path: Path
) -> None:
    bad = tmp_path / name
    bad.write_bytes(data)
    (good,) = written(tmp_path, en_md=ENGLISH) if side == "Chinese" else written(tmp_path, good_md=CHINESE)
    sides = (bad, good) if side == "Chinese" else (good, bad)
    assert refused(duizhao("align", *sides, "-o", tmp_path / "out.tmx"), tmp_path, 2) == sentence


def test_entities_in_a_translation_memory_are_refused(tmp_path: Path) -> None:
    (file,) = written(tmp_path, pairs_tmx=f'{ENTITIES}<tmx version="1.4"><header/><body/></tmx>')
    assert refused(duizhao("read", file), tmp_path, 1) == (
        "pairs.tmx: it declares XML entities and is not opened; remove the declarations."
    )


def test_a_file_of_200_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    large, en = tmp_path / "zh.txt", written(tmp_path, en_txt=ENGLISH)[0]
    with large.open("wb") as file:
        file.truncate(200_000_000)
    assert refused(duizhao("align", large, en, "-o", tmp_path / "out.tmx"), tmp_path, 2) == (
        "zh.txt: the file has 200 MB, more than the 50 MB that are read; split it."
    )


def test_two_texts_in_one_language_are_refused(tmp_path: Path) -> None:
    zh, zh2, en, en2 = written(tmp_path, a_txt=CHINESE, b_txt=CHINESE, c_txt=ENGLISH, d_txt=ENGLISH)
    advice = "give a Chinese document and its English original, or --force to align them all the same."
    assert refused(duizhao("align", zh, zh2), tmp_path, 4) == f"a.txt and b.txt are both Chinese: {advice}"
    assert refused(duizhao("align", en, en2), tmp_path, 4) == f"c.txt and d.txt are both English: {advice}"


def test_the_same_file_twice_is_refused_however_it_is_named(tmp_path: Path) -> None:
    (zh,) = written(tmp_path, zh_txt=CHINESE)
    sentence = "zh.txt was given twice: give the Chinese document first and its English original second."
    assert refused(duizhao("align", zh, zh), tmp_path, 1) == sentence
    (tmp_path / "folder").mkdir()
    assert refused(duizhao("align", zh, tmp_path / "folder" / ".." / "zh.txt"), tmp_path, 2) == sentence


def test_ten_times_more_text_on_one_side_is_refused_unless_it_is_forced(tmp_path: Path) -> None:
    zh, en = written(tmp_path, zh_txt=CHINESE * 20, en_txt=ENGLISH)
    said = refused(duizhao("align", zh, en, "-o", tmp_path / "out.tsv"), tmp_path, 2)
    assert re.sub(r"\d+", "12", said) == (
        "zh.txt holds about 12 times as much text as en.txt: check that they are the same document, or give --force "
        "to align them all the same."
    )
    assert duizhao("align", zh, en, "--force", "-o", tmp_path / "out.tsv").code == 0


@pytest.mark.parametrize("command", ["read", "align"])
def test_missing_files_and_folders_are_told_apart(command: str, tmp_path: Path) -> None:
    others = [tmp_path / "en.txt"] if command == "align" else []
    assert refused(duizhao(command, tmp_path / "no.txt", *others), tmp_path, 0) == (
        "no.txt: there is no such file; check the name and the folder."
    )
    assert refused(duizhao(command, tmp_path, *others), tmp_path, 0) == (
        f"{tmp_path.name}: this is a folder; name a file in it."
    )


def test_an_output_that_cannot_be_written_is_found_before_the_documents_are_read(tmp_path: Path) -> None:
    documents = ("no.zh.txt", "no.en.txt")  # would be an error of their own
    missing = tmp_path / "missing" / "out.tmx"
    assert refused(duizhao("align", *documents, "-o", missing), tmp_path, 0) == (
        f"{missing} cannot be written, because there is no folder {tmp_path / 'missing'}; make it first."
    )
    assert refused(duizhao("align", *documents, "-o", tmp_path, "-f", "tmx"), tmp_path, 0) == (
        f"{tmp_path} is a folder; name a file in it, such as {tmp_path / 'aligned.tmx'}."
    )
    assert refused(duizhao("align", *documents, "-o", tmp_path / "out.odt"), tmp_path, 0) == (
        "out.odt has no extension of a format that duizhao writes; end it in one of .tsv, .jsonl, .tmx, .xlf, .xliff, "
        ".xlsx, .docx, .html, .htm, or name the format."
    )
    assert refused(duizhao("align", *documents, "-f", "pdf"), tmp_path, 0) == (
        "there is no format “pdf”; choose one of tsv, jsonl, tmx, xliff, xlsx, docx, html."
    )
    assert refused(duizhao("align", *documents, "-f", "docx"), tmp_path, 0) == (
        "docx is not text for a terminal; name a file to write with --output FILE."
    )


def test_a_document_is_never_overwritten_by_its_alignment(tmp_path: Path) -> None:
    zh, en = tmp_path / "zh.docx", tmp_path / "en.docx"
    zh.write_bytes(word_package(paragraph(CHINESE)))
    en.write_bytes(word_package(paragraph(ENGLISH)))
    before = zh.read_bytes()
    assert refused(duizhao("align", zh, en, "-o", zh), tmp_path, 2) == (
        f"{zh} is one of the two documents and would be lost; name another file to write."
    )
    assert zh.read_bytes() == before


SEE = ", or see duizhao models list."


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        ("./no-such-model", f"there is no folder ./no-such-model that holds a model: check the path{SEE}"),
        ("no such model", f"there is no folder no such model that holds a model: check the path{SEE}"),
    ],
)
def test_a_model_that_is_not_there_is_refused(model: str, sentence: str, tmp_path: Path) -> None:
    zh, en = written(tmp_path, zh_txt=CHINESE, en_txt=ENGLISH)
    assert refused(duizhao("align", zh, en, "--model", model), tmp_path, 2) == sentence


def test_a_model_that_neither_disk_nor_hub_has_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    zh, en = written(tmp_path, zh_txt=CHINESE, en_txt=ENGLISH)
    name = "nobody/no-such-model"
    assert refused(duizhao("align", zh, en, "--model", name), tmp_path, 2) == (
        f"model {name} is not on this machine and the model hub cannot be asked for it: check the name and the "
        "connection, or fetch it on another machine and give the path of its folder."
    )


def test_a_model_folder_without_a_model_or_with_a_damaged_one_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    samples = (SAMPLES / "resolution.zh.txt", SAMPLES / "resolution.en.txt", "--model", folder)
    assert refused(duizhao("align", *samples), tmp_path, 1) == (
        f"{folder} holds no model: it has neither modules.json nor config.json; name another folder{SEE}"
    )
    written(folder, tokenizer_json="{}")
    assert refused(duizhao("align", *samples), tmp_path, 1) == (
        f"{folder} holds no static model: model.safetensors is missing; name another folder or model."
    )
    written(folder, model_safetensors="damaged")
    assert refused(duizhao("align", *samples), tmp_path, 1).startswith(f"{folder} is damaged (")


def test_gold_folders_and_parallel_files_that_are_none_are_refused(tmp_path: Path) -> None:
    assert refused(duizhao("eval", "align", tmp_path / "no"), tmp_path, 0) == (
        f"{tmp_path / 'no'} is not a folder: give the folder that holds NAME.zh, NAME.en and NAME.gold."
    )
    en, zh = written(tmp_path, a_en="one\ntwo\n", a_zh="一\n")
    assert refused(duizhao("eval", "retrieval", en, zh), tmp_path, 2) == (
        "a.en has 2 lines and a.zh has 1: give two files that go line by line."
    )
    written(tmp_path, a_gold="[0]:[5]\n")
    assert refused(duizhao("eval", "align", tmp_path), tmp_path, 3) == (
        "a.gold, line 1 names a unit that is not there: the texts have 1 and 2 lines."
    )


def test_languages_swapped_on_the_command_line_are_noticed_and_put_right(tmp_path: Path) -> None:
    zh, en = written(tmp_path, zh_txt=CHINESE, en_txt=ENGLISH)
    right, swapped = duizhao("align", zh, en, "-f", "jsonl"), duizhao("align", en, zh, "-f", "jsonl")
    assert (swapped.code, swapped.out) == (0, right.out)
    said = "en.txt is English and zh.txt is Chinese: they were taken the other way round.\n"
    assert swapped.err == said + right.err
