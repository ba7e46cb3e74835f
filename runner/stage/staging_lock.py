"""Builds of several targets share the staged files; who changes those must be alone (B4, C2)."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from runner.errors import LockedError, StageError

PAUSE = 0.2
"""Seconds between two tries for a lock that another process holds."""


@dataclass(frozen=True)
class StagingUse:
    """The staged files, in use by this process and maybe by others."""

    file: IO[str]

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Give whether no other process uses the staged files; none begins to meanwhile.

        Files may be made smaller, or removed, only where that is so.
        """
        is_alone = _try(self.file, fcntl.LOCK_EX)
        try:
            yield is_alone
        finally:
            if is_alone:
                # A lock of POSIX changes from one kind to the other without a gap.
                _try(self.file, fcntl.LOCK_SH)


@contextmanager
def shared_staging(
    directory: Path, should_stop: Callable[[], bool] = lambda: False
) -> Iterator[StagingUse]:
    """Use the staged files, beside others; waits for one that erases persons from them.

    Raises LockedError where `should_stop` ends the wait, StageError where the directory cannot
    be written.
    """
    with _opened(directory) as file:
        while not _try(file, fcntl.LOCK_SH):
            if should_stop():
                raise LockedError("the staged files are being changed by another process")
            time.sleep(PAUSE)
        yield StagingUse(file)


@contextmanager
def exclusive_staging(directory: Path, wait: bool = False) -> Iterator[None]:
    """Use the staged files alone. Raises LockedError where others use them, unless `wait`."""
    with _opened(directory) as file:
        while not _try(file, fcntl.LOCK_EX):
            if not wait:
                raise LockedError(
                    "the staged files are in use by a build of another target",
                    hint="wait for it to end, or pass --wait",
                )
            time.sleep(PAUSE)
        yield


def _opened(directory: Path) -> IO[str]:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (directory / ".lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise StageError(f"cannot write to {directory}: {error.strerror or error}") from error


def _try(file: IO[str], kind: int) -> bool:
    try:
        fcntl.lockf(file, kind | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
