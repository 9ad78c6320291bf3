"""A check from files and a database: what the command line and the app call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from align.document import Language
from align.errors import InputError
from glossary.checking.draft import Draft, read_draft, read_pairs_draft
from glossary.checking.findings import Finding, Report, divided
from glossary.errors import GlossaryError, NotInGlossaryError
from search.database import default_file

if TYPE_CHECKING:
    from glossary.checking.checker import Checker
    from glossary.dismissals import Dismissal, Dismissals
    from models.encoder import Encoder
    from search.corpus import Corpus
    from search.index.contract import VectorIndex
    from search.locating.locator import Locator
    from search.quotations.tracing import Tracer

MANY = 500  # pairs of a corpus that say more of words than a draft does by itself
_SHORTEST = 4  # letters of a key's beginning
NO_GLOSSARY = "there is no glossary yet, so terms and quotations were not checked; “duizhao glossary import” makes one."
NO_ENTRIES = "the glossary has no approved entry for this direction, so only its consistency was checked."
NO_TEXTS = "the corpus holds no adopted text, so quotations were not checked."


@dataclass(frozen=True, slots=True)
class Request:
    """What to check: two documents, or one file of pairs; in which language the translation is."""

    zh: Path
    en: Path | None = None
    translation: Language = "zh"
    force: bool = False
    quotations: bool = True


def read(request: Request, encoder: Callable[[], Encoder], progress: Callable[[str], None] | None = None) -> Draft:
    """Read what is to be checked, and align it. Raises InputError."""
    return read_with_notes(request, encoder, progress)[0]


def read_with_notes(
    request: Request, encoder: Callable[[], Encoder], progress: Callable[[str], None] | None = None
) -> tuple[Draft, tuple[str, ...]]:
    """The draft, and what the user should be told of the files. Raises InputError."""
    from align.readers import is_pair_file

    if request.en is not None:
        return read_draft(request.zh, request.en, encoder, request.translation, force=request.force, progress=progress)
    if not is_pair_file(request.zh):
        raise InputError(
            f"{request.zh.name} is one document; give the Chinese and the English one, or a table of aligned pairs."
        )
    return read_pairs_draft(request.zh, request.translation)


def check(
    draft: Draft,
    encoder: Encoder,
    db: str | None,
    index_of: Callable[[Corpus, Encoder], VectorIndex] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Check a draft with the glossary and the corpus of a database; without any, what needs none.

    ``index_of`` opens the vectors of the corpus, by which quotations are found; without it they are not looked for.
    """
    from glossary.checking.checker import Checker

    if db is None and not default_file().exists():
        report = Checker(locator=_own_locator(encoder), model=encoder.name).check(draft, progress=progress)
        return replace(report, notes=(NO_GLOSSARY,))
    from search.corpus import Corpus

    with Corpus.open(db, read_only=True) as corpus:
        index = index_of(corpus, encoder) if index_of is not None and _adopted(corpus) else None
        try:
            return check_in(corpus, draft, encoder, index, index_of is not None, progress)
        finally:
            if index is not None:
                index.close()


