"""How goals were defined in past builds, as the history tells."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from runner.history.records import FileRecord


@dataclass(frozen=True)
class GoalForms:
    """The forms that the definitions of goals had, one after the other."""

    # Goal, build -> number of the form, counted from 0.
    numbers: Mapping[tuple[str, str], int]
    # Goal -> number of its last form.
    last: Mapping[str, int]
    # Goal -> fingerprint of its last form, where the history tells it.
    fingerprints: Mapping[str, str]

    @classmethod
    def of(
        cls,
        records: Iterable[FileRecord],
        told: Mapping[tuple[str, str], str],
        refreshes: Collection[str],
    ) -> Self:
        """Find the forms in which files were imported; `told` are fingerprints by build and goal.

        A full refresh of a changed goal makes what it replays as if it had been so before.
        """
        numbers: dict[tuple[str, str], int] = {}
        last: dict[str, int] = {}
        fingerprints: dict[str, str] = {}
        for record in records:
            goal, build_id = record.goal, record.build_id
            before = fingerprints.get(goal)
            now = told.get((build_id, goal), before)
            is_new = before not in (None, now) and build_id not in refreshes
            numbers[goal, build_id] = last[goal] = last.get(goal, 0) + is_new
            if now is not None:
                fingerprints[goal] = now
        return cls(numbers, last, fingerprints)

    def form(self, record: FileRecord) -> int:
        """Return the number of the form in which a file was imported."""
        return self.numbers[record.goal, record.build_id]

    def fingerprint(self, record: FileRecord, now: Mapping[str, str]) -> str:
        """Return a fingerprint of that form; `now` tells those of the last forms."""
        form = self.form(record)
        return now[record.goal] if form == self.last[record.goal] else f"form {form}"
