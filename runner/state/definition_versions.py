"""The versions that the definitions of goals had in past builds, as the history knows them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from runner.history.records import FileRecord


@dataclass(frozen=True)
class DefinitionVersions:
    """The versions of the definition of each goal, one after the other."""

    # Goal, build -> number of the version, counted from 0.
    numbers: Mapping[tuple[str, str], int]
    # Goal -> number of its last version.
    last: Mapping[str, int]
    # Goal -> fingerprint of its last version, where the history has it.
    fingerprints: Mapping[str, str]

    @classmethod
    def of(
        cls,
        records: Iterable[FileRecord],
        recorded: Mapping[tuple[str, str], str],
        refreshes: Collection[str],
    ) -> Self:
        """Find the versions by which files were imported.

        `recorded` are fingerprints by build and goal. A full refresh of a changed goal makes what
        it replays as if the goal had always been so.
        """
        numbers: dict[tuple[str, str], int] = {}
        last: dict[str, int] = {}
        fingerprints: dict[str, str] = {}
        for record in records:
            goal, build_id = record.goal, record.build_id
            before = fingerprints.get(goal)
            now = recorded.get((build_id, goal), before)
            is_new = before not in (None, now) and build_id not in refreshes
            numbers[goal, build_id] = last[goal] = last.get(goal, 0) + is_new
            if now is not None:
                fingerprints[goal] = now
        return cls(numbers, last, fingerprints)

    def number(self, record: FileRecord) -> int:
        """Return the number of the version by which a file was imported."""
        return self.numbers[record.goal, record.build_id]

    def fingerprint(self, record: FileRecord, now: Mapping[str, str]) -> str:
        """Return a fingerprint of that version; `now` has those of the last versions."""
        number = self.number(record)
        return now[record.goal] if number == self.last[record.goal] else f"version {number}"
