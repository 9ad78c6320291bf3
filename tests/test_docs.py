"""What is written for users is true: commands run, options are told, pictures and links are there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from commands import ROOT

from align.document import Kind
from align.table import BeadKind
from align.writers import FORMATS
from cli.main import app

README = (ROOT / "README.md").read_text("utf-8")
FORMATS_PAGE = (ROOT / "docs" / "formats.md").read_text("utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def leaves(command: object, name: str) -> Iterator[tuple[str, object]]:
    """Every command that does something, with its full name."""
    inner = getattr(command, "commands", {})
    if not inner:
        yield name, command
    for word, below in inner.items():
        yield from leaves(below, f"{name} {word}")


COMMANDS = dict(leaves(typer.main.get_command(app), "duizhao"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_told_in_the_readme(name: str) -> None:
    rows = [line for line in README.splitlines() if line.startswith(f"| `{name}") and name in line]
    assert len(rows) == 1
    options = [option for param in COMMANDS[name].params for option in param.opts if option.startswith("-")]  # type: ignore[attr-defined]
    assert [option for option in options if option != "--help" and f"`{option}" not in rows[0]] == []


def test_the_readme_tells_of_no_command_that_is_not_there() -> None:
    told = set(re.findall(r"^\| `(duizhao(?: [a-z]+)+)", README, re.MULTILINE))
    assert told == set(COMMANDS)


def test_the_commands_of_the_readme_run(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("duizhao ")]
    assert len(lines) == 9
    tools = tmp_path / "tools"
    tools.mkdir()
    program = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c "from cli.main import run; run()" "$@"\n'
    (tools / "duizhao").write_text(program)
    (tools / "duizhao").chmod(0o755)
    settings = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    for line in lines:
        done = subprocess.run(["sh", "-c", line], cwd=tmp_path, env=settings, capture_output=True, check=False)
        assert (line, done.returncode) == (line, 0), done.stderr.decode()
    assert {path.name for path in tmp_path.iterdir()} - {"my.sqlite-shm", "my.sqlite-wal"} == {
        "samples",
        "tools",
        "my.sqlite",
        "my.derived",
        "resolution.tmx",
        "pair.html",
        "sentences.tsv",
        "resolution.zh.json",
    }


def test_every_make_target_that_is_told_of_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = {target for page in PAGES for target in re.findall(r"(?:^    |`)make (\w+)", page.read_text("utf-8"), re.M)}
    assert told - targets == set()
    assert {"demo", "app", "test"} <= told


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_format_kind_and_extension_is_explained() -> None:
    explained = set(re.findall(r"[\w.-]+", FORMATS_PAGE))
    names = {*FORMATS, *(extension for format_ in FORMATS.values() for extension in format_.extensions)}
    assert {*names, *Kind, *BeadKind} - explained == set()


def test_nothing_for_users_names_a_machine() -> None:
    for page in PAGES:
        assert re.findall(r"(?:/root|/tmp|/work|/home)/\S*", page.read_text("utf-8")) == []
