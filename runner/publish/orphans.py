"""Temporary files that killed builds left on a server, found by their names (B3)."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from runner.remote import RemoteFile

PART = re.compile(r"(?P<name>.+)\.(?P<build_id>[0-9]{8}T[0-9]{9}Z)\.part")
BUILD_BEGAN = "%Y%m%dT%H%M%S%fZ"
LONGEST_BUILD = timedelta(days=1)
LONGEST_PAUSE = timedelta(minutes=10)
"""Between two writes of an upload that is under way."""


def orphans(
    files: Iterable[RemoteFile], names: re.Pattern[str], build_id: str, now: datetime
) -> list[RemoteFile]:
    """Return the temporary files of earlier builds for files with such `names`.

    Another machine may export under the same names: what it may still be writing is left out.
    """
    found = []
    for file in files:
        part = PART.fullmatch(file.name)
        if part is None or not names.fullmatch(part["name"]) or part["build_id"] >= build_id:
            continue
        is_untouched = file.is_comparable and now - file.modified_at > LONGEST_PAUSE
        if is_untouched or now - _began(part["build_id"]) > LONGEST_BUILD:
            found.append(file)
    return found


def _began(build_id: str) -> datetime:
    """Return the start of a build; the first of all moments where the id holds none."""
    try:
        return datetime.strptime(build_id, BUILD_BEGAN).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
