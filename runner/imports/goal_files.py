"""The files of a goal's sources in a form that the engine reads, with the count of their lines."""

from collections.abc import Collection, Iterable, Mapping

from runner.compile.input_file import InputFile
from runner.definitions.import_goal import ImportGoal
from runner.errors import StageError
from runner.imports.batch import FetchedFiles
from runner.remote import RemoteFile
from runner.stage.blob import Blob
from runner.stage.prepare import prepare
from runner.stage.readable_file import ReadableFile

ReadableFiles = Mapping[str, tuple[ReadableFile, ...]]
"""File source -> its files, readable."""


class GoalFiles:
    """The files of a goal by source, each made readable when it is first asked for.

    The engine reads them directly where it can; after `fall_back` those of a source are read
    in the form that the record reader writes. Every method raises StageError for a file that
    cannot be decompressed or decoded, or has no legible header.
    """

    def __init__(self, goal: ImportGoal, fetched: FetchedFiles) -> None:
        self.goal = goal
        self._fetched = dict(fetched)
        self._readable: dict[str, tuple[ReadableFile, ...]] = {}
        self._fallbacks: set[str] = set()

    def of(self, source: str) -> tuple[ReadableFile, ...]:
        """Return the files of a source, in the order in which they are applied."""
        if source not in self._readable:
            fetched = self._fetched.get(source, ())
            self._readable[source] = tuple(self._prepared(source, *item) for item in fetched)
        return self._readable[source]

    def unreadable(self, source: str) -> dict[str, StageError]:
        """Return the error of each file of a source that cannot be made readable, by its path.

        After it, `of` returns the others.
        """
        errors = {}
        readable = []
        for file, blob in self._fetched.get(source, ()):
            try:
                readable.append(self._prepared(source, file, blob))
            except StageError as error:
                errors[file.path] = error
        self._readable[source] = tuple(readable)
        return errors

    def leave(self, source: str, paths: Collection[str]) -> None:
        """Go on without some files of a source that were made readable."""
        fetched = self._fetched.get(source, ())
        self._fetched[source] = tuple(item for item in fetched if item[0].path not in paths)
        readable = self._readable.get(source, ())
        self._readable[source] = tuple(file for file in readable if file.remote_path not in paths)

    def _prepared(self, source: str, file: RemoteFile, blob: Blob) -> ReadableFile:
        by_records = source in self._fallbacks
        return prepare(blob, file, self.goal.format_of(source), by_records=by_records)

    def readable(self) -> ReadableFiles:
        """Return the files of all sources."""
        return {source: self.of(source) for source in self.goal.files}

    def leave_out(self, source: str) -> None:
        """Go on without the files of a source: they cannot be read."""
        self._readable[source] = ()

    def fall_back(self, source: str) -> bool:
        """Use the record reader for a source; false where it is used already."""
        if source in self._fallbacks:
            return False
        self._fallbacks.add(source)
        self._readable.pop(source, None)
        return True

    def header(self, source: str) -> tuple[str, ...]:
        """Return the columns of a source: those of its files, each once whatever its case."""
        columns: dict[str, str] = {}
        for file in self.of(source):
            for column in file.header:
                columns.setdefault(column.lower(), column)
        return tuple(columns.values())

    def headers(self) -> dict[str, tuple[str, ...]]:
        """Return the columns of all sources."""
        return {source: self.header(source) for source in self.goal.files}

    def record_count(self, source: str) -> int:
        """Return how many records the engine must read from a source."""
        return sum(file.record_count for file in self.of(source))

    def inputs(self, first_id: int = 1) -> dict[str, tuple[InputFile, ...]]:
        """Return the files as models take them, numbered on through the sources."""
        inputs = {}
        for source, files in self.readable().items():
            inputs[source] = input_files(files, first_id)
            first_id += len(files)
        return inputs


def input_files(files: Iterable[ReadableFile], first_id: int = 1) -> tuple[InputFile, ...]:
    """Return the files of one source as models take them, numbered from `first_id`.

    An empty file, which has no columns, has a number and is not read.
    """
    return tuple(
        InputFile(
            number,
            file.remote_path,
            str(file.local_path),
            file.is_clean,
            file.header,
            file.data_from,
            file.record_count,
            file.written,
        )
        for number, file in enumerate(files, first_id)
        if file.header
    )