def check_in(
    corpus: Corpus,
    draft: Draft,
    encoder: Encoder,
    index: VectorIndex | None,
    quotations: bool = True,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Check a draft with an open corpus, its glossary, and its vectors, where quotations are to be looked for.

    ``quotations`` says whether they are wanted, so that the report can tell why none were looked for.
    """
    from glossary.checking.checker import Checker
    from glossary.dismissals import Dismissals
    from glossary.glossary import Glossary

    concepts = tuple(Glossary(corpus.database, "").concepts())
    tracer = _tracer(corpus, encoder, index) if index is not None and _adopted(corpus) else None
    checker = Checker(concepts, _locator(corpus, encoder), tracer, encoder.name)
    report = checker.check(draft, Dismissals(corpus.database, "").of, progress)
    return replace(report, notes=_notes(checker, draft, quotations))


def standing(dismissals: Dismissals, report: Report) -> Report:
    """A report as it is now, after what people have set aside and brought back since."""
    listed = sorted((*report.findings, *report.dismissed), key=lambda one: (one.bead, one.translation))
    known = dismissals.of([one.key for one in listed])
    stand, gone = divided(listed, known)
    return replace(report, findings=stand, dismissed=gone, reasons=known)


def _notes(checker: Checker, draft: Draft, wanted: bool) -> tuple[str, ...]:
    from glossary.checking.terms import Approved

    notes = [] if Approved.of(checker.concepts, draft.translation).entries else [NO_ENTRIES]
    return tuple(notes + ([NO_TEXTS] if wanted and checker.tracer is None else []))


def _adopted(corpus: Corpus) -> bool:
    from search.quotations.tracing import ADOPTED

    return any(corpus.stats().by_type.get(kind) for kind in ADOPTED)


def _tracer(corpus: Corpus, encoder: Encoder, index: VectorIndex) -> Tracer:
    from search.index.keeping import bring_up_to_date
    from search.locating.word_encoder import word_encoder
    from search.quotations.sources import CorpusSource
    from search.quotations.tracing import Tracer
    from search.quotations.wording import Wording
    from search.settings import read_search_settings

    bring_up_to_date(index, corpus, encoder)
    source = CorpusSource(corpus, encoder, index)
    return Tracer(source, Wording(word_encoder(encoder)).of, authority=read_search_settings().authority)


def _locator(corpus: Corpus, encoder: Encoder) -> Callable[[Draft], Locator]:
    """The corpus's own where it is large enough to know its words, else one of the draft."""
    from search.precedents.locator import locator_of

    if corpus.stats().pairs < MANY:
        return _own_locator(encoder)
    return lambda _: locator_of(corpus, encoder)


def _own_locator(encoder: Encoder) -> Callable[[Draft], Locator]:
    def learn(draft: Draft) -> Locator:
        from glossary.checking.rendering import text_pairs
        from search.locating.locator import Locator
        from search.locating.word_encoder import word_encoder

        return Locator.learn(text_pairs(draft), word_encoder(encoder))

    return learn


def dismiss(dismissals: Dismissals, report: Report, keys: Sequence[str], reason: str) -> tuple[Dismissal, ...]:
    """Set findings of a report aside, named by the beginnings of their keys. Raises GlossaryError."""
    from glossary.checking.words import message
    from glossary.dismissals import CHECK

    chosen = {one.key: one for key in keys for one in (_named(key, (*report.findings, *report.dismissed)),)}
    about = {key: f"{one.kind}: {message(one)}" for key, one in chosen.items()}
    return dismissals.dismiss(list(chosen), CHECK, about, reason)


def recall(dismissals: Dismissals, keys: Sequence[str], reason: str = "") -> tuple[Dismissal, ...]:
    """Bring dismissed findings back, named by the beginnings of their keys. Raises NotInGlossaryError."""
    from glossary.dismissals import CHECK

    known = [one.key for one in dismissals.all(CHECK)]
    return dismissals.recall([_only(key, known, "dismissed finding") for key in keys], reason)


def _named(key: str, findings: Sequence[Finding]) -> Finding:
    found = _only(key, [one.key for one in findings], "finding in these files")
    return next(one for one in findings if one.key == found)


def _only(beginning: str, keys: Sequence[str], what: str) -> str:
    wanted = beginning.strip().casefold()
    found = sorted({key for key in keys if key.startswith(wanted)}) if len(wanted) >= _SHORTEST else []
    if len(found) == 1:
        return found[0]
    if len(wanted) < _SHORTEST:
        raise GlossaryError(f"“{beginning[:40]}” is too short for a key; give at least {_SHORTEST} of its letters.")
    if found:
        raise GlossaryError(f"{len(found)} keys begin with “{beginning[:40]}”; give more of its letters.")
    raise NotInGlossaryError(f"no {what} has a key that begins with “{beginning[:40]}”; copy it as it is printed.")
