"""The names of TBX in all its generations: elements, data categories, and where the current ones belong.

ISO 30042:2019 (v3, the styles DCA and DCT), ISO 30042:2008 (v2, ``martif``) and TBX-Min call the same things
differently. Inside duizhao a data category is the v3 DCA element without a namespace.
"""

from __future__ import annotations

from lxml import etree

CORE = "urn:iso:std:iso:30042:ed-2"
MODULES = {
    "min": "http://www.tbxinfo.net/ns/min",
    "basic": "http://www.tbxinfo.net/ns/basic",
    "ling": "http://www.tbxinfo.net/ns/linguist",
    "ext": "urn:duizhao:tbx:other-categories",
}
ROOTS = frozenset({"tbx", "martif", "TBX"})
CONCEPT_TAGS = ("termEntry", "conceptEntry", "entry")
LANGUAGE_TAGS = frozenset({"langSet", "langSec", "langGroup"})
TERM_TAGS = frozenset({"tig", "ntig", "termSec", "termGroup"})
GROUPS = frozenset({"descripGrp", "adminGrp", "transacGrp", "termNoteGrp", "noteGrp"})
TYPED = frozenset({"descrip", "admin", "termNote", "transac", "transacNote", "adminNote", "descripNote", "ref", "xref"})
PLAIN = frozenset({"note", "date"})
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Category → element that carries it in DCA, module that has it in DCT. The first twelve are all of TBX-Basic.
BASIC = {
    "administrativeStatus": ("termNote", "min"),
    "partOfSpeech": ("termNote", "min"),
    "subjectField": ("descrip", "min"),
    "customerSubset": ("admin", "min"),
    "externalCrossReference": ("xref", "min"),
    "definition": ("descrip", "basic"),
    "context": ("descrip", "basic"),
    "source": ("admin", "basic"),
    "projectSubset": ("admin", "basic"),
    "termType": ("termNote", "basic"),
    "grammaticalGender": ("termNote", "basic"),
    "geographicalUsage": ("termNote", "basic"),
    "termLocation": ("termNote", "basic"),
    "crossReference": ("ref", "basic"),
    "xGraphic": ("xref", "basic"),
    "transactionType": ("transac", "basic"),
    "responsibility": ("transacNote", "basic"),
}
OTHERS = {
    "grammaticalNumber": "termNote",
    "register": "termNote",
    "usageStatus": "termNote",
    "normativeAuthorization": "termNote",
    "abbreviatedFormFor": "termNote",
    "pronunciation": "termNote",
    "transferComment": "termNote",
    "reading": "admin",
    "productSubset": "admin",
    "sourceIdentifier": "admin",
    "relatedConcept": "descrip",
    "relatedConceptBroader": "descrip",
    "explanation": "descrip",
    "example": "descrip",
    "reliabilityCode": "descrip",
}
# What TBX-Min and others call it → the category.
SYNONYMS = {
    "termStatus": "administrativeStatus",
    "usageStatus": "administrativeStatus",
    "normativeAuthorization": "administrativeStatus",
    "customer": "customerSubset",
}


def local(element: etree._Element) -> str:
    """The element's name without its namespace; "" for a comment or processing instruction."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def category(element: etree._Element) -> tuple[str, str]:
    """The DCA element and its type that an element of any generation stands for; ("", name) if no one knows it."""
    name = local(element)
    if name in TYPED and element.get("type") is not None:
        return name, SYNONYMS.get(element.get("type", "").strip(), element.get("type", "").strip())
    if name in PLAIN or name in GROUPS or name in TYPED:
        return name, ""
    known = SYNONYMS.get(name, name)
    if known in BASIC:
        return BASIC[known][0], known
    carrier = element.get("carrier", "")  # duizhao says it of categories of no module
    return OTHERS.get(known) or (carrier if carrier in TYPED else ""), (
        element.get("name") or known
    ) if carrier else known
