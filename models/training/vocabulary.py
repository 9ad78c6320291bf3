"""The vocabulary: byte-pair encoding over runs of one script, so that 恐怖主义 and "terrorism" are one token each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from tokenizers import Regex, Tokenizer
from tokenizers.models import BPE
from tokenizers.normalizers import NFKC, Lowercase, Sequence
from tokenizers.pre_tokenizers import PreTokenizer, Split, WhitespaceSplit
from tokenizers.pre_tokenizers import Sequence as PreSequence
from tokenizers.trainers import BpeTrainer

UNKNOWN = "[UNK]"
PADDING = "[PAD]"
# Each match is one run; whatever matches none (punctuation, other scripts) stands alone, a character a token. A month
# is one token with its number, because January is one word: "1" and "月" would say only "1" and "some month".
RUNS = r"[0-9]{1,2}月|\p{Han}+|[\p{Latin}\p{M}]+|\p{N}+|[^\s]"
# 六十九 stands apart from what is around it, as "sixty-nine" does: 第六十九届会议 is one run otherwise.
TENS = "[一二三四五六七八九]?十[一二三四五六七八九]"
LONGEST_TOKEN = 12  # characters: whole statutory clauses repeat often enough to become tokens otherwise


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """A tokenizer of ``size`` tokens learned from ``texts``; the same texts in the same order give the same one."""
    tokenizer = Tokenizer(BPE(unk_token=UNKNOWN))
    tokenizer.normalizer = Sequence([NFKC(), Lowercase()])
    tokenizer.pre_tokenizer = _runs()
    trainer = BpeTrainer(
        vocab_size=size,
        min_frequency=4,
        special_tokens=[PADDING, UNKNOWN],
        max_token_length=LONGEST_TOKEN,
        show_progress=False,
    )
    tokenizer.train_from_iterator(_batches(iter(texts)), trainer)
    return tokenizer


def _runs() -> PreTokenizer:
    isolated = (Split(Regex(pattern), behavior="isolated") for pattern in (TENS, RUNS))
    return PreSequence([WhitespaceSplit(), *isolated])


def _batches(texts: Iterable[str], size: int = 1000) -> Iterable[list[str]]:
    iterator = iter(texts)
    while batch := list(islice(iterator, size)):
        yield batch
