"""Which remote files were brought here before."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Self

from runner.pgp import Decryptor
from runner.remote import RemoteFile

Key = tuple[str, str, int, str]


@dataclass(frozen=True)
class Origin:
    """A remote file as one server told it: unchanged as long as all of this is the same (F5)."""

    # Which server: the connection, and how it is reached where targets differ. No secret.
    server: str
    file: RemoteFile

    @classmethod
    def of(cls, server: str, file: RemoteFile, decryptor: Decryptor | None) -> Self:
        """Return the origin of a file, which differs by whose signature it needs."""
        return cls(f"{server} {decryptor.mark}" if decryptor else server, file)

    @property
    def key(self) -> Key:
        """What must be the same for a file to count as unchanged."""
        return (self.server, self.file.path, self.file.size, self.file.modified_at.isoformat())


class Arrivals:
    """Remembers the content hash of each remote file, in a file of JSON lines.

    A line is added per file as it arrives, so that a build which fails, or is killed, loses
    nothing; a line cut short by that is passed over. Safe to use from several threads.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._known: dict[Key, str] | None = None

    def find(self, origin: Origin) -> str | None:
        """Return the SHA-256 of the file's content, or None when it has not arrived."""
        with self._lock:
            return self._read().get(origin.key)

    def servers(self) -> Iterable[tuple[str, str]]:
        """Return the hash of each content that arrived, and its server."""
        with self._lock:
            return [(sha256, key[0]) for key, sha256 in self._read().items()]

    def add(self, origin: Origin, sha256: str) -> None:
        """Remember that the file arrived."""
        with self._lock:
            known = self._read()
            if known.get(origin.key) == sha256:
                return
            known[origin.key] = sha256
            names = ("place", "path", "size", "modified_at", "sha256")
            entry = dict(zip(names, (*origin.key, sha256), strict=True))
            with self._path.open("ab") as file:
                file.write(json.dumps(entry).encode() + b"\n")

    def _read(self) -> dict[Key, str]:
        if self._known is None:
            self._known = {}
            data = self._path.read_bytes() if self._path.exists() else b""
            for line in data.splitlines():
                self._known |= _entry(line)
            if data and not data.endswith(b"\n"):
                with self._path.open("ab") as file:
                    file.write(b"\n")
        return self._known


def _entry(line: bytes) -> dict[Key, str]:
    try:
        entry = json.loads(line)
        key = (entry["place"], entry["path"], entry["size"], entry["modified_at"])
        return {key: entry["sha256"]}
    except (ValueError, KeyError, TypeError):
        return {}
