"""The files that the engine reads: as the macro `read_lines` takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

FILE_INDEX = "file_index"
"""The engine's name for the number of the file, of several, that a line is read from."""
LINES_PER_FILE = 2**32
"""A row's `origin` is its file's id times this, plus its line."""


@dataclass(frozen=True)
class InputFile:
    """A readable file as the macro `read_lines` takes it."""

    file_id: int
    # As the server listed it.
    remote_path: str
    # What the engine reads.
    local_path: str
    is_clean: bool
    # Column names, in the order of the file.
    header: tuple[str, ...]
    # Physical lines above the data.
    data_from: int
    # Records that the file must give, for the row numbers of the files after it.
    records: int
    # The names as the file has them, in its order; empty where nothing names the columns.
    written: tuple[str, ...] = ()


def read_together(files: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the files in runs that one call reads: each as its first file, with all in `run`.

    A call takes the engine as long as a thousand lines. `files` are input files as dictionaries,
    in the order they are applied; in a run each has `rows_above`, the records of those before it.
    """

    def form(file: dict[str, Any]) -> tuple[Any, ...]:
        # A column of the name would hide the index of the file.
        is_alone = FILE_INDEX in map(str.lower, file["header"])
        number = file["file_id"] if is_alone else None
        return (file["header"], file["is_clean"], file["data_from"], number)

    runs = []
    for _, alike in groupby(files, form):
        run, rows_above = [], 0
        for file in alike:
            run.append({**file, "rows_above": rows_above})
            rows_above += file["records"]
        runs.append({**run[0], "run": run})
    return runs


def written_names(files: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
    """Return how the files write the name of each column that is read, in lower case."""
    written: dict[str, set[str]] = {}
    for file in files:
        raw = dict(zip(file["header"], file["written"], strict=False))
        for column, spelled in file["columns"].items():
            if raw.get(spelled):
                written.setdefault(column, set()).add(raw[spelled].lower())
    return {column: sorted(names) for column, names in written.items()}
