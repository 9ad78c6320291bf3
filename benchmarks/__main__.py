"""``python -m benchmarks``: all of them, one after the other, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

ALL = (
    "retrieval",
    "encoding",
    "baselines",
    "calibration",
    "sentences",
    "speed",
    "book",
    "scale",
    "conflicts",
    "exchange",
    "planting",
    "replay",
    "browser",
)


def main() -> None:
    """Run what is named on the command line, or all."""
    chosen = sys.argv[1:] or list(ALL)
    unknown = [name for name in chosen if name not in ALL]
    if unknown:
        sys.exit(f"no benchmark is called {unknown[0]}: choose of {', '.join(ALL)}.")
    failed = []
    for name in chosen:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]).returncode:
            failed.append(name)
    if failed:
        sys.exit(f"not run to the end: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
