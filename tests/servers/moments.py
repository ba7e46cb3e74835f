"""The moments of a command: each file that it writes, each statement that it runs, in order.

A command started with `MOMENTS` in its environment notes them in that file, and is killed at the
one whose number `KILL_AT` names, or the process `KILL_PID` in its place. Python itself tells of
files (PEP 578), whoever writes them.
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.spark.warehouse import SparkWarehouse
from runner.history import progress
from runner.history.history import History

WRITES = (
    "os.rename",
    "os.remove",
    "os.link",
    "os.mkdir",
    "os.rmdir",
    "os.utime",
    "shutil.copyfile",
)
TO_WRITE = os.O_WRONLY | os.O_RDWR
STATEMENTS = [
    (DuckDBWarehouse, "perform"),
    (DuckDBWarehouse, "_rows"),
    (DuckDBWarehouse, "close"),
    (SparkWarehouse, "perform"),
    (SparkWarehouse, "put"),
    (SparkWarehouse, "close"),
    (History, "_run"),
]
OF_NO_WEIGHT = "target/compiled"


def watch() -> None:
    """Note the moments of this process from here on, where the environment asks for it."""
    if "MOMENTS" not in os.environ:
        return
    victim = int(os.environ.pop("KILL_PID", "0")) or os.getpid()
    meet = _noting(os.environ.pop("MOMENTS"), int(os.environ.pop("KILL_AT", "0")), victim)
    folder = Path.cwd()
    # What is told by the clock would give each run moments of its own; phases are told anyway.
    progress.PAUSE = 86400.0

    def on_audit(event: str, told: tuple[Any, ...]) -> None:
        is_write = event in WRITES or (event == "open" and bool(told[2] & TO_WRITE))
        if is_write and isinstance(told[0], (str, bytes)):
            path = os.path.relpath(os.fsdecode(told[0]), folder)
            if not path.startswith(("..", OF_NO_WEIGHT)):
                meet(f"{event} {path}")

    for owner, name in STATEMENTS:
        setattr(owner, name, _told_of(getattr(owner, name), f"after {owner.__name__}.{name}", meet))
    sys.addaudithook(on_audit)


def _noting(path: str, deadly: int, victim: int) -> Callable[[str], None]:
    """Return what notes a moment, and kills a process at that of the number `deadly`."""
    notes = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    # Threads that meet moments at once get a number each: none is passed over.
    numbers = count(1)

    def meet(what: str) -> None:
        number = next(numbers)
        os.write(notes, f"{what}\n".encode("utf-8", "backslashreplace"))
        if number == deadly:
            os.kill(victim, signal.SIGKILL)

    return meet


def _told_of(method: Callable[..., Any], what: str, meet: Callable[[str], None]) -> Any:
    def told(*arguments: Any, **named: Any) -> Any:
        found = method(*arguments, **named)
        subject = getattr(arguments[1], "name", arguments[1]) if arguments[1:] else ""
        meet(f"{what} {subject}")
        return found

    return told
