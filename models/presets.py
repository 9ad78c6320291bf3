"""Models that are known by a short name: where they are, in which revision, and how they want to be asked.

Facts are those of the model cards and of the registry of MTEB (github.com/embeddings-benchmark/mteb); revisions are
commits of the model's repository at the hub. Alignment is symmetric, so both languages get the same prompt: the one
that each card gives for symmetric tasks or for finding translations.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

_E5 = "query: "  # the card of multilingual-e5: "query: " on both sides for symmetric tasks, bitext mining among them
_BITEXT = "Retrieve parallel sentences."  # the instruction for bitext mining in E5-instruct's and Qwen3's evaluation


@dataclass(frozen=True, slots=True)
class Preset:
    """A model at the hub under a short name.

    ``dimensions`` of its vectors; ``window`` is the longest text in tokens, 0 where there is no limit; ``megabytes``
    is the size of its weights. ``half`` is the precision that it bears on a GPU where half precision is asked for.
    ``code_repository`` is where its own program lies if it needs one, which runs only with the user's consent.
    """

    short: str
    hub: str
    revision: str
    dimensions: int
    window: int
    licence: str
    megabytes: int
    prompt: str = ""
    half: str = "float16"
    code_repository: str = ""
    code_revision: str = ""
    gated: bool = False


PRESETS = (
    Preset(
        "labse", "sentence-transformers/LaBSE", "e34fab64a3011d2176c99545a93d5cbddc9a91b7", 768, 256, "Apache-2.0", 1796
    ),
    Preset("bge-m3", "BAAI/bge-m3", "5617a9f61b028005a4858fdac845db406aefb181", 1024, 8192, "MIT", 2167),
    Preset(
        "e5-small",
        "intfloat/multilingual-e5-small",
        "fd1525a9fd15316a2d503bf26ab031a61d056e98",
        384,
        512,
        "MIT",
        449,
        _E5,
    ),
    Preset(
        "e5-base",
        "intfloat/multilingual-e5-base",
        "d13f1b27baf31030b7fd040960d60d909913633f",
        768,
        512,
        "MIT",
        1061,
        _E5,
    ),
    Preset(
        "e5-large",
        "intfloat/multilingual-e5-large",
        "ab10c1a7f42e74530fe7ae5be82e6d4f11a719eb",
        1024,
        512,
        "MIT",
        2136,
        _E5,
    ),
    Preset(
        "e5-large-instruct",
        "intfloat/multilingual-e5-large-instruct",
        "baa7be480a7de1539afce709c8f13f833a510e0a",
        1024,
        512,
        "MIT",
        1068,
        f"Instruct: {_BITEXT}\nQuery: ",
    ),
    Preset(
        "minilm",
        "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2",
        "bf3bf13ab40c3157080a7ab344c831b9ad18b5eb",
        384,
        128,
        "Apache-2.0",
        449,
    ),
    Preset(
        "distiluse",
        "sentence-transformers/distiluse-base-multilingual-cased-v2",
        "dad0fa1ee4fa6e982d3adbce87c73c02e6aee838",
        512,
        128,
        "Apache-2.0",
        514,
    ),
    Preset(
        "static-multilingual",
        "sentence-transformers/static-similarity-mrl-multilingual-v1",
        "7264ea07c5365a11d7e6d87dbb6195889a13054f",
        1024,
        0,
        "Apache-2.0",
        413,
    ),
    Preset(
        "gte",
        "Alibaba-NLP/gte-multilingual-base",
        "ca1791e0bcc104f6db161f27de1340241b13c5a4",
        768,
        8192,
        "Apache-2.0",
        582,
        code_repository="Alibaba-NLP/new-impl",
        code_revision="40ced75c3017eb27626c9d4ea981bde21a2662f4",
    ),
    Preset(
        "qwen3",
        "Qwen/Qwen3-Embedding-0.6B",
        "97b0c614be4d77ee51c0cef4e5f07c00f9eb65b3",
        1024,
        32768,
        "Apache-2.0",
        1136,
        f"Instruct: {_BITEXT}\nQuery:",
        half="bfloat16",
    ),
    Preset(
        "embeddinggemma",
        "google/embeddinggemma-300m",
        "57c266a740f537b4dc058e1b0cda161fd15afa75",
        768,
        2048,
        "Gemma",
        1155,
        "task: search result | query: ",  # the card's prompt for bitext mining
        half="bfloat16",  # its card: activations do not bear float16
        gated=True,
    ),
)
_BY_NAME = {name.casefold(): p for p in PRESETS for name in (p.short, p.hub, p.hub.rpartition("/")[2])}


def find_preset(name: str) -> Preset | None:
    """The preset of that short name or hub name, in upper or lower case; None where there is none."""
    return _BY_NAME.get(name.casefold())


def closest_preset(name: str) -> str:
    """The short name of the preset that looks most like ``name``; empty where none does."""
    found = get_close_matches(name.casefold().rpartition("/")[2], _BY_NAME, n=1, cutoff=0.6)
    return _BY_NAME[found[0]].short if found else ""
