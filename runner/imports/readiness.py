"""Files that are not complete yet are left for a later build (F4)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from runner.definitions.import_goal import ImportGoal
from runner.definitions.ready import Ready
from runner.errors import counted
from runner.remote import RemoteFile
from runner.stage.matched_files import MatchedFiles, Waits, match_files
from runner.stage.pending_files import PendingFiles
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger

SHOWN = 5
"""Files of a source that warnings name; of more, the number."""


class Readiness:
    """Finds which files of a goal wait; what was imported unchanged never does."""

    def __init__(
        self, goal: ImportGoal, name: str, server: str, ledger: Ledger, pending: PendingFiles
    ) -> None:
        self._goal = goal
        self._key = f"{server} {name}"
        self._pending = pending
        self._now = datetime.now(UTC)
        chained = ledger.chained_files(name)
        self._imported: dict[str, dict[str, ImportedFile]] = {
            source: {file.path: file for file in chained.get(source, [])} for source in goal.files
        }
        self._imported[goal.main] = ledger.main_files(name)

    def waits(self, source: str, listed: tuple[RemoteFile, ...]) -> Waits:
        """Return the function that says what a file of a source waits for."""
        ready = self._goal.ready_of(source)
        if ready is None:
            return lambda _: ""
        if ready.trigger is not None:
            waits = not_triggered(listed, ready)
        else:
            fitting = match_files(listed, self._goal.files[source], ready)
            candidates = [file for file in fitting.files if not self._is_known(source, file)]
            key = f"{self._key}.{source}"
            since = self._pending.record(key, candidates, self._now)
            waits = not_at_rest(since, ready, self._now)
        return lambda file: "" if self._is_known(source, file) else waits(file)

    def _is_known(self, source: str, file: RemoteFile) -> bool:
        imported = self._imported[source]
        if self._goal.files[source].members is not None:
            # The files inside were imported; they have the time of their archive.
            inside = [at for path, at in imported.items() if path.startswith(f"{file.path}/")]
            return any(before.modified_at == file.modified_at for before in inside)
        before = imported.get(file.path)
        return before is not None and before.is_unchanged(file)


def postponement(matched: Mapping[str, MatchedFiles], main: str) -> str:
    """Return why the main files of a goal wait for a chained one; empty when they do not."""
    for name, found in matched.items():
        if name != main and found.waiting:
            return f"waits for {found.waiting[0][0].path} of `{name}`"
    return ""


def postponed(main: MatchedFiles, why: str, imported: Iterable[str]) -> MatchedFiles:
    """Return the main files; those that a build would import now wait."""
    known = set(imported)
    waiting = tuple((file, why) for file in main.files if file.path not in known)
    files = tuple(file for file in main.files if file.path in known)
    return replace(main, files=files, waiting=(*main.waiting, *waiting))


def waiting_warnings(matched: Mapping[str, MatchedFiles]) -> list[str]:
    """Return the warnings about files that are left for a later build."""
    warnings = []
    for found in matched.values():
        warnings += [
            f"{file.path} {why}; left for a later build" for file, why in found.waiting[:SHOWN]
        ]
        more = len(found.waiting) - SHOWN
        if more > 0:
            warnings.append(
                f"{counted(more, 'more file waits', 'more files wait')} in the same way"
            )
    return warnings


def not_triggered(listed: Iterable[RemoteFile], ready: Ready) -> Waits:
    """Return the check that a trigger is there beside a file and is not older than the file.

    An older trigger belongs to the file that was there before.
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
    """Return the check that size and time of a file have been the same for long enough.

    Either by the time that the server gives, or since builds have seen it themselves (`since`,
    by path): the clock of the server may be ahead.
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
