"""Starting is quick, because what is slow to load waits until it is needed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from commands import ROOT, SAMPLES

HEAVY = {"torch", "faiss", "streamlit", "pandas", "numba", "opencc", "sentence_transformers", "altair", "scipy"}
SCRIPT = """
import json, sys
from cli.main import app
app(json.loads(sys.argv[1]), standalone_mode=False)
print("|" + json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def loaded(*arguments: str) -> set[str]:
    """The top-level modules that a command leaves loaded."""
    command = [sys.executable, "-c", SCRIPT, json.dumps(arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    return set(json.loads(done.stdout.rpartition("|")[2]))


@pytest.mark.parametrize("arguments", [["--help"], ["align", "--help"], ["version"], ["formats"]])
def test_help_and_the_like_load_nothing_heavy_and_no_reader(arguments: list[str]) -> None:
    assert loaded(*arguments) & (HEAVY | {"lxml", "docx", "openpyxl", "pypdfium2", "tokenizers"}) == set()


def test_reading_a_document_loads_no_model() -> None:
    kept_for_script = {"opencc"}  # tells simplified from traditional characters
    assert loaded("read", str(SAMPLES / "resolution.zh.docx")) & (HEAVY | {"tokenizers"}) <= kept_for_script


def test_aligning_with_the_embedded_model_needs_no_torch() -> None:
    zh, en = SAMPLES / "resolution.zh.txt", SAMPLES / "resolution.en.txt"
    unneeded = {"torch", "sentence_transformers", "transformers", "streamlit", "pandas", "altair"}
    assert loaded("align", str(zh), str(en)) & unneeded == set()


def test_aligning_works_where_no_folder_takes_the_compiled_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_LOCATOR_CLASSES", "UserProvidedCacheLocator")  # and none is provided
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    assert "numba" in loaded("align", str(SAMPLES / "resolution.zh.txt"), str(SAMPLES / "resolution.en.txt"))
