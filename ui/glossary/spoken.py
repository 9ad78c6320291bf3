"""What speaks for the reason of a conflict, in Chinese: ``glossary.conflicts.reasons`` says it in English."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from ui.words import Words

_SAID = (
    (r"the two renderings mean the same \((.+)\)", r"两种译法意义相同（\1）"),
    (r"the two renderings mean different things \((.+)\)", r"两种译法意义不同（\1）"),
    (r"the two renderings are related in meaning \((.+)\)", r"两种译法意义相近（\1）"),
    (r"both stand in the same expressions \((.+)\)", r"两者见于相同的搭配（\1）"),
    (r"they share no expression", "两者没有相同的搭配"),
    (r"(.+) stands in other contexts than (.+)", r"“\1”与“\2”的上下文不同"),
    (r"(.+) stands in the same contexts as (.+)", r"“\1”与“\2”的上下文相同"),
    (r"(\d+) of (\d+) places are in documents that have both", r"\2 处中有 \1 处所在文件两者并用"),
    (r"(\d+) of (\d+) places are in pairs whose alignment is doubtful", r"\2 处中有 \1 处对齐存疑"),
    (
        r"(\d+) of (\d+) places are in sentences that stand word for word in (.+) too",
        r"\2 处中有 \1 处的句子与 \3 逐字相同",
    ),
    (r"no pair shows (.+): only the glossary has it", r"“\1”仅见于术语库，语料库中没有例句"),
    (r"they are forms of one word", "两者是同一词的不同形式"),
    (r"(.+) is a short form of (.+)", r"“\1”是“\2”的简称"),
    (r"(.+) gives one in brackets as the short form of the other", r"\1 在括号中将其一作为另一的简称"),
    (r"(.+) says more than the term: it was found too wide", r"“\1”多于原词，截取过宽"),
    (r"(.+) stands in a neighbouring pair that does not hold the term", r"“\1”见于相邻句对，而该句对没有此词"),
    (r"(.+) stands in the same pair and renders nothing else there", r"“\1”见于同一句对，且不对应其他词语"),
    (r"where its rendering stands is unsure \((.+) on average\)", r"译法的位置不确定（平均 \1）"),
    (r"(.+) means nothing like the term, as far as the model knows", r"按模型判断，“\1”与原词意义无关"),
    (r"one is the other with a function word at its edge.*", "两者只差一个虚词，截取过宽或过窄"),
    (r"(.+) stands inside a title or quotation marks, (.+) does not", r"“\1”见于标题或引号内，“\2”则不然"),
)
_CHINESE = tuple((regex.compile(english), chinese) for english, chinese in _SAID)


def spoken(because: Iterable[str], words: Words) -> str:
    """The sentences in the language of the interface, those that are not known here as they are."""
    return "; ".join(because) if words.tongue == "en" else "；".join(map(_chinese, because))


def _chinese(sentence: str) -> str:
    for pattern, chinese in _CHINESE:
        match = pattern.fullmatch(sentence)
        if match:
            return match.expand(chinese)
    return sentence
