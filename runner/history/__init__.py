"""Past builds: what each did, in a SQLite file that is readable while a build runs."""

from runner.history.history import History
from runner.history.records import (
    BuildRecord,
    ExportRecord,
    FileRecord,
    NodeRecord,
    ProgressRecord,
    RecordedBuild,
)

__all__ = [
    "BuildRecord",
    "ExportRecord",
    "FileRecord",
    "History",
    "NodeRecord",
    "ProgressRecord",
    "RecordedBuild",
]
