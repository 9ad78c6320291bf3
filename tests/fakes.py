"""Encoders whose meaning is known: a small dictionary gives both languages' words one vector, all else is chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
import numpy.typing as npt
import regex

from models.encoder import Vectors
from models.transformer import join

_TOKEN = regex.compile(r"\p{Han}|\p{L}+|\p{N}+")
_ROWS, _WIDTH = 4096, 48

DICTIONARY = tuple(
    pair.split("=")
    for pair in (
        "山=mountain 水=water 火=fire 木=wood 金=gold 土=soil 日=sun 月=moon 星=star 云=cloud 雨=rain 雪=snow 风=wind "
        "海=sea 河=river 湖=lake 鸟=bird 鱼=fish 马=horse 牛=cow 羊=sheep 狗=dog 猫=cat 虎=tiger 龙=dragon 花=flower "
        "草=grass 树=tree 叶=leaf 果=fruit 米=rice 茶=tea 盐=salt 刀=knife 船=boat 车=cart 桥=bridge 路=road 门=door "
        "窗=window 书=book 笔=pen 纸=paper 墨=ink 红=red 黄=yellow 蓝=blue 白=white 黑=black 王=king 兵=soldier "
        "医=doctor 师=teacher 农=farmer 父=father 母=mother 子=child 友=friend 手=hand 足=foot 眼=eye "
        "耳=ear 心=heart 血=blood"
    ).split()
)
_CONCEPT = {word: k for k, pair in enumerate(DICTIONARY) for word in pair}


def sentence(rng: np.random.Generator, words: int = 8) -> tuple[str, str]:
    """A made-up sentence in both languages, ``words`` words of the dictionary long."""
    chosen = [DICTIONARY[k] for k in rng.choice(len(DICTIONARY), size=words, replace=False)]
    return "".join(zh for zh, _ in chosen) + "。", " ".join(en for _, en in chosen) + "."


def sentences(count: int, seed: int = 0, words: int = 8) -> tuple[list[str], list[str]]:
    """Two lists of ``count`` made-up sentences that are each other's translation, line by line."""
    rng = np.random.default_rng(seed)
    pairs = [sentence(rng, words) for _ in range(count)]
    return [zh for zh, _ in pairs], [en for _, en in pairs]


@dataclass(frozen=True)
class AdditiveEncoder:
    """A text is the sum of its words' vectors; words that the dictionary pairs have the same one."""

    name: str = "fake@1"
    asked: list[str] = field(default_factory=list)  # every text that was encoded, for counting

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        return _unit(np.stack([_sum(text) for text in texts]) if texts else np.zeros((0, _WIDTH), dtype=np.float32))

    def spans(self, texts: Sequence[str], longest: int) -> list[Vectors]:
        sums = np.stack([_sum(text) for text in texts])
        prefix = np.concatenate((np.zeros((1, _WIDTH)), np.cumsum(sums, axis=0, dtype=np.float64)))
        return [_unit((prefix[a:] - prefix[:-a]).astype(np.float32)) for a in range(1, longest + 1)]

    def tokens(self, texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        ids = [_ids(text) for text in texts]
        starts = np.concatenate(([0], np.cumsum([len(unit) for unit in ids]))).astype(np.int64)
        return np.array([k for unit in ids for k in unit], dtype=np.int64), starts

    def token_vectors(self) -> Vectors:
        return _TABLE


@dataclass(frozen=True)
class OpaqueEncoder:
    """The same meaning behind a transformer's shape: whole texts only, no words, every span a text of its own."""

    name: str = "opaque@1"

    def encode(self, texts: Sequence[str]) -> Vectors:
        return AdditiveEncoder().encode(texts)

    def spans(self, texts: Sequence[str], longest: int) -> list[Vectors]:
        levels = [list(texts)]
        for a in range(2, longest + 1):
            levels.append([join(levels[-1][k], texts[k + a - 1]) for k in range(len(texts) - a + 1)])
        return [self.encode(level) for level in levels]


_TABLE: Vectors = np.random.default_rng(7).normal(size=(_ROWS, _WIDTH)).astype(np.float32)


def _ids(text: str) -> list[int]:
    words = _TOKEN.findall(text.lower())
    return [_CONCEPT.get(w, 100 + crc32(w.encode("utf8", "surrogatepass")) % (_ROWS - 100)) for w in words]


def _sum(text: str) -> Vectors:
    return np.asarray(_TABLE[_ids(text)].sum(axis=0), dtype=np.float32)


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 1e-9), dtype=np.float32)
