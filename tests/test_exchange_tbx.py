"""TBX of all generations: what is read, what is written, what is refused."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from commands import ROOT
from exchange_made_up import BASIN, GAUGE, GLOSSARY, bare, glossaries, with_workflow
from hypothesis import HealthCheck, given, settings
from lxml import etree

from glossary.concepts import Concept, Definition, Extra, Term, TermType, Usage
from glossary.errors import ExchangeError
from glossary.exchange import dump_glossary, read_glossary, write_glossary
from glossary.exchange.identifiers import from_xml, to_xml

STYLES = ["tbx", "tbx-dct", "tbx-v2"]
V2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>made up</p></sourceDesc></fileDesc>
</martifHeader><text><body>{}</body>{}</text></martif>"""


def _read(tmp_path: Path, text: str | bytes, name: str = "made-up.tbx"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_glossary(path)


@pytest.mark.parametrize("style", STYLES)
def test_what_is_written_reads_back_to_the_same_concepts(style: str, tmp_path: Path) -> None:
    assert write_glossary(GLOSSARY, tmp_path / "a.tbx", style) == ()
    assert bare(read_glossary(tmp_path / "a.tbx").concepts) == GLOSSARY


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(concepts=glossaries("tbx"))
def test_any_concepts_read_back_with_their_unknown_fields(
    style: str, concepts: tuple[Concept, ...], tmp_path: Path
) -> None:
    write_glossary(concepts, tmp_path / "a.tbx", style)
    once = read_glossary(tmp_path / "a.tbx")
    assert [replace(one, id="") for one in bare(once.concepts)] == [replace(one, id="") for one in concepts]
    write_glossary(once.concepts, tmp_path / "a.tbx", style)
    assert read_glossary(tmp_path / "a.tbx").concepts == once.concepts


def test_the_current_generation_is_tbx_basic_with_categories_as_attributes() -> None:
    root = etree.fromstring(dump_glossary([BASIN], "tbx").data)
    assert dict(root.attrib) == {
        "type": "TBX-Basic",
        "style": "dca",
        "{http://www.w3.org/XML/1998/namespace}lang": "en",
    }
    entry = next(root.iter("{urn:iso:std:iso:30042:ed-2}conceptEntry"))
    assert entry.get("id") == "id-8"
    assert etree.tostring(next(entry.iter("{*}termSec")), encoding="unicode", with_tail=False).split("\n") == [
        '<termSec xmlns="urn:iso:std:iso:30042:ed-2" id="id-81">',
        "            <term>流域</term>",
        '            <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>',
        "          </termSec>",
    ]


def test_the_other_style_has_categories_as_elements_of_their_modules() -> None:
    root = etree.fromstring(dump_glossary([GAUGE], "tbx-dct").data)
    names = {str(element.tag) for element in root.iter() if "tbxinfo" in str(element.tag)}
    assert names == {
        "{http://www.tbxinfo.net/ns/min}subjectField",
        "{http://www.tbxinfo.net/ns/min}administrativeStatus",
        "{http://www.tbxinfo.net/ns/min}partOfSpeech",
        "{http://www.tbxinfo.net/ns/basic}definition",
        "{http://www.tbxinfo.net/ns/basic}source",
        "{http://www.tbxinfo.net/ns/basic}termType",
    }


def test_ntig_context_history_persons_and_pointers_survive(tmp_path: Path) -> None:
    body = """<termEntry id="12"><descrip type="subjectField">floods</descrip>
      <transacGrp><transac type="transactionType">origination</transac>
        <transacNote type="responsibility" target="P1">Ada</transacNote><date>20010507T10:57:25Z</date></transacGrp>
      <ref type="crossReference" target="13">other</ref>
      <langSet xml:lang="en-US"><admin type="productSubset">X</admin>
        <ntig><termGrp><term id="t1"> flood  plain </term><termNote type="partOfSpeech">nom</termNote>
        <termNote type="normativeAuthorization">standardizedTerm</termNote></termGrp>
        <descripGrp><descrip type="context">a <hi>flood</hi> plain</descrip><admin type="source">B</admin></descripGrp>
        </ntig></langSet></termEntry>
      <termEntry id="13"><langSet xml:lang="zh-TW"><tig><term>洪氾平原</term></tig></langSet></termEntry>"""
    back = '<back><refObjectList type="respPerson"><refObject id="P1"><item type="fn">Ada L.</item></refObject>'
    whole = V2.format(body, f"{back}</refObjectList></back>")
    found = _read(tmp_path, whole)
    assert found.warnings == ("made-up.tbx: language codes were mapped: “en-US” → en (1×), “zh-TW” → zh-Hant (1×).",)
    first, second = found.concepts
    assert first.terms[0] == Term(
        "t1",
        "en",
        "flood  plain",
        Usage.PREFERRED,
        TermType.NONE,
        "noun",
        extras=(
            Extra("tbx", "administrativeStatus", "standardizedTerm", (("element", "termNote"),)),
            Extra("tbx", "partOfSpeech", "nom", (("element", "termNote"),)),
            Extra(
                "tbx",
                "context",
                "a flood plain",
                (
                    (
                        "xml",
                        '<descripGrp><descrip type="context">a flood plain</descrip>'
                        '<admin type="source">B</admin></descripGrp>',
                    ),
                ),
            ),
        ),
    )
    assert [(extra.name, extra.value) for extra in first.extras] == [
        ("transactionType", "origination"),
        ("crossReference", "other"),
        ("productSubset", "X"),
        ("refObject", "P1"),
    ]
    assert second.terms == (Term("", "zh-Hant", "洪氾平原"),)
    for style in STYLES:
        notes = write_glossary(found.concepts, tmp_path / "made-up.tbx", style)
        assert notes == (
            "Fields kept from other TBX files are not in TBX-Basic; the file says that it is a wider dialect.",
        )
        assert bare(read_glossary(tmp_path / "made-up.tbx").concepts) == bare(found.concepts)
        text = (tmp_path / "made-up.tbx").read_text("utf-8")
        assert 'target="id-13"' in text
        assert "20010507T10:57:25Z" in text
        assert "Ada L." in text


def test_repeated_sections_of_a_language_are_one_and_regions_are_told_apart(tmp_path: Path) -> None:
    sections = "".join(
        f'<langSet xml:lang="{code}"><tig><term>{word}</term></tig></langSet>'
        for code, word in (("en-US", "color"), ("fr", "couleur"), ("en-GB", "colour"), ("---", "?"))
    )
    found = _read(tmp_path, V2.format(f'<termEntry id="c">{sections}</termEntry>', ""))
    region = ("tbx", "geographicalUsage", (("element", "termNote"),))
    assert [(t.language, t.text, [(e.name, e.value) for e in t.extras]) for t in found.concepts[0].terms] == [
        ("en", "color", [("geographicalUsage", "en-US")]),
        ("en", "colour", [("geographicalUsage", "en-GB")]),
        ("fr", "couleur", []),
        ("und", "?", []),
    ]
    assert found.concepts[0].terms[0].extras == (Extra(region[0], region[1], "en-US", region[2]),)
    assert found.warnings == (
        "made-up.tbx: language codes were mapped: “en-US” → en (1×), “en-GB” → en (1×), “---” → und (1×).",
        "made-up.tbx: unknown language codes: “---” (1×); say what they stand for, as in --language-map ---=zh.",
    )


def test_entries_with_one_id_are_kept_apart_with_a_warning_and_empty_ones_are_left_out(tmp_path: Path) -> None:
    entry = '<termEntry id="c1"><langSet xml:lang="en"><tig><term>{}</term></tig></langSet></termEntry>'
    found = _read(tmp_path, V2.format(entry.format("a") + entry.format("b") + entry.format(" "), ""))
    assert [(c.id, c.origins, c.terms[0].text) for c in found.concepts] == [
        ("c1", (("made-up.tbx", "c1"),), "a"),
        ("c1-2", (("made-up.tbx", "c1-2"),), "b"),
    ]
    assert found.warnings == (
        "made-up.tbx: one id stands twice; the two entries were kept apart (c1).",
        "made-up.tbx: one entry without a term was left out (c1).",
    )


def test_tbx_min_is_read(tmp_path: Path) -> None:
    text = """<TBX dialect="TBX-Min"><header><id>x</id></header><body><termEntry id="C2"><subjectField>s</subjectField>
      <langSet xml:lang="en"><tig><term>hound</term><termStatus>obsolete</termStatus><customer>S</customer>
      <noteGrp><note><noteKey>usage</noteKey><noteValue>rare</noteValue></note></noteGrp></tig></langSet>
      </termEntry></body></TBX>"""
    found = _read(tmp_path, text)
    kept = (
        Extra("tbx", "administrativeStatus", "obsolete", (("element", "termNote"),)),
        Extra("tbx", "customerSubset", "S", (("element", "admin"),)),
    )
    assert found.format == "tbx-min"
    assert bare(found.concepts) == (
        Concept("C2", "s", terms=(Term("", "en", "hound", Usage.SUPERSEDED, note="usage: rare", extras=kept),)),
    )


def test_a_finer_status_is_written_back_until_the_usage_is_changed(tmp_path: Path) -> None:
    kept = Extra("tbx", "administrativeStatus", "legalTerm-admn-sts", (("element", "termNote"),))
    term = Term("", "en", "treaty", Usage.PREFERRED, extras=(kept,))
    assert b"legalTerm-admn-sts" in dump_glossary([Concept("c", terms=(term,))], "tbx").data
    demoted = dump_glossary([Concept("c", terms=(replace(term, usage=Usage.ADMITTED),))], "tbx").data
    assert b"legalTerm" not in demoted
    assert b"admittedTerm-admn-sts" in demoted


def test_workflow_and_evidence_are_said_to_be_left_out() -> None:
    assert dump_glossary([with_workflow(BASIN)], "tbx").notes == (
        "TBX has no place for workflow states and evidence; they were left out.",
    )


def test_a_definition_in_a_language_without_terms_stands_at_the_concept(tmp_path: Path) -> None:
    concept = replace(BASIN, definitions=(Definition("fr", "Un bassin.", ""),))
    write_glossary([concept], tmp_path / "a.tbx")
    assert bare(read_glossary(tmp_path / "a.tbx").concepts) == (concept,)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('<!DOCTYPE martif [<!ENTITY x "y">]><martif/>', "it declares XML entities and is not opened"),
        ('<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx>&x;</tbx>', "it declares XML entities"),
        ("<martif><text>", "the XML is not well-formed at line 1"),
        ("<html><body/></html>", "its root element is <html> and not that of a TBX file"),
        (V2.format("", ""), "there is not one term in it"),
        ("<tbx>\x01</tbx>", "the XML is not well-formed at line 1"),
    ],
)
def test_broken_and_dangerous_files_are_refused_in_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError) as refused:
        _read(tmp_path, text)
    assert str(refused.value).startswith(f"made-up.tbx: {sentence}")
    assert "\n" not in str(refused.value)


