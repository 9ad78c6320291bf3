"""The rooms keep their order, what is slow stays lazy, and the page on architecture tells the truth."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import ROOT

ORDER = ("models", "align", "search", "glossary", "ui", "cli")  # each may import those before it
ROOMS = [room for room in ORDER if (ROOT / room).is_dir()]
HEAVY = {"torch", "sentence_transformers", "faiss", "streamlit", "pandas", "numba", "opencc", "altair"}
# Runs inside streamlit; compiled by numba and imported lazily.
MAY_BE_HEAVY = {"app.py", "align/lattice_kernels.py", "search/locating/kernels.py"}
# What makes the weights that the program ships with, and is no part of it.
APART = ("models.training", "models.train", "align.fitting", "search.fitting", "glossary.extraction.fitting")
TUNING = ("cli/models_compare.py", "models.training.tuning")  # the one command that trains, when it is called
OUTSIDE = {"tests", "benchmarks", "samples", "docs", "app"}
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def sources() -> list[str]:
    """Every module of the program, as a path from the root."""
    found = [path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return sorted([*found, "app.py"])


def name_of(source: str) -> str:
    return source.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports(source: str, at_start_only: bool = False) -> Iterator[str]:
    """The modules that a source imports, by their full names; at start only, those that importing it imports."""
    tree = ast.parse((ROOT / source).read_text("utf-8"))
    package = name_of(source) if source.endswith("__init__.py") else name_of(source).rpartition(".")[0]
    for node in started(tree) if at_start_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def started(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when a module is imported: no function bodies, nothing for the type checker alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from started(node)


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_itself_and_the_rooms_before_it(room: str) -> None:
    forbidden = {*ORDER[ORDER.index(room) + 1 :], *OUTSIDE}
    found = {
        (source, module)
        for source in sources()
        if source.startswith(f"{room}/")
        for module in imports(source)
        if module.split(".")[0] in forbidden
    }
    assert found == set()


def test_the_app_imports_neither_the_command_line_nor_what_is_no_part_of_the_program() -> None:
    assert {module for module in imports("app.py") if module.split(".")[0] in {"cli", *OUTSIDE}} == set()


def test_what_makes_the_weights_is_imported_only_by_the_command_that_tunes_them() -> None:
    found = {
        (source, module)
        for source in sources()
        if not any(within(name_of(source), apart) for apart in APART)
        for module in imports(source)
        if any(within(module, apart) for apart in APART)
    }
    assert {(source, module.removesuffix(".tune")) for source, module in found} == {TUNING}
    assert "models.training.tuning" not in set(imports(TUNING[0], at_start_only=True))


def test_what_is_slow_to_load_is_imported_inside_functions() -> None:
    found = {
        (source, module)
        for source in sources()
        if source not in MAY_BE_HEAVY and not source.startswith("models/training/")
        for module in imports(source, at_start_only=True)
        if module.split(".")[0] in HEAVY
    }
    assert found == set()


def test_the_compiled_loops_are_imported_only_by_the_lattice_and_only_inside_functions() -> None:
    kernels = "align.lattice_kernels"
    assert {source for source in sources() if kernels in set(imports(source))} == {"align/lattice.py"}
    assert kernels not in set(imports("align/lattice.py", at_start_only=True))


def test_the_page_names_every_module_of_the_first_two_levels_and_nothing_that_is_not_there() -> None:
    named = set(re.findall(r"`((?:\w+/)+(?:\w+\.(?:py|json))?|\w+\.py)`", PAGE))
    modules = {source for source in sources() if source.count("/") < 2 and not source.endswith("__init__.py")}
    packages = {f"{Path(source).parent.as_posix()}/" for source in sources() if source.endswith("__init__.py")}
    inner = {package for package in packages if package.count("/") == 2}
    assert (modules | inner) - named == set()
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_page_names_every_room() -> None:
    assert [room for room in ROOMS if f"`{room}`" not in PAGE and f"## {room}:" not in PAGE] == []
