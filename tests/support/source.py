"""The source as data: its files, what they import, and how long they are."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("hotline", "dialogs", "webhooks", "panel", "bot")
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file of the repository."""

    path: Path

    @property
    def name(self) -> str:
        """Its dotted name; a package has its own, without __init__."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    @cached_property
    def text(self) -> str:
        """The source."""
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        """The source, parsed."""
        return ast.parse(self.text)

    @property
    def imports(self) -> set[str]:
        """Everything it imports, anywhere in it, as full dotted names ("hotline.store.tables.Outbox" for a name out of a module)."""
        return set(_imported(ast.walk(self.tree)))

    @property
    def imports_at_load(self) -> set[str]:
        """What it imports when it is imported itself: not inside functions, nor for type checking only."""
        return set(_imported(_at_load(self.tree.body)))

    @property
    def imports_for_types(self) -> set[str]:
        """What it imports for type checking only."""
        return set(_imported(inner for node in ast.walk(self.tree) if _for_types(node) for inner in ast.walk(node)))

    @property
    def third_party(self) -> set[str]:
        """Top-level names from outside this repository and the standard library."""
        return {
            top
            for name in self.imports
            if (top := name.split(".")[0]) not in {*sys.stdlib_module_names, *PACKAGES, "tests", "tools", "bench"}
        }

    @property
    def functions(self) -> list[tuple[str, int]]:
        """Each function and method with its number of lines, its docstring apart."""
        return [(node.name, _length(node)) for node in ast.walk(self.tree) if isinstance(node, _Function)]


def modules(*folders: str) -> list[Module]:
    """All Python files below these folders of the repository."""
    return [Module(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def within(name: str, *scopes: str) -> bool:
    """Whether a dotted name is one of these or lies inside one."""
    return any(name == scope or name.startswith(scope + ".") for scope in scopes)


def committed() -> list[Path]:
    """Every file that git holds and the work tree still has."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def _imported(nodes: Iterator[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports are not used"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _at_load(body: list[ast.stmt]) -> Iterator[ast.AST]:
    for statement in body:
        if isinstance(statement, _Function) or _for_types(statement):
            continue
        yield statement
        yield from _at_load([child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.stmt)])


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def _length(node: _Function) -> int:
    documented = ast.get_docstring(node) is not None
    docstring = (node.body[0].end_lineno or 0) - node.body[0].lineno + 1 if documented else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring
