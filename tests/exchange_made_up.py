"""Made-up glossaries for the tests of their exchange, and how hypothesis makes more."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from glossary.concepts import Concept, Definition, Evidence, Extra, Term, TermType, Usage, Workflow

GAUGE = Concept(
    id="7",
    subject="hydrology",
    definitions=(
        Definition("zh", "测量水位的装置。", "术语组"),
        Definition("en", "A device that measures the level of water.", "Terminology Section"),
    ),
    note="See also the manual.",
    terms=(
        Term("71", "zh", "水位计", Usage.PREFERRED, TermType.FULL_FORM, "noun"),
        Term("72", "zh", "水尺", Usage.DEPRECATED),
        Term("73", "en", "stage gauge", Usage.PREFERRED, TermType.FULL_FORM, "noun", "Manual, 2020", "not “level”"),
        Term("74", "en", "SG", Usage.ADMITTED, TermType.ABBREVIATION, "noun"),
    ),
)
BASIN = Concept(
    id="8",
    subject="hydrology",
    terms=(Term("81", "zh", "流域", Usage.PREFERRED), Term("82", "en", "river basin", Usage.PREFERRED)),
)
GLOSSARY = (GAUGE, BASIN)
EVIDENCE = Evidence(12, "A/RES/79/901", "请安装水位计。", "Requests stage gauges.", (3, 6), (9, 21))

_CHARACTERS = "abzé中国计\U00020000=+-@'\"<>&;,|#_x0041_ 7.\n"
_FREE = st.text(_CHARACTERS, max_size=12).map(lambda text: "\n".join(part.strip() for part in text.split("\n")).strip())
_WORDS = _FREE.filter(bool)
_NAMES = st.text("abcdefgh", min_size=3, max_size=6)


@st.composite
def _terms(draw: st.DrawFn, kind: str, extra_names: tuple[str, ...]) -> tuple[Term, ...]:
    terms = []
    for language in draw(st.lists(st.sampled_from(["zh", "en", "fr", "zh-Hant"]), min_size=1, max_size=3, unique=True)):
        for _ in range(draw(st.integers(1, 2))):
            extras = tuple(_extra(kind, name, draw(_WORDS), "descrip") for name in draw(_some(extra_names)))
            terms.append(
                Term(
                    "",
                    language,
                    draw(_WORDS),
                    draw(st.sampled_from(Usage)),
                    draw(st.sampled_from(TermType)),
                    draw(st.sampled_from(["", "noun", "verb", "adjective", "adverb", "other"])),
                    draw(_FREE),
                    draw(_FREE),
                    extras=extras,
                )
            )
    return tuple(terms)


def _some(names: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True).map(sorted) if names else st.just([])


def _extra(kind: str, name: str, value: str, element: str) -> Extra:
    return Extra(kind, name, value, (("element", element),) if kind == "tbx" else ())


@st.composite
def glossaries(draw: st.DrawFn, kind: str, names: tuple[str, ...] = ("context", "region")) -> tuple[Concept, ...]:
    """Concepts in the form that reading gives, with unknown fields of a ``kind`` of file."""
    concepts = []
    for number in range(draw(st.integers(1, 3))):
        terms = draw(_terms(kind, names))
        languages = dict.fromkeys(term.language for term in terms)
        definitions = tuple(Definition(one, draw(_WORDS), draw(_FREE)) for one in languages if draw(st.booleans()))
        extras = tuple(_extra(kind, name, draw(_WORDS), "admin") for name in draw(_some(("customerSubset", "office"))))
        concepts.append(
            Concept(
                f"{draw(st.sampled_from(['', 'c', '7 ', 'id-', '国']))}{number}",
                draw(_FREE),
                definitions,
                draw(_FREE),
                terms,
                extras=extras,
            )
        )
    return tuple(concepts)


def bare(concepts: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """Concepts without the names of the files that they came from."""
    return tuple(replace(concept, origins=()) for concept in concepts)


def with_workflow(concept: Concept) -> Concept:
    """A concept that is approved in English, with evidence."""
    terms = tuple(replace(term, evidence=(EVIDENCE,)) for term in concept.terms)
    return replace(concept, workflow={"en": Workflow.APPROVED}, terms=terms)
