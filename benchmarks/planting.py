"""``duizhao check`` against planted errors: ``python -m benchmarks.planting [--json] [--read]``.

The 23 UN documents with gold alignment are read and aligned as files. The glossary is what holds in them of the term
list of ``gold_terms`` and of the thesaurus of the UN library (the approved rendering stands in at least nine in ten of
the paragraphs with the English term). 200 errors are planted, 40 of a kind; the same documents without them, with the
same notes and quoted paragraphs put in, say how many false alarms there are. Settings were chosen on the half "tune"
(every second document by length); "held out" was only measured. ``--read`` prints every finding in clean text.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from align.evaluate import GoldDocument, read_gold_folder
from benchmarks.planting_errors import (
    Site,
    Synonyms,
    figure_sites,
    partners,
    recurring_sites,
    reworded,
    term_sites,
    tight,
)
from benchmarks.planting_set import NUMBER, Bench, Text, concept, glossary_of, stored_pairs
from benchmarks.texts import SHARED
from glossary.checking.findings import Finding, Kind, Level, Report
from glossary.concepts import Concept, Workflow
from glossary.matching import TermMatcher
from models import load_embedded
from models.static import StaticEncoder
from search.records import StoredPair

SEED = 20_261_121
OF_A_KIND = 20  # errors of each of the five kinds, in each half
RECURS = 4  # paragraphs, for a term whose rendering should stay the same
NOTED = 6  # references to notes put into a document
QUOTED = 4  # paragraphs of adopted texts put into a document
AROUND = 25  # characters by which a paragraph is known again
LONG = (90, 700)  # English characters of a quoted paragraph
FIGURES = {"number": 6, "date": 5, "symbol": 4, "footnote": 5}
_FIGURES = (Kind.NUMBER, Kind.DATE, Kind.SYMBOL)
KINDS: Mapping[str, tuple[Kind, ...]] = {
    "term": (Kind.TERM,),
    "forbidden": (Kind.FORBIDDEN,),
    "number": _FIGURES,
    "date": _FIGURES,
    "symbol": _FIGURES,
    "footnote": (Kind.FOOTNOTE,),
    "consistency": (Kind.CONSISTENCY, Kind.TERM),  # a longer name may hold an approved term
    "quotation": (Kind.QUOTATION,),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """What both halves share."""

    encoder: StaticEncoder
    concepts: tuple[Concept, ...]
    held: tuple[StoredPair, ...]
    synonyms: Synonyms


@dataclass(frozen=True, slots=True)
class Result:
    """One half: by kind how many errors were planted and found, what was missed, what was found in clean text."""

    half: str
    planted: Mapping[str, int]
    found: Mapping[str, int]
    missed: tuple[Site, ...]
    paragraphs: int
    alarms: tuple[tuple[Finding, str, str, str], ...]  # with the document and both texts
    questions: int  # of level "note"
    elsewhere: int  # findings in the documents with errors that are neither of these nor in clean text


def plan(documents: Sequence[GoldDocument], whole: Sequence[GoldDocument], parts: Parts) -> tuple[Bench, list[Text]]:
    """The documents of a half with what is planted in them, and what they are checked with."""
    random = Random(f"{SEED} {documents[0].name}")
    concepts, variants = _with_variants(parts.concepts, whole, parts.synonyms, random)
    used, forbidding, free = concepts[0::3], concepts[1::3], concepts[2::3]
    texts = {one.name: _text(one, parts.held, random) for one in documents}
    taken: set[tuple[str, int]] = set()
    for kind, sites in (
        ("quotation", _quotation_sites(texts, parts.synonyms, random)),
        ("consistency", list(recurring_sites(documents, free, variants, RECURS))),
        ("term", list(term_sites("term", documents, used, variants))),
        ("forbidden", list(term_sites("forbidden", documents, forbidding, variants))),
        ("footnote", _footnote_sites(texts, random)),
        ("", list(figure_sites(documents, random))),
    ):
        _choose(kind, sites, texts, taken, random)
    glossary = [
        *used,
        *(
            replace(one, terms=concept("", one.terms[0].text, one.terms[1].text, variants[one.id]).terms)
            for one in forbidding
        ),
        *(
            concept(one.id, one.terms[0].text, one.terms[1].text, status=Workflow.CANDIDATE)
            for one in free
            if _single(one, used + forbidding)
        ),
    ]
    return Bench(parts.encoder, tuple(glossary), parts.held), list(texts.values())


def _single(one: Concept, others: Sequence[Concept]) -> bool:
    """Whether a glossary must have it as a candidate: one word, or an approved term is part of it."""
    own = one.terms[0].text
    return " " not in own or bool(TermMatcher.of(others, "en").find(own))


def _with_variants(
    concepts: Sequence[Concept], documents: Sequence[GoldDocument], synonyms: Synonyms, random: Random
) -> tuple[list[Concept], dict[str, str]]:
    """The concepts in another order, those that have a variant which stands in no document."""
    text = "\n".join(line for document in documents for line in document.zh)
    found, variants = [], {}
    for one in random.sample(list(concepts), len(concepts)):
        for _ in range(10):
            variant = synonyms.variant(one.of("zh")[0].text, one.of("en")[0].text, random)
            if variant and variant not in text:
                found.append(one)
                variants[one.id] = variant
                break
    return found, variants


def _text(document: GoldDocument, held: Sequence[StoredPair], random: Random) -> Text:
    """A document with notes, and at its end paragraphs of adopted texts."""
    links = list(partners(document))
    # A note is put at the paragraph that reads like its line: another such paragraph would get it.
    long = [
        (zh, en)
        for zh, en in links
        if len(document.zh[zh]) >= AROUND and _alone(zh, document.zh) and _alone(en, document.en)
    ]
    noted = sorted(random.sample(long, min(NOTED, len(long) // 3)))
    notes = [(zh, en, str(k)) for k, (zh, en) in enumerate(noted, 1)]
    known = set(document.en)
    good = [
        pair
        for pair in held
        if pair.type == "RES"
        and pair.symbol != document.name
        and LONG[0] <= len(pair.record.en_text) <= LONG[1]
        and pair.record.en_text not in known
        and not pair.symbol.startswith("A/RES/74/")  # converted from PDF, with marks of notes in its lines
    ]
    chosen = random.sample(good, QUOTED)
    text = Text(document.name, list(document.zh), list(document.en), links, notes)
    for pair in chosen:
        text.quoted.append((len(text.zh), len(text.en)))
        text.zh.append(" ".join(pair.record.zh_text.split()))
        text.en.append(" ".join(pair.record.en_text.split()))
    return text


def _alone(line: int, lines: Sequence[str]) -> bool:
    """Whether no other line reads the same, but for a number before it."""
    own = tight(lines[line])
    others = (tight(one) for k, one in enumerate(lines) if k != line)
    near = (one for one in others if one and abs(len(one) - len(own)) < NUMBER)
    return not any(own.endswith(one) or one.endswith(own) for one in near)


def _quotation_sites(texts: Mapping[str, Text], synonyms: Synonyms, random: Random) -> list[Site]:
    found = []
    for text in texts.values():
        for line, en in text.quoted:
            change = reworded(text.zh[line], text.en[en], synonyms, random)
            if change:
                found.append(Site("quotation", text.name, line, *change, ""))
    return found


def _footnote_sites(texts: Mapping[str, Text], random: Random) -> list[Site]:
    """A reference with another number, or none."""
    return [
        Site("footnote", text.name, zh, (0, 0), random.choice(["", str(int(mark) + 1)]), mark)
        for text in texts.values()
        for zh, _, mark in text.notes
    ]


def _choose(
    kind: str, sites: Sequence[Site], texts: Mapping[str, Text], taken: set[tuple[str, int]], random: Random
) -> None:
    """Some of the sites, no two in one paragraph, no concept twice as long as there are others."""
    wanted = {kind: OF_A_KIND} if kind else {name: n for name, n in FIGURES.items() if name != "footnote"}
    if kind == "footnote":
        wanted = {kind: FIGURES[kind]}
    used: set[tuple[str, str]] = set()
    for one in _fewest_first(random.sample(list(sites), len(sites))):
        if one.concept and (one.document, one.concept) in used:
            continue
        if wanted.get(one.kind) and (one.document, one.line) not in taken:
            wanted[one.kind] -= 1
            taken.add((one.document, one.line))
            used.add((one.document, one.concept))
            texts[one.document].sites.append(one)


def _fewest_first(sites: Iterable[Site]) -> list[Site]:
    """First one site of each concept, then a second one of each …"""
    seen: Counter[str] = Counter()
    ranked = []
    for one in sites:
        seen[one.concept] += 1
        ranked.append((seen[one.concept] if one.concept else 0, one))
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])]


def run(half: str, bench: Bench, texts: Sequence[Text]) -> Result:
    """Check every document without and with its errors."""
    planted, found = Counter[str](), Counter[str]()
    missed, alarms, paragraphs, questions, elsewhere = [], [], 0, 0, 0
    for text in texts:
        clean, report = bench.check(text, planted=False), bench.check(text, planted=True)
        paragraphs += sum(bool(bead.zh.paragraphs) for bead in clean.draft.beads)
        alarms += [(one, text.name, *_texts(clean, one)) for one in clean.findings if one.level is not Level.NOTE]
        questions += len(clean.of_level(Level.NOTE))
        known = {(one.kind, one.about, one.found) for one in clean.findings}
        new = [
            one
            for one in report.findings
            if (one.kind, one.about, one.found) not in known and one.level is not Level.NOTE
        ]
        hits: set[str] = set()
        for site in text.sites:
            name = "figures" if site.kind in FIGURES else site.kind
            planted[name] += 1
            own = [one for one in new if one.kind in KINDS[site.kind] and _is_there(one, site, report, text)]
            hits |= {one.key for one in new if _same_bead(one, site, report, text)}
            found[name] += bool(own)
            missed += [] if own else [site]
        elsewhere += sum(one.key not in hits for one in new)
    return Result(half, planted, found, tuple(missed), paragraphs, tuple(alarms), questions, elsewhere)


def _texts(report: Report, one: Finding) -> tuple[str, str]:
    bead = report.draft.beads[one.bead]
    return bead.zh.text, bead.en.text


def _tail(site: Site, text: Text) -> tuple[str, int, int]:
    """What stands around the error, without spaces; where the error is in that, counted from its end."""
    line = text.zh[site.line]
    span, now = ((0, 0), "") if site.kind == "footnote" else (site.span, site.now)
    behind, before = tight(line[span[1] :])[:AROUND], tight(line[: span[0]])[-AROUND:]
    return before + tight(now) + behind, len(behind) + len(tight(now)), len(behind)


def _same_bead(one: Finding, site: Site, report: Report, text: Text) -> bool:
    return _tail(site, text)[0] in tight(report.draft.beads[one.bead].zh.text)


def _is_there(one: Finding, site: Site, report: Report, text: Text) -> bool:
    """Whether a finding is in the paragraph of an error and marks its place, or names what the original has there."""
    if not _same_bead(one, site, report, text):
        return False
    if site.kind == "footnote" or (not one.translation and one.original):
        return True
    whole = report.draft.beads[one.bead].zh.text
    tail, start, end = _tail(site, text)
    at = tight(whole).find(tail) + len(tail)
    marked = [(len(tight(whole[:a])), len(tight(whole[:b]))) for a, b in one.translation]
    return any(a <= at - end and at - start <= b for a, b in marked)


def halves(documents: Sequence[GoldDocument]) -> dict[str, list[GoldDocument]]:
    """Every second document by length."""
    ordered = sorted(documents, key=lambda one: -sum(map(len, one.en)))
    return {"tune": ordered[0::2], "held out": ordered[1::2]}


def measure(names: Sequence[str]) -> list[Result]:
    """Both halves, or those that are named."""
    documents = read_gold_folder(SHARED / "un" / "gold")
    parts = Parts(
        load_embedded(),
        tuple(glossary_of(documents)),
        stored_pairs(documents),
        Synonyms(SHARED / "data" / "train" / "dict_cedict.tsv.xz", SHARED / "data" / "train" / "unpc_sample.tsv.xz"),
    )
    found = []
    for half, own in halves(documents).items():
        if half in names:
            found.append(run(half, *plan(own, documents, parts)))
    return found


def as_data(result: Result) -> dict[str, object]:
    """A result as JSON has it."""
    recall = {kind: round(result.found[kind] / n, 4) for kind, n in sorted(result.planted.items())}
    return {
        "half": result.half,
        "planted": dict(sorted(result.planted.items())),
        "recall": recall | {"all": round(sum(result.found.values()) / sum(result.planted.values()), 4)},
        "paragraphs": result.paragraphs,
        "alarms": dict(sorted(Counter(str(one.kind) for one, *_ in result.alarms).items())),
        "alarms_per_100_paragraphs": round(100 * len(result.alarms) / result.paragraphs, 3),
        "questions": result.questions,
        "new_elsewhere": result.elsewhere,
    }


def _told(result: Result, whole: bool) -> Iterator[str]:
    data = as_data(result)
    yield f"{result.half}: " + json.dumps(data, ensure_ascii=False)
    for site in result.missed:
        yield f"  missed {site.kind}: {site.document} {site.line} {site.about!r} -> {site.now!r}"
    for one, name, zh, en in result.alarms if whole else ():
        yield f"  alarm {one.kind} {one.level} {name} {one.bead}: {one.about!r}, {one.expected!r}, {one.found!r}"
        yield f"    {zh[:300]}\n    {en[:400]}"


def main() -> None:
    """Print the figures; ``--half NAME`` for one half."""
    if not SHARED.is_dir():
        sys.exit("benchmarks.planting needs the documents of ../shared, which are not there.")
    names = [sys.argv[sys.argv.index("--half") + 1]] if "--half" in sys.argv else ["tune", "held out"]
    results = measure(names)
    if "--json" in sys.argv:
        print(json.dumps([as_data(one) for one in results], ensure_ascii=False, indent=1))
        return
    for result in results:
        print("\n".join(_told(result, "--read" in sys.argv)))


if __name__ == "__main__":
    main()
