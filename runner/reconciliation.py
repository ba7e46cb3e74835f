"""How many rows, lines and events of an import had which outcome; whether they add up (R7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

OUTCOMES = (
    "created",
    "updated",
    "unchanged",
    "duplicate",
    "filtered",
    "unmatched",
    "ambiguous",
    "no_consent",
    "suppressed",
    "rejected",
)
"""What can become of a joined row (R7), in the order of reports."""


def in_order(outcomes: Mapping[str, int]) -> dict[str, int]:
    """Return the outcomes that rows had in the order of reports; unknown ones stand last."""
    names = dict.fromkeys((*OUTCOMES, *outcomes))
    return {name: outcomes[name] for name in names if outcomes.get(name)}


@dataclass(frozen=True)
class FileCounts:
    """The lines of one imported file: lines = records + blank + rejected + header (R7)."""

    source: str
    path: str
    sha256: str
    size: int
    modified_at: datetime
    lines: int
    records: int
    blank: int = 0
    rejected: int = 0
    header: int = 0


@dataclass(frozen=True)
class LinkCounts:
    """How the lines of one file source took part in the joined rows (R3)."""

    source: str
    lines: int
    # Lines that at least one joined row refers to.
    used: int
    # Different keys of the files above that found no line here.
    missing: int

    @property
    def unused(self) -> int:
        """Return the number of lines that no joined row refers to."""
        return self.lines - self.used


@dataclass(frozen=True)
class EventCounts:
    """What became of the events of one type in the rows of a batch (E2)."""

    type: str
    created: int
    updated: int
    unchanged: int
    # Without a profile or a time.
    left_out: int
    # Items that another of the same event, file and identifier replaced.
    repeated_items: int = 0
    # Deleted: the lines that they came from were corrected or are gone.
    removed: int = 0
    # Not kept: the permission level of their profile is `do_not_track`.
    untracked: int = 0

    def plus(self, later: "EventCounts") -> "EventCounts":
        """Return these counts and later ones of the same type, added up."""
        return EventCounts(
            self.type,
            self.created + later.created,
            self.updated + later.updated,
            self.unchanged + later.unchanged,
            self.left_out + later.left_out,
            self.repeated_items + later.repeated_items,
            self.removed + later.removed,
            self.untracked + later.untracked,
        )


def imbalance(joined: int, outcomes: Mapping[str, int], main: LinkCounts) -> str:
    """Return which figures of an import differ that must be equal; empty where none do (R7).

    Every joined row has one outcome, and every line of the main file is in a row.
    """
    with_outcome = sum(outcomes.values())
    if with_outcome != joined:
        return f"{joined} joined rows, {with_outcome} with an outcome ({dict(outcomes)})"
    if main.used != main.lines:
        return f"{main.lines} lines of `{main.source}`, {main.used} of them in a joined row"
    return ""
