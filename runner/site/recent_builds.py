"""What the last builds did with each node, and which files they read and sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from runner.history.history import History
from runner.history.records import BuildRecord, ExportRecord, FileRecord, NodeRecord, RecordedBuild

Record = TypeVar("Record", FileRecord, ExportRecord)

SHOWN = 10
"""Builds that a page shows."""


@dataclass(frozen=True)
class NodeBuild:
    """What one build did with one node."""

    build: BuildRecord
    node: NodeRecord


@dataclass(frozen=True)
class RecentBuilds:
    """The last builds of a target, newest first."""

    builds: tuple[RecordedBuild, ...] = ()

    @property
    def last(self) -> BuildRecord | None:
        """Return the newest build that has ended."""
        return next((item.build for item in self.builds if item.build.finished_at), None)

    def by_node(self) -> dict[str, list[NodeBuild]]:
        """Return what builds did with each node, by kind and name as `model.vip`."""
        found: dict[str, list[NodeBuild]] = {}
        for recorded in self.builds:
            for node in recorded.nodes:
                done = NodeBuild(recorded.build, node)
                found.setdefault(f"{node.kind}.{node.name}", []).append(done)
        return found

    def read_files(self) -> dict[str, list[FileRecord]]:
        """Return the files that builds imported, by goal and file source as `webshop.orders.x`."""
        records = (file for recorded in self.builds for file in recorded.files)
        return _grouped((f"{file.goal}.{file.source}", file) for file in records)

    def sent_files(self) -> dict[str, list[ExportRecord]]:
        """Return the files that builds sent, by goal."""
        records = (file for recorded in self.builds for file in recorded.exports)
        return _grouped((file.goal, file) for file in records)


def _grouped(pairs: Iterable[tuple[str, Record]]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for name, record in pairs:
        found.setdefault(name, []).append(record)
    return found


def recent_builds(history: Path, target: str) -> RecentBuilds:
    """Read the last builds of a target; none where no build ran yet."""
    if not history.exists():
        return RecentBuilds()
    with History(history) as opened:
        found = (opened.build(record.build_id) for record in opened.builds(SHOWN, target))
        return RecentBuilds(tuple(item for item in found if item is not None))
