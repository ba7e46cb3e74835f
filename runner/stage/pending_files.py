"""Since when files on servers have been as they are."""

import json
from datetime import datetime
from pathlib import Path

from runner.remote import RemoteFile
from runner.stage.part_file import replacing

Seen = dict[str, tuple[int, str, str]]
"""Path -> size, time on the server, and the moment from which both have been so."""


class PendingFiles:
    """Remembers, over builds, when each waiting file was first seen with its size and time.

    A server's clock may be wrong; what changed between two looks is known without it. One file
    per server, rewritten with what still waits.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, server: str, files: list[RemoteFile], now: datetime) -> dict[str, datetime]:
        """Remember the files that wait in a server, and return since when each is as it is."""
        seen = self._read()
        before = seen.get(server, {})
        current: Seen = {}
        for file in files:
            told = (file.size, file.modified_at.isoformat())
            known = before.get(file.path)
            since = known[2] if known and known[:2] == told else now.isoformat()
            current[file.path] = (*told, since)
        if current != before:
            self._write({**seen, server: current})
        return {path: datetime.fromisoformat(entry[2]) for path, entry in current.items()}

    def _read(self) -> dict[str, Seen]:
        try:
            kept = json.loads(self._path.read_text("utf-8"))
            return {
                server: {path: (int(size), str(at), str(since))
                        for path, (size, at, since) in files.items()}
                for server, files in kept.items()
            }  # fmt: skip
        except (FileNotFoundError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self, seen: dict[str, Seen]) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(self._path) as part:
            part.write_text(json.dumps(seen), "utf-8")
