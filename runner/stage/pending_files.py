"""Files that wait, and since when each has been unchanged on its server (F4)."""

import json
from datetime import datetime
from pathlib import Path

from runner.remote import RemoteFile
from runner.stage.part_file import replacing

Seen = dict[str, tuple[int, str, str]]
"""Path -> size, time on the server, and when it was first seen with both."""


class PendingFiles:
    """Remembers, over builds, when each waiting file was first seen with its size and time.

    A server's clock may be wrong: what changed between two builds is known without it. The file
    is rewritten with what still waits.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def record(self, server: str, files: list[RemoteFile], now: datetime) -> dict[str, datetime]:
        """Record the files that wait on a server; returns since when each is unchanged."""
        seen = self._read()
        before = seen.get(server, {})
        current: Seen = {}
        for file in files:
            listed = (file.size, file.modified_at.isoformat())
            known = before.get(file.path)
            since = known[2] if known and known[:2] == listed else now.isoformat()
            current[file.path] = (*listed, since)
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
