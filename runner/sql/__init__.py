"""The built-in models, macros and statements: SQL files, read as package data."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType


@cache
def read_sql() -> Mapping[str, str]:
    """Return the built-in SQL files: path below `runner/sql/` -> text. They are read once."""
    return MappingProxyType(dict(_read(files(__name__), "")))


def _read(folder: Traversable, above: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.name.endswith(".sql"):
            found.append((above + item.name, item.read_text(encoding="utf-8")))
        # Whoever ran runner first may be the only one who can read what Python keeps there.
        elif item.is_dir() and item.name != "__pycache__":
            found += _read(item, f"{above}{item.name}/")
    return found
