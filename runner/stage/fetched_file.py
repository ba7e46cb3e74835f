"""A file of a server with its content, downloaded.

The types of a file on its way into the warehouse:

    RemoteFile     as the server listed it: path, size, time (runner.remote)
      | download
    FetchedFile    the same with its Blob: the bytes in the staging directory, under their hash
      | prepare
    ReadableFile   readable by the engine, with the counts of its lines
      | number
    InputFile      the same with its number in an import, as models take it (runner.compile)
      | import
    ImportedFile   its entry in the ledger, by which it is known again (runner.warehouse)
"""

from typing import NamedTuple

from runner.remote import RemoteFile
from runner.stage.blob import Blob


class FetchedFile(NamedTuple):
    """A file as the server listed it, and its content."""

    file: RemoteFile
    blob: Blob
