"""The embedded model: a text is the sum of its tokens' vectors. NumPy and a tokenizer, no torch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors
from models.errors import ModelError
from models.folder import read_json

EMBEDDED = Path(__file__).parent / "embedded"
_BATCH = 4096  # texts tokenised at once
_FEW = 64  # texts that are summed one by one


@dataclass(frozen=True)
class StaticEncoder:
    """Token vectors of float32, shape (vocabulary, d), and the tokenizer that their rows belong to."""

    tokenizer: Any
    table: Vectors
    name: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, d) of unit length; a text without any known token is a zero row."""
        return _unit(self._sums(texts))

    def spans(self, texts: Sequence[str], longest: int) -> list[Vectors]:
        """Unit vectors of all runs of 1 … ``longest`` texts, from prefix sums."""
        # Sums in double precision: differences of long prefixes would lose what a short text adds.
        sums = self._sums(texts).astype(np.float64)
        prefix = np.concatenate((np.zeros((1, sums.shape[1])), np.cumsum(sums, axis=0)))
        return [_unit((prefix[a:] - prefix[:-a]).astype(np.float32)) for a in range(1, longest + 1)]

    def tokens(self, texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Token ids end to end, and the (n + 1,) positions at which each text begins."""
        ids: list[npt.NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
        starts = [0]
        for start in range(0, len(texts), _BATCH):
            # Half a surrogate pair, as damaged input has it, is no Unicode text to the tokenizer.
            batch = [text.encode("utf8", "replace").decode("utf8") for text in texts[start : start + _BATCH]]
            for encoding in self.tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                ids.append(np.asarray(encoding.ids, dtype=np.int64))
                starts.append(starts[-1] + len(encoding.ids))
        return np.concatenate(ids), np.asarray(starts, dtype=np.int64)

    def token_vectors(self) -> Vectors:
        """The table itself, (vocabulary, d)."""
        return self.table

    def _sums(self, texts: Sequence[str]) -> Vectors:
        ids, starts = self.tokens(texts)
        if len(texts) <= _FEW:  # the same to the last bit, and scipy need not be loaded
            rows = [self.table[ids[a:b]].sum(axis=0) for a, b in pairwise(starts.tolist())]
            return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.table.shape[1])
        from scipy.sparse import csr_array

        ones = np.ones(len(ids), dtype=np.float32)
        sums: Vectors = csr_array((ones, ids, starts), shape=(len(texts), len(self.table))) @ self.table
        return sums


def load_static(folder: Path) -> StaticEncoder:
    """Read a model folder (tokenizer.json, model.safetensors) without torch.

    Raises ModelError where the folder does not hold such a model.
    """
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    for name in ("tokenizer.json", "model.safetensors"):
        if not (folder / name).is_file():
            raise ModelError(f"{folder} holds no static model: {name} is missing; name another folder or model.")
    try:
        tensors = load_file(folder / "model.safetensors")
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises no narrower class
        raise ModelError(f"{folder} is damaged ({type(error).__name__}: {error}); fetch the model again.") from error
    table = _table(tensors, folder)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    if tokenizer.get_vocab_size() != len(table):
        raise ModelError(
            f"{folder} is damaged: {tokenizer.get_vocab_size()} tokens in tokenizer.json "
            f"for {len(table)} vectors in model.safetensors; fetch it again."
        )
    return StaticEncoder(tokenizer, table, f"{_title(folder)}@{_revision(folder)}")


def _table(tensors: dict[str, npt.NDArray[Any]], folder: Path) -> Vectors:
    rows = next((tensors[key] for key in ("embeddings", "embedding.weight") if key in tensors), None)
    if rows is None:
        raise ModelError(f"{folder} holds no static model: model.safetensors has no embeddings; name another model.")
    try:
        table = rows.astype(np.float32)
        if "mapping" in tensors:  # of tokens to rows that several share, as model2vec may have it
            table = table[tensors["mapping"]]
        if "weights" in tensors:
            table *= tensors["weights"].astype(np.float32)[:, None]
    except (IndexError, ValueError) as error:
        raise ModelError(f"{folder} is damaged (its vectors do not fit together): fetch the model again.") from error
    if table.ndim != 2 or not np.isfinite(table).all():
        raise ModelError(f"{folder} is damaged (its table holds no vectors of numbers): fetch the model again.")
    return table


def _title(folder: Path) -> str:
    name = read_json(folder / "config.json").get("name")
    return name if isinstance(name, str) and name else folder.resolve().name


def _revision(folder: Path) -> str:
    digest = hashlib.blake2b(digest_size=4)
    for name in ("tokenizer.json", "model.safetensors"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 1e-9)
    return unit
