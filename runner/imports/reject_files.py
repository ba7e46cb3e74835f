"""`target/rejects/`: the lines that were set aside, for their sender to fix (R2)."""

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from runner.errors import ExecutionError
from runner.imports.goal_files import ReadableFiles
from runner.stage.part_file import replacing
from runner.stage.readable_file import ReadableFile

PACKED = (".gz", ".zip", ".bz2", ".xz", ".lzma", ".zst", ".pgp", ".gpg")
"""Suffixes that are removed from names: what is written is plain."""


def write_reject_files(generated: Path, goal: str, readable: ReadableFiles) -> None:
    """Write the lines set aside in each file; a file without any has none here.

    They are in the dialect of their file, below its header: once fixed, they can be sent as a
    file of their own. Raises ExecutionError where they cannot be written.
    """
    folder = generated / "rejects" / goal
    try:
        for file, path in _paths(folder, readable):
            if file.rejects_as_sent is None or not file.rejects_as_sent.stat().st_size:
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with replacing(path) as part:
                shutil.copyfile(file.rejects_as_sent, part)
    except OSError as error:
        raise ExecutionError(f"{goal}: cannot write to {folder}: {error.strerror}") from error


def _paths(folder: Path, readable: ReadableFiles) -> Iterator[tuple[ReadableFile, Path]]:
    """Give each file with the path of its rejects: that on the server, inside our folder."""
    taken: set[Path] = set()
    for source, files in readable.items():
        for file in files:
            path = folder.joinpath(*_inside(file.remote_path))
            if path in taken:
                path = folder.joinpath(source, *_inside(file.remote_path))
            taken.add(path)
            yield file, path


def _inside(remote_path: str) -> list[str]:
    parts = [part for part in PurePosixPath(remote_path).parts if part not in ("/", ".", "..")]
    name = parts[-1]
    for end in PACKED:
        name = name.removesuffix(end)
    return [*parts[:-1], name or parts[-1]]
