"""Concepts made up for the tests of the glossary."""

from __future__ import annotations

from dataclasses import replace

from glossary.concepts import Concept, Definition, Evidence, Extra, Term, TermType, Usage, Workflow

ODD = "一个\0字符、半个\ud800代理、_x0041_和’弯引号"


def term(text: str, language: str = "", usage: Usage = Usage.NONE, identifier: str = "") -> Term:
    own = language or ("en" if text.isascii() else "zh")
    return Term(identifier, own, text, usage)


def concept(*texts: str, subject: str = "") -> Concept:
    return Concept("", subject, terms=tuple(term(text) for text in texts))


def rich() -> Concept:
    """A concept with something in every field."""
    evidence = Evidence(7, "A/RES/1/1", "观测站每小时报告", "the station reports every hour", (0, 3), (4, 11))
    extra = Extra("tbx", "x-odd", ODD, (("type", ODD),))
    return Concept(
        "",
        "hydrology",
        (Definition("en", "A place where water is observed.", "Glossary"), Definition("zh", ODD)),
        ODD,
        (
            Term("", "zh", "观测站", Usage.PREFERRED, TermType.FULL_FORM, "noun", "书", ODD, (evidence,), (extra,)),
            Term("", "en", "station", Usage.ADMITTED, TermType.SHORT_FORM, "noun"),
        ),
        {"zh": Workflow.IN_REVIEW, "en": Workflow.CANDIDATE},
        (("made-up.tbx", "c-9"),),
        (extra,),
    )


def plain(found: Concept) -> Concept:
    """Without what the glossary gives: ids and version."""
    return replace(found, id="", version=0, terms=tuple(replace(one, id="") for one in found.terms))
