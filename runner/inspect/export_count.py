"""How many members of its segment each export goal would send, and why it leaves out others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from runner.compile.export_models import ExportModels, export_models
from runner.definitions.export_goal import CHANGES, ExportProfiles
from runner.engine.warehouse import Warehouse
from runner.errors import RunnerError, UsageError
from runner.exports.lines import write_lines
from runner.exports.members import count_members
from runner.models.locked_warehouse import lockable_warehouse
from runner.publish.sent import Sent
from runner.warehouse.tables import known_properties
from runner.workspace.declared_goal import DeclaredGoal
from runner.workspace.goal_choice import selected_goals
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class ExportCount:
    """The members of one export goal, as the last build left the warehouse."""

    name: str
    segment: str
    members: int = 0
    # Members with something to export; and reason -> members that are left out.
    exportable: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    # Of an export of changes: added, changed or removed -> the rows that a build would send.
    changes: Mapping[str, int] | None = None
    error: RunnerError | None = None


def count_exports(workspace: Workspace, selectors: Sequence[str] = ()) -> tuple[ExportCount, ...]:
    """Count for the export goals that the selectors take, all of them without a selector.

    Raises UsageError where a selector fits nothing or nothing is published yet.
    """
    chosen = [
        (connection.connection, goal, DeclaredGoal(connection, goal).name)
        for connection, goal in selected_goals(workspace.project, selectors)
        if isinstance(goal, ExportProfiles)
    ]
    if not workspace.store.is_published:
        raise UsageError("there is no warehouse yet", hint="run `runner build` first")
    with lockable_warehouse(workspace, reads_sources=False) as warehouse:
        sent = [Sent(workspace.sent, name) for _, _, name in chosen]
        warehouse.lock([path for one in sent for path in (one.rows, one.erased_before)])
        return tuple(_count(workspace, warehouse, *item) for item in chosen)


def _count(
    workspace: Workspace,
    warehouse: Warehouse,
    connection: str,
    goal: ExportProfiles,
    name: str,
) -> ExportCount:
    try:
        properties = known_properties(warehouse, workspace, goal.of_groups)
        models = export_models(
            connection, goal, workspace.project, properties, workspace.library, datetime.now(UTC)
        )
        counted = count_members(warehouse, models)
        reasons = {
            f"no consent, {reason.replace('_', ' ')}": members
            for reason, members in counted.no_consent.items()
        }
        if counted.without_value:
            reasons["no value in any exported property"] = counted.without_value
        sent = Sent(workspace.sent, name)
        changes = _changes(warehouse, models, sent)
        return ExportCount(name, goal.segment, counted.members, counted.exported, reasons, changes)
    except RunnerError as error:
        return ExportCount(name, goal.segment, error=error)


def _changes(warehouse: Warehouse, models: ExportModels, sent: Sent) -> Mapping[str, int] | None:
    if models.goal.changes == "all" or models.files is None:
        return None
    counts = write_lines(warehouse, models.files, sent).by_change
    changes = CHANGES if models.goal.changes == "added_changed_removed" else CHANGES[:2]
    return {change: counts.get(change, 0) for change in changes}
