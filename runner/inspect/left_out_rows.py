"""The rows that were read and not applied, as `runner rows` lists them (R7)."""

from collections.abc import Sequence

from runner.inspect.query import Answer
from runner.warehouse.publication import open_published
from runner.workspace.goal_choice import selected_imports
from runner.workspace.workspace import Workspace

OUTCOMES = ("suppressed", "no_consent", "unmatched", "filtered", "duplicate", "ambiguous")
"""Outcomes whose rows are listed."""
COLUMNS = ("file", "line", "why", "outcome", "goal", "build_id")
"""A terminal shows those that fit."""
REASONS = {
    "forget": "forgotten, by `{identifier}`",
    "suppress": "suppressed, by `{identifier}`",
    "refused": "the person refused",
    "never_asked": "the person never consented",
    "no_profile": "no profile has its identifiers",
    "unmatched": "no identifier has a value",
    "filtered": "a condition leaves it out",
    "duplicate": "equals an earlier row",
    "ambiguous": "leads to several profiles",
}


def left_out_rows(
    workspace: Workspace,
    outcomes: Sequence[str] = (),
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    limit: int | None = None,
) -> Answer:
    """Return the rows with these outcomes, all by default, with file, line and why.

    They are those of the last import of each file; duplicate and filtered rows, and those without
    an identifier, of the last import of each goal. Raises UsageError where a selector fits no
    import goal, or nothing is published yet.
    """
    goals = selected_imports(workspace, select, exclude)
    with open_published(workspace) as warehouse:
        if not warehouse.has("runner", "left_out_rows"):
            return Answer(COLUMNS, ())
        rows = warehouse.perform(
            "pending.list", goals=list(goals), outcomes=list(outcomes or OUTCOMES), most=limit
        )
    return Answer(
        COLUMNS,
        tuple((*row[:2], _why(str(row[2]), str(row[3])), *row[4:]) for row in rows),
    )


def _why(reason: str, identifier: str) -> str:
    return REASONS.get(reason, reason).format(identifier=identifier)
