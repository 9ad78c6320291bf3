"""From pairs to what training takes: vocabulary, token ids in both scripts, weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from models.training.batches import Tokens
from models.training.data import SOURCE_WEIGHTS, Pair
from models.training.fit import Material
from models.training.subwords import composition
from models.training.vocabulary import train_tokenizer

_BATCH = 5000  # texts
_TRADITIONAL_EVERY = 4  # one text in so many is counted in traditional script too


@dataclass(frozen=True, slots=True)
class Prepared:
    """A vocabulary, and the pairs in its tokens."""

    tokenizer: Tokenizer
    material: Material


def prepare(pairs: Sequence[Pair], vocabulary: int | Tokenizer) -> Prepared:
    """Tokenise the pairs, with a vocabulary of so many tokens learned from them or a given one.

    Three batches in four are in simplified script, one in traditional (OpenCC).
    """
    import opencc

    to_simplified, to_traditional = opencc.OpenCC("t2s"), opencc.OpenCC("s2t")
    english = [pair.en for pair in pairs]
    simplified = [to_simplified.convert(pair.zh) for pair in pairs]
    traditional = [to_traditional.convert(text) for text in simplified]
    weights = np.array([SOURCE_WEIGHTS.get(pair.source, 1) for pair in pairs])
    tokenizer = (
        train_tokenizer(_counted(english, simplified, traditional, weights), vocabulary)
        if isinstance(vocabulary, int)
        else vocabulary
    )
    hans, hant = _tokens(tokenizer, simplified), _tokens(tokenizer, traditional)
    material = Material(
        english=_tokens(tokenizer, english),
        chinese=(hans, hans, hans, hant),
        groups=np.stack((_numbered([text.lower() for text in english]), _numbered(simplified)), axis=1),
        weights=weights,
        composition=composition(_in_order(tokenizer), to_simplified.convert),
    )
    return Prepared(tokenizer, material)


def _in_order(tokenizer: Tokenizer) -> list[str]:
    vocabulary: dict[str, int] = tokenizer.get_vocab()
    return sorted(vocabulary, key=vocabulary.__getitem__)


def _counted(
    english: list[str], simplified: list[str], traditional: list[str], weights: npt.NDArray[np.int64]
) -> Iterator[str]:
    for k, (en, hans, hant) in enumerate(zip(english, simplified, traditional, strict=True)):
        for _ in range(min(int(weights[k]), 2)):
            yield en
            yield hans
        if k % _TRADITIONAL_EVERY == 0:
            yield hant


def _tokens(tokenizer: Tokenizer, texts: list[str]) -> Tokens:
    ids: list[npt.NDArray[np.int32]] = []
    lengths: list[int] = []
    for start in range(0, len(texts), _BATCH):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + _BATCH], add_special_tokens=False):
            ids.append(np.array(encoding.ids, dtype=np.int32))
            lengths.append(len(encoding.ids))
    return Tokens(np.concatenate(ids), np.concatenate(([0], np.cumsum(lengths))))


def _numbered(texts: list[str]) -> npt.NDArray[np.int64]:
    known: dict[str, int] = {}
    return np.array([known.setdefault(text, len(known)) for text in texts])
