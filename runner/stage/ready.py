"""Which files of a listing are whole, and what the others wait for (F4)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from runner.definitions.ready import Ready
from runner.remote import RemoteFile

Waits = Callable[[RemoteFile], str]
"""Tells what a file waits for; empty when it is whole."""


def not_triggered(listed: Iterable[RemoteFile], ready: Ready) -> Waits:
    """Return what tells whether a trigger stands beside a file and is no older than it.

    An older trigger spoke of the file that was there before.
    """
    there = {file.name: file for file in listed}

    def waits(file: RemoteFile) -> str:
        name = ready.trigger_of(file.name)
        trigger = there.get(name)
        if trigger is None:
            return f"waits for its trigger {name}"
        if trigger.modified_at < file.modified_at:
            return f"waits: its trigger {name} is older than the file"
        return ""

    return waits


def not_at_rest(since: Mapping[str, datetime], ready: Ready, now: datetime) -> Waits:
    """Return what tells whether size and time of a file have been the same for long enough.

    Either by the time that the server tells, or as far as builds have seen it themselves
    (`since`, by path): the clock of the server may be ahead.
    """
    seconds = ready.stable_for or 0
    rest = timedelta(seconds=seconds)

    def waits(file: RemoteFile) -> str:
        first = min(file.modified_at, since.get(file.path, now))
        if now - first >= rest:
            return ""
        ahead = ", says a server whose clock is ahead" if file.modified_at > now else ""
        return (
            f"waits until it has been the same for {seconds:g} s"
            f" (changed {file.modified_at:%Y-%m-%d %H:%M:%S} UTC{ahead})"
        )

    return waits
