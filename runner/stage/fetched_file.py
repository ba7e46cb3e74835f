"""A file of a server with its content, here.

What a file is called on its way into the warehouse:

    RemoteFile     as the server listed it: path, size, time (runner.remote)
    FetchedFile    the same with its Blob: the bytes in the staging directory, under their hash
    StagedFile     readable by the engine, with the count of its lines
    InputFile      a StagedFile with its number in an import, as models take it (runner.compile)
    ImportedFile   a line of the ledger, by which it is known again (runner.warehouse)
"""

from typing import NamedTuple

from runner.remote import RemoteFile
from runner.stage.blob import Blob


class FetchedFile(NamedTuple):
    """A file as the server listed it, and its content."""

    file: RemoteFile
    blob: Blob
