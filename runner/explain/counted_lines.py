"""What of the lines of one profile counts: sums, and rows that nothing replaced."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from runner.engine.warehouse import Warehouse


@dataclass(frozen=True)
class SummedLine:
    """A line that counts in sums of a profile."""

    goal: str
    # Its file source; several, joined by `+`.
    sources: str
    line_hash: int
    # Property -> what it adds; None for nothing.
    amounts: Mapping[str, Decimal | None]
    origin: int


@dataclass(frozen=True)
class CountedLines:
    """What of the lines of a profile counts."""

    sums: tuple[SummedLine, ...]
    # Goals whose lines something can replace.
    replaceable: frozenset[str]
    # Goal and hash of each row that nothing replaced, of the goals whose lines something can.
    rows: frozenset[tuple[str, int]]

    def is_retracted(self, goal: str, row_hash: int) -> bool:
        """Tell whether a later line, or a new version of its file, took back what a row gave."""
        return goal in self.replaceable and (goal, row_hash) not in self.rows


def read_counted_lines(
    warehouse: Warehouse, profile_id: str, goals: Collection[str]
) -> CountedLines:
    """Read what counts of the lines of a profile, which has rows of these goals."""
    sums = warehouse.perform("explain.sums", profile_id=profile_id)
    replaceable = frozenset(goal for goal in goals if warehouse.exists("runner.keys", goal=goal))
    rows = warehouse.perform("explain.counted_rows", profile_id=profile_id) if replaceable else ()
    return CountedLines(
        sums=tuple(
            SummedLine(
                goal,
                sources,
                line_hash,
                dict(zip(properties.split(","), amounts, strict=True)),
                origin,
            )
            for goal, sources, line_hash, properties, amounts, origin in sums
        ),
        replaceable=replaceable,
        rows=frozenset((str(goal), int(row_hash)) for goal, row_hash in rows),
    )
