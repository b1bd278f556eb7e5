"""The layout holds: imports run one way, package fronts only hand on, heavy libraries load late."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Whom each part may import, itself left out: ui.py, eval/ -> rag/ -> index/.
MAY_IMPORT = {
    "index": set(),
    "rag": {"index"},
    "eval": {"rag", "index"},
    "ui": {"eval", "rag", "index"},  # of eval the evaluators' page, of which nothing imports ui
}

# Each costs from a third of a second (langchain-core) to eight (sentence-transformers) to load,
# which an answer in milliseconds cannot pay. They are imported where they are used.
# The pages are made of Gradio's components; nothing loads them but the server when it starts.
PAGES = ROOT / "rag" / "web" / "pages"
HEAVY = ("torch", "transformers", "sentence_transformers", "gradio", "langchain", "langgraph")


def sources(part: str) -> list[Path]:
    """The Python files of a part of the program, those of the built index left out."""
    if part == "ui":
        return [ROOT / "ui.py"]
    return sorted(p for p in (ROOT / part).rglob("*.py") if "built" not in p.parts)


def imported(nodes: Iterator[ast.AST]) -> set[str]:
    """The dotted names of the modules that the nodes import, relative imports left out."""
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.add(node.module)
    return names


def run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when the module is loaded: no function bodies, no TYPE_CHECKING."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for other in child.orelse:
                yield other
                yield from run_at_import(other)
            continue
        yield child
        yield from run_at_import(child)


def is_heavy(module: str) -> bool:
    top = module.split(".")[0]
    return top in HEAVY or top.startswith("langchain_")


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_every_part_is_there(part: str) -> None:
    assert sources(part)
    assert all(path.is_file() for path in sources(part))


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_run_one_way(part: str) -> None:
    forbidden = MAY_IMPORT.keys() - MAY_IMPORT[part] - {part}
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(part)
        for name in imported(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        if name.split(".")[0] in forbidden | {"tests"}
    ]
    assert not wrong


@pytest.mark.parametrize("part", ["index", "rag"])
def test_heavy_libraries_are_not_imported_at_the_top(part: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(part)
        if PAGES not in path.parents
        for name in imported(run_at_import(ast.parse(path.read_text(encoding="utf-8"))))
        if is_heavy(name) or name.startswith("rag.web.pages")
    ]
    assert not wrong


def test_the_command_line_loads_nothing_heavy() -> None:
    """What the tree of imports cannot show: a light library that pulls in a heavy one."""
    code = "import sys, rag.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()
    assert "rag" in loaded
    assert not [name for name in loaded if is_heavy(name)]


@pytest.mark.parametrize("part", ["index", "rag", "eval"])
def test_package_fronts_define_nothing(part: str) -> None:
    """`__init__.py` holds a docstring, imports and `__all__`, nothing else."""
    wrong = []
    for path in sources(part):
        if path.name != "__init__.py":
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            names = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
            if not (docstring or names or isinstance(node, ast.Import | ast.ImportFrom)):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not wrong


def test_nothing_imports_the_name_eval() -> None:
    """`import eval` would shadow the builtin; `from eval.metrics import …` does not."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for part in MAY_IMPORT
        for path in sources(part)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import)
        and any(alias.name.split(".")[0] == "eval" and not alias.asname for alias in node.names)
    ]
    assert not wrong


def test_run_at_import_sees_what_loads_and_only_that() -> None:
    source = """
import torch
try:
    import gradio
except ImportError:
    pass
class C:
    import transformers
if TYPE_CHECKING:
    import langchain
else:
    import langchain_core
def f():
    import sentence_transformers
"""
    found = imported(run_at_import(ast.parse(source)))
    assert found == {"torch", "gradio", "transformers", "langchain_core"}
    assert is_heavy("langchain_core.documents")
    assert not is_heavy("torchlike")
