"""What goes wrong, said plainly: one line on standard error and an exit code, no traceback for what users cause."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from align.errors import DuizhaoError
from cli.terminal import note

USAGE_ERROR = 2
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
PIPE_CLOSED = 141  # 128 + SIGPIPE


class PoliteGroup(TyperGroup):
    """The commands, with the errors that users cause turned into sentences. All others come through as they are."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except DuizhaoError as error:
            _fail(str(error), USAGE_ERROR)
        except KeyboardInterrupt:
            _fail("stopped; nothing was written.", INTERRUPTED)
        except MemoryError:
            _fail("there is not enough memory for this; close other programs or divide the documents.", USAGE_ERROR)
        except BrokenPipeError:
            # Whoever read our output has seen enough. What is still buffered must not be flushed into the
            # closed pipe when Python ends, which would print a complaint.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(PIPE_CLOSED) from None


def _fail(sentence: str, code: int) -> None:
    note(f"duizhao: {sentence}")
    raise typer.Exit(code)
