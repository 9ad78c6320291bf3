"""The command line as its tests call it: in this process, or as a program of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from cli.main import app

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"

CHINESE = "大会决定继续处理此案，并请秘书长向大会下届会议报告本决议的执行情况。\n\n各国应当加强合作，交流信息。\n"
ENGLISH = (
    "The Assembly decides to remain seized of the matter, and requests the Secretary-General to report to it on "
    "the implementation of this resolution.\n\nStates should cooperate and share information with one another.\n"
)
GERMAN = (
    "Die Versammlung beschließt, mit der Angelegenheit befasst zu bleiben, und ersucht den Generalsekretär, ihr auf "
    "der nächsten Tagung über die Durchführung dieser Resolution Bericht zu erstatten. Die Staaten sollen miteinander "
    "zusammenarbeiten und Informationen austauschen, damit niemand mehr gefährdet ist, weil eine Behörde schweigt.\n"
)


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str


def duizhao(*arguments: object) -> Outcome:
    """Run a command in this process; an exception that it does not expect comes through."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def program(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Run ``duizhao`` as a program of its own."""
    command = [sys.executable, "-c", "from cli.main import run; run()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd=ROOT, timeout=300, **options)


def written(folder: Path, **texts: str | bytes) -> list[Path]:
    """Write files; the name ``zh_txt`` stands for zh.txt."""
    paths = []
    for name, text in texts.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        paths.append(path)
    return paths
