"""Tables, UTX, OmegaT and JSON: headings in English and Chinese, any encoding, nothing that runs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from exchange_made_up import BASIN, GAUGE, GLOSSARY, bare, glossaries, with_workflow
from hypothesis import HealthCheck, given, settings
from libreoffice import convert
from openpyxl import load_workbook

from align.errors import DuizhaoError, OutputError
from glossary.concepts import Concept, Definition, Extra, Term, TermType, Usage, Workflow
from glossary.errors import ExchangeError
from glossary.exchange import FORMATS, dump_glossary, read_glossary, write_glossary
from glossary.exchange.languages import language_by_script, tag_of


def _read(tmp_path: Path, text: str | bytes, name: str = "made-up.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_glossary(path)


def _sorted(concept: Concept) -> Concept:
    """Without its id, and its unknown columns by name: a table has one order of columns for all."""
    terms = tuple(replace(term, extras=tuple(sorted(term.extras, key=str))) for term in concept.terms)
    return replace(concept, id="", terms=terms, extras=tuple(sorted(concept.extras, key=str)))


def _terms(concept: Concept) -> list[tuple[str, str, str]]:
    return [(term.language, term.text, term.usage.value) for term in concept.terms]


@pytest.mark.parametrize("name", ["csv", "tsv", "xlsx"])
def test_what_is_written_to_a_table_reads_back_to_the_same_concepts(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{name}"
    concepts = (replace(GAUGE, workflow={"en": Workflow.APPROVED, "zh": Workflow.IN_REVIEW}), BASIN)
    assert write_glossary(concepts, path) == ()
    found = read_glossary(path)
    assert bare(found.concepts) == concepts
    assert (found.format, found.warnings) == (name, ())


@pytest.mark.parametrize("name", ["csv", "tsv", "xlsx"])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(concepts=glossaries("csv"))
def test_any_concepts_read_back_with_their_unknown_columns(
    name: str, concepts: tuple[Concept, ...], tmp_path: Path
) -> None:
    path = tmp_path / f"a.{name}"
    write_glossary(concepts, path)
    once = read_glossary(path)
    assert [_sorted(one) for one in bare(once.concepts)] == [_sorted(one) for one in concepts]
    write_glossary(once.concepts, path)
    assert read_glossary(path).concepts == once.concepts


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(concepts=glossaries("any"))
def test_json_keeps_everything(concepts: tuple[Concept, ...], tmp_path: Path) -> None:
    given_ = tuple(replace(with_workflow(one), origins=(("a.tbx", "1"),), version=3) for one in concepts)
    write_glossary(given_, tmp_path / "a.json")
    assert read_glossary(tmp_path / "a.json").concepts == given_


def test_a_column_for_each_language_is_recognised_by_its_heading(tmp_path: Path) -> None:
    text = "unbis_id\tzh_pref\ten_pref\ten_alts\n7\t流域\tRIVER BASINS\tCATCHMENTS; BASINS\n"
    found = _read(tmp_path, text, "made-up.tsv")
    assert found.warnings == ()
    assert found.concepts == (
        Concept(
            "7",
            terms=(
                Term("", "zh", "流域", Usage.PREFERRED),
                Term("", "en", "RIVER BASINS", Usage.PREFERRED),
                Term("", "en", "CATCHMENTS", Usage.ADMITTED),
                Term("", "en", "BASINS", Usage.ADMITTED),
            ),
            origins=(("made-up.tsv", "7"),),
        ),
    )


def test_chinese_headings_are_recognised(tmp_path: Path) -> None:
    text = "编号,中文术语,英文术语,英文定义,领域,词性,状态,备注,译者\n1,流域,basin,An area.,水文,名词,首选,见手册,张\n"
    found = _read(tmp_path, text)
    assert bare(found.concepts) == (
        Concept(
            "1",
            "水文",
            (Definition("en", "An area."),),
            "见手册",
            (
                Term("", "zh", "流域", Usage.PREFERRED, part_of_speech="noun"),
                Term("", "en", "basin", Usage.PREFERRED, part_of_speech="noun"),
            ),
            extras=(Extra("csv", "译者", "张"),),
        ),
    )


def test_source_and_target_columns_take_their_languages_from_their_letters(tmp_path: Path) -> None:
    found = _read(tmp_path, "source,target,comment\nbasin,流域,a note\ngauge,水位计,\n")
    assert [_terms(concept) for concept in found.concepts] == [
        [("en", "basin", ""), ("zh", "流域", "")],
        [("en", "gauge", ""), ("zh", "水位计", "")],
    ]
    assert found.concepts[0].note == "a note"
    assert found.warnings == (
        "made-up.csv: column 1 names no language and was taken for en, by its letters.",
        "made-up.csv: column 2 names no language and was taken for zh, by its letters.",
    )


def test_a_table_without_headings_is_read_and_said_so(tmp_path: Path) -> None:
    found = _read(tmp_path, "basin\t流域\tnote\nlone\t\n\n", "made-up.txt")
    assert [_terms(one) for one in found.concepts] == [[("en", "basin", ""), ("zh", "流域", "")], [("en", "lone", "")]]
    assert found.warnings[0] == ("made-up.txt: it has no headings; its first two columns were taken for the terms.")
    assert found.warnings[-1] == "made-up.txt: one row has a term in one language only (row 2)."


def test_rows_with_one_id_are_one_concept_and_an_id_holds_for_rows_below_without_one(tmp_path: Path) -> None:
    text = "id,language,term,status\n1,EN,basin,preferred\n,zh_TW,流域,\n2,en,gauge,donotuse\n"
    found = _read(tmp_path, text)
    assert [(one.id, _terms(one)) for one in found.concepts] == [
        ("1", [("en", "basin", "preferred"), ("zh-Hant", "流域", "")]),
        ("2", [("en", "gauge", "deprecated")]),
    ]
    assert found.concepts[1].terms[0].extras == (Extra("csv", "usage", "donotuse"),)
    assert found.warnings == ("made-up.csv: language codes were mapped: “EN” → en (1×), “zh_TW” → zh-Hant (1×).",)


def test_one_id_on_rows_without_a_common_term_is_two_concepts(tmp_path: Path) -> None:
    found = _read(tmp_path, "id,en,zh\n1,basin,流域\n1,basin,盆地\n1,gauge,水尺\n")
    assert [(one.id, _terms(one)) for one in found.concepts] == [
        ("1", [("en", "basin", ""), ("zh", "流域", ""), ("zh", "盆地", "")]),
        ("1-2", [("en", "gauge", ""), ("zh", "水尺", "")]),
    ]
    assert found.warnings == (
        "made-up.csv: one id stands on two rows without a term in common; they were kept apart (1).",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030", "big5"])
def test_any_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    rows = "en,zh\nbasin,水文的流域\nwater,水和人\nlarge,大\nin,中文的文字\nhere,在有人的地方\n"
    assert _terms(_read(tmp_path, rows.encode(encoding)).concepts[0]) == [("en", "basin", ""), ("zh", "水文的流域", "")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "＝cmd", "'=1", "#N/A"])
def test_no_cell_runs_as_a_formula_and_all_read_back(text: str, tmp_path: Path) -> None:
    concept = replace(BASIN, note=text, terms=(Term("", "en", text),))
    for name in ("csv", "tsv", "xlsx"):
        notes = write_glossary([concept], tmp_path / f"a.{name}")
        assert bool(notes) == (text not in ("#N/A", "'=1"))
        assert bare(read_glossary(tmp_path / f"a.{name}").concepts) == (concept,)
    row = next(csv.DictReader(io.StringIO(dump_glossary([concept], "csv").data.decode("utf-8-sig"))))
    assert row["Term"] == (text if text == "#N/A" else f"'{text}")
    sheet = load_workbook(tmp_path / "a.xlsx")["Terms"]
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells if cell.value is not None} == {"s"}


def test_what_was_neutralised_is_said() -> None:
    concept = Concept("c", terms=(Term("", "en", "=1+1"), Term("", "zh", "+甲")))
    assert dump_glossary([concept], "csv").notes == (
        "2 cells that a spreadsheet could run got an apostrophe in front; reading takes it off.",
    )
    assert dump_glossary([concept], "xlsx").notes == (
        "2 cells that look like a formula were written as text, so that nothing runs.",
    )


def test_the_workbook_has_a_term_a_row_and_a_sheet_that_explains_the_columns(tmp_path: Path) -> None:
    write_glossary(GLOSSARY, tmp_path / "a.xlsx")
    workbook = load_workbook(tmp_path / "a.xlsx")
    assert workbook.sheetnames == ["Terms", "About"]
    rows = list(workbook["Terms"].iter_rows(values_only=True))
    assert rows[0] == (
        "Concept id",
        "Language",
        "Term",
        "Usage",
        "Term type",
        "Part of speech",
        "Term source",
        "Term note",
        "Subject field",
        "Definition",
        "Definition source",
        "Concept note",
        "Workflow",
        "Term id",
        "Origins",
    )
    assert [row[:4] for row in rows[1:]] == [
        ("7", "zh", "水位计", "preferred"),
        ("7", "zh", "水尺", "deprecated"),
        ("7", "en", "stage gauge", "preferred"),
        ("7", "en", "SG", "admitted"),
        ("8", "zh", "流域", "preferred"),
        ("8", "en", "river basin", "preferred"),
    ]
    explained = {row[0] for row in workbook["About"].iter_rows(values_only=True)}
    assert set(rows[0]) <= explained


def test_a_text_too_long_for_a_cell_goes_on_in_another_column(tmp_path: Path) -> None:
    concept = replace(BASIN, definitions=(Definition("en", "long " * 20_000 + "end"),))
    write_glossary([concept], tmp_path / "a.xlsx")
    assert bare(read_glossary(tmp_path / "a.xlsx").concepts) == (concept,)


def test_libreoffice_opens_the_workbook(tmp_path: Path) -> None:
    write_glossary([replace(BASIN, note="=1+1"), GAUGE], tmp_path / "a.xlsx")
    table = convert(tmp_path / "a.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76")
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8"))))
    assert [row[2] for row in rows] == ["Term", "流域", "river basin", "水位计", "水尺", "stage gauge", "SG"]
    assert rows[1][11] == "=1+1"


def test_utx_reads_back_what_it_can_hold(tmp_path: Path) -> None:
    notes = write_glossary(GLOSSARY, tmp_path / "a.utx")
    text = (tmp_path / "a.utx").read_text("utf-8")
    assert text.split("\n") == [
        "#UTX 1.11; en/zh; copyright: none stated; license: none stated; bidirectional;",
        "#src\ttgt\tsrc:pos\tterm status\tsrc:comment\ttgt:comment\tconcept ID",
        "stage gauge\t水位计\tnoun\tapproved\tnot “level”\t-\t7",
        "stage gauge\t水尺\tnoun\tforbidden\tnot “level”\t-\t7",
        "SG\t水位计\tnoun\tapproved\t-\t-\t7",
        "river basin\t流域\t-\tapproved\t-\t-\t8",
        "",
    ]
    assert notes == ("UTX holds pairs of terms in two languages; definitions, sources and other fields were left out.",)
    found = read_glossary(tmp_path / "a.utx")
    assert found.format == "utx"
    assert [(one.id, _terms(one)) for one in found.concepts] == [
        (
            "7",
            [("en", "stage gauge", ""), ("en", "SG", ""), ("zh", "水位计", "preferred"), ("zh", "水尺", "deprecated")],
        ),
        ("8", [("en", "river basin", ""), ("zh", "流域", "preferred")]),
    ]
    write_glossary(found.concepts, tmp_path / "a.utx")
    assert read_glossary(tmp_path / "a.utx").concepts == found.concepts


def test_utx_keeps_its_other_columns(tmp_path: Path) -> None:
    text = "#UTX-S 1.01; en-US/ja-JP; 2009 made up\n#src\ttgt\tsrc:pos\tsrc:plural\nox\t牛\tproperNoun\toxen\n"
    found = _read(tmp_path, text, "a.utx")
    kept = (Extra("utx", "part of speech", "properNoun"), Extra("utx", "src:plural", "oxen"))
    assert found.concepts[0].terms == (
        Term("", "en", "ox", part_of_speech="noun", extras=kept),
        Term("", "ja-JP", "牛"),
    )
    write_glossary(found.concepts, tmp_path / "a.utx")
    assert [one.terms for one in read_glossary(tmp_path / "a.utx").concepts] == [found.concepts[0].terms]


def test_omegat_has_three_columns(tmp_path: Path) -> None:
    notes = write_glossary(GLOSSARY, tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text("utf-8").split("\n") == [
        "# Glossary in tab-separated format -*- coding: utf-8 -*- en zh",
        "stage gauge\t水位计\thydrology; not “level”; See also the manual.",
        "stage gauge\t水尺\tdo not use; hydrology; not “level”; See also the manual.",
        "SG\t水位计\thydrology; See also the manual.",
        "river basin\t流域\thydrology",
        "",
    ]
    assert notes == ("OmegaT's file holds pairs of en and zh terms with a comment; the rest was left out.",)
    assert [_terms(one) for one in read_glossary(tmp_path / "a.txt").concepts][3] == [
        ("en", "river basin", ""),
        ("zh", "流域", ""),
    ]


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh-Hans-CN", "zh"),
        ("ZH_TW", "zh-Hant"),
        ("zh-Hant", "zh-Hant"),
        ("繁體中文", "zh-Hant"),
        ("Chinese (Traditional)", "zh-Hant"),
        ("EN", "en"),
        ("en-US", "en"),
        ("English", "en"),
        ("pt-br", "pt-BR"),
        ("lut", "lut"),
        ("fra", "fr"),
        ("---", "und"),
        ("", "und"),
        ("not a code", "und"),
    ],
)
def test_language_codes_are_mapped(code: str, tag: str) -> None:
    assert tag_of(code) == tag


def test_a_language_is_told_by_its_letters() -> None:
    texts = [["水文"], ["水のベクトル"], ["вода"], ["water"], ["débâcle", "étiage"], ["12"], []]
    assert [language_by_script(one) for one in texts] == ["zh", "ja", "ru", "en", "", "", ""]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.csv", b"name of no column\nx\n", "it has no column of terms"),
        ("a.csv", b"zh,en\n,\n", "there is not one term in it"),
        ("a.csv", b"", "the file is empty"),
        ("a.xlsx", b"PK\x03\x04 broken", "the file is damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old .xls or .doc file"),
        ("a.json", b'{"format": "other"}', "this is no glossary that duizhao wrote"),
        ("a.json", b"{", "this is not JSON (line 1)"),
        ("a.json", b'{"format": "duizhao-glossary", "version": 1, "concepts": []}', "there is not one term in it"),
        ("a.utx", b"#UTX 1.11\nfoo\tbar\n", "its first line is no UTX header"),
    ],
)
def test_bad_files_are_refused_in_one_sentence(name: str, data: bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(DuizhaoError) as refused:
        _read(tmp_path, data, name)
    assert str(refused.value).startswith(f"{name}: {sentence}")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("field", ["terms", "extras", "workflow", "origins", "subject", "version"])
def test_a_damaged_field_of_json_is_named(field: str, tmp_path: Path) -> None:
    whole = json.loads(dump_glossary([BASIN], "json").data)
    whole["concepts"][0][field] = [7]
    with pytest.raises(ExchangeError) as refused:
        _read(tmp_path, json.dumps(whole), "a.json")
    assert str(refused.value) == (
        f"a.json, entry 1: the field “{field}” is missing or damaged; export the glossary again."
    )


def test_every_format_refuses_to_write_nothing_or_writes_it(tmp_path: Path) -> None:
    refused = []
    for name in FORMATS:
        try:
            dump_glossary([], name)
        except ExchangeError:
            refused.append(name)
    assert refused == ["tbx", "tbx-dct", "tbx-v2", "utx", "omegat"]
    with pytest.raises(OutputError, match=r"there is no format “doc”"):
        dump_glossary([BASIN], "doc")


def test_types_in_other_spellings_are_understood(tmp_path: Path) -> None:
    found = _read(tmp_path, "id,language,term,term type\n1,en,SG,acronym\n1,en,stage gauge,fullForm\n")
    assert [(term.type, [extra.value for extra in term.extras]) for term in found.concepts[0].terms] == [
        (TermType.ABBREVIATION, ["acronym"]),
        (TermType.FULL_FORM, []),
    ]
