"""LibreOffice as the tests run it, headless and with a profile of its own; ``install_libreoffice.sh`` installs it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SECONDS = 180  # its first start makes a profile


def convert(path: Path, to: str) -> Path:
    """Open a file and save it in a format, in a folder beside it; skips the test, or fails it in CI, without it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        reason = "LibreOffice is not installed: run tests/install_libreoffice.sh"
        if os.environ.get("DUIZHAO_REQUIRE_SHARED") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    folder = path.parent / "converted"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(path)]
    subprocess.run(command, cwd=path.parent, check=True, capture_output=True, timeout=SECONDS)
    return folder / path.with_suffix(f".{to.partition(':')[0]}").name
