"""The project's own files, as the tests about the code read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return the files under version control that are there, sorted; without git all of them."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=False
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else _names_without_git()
    return tuple(sorted(ROOT / name for name in names if name and (ROOT / name).is_file()))


def _names_without_git() -> list[str]:
    folders = ("tracker", "migrations", "templates", "tests", ".ci")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    return [str(path.relative_to(ROOT)) for path in [*files, *ROOT.glob("*.*")]]


def tracked(folder: str, ending: str) -> list[Path]:
    """Return the tracked files below ``folder`` whose names end so."""
    return [
        path
        for path in tracked_files()
        if path.is_relative_to(ROOT / folder) and path.name.endswith(ending)
    ]


def name_of(path: Path) -> str:
    """Return a path as people write it, from the project's root."""
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports_of(path: Path) -> Iterator[str]:
    """Yield the full names of the modules that a Python file imports."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def calls_of(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the dotted name of each attribute that a Python file reads, with its line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node), node.lineno
