"""What Jinja makes of the built-in SQL files, kept as Python keeps its compiled modules.

To compile all of them takes two seconds, to read what was compiled some milliseconds. The file is
in `__pycache__` beside them. Where nobody may write there, each command compiles what it needs.
"""

import atexit
import hashlib
import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import mkstemp
from types import ModuleType
from typing import Any

from runner.sql import read_sql
from runner.sql.template import head_of

Made = dict[tuple[str, ...], Any]


class TemplateCache:
    """Made of built-in SQL files, by kind, makers and path; written when the process ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._made = self._read()
        self._known = len(self._made)

    def get(self, key: tuple[str, ...], make: Callable[[], Any]) -> Any:
        """Return what is kept, or else what `make` returns: code, or tuples of plain values."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def write(self) -> None:
        """Write it whole, if anything was made; processes may write it at the same time."""
        if len(self._made) == self._known:
            return
        # An installation that is read-only, or a full disk, costs time and nothing else.
        with suppress(OSError):
            self.path.parent.mkdir(exist_ok=True)
            number, temporary = mkstemp(dir=self.path.parent, prefix=self.path.name)
            try:
                with os.fdopen(number, "wb") as file:
                    # It is for all who use this installation, as the SQL files are.
                    os.fchmod(number, 0o644)
                    marshal.dump({**self._read(), **self._made}, file)
                Path(temporary).replace(self.path)
                self._remove_earlier()
            except OSError:
                Path(temporary).unlink(missing_ok=True)
                raise
        self._known = len(self._made)

    def _remove_earlier(self) -> None:
        """Remove what was made of other versions of the files, by the same Python."""
        begin = self.path.name.partition("-")[0]
        for path in self.path.parent.glob(f"{begin}-*{self.path.suffix}"):
            if path != self.path:
                path.unlink(missing_ok=True)

    def _read(self) -> Made:
        try:
            made = marshal.loads(self.path.read_bytes())  # noqa: S302 - as Python's own .pyc
        except (OSError, EOFError, ValueError, TypeError):
            return {}
        return made if isinstance(made, dict) else {}


def made_of(kind: str, text: str, make: Callable[[], Any], makers: tuple[ModuleType, ...]) -> Any:
    """Return what is made of a text, which is kept if it is a built-in SQL file or its head.

    It is made again when the code of one of the `makers` changes.
    """
    path = _paths().get(text)
    if path is None:
        return make()
    return _cache().get((kind, path, *map(_digest_of, makers)), make)


@cache
def _paths() -> dict[str, str]:
    texts = {text: path for path, text in read_sql().items()}
    heads = {head_of(text): f"head of {path}" for text, path in texts.items()}
    return {head: path for head, path in heads.items() if head is not None} | texts


@cache
def _digest_of(module: ModuleType) -> str:
    return hashlib.sha256(Path(str(module.__file__)).read_bytes()).hexdigest()


@cache
def _cache() -> TemplateCache:
    """Return the cache of these very files, for this Jinja and this Python."""
    digest = hashlib.sha256(version("jinja2").encode())
    for path, text in read_sql().items():
        digest.update(f"{path}\0{text}\0".encode())
    tag = f"{sys.implementation.cache_tag}-{digest.hexdigest()[:16]}"
    kept = TemplateCache(Path(__file__).parent / "__pycache__" / f"templates.{tag}.marshal")
    if not sys.dont_write_bytecode:
        atexit.register(kept.write)
    return kept
