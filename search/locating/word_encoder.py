"""The model that compares words one by one, whichever model compares texts."""

from __future__ import annotations

from models.encoder import Encoder, WordEncoder


def word_encoder(encoder: Encoder) -> WordEncoder:
    """The encoder where it can compare words one by one, else the embedded model."""
    if isinstance(encoder, WordEncoder):
        return encoder
    from models import load_embedded

    return load_embedded()
