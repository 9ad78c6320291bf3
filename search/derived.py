"""Where files lie that are made from a corpus and can be made anew: its vectors, what it says of its words."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import regex

from models.settings import cache_folder
from search.corpus import Corpus
from search.database import default_file


def folder_of(corpus: Corpus) -> Path:
    """Beside the database's file; where that is on a server, beside where the default file would be.

    In the cache where nothing can be written beside the file (a CD, a share).
    """
    if not corpus.database.is_sqlite:
        return default_file().with_name("derived") / corpus.name
    file = Path(corpus.place)
    if not os.access(file.parent, os.W_OK):
        return cache_folder() / "derived" / corpus.name
    return file.with_name(f"{file.name.removesuffix('.sqlite')}.derived")


def name_of(model: str) -> str:
    """A name of a folder for what a model made: readable, and different for different models."""
    readable = regex.sub(r"[^\w.-]+", "-", model)[:40].strip("-.")
    return f"{readable}-{hashlib.sha256(model.encode('utf8', 'surrogatepass')).hexdigest()[:8]}"


def words_of(corpus: Corpus, model: str) -> Path:
    """The folder of what a corpus says of its words, for a model."""
    return folder_of(corpus) / name_of(model) / "words"


def forget_words(corpus: Corpus, model: str) -> None:
    """Remove it, so that it is learnt anew when it is next needed."""
    shutil.rmtree(words_of(corpus, model), ignore_errors=True)
