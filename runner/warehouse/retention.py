"""How long staged files are kept, and what dropping them costs."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from runner.stage.staging import StagedContent, Staging
from runner.warehouse.ledger import Ledger, read_ledger
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class GoalLoss:
    """The files that a goal could not import again."""

    goal: str
    files: int
    # Bytes, uncompressed.
    size: int
    # Builds that imported the first and the last of them.
    first: datetime
    last: datetime


@dataclass(frozen=True)
class StagingLoss:
    """What dropping staged files would cost."""

    files: tuple[StagedContent, ...]
    goals: tuple[GoalLoss, ...]
    # Files that stay, for the next build needs them.
    needed: int

    @property
    def disk(self) -> int:
        """Return the bytes that would be free."""
        return sum(file.disk for file in self.files)


def expired_files(
    workspace: Workspace, ledger: Ledger, kept: Iterable[StagedContent]
) -> list[StagedContent]:
    """Return the staged files that are past their retention and that no next build needs."""
    limit = _retention(workspace, ledger, Staging(workspace.staging))
    now = time.time()
    expired = [file for file in kept if _is_past(file, limit, now)]
    needed = _needed(workspace) if expired else set()
    return [file for file in expired if file.sha256 not in needed]


def staging_loss(workspace: Workspace, ledger: Ledger, older_than: float) -> StagingLoss:
    """Return what dropping the staged files that came so many seconds ago would cost."""
    needed = _needed(workspace)
    before = time.time() - older_than
    old = [file for file in Staging(workspace.staging).kept() if file.came_at <= before]
    files = tuple(file for file in old if file.sha256 not in needed)
    return StagingLoss(files, _losses(files, ledger), len(old) - len(files))


def drop_staged(workspace: Workspace, files: Iterable[StagedContent]) -> None:
    """Remove staged files."""
    staging = Staging(workspace.staging)
    for file in files:
        staging.drop(file.sha256)


def _needed(workspace: Workspace) -> set[str]:
    """Return the files that the next build of any target may need: targets share staged files.

    These are chained files as last joined, and returning files. Raises ExecutionError where a
    warehouse cannot be opened, DefinitionError where its path cannot be rendered.
    """
    found: set[str] = set()
    for name, target in workspace.project.file.targets.items():
        store = replace(workspace, target_name=name, target=target).store
        found.update(_needed_by(read_ledger(store)))
    return found


def _needed_by(ledger: Ledger) -> Iterator[str]:
    for goal in ledger.goals or {}:
        for files in ledger.chained_files(goal).values():
            yield from (file.sha256 for file in files)
    yield from (file.sha256 for file in ledger.undone.returning)


def _retention(
    workspace: Workspace, ledger: Ledger, staging: Staging
) -> Callable[[StagedContent], float | None]:
    """Return a function that gives the seconds a staged file is kept, None for ever.

    The longest retention of all connections that a content came from counts.
    """
    default = workspace.project.file.retention
    stated = {
        connection.connection: connection.retention
        for connection in workspace.project.connections
        if connection.retention is not None
    }
    owners: dict[str, set[str]] = {}
    for sha256, location in staging.servers():
        owners.setdefault(sha256, set()).add(location.split(" ")[0])
    for file in ledger.files:
        owners.setdefault(file.sha256, set()).add(file.goal.split(".")[0])

    def limit(file: StagedContent) -> float | None:
        limits = [stated.get(name, default) for name in owners.get(file.sha256, ("",))]
        known = [seconds for seconds in limits if seconds is not None]
        return max(known) if len(known) == len(limits) else None

    return limit


def _is_past(
    file: StagedContent, limit: Callable[[StagedContent], float | None], now: float
) -> bool:
    seconds = limit(file)
    return seconds is not None and now - file.came_at > seconds


def _losses(files: Sequence[StagedContent], ledger: Ledger) -> tuple[GoalLoss, ...]:
    gone = {file.sha256 for file in files}
    by_goal = {
        goal: [file for file in ledger.since_change(goal) if file.sha256 in gone]
        for goal in dict.fromkeys(file.goal for file in ledger.files)
    }
    return tuple(
        GoalLoss(
            goal,
            len({file.sha256 for file in found}),
            sum({file.sha256: file.size for file in found}.values()),
            _moment(min(file.build_id for file in found)),
            _moment(max(file.build_id for file in found)),
        )
        for goal, found in by_goal.items()
        if found
    )


def _moment(build_id: str) -> datetime:
    return datetime.strptime(build_id[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
