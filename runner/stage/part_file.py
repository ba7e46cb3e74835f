"""Files while they are written: under a name of their own until they are complete."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def part_file(directory: Path, name: str) -> Iterator[Path]:
    """Give a new, empty file `<name>.<random>.part`, removed at the end if it is still there.

    Readable by its owner alone: what is staged is personal data.
    """
    handle, made = tempfile.mkstemp(prefix=f"{name}.", suffix=".part", dir=directory)
    os.close(handle)
    part = Path(made)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a new, empty file to write; it takes the name `path` once all is well."""
    with part_file(path.parent, path.name) as part:
        yield part
        part.replace(path)
