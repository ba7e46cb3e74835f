"""Imports of modules go one way, those for types alone and those inside functions included."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
Graph = Mapping[str, set[str]]


def modules(root: Path, package: str) -> dict[str, Path]:
    found = {}
    for path in (root / package).rglob("*.py"):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def import_graph(root: Path, package: str) -> Graph:
    """Return which modules each module imports, wherever in its text."""
    paths = modules(root, package)
    return {
        name: set(imports(ast.parse(path.read_text(encoding="utf-8")), paths)) - {name}
        for name, path in paths.items()
    }


def imports(tree: ast.AST, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            while name and name not in known:
                name = name.rpartition(".")[0]
            if name:
                yield name


def circles(graph: Graph) -> list[list[str]]:
    """Return a circle of each set of modules that import one another, however far."""
    found: list[list[str]] = []
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> None:
        if name in path:
            found.append([*path[path.index(name) :], name])
        elif name not in done:
            for other in sorted(graph[name]):
                visit(other, [*path, name])
            done.add(name)

    for name in sorted(graph):
        visit(name, [])
    return found


def test_no_module_imports_itself_through_others() -> None:
    assert [" -> ".join(circle) for circle in circles(import_graph(ROOT, "runner"))] == []


def test_imports_for_types_and_inside_functions_count(tmp_path: Path) -> None:
    package = tmp_path / "shop"
    package.mkdir()
    for name, text in {
        "__init__": "",
        "one": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.two import a\n",
        "two": "def a():\n    from shop import three\n",
        "three": "import shop.one\n",
    }.items():
        (package / f"{name}.py").write_text(text)
    assert circles(import_graph(tmp_path, "shop")) == [
        ["shop.one", "shop.two", "shop.three", "shop.one"]
    ]


def code_texts(tree: ast.AST) -> Iterator[str]:
    """Give the names and the texts of a module, its documentation left out."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in documentation:
                yield node.value
        elif isinstance(node, ast.Name | ast.Attribute):
            yield node.id if isinstance(node, ast.Name) else node.attr


KNOWS_DUCKDB = {
    # A target names its engine, and `runner debug` its version.
    "cli/debug.py",
    "definitions/project_file.py",
    "workspace/starter.py",
    # The built-in SQL of an engine is in the folder of its name.
    "compile/library.py",
    "compile/moved_templates.py",
}


def test_nothing_above_engine_knows_which_engine_runs() -> None:
    folder = ROOT / "runner"
    found = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if any("duckdb" in text.lower() for text in code_texts(ast.parse(path.read_text("utf-8"))))
    }
    assert {path for path in found if not path.startswith("engine/")} == KNOWS_DUCKDB
