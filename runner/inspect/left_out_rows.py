"""The rows that were read and not applied, as `runner rows` lists them (R7)."""

from collections.abc import Sequence

from runner.inspect.query import Answer
from runner.warehouse.publication import open_published
from runner.workspace.goal_choice import selected_imports
from runner.workspace.workspace import Workspace

OUTCOMES = ("suppressed", "no_consent", "ambiguous")
"""Outcomes whose rows are listed."""
COLUMNS = ("goal", "outcome", "file", "line", "why", "build_id")
REASONS = {
    "forget": "the person was forgotten: `{identifier}` is on the list",
    "suppress": "the person is suppressed: `{identifier}` is on the list",
    "refused": "the person refused",
    "never_asked": "the person never consented",
    "ambiguous": "it leads to several profiles: `runner conflicts` shows them",
}


def left_out_rows(
    workspace: Workspace,
    outcomes: Sequence[str] = (),
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    limit: int | None = None,
) -> Answer:
    """Return the rows with these outcomes, all by default, with file, line and why.

    They are those of the last import of each file. Raises UsageError where a selector fits no
    import goal, or nothing is published yet.
    """
    goals = selected_imports(workspace, select, exclude)
    with open_published(workspace) as warehouse:
        if not warehouse.has("runner", "pending_rows"):
            return Answer(COLUMNS, ())
        rows = warehouse.perform(
            "pending.list", goals=list(goals), outcomes=list(outcomes or OUTCOMES), most=limit
        )
    return Answer(
        COLUMNS,
        tuple((*row[:4], _why(str(row[4]), str(row[5])), *row[6:]) for row in rows),
    )


def _why(reason: str, identifier: str) -> str:
    return REASONS.get(reason, reason).format(identifier=identifier)
