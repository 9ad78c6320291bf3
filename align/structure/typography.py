"""Typography of converted text: stray spaces, half-width punctuation in Chinese, spaces before stops in English."""

from __future__ import annotations

import regex

from align.document import Language
from align.structure.rich import RichText

_HAN = r"\p{Han}"
_WIDE = r"[\p{Han}\u3001-\u303f\uff01-\uff65“”‘’—…·]"
WHITE = regex.compile(r"\s+")

# Addresses keep every character.
ADDRESS = regex.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+\.[\w.-]+")

HAN_TO_OTHER = regex.compile(
    rf"(?<={_HAN}) +(?=[\p{{Latin}}\p{{N}}(%$€£<+\-])|(?<=[\p{{Latin}}\p{{N}})%°]) +(?={_HAN})"
)
BESIDE_WIDE = regex.compile(
    r"(?<=[，。；：、？！（《》“‘〈【）”’〉】]) +(?=\S)|(?<=\S) +(?=[，。；：、？！）》”’〉】（《“‘〈【])"
)
# One space between two Han characters of running text comes from a line break or a lifted reference.
HAN_HAN = regex.compile(rf"(?<={_HAN}) (?={_HAN})")
RUNNING = regex.compile(r"[，。；：,;]")
# Letter-spaced words: single Han characters with space between ("大 会", "总　则").
SPACED = regex.compile(rf"(?<!{_HAN}){_HAN}(?:[ \u3000]+{_HAN})+(?!{_HAN})")
SPACED_LETTER = regex.compile(r"[ \u3000]+")

STOPS = str.maketrans(",;:?!", "，；：？！")
# Half-width stops of the Chinese sentence: beside a Han character or a Chinese closing mark, never inside a number.
_BESIDE = rf"(?:{_HAN}|[》”’）)】〉])"
STOP_AFTER = regex.compile(rf"(?<={_BESIDE})\s?[,;:?!](?!//)(?!\d{{3}}\b)\s*")
STOP_BEFORE = regex.compile(rf"(?<=[\p{{L}}\p{{N}}%])[,;:?!]\s*(?={_HAN}|[《“（【〈])")
PAIR = regex.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
ENUMERATOR = regex.compile(r"\s*(?:[a-z]{1,3}|[A-Z]|[ivxIVX]{1,6}|\d{1,4})\s*")

BEFORE_STOP = regex.compile(r"(?<=[\p{L}\p{N})\]”’]) +(?=[,;:.!?)\]](?:\s|$))")
AFTER_OPENING = regex.compile(r"(?<=(?:^|\s)[(\[“]) +(?=\S)")


def tidy(content: RichText, language: Language) -> RichText:
    """Put the typography of one paragraph right; references stay where they stood."""
    return _chinese(content) if language == "zh" else _english(content)


def _english(content: RichText) -> RichText:
    content = content.substitute(WHITE, " ").strip()
    return content.substitute(BEFORE_STOP, "").substitute(AFTER_OPENING, "")


def _chinese(content: RichText) -> RichText:
    if ADDRESS.search(content.text):
        return content.substitute(WHITE, " ").strip()
    content = content.substitute(SPACED, lambda match: SPACED_LETTER.sub("", match[0]))
    content = content.substitute(WHITE, " ").strip()
    if not regex.search(_HAN, content.text):
        return content
    if RUNNING.search(content.text):
        content = content.substitute(HAN_HAN, "")
    content = content.substitute(STOP_AFTER, _widened).substitute(STOP_BEFORE, _widened)
    content = _brackets(content)
    return content.substitute(HAN_TO_OTHER, "").substitute(BESIDE_WIDE, "")


def _widened(match: regex.Match[str]) -> str:
    return match[0].strip().translate(STOPS)


def _brackets(content: RichText) -> RichText:
    """Widen the bracket pairs of the Chinese sentence; those of symbols, labels and Latin phrases stay."""
    text = content.text
    wide = {
        position
        for match in PAIR.finditer(text)
        if _is_chinese_pair(text, match)
        for position in (match.start(), match.end() - 1)
    }
    if not wide:
        return content
    shapes = {"(": "（", ")": "）"}
    widened = "".join(shapes[c] if index in wide else c for index, c in enumerate(text))
    return RichText(widened, content.references)


def _is_chinese_pair(text: str, match: regex.Match[str]) -> bool:
    if regex.search(_HAN, match[1]):
        return True
    before = text[: match.start()].rstrip()[-1:]
    return bool(regex.match(_WIDE, before)) and not ENUMERATOR.fullmatch(match[1])
