"""The folder of a static model: int8 rows that sentence-transformers, model2vec and NumPy all read alike.

And the reading of what stands in any model's folder beside its weights.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors

FILES = frozenset({"README.md", "config.json", "model.safetensors", "modules.json", "tokenizer.json"})

_LEVELS = 127  # of int8, on either side of zero
# The layout of model2vec, which sentence-transformers reads as a StaticEmbedding followed by Normalize.
_MODULES = [
    {"idx": 0, "name": "0", "path": ".", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def write_static_model(folder: Path, tokenizer: Any, table: Vectors, name: str, **settings: Any) -> None:
    """Write the vectors (vocabulary, d) of ``tokenizer``'s tokens into ``folder``, a byte a number.

    ``settings`` are kept in config.json beside the name. Raises OSError where the folder takes no files.
    """
    from safetensors.numpy import save_file

    rows, scales = quantise(table)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    save_file({"embeddings": rows, "weights": scales}, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)  # safetensors keeps it from all others
    config = {
        "name": name,
        "model_type": "model2vec",
        "architectures": ["StaticModel"],
        "hidden_dim": table.shape[1],
        "embedding_dtype": "int8",
        "normalize": True,
        **settings,
    }
    _write_json(folder / "config.json", config)
    _write_json(folder / "modules.json", _MODULES)


def quantise(table: Vectors) -> tuple[npt.NDArray[np.int8], Vectors]:
    """Each row of (vocabulary, d) as int8 and the factor, (vocabulary,), that gives the row back to one part in 254."""
    scales = np.abs(table).max(axis=1, initial=0.0) / np.float32(_LEVELS)
    rows = np.divide(table, scales[:, None], out=np.zeros_like(table), where=scales[:, None] > 0)
    return np.rint(rows).astype(np.int8), scales.astype(np.float32)


def read_json(file: Path) -> dict[str, Any]:
    """A JSON object, or an array under the key ""; empty where the file is absent or no JSON, which loading reports."""
    try:
        found = json.loads(file.read_text(encoding="utf8"))
    except (OSError, ValueError, RecursionError):  # the last of thousands of brackets
        return {}
    if isinstance(found, list):
        return {"": [item for item in found if isinstance(item, dict)]}
    return found if isinstance(found, dict) else {}


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
