"""What an SFTP server shows of its files, and which of it is taken (F1)."""

import stat

from paramiko.sftp_attr import SFTPAttributes

from runner.errors import RefusedPathError
from runner.remote.file import Listing, RemoteFile, listed_file
from runner.remote.name import name_fault, shown
from runner.remote.path import inside, joined
from runner.remote.root import Root
from runner.remote.sftp_client import Entry, SftpClient


class SftpFiles:
    """The files below a root directory, as one session sees them."""

    def __init__(self, client: SftpClient, root: Root) -> None:
        self._client = client
        self._root = root

    def listing(self, directory: str) -> Listing:
        """Return the files of a directory; raises OSError as the server refuses."""
        files: list[RemoteFile] = []
        refused: list[tuple[str, str]] = []
        entries = self._client.entries(self._root.full(directory))
        for entry in sorted(entries, key=lambda entry: entry.name):
            if _kind(entry) == stat.S_IFDIR:
                continue
            path = joined(directory, entry.name.decode(errors="replace"))
            found = name_fault(entry.name) or self._taken(path, entry)
            if isinstance(found, RemoteFile):
                files.append(found)
            elif found:
                refused.append((shown(entry.name), found))
        return Listing(tuple(files), tuple(refused))

    def file(self, path: str) -> RemoteFile | None:
        """Return one file; None when there is none, RemoteError when F1 refuses it."""
        try:
            attributes = self._client.lstat(self._root.full(path))
        except FileNotFoundError:
            return None
        found = self._taken(path, Entry(b"", b"", attributes))
        if isinstance(found, str):
            raise RefusedPathError(found)
        return found

    def is_directory(self, path: str) -> bool:
        """Whether a path is a directory, or a link to one."""
        try:
            mode = self._client.stat(self._root.full(path)).st_mode
        except FileNotFoundError:
            return False
        return stat.S_ISDIR(mode or 0)

    def is_still(self, file: RemoteFile, attributes: SFTPAttributes | None) -> bool:
        """Whether a listed file is still the same, by its attributes now; links are not."""
        entry = Entry(b"", b"", attributes or SFTPAttributes())
        return _kind(entry) == stat.S_IFREG and _as_file(file.path, entry.attributes) == file

    def _taken(self, path: str, entry: Entry) -> RemoteFile | str | None:
        """Return an entry as a file, None when it is a directory, or why it is refused."""
        kind, attributes = _kind(entry), entry.attributes
        if kind == stat.S_IFLNK:
            try:
                if not self._stays_inside(path):
                    return "the link leads out of the root directory"
                attributes = self._client.stat(self._root.full(path))
            except FileNotFoundError:
                return "the link leads to nothing"
            kind = stat.S_IFMT(attributes.st_mode or stat.S_IFREG)
        if kind == stat.S_IFDIR:
            return None
        if kind != stat.S_IFREG:
            return "it is not a regular file"
        return _as_file(path, attributes)

    def _stays_inside(self, path: str) -> bool:
        """Whether a link, followed to its end, is in the root directory."""
        root = "/" if path.startswith("/") else self._client.normalize(self._root.full(""))
        resolved = self._client.normalize(self._root.full(path))
        if resolved == joined(root, path):
            # Some servers leave links as they are: follow one step ourselves.
            target = self._client.readlink(self._root.full(path)) or ""
            resolved = _normal(target if target.startswith("/") else f"{resolved}/../{target}")
        return inside(resolved, root)


def _kind(entry: Entry) -> int:
    """The type of an entry, from its mode, else from the first letter of its `ls -l` line."""
    mode = entry.attributes.st_mode
    if mode is not None and stat.S_IFMT(mode):
        return stat.S_IFMT(mode)
    return {b"d": stat.S_IFDIR, b"l": stat.S_IFLNK}.get(entry.long_name[:1], stat.S_IFREG)


def _as_file(path: str, attributes: SFTPAttributes) -> RemoteFile | str:
    return listed_file(path, attributes.st_size, attributes.st_mtime)


def _normal(path: str) -> str:
    """Return an absolute path without `.` and `..`."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)
