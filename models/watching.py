"""How a model that takes its time tells whoever waits for it; nothing here knows of a terminal."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass


def _log(text: str) -> None:
    logging.getLogger("duizhao").warning(text)


@dataclass(frozen=True, slots=True)
class Watch:
    """``note`` takes a sentence that the user should read; ``progress`` how many of how many texts are encoded."""

    note: Callable[[str], None] = _log
    progress: Callable[[int, int], None] | None = None
