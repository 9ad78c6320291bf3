"""Language codes and names as exchange files write them, and the BCP 47 tags that the glossary works with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from glossary.errors import ExchangeError

NONE: Mapping[str, str] = MappingProxyType({})
# ISO 639-1, all languages that have a code of two letters.
_TWO_LETTERS = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss "
    "st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
_NAMES = {
    "zh": "zh cmn chi zho cn chs chinese mandarin 中文 汉语 漢語 华语 中 简体中文 简体 简中 汉 普通话",
    "zh-Hant": "cht 繁体中文 繁體中文 繁体 繁體 繁中 正體中文",
    "en": "en eng english 英文 英语 英語 英",
    "fr": "fr fra fre french français francais 法文 法语 法語 法",
    "es": "es spa spanish español espanol 西文 西班牙文 西班牙语 西",
    "ru": "ru rus russian русский 俄文 俄语 俄語 俄",
    "ar": "ar ara arabic العربية 阿文 阿拉伯文 阿拉伯语 阿",
    "de": "de deu ger german deutsch 德文 德语 德語",
    "ja": "ja jpn japanese 日本語 日文 日语",
    "ko": "ko kor korean 한국어 韩文 韩语 朝鲜语",
    "pt": "pt por portuguese 葡文 葡萄牙语",
    "it": "it ita italian italiano",
    "nl": "nl nld dut dutch",
    "sv": "sv swe swedish",
    "pl": "pl pol polish",
    "cs": "cs ces cze czech",
    "hu": "hu hun hungarian",
    "tr": "tr tur turkish",
    "vi": "vi vie vietnamese 越南语",
    "th": "th tha thai 泰语",
    "uk": "ukr ukrainian",
    "la": "la lat latin",
    "da": "da dan danish",
    "fi": "fi fin finnish",
    "el": "el ell gre greek",
    "he": "he heb hebrew",
    "hi": "hi hin hindi",
    "id": "ind indonesian",
    "no": "nor norwegian",
    "und": "und",
}
_BY_NAME = {name: tag for tag, names in _NAMES.items() for name in names.split()}
_TRADITIONAL = frozenset("hant tw hk mo cht traditional 繁体 繁體 繁".split())
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*|x(?:-[a-z0-9]{1,8})+", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s_\-./()（）:：\[\]]+")
_REGION = re.compile(r"(?:[a-z]{2}|hans|hant|latn|cyrl|\d{3})")
_SCRIPTS = ((r"[\u3040-\u30ff]", "ja"), (r"[\uac00-\ud7af]", "ko"), (r"[\u3400-\u9fff\U00020000-\U0003ffff]", "zh"))
_ALPHABETS = ((r"[\u0400-\u04ff]", "ru"), (r"[\u0600-\u06ff]", "ar"), (r"[A-Za-z]", "en"))
# Latin letters that English has not: such a column is in some other language.
_ACCENTED = re.compile(r"[À-ÖØ-öø-ɏḀ-ỿ]")


@lru_cache(maxsize=4096)
def tag_of(code: str) -> str:
    """The tag for a language code or name: "zh" (simplified, or not said), "zh-Hant", "en", else in BCP 47 spelling.

    A region of English is dropped, as are those of Chinese once they have said the script. "und" if it says nothing.
    """
    words = [word for word in _SEPARATORS.split(unicodedata.normalize("NFKC", code).strip().casefold()) if word]
    if not words:
        return "und"
    known = _BY_NAME.get(words[0])
    if known in ("zh", "zh-Hant"):
        return "zh-Hant" if known == "zh-Hant" or _TRADITIONAL & set(words[1:]) else "zh"
    if known == "en":
        return "en"
    rest = [word for word in words[1:] if _REGION.fullmatch(word)]
    if known:
        return "-".join([known, *map(_cased, rest)])
    plain = code.strip().casefold().replace("_", "-")
    return "-".join([words[0], *map(_cased, words[1:])]) if _TAG.fullmatch(plain) and plain.isascii() else "und"


def recognised(tag: str) -> bool:
    """Whether a tag names a language: any of three letters, of which there are thousands, or a known one of two."""
    first = tag.partition("-")[0].lower()
    return first in _TWO_LETTERS or (len(first) == 3 and first != "und")


def plain_code(code: str) -> str:
    """A code as it is compared."""
    return unicodedata.normalize("NFKC", code).strip().casefold().replace("_", "-")


def language_map(pairs: Iterable[str]) -> dict[str, str]:
    """What a file's codes stand for, given as ``xx=zh``; raises ExchangeError where one is none or no language."""
    found = {}
    for pair in pairs:
        code, _, name = pair.rpartition("=")
        tag = tag_of(name)
        if not code.strip() or not recognised(tag):
            raise ExchangeError(f"“{pair[:60]}” says of no code which language it is; write it as xx=zh.")
        found[plain_code(code)] = tag
    return found


def split_heading(heading: str) -> tuple[str, str]:
    """The tag of the language that a column's heading names, or "", and the words beside it, in lower case.

    "zh_pref" gives ("zh", "pref"); "Term (zh-TW)" ("zh-Hant", "term"); "英文定义" ("en", "定义").
    """
    plain = unicodedata.normalize("NFKC", heading).strip().casefold().lstrip("#").strip()
    words = [word for word in _SEPARATORS.split(plain) if word]
    at = [k for k, word in enumerate(words) if word in _BY_NAME]
    if at:
        first = at[0]
        end = first + 1
        while end < len(words) and (_REGION.fullmatch(words[end]) or words[end] in _TRADITIONAL):
            end += 1
        if any(k >= end for k in at):
            return "", " ".join(words)
        return tag_of("-".join(words[first:end])), " ".join(words[:first] + words[end:])
    for name in sorted((name for name in _BY_NAME if not name.isascii() and len(name) > 1), key=len, reverse=True):
        if len(words) == 1 and name in words[0]:
            return _BY_NAME[name], words[0].replace(name, "")
    return "", " ".join(words)


def language_by_script(texts: list[str]) -> str:
    """The language that texts are most likely in, by their letters: "zh", "ja", "ko", "ru", "ar", "en", or ""."""
    filled = [text for text in texts if text.strip()][:300]
    for pattern, tag in _SCRIPTS + _ALPHABETS:
        share = 0.05 if tag in ("ja", "ko") else 0.5
        if filled and sum(bool(re.search(pattern, text)) for text in filled) >= share * len(filled):
            accented = sum(bool(_ACCENTED.search(text)) for text in filled)
            return "" if tag == "en" and accented > 0.1 * len(filled) else tag
    return ""


def _cased(word: str) -> str:
    """A subtag as RFC 5646 section 2.1.1 recommends to write it: "Hant", "BR"."""
    if len(word) == 4 and word.isalpha():
        return word.title()
    return word.upper() if len(word) == 2 else word
