"""File sources whose files are archives: the files inside take their place (F7)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from runner.remote import RemoteFile
from runner.stage.archive import open_archive
from runner.stage.blob import Blob
from runner.stage.match import Matched
from runner.stage.staging import Staging

Here = tuple[RemoteFile, Blob]
"""A remote file and its content, here."""


@dataclass(frozen=True)
class Unpacked:
    """What the archives of one file source hold."""

    matched: Matched
    contents: Mapping[RemoteFile, Blob]
    # Member -> the archive that it came in.
    archives: Mapping[RemoteFile, RemoteFile]
    refused: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def unpack(
    matched: Matched, pattern: str, archives: tuple[Here, ...], staging: Staging
) -> Unpacked:
    """Return the files inside the archives that came, in the place of the archives.

    Raises StageError for an archive that cannot be read.
    """
    contents: dict[RemoteFile, Blob] = {}
    inside: dict[RemoteFile, RemoteFile] = {}
    refused: list[tuple[str, str]] = []
    warnings = []
    for archive, blob in archives:
        opened = open_archive(blob, archive, pattern, staging.directory)
        contents |= dict(opened.files)
        inside |= {member: archive for member, _ in opened.files}
        refused += opened.refused
        if not opened.files:
            warnings.append(f"{archive.path} holds no file that fits {pattern}")
    files = tuple(contents)
    return Unpacked(
        replace(matched, files=files), contents, inside, tuple(refused), tuple(warnings)
    )
