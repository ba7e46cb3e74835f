"""The log of a build, as its page shows it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_LINES = 200
"""Lines of a log that a page shows, the last ones."""


@dataclass(frozen=True)
class LogLine:
    """One event of a build."""

    # `HH:MM:SS`, UTC.
    time: str
    level: str
    text: str


def last_lines(path: Path) -> list[LogLine]:
    """Return the last lines of a log, without the progress of files; none where it is gone."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return list(_read(lines))[-MOST_LINES:]


def _read(lines: list[str]) -> Iterator[LogLine]:
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:  # The last line of a build that was killed.
            continue
        if not isinstance(event, dict) or event.get("level") == "debug":
            continue
        words = (event.get(key) for key in ("kind", "name", "status", "message", "location"))
        text = " ".join(" ".join(str(word).splitlines()) for word in words if word)
        yield LogLine(str(event.get("ts", ""))[11:19], str(event.get("level", "")), text)