def test_the_external_dtd_that_old_files_name_is_never_fetched(tmp_path: Path) -> None:
    (tmp_path / "TBXcoreStructV02.dtd").write_text('<!ATTLIST term note CDATA "fetched">')
    entry = '<termEntry id="c"><langSet xml:lang="en"><tig><term>a</term></tig></langSet></termEntry>'
    assert len(_read(tmp_path, V2.format(entry, "")).concepts) == 1


@pytest.mark.parametrize("name", ["12", "c1", "a b", "国", "id-", "id-5", "x_y", "-", "_20_"])
def test_any_id_becomes_one_that_xml_takes_and_back(name: str) -> None:
    written = to_xml(name)
    assert from_xml(written) == name
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9._-]*", written)


def test_terms_and_concepts_never_share_an_id() -> None:
    concept = Concept("7", terms=(Term("7", "en", "a"), Term("7", "zh", "b")))
    found = [e.get("id") for e in etree.fromstring(dump_glossary([concept], "tbx").data).iter() if e.get("id")]
    assert found == ["id-7", "term-7", "term-7-2"]


def test_a_large_file_streams_in_bounded_memory(tmp_path: Path) -> None:
    """The memory is that of the concepts: a long text that is not kept costs nothing."""
    entry = '<termEntry id="c{}"><langSet xml:lang="en"><tig><term>t{}</term></tig></langSet>{}</termEntry>\n'
    padding = "<!-- " + "x" * 20_000 + " -->"
    path = tmp_path / "large.tbx"
    with path.open("w") as file:
        head, _, tail = V2.partition("{}")
        file.write(head)
        for number in range(5_000):
            file.write(entry.format(number, number, padding))
        file.write(tail.replace("{}", ""))
    assert path.stat().st_size > 100_000_000
    program = (
        "import resource, sys; from pathlib import Path; from glossary.exchange import read_glossary;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "found = read_glossary(Path(sys.argv[1]));"
        "print(len(found.concepts), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", program, path], cwd=ROOT, capture_output=True, text=True, check=True)
    count, grown = map(int, done.stdout.split())
    assert count == 5_000
    assert grown < 60


def test_translate_toolkit_reads_the_second_generation() -> None:
    from translate.storage import tbx

    store = tbx.tbxfile.parsefile(BytesIO(dump_glossary(GLOSSARY, "tbx-v2").data))
    assert len(store.units) == 2
    words = {str(node.text) for unit in store.units for node in unit.xmlelement.iter("term")}
    assert words == {"水位计", "水尺", "stage gauge", "SG", "流域", "river basin"}
