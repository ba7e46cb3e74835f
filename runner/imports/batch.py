"""The files that one run of an import goal takes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Self

from runner.remote import RemoteFile
from runner.stage.fetched_file import FetchedFile

FetchedFiles = Mapping[str, tuple[FetchedFile, ...]]
"""File source -> its files with their content, in the order in which they are applied."""


@dataclass(frozen=True)
class ImportBatch:
    """The files that one run of a goal imports."""

    build_id: str
    files: FetchedFiles
    # Paths of main files that are read again for a file that comes before them, and for no other
    # reason (P8).
    overtaken: frozenset[str] = frozenset()
    # Paths of main files that are read again for rows that found no profile before (P10).
    retried: frozenset[str] = frozenset()

    @property
    def main_files(self) -> tuple[RemoteFile, ...]:
        """Return the files of the main source."""
        return tuple(file for file, _ in next(iter(self.files.values())))

    def is_retried(self, source: str, path: str) -> bool:
        """Return whether a file is here for rows of earlier imports alone: a replay does the same.

        So are the chained files where no other main file is imported.
        """
        if source == next(iter(self.files)):
            return path in self.retried
        return all(file.path in self.retried for file in self.main_files)

    def without(self, source: str, paths: Collection[str]) -> Self:
        """Return this batch without some files of a source."""
        left = tuple(item for item in self.files[source] if item[0].path not in paths)
        return replace(self, files={**self.files, source: left})
