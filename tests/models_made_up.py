"""Tiny models with random weights, made by the tests that load them, and an encoder inside that counts its work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

LETTERS = [*"[PAD] [UNK] [CLS] [SEP] [MASK]".split(), *"abcdefghijquery:山水火木金土日月。.，"]


def save_bert(folder: Path, *, window: int = 64, architecture: str = "BertModel", seed: int = 1) -> Path:
    """A BERT of one layer as transformers saves it: no word of how to make one vector of a text."""
    import torch
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Sequence as Steps
    from tokenizers.pre_tokenizers import Split
    from tokenizers.processors import BertProcessing
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(LETTERS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=window,
    )
    model = BertModel(config)
    model.save_pretrained(folder)
    if architecture != "BertModel":
        file = folder / "config.json"
        file.write_text(file.read_text().replace("BertModel", architecture))
    numbers = {letter: k for k, letter in enumerate(LETTERS)}
    tokenizer = Tokenizer(WordLevel(numbers, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Steps([Split(Regex(r"\s+"), "removed"), Split(Regex("."), "isolated")])
    tokenizer.post_processor = BertProcessing(("[SEP]", numbers["[SEP]"]), ("[CLS]", numbers["[CLS]"]))
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=window,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    ).save_pretrained(folder)
    return folder


def save_sentence_model(folder: Path, base: Path, *, window: int = 64, seed: int = 1, **settings: Any) -> Path:
    """The same with pooling, as sentence-transformers saves it."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    save_bert(base, window=window, seed=seed)
    SentenceTransformer(modules=[Transformer(str(base)), Pooling(16)], device="cpu", **settings).save(str(folder))
    return folder


def save_static_model(folder: Path, *, cuts: int = 0) -> Path:
    """A static model as sentence-transformers saves it; its tokenizer cuts texts after ``cuts`` tokens."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({"?": 0, "a": 1, "b": 2, "c": 3}, unk_token="?"))
    tokenizer.pre_tokenizer = Whitespace()
    if cuts:
        tokenizer.enable_truncation(cuts)
    weights = np.array([[0, 0], [3, 0], [0, 4], [1, 1]], dtype=np.float32)
    layers = [StaticEmbedding(tokenizer, embedding_weights=weights), Dense(2, 3)]
    SentenceTransformer(modules=layers, device="cpu").save(str(folder))
    return folder


class CountingModel:
    """Stands for a loaded SentenceTransformer: a letter is a token and a text the counts of its first letters."""

    default_prompt_name = None

    def __init__(self, window: int | None = None, letters: str = "abcd") -> None:
        self.max_seq_length = window
        self.letters = letters
        self.asked: list[str] = []
        self.prompts_asked: set[str] = set()
        self.batches: list[int] = []

    def encode(self, texts: Sequence[str], *, prompt: str = "", batch_size: int = 0, **_: object) -> np.ndarray:
        self.asked.extend(texts)
        self.prompts_asked.add(prompt)
        self.batches.append(batch_size)
        return np.array([[text.count(letter) for letter in self.letters] for text in texts], dtype=np.float64)

    def get_embedding_dimension(self) -> int:
        return len(self.letters)

    def tokenizer(self, texts: Sequence[str], **_: object) -> dict[str, list[list[int]]]:
        return {"input_ids": [[ord(letter) for letter in text] for text in texts]}
