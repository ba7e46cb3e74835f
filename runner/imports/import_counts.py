"""What an import counted (R7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from runner.pipeline.pipeline import Pipeline
from runner.reconciliation import EventCounts, LinkCounts


@dataclass(frozen=True)
class ImportCounts:
    """What the models of an import counted."""

    joined: int
    outcomes: Mapping[str, int]
    links: tuple[LinkCounts, ...]
    profiles_created: int
    profiles_updated: int
    profiles_unchanged: int
    rejected_values: int
    events: tuple[EventCounts, ...] = ()
    # Profiles that became part of another (P2).
    profiles_merged: int = 0
    warnings: tuple[str, ...] = ()
    # Reason -> rows that were not applied, without consent (C1).
    no_consent: Mapping[str, int] = field(default_factory=dict)


def link_counts(steps: Pipeline) -> tuple[LinkCounts, ...]:
    """Return how the lines of each file source took part in the joined rows (R3)."""
    return tuple(
        LinkCounts(str(source), int(lines), int(used), int(missing))
        for source, lines, used, missing, _ in steps.read("source_counts")
    )
