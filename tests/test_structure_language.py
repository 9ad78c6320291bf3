"""Which language and script a text is in."""

from __future__ import annotations

import pytest

from align.language import Detected, detect


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("大会回顾其决议，并决定点灯。", Detected("zh", "Hans")),
        ("大會回顧其決議，並決定點燈。", Detected("zh", "Hant")),
        ("灯火", Detected("zh", "Hans")),
        ("台灣的後天", Detected("zh", "Hant")),
        ("见 A/RES/73/11 和 COVID-19 的相关文件，并作决定。", Detected("zh", "Hans")),
        ("The General Assembly recalls its resolution.", Detected("en", "Latn")),
        (
            "The word 灯 means a lamp, and it is used in the titles of many books on lighthouses.",
            Detected("en", "Latn"),
        ),
        ("大会决定点灯。 The Assembly decides to light lamps.", Detected(None, "")),
        ("ランプをともすことを決定する。", Detected(None, "")),
        ("Генеральная Ассамблея постановляет.", Detected(None, "")),
        ("12345 --- 67890", Detected(None, "")),
        ("", Detected(None, "")),
        ("L’Assemblée générale rappelle ses résolutions et décide de lampes. " * 8, Detected(None, "")),
    ],
)
def test_language_and_script_are_told_from_the_characters(text: str, found: Detected):
    assert detect(text) == found
