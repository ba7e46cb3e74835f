"""The built-in models, macros and statements: SQL files, read as package data."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def read_sql(folder: str = "") -> dict[str, str]:
    """Return the built-in SQL files below a folder: path below `runner/sql/` -> text."""
    root = files(__name__)
    start = root.joinpath(folder) if folder else root
    return dict(_read(start, f"{folder}/" if folder else ""))


def _read(folder: Traversable, above: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            found += _read(item, f"{above}{item.name}/")
        elif item.name.endswith(".sql"):
            found.append((above + item.name, item.read_text(encoding="utf-8")))
    return found
