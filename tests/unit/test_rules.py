"""The rules that comments and docstrings name by a code, and `docs/rules.md`, which explains them."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
RULES = ROOT / "docs/rules.md"
CODE = re.compile(r"\b[A-Z][1-9]\d?\b")
SQL_COMMENT = re.compile(r"\{#.*?#\}|--[^\n]*", re.DOTALL)


def comments_of(path: Path) -> Iterator[str]:
    """Yield the comments and docstrings of a file of Python or SQL; data is neither."""
    text = path.read_text()
    if not CODE.search(text):
        return
    if path.suffix == ".sql":
        yield from SQL_COMMENT.findall(text)
        return
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(docstring))):
                yield docstring


def cited() -> dict[str, Path]:
    """Return the codes that the code and the tests name, each with a file that does."""
    paths = [
        path
        for room in ("runner", "tests")
        for suffix in ("py", "sql")
        for path in (ROOT / room).rglob(f"*.{suffix}")
    ]
    return {
        code: path.relative_to(ROOT)
        for path in paths
        for comment in comments_of(path)
        for code in CODE.findall(comment)
    }


def test_rules_are_those_that_the_code_names_each_once():
    explained = re.findall(r"^\| ([A-Z]\d+) \|", RULES.read_text(), re.MULTILINE)
    found = cited()
    unexplained = {code: str(path) for code, path in found.items() if code not in explained}
    assert unexplained == {}
    assert sorted(explained) == sorted(found)
