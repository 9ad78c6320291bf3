"""From signs to a reason: few rules, asked in this order, each with what it rests on.

What is only written otherwise is no rival; what was found in the wrong place is no rendering; what is copied was not
chosen. Only what is left are two words for a term, and whether for one concept or two is the last question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from align.document import Language
from glossary.conflicts.forms import defined, one_word, same_name, shortened, trimmed
from glossary.conflicts.records import Reason, Verdict
from glossary.conflicts.signs import Signs
from search.precedents.evidence import Evidence

HALF = 0.5  # of the places: what holds of most of them is said of the rival
NEVER_SURE = 0.5  # confidence that no place of the rival reaches: the locator itself takes each for rather wrong
UNSURE = 0.45  # mean confidence
UNLIKE = 0.25  # cosine of term and rival below which the model sees nothing in common …
LIKE = 0.5  # … though it does know the leading rendering
SAYS_MORE = 0.1  # cosine that a longer form loses where what it has more is not of the term
COPIED = 0.75  # of the places
NEAR, FAR = 0.78, 0.5  # cosine of two renderings from which on they mean the same, up to which they do not
SAME_EXPRESSIONS = 0.3  # what standing in all the same expressions adds to that cosine
ONE_CONCEPT = 0.64  # cosine with that added, from which on two words are taken for rivals
NO_CONTEXT = 0.6  # the same where there are no contexts
FEW = 3  # places of a rival, for saying that no expression is shared
APART = 0.05  # chance of contexts as different as these


@dataclass(frozen=True, slots=True)
class Side:
    """A rendering as it is judged: its text, its evidence, and the glossary's concepts that have it."""

    text: str
    evidence: Sequence[Evidence]
    concepts: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Places in the corpus."""
        return len(self.evidence)


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known of two renderings.

    ``distinct`` says why the glossary itself takes their concepts for two: other definitions or subjects. ``change``
    says when usage went over from one to the other. ``between`` is the cosine of the two.
    """

    between: float = 0.0
    distinct: str = ""
    change: str = ""


def judge(leading: Side, rival: Side, found: Signs | None, language: Language, known: Known) -> Verdict:
    """The reason for a rival; ``language`` is theirs. ``found`` is None where one has no place in the corpus."""
    written = _written(leading, rival, language)
    if written:
        return written
    for rule in (_misplaced, _copied):
        verdict = rule(leading, rival, found, language) if found else None
        if verdict:
            return verdict
    short = _short(leading, rival, found, language)
    return short or _meant(leading, rival, found, known)


def _written(leading: Side, rival: Side, language: Language) -> Verdict | None:
    how = same_name(leading.text, rival.text, language)
    if how:
        return Verdict(Reason.VARIANT, 0.95, (how,))
    shown = defined(leading.text, rival.text, [*leading.evidence, *rival.evidence], language)
    if shown:
        place = shown.pair.symbol or f"pair {shown.pair.id}"
        return Verdict(Reason.VARIANT, 0.95, (f"{place} gives one in brackets as the short form of the other",))
    return None


def _misplaced(leading: Side, rival: Side, found: Signs | None, language: Language) -> Verdict | None:
    """Signs that the rival renders something else; each is a witness of its own."""
    assert found is not None
    spoken: list[tuple[float, str]] = []
    if found.doubtful >= HALF:
        spoken.append((0.8, f"{_share(found.doubtful, rival)} in pairs whose alignment is doubtful"))
    if found.next_door >= HALF:
        spoken.append((0.75, f"{leading.text} stands in a neighbouring pair that does not hold the term"))
    if found.beside >= HALF and found.meaning < found.leading_meaning and not _one_in_other(leading, rival):
        spoken.append((0.7, f"{leading.text} stands in the same pair and renders nothing else there"))
    if found.surest < NEVER_SURE or found.sure < UNSURE:
        spoken.append((0.65, f"where its rendering stands is unsure ({found.sure:.2f} on average)"))
    if found.meaning < UNLIKE and found.leading_meaning >= LIKE and found.sure < HALF:
        spoken.append((0.6, f"{rival.text} means nothing like the term, as far as the model knows"))
    if trimmed(leading.text, rival.text, language):
        spoken.append((0.7, "one is the other with a function word at its edge: found too wide or too narrow"))
    if not spoken:
        return None
    wrong = 1.0
    for weight, _ in spoken:
        wrong *= 1.0 - weight
    return Verdict(Reason.ALIGNMENT, round(1.0 - wrong, 2), tuple(words for _, words in spoken))


