"""The rows that lead to several profiles, as `runner conflicts` lists them (P2)."""

from collections.abc import Sequence
from typing import Any

from runner.inspect.personal_values import PersonalValues, personal_values, shown_identifier
from runner.inspect.query import Answer
from runner.warehouse.publication import open_published
from runner.workspace.goal_choice import selected_imports
from runner.workspace.workspace import Workspace

COLUMNS = ("goal", "file", "line", "identifiers", "profiles", "build_id")


def list_conflicts(
    workspace: Workspace,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    limit: int | None = None,
    show_pii: bool = False,
) -> Answer:
    """Return the ambiguous rows of goals, with their identifiers and the profile each one finds.

    Personal data is shown as its shape unless `show_pii`. Raises UsageError where a selector
    fits no import goal.
    """
    goals = selected_imports(workspace, select, exclude)
    with open_published(workspace) as warehouse:
        if not warehouse.has("runner", "conflicts"):
            return Answer(COLUMNS, ())
        rows = warehouse.perform("conflicts.list", goals=list(goals), most=limit)
    values = personal_values(workspace)
    return Answer(
        COLUMNS,
        tuple(
            (*row[:3], [_found(values, found, show_pii) for found in row[3]], *row[4:])
            for row in rows
        ),
    )


def _found(values: PersonalValues, found: dict[str, Any], show_pii: bool) -> dict[str, Any]:
    identifier, value = str(found["identifier"]), str(found["value"])
    profile = found["profile_id"]
    return {
        "identifier": identifier,
        "value": shown_identifier(values, identifier, value, show_pii),
        "profile_id": None if profile is None else str(profile),
    }
