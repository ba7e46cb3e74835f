"""A copy of a file of SQLite, which others may write meanwhile."""

import sqlite3
from contextlib import closing
from pathlib import Path

from runner.errors import RunnerError
from runner.history.history import PATIENCE


def copy_database(original: Path, copy: Path) -> None:
    """Copy a database as its last transaction left it; nothing where there is none.

    Raises RunnerError where it cannot be read.
    """
    if not original.exists():
        return
    try:
        with (
            closing(sqlite3.connect(original, timeout=PATIENCE)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as error:
        raise RunnerError(f"{original} cannot be copied: {error}") from error
