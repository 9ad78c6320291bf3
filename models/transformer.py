"""Any sentence-transformers model as an encoder: prompts, long texts, vectors kept from one call to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import regex

from models.cache import RecentVectors, VectorCache
from models.encoder import Vectors
from models.errors import ModelError
from models.pieces import cut, pool, unit
from models.watching import Watch

_BATCH = 64  # texts
_BATCH_TOKENS = 16_384  # in a batch, so that one of very long texts fits in memory
_CHUNK = 512  # texts that are encoded and kept before the next; what is lost at most when a run is stopped
_MANY = 5_000  # texts that make several processes worth their start
_MEMORY = 256  # megabytes of vectors
_LEAST_WINDOW = 8  # tokens
_CHINESE = regex.compile(r"[\p{Han}\u3000-\u303f\uff00-\uffef]")


@dataclass(frozen=True)
class TransformerEncoder:
    """A loaded SentenceTransformer. Each text is encoded once: vectors are kept in memory and in the cache on disk."""

    model: Any
    name: str
    prompt: str = ""
    cache: VectorCache | None = None
    devices: tuple[str, ...] = ()  # more than one: a process on each
    watch: Watch = field(default_factory=Watch)
    _recent: RecentVectors = field(default_factory=lambda: RecentVectors(_MEMORY), repr=False)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, d) of unit length; an empty text is a zero row. Raises ModelError where the model fails."""
        known = self._vectors(texts)
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[:] = known.get(text, 0)
        return vectors

    def spans(self, texts: Sequence[str], longest: int) -> list[Vectors]:
        """Unit vectors of all runs of 1 … ``longest`` texts, each run encoded as one text."""
        levels = [list(texts)]
        for a in range(2, longest + 1):
            levels.append([join(levels[-1][k], texts[k + a - 1]) for k in range(len(texts) - a + 1)])
        vectors = self.encode([text for level in levels for text in level])
        return np.split(vectors, np.cumsum([len(level) for level in levels])[:-1])

    @cached_property
    def dimensions(self) -> int:
        """The length d of a vector."""
        # Older versions of sentence-transformers have only the second name, newer ones warn of it.
        ask = getattr(self.model, "get_embedding_dimension", None) or self.model.get_sentence_embedding_dimension
        return int(ask())

    @cached_property
    def window(self) -> int:
        """The longest text in tokens, without prompt and special tokens; 0 where there is no limit."""
        whole = getattr(self.model, "max_seq_length", None)
        if not whole or whole > 10**6:  # infinite, or a tokenizer's word for unknown
            return 0
        special = getattr(self.model.tokenizer, "num_special_tokens_to_add", lambda: 2)()
        window = int(whole) - special - sum(self._counts([self.prompt]))
        if window < _LEAST_WINDOW:
            raise ModelError(f"model {self.name} takes {whole} tokens at most, which is too few: name another model.")
        return window

    def _vectors(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors (d,) of all texts that are not empty: from memory, from the cache, else from the model."""
        wanted = {text for text in texts if text.strip()}
        found = self._recent.get(wanted)
        if self.cache and len(found) < len(wanted):
            found |= self.cache.get(wanted - found.keys())
        rest = sorted(wanted - found.keys(), key=lambda text: (-len(text), text))
        with self._processes(len(rest)) as processes:
            for start in range(0, len(rest), _CHUNK * max(1, len(self.devices))):
                if self.watch.progress:
                    self.watch.progress(start, len(rest))
                chunk = rest[start : start + _CHUNK * max(1, len(self.devices))]
                new = dict(zip(chunk, self._encoded(chunk, processes), strict=True))
                if self.cache:
                    self.cache.put(new)
                found |= new
        if rest and self.watch.progress:
            self.watch.progress(len(rest), len(rest))
        self._recent.put(found)
        return found

    def _encoded(self, texts: Sequence[str], processes: dict[str, Any]) -> Vectors:
        """Unit vectors (n, d) by the model, in pieces where a text is too long for it."""
        # Half a surrogate pair, as damaged input has it, is no Unicode text to the tokenizer.
        clean = [text.encode("utf8", "replace").decode("utf8") for text in texts]
        if not self.window:
            return self._run(clean, _BATCH, processes)
        counts = self._counts(clean)
        if max(counts) <= self.window:
            return self._run(clean, _batch(max(counts)), processes)
        divided = [
            [text] if count <= self.window else [p for p in cut(text, self.window, self._count) if p.strip()]
            for text, count in zip(clean, counts, strict=True)
        ]
        pieces = [piece for group in divided for piece in group]
        lengths = self._counts(pieces)
        return pool(self._run(pieces, _batch(max(lengths)), processes), lengths, [len(group) for group in divided])

    def _run(self, texts: list[str], batch: int, processes: dict[str, Any]) -> Vectors:
        try:
            found = self.model.encode(
                texts,
                prompt=self.prompt,
                batch_size=batch,
                convert_to_numpy=True,
                show_progress_bar=False,
                **processes,
            )
        except (RuntimeError, ValueError, IndexError, TypeError) as error:
            reason = str(error).partition("\n")[0].rstrip(". ") or type(error).__name__
            raise ModelError(
                f'model {self.name} failed over a text ({reason}): try device = "cpu", or name another model.'
            ) from error
        vectors = np.asarray(found, dtype=np.float32)
        if not np.isfinite(vectors).all():
            raise ModelError(
                f"model {self.name} gave vectors that hold no numbers: use full precision if it runs in half, "
                "or name another model."
            )
        return unit(vectors)

    def _counts(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text, without special ones."""
        tokenizer = self.model.tokenizer
        if hasattr(tokenizer, "encode_batch_fast"):  # of the library tokenizers, as static models have it
            return [len(found.ids) for found in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
        found = tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in found["input_ids"]]

    def _count(self, text: str) -> int:
        return self._counts([text])[0]

    @contextmanager
    def _processes(self, texts: int) -> Iterator[dict[str, Any]]:
        """The argument that makes the model use several processes, where the work is worth their start."""
        if len(self.devices) < 2 or texts < _MANY:
            yield {}
            return
        pool_ = self.model.start_multi_process_pool(list(self.devices))
        try:
            yield {"pool": pool_}
        finally:
            self.model.stop_multi_process_pool(pool_)


def _batch(longest: int) -> int:
    return max(1, min(_BATCH, _BATCH_TOKENS // max(1, longest)))


def join(left: str, right: str) -> str:
    """Two texts as one: a space between words of Latin script, nothing next to Chinese."""
    if not left or not right or _CHINESE.match(left[-1]) or _CHINESE.match(right[0]):
        return left + right
    return f"{left} {right}"
