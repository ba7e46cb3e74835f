"""What exports remember of people: gone, but for what tells the partner to remove them (C2, X4)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from runner.compile.export_models import RELATIONS, ExportModels, export_models
from runner.definitions.export_goal import ExportProfiles
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import RunnerError
from runner.publish.sent import Sent
from runner.warehouse.tables import known_properties
from runner.workspace.goal_choice import all_goals
from runner.workspace.workspace import Workspace

TOLD = "added_changed_removed"


def erase_sent(
    warehouse: Warehouse, workspace: Workspace, moment: datetime, *, is_dry_run: bool
) -> dict[str, int]:
    """Forget what was sent of people; returns how many the next file of each goal tells removed.

    The warehouse still has their profiles, and names them in `forgotten`. Of an export that
    tells whom to remove, their profile ids are kept until it did, with the values of the
    identifiers that are columns of its file.
    """
    folder = workspace.generated / "sent" / workspace.target_name
    goals = all_goals(workspace.project)
    told: dict[str, int] = {}
    for rows in sorted(folder.glob("*.parquet")):
        name = rows.name.removesuffix(".parquet")
        if name.endswith((".erased", ".members")):
            continue
        sent = Sent(folder, name)
        connection, goal = goals.get(name, (None, None))
        is_told = False
        if connection and isinstance(goal, ExportProfiles) and goal.changes == TOLD:
            count = _theirs(warehouse, sent)
            is_told = True
            if count:
                told[name] = count
            if count and not is_dry_run:
                models = _models(warehouse, workspace, connection.connection, goal, moment)
                if models is not None:
                    _keep_names(warehouse, models, sent)
        if not is_dry_run:
            _write(warehouse, sent, is_told)
    if not is_dry_run:
        for path in (*folder.glob("*.members.parquet"), *folder.glob("exchanged/*/*")):
            _without_forgotten(warehouse, path)
    return told


def _theirs(warehouse: Warehouse, sent: Sent) -> int:
    relation = RELATIONS["sent"]
    warehouse.keep(relation, "erasure.sent_profiles", is_view=True, path=sent.rows)
    return warehouse.count(relation)


def _models(
    warehouse: Warehouse,
    workspace: Workspace,
    connection: str,
    goal: ExportProfiles,
    moment: datetime,
) -> ExportModels | None:
    """Return the models of a goal; None where it has a mistake: the profile id must do then."""
    properties = known_properties(warehouse, workspace, goal.of_groups)
    try:
        return export_models(
            connection, goal, workspace.project, properties, workspace.library, moment
        )
    except RunnerError:
        return None


def _keep_names(warehouse: Warehouse, models: ExportModels, sent: Sent) -> None:
    """Keep the removed lines of people, their identifiers alone, until they are sent."""
    files = models.files
    names = list(_identifying(models))
    if files is None or files.removed is None or not names:
        return
    removed = replace(files.removed, relation=RELATIONS["removed"])
    warehouse.keep(RELATIONS["exported"], "exports.no_profiles", is_view=True, key=files.key)
    warehouse.create(removed, is_temporary=True)
    part = sent.erased.with_name(f"{sent.erased.name}.part")
    warehouse.save_parquet(
        part,
        "exports.removed_or_kept",
        removed=removed.relation,
        columns=(files.key, *names),
        key=files.key,
        path=sent.erased if sent.erased.exists() else None,
    )
    part.chmod(0o600)
    part.replace(sent.erased)


def _identifying(models: ExportModels) -> Iterator[str]:
    for column in models.columns:
        if column.declared.identifier:
            yield column.name


def _without_forgotten(warehouse: Warehouse, path: Path) -> None:
    """Write a list of profile ids anew without those of people who are forgotten."""
    part = path.with_name(f".{path.name}.part")
    warehouse.save_parquet(part, "erasure.ids_without_profiles", path=path)
    part.replace(path)


def _write(warehouse: Warehouse, sent: Sent, is_told: bool) -> None:
    part = sent.next_rows
    values = {"path": sent.rows, "is_kept": is_told}
    warehouse.save_parquet(part, "erasure.sent_without_profiles", **values)
    part.replace(sent.rows)
