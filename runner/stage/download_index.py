"""Which remote files were downloaded before, and what they held."""

import json
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from runner.remote import RemoteFile

Key = tuple[str, str, int, str]
"""Server, path, size and time: as long as all are the same, a file is unchanged (F5)."""


class DownloadIndex:
    """Remembers the content hash of each remote file, in a file of JSON lines.

    A line is added per file as it arrives, so that a build which fails, or is killed, loses
    nothing; a line cut short by that is skipped. Safe to use from several threads.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._known: dict[Key, str] | None = None

    def find(self, server: str, file: RemoteFile) -> str | None:
        """Return the SHA-256 of a file's content; None when it was not downloaded as it is."""
        with self._lock:
            return self._read().get(_key(server, file))

    def servers(self) -> Iterable[tuple[str, str]]:
        """Return the hash of each content that was downloaded, and its server."""
        with self._lock:
            return [(sha256, key[0]) for key, sha256 in self._read().items()]

    def add(self, server: str, file: RemoteFile, sha256: str) -> None:
        """Remember what a file holds. `server` holds no secret: it is written to the disk."""
        key = _key(server, file)
        with self._lock:
            known = self._read()
            if known.get(key) == sha256:
                return
            known[key] = sha256
            names = ("place", "path", "size", "modified_at", "sha256")
            entry = dict(zip(names, (*key, sha256), strict=True))
            with self._path.open("ab") as lines:
                lines.write(json.dumps(entry).encode() + b"\n")

    def _read(self) -> dict[Key, str]:
        if self._known is None:
            self._known = {}
            data = self._path.read_bytes() if self._path.exists() else b""
            for line in data.splitlines():
                self._known |= _entry(line)
            if data and not data.endswith(b"\n"):
                with self._path.open("ab") as lines:
                    lines.write(b"\n")
        return self._known


def _key(server: str, file: RemoteFile) -> Key:
    return (server, file.path, file.size, file.modified_at.isoformat())


def _entry(line: bytes) -> dict[Key, str]:
    try:
        entry = json.loads(line)
        key = (entry["place"], entry["path"], entry["size"], entry["modified_at"])
        return {key: entry["sha256"]}
    except (ValueError, KeyError, TypeError):
        return {}