def _copied(leading: Side, rival: Side, found: Signs | None, _: Language) -> Verdict | None:
    """Whether the rival comes only where a fixed text is repeated."""
    assert found is not None
    if found.repeated >= COPIED and found.copied_from:
        return Verdict(
            Reason.QUOTATION,
            round(0.5 + 0.4 * found.repeated, 2),
            (f"{_share(found.repeated, rival)} in sentences that stand word for word in {found.copied_from} too",),
        )
    if found.titles >= COPIED:
        return Verdict(
            Reason.QUOTATION,
            round(0.4 + 0.4 * found.titles, 2),
            (f"{rival.text} stands inside a title or quotation marks, {leading.text} does not",),
        )
    return None


def _short(leading: Side, rival: Side, found: Signs | None, language: Language) -> Verdict | None:
    if language == "en" and one_word(leading.text, rival.text) and (not found or found.between > FAR):
        return Verdict(Reason.VARIANT, 0.8, ("they are forms of one word",))
    if not shortened(leading.text, rival.text, language):
        return None
    short, long = sorted((leading.text, rival.text), key=len)
    if found:
        mine, theirs = found.meaning, found.leading_meaning
        long_meaning, short_meaning = (mine, theirs) if rival.text == long else (theirs, mine)
        if len(long) - len(short) > 1 and long_meaning < short_meaning - SAYS_MORE and rival.text == long:
            return Verdict(Reason.ALIGNMENT, 0.55, (f"{long} says more than the term: it was found too wide",))
    return Verdict(Reason.VARIANT, 0.8 if found else 0.5, (f"{short} is a short form of {long}",))


def _meant(leading: Side, rival: Side, found: Signs | None, known: Known) -> Verdict:
    """One concept or two: by the glossary, usage over time, what the renderings mean, and what stands around them."""
    if known.distinct:
        return Verdict(Reason.CONCEPTS, 0.9, (known.distinct,))
    if known.change:
        return Verdict(Reason.SYNONYMS, 0.85, (known.change,))
    if found is None:
        one = known.between >= NO_CONTEXT
        alone = f"no pair shows {rival.text if not rival.count else leading.text}: only the glossary has it"
        return Verdict(Reason.SYNONYMS if one else Reason.CONCEPTS, 0.5, (alone, _likeness(known.between)))
    because = [_likeness(found.between)]
    if found.expressions:
        because.append(f"both stand in the same expressions ({found.expression.replace('…', '~')})")
    elif rival.count >= FEW:
        because.append("they share no expression")
    if found.apart is not None:
        other = "in other contexts than" if found.apart <= APART else "in the same contexts as"
        because.append(f"{rival.text} stands {other} {leading.text}")
    if found.together >= HALF:
        because.append(f"{_share(found.together, rival)} in documents that have both")
    score = found.between + SAME_EXPRESSIONS * found.expressions
    nothing = not found.expressions and rival.count >= FEW and found.apart is not None and found.apart <= APART
    one = score >= ONE_CONCEPT and not nothing
    sure = 0.75 if nothing else min(0.9, 0.5 + abs(score - ONE_CONCEPT))
    return Verdict(Reason.SYNONYMS if one else Reason.CONCEPTS, round(sure, 2), tuple(because))


def _one_in_other(leading: Side, rival: Side) -> bool:
    return leading.text in rival.text or rival.text in leading.text


def _likeness(between: float) -> str:
    if between >= NEAR:
        return f"the two renderings mean the same ({between:.2f})"
    if between <= FAR:
        return f"the two renderings mean different things ({between:.2f})"
    return f"the two renderings are related in meaning ({between:.2f})"


def _share(share: float, rival: Side) -> str:
    return f"{round(share * rival.count)} of {rival.count} places are"
