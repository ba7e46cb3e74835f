"""Remote places: list, fetch, send and rename files on SFTP servers, in folders and in buckets.

`open_remote(settings)` gives a `Remote`, whatever kind the place is. Only this package knows
paramiko and fsspec, and it imports them when the first such place is opened.
"""

from runner.remote.connection import OnBytes, Remote
from runner.remote.file import Listing, RemoteFile
from runner.remote.read_only import ReadOnlyRemote
from runner.remote.seed import seeded_copy
from runner.remote.settings import RemoteSettings

__all__ = [
    "Listing",
    "OnBytes",
    "ReadOnlyRemote",
    "Remote",
    "RemoteFile",
    "RemoteSettings",
    "open_remote",
    "seeded_copy",
]


def open_remote(settings: RemoteSettings) -> Remote:
    """Open the place that the settings describe, by its kind: sftp, local, else fsspec.

    Raises RemoteError when a setting is wrong or the server refuses, TransientRemoteError
    when it cannot be reached, after the retries that the settings ask for.
    """
    if settings.kind == "sftp":
        from runner.remote.sftp import SftpRemote

        return SftpRemote(settings)
    if settings.kind == "local":
        from runner.remote.local import LocalRemote

        return LocalRemote(settings)
    from runner.remote.filesystem import FilesystemRemote

    return FilesystemRemote(settings)
