"""The encoding of a text file, found by how Chinese the decoded text looks, not by trial order."""

from __future__ import annotations

import codecs
from collections import Counter

from align.errors import UnreadableFileError

REPLACEMENT = "\ufffd"
_SAMPLE_BYTES = 1_000_000
_MAX_DAMAGE = 0.005  # share of characters that may be undecodable before another encoding is looked for
_MAX_CONTROLS = 0.01
_CHINESE_FROM = 0.35  # mean points beyond ASCII: a right guess reaches 1 to 2, a wrong one stays below 0

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CHINESE_CODECS = ("gb18030", "cp950", "big5hkscs")
_WIDE_CODECS = ("utf-16-le", "utf-16-be")
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "utf-8",
}

# The characters that carry any Chinese text of some length, simplified and traditional: function words and
# the most frequent words of official prose.
_FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上个国和也子时道说出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者多"
    "日都三小军二无同主经公此已工使情明性知全与关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身"
    "果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打"
    "女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书"
    "非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候"
    "議這來個國時說後對會過發經與關點業將兩間問並應戰頭體見產無動開門員處義認條係氣題爾別變總電數報結場計務資統區隊決馬書則"
    "聽達強難權設記類據邊張該規萬術領確傳師觀讓識為們從進學實還樣沒於種當麼長後東車華語廣協組織聯執機構際檢審準備財環"
    "为们从进学实还样没种当么长华语广协组织联执机构际检审准备财环本部法理动开意前民第六七八九百本以到心力想之"
    "。，、；：？！“”‘’（）《》「」『』—…·　"
)
_PUNCTUATION = frozenset("。，、；：？！“”‘’（）《》「」『』—…·　・﹒﹐％／")


def decode(data: bytes, source: str) -> tuple[str, str]:
    """Return the text of ``data`` and the name of its encoding ("utf-8", "utf-16-le", "gb18030", "cp950" …).

    Newlines become "\\n" and byte order marks go; form feeds and all else stay. Bytes that the encoding does not
    know become U+FFFD where they are few. Raises UnreadableFileError, naming ``source``, if it is no text.
    """
    name, skip = _find(data)
    if not name:
        _refuse_binary(data.decode("latin-1"), source)
        raise UnreadableFileError(f"{source}: this is not a text in any encoding known here; save it as UTF-8.")
    text = data[skip:].decode(name, "replace").replace("\ufeff", "").removesuffix("\x1a")
    text = _newlines(text)
    _refuse_binary(text, source)
    return text, name


def declared(data: bytes, label: str) -> str:
    """Return the codec for an encoding that a file names itself, if all of ``data`` can be read with it, or ``""``."""
    label = label.strip().lower()
    name = _ALIASES.get(label, label)
    try:
        codecs.lookup(name)
        text = data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return ""
    return name if isinstance(text, str) and "\0" not in text else ""


def _newlines(text: str) -> str:
    for mark in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(mark, "\n")
    return text


def _refuse_binary(text: str, source: str) -> None:
    counts = Counter(text)
    controls = sum(number for char, number in counts.items() if ord(char) < 32 and char not in "\n\t\f\v")
    if counts["\0"] or controls > _MAX_CONTROLS * len(text):
        raise UnreadableFileError(f"{source}: this is a binary file and no text; use .docx, .pdf, .html, .md or .txt.")
    if not text.strip():
        raise UnreadableFileError(f"{source}: the file has only spaces and empty lines; save or download it again.")


def _find(data: bytes) -> tuple[str, int]:
    """Return the codec and the length of the byte order mark to skip; an empty codec if nothing fits."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, len(mark)
    sample = data[:_SAMPLE_BYTES]
    if b"\0" in sample:
        return _best(sample, _WIDE_CODECS), 0
    if _is_utf8(data):
        return "utf-8", 0
    chinese = _best(sample, (*_CHINESE_CODECS, *_WIDE_CODECS))
    if chinese:
        return chinese, 0
    damaged = sample.decode("utf-8", "replace")
    if damaged.count(REPLACEMENT) <= _MAX_DAMAGE * len(damaged):
        return "utf-8", 0
    return _western(sample), 0


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _best(sample: bytes, names: tuple[str, ...]) -> str:
    """Return the codec under which ``sample`` looks most like Chinese (or, for UTF-16, like any text), or ``""``."""
    best, best_score = "", _CHINESE_FROM
    for name in names:
        if name in _WIDE_CODECS and len(sample) % 2 and len(sample) < _SAMPLE_BYTES:
            continue
        text = codecs.getincrementaldecoder(name)("replace").decode(sample)  # the sample may end within a character
        score = _score(text, wide=name in _WIDE_CODECS)
        if score > best_score:
            best, best_score = name, score
    return best


def _score(text: str, wide: bool) -> float:
    """Return the mean points of the characters of ``text``: those beyond ASCII, or all of them under UTF-16."""
    points, counted = 0.0, 0
    for char, number in Counter(text).items():
        if ord(char) < 128 and not wide:
            continue
        counted += number
        points += number * _points(char)
    return points / counted if counted else 0.0


def _points(char: str) -> float:
    code = ord(char)
    if code < 128:
        return 1.0 if char.isprintable() or char in "\t\n\r\f" else -5.0
    if char in _FREQUENT:
        return 3.0
    if char == REPLACEMENT or 0xE000 <= code < 0xF900 or code >= 0xF0000 or 0x80 <= code < 0xA0:
        return -5.0  # undecodable, private use, control
    if 0x4E00 <= code < 0xA000:
        return 0.6 if _is_common(char) else -1.5
    if char in _PUNCTUATION or 0xFF01 <= code < 0xFF5F:
        return 1.0
    return 0.5 if code < 0x250 else -1.0  # accented Latin; else kana, Hangul, box drawing, rare Han …


def _is_common(char: str) -> bool:
    """Whether a Han character is in the first, frequent half of GB 2312 or of Big5."""
    try:
        if char.encode("gb2312") < b"\xd8\xa1":
            return True
    except UnicodeEncodeError:
        pass
    try:
        return char.encode("big5") < b"\xc6\xa1"
    except UnicodeEncodeError:
        return False


def _western(sample: bytes) -> str:
    """Return the codec of a Western text: the one of Windows where it can be, else what charset-normalizer finds."""
    if declared(sample, "cp1252"):
        return "cp1252"
    from charset_normalizer import from_bytes

    match = from_bytes(sample).best()
    name = match.encoding if match is not None else ""
    return "" if name.startswith(("utf_8", "utf_16", "utf_32")) else name
