"""One build at a time per warehouse (B4)."""

import fcntl
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from runner.errors import LockedError

PAUSE = 0.2
"""Seconds between two tries for a lock that another build holds."""
SINCE = "%Y-%m-%d %H:%M:%S UTC"
"""How a lock says since when it is held."""


@contextmanager
def locked(
    warehouse: Path,
    command: str,
    wait: bool = False,
    should_stop: Callable[[], bool] = lambda: False,
    on_wait: Callable[[str], None] | None = None,
) -> Iterator[str]:
    """Hold the lock of a warehouse; it ends with the process, however that ends.

    Gives a description of a holder that died with the lock, empty where none did. `on_wait` is
    called once, with who holds the lock.
    Raises LockedError that says who holds it and since when, unless `wait` is asked for.
    """
    path = _lock_path(warehouse)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        is_reported = False
        while not _try(file):
            refusal = _refusal(path)
            if not wait or should_stop():
                raise refusal
            if on_wait and not is_reported:
                on_wait(f"waiting: {refusal.message}")
                is_reported = True
            time.sleep(PAUSE)
        dead = _holder(path)
        with _signed(file, command):
            yield dead


@contextmanager
def scheduling(warehouse: Path, command: str) -> Iterator[None]:
    """Hold the schedules of a warehouse, which one service at a time runs.

    Raises LockedError that says who runs them and since when.
    """
    path = _lock_path(warehouse.with_name(f"{warehouse.name}.schedule"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        if not _try(file):
            raise LockedError(
                f"the schedules of this warehouse are run by {_holder(path) or 'another service'}",
                hint="one service runs them all; end it before you start another",
            )
        with _signed(file, command):
            yield


@contextmanager
def _signed(file: IO[str], command: str) -> Iterator[None]:
    """Write into a lock who holds it, for as long as it is held."""
    holder = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "command": command,
        "since": f"{datetime.now(UTC):{SINCE}}",
    }
    file.truncate(0)
    file.write(json.dumps(holder))
    file.flush()
    try:
        yield
    finally:
        file.truncate(0)


def held_since(warehouse: Path) -> datetime | None:
    """Return since when the lock of a warehouse is held; None where it is not."""
    path = _lock_path(warehouse)
    try:
        with path.open(encoding="utf-8") as file:
            if _try(file, fcntl.LOCK_SH):
                return None
            since = str(json.loads(file.read() or "{}").get("since", ""))
            return datetime.strptime(since, SINCE).replace(tzinfo=UTC)
    except (OSError, ValueError, AttributeError):
        return None


def running_build(warehouse: Path) -> str:
    """Return who builds a warehouse and since when; empty where nobody does.

    It does not take the lock, as `held_since` does for a moment.
    """
    path = _lock_path(warehouse)
    return _holder(path) if path.exists() and _is_alive(path) else ""


def _is_alive(path: Path) -> bool:
    """Tell whether the process that wrote a lock still runs; on another machine it may."""
    try:
        holder = json.loads(path.read_text(encoding="utf-8") or "{}")
        if holder["host"] == socket.gethostname():
            os.kill(int(holder["pid"]), 0)
    except PermissionError:
        return True
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return True


def _lock_path(warehouse: Path) -> Path:
    return warehouse.with_name(warehouse.name + ".lock")


def _try(file: IO[str], kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _refusal(path: Path) -> LockedError:
    return LockedError(
        f"the warehouse is being built by {_holder(path) or 'another build'}",
        hint="wait for it to end, or pass --wait",
    )


def _holder(path: Path) -> str:
    """Return who wrote the lock and since when; empty where it is empty or not readable."""
    try:
        holder = json.loads(path.read_text(encoding="utf-8") or "{}")
        who = f"`{holder['command']}` (process {holder['pid']} on {holder['host']})"
        return f"{who} since {holder['since']}"
    except (ValueError, LookupError, TypeError):
        return ""
