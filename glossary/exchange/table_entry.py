"""What the rows of one concept say of it, gathered while they are read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from glossary.concepts import Concept, Definition, Extra, Term, Workflow
from glossary.exchange.values import part_of_speech_of, type_of, usage_of

KIND = "csv"


@dataclass(slots=True)
class Entry:
    """A concept in the making; texts are set once, the first that is not empty counts."""

    id: str
    subject: str = ""
    note: str = ""
    definitions: list[Definition] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    workflow: dict[str, Workflow] = field(default_factory=dict)
    origins: list[tuple[str, str]] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)

    def define(self, language: str, text: str, source: str) -> None:
        """Add a definition once."""
        definition = Definition(language, text, source)
        if text and definition not in self.definitions:
            self.definitions.append(definition)

    def keep(self, heading: str, value: str) -> None:
        """Keep a field that the glossary has no place for."""
        extra = Extra(KIND, heading, value)
        if value and extra not in self.extras:
            self.extras.append(extra)

    def concept(self, fallback: str) -> Concept:
        """The concept: terms by language, in the order in which the languages come."""
        languages = list(dict.fromkeys(term.language for term in self.terms))
        order = {language: k for k, language in enumerate(languages)}
        last = len(languages)
        headings = {heading: k for k, heading in enumerate(dict.fromkeys(extra.name for extra in self.extras))}
        return Concept(
            id=self.id or fallback,
            subject=self.subject,
            definitions=tuple(sorted(self.definitions, key=lambda one: order.get(one.language, last))),
            note=self.note,
            terms=tuple(sorted(self.terms, key=lambda term: order[term.language])),
            workflow={language: self.workflow[language] for language in sorted(self.workflow)},
            origins=tuple(dict.fromkeys(self.origins)),
            extras=tuple(sorted(self.extras, key=lambda extra: headings[extra.name])),
        )


def with_value(term: Term, name: str, value: str, kind: str = KIND) -> Term:
    """The term with its "usage", "type" or "part of speech" as a file spells it; a finer spelling is kept."""
    if not value:
        return term
    if name == "usage":
        usage, exact = usage_of(value)
        term = replace(term, usage=usage)
    elif name == "type":
        type_, exact = type_of(value)
        term = replace(term, type=type_)
    else:
        part, exact = part_of_speech_of(value)
        term = replace(term, part_of_speech=part)
    return term if exact else replace(term, extras=(*term.extras, Extra(kind, name, value)))


def workflow_of(text: str) -> Workflow | None:
    """The workflow state that a cell names, or None."""
    plain = text.strip().casefold().replace(" ", "-").replace("_", "-")
    return next((state for state in Workflow if plain in (state.value, _CHINESE[state])), None)


_CHINESE = {
    Workflow.CANDIDATE: "候选",
    Workflow.PROPOSED: "建议",
    Workflow.IN_REVIEW: "审核中",
    Workflow.APPROVED: "已核准",
    Workflow.REJECTED: "已否决",
    Workflow.RETIRED: "已停用",
}
