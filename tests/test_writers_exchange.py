"""TMX and XLIFF as others see them: the standards' own schemas, and an independent reader."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from translate.storage.tmx import tmxfile
from translate.storage.xliff2 import Xliff2File
from writers_made_up import BEADS, TABLE

from align import writers
from align.errors import UnreadableFileError
from align.table import AlignmentTable, BeadKind, BeadRecord

SCHEMAS = Path(__file__).parents[1].parent / "shared" / "exchange" / "schemas"
XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"
META = "{urn:oasis:names:tc:xliff:metadata:2.0}"

# The schemas import the W3C's xml.xsd, which they need for two attributes only.
XML_XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<xs:attribute name="lang" type="xs:string"/>
<xs:attribute name="space"><xs:simpleType><xs:restriction base="xs:NCName">
<xs:enumeration value="default"/><xs:enumeration value="preserve"/></xs:restriction></xs:simpleType></xs:attribute>
</xs:schema>"""
BOTH_XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="urn:oasis:names:tc:xliff:document:2.0" schemaLocation="core.xsd"/>
<xs:import namespace="urn:oasis:names:tc:xliff:metadata:2.0" schemaLocation="metadata.xsd"/>
</xs:schema>"""

NASTY = BeadRecord((0,), (), "\x00 ]]> <b> \ud800\r\n ", "", None, 0.5, BeadKind.ZH_ONLY, "", "=1\x07")
EMPTY = BeadRecord((), (), "", "", None, 0.0, BeadKind.LINK)
TABLES = {
    "made up": TABLE,
    "nasty": replace(TABLE, records=(NASTY, EMPTY), signature="\x07", level="other"),
    "empty": AlignmentTable("s", ()),
    "sentences": replace(TABLE, level="sentence"),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", TABLES)
def test_tmx_is_valid_by_the_dtd_of_version_1_4(name: str) -> None:
    with (SCHEMAS / "mozilla__pontoon__tmx14.dtd").open("rb") as file:
        dtd = etree.DTD(file)
    valid = dtd.validate(etree.fromstring(writers.dumps(TABLES[name], "tmx")))
    assert valid, dtd.error_log


@pytest.fixture
def xliff_schema(tmp_path: Path) -> etree.XMLSchema:
    shutil.copy(SCHEMAS / "rmraya__OpenXLIFF__xliff2.1_xliff_core_2.0.xsd", tmp_path / "core.xsd")
    shutil.copy(SCHEMAS / "rmraya__OpenXLIFF__xliff2.1_metadata.xsd", tmp_path / "metadata.xsd")
    third_party = tmp_path / "informativeCopiesOf3rdPartySchemas" / "w3c"
    third_party.mkdir(parents=True)
    (third_party / "xml.xsd").write_text(XML_XSD)
    (tmp_path / "both.xsd").write_text(BOTH_XSD)
    return etree.XMLSchema(etree.parse(tmp_path / "both.xsd", etree.XMLParser(no_network=True)))


@pytest.mark.shared
@pytest.mark.parametrize("name", TABLES)
def test_xliff_is_valid_by_the_core_and_metadata_schemas_of_version_2_1(
    name: str, xliff_schema: etree.XMLSchema
) -> None:
    valid = xliff_schema.validate(etree.fromstring(writers.dumps(TABLES[name], "xliff")))
    assert valid, xliff_schema.error_log


@pytest.mark.shared
def test_the_schemas_of_the_test_do_refuse_what_is_wrong(xliff_schema: etree.XMLSchema) -> None:
    root = etree.fromstring(writers.dumps(TABLE, "xliff"))
    root.find(f".//{XLIFF}segment").set("state", "perfect")
    assert not xliff_schema.validate(root)
    root = etree.fromstring(writers.dumps(TABLE, "xliff"))
    del root.find(f".//{META}meta").attrib["type"]
    assert not xliff_schema.validate(root)


def test_an_independent_reader_opens_the_tmx() -> None:
    store = tmxfile.parsestring(writers.dumps(TABLE, "tmx"))
    both = [(bead.en_text, bead.zh_text) for bead in BEADS if bead.en_text and bead.zh_text]
    read = [(str(unit.source), str(unit.target)) for unit in store.units if unit.source and unit.target]
    assert read == both
    assert len(store.units) == len(BEADS)


def test_an_independent_reader_opens_the_xliff() -> None:
    store = Xliff2File.parsestring(writers.dumps(TABLE, "xliff"))
    read = [(str(unit.source or ""), str(unit.target or "")) for unit in store.units]
    assert read == [(bead.en_text, bead.zh_text) for bead in BEADS]
    assert [unit.istranslated() for unit in store.units] == [bool(bead.zh_text) for bead in BEADS]


def test_a_tmx_unit_says_where_it_comes_from_and_how_sure_it_is() -> None:
    root = etree.fromstring(writers.dumps(TABLE, "tmx"))
    header = root.find("header")
    assert dict(header.attrib) == {
        "creationtool": "duizhao",
        "creationtoolversion": header.get("creationtoolversion"),
        "segtype": "paragraph",
        "o-tmf": "duizhao",
        "adminlang": "en",
        "srclang": "en",
        "datatype": "plaintext",
    }
    assert header.findtext("prop[@type='x-signature']") == TABLE.signature
    unit = root.findall("body/tu")[8]
    assert unit.get("tuid") == "A/RES/79/901#9"
    assert {prop.get("type"): prop.text for prop in unit.iterfind("prop")} == {
        "x-symbol": "A/RES/79/901",
        "x-body": "General Assembly",
        "x-date": "2024-12-19",
        "x-paragraph": "(b)",
        "x-align-similarity": "0.38",
        "x-align-score": "0.31",
        "x-align-kind": "link",
        "x-align-status": "automatic",
        "x-align-doubtful": "yes",
        "x-zh-indices": "8",
        "x-en-indices": "8",
        "x-zh-paragraphs": "8",
        "x-en-paragraphs": "8",
    }
    languages = [variant.get("{http://www.w3.org/XML/1998/namespace}lang") for variant in unit.iterfind("tuv")]
    assert languages == ["en", "zh-Hans"]


def test_traditional_chinese_is_tagged_so() -> None:
    hant = replace(TABLE, provenance=replace(TABLE.provenance, zh_script="Hant"))
    assert b'xml:lang="zh-Hant"' in writers.dumps(hant, "tmx")
    assert b'trgLang="zh-Hant"' in writers.dumps(hant, "xliff")
    assert b'lang="zh-Hant"' in writers.dumps(hant, "html")


def test_a_one_sided_bead_is_a_tmx_unit_with_one_variant() -> None:
    units = etree.fromstring(writers.dumps(TABLE, "tmx")).findall("body/tu")
    assert [len(unit.findall("tuv")) for unit in units] == [2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2]


def test_the_state_of_an_xliff_segment_follows_the_bead() -> None:
    root = etree.fromstring(writers.dumps(TABLE, "xliff"))
    units = root.findall(f".//{XLIFF}unit")
    segments = [unit.find(f"{XLIFF}segment") for unit in units]
    said = {
        at: (segments[at].get("state"), segments[at].get("subState"), units[at].get("translate"))
        for at in (0, 1, 3, 8, 10)
    }
    assert said == {
        0: ("reviewed", None, None),
        1: ("translated", None, None),
        3: ("translated", None, "no"),
        8: ("translated", "duizhao:doubtful", None),
        10: (None, None, None),
    }
    assert segments[3].find(f"{XLIFF}source").text is None
    assert segments[10].find(f"{XLIFF}target") is None
    notes = [units[at].findtext(f"{XLIFF}notes/{XLIFF}note") for at in (3, 8, 10)]
    assert notes == ["only in Chinese", "doubtful alignment, confidence 0.31", "only in English"]


def test_a_control_character_is_a_cp_element_in_xliff() -> None:
    table = replace(TABLE, records=(NASTY,))
    target = etree.fromstring(writers.dumps(table, "xliff")).find(f".//{XLIFF}target")
    assert [child.get("hex") for child in target] == ["0000", "D800", "000D"]


def test_a_segment_that_a_cat_tool_cut_in_two_reads_back_as_one_text() -> None:
    table = replace(TABLE, records=BEADS[1:2])
    data = writers.dumps(table, "xliff").decode()
    cut = data.replace("和2021年", "<mrk id='m1'>和</mrk></target></segment><ignorable><source/><target>2021年", 1)
    tail = cut.rindex("</segment>")
    cut = f"{cut[:tail]}</ignorable>{cut[tail + len('</segment>') :]}"
    english, chinese = cut.index("<source"), cut.index("<target")
    assert english < chinese
    assert writers.loads(cut.encode(), "xliff").records[0].zh_text == BEADS[1].zh_text


def test_entities_and_foreign_xml_are_refused() -> None:
    bomb = b'<!DOCTYPE tmx [<!ENTITY a "aaaa">]><tmx version="1.4"><header/><body/></tmx>'
    with pytest.raises(UnreadableFileError, match="declares XML entities"):
        writers.loads(bomb, "tmx")
    with pytest.raises(UnreadableFileError, match="carries no signature of duizhao"):
        writers.loads(b'<tmx version="1.4"><header/><body/></tmx>', "tmx")
    with pytest.raises(UnreadableFileError, match="is not an XLIFF 2 file"):
        writers.loads(b"<xliff/>", "xliff")
