"""What may have been meant by a query with a slip in it, in a made-up corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lookup_made_up import water

from align.document import Language
from search.corpus import Corpus
from search.lookup.spelling import spellings
from search.records import Filters

WORDS = dict.fromkeys(
    ("hydrological", "observation", "networks", "network", "hospitals", "vaccinate", "children", "the")
)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "corpus.sqlite") as opened:
        yield water(opened)


@pytest.mark.parametrize(
    ("query", "language", "meant"),
    [
        ("hydrologicla observaton networks", "en", "hydrological observation networks"),
        ("Vacinate children", "en", "vaccinate children"),
        ("水文观侧网络", "zh", "水文观测网络"),  # another character
        ("水文观网络", "zh", "水文观测网络"),  # one is missing
        ("水文观察测网络", "zh", "水文观测网络"),  # one too many
        ("水文觀測络网", "zh", "水文观测网络"),  # two in each other's place, others traditional
    ],
)
def test_a_slip_is_put_right_by_what_the_corpus_holds(
    corpus: Corpus, query: str, language: Language, meant: str
) -> None:
    assert spellings(query, language, corpus, WORDS, Filters())[:1] == (meant,)


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("hospitols", "en"),  # like a word that no text has
        ("hydrological observation", "en"),  # no slip
        ("tea", "en"),
        ("水文", "zh"),
        ("天气预报", "zh"),
        ("?!", "en"),
    ],
)
def test_nothing_is_suggested_that_the_corpus_does_not_hold(corpus: Corpus, query: str, language: Language) -> None:
    assert spellings(query, language, corpus, WORDS, Filters()) == ()


def test_what_the_filters_leave_out_is_not_suggested(corpus: Corpus) -> None:
    assert spellings("水文观侧网络", "zh", corpus, WORDS, Filters(symbol="A/77/1")) == ()
