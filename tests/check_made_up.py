"""Drafts and glossaries made up for the tests of checks."""

from __future__ import annotations

from collections.abc import Sequence

from align.document import FootnoteReference, Language
from glossary.checking.checker import Checker
from glossary.checking.draft import Bead, Draft, Paragraph, Side
from glossary.checking.findings import Finding, Report
from glossary.checking.rendering import text_pairs
from glossary.concepts import Concept, Term, Usage, Workflow
from models import load_embedded
from search.locating.locator import Locator

STATION = (
    ("观测站每小时报告河流的水位。", "The observing station reports the water level of the river every hour."),
    ("每个观测站都应有两名工作人员。", "Every observing station shall have two members of staff."),
    ("在冬季，观测站测量冰的厚度。", "In winter, the observing station measures the thickness of the ice."),
    ("观测站的费用由委员会承担。", "The costs of the observing station are borne by the commission."),
    ("委员会每年访问观测站。", "The commission visits the observing station every year."),
)


def draft(*pairs: tuple[str, str], translation: Language = "zh", symbol: str = "") -> Draft:
    """A draft of beads of one paragraph each."""
    beads = tuple(Bead(k, _side(k, zh), _side(k, en)) for k, (zh, en) in enumerate(pairs))
    return Draft(beads, translation, "draft.zh.txt", "draft.en.txt", symbol)


def noted(zh: Sequence[str], en: Sequence[str]) -> Draft:
    """A draft of one bead a mark, "" for none, with references at the end of its paragraphs."""
    beads = tuple(Bead(k, _side(k, "他说了。", a), _side(k, "He said so.", b)) for k, (a, b) in enumerate(zip(zh, en)))  # noqa: B905
    return Draft(beads)


def _side(number: int, text: str, mark: str = "") -> Side:
    notes = (FootnoteReference(mark, len(text)),) if mark else ()
    return Side((Paragraph(number + 1, "", text, notes),) if text else ())


def entry(number: int, *terms: tuple[str, str, Usage], status: Workflow = Workflow.APPROVED) -> Concept:
    """A concept of terms with languages and usages."""
    made = tuple(Term(f"t{number}{k}", language, text, usage) for k, (language, text, usage) in enumerate(terms))
    return Concept(f"c{number}", terms=made, workflow={language: status for language, *_ in terms})


def simple(number: int, zh: str, en: str, *forbidden: str) -> Concept:
    """An approved concept of one term in each language, and Chinese ones that must not be used."""
    terms = [("zh", zh, Usage.PREFERRED), ("en", en, Usage.PREFERRED)]
    return entry(number, *terms, *(("zh", one, Usage.DEPRECATED) for one in forbidden))


def locator(of: Draft) -> Locator:
    """A locator that has learnt from a draft."""
    return Locator.learn(text_pairs(of), load_embedded())


def checked(of: Draft, *concepts: Concept) -> Report:
    """A check with everything but adopted texts."""
    return Checker(concepts, locator).check(of)


def told(findings: Sequence[Finding], of: Draft) -> list[tuple[str, str, int, str, str]]:
    """Kind, level, bead, what is marked in the original and in the translation."""
    return [
        (
            str(one.kind),
            str(one.level),
            one.bead,
            " ".join(of.beads[one.bead].side(of.original).text[slice(*span)] for span in one.original),
            " ".join(of.beads[one.bead].side(of.translation).text[slice(*span)] for span in one.translation),
        )
        for one in findings
    ]
