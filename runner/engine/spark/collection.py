"""Removal of folders that no version of a warehouse names."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from runner.engine.spark.storage import Storage

GRACE = timedelta(hours=6)
"""How long a folder stays that no version names any more: a reader may still be in it."""
FOUND = "unnamed.json"
"""File that holds since when each such folder is known to have no name."""


def collect(storage: Storage, named: Iterable[str], now: datetime | None = None) -> list[str]:
    """Remove the folders that had no name for the time of grace; returns them.

    `named` are those of all versions. What a build is writing has no name yet either: it is young.
    The time counts from when a collection found a folder without a name, never from when it was
    written: a table of last month is dropped from the last version only now.
    """
    moment = now or datetime.now(UTC)
    kept = frozenset(named)
    earlier = _read(storage)
    found = {
        folder: earlier.get(folder, moment) for folder in storage.folders() if folder not in kept
    }
    old = [folder for folder, since in found.items() if moment - since >= GRACE]
    for folder in old:
        storage.remove_folder(folder)
    left = {folder: since for folder, since in found.items() if folder not in old}
    if left != earlier:
        text = json.dumps({folder: since.isoformat() for folder, since in left.items()}, indent=1)
        storage.write(FOUND, text.encode())
    return old


def _read(storage: Storage) -> dict[str, datetime]:
    """Return what the last collection found; where its file is no such, the time starts anew."""
    stored = storage.read(FOUND)
    try:
        found = json.loads(stored.data) if stored else {}
        return {str(name): datetime.fromisoformat(since) for name, since in found.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
