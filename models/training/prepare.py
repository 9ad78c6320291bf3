"""From pairs to token ids, in both scripts, and from the trained table to a model folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from models.training.data import SOURCE_WEIGHTS, Pair
from models.training.objective import Settings, Tokens
from models.training.vocabulary import train_tokenizer

MODEL_NAME = "duizhao-static-256"
_BATCH = 5000  # texts
_TRADITIONAL_EVERY = 4  # one text in so many is counted in traditional script too


@dataclass(frozen=True, slots=True)
class Prepared:
    """What training needs: token ids of both languages, weights, and numbers of equal texts."""

    tokenizer: Tokenizer
    english: Tokens
    chinese: tuple[Tokens, ...]
    groups: npt.NDArray[np.int64]
    weights: npt.NDArray[np.int64]


def prepare(pairs: Sequence[Pair], settings: Settings) -> Prepared:
    """Tokenise the pairs. Three batches in four are in simplified script, one in traditional (OpenCC)."""
    import opencc

    to_simplified, to_traditional = opencc.OpenCC("t2s"), opencc.OpenCC("s2t")
    english = [pair.en for pair in pairs]
    simplified = [to_simplified.convert(pair.zh) for pair in pairs]
    traditional = [to_traditional.convert(text) for text in simplified]
    weights = np.array([SOURCE_WEIGHTS.get(pair.source, 1) for pair in pairs])
    tokenizer = train_tokenizer(_counted(english, simplified, traditional, weights), settings.vocabulary)
    hans, hant = _tokens(tokenizer, simplified), _tokens(tokenizer, traditional)
    groups = np.stack((_numbered([text.lower() for text in english]), _numbered(simplified)), axis=1)
    return Prepared(tokenizer, _tokens(tokenizer, english), (hans, hans, hans, hant), groups, weights)


def save(folder: Path, tokenizer: Tokenizer, table: npt.NDArray[np.float32]) -> None:
    """Write the model folder: half precision is enough, retrieval does not change in the fourth digit."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file({"embedding.weight": table.astype(np.float16)}, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    (folder / "config.json").write_text(json.dumps({"name": MODEL_NAME}) + "\n", encoding="utf8")


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
