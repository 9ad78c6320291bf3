"""The embedded model against a transformer of LaBSE's shape in the same aligner: ``python -m benchmarks.speed``.

The transformer has BERT base's 12 layers, 768 dimensions and 12 heads, and random weights, since only its time is
asked for; its vocabulary is small, which spares it nothing but the look-up of rows, and a piece is a Chinese
character or four letters of a Latin word, about as long as LaBSE's own pieces are. Both encode the same
texts and all overlaps that the lattice asks for; the rest of the aligner is the same code. Documents are the shortest
of ../shared/un/gold, or the bundled sample where that is not there. For the whole set the transformer would need
hours: its time there is reckoned from its pace on the short ones, in characters a second.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from align.aligner import Aligner
from align.evaluate import lines, read_gold_folder
from align.side import MAX_SPAN
from benchmarks.texts import SHARED
from models import load_embedded
from models.encoder import Encoder, Vectors
from models.transformer import TransformerEncoder

SAMPLES = Path(__file__).parents[1] / "samples"
DOCUMENTS = 2  # the transformer needs about a minute for each
ROUNDS = 5  # of the embedded model, whose median is taken
TARGET = 100

Document = tuple[str, list[str], list[str]]  # name, Chinese units, English units


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that one document takes: with the embedded model, of these to encode, and with the transformer."""

    name: str
    units: int
    embedded: float
    encoding: float
    transformer: float
    transformer_encoding: float

    @property
    def ratio(self) -> float:
        """How many times faster the embedded model is."""
        return self.transformer / self.embedded


class Stopwatch:
    """An encoder that keeps the time spent in it; it hides that it knows words, so that both take the same way."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.seconds = encoder, 0.0

    @property
    def name(self) -> str:
        """The encoder's own."""
        return self.encoder.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As the encoder."""
        start = time.perf_counter()
        found = self.encoder.encode(texts)
        self.seconds += time.perf_counter() - start
        return found

    def spans(self, texts: Sequence[str], longest: int) -> list[Vectors]:
        """As the encoder."""
        start = time.perf_counter()
        found = self.encoder.spans(texts, longest)
        self.seconds += time.perf_counter() - start
        return found


def documents() -> list[Document]:
    """The shortest real documents of some length, or the sample."""
    if not SHARED.is_dir():
        return [("sample", lines(SAMPLES / "resolution.zh.txt"), lines(SAMPLES / "resolution.en.txt"))]
    gold = sorted(read_gold_folder(SHARED / "un" / "gold"), key=lambda one: len(one.zh) + len(one.en))
    long_enough = [one for one in gold if len(one.zh) + len(one.en) >= 60]
    return [(one.name, list(one.zh), list(one.en)) for one in long_enough[:DOCUMENTS]]


def random_transformer(folder: Path, texts: Sequence[str]) -> TransformerEncoder:
    """A BERT of LaBSE's shape with random weights, with a vocabulary of four-letter pieces of ``texts``."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel

    tokenizer = word_pieces(texts)
    BertModel(BertConfig(vocab_size=len(tokenizer))).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    model = SentenceTransformer(modules=[Transformer(str(folder)), Pooling(768)], device="cpu")
    return TransformerEncoder(model, "LaBSE-shaped, random weights")


def word_pieces(texts: Sequence[str]) -> Any:
    """BERT's way of cutting words, with the pieces of four letters and the Chinese characters of ``texts``."""
    import regex
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import BertProcessing
    from transformers import PreTrainedTokenizerFast

    special = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
    pieces = dict.fromkeys(special)
    for text in texts:
        for word in regex.findall(r"\p{Han}|[^\s\p{Han}]+", text.lower()):
            for part in regex.findall(r"\w+|\W", word):
                pieces |= dict.fromkeys(("##" if k else "") + part[k : k + 4] for k in range(0, len(part), 4))
    numbers = {piece: k for k, piece in enumerate(pieces)}
    tokenizer = Tokenizer(WordPiece(numbers, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = BertNormalizer(strip_accents=False), BertPreTokenizer()
    tokenizer.post_processor = BertProcessing(("[SEP]", numbers["[SEP]"]), ("[CLS]", numbers["[CLS]"]))
    names = ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token")
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=256, **dict(zip(names, special, strict=True))
    )


def timed(aligner: Aligner, document: Document) -> tuple[float, float]:
    """Seconds to align a document, and of these to encode it."""
    watch = Stopwatch(aligner.encoder)
    _, zh, en = document
    start = time.perf_counter()
    Aligner(watch, aligner.words, aligner.scorer, aligner.calibration).align(zh, en)
    return time.perf_counter() - start, watch.seconds


def compare(document: Document, embedded: Aligner, transformer: Aligner) -> Timing:
    """Both models over one document, the fast one several times."""
    rounds = [timed(embedded, document) for _ in range(ROUNDS)]
    seconds, encoding = (statistics.median(column) for column in zip(*rounds, strict=True))
    slow, slow_encoding = timed(transformer, document)
    return Timing(document[0], len(document[1]) + len(document[2]), seconds, encoding, slow, slow_encoding)


def characters(document: Document) -> int:
    """Of all texts that a transformer is asked to encode: the units and their overlaps."""
    return sum(
        sum(len(text) for text in units[k : k + a])
        for units in document[1:]
        for a in range(1, MAX_SPAN + 1)
        for k in range(len(units) - a + 1)
    )


def whole_set(embedded: Aligner, pace: float) -> None:
    """Print the time of all gold documents together, the transformer's at ``pace`` seconds a character."""
    gold = read_gold_folder(SHARED / "un" / "gold")
    everything = [(one.name, list(one.zh), list(one.en)) for one in gold]
    seconds, encoding = (sum(column) for column in zip(*(timed(embedded, one) for one in everything), strict=True))
    slow_encoding = pace * sum(characters(one) for one in everything)
    slow = slow_encoding + seconds - encoding
    print(
        f"{f'all {len(gold)}, transformer reckoned':34} {sum(len(a) + len(b) for _, a, b in everything):5} "
        f"{seconds:9.3f}s {encoding:8.4f}s {slow:11.0f}s {slow_encoding:8.0f}s {slow / seconds:6.0f}×"
    )


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(description="Embedded model against a LaBSE-shaped transformer.").parse_args()
    chosen = documents()
    embedded = Aligner.make(load_embedded())
    embedded.align(["一"], ["one"])  # compiles the loops
    print(f"{'':34} {'units':>5} {'embedded':>10} {'encoding':>9} {'transformer':>12} {'encoding':>9} {'ratio':>7}")
    timings = []
    with tempfile.TemporaryDirectory() as folder:
        texts = [text for _, zh, en in chosen for text in [*zh, *en]]
        transformer = Aligner.make(random_transformer(Path(folder), texts))
        for document in chosen:
            t = compare(document, embedded, transformer)
            timings.append(t)
            print(
                f"{t.name[:34]:34} {t.units:5} {t.embedded:9.3f}s {t.encoding:8.4f}s "
                f"{t.transformer:11.1f}s {t.transformer_encoding:8.1f}s {t.ratio:6.0f}×",
                flush=True,
            )
    if SHARED.is_dir():
        whole_set(embedded, sum(t.transformer_encoding for t in timings) / sum(characters(one) for one in chosen))
    ratio = statistics.median(t.ratio for t in timings)
    encoding = statistics.median(t.transformer_encoding / t.encoding for t in timings)
    print(f"median of those measured: {ratio:.0f} times faster, encoding alone {encoding:,.0f} times")
    print(f"{'at least' if ratio >= TARGET else 'below'} the target of {TARGET}")


if __name__ == "__main__":
    main()
