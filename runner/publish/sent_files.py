"""The files that an export goal wrote on a server, by size, time and hash (X7)."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class SentFile:
    """A file that a goal wrote, or was about to write when it was killed."""

    path: str
    # Bytes.
    size: int = 0
    # Empty where an older runner wrote it: it recorded no more than paths.
    sha256: str = ""
    # As the server gave it once the file had its name; None where that was not seen.
    modified_at: datetime | None = None
    build_id: str = ""
    # What its name holds of its build: empty where every build makes a file of that name.
    stamp: str = ""
    is_trigger: bool = False


@dataclass(frozen=True)
class SentFiles:
    """The record of the files of one goal: a line of JSON for each, in the order of writing."""

    file: Path

    def all(self) -> list[SentFile]:
        """Return what is recorded, oldest first; a path may have several entries."""
        found: dict[str, list[SentFile]] = {}
        for entry, is_gone in _entries(self.file):
            if is_gone:
                found.pop(entry.path, None)
            else:
                found.setdefault(entry.path, []).append(entry)
        return [entry for entries in found.values() for entry in entries]

    def add(self, files: Iterable[SentFile]) -> None:
        """Record files before they are written, or again once they are."""
        self._append(asdict(file) for file in files)

    def drop(self, path: str) -> None:
        """Record that the file is not on the server any more, or is not ours."""
        self._append([{"path": path, "is_gone": True}])

    def tidy(self) -> None:
        """Keep the last entry of each path, once all files have their names."""
        last = {entry.path: entry for entry in self.all()}
        part = self.file.with_name(f"{self.file.name}.part")
        part.write_text("".join(map(_line, map(asdict, last.values()))), encoding="utf-8")
        part.replace(self.file)

    def _append(self, entries: Iterable[dict[str, Any]]) -> None:
        with self.file.open("a", encoding="utf-8") as file:
            # A line that a killed build did not complete stays alone.
            file.write("\n" + "".join(map(_line, entries)))
            file.flush()
            os.fsync(file.fileno())


def _line(entry: dict[str, Any]) -> str:
    return json.dumps(entry, default=str, ensure_ascii=False) + "\n"


def _entries(file: Path) -> Iterable[tuple[SentFile, bool]]:
    """Give the entries of a record, and whether they say that the file is gone.

    Older runners wrote a path per line; a damaged line is no entry.
    """
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        if line and not line.startswith("{"):
            yield SentFile(line), False
            continue
        with suppress(ValueError, TypeError, KeyError):
            entry = json.loads(line)
            is_gone = entry.pop("is_gone", False)
            moment = entry.pop("modified_at", None)
            yield (
                SentFile(**entry, modified_at=datetime.fromisoformat(moment) if moment else None),
                is_gone,
            )
