"""Whether a model is one of sentences, told from its configuration before its weights are read."""

from __future__ import annotations

from pathlib import Path

import regex

from models.errors import ModelError
from models.folder import read_json

_WAY_OUT = "name an embedding model, such as labse or bge-m3."
_OTHER_ENCODERS = {
    "CrossEncoder": "compares two texts and gives no vector of one",
    "SparseEncoder": "gives sparse vectors, which cannot be compared with dense ones",
    "MultiVectorEncoder": "gives a vector a word and none of the whole text",
}
_JUDGES = regex.compile(r"For(?:Sequence|Token)Classification|ForQuestionAnswering|ForMultipleChoice")
_NOT_TEXT = regex.compile(r"Image|Vision|ViT|Speech|Audio|CTC|Wav2Vec|Whisper|Segmentation|Detection|Depth|Video")


def check_kind(folder: Path, name: str) -> str:
    """What the user should know of the model in ``folder``, or nothing; raises ModelError where it is no such model."""
    made_as = str(read_json(folder / "config_sentence_transformers.json").get("model_type", ""))
    if made_as in _OTHER_ENCODERS:
        raise ModelError(f"model {name} is a {made_as}, which {_OTHER_ENCODERS[made_as]}: {_WAY_OUT}")
    modules = read_json(folder / "modules.json").get("", [])
    if any("sparse_encoder" in str(module.get("type")) for module in modules):
        raise ModelError(f"model {name} is a SparseEncoder, which {_OTHER_ENCODERS['SparseEncoder']}: {_WAY_OUT}")
    if modules:
        return ""
    classes = read_json(folder / "config.json").get("architectures")
    built_as = " ".join(map(str, classes)) if isinstance(classes, list) else ""
    if _JUDGES.search(built_as):
        raise ModelError(
            f"model {name} ({built_as}) is a classifier or reranker, which judges texts and gives no vectors: "
            f"{_WAY_OUT}"
        )
    if _NOT_TEXT.search(built_as):
        raise ModelError(f"model {name} ({built_as}) is not for text: {_WAY_OUT}")
    guess = "last word's vector" if "ForCausalLM" in built_as else "mean of its words' vectors"
    return (
        f"model {name} does not say how to make one vector of a text, so the {guess} is taken: "
        "a model made for sentences will do better."
    )
