"""The ids of builds, which are their sequence (B10)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

FORM = "%Y%m%dT%H%M%S%f"
"""Of the time in an id, without the last three digits of the microseconds."""


def next_build_id(started_at: datetime, earlier: Iterable[str]) -> str:
    """Return the id of a build: its start, or a millisecond after the last of the earlier ids.

    Ids sort as their builds ran, also after the clock of the machine was set back.
    """
    last = max((moment for moment in map(_moment, earlier) if moment), default=None)
    if last is None or _written(started_at) > _written(last):
        return _written(started_at)
    return _written(last + timedelta(milliseconds=1))


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):{FORM}}"[:-3] + "Z"


def _moment(build_id: str) -> datetime | None:
    """Return the time in an id; None where it is no id of a build."""
    try:
        # `strptime` would load the names of months first: 5 ms.
        moment = datetime.fromisoformat(build_id).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if _written(moment) == build_id else None
