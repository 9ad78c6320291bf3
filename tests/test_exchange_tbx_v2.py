"""What is written as TBX v2 has the structure of the core of ISO 30042:2008, which older programs validate against."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from exchange_made_up import GLOSSARY, bare, glossaries
from hypothesis import HealthCheck, given, settings
from lxml import etree

from glossary.concepts import Concept
from glossary.exchange import dump_glossary, read_glossary

SHARED = Path(__file__).parents[1].parent / "shared"
TBX = SHARED / "exchange" / "tbx"
_OWN = "id ID #IMPLIED"
_TYPED = f"{_OWN} xml:lang CDATA #IMPLIED type CDATA #REQUIRED target IDREF #IMPLIED datatype CDATA #IMPLIED"
_AUX = "(descrip|descripGrp|admin|adminGrp|transacGrp|note|ref|xref)*"
_LINKS = "(admin|adminGrp|transacGrp|note|ref|xref)*"
# The content of each element and its attributes as the standard has them, inline mark-up left out: none is written.
_CORE = {
    "martif": ("(martifHeader, text)", "type CDATA #REQUIRED xml:lang CDATA #REQUIRED"),
    "martifHeader": ("(fileDesc, encodingDesc?, revisionDesc?)", _OWN),
    "fileDesc": ("(titleStmt?, publicationStmt?, sourceDesc+)", _OWN),
    "sourceDesc": ("(p+)", _OWN),
    "encodingDesc": ("(p+)", _OWN),
    "p": ("(#PCDATA)", f"{_OWN} type CDATA #IMPLIED xml:lang CDATA #IMPLIED"),
    "text": ("(body, back?)", _OWN),
    "body": ("(termEntry+)", _OWN),
    "termEntry": (f"({_AUX}, langSet+)", _OWN),
    "langSet": (f"({_AUX}, (tig|ntig)+)", f"{_OWN} xml:lang CDATA #REQUIRED"),
    "tig": (f"(term, termNote*, {_AUX})", _OWN),
    "ntig": (f"(termGrp, {_AUX})", _OWN),
    "termGrp": ("(term, (termNote|termNoteGrp)*, termCompList*)", _OWN),
    "termNoteGrp": (f"(termNote, {_LINKS})", _OWN),
    "termCompList": (f"({_AUX}, (termComp|termCompGrp)+)", f"{_OWN} type CDATA #REQUIRED"),
    "termCompGrp": (f"(termComp, (termNote|termNoteGrp)*, {_LINKS})", _OWN),
    "descripGrp": ("(descrip, (descripNote|admin|adminGrp|transacGrp|note|ref|xref)*)", _OWN),
    "adminGrp": ("(admin, (adminNote|note|ref|xref)*)", _OWN),
    "transacGrp": ("(transac, (transacNote|date|note|ref|xref)*)", _OWN),
    "term": ("(#PCDATA)", _OWN),
    "termComp": ("(#PCDATA)", f"{_OWN} xml:lang CDATA #IMPLIED"),
    "note": ("(#PCDATA)", f"{_OWN} xml:lang CDATA #IMPLIED"),
    "date": ("(#PCDATA)", _OWN),
    "xref": ("(#PCDATA)", f"{_OWN} type CDATA #REQUIRED target CDATA #REQUIRED"),
    **dict.fromkeys(
        "termNote descrip descripNote admin adminNote transac transacNote ref".split(), ("(#PCDATA)", _TYPED)
    ),
    "back": ("(refObjectList*)", _OWN),
    "refObjectList": ("(refObject+)", f"{_OWN} type CDATA #REQUIRED"),
    "refObject": ("(item+)", _OWN),
    "item": ("(#PCDATA)", f"{_OWN} type CDATA #REQUIRED"),
    **dict.fromkeys(("revisionDesc", "titleStmt", "publicationStmt"), ("ANY", _OWN)),
}


def problems(concepts: tuple[Concept, ...]) -> list[str]:
    """What a validating program would say of these concepts as TBX v2."""
    declared = "".join(
        f"<!ELEMENT {name} {content}>\n<!ATTLIST {name} {attributes}>\n"
        for name, (content, attributes) in _CORE.items()
    )
    schema = etree.DTD(StringIO(declared))
    schema.validate(etree.fromstring(dump_glossary(concepts, "tbx-v2").data))
    return [error.message for error in schema.error_log]


def test_made_up_concepts_have_the_structure_of_the_standard() -> None:
    assert problems(GLOSSARY) == []


@given(concepts=glossaries("tbx"))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_so_have_concepts_with_fields_that_only_a_file_knows(concepts: tuple[Concept, ...]) -> None:
    assert problems(concepts) == []


def test_a_group_of_notes_on_a_term_is_where_the_standard_has_it(tmp_path: Path) -> None:
    (tmp_path / "a.tbx").write_text(
        '<martif type="TBX" xml:lang="en"><text><body><termEntry><langSet xml:lang="en"><ntig><termGrp>'
        "<term>lift</term>"
        '<termNoteGrp><termNote type="geographicalUsage">GB</termNote><note>see</note></termNoteGrp>'
        '<termNote type="partOfSpeech">noun</termNote><termCompList type="hyphenation"><termComp>li</termComp>'
        '<termComp>ft</termComp></termCompList></termGrp><descrip type="context">the lift</descrip></ntig>'
        "</langSet></termEntry></body></text></martif>",
        encoding="utf-8",
    )
    found = read_glossary(tmp_path / "a.tbx").concepts
    extras = [(extra.name, extra.value) for extra in found[0].terms[0].extras]
    assert extras == [("geographicalUsage", "GB"), ("termCompList", "lift"), ("context", "the lift")]
    assert problems(found) == []
    (tmp_path / "b.tbx").write_bytes(dump_glossary(found, "tbx-v2").data)
    assert bare(read_glossary(tmp_path / "b.tbx").concepts)[0].terms == found[0].terms


def test_the_check_finds_what_is_out_of_order() -> None:
    schema = etree.DTD(StringIO("<!ELEMENT tig (term, note*)><!ELEMENT term (#PCDATA)><!ELEMENT note (#PCDATA)>"))
    assert not schema.validate(etree.fromstring("<tig><note/><term/></tig>"))


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(path.name for path in TBX.glob("*.tbx")))
def test_every_real_file_comes_out_in_the_structure_of_the_standard(name: str) -> None:
    assert problems(read_glossary(TBX / name).concepts) == []


@pytest.mark.shared
def test_so_does_the_thesaurus_of_the_united_nations() -> None:
    assert problems(read_glossary(SHARED / "un" / "unbis_thesaurus.tsv").concepts) == []
