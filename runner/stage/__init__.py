"""Remote files become staged files: matched, downloaded, decompressed, and made readable.

`match_files` picks from a listing, a `DownloadBatch` fetches to the `Staging`, `prepare` gives a
`ReadableFile`: the engine reads it as it came, or in the clean form that the record reader writes.
"""

from runner.stage.blob import Blob
from runner.stage.dialect import Dialect, dialect_of
from runner.stage.download import DownloadBatch, Downloads, StillChanging
from runner.stage.fetched_file import FetchedFile
from runner.stage.matched_files import MatchedFiles, directory_of, match_files
from runner.stage.prepare import prepare
from runner.stage.readable_file import ReadableFile
from runner.stage.staging import Staging

__all__ = [
    "Blob",
    "Dialect",
    "DownloadBatch",
    "Downloads",
    "FetchedFile",
    "MatchedFiles",
    "ReadableFile",
    "Staging",
    "StillChanging",
    "dialect_of",
    "directory_of",
    "match_files",
    "prepare",
]
