"""Remote files become staged files: matched, downloaded, decompressed, and made readable.

`match_files` picks from a listing, `Staging` brings, `prepare` gives the engine a `StagedFile`
that it reads by itself, or a clean form made by the careful reader.
"""

from runner.stage.blob import Blob
from runner.stage.dialect import Dialect, dialect_of
from runner.stage.errand import Brought
from runner.stage.match import Matched, directory_of, match_files
from runner.stage.prepare import prepare
from runner.stage.staged_file import StagedFile
from runner.stage.staging import Staging, StillChanging

__all__ = [
    "Blob",
    "Brought",
    "Dialect",
    "Matched",
    "StagedFile",
    "Staging",
    "StillChanging",
    "dialect_of",
    "directory_of",
    "match_files",
    "prepare",
]
