"""File sources for which nothing new came for too long: `freshness` (F12)."""

from dataclasses import dataclass
from datetime import datetime

from runner.definitions.import_goal import ImportGoal
from runner.imports.found_files import FoundFiles

DAY = 86400
UNITS = ((DAY, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


@dataclass(frozen=True)
class Stale:
    """A file source whose newest file is too old."""

    message: str
    # Whether it is an error, not a warning.
    is_error: bool


def stale_sources(goal: ImportGoal, found: FoundFiles, now: datetime) -> tuple[Stale, ...]:
    """Return the sources whose newest file on the server is older than `freshness` allows.

    Files that were imported and renamed to `.done` count; so does the lack of any file.
    """
    stale = []
    for name, source in goal.files.items():
        limits = source.freshness
        if limits is None:
            continue
        matched = found.matched[name]
        files = [*matched.files, *(file for file, _ in (*matched.ignored, *matched.waiting))]
        newest = max((file.modified_at for file in files), default=None)
        age = (now - newest).total_seconds() if newest else float("inf")
        for limit, is_error in ((limits.error_after, True), (limits.warn_after, False)):
            if limit is not None and age > limit:
                came = f"the newest came {newest:%Y-%m-%d %H:%M} UTC" if newest else "there is none"
                message = f"`{name}` has no new file for more than {_span(limit)}: {came}"
                stale.append(Stale(message, is_error))
                break
    return tuple(stale)


def _span(seconds: float) -> str:
    """Return a span in the largest unit of which it is a whole number: `2 days`."""
    size, unit = next((it for it in UNITS if seconds >= it[0] and seconds % it[0] == 0), UNITS[-1])
    number = seconds / size
    return f"{number:g} {unit}{'s' if number != 1 else ''}"
