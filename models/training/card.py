"""The model card: what the model is, what it was made from and how well it does, written by the run itself."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from models.training.data import Corpus
from models.training.objective import Settings

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

_CARD = """# {name}

The model that comes with duizhao: a text is the sum of its tokens' vectors. {vocabulary:,} tokens (byte-pair encoding
over NFKC, lower-case runs of Han, Latin or digits) × {dimensions} dimensions, half precision. Written by
`python -m models.train ../shared`; data {data}, settings {settings}.

## How well it finds translations

P@1 on sets that nothing was trained on:

| set | pairs | zh→en | en→zh | margin zh→en | margin en→zh |
|---|---|---|---|---|---|
{scores}

## Training

Symmetric InfoNCE over batches of {batch:,} pairs in which {neighbours} neighbouring pairs stay together, so that the
next paragraph is among the negatives; equal texts are not set against each other. SparseAdam {rate} falling to 0,
inverse temperature {scale:g}, {epochs} epochs, seed {seed}. A quarter of the batches is in traditional script (OpenCC).

{pairs:,} pairs. Removed before: {removed}.

| source | pairs |
|---|---|
{sources}

Licences as stated at the source:

{licences}

## Known weaknesses

Word order is not seen ("A thanks B" and "B thanks A" are one), nor does negation weigh more than other words. Numbers
are tokens like others: two sentences that differ in one figure are nearly the same to it, which is why the aligner
compares figures apart. Personal names in transcription are mostly unknown to it.
"""


def write_card(folder: Path, corpus: Corpus, settings: Settings, scores: dict[str, dict[str, float]]) -> None:
    """Write README.md into the model folder."""
    config = json.loads((folder / "config.json").read_text(encoding="utf8"))
    counts = Counter(pair.source for pair in corpus.pairs)
    text = _CARD.format(
        name=config["name"],
        data=corpus.digest,
        settings=hashlib.blake2b(repr(asdict(settings)).encode(), digest_size=4).hexdigest(),
        scores="\n".join(_row(name, values) for name, values in scores.items()),
        pairs=len(corpus.pairs),
        removed=", ".join(f"{count:,} {reason}" for reason, count in corpus.removed.items()),
        sources="\n".join(f"| {source} | {count:,} |" for source, count in counts.most_common()),
        licences="\n".join(f"- {licence}: {sources}" for licence, sources in LICENCES.items()),
        **asdict(settings),
    )
    (folder / "README.md").write_text(text, encoding="utf8")


def _row(name: str, values: dict[str, float]) -> str:
    cells = [f"{values['pairs']:,.0f}", *(f"{value:.3f}" for key, value in values.items() if key != "pairs")]
    return f"| {name} | {' | '.join(cells)} |"
