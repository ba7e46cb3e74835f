"""The change limit: a goal that would change more than `max_change` allows is stopped before."""

from dataclasses import dataclass, replace
from pathlib import Path

from runner.compile.entity import FEED, Entity
from runner.compile.export_models import ExportModels
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.definitions.limit import NO_LIMIT, allowed
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, Location, counted
from runner.model import Model
from runner.publish.sent import Sent
from runner.sql.quoting import Sql, quoted_name
from runner.workspace.workspace import Workspace

BEFORE = quoted_name("before the goal")
MEMBERS = quoted_name("members to send")
NOT_COMPARED = ("created_at", "updated_at", "members", "goal", "origin")
"""Columns that change without a change of a value."""
HINT = "look at what came; `--allow-large-change` lets it through once"


@dataclass(frozen=True)
class ChangeLimit:
    """How much one goal may change in this build."""

    # The goal's full name.
    name: str
    # As written: `30%` or `100`.
    limit: str
    location: Location

    def check(self, changed: int, before: int, noun: str, changes: str) -> None:
        """Raise ExecutionError where more changed than the limit allows.

        `changes` says what would change, and in what state the goal is left.
        """
        if before and changed > allowed(self.limit, before):
            raise ExecutionError(
                f"{self.name}: {changed:,} of {noun} ({100 * changed / before:.4g}%) {changes},"
                f" and `max_change` allows {self.limit}",
                self.location,
                HINT,
            )


def change_limit_of(
    workspace: Workspace, name: str, goal: ImportGoal | ExportProfiles
) -> ChangeLimit | None:
    """Return the limit of a goal, its own or that of the project; None where there is none."""
    owner = goal if goal.max_change is not None else workspace.project.file
    limit = owner.max_change
    if limit is None or limit == NO_LIMIT:
        return None
    return ChangeLimit(name, limit, owner.location("max_change"))


def remember_entities(warehouse: Warehouse, entity: Entity, goal: str) -> None:
    """Copy the profiles, groups or products as they are before a goal is applied."""
    only = _compared_goal(entity, goal) or None
    warehouse.create_temporary(BEFORE, "profiles.before_goal", relation=entity.table, goal=only)


def check_import(
    warehouse: Warehouse, workspace: Workspace, entity: Entity, limit: ChangeLimit
) -> None:
    """Compare the profiles, groups or products after a goal with those before it.

    Raises ExecutionError with the figures where the goal created, changed and removed more than
    its limit allows.
    """
    model = _changed_entities(warehouse, workspace, entity, limit.name)
    before, created, changed, cleared, removed = map(int, warehouse.read(model)[0])
    warehouse.drop(BEFORE)
    limit.check(
        created + changed + removed,
        before,
        counted(before, entity.noun),
        f"would be created, changed or removed: {created} created, {changed} changed"
        f" ({cleared} with a value cleared), {removed} removed; nothing of it was applied",
    )


def _changed_entities(
    warehouse: Warehouse, workspace: Workspace, entity: Entity, goal: str
) -> Model:
    table = entity.table.replace('"', "")
    columns = [
        quoted_name(str(name))
        for relation, name, *_ in warehouse.perform("catalog.columns")
        if relation == table and name not in (*NOT_COMPARED, entity.id)
    ]
    variables = {
        "before": BEFORE,
        "entity": entity,
        "columns": columns,
        "goal": _compared_goal(entity, goal),
    }
    sql, locations = workspace.library.render("import/limits/changed_entities.sql", variables)
    path = f"{goal.replace('.', '/', 1)}/changed_entities.sql"
    return Model(f"{goal}.changed_entities", sql, Sql(""), "read", path, locations)


def _compared_goal(entity: Entity, goal: str) -> str:
    """Return the goal whose rows alone are compared: a feed compares its own products."""
    return goal if entity.table == FEED else ""


def check_export(
    warehouse: Warehouse, models: ExportModels, sent: Sent, limit: ChangeLimit, allow: bool
) -> None:
    """Compare the members to send with those sent last, and write them down.

    Raises ExecutionError with the figures where more come and go than the limit allows, unless
    `allow`.
    """
    select = warehouse.statement(
        "exports.members", select=Sql(models.rows.sql), key=models.sheet.key
    )
    warehouse.create(replace(models.rows, relation=MEMBERS), select=select, is_temporary=True)
    known = sent.last_members
    if known is not None and not allow:
        _check_members(warehouse, known, limit)
    warehouse.save_parquet(sent.next_members, "relation.rows", relation=MEMBERS)
    warehouse.drop(MEMBERS)


def _check_members(warehouse: Warehouse, known: Path, limit: ChangeLimit) -> None:
    rows = warehouse.file_rows(known)
    (row,) = warehouse.perform("exports.member_changes", members=MEMBERS, rows=rows)
    before, come, gone = map(int, row)
    limit.check(
        come + gone,
        before,
        f"{counted(before, 'member')} sent last",
        f"would come or go: {come} come, {gone} go; nothing was sent",
    )
