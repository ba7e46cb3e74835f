"""The brake: a goal that would change more than `max_change` allows is stopped before it does."""

from dataclasses import dataclass, replace
from pathlib import Path

from runner.compile.entity import FEED, Entity
from runner.compile.export_models import ExportModels
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.definitions.limit import NO_LIMIT, allowed
from runner.engine.duckdb.statement import statement
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import ExecutionError, Location
from runner.model import Model
from runner.publish.sent import Sent
from runner.sql.quoting import Sql, quoted_name
from runner.workspace.workspace import Workspace

BEFORE = quoted_name("before the goal")
MEMBERS = quoted_name("members to send")
NOT_COMPARED = ("created_at", "updated_at", "members", "goal", "origin")
"""Columns that change without a value being another one."""
HINT = "look at what came; `--allow-large-change` lets it through once"


@dataclass(frozen=True)
class Brake:
    """How much one goal may change in this build."""

    name: str
    # As written: `30%` or `100`.
    limit: str
    location: Location

    def check(self, changed: int, before: int, told: str) -> None:
        """Raise ExecutionError where more was changed than the limit allows."""
        if changed > allowed(self.limit, before):
            raise ExecutionError(
                f"{self.name}: {told}, and `max_change` allows {self.limit}", self.location, HINT
            )


def brake_of(workspace: Workspace, name: str, goal: ImportGoal | ExportProfiles) -> Brake | None:
    """Return the brake of a goal, its own or that of the project; None where there is none."""
    owner = goal if goal.max_change is not None else workspace.project.file
    limit = owner.max_change
    if limit is None or limit == NO_LIMIT:
        return None
    return Brake(name, limit, owner.location("max_change"))


def remember_entities(warehouse: Warehouse, entity: Entity, goal: str) -> None:
    """Keep the profiles, groups or products as they are before a goal is applied."""
    only = goal if entity.table == FEED else None
    warehouse.keep(BEFORE, "profiles.before_goal", relation=entity.table, goal=only)


def check_import(warehouse: Warehouse, workspace: Workspace, entity: Entity, brake: Brake) -> None:
    """Compare what a goal made of profiles, groups or products with what was there before it.

    Raises ExecutionError with the figures where it created, changed and removed more than its
    brake allows.
    """
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
        "goal": brake.name if entity.table == FEED else "",
    }
    sql, locations = workspace.library.render("limits/changed_entities.sql", variables)
    path = f"{brake.name.replace('.', '/', 1)}/changed_entities.sql"
    model = Model(f"{brake.name}.changed_entities", sql, Sql(""), "read", path, locations)
    before, created, changed, cleared, removed = map(int, warehouse.read(model)[0])
    warehouse.drop(BEFORE)
    total = created + changed + removed
    if before:
        told = (
            f"{total} of {before} {entity.noun}s ({_share(total, before)}) would be created,"
            f" changed or removed: {created} created, {changed} changed ({cleared} with a value"
            f" cleared), {removed} removed; nothing of it was applied"
        )
        brake.check(total, before, told)


def check_export(
    warehouse: Warehouse, models: ExportModels, sent: Sent, brake: Brake, allow: bool
) -> None:
    """Compare the members that would be sent with those sent last, and write them down.

    Raises ExecutionError with the figures where more come and go than the brake allows, unless
    `allow`.
    """
    select = statement("exports.members", select=Sql(models.rows.sql), key=models.sheet.key)
    warehouse.create(replace(models.rows, relation=MEMBERS), select=select, is_temporary=True)
    known = sent.last_members
    if known is not None and not allow:
        _check_members(warehouse, known, brake)
    warehouse.save_parquet(sent.next_members, "relation.rows", relation=MEMBERS)
    warehouse.drop(MEMBERS)


def _check_members(warehouse: Warehouse, known: Path, brake: Brake) -> None:
    (row,) = warehouse.perform("exports.member_changes", members=MEMBERS, path=known)
    before, come, gone = map(int, row)
    total = come + gone
    if before:
        told = (
            f"{total} of {before} members sent last ({_share(total, before)}) would come or go:"
            f" {come} come, {gone} go; nothing was sent"
        )
        brake.check(total, before, told)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.4g}%"
