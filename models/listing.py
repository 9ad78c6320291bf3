"""What models there are: the embedded one, the presets, the user's own, and which of them is in use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.choice import EMBEDDED_NAME, Choice, choose
from models.errors import ModelError
from models.hub import find_snapshot
from models.presets import PRESETS, Preset
from models.settings import Settings

_MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model as users see it. ``place`` is a hub name or folder; ``window`` is in tokens, 0 without limit.

    ``dimensions`` and ``megabytes`` are None where only loading would tell. ``needs`` is what it asks of the user.
    """

    name: str
    place: str
    revision: str
    dimensions: int | None
    window: int | None
    licence: str
    megabytes: int | None
    installed: bool
    current: bool
    needs: str


def list_models(settings: Settings) -> tuple[ListedModel, ...]:
    """The embedded model, all presets, and the one that the settings name if it is none of them."""
    try:
        chosen = choose("", settings)
    except ModelError:  # every other command says so; this one shows the way out
        chosen = Choice(settings.model, "hub")
    rows = [_embedded(chosen), *(_preset(preset, chosen) for preset in PRESETS)]
    return (*rows, *(() if any(row.current for row in rows) else (_other(chosen),)))


def _embedded(chosen: Choice) -> ListedModel:
    from models import EMBEDDED, load_embedded

    model = load_embedded()
    return ListedModel(
        name=EMBEDDED_NAME,
        place=model.name.partition("@")[0],
        revision=model.name.partition("@")[2],
        dimensions=model.token_vectors().shape[1],
        window=0,
        licence="see its card",  # its training data have many
        megabytes=_size(EMBEDDED),
        installed=True,
        current=chosen.kind == "embedded",
        needs="",
    )


def _preset(preset: Preset, chosen: Choice) -> ListedModel:
    needs = "your consent to its own program" if preset.code_repository else ""
    return ListedModel(
        name=preset.short,
        place=preset.hub,
        revision=preset.revision,
        dimensions=preset.dimensions,
        window=preset.window,
        licence=preset.licence,
        megabytes=preset.megabytes,
        installed=find_snapshot(preset.hub, preset.revision) is not None,
        current=chosen.preset is preset,
        needs="its licence accepted at the hub" if preset.gated else needs,
    )


def _other(chosen: Choice) -> ListedModel:
    folder = _folder(chosen)
    return ListedModel(
        name=chosen.name,
        place=chosen.place,
        revision=chosen.revision,
        dimensions=None,
        window=None,
        licence="see its card",
        megabytes=_size(folder) if folder else None,
        installed=folder is not None,
        current=True,
        needs="" if chosen.place else "another name: this one means no model",
    )


def _folder(chosen: Choice) -> Path | None:
    """Where it lies on this machine, if it does."""
    if not chosen.place:
        return None
    return find_snapshot(chosen.place, chosen.revision) if chosen.kind == "hub" else Path(chosen.place)


def _size(folder: Path) -> int:
    return round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / _MEBIBYTE)
