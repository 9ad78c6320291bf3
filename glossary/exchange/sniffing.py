"""Which format a glossary's file is in: by its content where that says it, else by its name."""

from __future__ import annotations

from pathlib import Path

from align.readers.limits import check_file
from glossary.errors import ExchangeError

_MAX_BYTES = 1_000_000_000
_BY_SUFFIX = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".utx": "utx", ".txt": "omegat", ".utf8": "omegat"}
_BY_SUFFIX |= {".tbx": "tbx", ".martif": "tbx", ".json": "json", ".xlsx": "xlsx", ".xml": "tbx"}
_REFUSED = {
    b"\xd0\xcf\x11\xe0": "this is an old .xls or .doc file, or one with a password; save it as .xlsx without one",
    b"%PDF": "this is a PDF; export the glossary as TBX, CSV or .xlsx",
}


def sniff_format(path: Path) -> str:
    """The name of the format; raises ExchangeError for a file that holds no glossary, as far as its beginning says."""
    check_file(path, _MAX_BYTES)
    try:
        with path.open("rb") as file:
            head = file.read(8192)
    except OSError as error:
        raise ExchangeError(f"{path.name}: the file cannot be read ({error.strerror}).") from None
    for magic, sentence in _REFUSED.items():
        if head.startswith(magic):
            raise ExchangeError(f"{path.name}: {sentence}.")
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    text = head.replace(b"\0", b"").decode("utf-8", "ignore").lstrip("\ufeff\xff\xfe \r\n\t")
    if text.startswith("<"):
        return "tbx"
    if text[:1] == "{":
        return "json"
    if text[:8].casefold().startswith("#utx"):
        return "utx"
    suffix = path.suffix.lower()
    return _BY_SUFFIX.get(suffix, "csv") if suffix != ".xlsx" else "csv"
