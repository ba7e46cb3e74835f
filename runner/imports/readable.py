"""The files of a goal as its models read them, with the book of their lines."""

from collections.abc import Collection, Mapping

from runner.compile.import_models import InputFile
from runner.definitions.import_goal import ImportGoal
from runner.remote import RemoteFile
from runner.stage.blob import Blob
from runner.stage.prepare import prepare
from runner.stage.staged_file import StagedFile

Brought = Mapping[str, tuple[tuple[RemoteFile, Blob], ...]]
"""File source -> its files, brought here."""

Staged = Mapping[str, tuple[StagedFile, ...]]
"""File source -> its files, readable."""


def prepared(
    goal: ImportGoal, files: Brought, careful: Collection[str]
) -> dict[str, tuple[StagedFile, ...]]:
    """Return the files of each source of a goal, readable; those of `careful` sources clean.

    Raises StageError for a file that cannot be decompressed, decoded, or has no legible header.
    """
    return {
        name: tuple(
            prepare(blob, file, goal.format_of(name), careful=name in careful)
            for file, blob in files.get(name, ())
        )
        for name in goal.files
    }


def header_of(files: tuple[StagedFile, ...]) -> tuple[str, ...]:
    """Return the columns of a source: those of its files, each once whatever its case."""
    columns: dict[str, str] = {}
    for file in files:
        for column in file.header:
            columns.setdefault(column.lower(), column)
    return tuple(columns.values())


def record_count(file: StagedFile) -> int:
    """Return how many records the engine must read from a file."""
    return file.records if file.records is not None else file.lines - file.data_from


def expected_records(staged: Staged) -> dict[str, int]:
    """Return how many records each source has."""
    return {name: sum(map(record_count, files)) for name, files in staged.items()}


def input_files(files: tuple[StagedFile, ...], first_id: int = 1) -> tuple[InputFile, ...]:
    """Return the files of one source as `read_lines` takes them, numbered from `first_id`.

    An empty file, which has no columns, has a number and is not read.
    """
    return tuple(
        InputFile(
            number,
            file.remote_path,
            str(file.path),
            file.is_clean,
            file.header,
            file.data_from,
            record_count(file),
            file.written,
        )
        for number, file in enumerate(files, first_id)
        if file.header
    )
