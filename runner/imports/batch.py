"""The files that one run of an import goal takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from runner.stage.fetched_file import FetchedFile

FetchedFiles = Mapping[str, tuple[FetchedFile, ...]]
"""File source -> its files with their content, in the order in which they are applied."""


@dataclass(frozen=True)
class ImportBatch:
    """The files that one run of a goal imports."""

    build_id: str
    files: FetchedFiles
